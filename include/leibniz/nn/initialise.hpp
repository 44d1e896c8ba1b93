#pragma once
#include <cstdint>

#include <leibniz/core/math.hpp>
#include <leibniz/core/shape.hpp>

// Starting values from a seed: the same numbers on every compiler and in constant evaluation, because only integer
// arithmetic, one division and one square root are used.

namespace leibniz::nn {

/// SplitMix64 (Steele, Lea and Flood 2014): 64 random bits from a 64-bit counter.
class random_bits {
 public:
  constexpr explicit random_bits(std::uint64_t seed) : state_(seed) {}
  constexpr std::uint64_t operator()() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  /// Uniform in [0, 1), 24 bits, exact in every floating type.
  constexpr double uniform() { return static_cast<double>((*this)() >> 40) / 16777216.0; }
  /// Uniform in [0, n).
  constexpr std::uint64_t below(std::uint64_t n) { return (*this)() % n; }

 private:
  std::uint64_t state_;
};

/// The range of the uniform distribution for a parameter with these extents; vectors (biases) start at 0.
struct xavier {  // Glorot and Bengio 2010: √(6 / (inputs + outputs))
  static constexpr double limit(const shape& s) { return s.rank < 2 ? 0 : math::sqrt(6.0 / (s.extent[0] + s.extent[1])); }
};
struct he {  // He et al. 2015: √(6 / inputs)
  static constexpr double limit(const shape& s) { return s.rank < 2 ? 0 : math::sqrt(6.0 / s.extent[1]); }
};
struct zero {
  static constexpr double limit(const shape&) { return 0; }
};

/// Fills one parameter.
template <class Initialiser, class Tensor>
constexpr void initialise(Tensor& parameter, const shape& extents, random_bits& random) {
  const double limit = Initialiser::limit(extents);
  for (auto& p : parameter)
    p = static_cast<std::remove_reference_t<decltype(p)>>(limit == 0 ? 0 : limit * (2 * random.uniform() - 1));
}

}  // namespace leibniz::nn

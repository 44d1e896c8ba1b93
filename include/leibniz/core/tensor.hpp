#pragma once
#include <cstddef>

#include <leibniz/core/shape.hpp>

namespace leibniz {

namespace detail {
/// Larger tensors start at a cache line, so that vector loads never straddle two.
template <class T, std::size_t Size>
inline constexpr std::size_t tensor_alignment = sizeof(T) * Size >= 64 && alignof(T) < 64 ? 64 : alignof(T);
}  // namespace detail

/// A fixed-size value in row-major order: `tensor<double, 3> v{1.0, 2.0, 3.0}`, `tensor<double, 3, 4> zero{}`. An
/// aggregate: without braces it is uninitialised. Without extents it holds one number.
template <class T, std::size_t... N>
struct tensor {
  static_assert(sizeof...(N) <= max_rank, "leibniz: a tensor has at most four axes");
  static_assert(((N > 0) && ...), "leibniz: every extent of a tensor must be at least 1");
  using value_type = T;
  static constexpr shape extents = make_shape(N...);
  static constexpr std::size_t count = (std::size_t{1} * ... * N);

  alignas(detail::tensor_alignment<T, count>) T items[count];

  static constexpr std::size_t size() { return count; }
  constexpr T* data() { return items; }
  constexpr const T* data() const { return items; }
  constexpr T* begin() { return items; }
  constexpr const T* begin() const { return items; }
  constexpr T* end() { return items + count; }
  constexpr const T* end() const { return items + count; }

  /// The element at a flat, row-major offset.
  constexpr T& operator[](std::size_t i) { return items[i]; }
  constexpr const T& operator[](std::size_t i) const { return items[i]; }
  /// The element at one index per axis.
  template <class... I> requires(sizeof...(I) == sizeof...(N))
  constexpr T& operator()(I... index) { return items[offset(index...)]; }
  template <class... I> requires(sizeof...(I) == sizeof...(N))
  constexpr const T& operator()(I... index) const { return items[offset(index...)]; }

  friend constexpr bool operator==(const tensor& a, const tensor& b) {
    for (std::size_t i = 0; i < count; ++i)
      if (!(a.items[i] == b.items[i])) return false;
    return true;
  }

 private:
  template <class... I>
  static constexpr std::size_t offset(I... index) {
    std::size_t flat = 0;
    ((flat = flat * N + static_cast<std::size_t>(index)), ...);
    return flat;
  }
};

}  // namespace leibniz

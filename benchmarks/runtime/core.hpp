// The core that measures: its clock, what it can multiply and add at most, and whether somebody else uses it.
#pragma once

#include <time.h>

#include <algorithm>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace core {

/// Time of this process on a processor, in ns: what other processes do to the clock does not count.
inline double now() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

#if defined(__AVX512F__)
inline constexpr int register_floats = 16;
#elif defined(__AVX__)
inline constexpr int register_floats = 8;
#else
inline constexpr int register_floats = 4;
#endif
typedef float vector __attribute__((vector_size(register_floats * sizeof(float))));
inline constexpr int chains = 12;  // as many multiplications and additions are under way at once

/// ns of `turns` times one multiplication and addition per chain, with `beside(chain)` after each of them.
template <class Beside>
double ns_of_chains(long turns, Beside beside) {
  const auto run = [&]<int... C>(std::integer_sequence<int, C...>) {
    volatile float less_than_one = 0.999f;
    const vector factor = vector{} + less_than_one, addend = vector{} + (1 - less_than_one);
    const auto start_at = [&](int c) { return vector{} + static_cast<float>(c) * less_than_one; };  // no two alike
    std::tuple<std::conditional_t<C >= 0, vector, void>...> sums{start_at(C)...};
    const double start = now();
    for (long i = 0; i < turns; ++i)
      ((std::get<C>(sums) = std::get<C>(sums) * factor + addend, beside(std::integral_constant<int, C>{})), ...);
    const double ns = now() - start;
    volatile float used = (std::get<C>(sums)[0] + ...);
    (void)used;
    return ns;
  };
  return run(std::make_integer_sequence<int, chains>{});
}

/// GFLOP/s of independent multiplications and additions that never leave the registers.
inline double peak_rate() {
  constexpr long turns = 400000;
  double least = 1e18;
  for (int attempt = 0; attempt < 5; ++attempt) least = std::min(least, ns_of_chains(turns, [](auto) {}));
  return 2.0 * register_floats * chains * turns / least;
}

/// ns of a probe, some 30 µs: per multiplication half a read and half a counted step, which is what a tile asks of the
/// core. It takes longer while somebody else uses the core, another tenant on its other half: then there are minutes in
/// which tiles take half as long again, while multiplications alone tell nothing.
inline double probe() {
  alignas(64) static volatile vector line[chains] = {};
  long counted[3] = {};
  return ns_of_chains(5000, [&](auto chain) {
    if constexpr (chain % 2 == 0) {
      static_cast<void>(vector(line[chain]));
    } else {
      long& step = counted[chain / 2 % 3];
      ++step;
      asm volatile("" : "+r"(step));
    }
  });
}

/// Times of turns, each with the probes before and after it.
class turns {
 public:
  /// `timed()` gives the time of a turn.
  template <class Timed>
  void take(Timed timed) {
    const double before = probe();
    const double time = timed(), after = probe();
    taken_.push_back({time, std::max(before, after)});
    least_ = std::min({least_, before, after});
  }
  /// The median of all, or only of those during which the core was as fast as it ever was in this process.
  double median(bool only_quiet) const {
    std::vector<double> times;
    for (const turn& t : taken_)
      if (!only_quiet || t.quiet()) times.push_back(t.time);
    std::sort(times.begin(), times.end());
    return (times[(times.size() - 1) / 2] + times[times.size() / 2]) / 2;
  }
  std::size_t quiet() const {
    return static_cast<std::size_t>(std::count_if(taken_.begin(), taken_.end(), [](const turn& t) { return t.quiet(); }));
  }

 private:
  struct turn {
    double time, probe;
    bool quiet() const { return probe < 1.08 * least_; }
  };
  std::vector<turn> taken_;
  inline static double least_ = 1e18;
};

}  // namespace core

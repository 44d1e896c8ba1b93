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

/// ns of a probe, some 10 µs: per multiplication half a read and half a counted step, which is what a tile asks of the
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

/// The median times of things that take turns.
struct medians {
  double shortest_probe;  // ns, of this process, if only turns counted whose probes were about as short; 0 if all turns count
  std::vector<double> times;
};
/// `count` things take turns, round after round: `timed(i)` is the time of a turn of thing i. It goes on until each of them had `rounds` quiet
/// turns, or eight times as many; all turns count where somebody had less than a third of that.
template <class Timed>
medians take_turns(std::size_t count, std::size_t rounds, Timed timed) {
  struct turn {
    double time, probe;
  };
  static double least = 1e18;  // of the probes of this process
  std::vector<std::vector<turn>> taken(count);
  const auto is_quiet = [](const turn& t) { return t.probe < 1.08 * least; };
  const auto have = [&](std::size_t wanted) {
    return std::all_of(taken.begin(), taken.end(), [&](const auto& turns) {
      return static_cast<std::size_t>(std::count_if(turns.begin(), turns.end(), is_quiet)) >= wanted;
    });
  };
  double before = probe();
  for (std::size_t round = 0; round < rounds || (round < 8 * rounds && !have(rounds)); ++round)
    for (std::size_t i = 0; i < count; ++i) {
      const double time = timed(i), after = probe();
      taken[i].push_back({time, std::max(before, after)});
      least = std::min({least, before, after});
      before = after;
    }
  medians result{have((rounds + 2) / 3) ? least : 0, {}};
  for (const auto& turns : taken) {
    std::vector<double> times;
    for (const turn& t : turns)
      if (result.shortest_probe == 0 || is_quiet(t)) times.push_back(t.time);
    std::sort(times.begin(), times.end());
    result.times.push_back((times[(times.size() - 1) / 2] + times[times.size() / 2]) / 2);
  }
  return result;
}

}  // namespace core

#pragma once
#include <concepts>

// The vector registers of the target, and how many numbers they hold.

namespace leibniz {

/// Bytes of the vectors that the target computes with; 0 where there are none. The first Zens have registers of 32 bytes, but halve
/// whatever is done with them, and take up to eight steps to move numbers between the halves.
#if defined(__AVX512F__)
inline constexpr int register_bytes = 64;
#elif defined(__AVX__) && !defined(__znver1__)
inline constexpr int register_bytes = 32;
#elif defined(__SSE2__) || defined(__ARM_NEON)
inline constexpr int register_bytes = 16;
#else
inline constexpr int register_bytes = 0;
#endif
/// How many vector registers the target has.
#if defined(__AVX512F__) || defined(__aarch64__)
inline constexpr int register_count = 32;
#else
inline constexpr int register_count = 16;
#endif

/// Whether it multiplies and adds in one instruction.
#if defined(__FMA__) || defined(__AVX512F__) || defined(__aarch64__)
inline constexpr bool has_fused_multiply_add = true;
#else
inline constexpr bool has_fused_multiply_add = false;
#endif

/// Whether a multiplication alone delays those that also add: the first Zens take three cycles for one and five for the other.
#if defined(__znver1__)
inline constexpr bool mixed_multiplications_wait = true;
#else
inline constexpr bool mixed_multiplications_wait = false;
#endif

/// How many sums have to be under way for the multipliers never to wait for one, where tiles were measured to: the latency times their number.
#if defined(__znver1__)
inline constexpr int sums_under_way = 10;
#else
inline constexpr int sums_under_way = 1;
#endif

/// What a tile takes beside its multiplications, in as many of them, if so many sums are under way in it, where that was measured: on the third Zen
/// tiles of twelve sums take some 24 cycles more, and those of eight some 4.
#if defined(__znver3__)
constexpr int beside_sums(int under_way) { return under_way > 8 ? 10 * under_way - 72 : 8; }
#else
constexpr int beside_sums(int) { return 0; }
#endif

/// Whether a vector of 16 bytes that is stored across a boundary of as many takes as long as two: with the first Zens, which run what is
/// built for SSE2 too.
#if defined(__SSE2__) && (defined(__znver1__) || !defined(__AVX__))
inline constexpr bool stores_across_wait = true;
#else
inline constexpr bool stores_across_wait = false;
#endif

/// As how many reads a vector counts that may lie in two lines of the cache, in halves: it was measured to take as long as four others, of 16
/// bytes as two. On the third Zen one that does takes as long as two, and of 32 bytes only every other one does.
#if defined(__znver3__)
inline constexpr int reads_across_lines = 3;
#else
inline constexpr int reads_across_lines = register_bytes == 16 ? 4 : 8;
#endif

/// Whether one instruction reads a number into all lanes.
#if defined(__SSE2__) && !defined(__AVX__)
inline constexpr bool spreads_as_it_reads = false;
#else
inline constexpr bool spreads_as_it_reads = true;
#endif

/// As many T as one register holds; 1 where T has no vectors (long double, targets without registers).
template <class T>
inline constexpr int native_lanes =
    (std::same_as<T, float> || std::same_as<T, double>) && register_bytes > 0 ? register_bytes / static_cast<int>(sizeof(T)) : 1;

/// The widest vector, of at most `most` lanes, that n numbers fill.
constexpr int lanes_within(int n, int most) {
  int result = 1;
  while (2 * result <= n && 2 * result <= most) result *= 2;
  return result;
}
/// The narrowest vector, of at most `most` lanes, that n numbers fit into.
constexpr int lanes_around(int n, int most) {
  int result = 1;
  while (result < n && result < most) result *= 2;
  return result;
}

}  // namespace leibniz

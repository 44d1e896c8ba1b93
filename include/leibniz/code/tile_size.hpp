#pragma once
#include <concepts>

#include <leibniz/code/product.hpp>
#include <leibniz/core/lanes.hpp>

// How large the tiles of a matrix product are: as many rows times vectors of columns as the registers hold.

namespace leibniz::code {

/// The sums of the largest tile, and its vectors of columns; loops are unrolled no further than 16.
inline constexpr int tile_sums = register_count * 3 / 4, tile_vectors = tile_sums < 16 ? tile_sums : 16;
/// The rows of the largest tile of at most so many sums that the registers hold: beside the sums, a number of each row or a vector of columns,
/// what there are fewer of, one of the others, and a product that is not added as it is made.
constexpr int tile_rows(int vectors, int sums = tile_sums) {
  const int passing = has_fused_multiply_add ? 1 : 2;
  int rows = sums / vectors < 16 ? sums / vectors : 16;
  while (rows > 1 && rows * vectors + (rows < vectors ? rows : vectors) + passing > register_count) --rows;
  return rows < 1 ? 1 : rows;
}
/// In how many parts each of the sums of a tile is kept: as many as keep the multipliers busy.
constexpr int parts_of_sums(int sums) { return (8 + sums - 1) / sums; }
/// The vectors of columns of the widest tile: one row alone leaves all registers to its sums that do not hold its number, or a product.
constexpr int widest_tile(int rows) {
  const int beside = register_count - (has_fused_multiply_add ? 1 : 2);
  return rows > 1 ? tile_vectors : beside < 16 ? beside : 16;
}
/// Whether the numbers of the rows stay in registers while the vectors of columns go by, each read as it is multiplied: where there are fewer
/// of them, or where one row leaves no registers for its vectors.
constexpr bool reads_as_it_multiplies(int rows, int vectors) {
  return rows == 1 ? (parts_of_sums(vectors) + 1) * vectors >= register_count : register_count < 32 && rows < vectors;
}

/// n things in parts of at most `most`, as equal as possible: `big` parts of `size`, then `small` parts of size - 1.
struct parts {
  int size = 0, big = 0, small = 0;
  constexpr parts(int n, int most) {
    const int count = (n + most - 1) / most;
    size = (n + count - 1) / count;
    big = n - count * (size - 1);
    small = size > 1 ? count - big : 0;
  }
};

/// How many vectors of columns stay in registers, or as near as a register that was put aside, with all terms of their sums,
/// while the rows go by.
constexpr int vectors_that_stay(int depth) {
  const int fit = register_count * 5 / 4 / depth;
  return fit < 5 ? fit : 5;
}
/// Whether the sums have so few terms that this pays.
constexpr bool stays_in_registers(int rows, int depth, int vectors) {
  return rows > 1 && (depth <= register_count / 5 || (depth <= register_count / 3 && vectors <= vectors_that_stay(depth)));
}
/// How many rows go by at once, if so: as many as the registers beside those vectors hold, where the sums are long enough to wait
/// for themselves.
constexpr int rows_beside(int depth, int vectors) {
  const int fit = (register_count - 2 - depth * vectors) / vectors;
  return depth < 7 || fit < 1 ? 1 : fit < 4 ? fit : 4;
}
/// What the choice of a product's tiles depends on.
struct tiled {
  int rows, vectors, depth;  // vectors of columns
  bool aligned;              // no vector of the vector operand lies in two lines of the cache
  int column;                // the bytes of all terms of a vector of columns
  bool small = false;        // whether what tiles of many sums take beside them may be worth smaller ones
};
/// What the tiles of all rows take, of so many vectors of columns: as many multiplications, or the time that their sums wait. One row alone
/// waits for the vectors.
constexpr long long multiplications_of_tiles(const tiled& p, int vectors, int most_sums) {
  if (vectors == 0 || p.rows == 1) return 1LL * p.depth * p.rows * vectors;
  const parts down(p.rows, tile_rows(vectors, most_sums));
  const auto time = [&](int rows_) {
    const int sums_ = rows_ * vectors, wait_ = sums_ == 0 ? 0 : sums_under_way / parts_of_sums(sums_);
    return sums_ == 0 ? 0LL : 1LL * p.depth * (sums_ > wait_ ? sums_ : wait_) + (p.small ? beside_sums(sums_ * parts_of_sums(sums_)) : 0);
  };
  const long long all = down.big * time(down.size) + down.small * time(down.size - 1);
  return p.small && vectors == 1 ? all * 3 / 2 : all;  // it reads more than it multiplies
}
/// How many sums the tiles have at most, of so many vectors of columns: as many as the registers hold, unless eight take less time.
constexpr int sums_of_tiles(const tiled& p, int vectors) {
  return p.small && vectors > 1 && multiplications_of_tiles(p, vectors, 8) < multiplications_of_tiles(p, vectors, tile_sums) ? 8 : tile_sums;
}
/// How often the tiles of a product read a vector, if they have at most so many vectors of columns. Where a number is spread after it was read,
/// that is twice the work, and a vector of the other operand is often read as it is multiplied. What leaves the first cache before the next rows
/// need it comes from the second one, which gives 32 bytes in a cycle at best, and a third of it in fact.
constexpr long long reads_of_tiles(const tiled& p, int most) {
  constexpr int spread = spreads_as_it_reads ? 1 : 4, from_second = register_bytes == 32 ? 3 : 1;
  const parts down(p.rows, tile_rows(most, sums_of_tiles(p, most))), across(p.vectors, most);
  const int passes = down.big + down.small, again = across.size * p.column > first_cache ? passes - 1 : 0;
  return p.depth * ((passes + again * (from_second - 1LL)) * p.vectors * (p.aligned ? 2 : reads_across_lines) / 2 + (across.big + across.small) * p.rows * spread);
}
/// What they take: to multiply, or to read.
constexpr long long time_of_tiles(const tiled& p, int most) {
  const parts across(p.vectors, most);
  const auto multiplying = [&](int vectors_) { return multiplications_of_tiles(p, vectors_, sums_of_tiles(p, vectors_)); };
  const long long all = across.big * multiplying(across.size) + across.small * multiplying(across.size - 1);
  const long long reading = reads_of_tiles(p, most);
  return all > reading ? all : reading;
}
/// How many vectors of columns a tile has: of those that take little more than the least time, those that read the operands least often.
constexpr int vectors_of_tiles(const tiled& p) {
  long long shortest = time_of_tiles(p, 1);
  for (int v = 2; v <= widest_tile(p.rows); ++v) {
    const long long time = time_of_tiles(p, v);
    if (time < shortest) shortest = time;
  }
  int best = 0;
  long long least = 0;
  for (int v = 1; v <= widest_tile(p.rows); ++v) {
    if (24 * time_of_tiles(p, v) > 25 * shortest) continue;
    const long long reads = reads_of_tiles(p, v);
    if (best == 0 || reads <= least) {
      best = v;
      least = reads;
    }
  }
  return best;
}
/// The same for a product in tiles of V. Where the terms of the broadcast operand are far from each other, those of long sums are in more pages than
/// the processor knows the places of: then small tiles, which ask for them more often, are no better; nor are they where what is done to the sums
/// is a loop (not is_short), and they are in memory before it begins.
template <class V>
constexpr tiled in_tiles(const product_form& f, bool is_short) {
  constexpr int known_pages = 48;
  const bool small = is_short && beside_sums(tile_sums) > 0 && (f.broadcast_depth == 1 || f.depth <= known_pages);
  return {f.rows, (f.columns + V::count - 1) / V::count, f.depth, f.aligned, f.depth * static_cast<int>(sizeof(V)), small};
}

/// What two neighbours in the broadcast operand are to a tile that reads them together. A tile of one vector of columns
/// needs a number of the broadcast operand for every multiplication, and a vector of the other one now and then: more than a
/// processor reads while it multiplies. So it reads two numbers at a time, which alternate in the lanes: two terms of a sum, or
/// the same term of two rows.
enum class neighbours { none, terms, rows };

/// The rows of a tile whose columns are multiplied in parts, one after the other (code/parts_of_columns.hpp), with a row in a vector or
/// several of them, and how many terms of its sums are still in the first cache when it walks through them once more.
inline constexpr int rows_of_parts = tile_sums, rows_of_groups = 24, terms_in_one_go = 256;

/// The rows of a tile that reads neighbours together; two terms of a sum are added apart, in a register each.
constexpr int rows_of_pairs(neighbours together) { return together == neighbours::terms ? tile_rows(2) : 2 * tile_rows(2); }
/// Whether tiles of so many vectors of columns may do that. Two doubles at a time were measured to gain nothing.
template <class V>
constexpr bool may_read_together(int vectors) { return std::same_as<typename V::scalar, float> && has_fused_multiply_add && V::count >= 8 && vectors == 1; }
/// Whether they do. Long sums are worth the shuffles, and a tile with less than 8 sums would wait for them.
template <class V>
constexpr neighbours read_together(const product_form& f, int vectors) {
  if (!may_read_together<V>(vectors) || f.depth <= 10) return neighbours::none;
  const auto pays = [&](neighbours together_, int sums_of_row_) { return parts(f.rows, rows_of_pairs(together_)).size * sums_of_row_ >= 8; };
  if (f.broadcast_depth == 1 && pays(neighbours::terms, 2)) return neighbours::terms;
  if (f.broadcast_row == 1 && pays(neighbours::rows, 1)) return neighbours::rows;
  return neighbours::none;
}
/// Where the columns are half a vector and few others: the lanes of the others, a power of two, if a tile takes more terms of them
/// at a time than of the first half; or 0. Few rows, or short sums, are not worth the shuffles.
template <class V>
constexpr int columns_apart(const product_form& f, int vectors) {
  const int others = f.columns - V::count / 2, lanes = others == 3 ? 4 : others;
  const bool pays = others > 0 && f.rows >= 12 && f.depth >= 32 && (lanes <= V::count / 8 || (lanes <= V::count / 4 && f.depth <= terms_in_one_go));
  return pays && register_bytes == 64 && read_together<V>(f, vectors) == neighbours::terms ? lanes : 0;
}
/// How many times columns fit into a vector.
template <class V>
constexpr int times_in_vector(int columns) { return V::count / lanes_around(columns, V::count); }
/// How many terms of its sums a tile takes at a time whose columns fill no more than half a vector. Few rows, or short sums, are not worth
/// the shuffles.
template <class V>
constexpr int terms_at_once(const product_form& f, int vectors) {
  const int terms = times_in_vector<V>(f.columns);
  const bool pays = terms > 1 && f.rows >= 4 && f.depth >= 16;
  return pays && read_together<V>(f, vectors) == neighbours::terms ? terms : 1;
}
/// How many rows a tile takes at a time whose columns fill no more than half a vector, where the rows lie one behind the other in the
/// broadcast operand.
template <class V>
constexpr int rows_at_a_time(const product_form& f, int vectors) {
  const int rows = times_in_vector<V>(f.columns);
  const bool pays = rows > 1 && f.rows >= rows && f.rows >= (f.depth < 8 ? 10 : 8) && f.depth >= (rows > 2 ? 3 : 5);
  return pays && may_read_together<V>(vectors) && V::count == native_lanes<float> && f.broadcast_row == 1 ? rows : 1;
}
/// How many of the last columns are such a tile of their own; or 0. The others read the same numbers of the broadcast operand once more
/// then, and a result that is larger than the first cache is walked through twice. Half a vector of 32 bytes is little to save.
template <class V>
constexpr int last_columns_apart(const product_form& f) {
  const int last = f.columns > V::count ? f.columns % V::count : 0;
  if (last == 0) return 0;
  const product_form apart = with_columns(f, last);
  const int rows = rows_at_a_time<V>(apart, 1), terms = terms_at_once<V>(apart, 1);
  const bool is_near = f.rows * f.columns * static_cast<int>(sizeof(typename V::scalar)) <= first_cache;
  const bool is_little = rows == 2 && register_bytes < 64;
  const bool pays_by_rows = rows > 1 && (is_little ? f.depth >= 16 && f.rows >= 16 : is_near || f.depth >= 16);
  const bool pays_by_terms = terms > 1 && f.depth >= (register_bytes == 64 ? 40 : 20) && f.rows >= (terms > 2 ? 8 : 16);
  return pays_by_rows || pays_by_terms ? last : 0;
}
/// The rows of a product's tiles.
template <class V>
constexpr int tile_rows(const product_form& f, int vectors, bool is_short) {
  const neighbours together = read_together<V>(f, vectors);
  if (columns_apart<V>(f, vectors) > 0 || terms_at_once<V>(f, vectors) > 1) return rows_of_parts;
  if (rows_at_a_time<V>(f, vectors) > 1) return rows_of_groups;
  return together == neighbours::none ? tile_rows(vectors, sums_of_tiles(in_tiles<V>(f, is_short), vectors)) : rows_of_pairs(together);
}
/// The tiles of so many rows, each of at most `most`, as equal as possible, and each but the last a multiple of `group`: those of `size` rows
/// before row `big`, smaller ones before row `whole`, and one of what is left.
struct tiles_of_rows {
  int size, smaller, big, whole;
  constexpr tiles_of_rows(int rows, int most, int group) {
    const parts tiles((rows + group - 1) / group, most / group);
    size = tiles.size * group;
    smaller = size - group;
    const int left = rows % group, last = tiles.small > 0 ? smaller : size;
    whole = left == 0 ? rows : rows - left - (last - group);
    big = tiles.big * size < whole ? tiles.big * size : whole;
  }
};

}  // namespace leibniz::code

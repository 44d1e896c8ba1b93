#pragma once
#include <cstdint>

#include <leibniz/core/shape.hpp>

namespace leibniz::ops {

/// The index labels of a tensor's axes, as in Einstein's notation: W_ij has the labels 1 and 2. Labels are 1 to 15.
struct labels {
  int rank = 0;
  int at[8 * max_rank]{};

  constexpr void append(int label) { at[rank++] = label; }
  constexpr bool contains(int label) const {
    for (int i = 0; i < rank; ++i)
      if (at[i] == label) return true;
    return false;
  }
  constexpr void replace(int from, int to) {
    for (int i = 0; i < rank; ++i)
      if (at[i] == from) at[i] = to;
  }
  constexpr bool repeats() const {
    for (int i = 0; i < rank; ++i)
      for (int j = 0; j < i; ++j)
        if (at[i] == at[j]) return true;
    return false;
  }
  /// All but the first `count`.
  constexpr labels tail(int count) const {
    labels l;
    for (int i = count; i < rank; ++i) l.append(at[i]);
    return l;
  }
  friend constexpr bool operator==(const labels& a, const labels& b) {
    if (a.rank != b.rank) return false;
    for (int i = 0; i < a.rank; ++i)
      if (a.at[i] != b.at[i]) return false;
    return true;
  }
};

/// `count` consecutive labels from `first`.
constexpr labels label_range(int first, int count) {
  labels l;
  for (int i = 0; i < count; ++i) l.append(first + i);
  return l;
}

constexpr labels operator+(labels a, const labels& b) {
  for (int i = 0; i < b.rank; ++i) a.append(b.at[i]);
  return a;
}

/// Sixteen bits, axis i in nibble i.
constexpr std::int64_t encode(const labels& l) {
  std::int64_t word = 0;
  for (int i = 0; i < l.rank; ++i) word |= static_cast<std::int64_t>(l.at[i]) << (4 * i);
  return word;
}
constexpr labels decode(std::int64_t word, int place, int rank) {
  labels l;
  for (int i = 0; i < rank; ++i) l.append(static_cast<int>(word >> (16 * place + 4 * i)) & 15);
  return l;
}

/// The extent of every label, collected from the tensors that carry it; 0 where unknown.
struct label_extents {
  int of[16]{};
  constexpr void learn(const labels& l, const shape& s) {
    for (int i = 0; i < l.rank && i < s.rank && i < max_rank; ++i) of[l.at[i]] = s.extent[i];
  }
  constexpr shape shape_of(const labels& l) const {
    shape s;
    for (int i = 0; i < l.rank; ++i) s.append(of[l.at[i]]);
    return s;
  }
};

/// Renames labels in the order of their first appearance, so that equal contractions have equal labels.
struct renaming {
  int name[16]{};
  int used = 0;
  constexpr labels apply(labels l) {
    for (int i = 0; i < l.rank; ++i) {
      if (name[l.at[i]] == 0) name[l.at[i]] = ++used;
      l.at[i] = name[l.at[i]];
    }
    return l;
  }
};

/// The flat row-major offset split into one index per axis.
struct indices {
  int at[max_rank]{};
};
constexpr indices unflatten(const shape& s, int offset) {
  indices result;
  for (int i = s.rank - 1; i >= 0; --i) {
    result.at[i] = offset % s.extent[i];
    offset /= s.extent[i];
  }
  return result;
}
constexpr int flatten(const shape& s, const indices& index) {
  int offset = 0;
  for (int i = 0; i < s.rank; ++i) offset = offset * s.extent[i] + index.at[i];
  return offset;
}

}  // namespace leibniz::ops

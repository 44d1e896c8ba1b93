#pragma once
#include <cstddef>

namespace leibniz {

inline constexpr int max_rank = 4;

/// The extents of a scalar (rank 0), a column vector (rank 1), a matrix (rank 2) or a tensor up to rank 4, row-major.
struct shape {
  int rank = 0;
  int extent[max_rank]{};

  constexpr int size() const {
    int n = 1;
    for (int i = 0; i < rank; ++i) n *= extent[i];
    return n;
  }
  constexpr bool is_scalar() const { return rank == 0; }
  /// The first `count` axes.
  constexpr shape head(int count) const {
    shape s;
    for (int i = 0; i < count; ++i) s.append(extent[i]);
    return s;
  }
  /// All axes but the first `count`.
  constexpr shape tail(int count) const {
    shape s;
    for (int i = count; i < rank; ++i) s.append(extent[i]);
    return s;
  }
  constexpr void append(int n) {
    if (rank < max_rank) extent[rank] = n;
    ++rank;
  }
  friend constexpr bool operator==(const shape& a, const shape& b) {
    if (a.rank != b.rank) return false;
    for (int i = 0; i < a.rank && i < max_rank; ++i)
      if (a.extent[i] != b.extent[i]) return false;
    return true;
  }
};

template <class... N>
constexpr shape make_shape(N... extents) {
  shape s;
  (s.append(static_cast<int>(extents)), ...);
  return s;
}

/// The axes of a, then those of b: the shape of the derivative of a by b. A rank above max_rank marks an error.
constexpr shape operator+(shape a, const shape& b) {
  for (int i = 0; i < b.rank; ++i) a.append(b.extent[i]);
  return a;
}

}  // namespace leibniz

#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include <leibniz/code/product.hpp>
#include <leibniz/core/lanes.hpp>

// Products for the tests of kernels, compared with sums in long double.

namespace leibniz::tests {

constexpr code::product_form product_shape(int rows, int columns, int depth, int pitch, bool turned, bool ragged = false) {
  code::product_form f;
  f.valid = true;
  f.rows = rows;
  f.columns = columns;
  f.depth = depth;
  f.broadcast_row = turned ? 1 : depth;
  f.broadcast_depth = turned ? rows : 1;
  f.vector_depth = pitch;
  f.vector_column = 1;
  f.is_fresh = !turned;
  f.ragged = ragged;
  return f;
}
/// The same where the rows of the vector operand are padded, as those that were packed are.
constexpr code::product_form padded_shape(int rows, int columns, int depth, int pitch, bool turned) {
  return packed(product_shape(rows, columns, depth, pitch, turned), pitch);
}
/// The same where the broadcast operand is turned and has gaps, as a matrix in the workspace does.
constexpr code::product_form gapped_shape(int rows, int columns, int depth, int gap) {
  code::product_form f = product_shape(rows, columns, depth, columns, true);
  f.broadcast_depth += gap;
  return f;
}
/// Both operands run along the sum; their rows have a gap.
constexpr code::product_form across_shape(int rows, int columns, int depth, int gap = 0) {
  code::product_form f = product_shape(rows, columns, depth, 1, false);
  f.broadcast_row = f.vector_column = depth + gap;
  return f;
}
struct writer {
  static constexpr bool is_short = true;
  static constexpr double beside = 0;  // what a product is added to on its way
  double* out;
  int pitch, columns;
  template <class V>
  void operator()(int r, int c, V value) const {
    if constexpr (is_lanes<V>)
      for (int l = 0; l < V::count && c + l < columns; ++l) out[r * pitch + c + l] = static_cast<double>(value[l]);
    else out[r * pitch + c] = static_cast<double>(value);
  }
};
struct long_writer : writer {
  static constexpr bool is_short = false;
};
/// Takes several rows at once, Part lanes each.
struct rows_writer : writer {
  template <int Part, class X>
  void store_rows(int r, X rows) const {
    for (int l = 0; l < X::count; ++l)
      if (l % Part < columns) out[(r + l / Part) * pitch + l % Part] = static_cast<double>(rows[l]);
  }
};
/// Whether a result may be computed as a run at all: numbers do not move freely through registers of 32 bytes with AVX alone.
inline constexpr bool may_make_runs = register_bytes == 16 || (register_bytes >= 32 && has_fused_multiply_add);
/// Takes the result as one run of numbers.
struct run_writer : writer {
  template <int Count, class V>
  void store_run(int place, V run) const {
    for (int l = 0; l < Count; ++l) out[place + l] = static_cast<double>(run[l]);
  }
};
/// The same, but no number twice.
struct once_run_writer : run_writer {
  static constexpr bool only_once = true;
};
/// Adds to the -1 that is there: nothing may be written twice, or beyond the columns.
struct once_writer : writer {
  static constexpr bool only_once = true;
  static constexpr double beside = 1;
  template <class V>
  void operator()(int r, int c, V value) const {
    if constexpr (is_lanes<V>)
      for (int l = 0; l < V::count; ++l) (*this)(r, c + l, value[l]);
    else out[r * pitch + c] += static_cast<double>(value) + 1;
  }
};
struct long_once_writer : once_writer {
  static constexpr bool is_short = false;
};
/// Adds 1, and takes it off again.
struct adding_writer : writer {
  static constexpr bool adds = true;
  static constexpr double beside = 1;
  template <class V>
  V added(int, int) const { return V(1); }
  template <class V>
  void operator()(int r, int c, V value) const { writer::operator()(r, c, value - V(1)); }
  template <class V>
  void product(int r, int c, V value) const { writer::operator()(r, c, value); }
};
/// The same to each number once, as an update does to a parameter.
struct updating_writer : adding_writer {
  static constexpr bool only_once = true;
};

/// The width of vectors for so many columns, padded or not.
template <class T, int Columns, bool Padded>
inline constexpr int product_width = Padded ? (code::padded_columns(Columns) < native_lanes<T> ? code::padded_columns(Columns) : native_lanes<T>)
                                            : lanes_within(Columns, native_lanes<T>);

/// The factors of a product, in memory that ends where they do. The shape is no template argument: the compilers would spend more time here
/// than on the products.
template <class T>
struct factors {
  code::product_form form;
  std::vector<T> a, b;

  static std::size_t size(int n) { return static_cast<std::size_t>(n); }
  std::size_t in_a(int r, int k) const { return size(r * form.broadcast_row + k * form.broadcast_depth); }
  std::size_t in_b(int k, int c) const { return size(k * form.vector_depth + c * form.vector_column); }

  explicit factors(const code::product_form& f)
      : form(f), a(in_a(f.rows - 1, f.depth - 1) + 1), b(std::max(size(f.depth * f.vector_depth), in_b(f.depth - 1, f.columns - 1) + 1), T(7)) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<T>(std::sin(1.0 + static_cast<double>(i)));
    for (int k = 0; k < form.depth; ++k)
      for (int c = 0; c < form.columns; ++c) b[in_b(k, c)] = static_cast<T>(std::cos(0.7 * (k * form.columns + c)));
  }
  /// The largest error of a result in units of `beside` and the sum of absolute terms; infinite where the result is no number.
  template <class R>
  double error(const std::vector<R>& result, double beside = 0) const {
    double worst = 0;
    for (int r = 0; r < form.rows; ++r)
      for (int c = 0; c < form.columns; ++c) {
        long double sum = 0, absolute = 1e-30L + beside;
        for (int k = 0; k < form.depth; ++k) {
          const long double term = static_cast<long double>(a[in_a(r, k)]) * b[in_b(k, c)];
          sum += term;
          absolute += std::abs(term);
        }
        const double off = static_cast<double>(std::abs(result[size(r * form.columns + c)] - sum) / absolute);
        worst = std::isnan(off) ? std::numeric_limits<double>::infinity() : std::max(worst, off);
      }
    return worst;
  }
};

/// The largest error of run(a, b, writer) in units of the sum of absolute terms. Memory ends where b ends.
template <class T, class Writer, class Run>
double product_error(const code::product_form& form, Run run) {
  const factors<T> given(form);
  std::vector<double> out(static_cast<std::size_t>(form.rows * form.columns), -1);
  Writer w;
  w.out = out.data();
  w.pitch = form.columns;
  w.columns = form.columns;
  run(given.a.data(), given.b.data(), w);
  return given.error(out, Writer::beside);
}
/// What rounding explains.
template <class T>
constexpr double product_bound(int depth) { return depth * (sizeof(T) == 4 ? 6e-8 : 1.2e-16); }

}  // namespace leibniz::tests

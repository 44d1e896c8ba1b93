#include <leibniz/calculus/samples.hpp>
#include <leibniz/code/binding.hpp>
#include <leibniz/code/reader.hpp>

// What is known about chains before they run.

namespace lz = leibniz;
using namespace lz::code;

constexpr char identity = 0;
// exp(x) + v in every row, and a piece of x.
struct rows_and_a_piece {
  static constexpr int output_count = 2;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle x{&g, g.variable("x", &identity, lz::make_shape(4, 10))}, v{&g, g.variable("v", &identity, lz::make_shape(10))};
    const lz::handle rows = lz::rearrange(v, lz::ops::label_range(2, 1), lz::ops::label_range(1, 2), lz::make_shape(4, 10));
    roots[0] = (exp(x) + rows).id();
    roots[1] = (lz::slice(x, 0, 20, lz::make_shape(10)) + v).id();
  }
};
using small = program<rows_and_a_piece>;
template <int Pitch>
using input = lz::code::source<const float, storage::row_major, Pitch>;
template <int Pitch, class Out>
using values = reader<small, float, slots_of<input<Pitch>, input<Pitch>>, slots_of<Out, Out>>;
using plain = values<0, float*>;
using padded = values<16, pitched<float, 16>>;

constexpr int first = small::root<0>, second = small::root<1>;
static_assert(small::at<first>().where == place::output && small::at<second>().where == place::output);
// Rows of 10 numbers: vectors of 4 need padding, of 2 do not, and one of 16 reads a row as far as it goes.
static_assert(!plain::reads_padded<first, 4>() && plain::reads_padded<first, 2>() && padded::reads_padded<first, 4>());
static_assert(plain::reads_padded<first, 16>() && padded::reads_padded<first, 16>());
static_assert(!plain::reads_padded<second, 16>() && !padded::reads_padded<second, 16>());
// One row repeated is not the same memory from end to end.
static_assert(!plain::reads_dense<first>() && plain::reads_dense<second>() && !padded::reads_dense<first>());
static_assert(plain::pitch<first>() == 10 && padded::pitch<first>() == 16);
// exp is not short enough to be repeated for every register.
static_assert(!plain::is_short_to_compute<first, -1>() && plain::is_short_to_compute<second, -1>());
static_assert(plain::choose_vectors(10, false).width <= 8 && plain::choose_vectors(10, true).padded);

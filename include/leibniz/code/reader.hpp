// Long because reading an element and computing it call each other, whatever kind of value it is.
#pragma once
#include <utility>

#include <leibniz/code/kernels.hpp>
#include <leibniz/code/product.hpp>
#include <leibniz/code/schedule.hpp>
#include <leibniz/core/lanes.hpp>
#include <leibniz/core/math.hpp>

// How a program gets at its values: one number or one vector of lanes at a time, from where they are kept, or computed on
// the way by the rows of operations. And what is known about a chain of such operations before it runs.

namespace leibniz::code {

/// Values of different types in a row, found by their place without a search: slot_at<I>(all). Not `get`, for which compilers would
/// try every std::get too.
template <int I, class T>
struct slot {
  T value;
};
template <class Sequence, class... T>
struct slots;
template <int... I, class... T>
struct slots<std::integer_sequence<int, I...>, T...> : slot<I, T>... {};
template <class... T>
using slots_of = slots<std::make_integer_sequence<int, static_cast<int>(sizeof...(T))>, T...>;
template <int I, class T>
[[gnu::always_inline]] constexpr const T& slot_at(const slot<I, T>& s) { return s.value; }
template <int I, class T>
[[gnu::always_inline]] constexpr T& slot_at(slot<I, T>& s) { return s.value; }

/// How a row computes one element: by its `value`, except where a constant operand allows better code.
template <class Row>
struct evaluation {
  template <class Program, int I>
  static constexpr long long exponent = 0;
};
template <>
struct evaluation<ops::pow_> {
  template <class Program, int I>
  static constexpr long long constant_exponent() {
    constexpr instruction power_node = Program::template at<I>().made;
    constexpr instruction exponent_node = Program::template at<power_node.b>().made;
    if constexpr (exponent_node.op == ops::index_of<ops::constant_>)
      if (exponent_node.number().is_integer() && exponent_node.data < 1024 && exponent_node.data > -1024)
        return static_cast<long long>(exponent_node.data);
    return 0;
  }
  /// The constant whole exponent of a power; 0 if there is none.
  template <class Program, int I>
  static constexpr long long exponent = constant_exponent<Program, I>();
};
template <long long N, class T>
[[gnu::always_inline]] constexpr T positive_power(T x) {
  if constexpr (N == 1) return x;
  else if constexpr (N % 2 != 0) return positive_power<N - 1>(x) * x;
  else {
    const T half = positive_power<N / 2>(x);
    return half * half;
  }
}
template <long long N, class T>
[[gnu::always_inline]] constexpr T whole_power(T x) {
  if constexpr (!is_lanes<T>)
    if (std::is_constant_evaluated() || N < -2) return math::powi(x, N);
  if constexpr (N < 0) return math::divide(T(1), positive_power<(N < 0 ? -N : 1)>(x));
  else return positive_power<(N > 0 ? N : 1)>(x);
}

/// sum + x y, or sum - x y: one expression, which compilers may turn into one operation.
template <bool Minus, class V>
[[gnu::always_inline]] constexpr V add_product(V sum, V x, V y) {
  if constexpr (is_lanes<V>) return Minus ? sum.v - x.v * y.v : sum.v + x.v * y.v;
  else if (std::is_constant_evaluated()) return multiply_add(sum, Minus ? -x : x, y);
  else return Minus ? sum - x * y : sum + x * y;
}

/// A row's value, for lanes that it does not know one by one.
template <class Row, class V, class... A>
[[gnu::always_inline]] constexpr V value_of_row(const A&... operand) {
  if constexpr (!is_lanes<V> || Row::in_lanes) return Row::value(operand...);
  else {
    V result;
    for (int l = 0; l < V::count; ++l) result.v[l] = Row::value(operand[l]...);
    return result;
  }
}

/// A row of the result where rows lie `Pitch` apart.
template <class T, int Pitch>
struct pitched {
  using element = T;
  static constexpr int pitch = Pitch;
  T* data;
};
template <class T>
[[gnu::always_inline]] constexpr T* address_of(T* output) { return output; }
template <class T, int Pitch>
[[gnu::always_inline]] constexpr T* address_of(const pitched<T, Pitch>& output) { return output.data; }
template <class Output>
inline constexpr int pitch_of_output = 0;
template <class T, int Pitch>
inline constexpr int pitch_of_output<pitched<T, Pitch>> = Pitch;

/// What is in registers while a chain is computed: nothing, or the values of some nodes. by_rows: vectors begin anew in every
/// row, so that one that is longer than the row ends with it.
struct nothing_held {
  static constexpr bool by_rows = false;
  template <int>
  static constexpr bool has = false;
};
struct nothing_held_by_rows : nothing_held {
  static constexpr bool by_rows = true;
};
template <int Node, class V, class Rest = nothing_held_by_rows>
struct held_value {
  static constexpr bool by_rows = Rest::by_rows;
  template <int I>
  static constexpr bool has = I == Node || Rest::template has<I>;
  V value;
  Rest rest;

  template <int I>
  [[gnu::always_inline]] constexpr V get() const {
    if constexpr (I == Node) return value;
    else return rest.template get<I>();
  }
};

/// Reads the values of a program, one number or one vector of them at a time. V is T or lanes of T; an element is named
/// by its row and column, the last axis and all others.
/// Careful: quotients do not share reciprocals.
template <class Program, class T, class Inputs, class Outputs, bool Careful = false>
struct reader {
  Inputs inputs;
  Outputs outputs;
  T* workspace;
  T local[Program::local_count > 0 ? Program::local_count : 1];

  template <int I>
  static constexpr const step& at() { return Program::template at<I>(); }
  template <int I>
  using row_of = ops::row<at<I>().made.op>;
  template <class Row, int I>
  static constexpr bool is = std::is_same_v<row_of<I>, Row>;
  template <int I>
  using source_of_variable = std::remove_cvref_t<decltype(slot_at<static_cast<int>(at<I>().made.data)>(std::declval<const Inputs&>()))>;
  template <int I>
  using output_of = std::remove_cvref_t<decltype(slot_at<at<I>().offset>(std::declval<const Outputs&>()))>;

  template <int I>
  [[gnu::always_inline]] constexpr const auto& input() const { return slot_at<static_cast<int>(at<I>().made.data)>(inputs); }

  /// The memory of a value that has one, and the distance of its rows.
  template <int I>
  [[gnu::always_inline]] constexpr auto memory() const {
    constexpr const step& s = at<I>();
    if constexpr (s.where == place::memory) return static_cast<const T*>(workspace + s.offset);
    else if constexpr (s.where == place::output) return static_cast<const T*>(address_of(slot_at<s.offset>(outputs)));
    else return input<I>().data;
  }
  template <int I>
  static constexpr int pitch() {
    constexpr const step& s = at<I>();
    int result = columns_of(s.extents);
    if constexpr (s.where == place::memory) result = pitch_of(s.extents);
    else if constexpr (s.where == place::output) {
      if (pitch_of_output<output_of<I>> > 0) result = pitch_of_output<output_of<I>>;
    } else if constexpr (is<ops::variable_, I>) {
      if (source_of_variable<I>::pitch > 0) result = source_of_variable<I>::pitch;
    }
    return result;
  }
  template <int I>
  static constexpr bool by_columns() {
    if constexpr (is<ops::variable_, I>) return source_of_variable<I>::columns;
    else return false;
  }
  template <int I>
  static constexpr bool has_memory = at<I>().where == place::memory || at<I>().where == place::output || is<ops::variable_, I>;
  /// Whether a value lies in memory as numbers of type T.
  template <int I>
  static constexpr bool lies_as_computed() {
    if constexpr (is<ops::variable_, I>) return std::is_same_v<T, std::remove_const_t<typename source_of_variable<I>::element>>;
    else return has_memory<I>;
  }

  /// How many numbers of a row a vector may read.
  template <int I, class V, class Held>
  static constexpr int readable() {
    if constexpr (!is_lanes<V>) return 1;
    else {
      constexpr shape extents = at<I>().extents;
      const bool ends = columns_of(extents) < V::count && !lies_padded<I, V::count>() && (Held::by_rows || rows_of(extents) == 1);
      return ends ? columns_of(extents) : V::count;
    }
  }
  template <class V, int Count, class U>
  [[gnu::always_inline]] static constexpr V read(const U* from) {
    if constexpr (!is_lanes<V>) return static_cast<T>(*from);
    else if constexpr (std::is_same_v<T, std::remove_const_t<U>>) return V::template load_first<Count>(from);
    else {
      V result(0);
      for (int l = 0; l < Count; ++l) result.v[l] = static_cast<T>(from[l]);
      return result;
    }
  }

  /// The element in a row and column, or V::count of them: read where they are kept, or computed.
  template <int I, class V, class Held = nothing_held>
  [[gnu::always_inline]] constexpr V element(int r, int c, const Held& held = {}) const {
    constexpr const step& s = at<I>();
    if constexpr (Held::template has<I>) return held.template get<I>();
    else if constexpr (s.where == place::local) return V(local[s.offset]);
    else if constexpr (s.where == place::fused && s.extents.is_scalar() && is_lanes<V>) return V(compute<I, T>(0, 0));
    else if constexpr (s.where == place::fused && s.extents.is_scalar()) return compute<I, V>(0, 0, held);  // wherever the chain is
    else if constexpr (s.where == place::fused) return compute<I, V>(r, c, held);
    else return read<V, readable<I, V, Held>()>(memory<I>() + (r * pitch<I>() + c));
  }
  template <int I, class V, class Held = nothing_held>
  [[gnu::always_inline]] constexpr V compute(int r, int c, const Held& held = {}) const {
    constexpr const step& s = at<I>();
    using row = row_of<I>;
    if constexpr (std::is_same_v<row, ops::constant_>) {
      constexpr T value = s.made.number().template value<T>();
      return V(value);
    } else if constexpr (std::is_same_v<row, ops::symbol_>) {
      return V(ops::symbol_::value<T>(s.made.data));
    } else if constexpr (std::is_same_v<row, ops::variable_>) {
      if constexpr (s.extents.is_scalar()) return V(static_cast<T>(*input<I>().data));
      else if constexpr (!by_columns<I>()) return read<V, readable<I, V, Held>()>(input<I>().data + (r * pitch<I>() + c));
      else {
        constexpr int rows = rows_of(s.extents);
        if constexpr (is_lanes<V>) {
          V result;
          for (int l = 0; l < V::count; ++l) result.v[l] = static_cast<T>(input<I>().data[(c + l) * rows + r]);
          return result;
        } else {
          return static_cast<T>(input<I>().data[c * rows + r]);
        }
      }
    } else if constexpr (std::is_same_v<row, ops::slice_>) {
      return piece<I, V>(r, c, held);
    } else if constexpr (std::is_same_v<row, ops::rearrange_>) {
      constexpr repeated kind = repeated_as<I>();
      if constexpr (kind == repeated::row) return element<s.made.a, V>(0, c);
      else return V(element<s.made.a, T>(0, kind == repeated::column ? r : 0));
    } else if constexpr (evaluation<row>::template exponent<Program, I> != 0) {
      return whole_power<evaluation<row>::template exponent<Program, I>>(element<s.made.a, V>(r, c, held));
    } else if constexpr (std::is_same_v<row, ops::add_>) {
      return sum<s.made.a, s.made.b, V>(r, c, held);
    } else if constexpr (has_shared_divisor<I>() && !is_lanes<V>) {
      const T x = element<s.made.a, V>(r, c, held);
      return std::is_constant_evaluated() ? math::divide(x, element<s.made.b, V>(r, c, held)) : x * local[at<s.made.b>().inverse];
    } else if constexpr (scaled_scalar<I>() != graph::none) {
      return math::multiply(scale<I, V>(), element<what_is_scaled<I>, V>(r, c, held));
    } else if constexpr (row::arity == 1) {
      return value_of_row<row, V>(element<s.made.a, V>(r, c, held));
    } else if constexpr (row::arity == 2) {
      const V a = element<s.made.a, V>(r, c, held), b = element<s.made.b, V>(r, c, held);
      return value_of_row<row, V>(a, b);
    } else {
      const V a = element<s.made.a, V>(r, c, held), b = element<s.made.b, V>(r, c, held), d = element<s.made.c, V>(r, c, held);
      return value_of_row<row, V>(a, b, d);
    }
  }
  /// Whether a quotient is a product with the reciprocal of its divisor.
  template <int I>
  static constexpr bool has_shared_divisor() {
    if constexpr (is<ops::div_, I> && !Careful) return at<at<I>().made.b>().inverse != graph::none;
    else return false;
  }
  // The terms of a sum: computed with it are a minus sign and the factors of a product.
  template <int I, class Held>
  static constexpr bool is_inside = at<I>().where == place::fused && !Held::template has<I>;
  template <int I, class Held>
  static constexpr bool is_negated() {
    if constexpr (is<ops::mul_, I> && is_inside<I, Held>) {
      constexpr instruction factor = at<at<I>().made.a>().made;
      if constexpr (factor.op == ops::index_of<ops::constant_>) return factor.number().is(-1);
    }
    return false;
  }
  template <int I, class Held>
  static constexpr int positive_part = is_negated<I, Held>() ? at<I>().made.b : I;
  template <int I, class Held>
  static constexpr bool is_product = (is<ops::mul_, I> || evaluation<row_of<I>>::template exponent<Program, I> == 2) && is_inside<I, Held>;

  /// element A + element B.
  template <int A, int B, class V, class Held>
  [[gnu::always_inline]] constexpr V sum(int r, int c, const Held& held) const {
    constexpr int a = positive_part<A, Held>, b = positive_part<B, Held>;
    if constexpr (is_product<b, Held>) return with_product<b, b != B, V>(element<A, V>(r, c, held), r, c, held);
    else if constexpr (is_product<a, Held>) return with_product<a, a != A, V>(element<B, V>(r, c, held), r, c, held);
    else if constexpr (b != B) return math::subtract(element<A, V>(r, c, held), element<b, V>(r, c, held));
    else if constexpr (a != A) return math::subtract(element<B, V>(r, c, held), element<a, V>(r, c, held));
    else return math::add(element<A, V>(r, c, held), element<B, V>(r, c, held));
  }
  template <int I, bool Minus, class V, class Held>
  [[gnu::always_inline]] constexpr V with_product(V sum, int r, int c, const Held& held) const {
    constexpr instruction product = at<I>().made;
    if constexpr (scaled_scalar<I>() != graph::none) {
      return add_product<Minus>(sum, element<what_is_scaled<I>, V>(r, c, held), scale<I, V>());
    } else {
      const V x = element<product.a, V>(r, c, held);
      if constexpr (is<ops::mul_, I>) return add_product<Minus>(sum, x, element<product.b, V>(r, c, held));
      else return add_product<Minus>(sum, x, x);
    }
  }

  template <int I>
  static constexpr bool is_same_everywhere() {
    if constexpr (at<I>().extents.is_scalar()) return true;
    else if constexpr (Program::template repeats<I>) return at<at<I>().made.a>().extents.is_scalar();
    else return false;
  }
  /// The scalar s in 2 (s x), if 2 s can be computed before x is known.
  template <int I>
  static constexpr int scaled_scalar() {
    if constexpr (is<ops::mul_, I> && !at<I>().extents.is_scalar()) {
      constexpr int B = at<I>().made.b;
      if constexpr (is<ops::constant_, at<I>().made.a> && is<ops::mul_, B> && at<B>().where == place::fused) {
        constexpr int left = at<B>().made.a, right = at<B>().made.b;
        if constexpr (is_same_everywhere<left>()) return left;
        else if constexpr (is_same_everywhere<right>()) return right;
      }
    }
    return graph::none;
  }
  /// The x, and 2 s.
  template <int I>
  static constexpr int what_is_scaled = at<at<I>().made.b>().made.a == scaled_scalar<I>() ? at<at<I>().made.b>().made.b : at<at<I>().made.b>().made.a;
  template <int I, class V>
  [[gnu::always_inline]] constexpr V scale() const {
    return V(math::multiply(element<at<I>().made.a, T>(0, 0), element<scaled_scalar<I>(), T>(0, 0)));
  }
  template <int I>
  static constexpr repeated repeated_as() {
    constexpr const step& s = at<I>();
    if (at<s.made.a>().extents.size() == 1) return repeated::scalar;
    return ops::decode(s.made.data, 1, s.extents.rank).at[s.extents.rank - 1] == ops::decode(s.made.data, 0, 1).at[0] ? repeated::row
                                                                                                                  : repeated::column;
  }
  /// A contiguous piece of the elements: found by its flat offset where the rows are of another length.
  template <int I>
  static constexpr bool keeps_rows() {
    constexpr const step& s = at<I>();
    constexpr int columns = columns_of(at<s.made.a>().extents);
    return s.extents.rank > 0 && columns == columns_of(s.extents) && ops::slice_::slice_offset(s.made.data) % columns == 0;
  }
  template <int I, class V, class Held>
  [[gnu::always_inline]] constexpr V piece(int r, int c, const Held& held) const {
    constexpr const step& s = at<I>();
    constexpr int offset = ops::slice_::slice_offset(s.made.data), columns = columns_of(at<s.made.a>().extents);
    if constexpr (keeps_rows<I>()) return element<s.made.a, V>(r + offset / columns, c, held);
    else {
      const int flat = r * columns_of(s.extents) + c + offset;
      if constexpr (rows_of(at<s.made.a>().extents) == 1) return element<s.made.a, V>(0, flat, held);
      else if constexpr (!is_lanes<V>) return element<s.made.a, T>(flat / columns, flat % columns, held);
      else {
        V result;
        for (int l = 0; l < V::count; ++l) result.v[l] = element<s.made.a, T>((flat + l) / columns, (flat + l) % columns);
        return result;
      }
    }
  }

  // What is known about a chain: of every operand that is computed on the way, the same question again.
  template <int I, class Ask>
  static constexpr bool all_operands(Ask ask) {
    constexpr const step& s = at<I>();
    constexpr int arity = row_of<I>::arity;
    bool all = true;
    if constexpr (arity > 0) all = all && ask.template operator()<s.made.a>();
    if constexpr (arity > 1) all = all && ask.template operator()<s.made.b>();
    if constexpr (arity > 2) all = all && ask.template operator()<s.made.c>();
    return all;
  }
  /// From row to row in memory, where what lies behind a row may be read too; 0 where it may not.
  template <int I>
  static constexpr int padded_pitch() {
    if constexpr (has_memory<I>) return by_columns<I>() ? 0 : pitch<I>();
    else return 0;
  }
  /// Whether L numbers lie in memory from every column that is a multiple of L, also where fewer are left in the row.
  template <int I, int L>
  static constexpr bool lies_padded() { return holds_vectors(padded_pitch<I>(), L); }
  /// Whether the library laid it out, so that no vector crosses two lines of the cache.
  template <int I>
  static constexpr bool lies_aligned() {
    if constexpr (is<ops::variable_, I>) return source_of_variable<I>::pitch > 0;
    else return at<I>().where == place::memory;
  }
  /// Whether they can be read: a row shorter than L is read as far as it goes.
  template <int I, int L>
  static constexpr bool is_padded() {
    constexpr const step& s = at<I>();
    if constexpr (s.extents.is_scalar() || columns_of(s.extents) % L == 0) return true;
    else if constexpr (has_memory<I>) return lies_padded<I, L>() || (!by_columns<I>() && columns_of(s.extents) < L);
    else return reads_padded<I, L>();
  }
  /// The same of what a value is computed from.
  template <int I, int L>
  static constexpr bool reads_padded() {
    if constexpr (is<ops::variable_, I>) return is_padded<I, L>();
    else if constexpr (is<ops::slice_, I>) return false;
    else if constexpr (is<ops::contract_, I> || (is<ops::rearrange_, I> && !Program::template repeats<I>)) return true;  // in registers
    else if constexpr (!is<ops::rearrange_, I>) return all_operands<I>([]<int J>() { return is_padded<J, L>(); });
    else return repeated_as<I>() != repeated::row || is_padded<at<I>().made.a, L>();
  }
  /// Whether all elements can be walked through as one row. Held is in registers.
  template <int I, int Held = graph::none>
  static constexpr bool is_dense() {
    constexpr const step& s = at<I>();
    if constexpr (I == Held || s.extents.is_scalar() || rows_of(s.extents) == 1) return true;
    else if constexpr (has_memory<I>) return !by_columns<I>() && pitch<I>() == columns_of(s.extents);
    else return reads_dense<I, Held>();
  }
  template <int I, int Held = graph::none>
  static constexpr bool reads_dense() {
    if constexpr (I == Held) return true;
    else if constexpr (is<ops::variable_, I>) return is_dense<I>();
    else if constexpr (is<ops::slice_, I>) return keeps_rows<I>() && is_dense<at<I>().made.a>();
    else if constexpr (is<ops::rearrange_, I>) return repeated_as<I>() == repeated::scalar;
    else return all_operands<I>([]<int J>() { return is_dense<J, Held>(); });
  }
  /// Whether the code of a chain is short enough to be repeated for every register of a tile.
  template <int I, int Held>
  static constexpr bool is_short() {
    constexpr const step& s = at<I>();
    if constexpr (I == Held || has_memory<I> || s.where == place::local) return true;
    else return is_short_to_compute<I, Held>();
  }
  template <int I, int Held>
  static constexpr bool is_short_to_compute() {
    if constexpr (I == Held) return true;
    else return (!ops::is_elementwise(at<I>().made.op) || row_of<I>::style != ops::notation::call) &&
                all_operands<I>([]<int J>() { return is_short<J, Held>(); });
  }

  /// The width of the vectors of a chain of `columns` numbers, and whether the rows are padded to them. If they are not, the
  /// last vector may overlap the one before it.
  struct vectors {
    int width = 1;
    bool padded = false;
  };
  static constexpr int widest(int columns) { return lanes_around(columns, native_lanes<T>); }
  static constexpr vectors choose_vectors(int columns, bool padded) {
    return {padded ? widest(columns) : lanes_within(columns, native_lanes<T>), padded};
  }
};

}  // namespace leibniz::code

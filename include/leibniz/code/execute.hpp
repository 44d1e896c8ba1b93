#pragma once
#include <utility>

#include <leibniz/code/kernels.hpp>
#include <leibniz/code/schedule.hpp>
#include <leibniz/core/math.hpp>

// A program turned into code: one step after the other, all of them known to the compiler, so that scalars end up in
// registers and every loop has constant bounds. Parameters of lambdas end in an underscore: g++ lets them shadow the
// user's globals, and warns.

namespace leibniz::code {

/// Values of different types in a row, found by their place without a search.
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
[[gnu::always_inline]] constexpr const T& get(const slot<I, T>& s) { return s.value; }

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
  if (std::is_constant_evaluated() || N < -2) return math::powi(x, N);
  if constexpr (N < 0) return T(1) / positive_power<(N < 0 ? -N : 1)>(x);
  else return positive_power<(N > 0 ? N : 1)>(x);
}

/// Program: code::program. Inputs: slots of sources, one for each variable of the program. Outputs: slots of pointers
/// to T, one for each output.
template <class Program, class T, class Inputs, class Outputs>
struct machine {
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
  [[gnu::always_inline]] constexpr const auto& input() const { return get<static_cast<int>(at<I>().made.data)>(inputs); }

  /// One element of a value: read where it is kept, or computed.
  template <int I>
  [[gnu::always_inline]] constexpr T element(int i) const {
    constexpr const step& s = at<I>();
    if constexpr (s.where == place::local) return local[s.offset];
    else if constexpr (s.where == place::memory) return workspace[s.offset + i];
    else if constexpr (s.where == place::output) return get<s.offset>(outputs)[i];
    else return compute<I>(i);
  }
  template <int I>
  [[gnu::always_inline]] constexpr T compute(int i) const {
    constexpr const step& s = at<I>();
    using row = row_of<I>;
    if constexpr (std::is_same_v<row, ops::constant_>) {
      constexpr T value = s.made.number().template value<T>();
      return value;
    } else if constexpr (std::is_same_v<row, ops::symbol_>) {
      return ops::symbol_::value<T>(s.made.data);
    } else if constexpr (std::is_same_v<row, ops::variable_>) {
      if constexpr (s.extents.is_scalar()) return static_cast<T>(*input<I>().data);
      else {
        constexpr int columns = s.extents.extent[s.extents.rank - 1], rows = s.extents.size() / columns;
        return static_cast<T>(input<I>().template at<rows, columns>(i));
      }
    } else if constexpr (std::is_same_v<row, ops::slice_>) {
      return element<s.made.a>(i + ops::slice_::slice_offset(s.made.data));
    } else if constexpr (std::is_same_v<row, ops::rearrange_>) {
      return element<s.made.a>(0);
    } else if constexpr (evaluation<row>::template exponent<Program, I> != 0) {
      return whole_power<evaluation<row>::template exponent<Program, I>>(element<s.made.a>(i));
    } else if constexpr (row::arity == 1) {
      return row::value(element<s.made.a>(i));
    } else if constexpr (row::arity == 2) {
      const T a = element<s.made.a>(i), b = element<s.made.b>(i);
      return row::value(a, b);
    } else {
      const T a = element<s.made.a>(i), b = element<s.made.b>(i), c = element<s.made.c>(i);
      return row::value(a, b, c);
    }
  }

  /// The memory of a value that has one.
  template <int I>
  [[gnu::always_inline]] constexpr auto memory() const {
    constexpr const step& s = at<I>();
    if constexpr (s.where == place::memory) return static_cast<const T*>(workspace + s.offset);
    else if constexpr (s.where == place::output) return static_cast<const T*>(get<s.offset>(outputs));
    else return input<I>().data;
  }
  template <int I>
  static constexpr bool by_columns() {
    if constexpr (is<ops::variable_, I>)
      return std::remove_cvref_t<decltype(get<static_cast<int>(at<I>().made.data)>(std::declval<const Inputs&>()))>::columns;
    else return false;
  }

  /// Whether a value can be read through a pointer to T, row by row.
  template <int I>
  static constexpr bool lies_as_computed() {
    if constexpr (at<I>().where == place::memory || at<I>().where == place::output) return true;
    else if constexpr (!is<ops::variable_, I>) return false;
    else return !by_columns<I>() && std::is_same_v<T, std::remove_cvref_t<decltype(*std::declval<const machine&>().template memory<I>())>>;
  }

  template <int I, bool ColumnsA, bool ColumnsB>
  struct product_loops {
    static constexpr step s = at<I>(), a = at<s.made.a>(), b = at<s.made.b>();
    static constexpr loop_nest value =
        make_loops(ops::decode(s.made.data, 0, a.extents.rank), a.extents, ColumnsA, ops::decode(s.made.data, 1, b.extents.rank),
                   b.extents, ColumnsB, ops::decode(s.made.data, 2, s.extents.rank), s.extents);
  };
  template <int I, bool Columns>
  struct sum_loops {
    static constexpr step s = at<I>(), a = at<s.made.a>();
    static constexpr loop_nest value = make_loops(ops::decode(s.made.data, 0, a.extents.rank), a.extents, Columns, {}, {}, false,
                                                  ops::decode(s.made.data, 1, s.extents.rank), s.extents);
  };

  template <int I>
  constexpr void reduce(T* out) const {
    constexpr step s = at<I>(), a = at<s.made.a>();
    constexpr int kept = static_cast<int>(s.made.data), blocks = a.extents.head(kept).size(), size = a.extents.size();
    constexpr int from = size / blocks, to = s.extents.size() / blocks;
    const auto run = [out](const T* in_) { reduce_kernel<row_of<I>, blocks, from, to>(in_, out); };
    if constexpr (!lies_as_computed<s.made.a>()) {
      T converted[size];
      fill_kernel<size>(converted, [this](int i_) { return element<s.made.a>(i_); });
      run(converted);
    } else {
      run(memory<s.made.a>());
    }
  }

  /// Computes a whole value into `out`.
  template <int I>
  [[gnu::always_inline]] constexpr void compute_all(T* out) const {
    constexpr const step& s = at<I>();
    using row = row_of<I>;
    constexpr int size = s.extents.size();
    if constexpr (std::is_same_v<row, ops::contract_>) {
      contract_kernel<product_loops<I, by_columns<s.made.a>(), by_columns<s.made.b>()>, true>(memory<s.made.a>(), memory<s.made.b>(), out);
    } else if constexpr (std::is_same_v<row, ops::rearrange_>) {
      constexpr const step& a = at<s.made.a>();
      if constexpr (a.extents.is_scalar()) {
        const T scalar = element<s.made.a>(0);
        if constexpr (ops::decode(s.made.data, 1, s.extents.rank).repeats())  // a multiple of the identity
          contract_kernel<sum_loops<I, false>, false>(&scalar, static_cast<const T*>(nullptr), out);
        else
          fill_kernel<size>(out, [scalar](int) { return scalar; });
      } else if constexpr (s.extents.is_scalar() && !ops::decode(s.made.data, 0, a.extents.rank).repeats()) {
        *out = partial_sums<a.extents.size(), T>([this](T sum_, int i_) { return careful_sum(sum_, element<s.made.a>(i_)); });
      } else {
        contract_kernel<sum_loops<I, by_columns<s.made.a>()>, false>(memory<s.made.a>(), static_cast<const T*>(nullptr), out);
      }
    } else if constexpr (std::is_same_v<row, ops::delta_>) {
      delta_kernel<s.extents.head(s.extents.rank / 2).size()>(out);
    } else if constexpr (std::is_same_v<row, ops::slice_> && ops::slice_::slice_lead(s.made.data) > 0) {
      constexpr int lead = ops::slice_::slice_lead(s.made.data), blocks = s.extents.head(lead).size();
      slice_kernel<blocks, at<s.made.a>().extents.size() / blocks, size / blocks, ops::slice_::slice_offset(s.made.data)>(
          out, [this](int i_) { return element<s.made.a>(i_); });
    } else if constexpr (std::is_same_v<row, ops::pad_>) {
      constexpr int blocks = s.extents.head(ops::slice_::slice_lead(s.made.data)).size();
      pad_kernel<blocks, at<s.made.a>().extents.size() / blocks, size / blocks, ops::slice_::slice_offset(s.made.data)>(
          out, [this](int i_) { return element<s.made.a>(i_); });
    } else if constexpr (requires { row::is_reduction; }) {
      reduce<I>(out);
    } else if constexpr (s.extents.is_scalar()) {
      *out = compute<I>(0);
    } else {
      fill_kernel<size>(out, [this](int i_) { return compute<I>(i_); });
    }
  }

  template <int I>
  [[gnu::always_inline]] constexpr void execute() {
    constexpr const step& s = at<I>();
    if constexpr (s.where == place::local) {
      if constexpr (is_leaf_or_pointwise<I>) local[s.offset] = compute<I>(0);
      else {
        T value{};
        compute_all<I>(&value);
        local[s.offset] = value;
      }
    } else if constexpr (s.where == place::memory) {
      compute_all<I>(workspace + s.offset);
    } else if constexpr (s.where == place::output) {
      compute_all<I>(get<s.offset>(outputs));
    }
  }
  template <int I>
  static constexpr bool is_leaf_or_pointwise =
      elementwise_rows.at[at<I>().made.op] || (is<ops::slice_, I> && ops::slice_::slice_lead(at<I>().made.data) == 0);

  /// An output that is not computed in its place: a scalar, an input, or the same as another output.
  template <int K>
  [[gnu::always_inline]] constexpr void store() const {
    constexpr int I = Program::template root<K>;
    constexpr const step& s = at<I>();
    T* out = get<K>(outputs);
    if constexpr (s.extents.is_scalar()) *out = element<I>(0);
    else if constexpr (s.where != place::output || s.offset != K)
      fill_kernel<s.extents.size()>(out, [this](int i_) { return element<I>(i_); });
  }

  // Folds of at most 64 terms: compilers limit the depth.
  template <int First, int... I>
  [[gnu::always_inline]] constexpr void execute_block(std::integer_sequence<int, I...>) { (execute<First + I>(), ...); }
  // Optimisers take more than linear time for one function: a long program is a function for every block.
  static constexpr int inlined_blocks = 8;
  template <int First, int... I>
  [[gnu::noinline]] constexpr void execute_apart(std::integer_sequence<int, I...>) { (execute<First + I>(), ...); }
  template <int Block, int Blocks>
  [[gnu::always_inline]] constexpr void execute_blocks() {
    if constexpr (Block < Blocks) {
      constexpr int first = Block * block_size, rest = Program::node_count - first;
      constexpr std::make_integer_sequence<int, (rest < block_size ? rest : block_size)> nodes{};
      if constexpr (Blocks > inlined_blocks) execute_apart<first>(nodes);
      else execute_block<first>(nodes);
      execute_blocks<Block + 1, Blocks>();
    }
  }
  template <int First, int... K>
  [[gnu::always_inline]] constexpr void store_block(std::integer_sequence<int, K...>) const { (store<First + K>(), ...); }
  template <int First = 0>
  [[gnu::always_inline]] constexpr void store_all() const {
    if constexpr (First < Program::output_count) {
      constexpr int rest = Program::output_count - First;
      store_block<First>(std::make_integer_sequence<int, (rest < block_size ? rest : block_size)>{});
      store_all<First + block_size>();
    }
  }
};

/// Runs a program.
template <class Program, class T, class Inputs, class Outputs>
[[gnu::always_inline]] constexpr void execute(const Inputs& inputs, const Outputs& outputs) {
  alignas(64) T workspace[Program::workspace > 0 ? Program::workspace : 1];
  machine<Program, T, Inputs, Outputs> m;
  m.inputs = inputs;
  m.outputs = outputs;
  m.workspace = workspace;
  m.template execute_blocks<0, (Program::node_count + block_size - 1) / block_size>();
  m.store_all();
}

}  // namespace leibniz::code

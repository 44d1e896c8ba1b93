#pragma once
#include <boost/hana/tuple.hpp>
#include <tuple>

#include <leibniz/calculus/lower.hpp>
#include <leibniz/code/binding.hpp>
#include <leibniz/code/execute.hpp>

// Formulas become functions: `function(inputs(w, x), outputs(C, dC))`, and values: `evaluate(C, w = 0.3, x = 2.0)`.

namespace leibniz {

namespace code {

template <class V>
inline constexpr bool is_variable = false;
template <fixed_string Name, std::size_t... N>
inline constexpr bool is_variable<var<Name, N...>> = true;
/// Stands in a list of inputs for something that was refused.
using no_variable = var<"">;
template <class V>
using input_of = std::conditional_t<is_variable<V>, V, no_variable>;

template <class T>
inline constexpr bool is_binding = false;
template <class V, class Value>
inline constexpr bool is_binding<binding<V, Value>> = true;
template <class V, class Value>
V bound_variable(const binding<V, Value>*);
template <class V, class Value>
Value bound_value(const binding<V, Value>*);

/// Variables in the order in which values arrive for them.
template <class... V>
struct variable_list {
  static constexpr text_view names[sizeof...(V) + 1]{V::name.view()...};
  /// The place of a name, -1 if it is not there.
  static constexpr int find(text_view name) {
    for (int i = 0; i < static_cast<int>(sizeof...(V)); ++i)
      if (names[i] == name) return i;
    return -1;
  }
  static constexpr bool repeats() {
    for (int i = 0; i < static_cast<int>(sizeof...(V)); ++i)
      if (find(names[i]) != i) return true;
    return false;
  }
  /// Whether every variable of the program is there.
  template <class Program>
  static constexpr bool cover() {
    for (int i = 0; i < Program::variable_count; ++i)
      if (find(Program::name(i)) < 0) return false;
    return true;
  }
};

/// Whether these variables can stand for the unknowns of these formulas; if not, one message.
template <class Program, class... V>
constexpr bool complete_inputs() {
  constexpr bool refused = (std::is_same_v<V, no_variable> || ...);
  constexpr bool distinct = refused || !variable_list<V...>::repeats();
  static_assert(distinct, "leibniz: a variable is bound twice: every variable of a formula takes one value; see the names in this type");
  constexpr bool covered = refused || variable_list<V...>::template cover<Program>();
  static_assert(!distinct || covered,
                "leibniz: a variable of the formula is not bound: list every variable among the inputs, or give it a value with "
                "name = value; see the formula and the variables in this type");
  return !refused && distinct && covered;
}

template <class T, class E>
struct result_of {
  template <int... I>
  static auto make(std::integer_sequence<int, I...>) -> tensor<T, static_cast<std::size_t>(E::extents.extent[I])...>;
  using type = decltype(make(std::make_integer_sequence<int, E::extents.rank>{}));
};
template <class T, class E> requires(E::extents.rank == 0)
struct result_of<T, E> {
  using type = T;
};
template <class T, class... E>
struct results_of {
  using type = std::tuple<typename result_of<T, E>::type...>;
};
template <class T, class E>
struct results_of<T, E> {
  using type = typename result_of<T, E>::type;
};

template <class Program, class Names, class T, class All, class Outputs, int... I>
[[gnu::always_inline]] constexpr void execute_ordered(const All& all, const Outputs& outputs, std::integer_sequence<int, I...>) {
  using inputs = slots_of<std::remove_cvref_t<decltype(slot_at<Names::find(Program::name(I))>(all))>...>;
  execute<Program, T>(inputs{{slot_at<Names::find(Program::name(I))>(all)}...}, outputs);
}
/// Runs a program on values that arrive in the order of Names.
template <class Program, class Names, class T, class Outputs, class... Value>
[[gnu::always_inline]] constexpr void execute_on(const Outputs& outputs, const Value&... value) {
  using all = slots_of<decltype(source_of(value))...>;
  execute_ordered<Program, Names, T>(all{{source_of(value)}...}, outputs, std::make_integer_sequence<int, Program::variable_count>{});
}

/// Runs a program; in constant evaluation arrays of arrays are made flat first.
template <class Program, class Names, class T, class Outputs, class... Value>
[[gnu::always_inline]] constexpr void execute_program(const Outputs& outputs, const Value&... value) {
  if constexpr ((is_nested<Value> || ...)) {
    if (std::is_constant_evaluated()) {
      execute_on<Program, Names, T>(outputs, flattened(value)...);
      return;
    }
  }
  execute_on<Program, Names, T>(outputs, value...);
}

template <class T>
constexpr T* address_of_result(T& value) { return &value; }
template <class T, std::size_t... N>
constexpr T* address_of_result(tensor<T, N...>& value) { return value.data(); }

/// The target of one output: the caller's memory where the program can write to it, else a place from which it is
/// converted or reordered.
template <class T, class E, class Target>
struct target {
  static constexpr storage order = layout_of<Target>::order;
  static constexpr bool direct = std::is_same_v<T, typename layout_of<Target>::element> && order == storage::row_major;
  using buffer = std::conditional_t<direct, char, tensor<T, static_cast<std::size_t>(E::extents.size())>>;
  static constexpr int columns = E::extents.rank > 0 ? E::extents.extent[E::extents.rank - 1] : 1;

  Target& caller;
  buffer own{};

  [[gnu::always_inline]] constexpr T* data() {
    if constexpr (direct) return address(caller);
    else return own.data();
  }
  [[gnu::always_inline]] constexpr void finish() {
    if constexpr (!direct) {
      const auto destination = source_of(caller);
      for (int i = 0; i < E::extents.size(); ++i)
        destination.template at<E::extents.size() / columns, columns>(i) =
            static_cast<typename layout_of<Target>::element>(own.items[i]);
    }
  }
};

/// An output where `bindable` expects a variable.
template <class E>
struct output_place {
  static constexpr shape extents = E::extents;
};

}  // namespace code

template <class Inputs, class Outputs>
struct function_type;

/// Formulas compiled to a function of some variables. It has no state.
template <class... V, class... E>
struct function_type<boost::hana::tuple<V...>, boost::hana::tuple<E...>> {
 private:
  using source_type = formulas<E...>;
  using program = code::program<source_type>;

  // One call: its values, in the order of Variables.
  template <class... Variables>
  struct call {
    using names = code::variable_list<Variables...>;

    // Says what is wrong, and whether something is.
    static constexpr bool check_inputs() {
      if constexpr (sound<code::frozen<source_type>::error>()) return code::complete_inputs<program, Variables...>();
      else return false;
    }
    template <class... Value>
    static constexpr bool check() {
      return check_inputs() && (code::bindable<Variables, Value>() && ...);
    }
    // Index sequences and no std::apply: a lambda that compilers do not inline makes every value go through memory.
    template <class T, std::size_t>
    using pointer = T*;
    static constexpr std::index_sequence_for<E...> each{};

    template <class... Value>
    [[gnu::always_inline]] static constexpr auto run(const Value&... value) {
      using T = typename code::common_computing<Value...>::type;
      using results = typename code::results_of<T, E...>::type;
      results result{};
      if constexpr (check<Value...>()) {
        if constexpr (sizeof...(E) == 1) code::execute_program<program, names, T>(code::slots_of<T*>{{code::address_of_result(result)}}, value...);
        else write<T>(result, each, value...);
      }
      return result;
    }
    template <class T, class Results, std::size_t... I, class... Value>
    [[gnu::always_inline]] static constexpr void write(Results& result, std::index_sequence<I...>, const Value&... value) {
      code::execute_program<program, names, T>(code::slots_of<pointer<T, I>...>{{code::address_of_result(std::get<I>(result))}...}, value...);
    }
    template <class... Target, class... Value>
    [[gnu::always_inline]] static constexpr void run_into(std::tuple<Target&...> targets, const Value&... value) {
      if constexpr (check<Value...>()) store<typename code::common_computing<Value...>::type>(targets, each, value...);
    }
    template <class T, class... Target, std::size_t... I, class... Value>
    [[gnu::always_inline]] static constexpr void store(std::tuple<Target&...> targets, std::index_sequence<I...>, const Value&... value) {
      code::slots_of<code::target<T, E, Target>...> places{{code::target<T, E, Target>{std::get<I>(targets)}}...};
      code::execute_program<program, names, T>(code::slots_of<pointer<T, I>...>{{code::slot_at<static_cast<int>(I)>(places).data()}...}, value...);
      (code::slot_at<static_cast<int>(I)>(places).finish(), ...);
    }
  };

  template <bool ByName, bool ByPosition, class Run, class... A>
  [[gnu::always_inline]] static constexpr auto dispatch(Run run, const A&... argument) {
    if constexpr (ByName) {
      return run(call<decltype(code::bound_variable(static_cast<const A*>(nullptr)))...>{}, argument.value...);
    } else {
      static_assert(ByPosition || !(code::is_binding<A> || ...),
                    "leibniz: a call mixes values by position and values by name: use one of the two");
      static_assert(ByPosition || (code::is_binding<A> || ...),
                    "leibniz: a function is called with another number of values than it has inputs: give one value for each input");
      if constexpr (ByPosition) return run(call<V...>{}, argument...);
      else return typename code::results_of<double, E...>::type{};
    }
  }
  template <class... A>
  static constexpr bool by_name = (code::is_binding<A> && ...) && (sizeof...(A) > 0 || sizeof...(V) > 0);
  template <class... A>
  static constexpr bool by_position = !(code::is_binding<A> || ...) && sizeof...(A) == sizeof...(V);

  template <class... Target>
  struct writer {
    std::tuple<Target&...> targets;
    template <class... A>
    [[gnu::always_inline]] constexpr void operator()(const A&... argument) const {
      const auto run = [this](auto how_, const auto&... value_) __attribute__((always_inline)) { decltype(how_)::run_into(targets, value_...); };
      dispatch<by_name<A...>, by_position<A...>>(run, argument...);
    }
  };

 public:
  /// The values of the outputs: of one itself, of several a std::tuple. Arguments by position or, all of them, by name.
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... argument) const {
    const auto run = [](auto how_, const auto&... value_) __attribute__((always_inline)) { return decltype(how_)::run(value_...); };
    return dispatch<by_name<A...>, by_position<A...>>(run, argument...);
  }

  /// f.into(out...)(in...) writes the outputs to the caller's memory, which must not overlap an input.
  template <class... Target>
  [[gnu::always_inline]] constexpr auto into(Target&&... target) const {
    static_assert(sizeof...(Target) == sizeof...(E),
                  "leibniz: into is called with another number of places than the function has outputs: give one for each output");
    if constexpr (sizeof...(Target) == sizeof...(E)) {
      if constexpr ((code::writable<code::output_place<E>, Target>() && ...))
        return writer<std::remove_reference_t<Target>...>{{target...}};
      else return [](const auto&...) {};
    } else {
      return [](const auto&...) {};
    }
  }

  /// The memory for intermediate tensors that one call with numbers of type T takes from the stack.
  template <class T = double>
  static constexpr std::size_t workspace_size() { return static_cast<std::size_t>(program::workspace) * sizeof(T); }

  /// Refuses a formula that cannot be computed from the inputs, when the function is made.
  static constexpr bool check_inputs() { return call<V...>::check_inputs(); }
};

/// The variables that a function takes, in the order of its arguments.
template <class... V>
constexpr boost::hana::tuple<code::input_of<V>...> inputs(V...) {
  static_assert((code::is_variable<V> && ...),
                "leibniz: inputs takes variables: something else is in the list; a formula of variables stands among the outputs");
  return {};
}
/// The formulas that a function computes.
template <class... E>
constexpr boost::hana::tuple<as_operand_t<E>...> outputs(E...) { return {}; }

/// Formulas as a function: f(values...) by position, f(x = value, ...) by name, f.into(places...)(values...).
template <class... V, class... E>
constexpr auto function(boost::hana::tuple<V...>, boost::hana::tuple<E...>) {
  using type = function_type<boost::hana::tuple<code::input_of<V>...>, boost::hana::tuple<E...>>;
  static_assert(sizeof...(E) > 0, "leibniz: a function needs at least one output");
  static_assert((code::is_variable<V> && ...), "leibniz: the first list of a function is that of its inputs, which are variables");
  [[maybe_unused]] constexpr bool complete = type::check_inputs();
  return type{};
}
/// Refuses function(x, x * y).
template <class Inputs, class Outputs> requires operands<Inputs, Outputs>
constexpr auto function(Inputs, Outputs) {
  static_assert(!operands<Inputs, Outputs>,
                "leibniz: a function is made of two lists: write function(inputs(x, y), outputs(x * y))");
  return function_type<boost::hana::tuple<code::no_variable>, boost::hana::tuple<num<0>>>{};
}

/// The value of a formula: evaluate(e, w = 0.3, x = 2.0).
template <operand_or_number E, class... B>
[[gnu::always_inline]] constexpr auto evaluate(E, const B&... value) {
  static_assert((code::is_binding<B> && ...), "leibniz: evaluate takes values by name: write evaluate(e, w = 0.3)");
  if constexpr ((code::is_binding<B> && ...))
    return function_type<boost::hana::tuple<>, boost::hana::tuple<as_operand_t<E>>>{}(value...);
  else
    return typename code::result_of<double, as_operand_t<E>>::type{};
}

/// The stack memory for intermediate tensors that one call of f takes, in bytes.
template <class T = double, class Inputs, class Outputs>
constexpr std::size_t workspace_bytes(function_type<Inputs, Outputs>) {
  return function_type<Inputs, Outputs>::template workspace_size<T>();
}

}  // namespace leibniz

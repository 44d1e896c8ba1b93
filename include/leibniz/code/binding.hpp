#pragma once
#include <array>
#include <concepts>
#include <span>
#include <type_traits>

#include <leibniz/core/binding.hpp>
#include <leibniz/core/tensor.hpp>

// What a program can read from and write to: numbers, tensors, std::array (also nested), C arrays, std::span<T, N>,
// and whatever else has data() and a size that the compiler knows. Eigen's types are recognised by their members.

namespace leibniz::code {

enum class storage : char { row_major, column_major, dynamic_size, strided, unknown };

/// How a type of values is laid out: its element, its extents as it sees them, its storage.
template <class T>
struct layout {
  using element = void;
  static constexpr shape extents{};
  static constexpr storage order = storage::unknown;
};

template <class T> requires std::is_arithmetic_v<T>
struct layout<T> {
  using element = T;
  static constexpr shape extents{};
  static constexpr storage order = storage::row_major;
};

template <class T, std::size_t... N>
struct layout<tensor<T, N...>> {
  using element = T;
  static constexpr shape extents = make_shape(N...);
  static constexpr storage order = storage::row_major;
};

template <class T, std::size_t N>
struct nested_layout {
  using element = typename layout<T>::element;
  static constexpr shape extents = make_shape(N) + layout<T>::extents;
  static constexpr storage order = layout<T>::order;
};
template <class T, std::size_t N>
struct layout<std::array<T, N>> : nested_layout<T, N> {};
template <class T, std::size_t N>
struct layout<T[N]> : nested_layout<T, N> {};

template <class T, std::size_t N>
struct layout<std::span<T, N>> {
  using element = std::remove_const_t<T>;
  static constexpr shape extents = make_shape(N == std::dynamic_extent ? 0 : N);
  static constexpr storage order = !std::is_arithmetic_v<T>         ? storage::unknown
                                   : N == std::dynamic_extent ? storage::dynamic_size
                                                              : storage::row_major;
};

template <class T>
concept has_data = requires(T& value) { requires std::is_arithmetic_v<std::remove_cvref_t<decltype(*value.data())>>; };
template <class T>
concept matrix_like = has_data<T> && requires {
  { T::RowsAtCompileTime + 0 } -> std::integral;
  { T::ColsAtCompileTime + 0 } -> std::integral;
  T::IsRowMajor;
};

template <matrix_like T>
struct layout<T> {
  using element = std::remove_cvref_t<decltype(*std::declval<T&>().data())>;
  static constexpr int rows = static_cast<int>(T::RowsAtCompileTime), columns = static_cast<int>(T::ColsAtCompileTime);
  static constexpr bool fixed = rows > 0 && columns > 0;
  static constexpr bool vector = rows == 1 || columns == 1;
  static constexpr bool by_rows = T::IsRowMajor ? true : false;
  static constexpr shape extents = !fixed ? shape{} : vector ? make_shape(rows * columns) : make_shape(rows, columns);
  static constexpr bool contiguous() {
    bool result = true;
    if constexpr (requires { T::InnerStrideAtCompileTime; }) {
      result = static_cast<int>(T::InnerStrideAtCompileTime) == 1;
      if (!vector) result = result && static_cast<int>(T::OuterStrideAtCompileTime) == (by_rows ? columns : rows);
    }
    return result;
  }
  static constexpr storage order = !fixed                ? storage::dynamic_size
                                   : !contiguous()       ? storage::strided
                                   : by_rows || vector ? storage::row_major
                                                         : storage::column_major;
};

template <has_data T> requires(!matrix_like<T>)
struct layout<T> {
  using element = std::remove_cvref_t<decltype(*std::declval<T&>().data())>;
  static constexpr bool fixed = requires { std::tuple_size<T>::value; };
  static constexpr int size() {
    if constexpr (fixed) return static_cast<int>(std::tuple_size<T>::value);
    else return 0;
  }
  static constexpr shape extents = make_shape(size());
  static constexpr storage order = fixed ? storage::row_major : storage::dynamic_size;
};

template <class T>
using layout_of = layout<std::remove_cvref_t<T>>;

/// A flat value fits every variable of its size; one with axes of its own must agree in each of them.
constexpr bool fits(const shape& value, const shape& wanted) {
  return value == wanted || (value.rank <= 1 && value.size() == wanted.size()) ||
         (wanted.rank == 1 && wanted.size() == value.size() && (value.rank == 0 || value.extent[value.rank - 1] == 1));
}

/// Whether a program can read a Value for the Variable, or write it.
template <class Variable, class Value>
inline constexpr bool binds = (layout_of<Value>::order == storage::row_major || layout_of<Value>::order == storage::column_major) &&
                              fits(layout_of<Value>::extents, Variable::extents);

/// A product or a sum that is not worked out yet: a matrix to look at, without memory.
template <class T>
inline constexpr bool is_unevaluated = requires { T::RowsAtCompileTime; T::ColsAtCompileTime; } && layout<T>::order == storage::unknown;

/// Refuses what cannot be bound, with one message; Variable and Value can be read in the message's context.
template <class Variable, class Value>
constexpr bool bindable() {
  using of = layout_of<Value>;
  constexpr bool unevaluated = is_unevaluated<std::remove_cvref_t<Value>>;
  static_assert(!unevaluated,
                "leibniz: an expression of matrices that is not evaluated has no memory: bind (A * B).eval(), and write to a matrix");
  static_assert(unevaluated || of::order != storage::unknown,
                "leibniz: this value cannot be bound to a variable: it needs to be a number, a tensor, a std::array, a "
                "std::span<T, N> or another contiguous type of a fixed size; see Variable and Value in this type");
  static_assert(of::order != storage::dynamic_size,
                "leibniz: the compiler does not know the size of the value that is bound to this variable: bind a tensor, a "
                "std::array or a fixed-size view such as std::span<T, N>(data, N); see Variable and Value in this type");
  static_assert(of::order != storage::strided,
                "leibniz: the value that is bound to this variable is not contiguous: copy it to a tensor or a fixed-size "
                "matrix first; see Variable and Value in this type");
  constexpr bool known = of::order == storage::row_major || of::order == storage::column_major;
  constexpr bool right_size = !known || fits(of::extents, Variable::extents);
  static_assert(right_size,
                "leibniz: this value has another size than the variable it is bound to: give it the extents of the variable; see "
                "Variable and Value in this type");
  return binds<Variable, Value>;
}

/// Where a program finds a value: in the user's memory. Rows may be padded to Pitch numbers.
template <class Element, storage Order, int Pitch = 0>
struct source {
  using element = Element;
  static constexpr int pitch = Pitch;
  static constexpr bool columns = Order == storage::column_major;
  Element* data;

  /// The element at a row-major offset.
  template <int Rows, int Columns>
  constexpr Element& at(int i) const {
    if constexpr (columns) return data[i / Columns + i % Columns * Rows];
    else return data[i];
  }
};

/// The address of the first element, `const` or not as the value is.
template <class T>
constexpr auto* address(T& value) {
  if constexpr (std::is_arithmetic_v<T>) return &value;
  else if constexpr (std::is_array_v<T>) return address(value[0]);
  else if constexpr (has_data<T>) return value.data();
  else return address(value[0]);
}

/// Whether a value only refers to memory, as a span and a mapped matrix do.
template <class T>
constexpr bool is_view() {
  if constexpr (requires { typename T::PlainObject; }) return !std::is_same_v<std::remove_const_t<T>, typename T::PlainObject>;
  else if constexpr (has_data<const T>) return !std::is_const_v<std::remove_pointer_t<decltype(std::declval<const T&>().data())>>;
  else return false;
}
/// Refuses a place that cannot keep an output, with one message. Target is a reference to an lvalue, or the type of a temporary.
template <class Output, class Target>
constexpr bool writable() {
  using place = std::remove_reference_t<Target>;
  if constexpr (binds<Output, place>) {
    constexpr bool mutable_memory = !std::is_const_v<std::remove_pointer_t<decltype(address(std::declval<place&>()))>>;
    constexpr bool keeps = std::is_lvalue_reference_v<Target> || is_view<place>();
    static_assert(mutable_memory, "leibniz: into is given a place that is const: give a variable, or a view of memory, that is not");
    static_assert(!mutable_memory || keeps,
                  "leibniz: into is given a temporary, which takes what is written to it along: give a variable, or a view such as "
                  "std::span<T, N>");
    return mutable_memory && keeps;
  } else {
    return bindable<Output, place>();
  }
}

template <class T>
constexpr auto source_of(T& value) {
  return source<std::remove_pointer_t<decltype(address(value))>, layout_of<T>::order>{address(value)};
}

/// Arrays of arrays. In constant evaluation a pointer must not walk from one row to the next.
template <class T>
inline constexpr bool is_nested = false;
template <class T, std::size_t N>
inline constexpr bool is_nested<std::array<T, N>> = !std::is_arithmetic_v<T>;
template <class T, std::size_t N>
inline constexpr bool is_nested<T[N]> = !std::is_arithmetic_v<T>;

/// Copies between arrays of arrays and flat memory, whichever way `move(flat, element)` goes.
template <class T, class Flat, class Move>
constexpr Flat* walk(T& value, Flat* flat, Move move) {
  if constexpr (std::is_arithmetic_v<T>) {
    move(*flat, value);
    return flat + 1;
  } else {
    for (std::size_t i = 0; i < static_cast<std::size_t>(layout_of<T>::extents.extent[0]); ++i) {
      if constexpr (layout_of<T>::extents.rank == 1) flat = walk(address(value)[i], flat, move);
      else flat = walk(value[i], flat, move);
    }
    return flat;
  }
}

template <class T>
struct flat_copy {
  using element = std::remove_const_t<typename layout_of<T>::element>;
  tensor<element, static_cast<std::size_t>(layout_of<T>::extents.size())> items{};
};
/// The value as constant evaluation can read it: itself, or a flat copy.
template <class T>
constexpr decltype(auto) flattened(const T& value) {
  if constexpr (is_nested<T>) {
    typename std::remove_const_t<decltype(flat_copy<T>::items)> copy{};
    walk(value, copy.data(), [](auto& to, const auto& from) { to = from; });
    return copy;
  } else {
    return (value);
  }
}

/// The type that a program computes in: the common floating type of the values; whole numbers count as double.
template <class T>
using computing = std::conditional_t<std::is_floating_point_v<typename layout_of<T>::element>, typename layout_of<T>::element, double>;
template <class... T>
struct common_computing {
  using type = double;
};
template <class T, class... Rest>
struct common_computing<T, Rest...> {
  using type = std::common_type_t<computing<T>, computing<Rest>...>;
};

}  // namespace leibniz::code

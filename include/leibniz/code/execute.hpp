// Long because every kind of step is a member of one machine, which hands registers from one to the next.
#pragma once
#include <leibniz/code/dots.hpp>
#include <leibniz/code/in_pieces.hpp>
#include <leibniz/code/kernels.hpp>
#include <leibniz/code/outer_product.hpp>
#include <leibniz/code/pack.hpp>
#include <leibniz/code/reader.hpp>
#include <leibniz/code/rows_in_lanes.hpp>
#include <leibniz/code/side_by_side.hpp>
#include <leibniz/code/turned_columns.hpp>
#include <leibniz/code/two_columns.hpp>

// A program turned into code: one step after the other, all of them known to the compiler, so that scalars end up in
// registers and every loop has constant bounds. Parameters of lambdas end in an underscore: g++ lets them shadow the
// user's globals, and warns.

namespace leibniz::code {

/// Program: code::program. Inputs: slots of sources, one for each variable of the program. Outputs: slots of pointers
/// to T, one for each output.
template <class Program, class T, class Inputs, class Outputs, bool Careful = false>
struct machine : reader<Program, T, Inputs, Outputs, Careful> {
  using base = reader<Program, T, Inputs, Outputs, Careful>;
  using base::inputs, base::outputs, base::workspace, base::local;
  template <int I>
  using row_of = typename base::template row_of<I>;
  template <class Row, int I>
  static constexpr bool is = base::template is<Row, I>;
  template <int I>
  static constexpr const step& at() { return Program::template at<I>(); }
  template <int I, class V = T, class Held = nothing_held>
  [[gnu::always_inline]] constexpr V element(int r, int c, const Held& held = {}) const {
    return base::template element<I, V>(r, c, held);
  }
  template <int I, class V = T, class Held = nothing_held>
  [[gnu::always_inline]] constexpr V compute(int r, int c, const Held& held = {}) const {
    return base::template compute<I, V>(r, c, held);
  }
  template <int I>
  [[gnu::always_inline]] constexpr auto memory() const { return base::template memory<I>(); }
  template <int I>
  static constexpr bool lies_as_computed() { return base::template lies_as_computed<I>(); }
  /// The element at a flat, row-major offset.
  template <int I>
  [[gnu::always_inline]] constexpr T flat(int i) const {
    constexpr int columns = columns_of(at<I>().extents);
    return element<I>(i / columns, i % columns);
  }

  template <int I>
  static constexpr labelled operand(int place_of_labels, std::int64_t data) {
    constexpr const step& s = at<I>();
    return {ops::decode(data, place_of_labels, s.extents.rank), s.extents,
            strides_of(s.extents, base::template by_columns<I>(), base::template by_columns<I>() ? 0 : base::template pitch<I>())};
  }
  template <int I, int Pitch>
  struct product_loops {
    static constexpr step s = at<I>();
    static constexpr loop_nest value = make_loops(operand<s.made.a>(0, s.made.data), operand<s.made.b>(1, s.made.data),
                                                  {ops::decode(s.made.data, 2, s.extents.rank), s.extents, strides_of(s.extents, false, Pitch)});
  };
  template <int I, int Pitch>
  struct sum_loops {
    static constexpr step s = at<I>();
    static constexpr loop_nest value = make_loops(operand<s.made.a>(0, s.made.data), {},
                                                  {ops::decode(s.made.data, 1, s.extents.rank), s.extents, strides_of(s.extents, false, Pitch)});
  };
  template <int I, bool Turned = false>
  struct form_of {
    static constexpr step s = at<I>();
    static constexpr product_form make() {
      if constexpr (is<ops::contract_, I>) {
        product_form f = make_product(operand<s.made.a>(0, s.made.data), operand<s.made.b>(1, s.made.data),
                                      {ops::decode(s.made.data, 2, s.extents.rank), s.extents, strides_of(s.extents)});
        if (Turned) f = turned(f);
        f.is_fresh = f.swapped ? !is<ops::variable_, s.made.b> : !is<ops::variable_, s.made.a>;
        return f;
      } else {
        return make_product({}, operand<s.made.a>(0, s.made.data), {ops::decode(s.made.data, 1, s.extents.rank), s.extents, strides_of(s.extents)}, true);
      }
    }
    static constexpr product_form form = make();
    static constexpr int broadcast = form.only_sums ? graph::none : form.swapped ? s.made.b : s.made.a;
    static constexpr int vector = form.only_sums || form.swapped ? s.made.a : s.made.b;
    static constexpr product_form value = stored_as(form, base::template padded_pitch<vector>(), base::template lies_aligned<vector>());
  };
  /// Whether product I, and the chain up to Root with it, has one column and is computed as the row that it is in memory.
  template <int I, int Root, int Pitch>
  static constexpr bool is_column() {
    constexpr product_form f = form_of<I>::value;
    if constexpr (f.columns == 1 && f.rows > 1 && !f.only_sums) return is_one_row<Root, Pitch, I>();
    else return false;
  }
  template <int I, int Root, int Pitch>
  using form_up_to = form_of<I, is_column<I, Root, Pitch>()>;
  static constexpr T one = 1;
  /// The memory of the operand that a product repeats over the columns.
  template <class Form>
  [[gnu::always_inline]] constexpr auto broadcast() const {
    if constexpr (Form::value.only_sums) return &one;
    else return memory<Form::broadcast>();
  }
  template <class Form>
  static constexpr bool in_lanes() {
    if constexpr (!lies_as_computed<Form::vector>()) return false;
    else if constexpr (Form::value.only_sums) return true;
    else return lies_as_computed<Form::broadcast>();
  }
  /// Whether rows of the result take whole vectors, or are no longer than one.
  template <int Pitch>
  static constexpr bool takes(int columns, int width) { return Pitch % width == 0 || columns < width; }
  template <int Pitch, int Columns, class V>
  [[gnu::always_inline]] static constexpr void store(V value, T* to) {
    if constexpr (!is_lanes<V>) *to = value;
    else if constexpr (Columns < V::count && Pitch % V::count != 0) value.template store_first<Columns>(to);
    else value.store(to);
  }

  // A loop that computes several steps: the last one, and those along with it.
  /// Whether something holds for every step of the loop.
  template <int I, class Ask>
  static constexpr bool all_along(Ask ask) {
    if constexpr (I == graph::none) return true;
    else return ask.template operator()<I>() && all_along<at<I>().along>(ask);
  }
  template <int I, int Width>
  static constexpr bool are_padded() {
    return all_along<I>([]<int J>() { return takes<base::template pitch<J>()>(columns_of(at<J>().extents), Width) && base::template reads_padded<J, Width>(); });
  }
  /// Whether the loop of Root may walk through all elements as through one row. Held is in registers.
  template <int Root, int Pitch, int Held = graph::none>
  static constexpr bool is_one_row() {
    return Pitch == columns_of(at<Root>().extents) && all_along<Root>([]<int J>() {
      return base::template reads_dense<J, Held>() && base::template pitch<J>() == columns_of(at<Root>().extents);
    });
  }
  /// Computes the steps of the loop of Root from its beginning up to I at one place, then goes on with them.
  template <int I, class V, class Held, class Then>
  [[gnu::always_inline]] constexpr void compute_along(int r, int c, const Held& held, const Then& then) const {
    if constexpr (I == graph::none) then(held);
    else
      compute_along<at<I>().along, V>(r, c, held, [&](const auto& before_) __attribute__((always_inline)) {
        using held_before = std::remove_cvref_t<decltype(before_)>;
        if constexpr (held_before::template has<I>) then(before_);
        else then(held_value<I, V, held_before>{compute<I, V>(r, c, before_), before_});
      });
  }
  /// The length of a row, or all elements where they are walked through as one.
  template <int I, class Held>
  static constexpr int columns_to_store() { return Held::by_rows ? columns_of(at<I>().extents) : at<I>().extents.size(); }
  template <int I>
  [[gnu::always_inline]] constexpr T* destination() const {
    if constexpr (at<I>().where == place::output) return address_of(slot_at<at<I>().offset>(outputs));
    else return workspace + at<I>().offset;
  }
  template <int I, class Held>
  [[gnu::always_inline]] constexpr void store_along(int r, int c, const Held& held) const {
    if constexpr (I != graph::none) {
      store_along<at<I>().along>(r, c, held);
      constexpr int pitch = base::template pitch<I>();
      store<pitch, columns_to_store<I, Held>()>(held.template get<I>(), destination<I>() + (r * pitch + c));
    }
  }
  /// Computes and stores one element, or a vector of them. All are computed before one is stored: they may take the place of
  /// what is read.
  template <int Root, int Pitch, class V, class Held>
  [[gnu::always_inline]] constexpr void finish(T* out, int r, int c, const Held& held) const {
    constexpr int columns = columns_to_store<Root, Held>();
    if constexpr (at<Root>().along == graph::none) {
      if constexpr (Held::template has<Root>) store<Pitch, columns>(held.template get<Root>(), out + (r * Pitch + c));
      else store<Pitch, columns>(compute<Root, V>(r, c, held), out + (r * Pitch + c));
    } else {
      compute_along<Root, V>(r, c, held, [&](const auto& all_) __attribute__((always_inline)) { store_along<Root>(r, c, all_); });
    }
  }

  /// Whether a loop writes over what it reads: then nothing may be computed twice, as a last vector that overlaps the one
  /// before it would.
  template <int I>
  static constexpr bool changes_inputs = Program::in_place && !all_along<I>([]<int J>() { return at<J>().where != place::output; });
  /// The last Rest elements of a row, in ever shorter vectors.
  template <int I, int Pitch, int Width, int Rest, class Context>
  [[gnu::always_inline]] constexpr void fill_rest(T* out, int r, int c, Context context) const {
    if constexpr (Rest > 0) {
      using V = std::conditional_t<Width == 1, T, lanes<T, Width>>;
      if constexpr (Rest >= Width) finish<I, Pitch, V>(out, r, c, context);
      fill_rest<I, Pitch, Width / 2, Rest % Width>(out, r, Rest >= Width ? c + Width : c, context);
    }
  }

  /// Products read rows in the workspace as whole vectors. Where the loop of I does not write the last one as a whole, what it leaves
  /// out is 0: on the stack there are denormal numbers otherwise, pointers for instance, with which processors are slow.
  template <int I>
  [[gnu::always_inline]] constexpr void clear_gaps() const {
    if constexpr (I != graph::none) {
      constexpr int columns = columns_of(at<I>().extents), pitch = base::template pitch<I>();
      constexpr int wide = pitch < native_lanes<T> ? pitch : native_lanes<T>, whole = columns / wide * wide;
      clear_gaps<at<I>().along>();
      if constexpr (at<I>().where == place::memory && whole < columns && pitch % wide == 0) {
        if (std::is_constant_evaluated()) return;
        for (int r = 0; r < rows_of(at<I>().extents); ++r) lanes<T, wide>(0).store(destination<I>() + (r * pitch + whole));
      }
    }
  }

  /// out(r, c) = the elements of a chain, in vectors where the machine has them.
  template <int I, int Pitch>
  [[gnu::always_inline]] constexpr void fill(T* out) const {
    constexpr shape extents = at<I>().extents;
    constexpr bool one_row = is_one_row<I, Pitch>();
    constexpr int rows = one_row ? 1 : rows_of(extents), columns = one_row ? extents.size() : columns_of(extents);
    if constexpr (native_lanes<T> > 1 && columns > 1) {
      if (!std::is_constant_evaluated()) {
        constexpr int wide = base::widest(columns);
        constexpr typename base::vectors v = base::choose_vectors(
            columns, columns % wide == 0 || ((!one_row || rows_of(extents) == 1) && takes<Pitch>(columns, wide) && are_padded<I, wide>()));
        if constexpr (v.width > 1) {
          using V = lanes<T, v.width>;
          using context = std::conditional_t<one_row, nothing_held, nothing_held_by_rows>;
          if constexpr (!v.padded) clear_gaps<I>();
          for (int r = 0; r < rows; ++r) {
            int c = 0;
            for (; c + (v.padded ? 1 : v.width) <= columns; c += v.width) finish<I, Pitch, V>(out, r, c, context{});
            if constexpr (!v.padded && columns % v.width != 0) {
              if constexpr (changes_inputs<I>) fill_rest<I, Pitch, v.width / 2, columns % v.width>(out, r, c, context{});
              else finish<I, Pitch, V>(out, r, columns - v.width, context{});
            }
          }
          return;
        }
      }
    }
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) finish<I, Pitch, T>(out, r, c, nothing_held{});
  }
  /// Where a tile of product I goes: through the chain up to Root, then to memory.
  template <int I, int Root, int Pitch>
  struct writer {
    static constexpr bool one_row = is_column<I, Root, Pitch>();
    using context = std::conditional_t<one_row, nothing_held, nothing_held_by_rows>;
    /// The sum that the product is a term of. A tile starts from its other terms, if they are easily had.
    static constexpr int sum = at<Root>().joined;
    template <int J>
    static constexpr bool is_partial_sum() {
      if constexpr (J == I) return true;
      else if constexpr (at<J>().where == place::fused && is<ops::add_, J>) return is_partial_sum<at<J>().made.a>() || is_partial_sum<at<J>().made.b>();
      else return false;
    }
    template <int J>
    static constexpr int inner = is_partial_sum<at<J>().made.a>() ? at<J>().made.a : at<J>().made.b;
    template <int J>
    static constexpr int other = is_partial_sum<at<J>().made.a>() ? at<J>().made.b : at<J>().made.a;
    template <int J>
    static constexpr bool easily_had() {
      if constexpr (J == graph::none) return false;
      else if constexpr (inner<J> == I) return base::template is_short<other<J>, I>();
      else return base::template is_short<other<J>, I>() && easily_had<inner<J>>();
    }
    static constexpr bool adds = easily_had<sum>();
    static constexpr int held = adds ? sum : I;
    static constexpr bool is_short = all_along<Root>([]<int J>() { return base::template is_short_to_compute<J, held>(); });
    /// What takes the place of an input was read from the beginning to the end before: the end is still near.
    static constexpr bool backwards = Program::in_place && at<Root>().where == place::output;
    static constexpr bool only_once = changes_inputs<Root>;
    /// Whether nothing is done to the rows, and they lie one behind the other.
    static constexpr bool lies_in_one_piece = !one_row && I == Root && at<Root>().along == graph::none && Pitch == columns_of(at<Root>().extents);
    const machine& m;
    T* out;
    template <class V, int J = sum>
    [[gnu::always_inline]] constexpr V added(int r, int c) const {
      const V value = m.template element<other<J>, V>(r, c, context{});
      if constexpr (inner<J> == I) return value;
      else return math::add(added<V, inner<J>>(r, c), value);
    }
    template <class V>
    [[gnu::always_inline]] constexpr void operator()(int r, int c, V value) const {
      m.template finish<Root, Pitch, V>(out, r, c, held_value<held, V, context>{value, {}});
    }
    /// Asks for the place of a number, where a parameter is.
    [[gnu::always_inline]] void fetch(int r, int c) const requires(only_once) { __builtin_prefetch(out + r * Pitch + c); }
    /// Several rows, Part lanes each.
    template <int Part, class X> requires (lies_in_one_piece && Pitch <= Part)
    [[gnu::always_inline]] constexpr void store_rows(int r, X rows) const {
      constexpr std::make_integer_sequence<int, X::count> all{};
      if constexpr (Pitch == Part) rows.store(out + r * Pitch);
      else rows.template gathered<Part, Pitch>(all).template store_first<X::count / Part * Pitch>(out + r * Pitch);
    }
    /// Count numbers of the result as one run.
    template <int Count, class X> requires (lies_in_one_piece)
    [[gnu::always_inline]] constexpr void store_run(int place, X run) const { run.template store_first<Count>(out + place); }
    /// The same of a product to which nothing was added yet.
    template <class V>
    [[gnu::always_inline]] constexpr void product(int r, int c, V value) const {
      if constexpr (adds) value = math::add(value, added<V>(r, c));
      (*this)(r, c, value);
    }
  };
  /// The columns of a product whose operands both run along the sum, a vector after the other.
  template <class Form, int Width, bool Padded, class Write>
  [[gnu::always_inline]] constexpr void multiply_dots(const Write& write) const {
    constexpr product_form f = Form::value;
    constexpr int wide = base::widest(f.depth), rest = f.columns % Width;
    constexpr bool whole = base::template lies_padded<Form::broadcast, wide>() && base::template lies_padded<Form::vector, wide>();
    const T* const a = broadcast<Form>();
    const T* const b = memory<Form::vector>();
    for (int r = 0; r < f.rows; ++r) {
      for (int c = 0; c + Width <= f.columns; c += Width)
        write.product(r, c, dots<Width, Width, f.depth, f.vector_column, whole, Program::in_place>(a + r * f.broadcast_row, b + c * f.vector_column));
      if constexpr (rest > 0) {
        constexpr int last = Padded ? Width : last_lanes(f.columns, Width, Write::only_once), c = Padded ? f.columns - rest : f.columns - last;
        finish_first<false, last>(write, r, c, dots<Width, (Padded ? rest : last), f.depth, f.vector_column, whole, Program::in_place>(a + r * f.broadcast_row, b + c * f.vector_column));
      }
    }
  }
  template <class Form>
  [[gnu::always_inline]] constexpr T sum_of_products(int r, int c) const {
    constexpr product_form f = Form::value;
    const auto* a = broadcast<Form>();
    const auto* b = memory<Form::vector>();
    const auto term = [&](T sum_, int k_) {
      return multiply_add(sum_, static_cast<T>(a[r * f.broadcast_row + k_ * f.broadcast_depth]),
                          static_cast<T>(b[k_ * f.vector_depth + c * f.vector_column]));
    };
    if constexpr (f.depth == 1)
      return math::multiply(static_cast<T>(a[r * f.broadcast_row]), static_cast<T>(b[c * f.vector_column]));
    else return partial_sums<f.depth, T>(term);
  }
  /// The vectors of a result that is one run of numbers.
  template <product_form f>
  using run_of = lanes<T, lanes_within(f.rows * f.columns, native_lanes<T>)>;
  /// A product whose columns lie side by side in the vector operand. Width, Padded: the vectors of a row.
  template <product_form f, int Width, bool Padded, class Write>
  [[gnu::always_inline]] static constexpr void multiply_in_lanes(const T* broadcast, const T* vectors, const Write& write) {
    using all = run_of<f>;
    using whole = lanes<T, native_lanes<T>>;
    constexpr int part = f.columns < 4 && native_lanes<T> > 4 && (holds_vectors(f.pitch, 4) || may_read_on(f, 4)) ? 4 : Width;
    constexpr int stored = Padded && f.columns < Width ? Width : f.columns;
    constexpr product_form rows = to_be_read(f, part);
    if constexpr (puts_rows_in_lanes<all, f, Write>()) product_with_rows_in_lanes<all, f>(broadcast, vectors, write);
    else if constexpr (is_outer_run<all, f, Write>()) outer_product_in_one_run<all, f>(broadcast, vectors, write);
    else if constexpr (is_run<all, f, Write>()) product_in_one_run<all, f>(broadcast, vectors, write);
    else if constexpr (terms_at_once<whole>(f, 1) > 1 || rows_at_a_time<whole>(f, 1) > 1)
      tile_all_rows<to_be_read(f, stored)>(broadcast, vectors, tile_columns<whole, 1, stored>(0), write);
    else if constexpr (Padded && fit_side_by_side<lanes<T, part>, rows, Write>()) product_of_rows<lanes<T, part>, rows>(broadcast, vectors, write);
    else if constexpr (terms_of_piece<lanes<T, Width>>(f) < f.depth) product_in_pieces<lanes<T, Width>, f, Padded>(broadcast, vectors, write);
    else tile_product<lanes<T, Width>, to_be_read(f, Width), Padded>(broadcast, vectors, write);
  }
  /// The product I, and the chain up to Root with it. A product of few operations is always part of the program around it,
  /// so that its operands and its result may stay in registers; so is one that is alone, which saves a call.
  template <int I, int Root, int Pitch>
  [[gnu::always_inline]] constexpr void multiply(T* out) const {
    constexpr product_form f = form_up_to<I, Root, Pitch>::value;
    constexpr bool is_small = f.rows * f.depth * ((f.columns + native_lanes<T> - 1) / native_lanes<T>) <= 2 * register_count;
    if constexpr (is_small || Program::has_one_product) multiply_here<I, Root, Pitch>(out);
    else multiply_apart<I, Root, Pitch>(out);
  }
  template <int I, int Root, int Pitch>
  constexpr void multiply_apart(T* out) const {
    const machine here = *this;  // what a function alone can see need not be read again after every store
    here.template multiply_here<I, Root, Pitch>(out);
  }
  template <int I, int Root, int Pitch>
  [[gnu::always_inline]] constexpr void multiply_here(T* out) const {
    using form = form_up_to<I, Root, Pitch>;
    constexpr product_form f = form::value;
    const writer<I, Root, Pitch> write{*this, out};
    if constexpr (native_lanes<T> > 1 && in_lanes<form>()) {
      if (!std::is_constant_evaluated()) {
        constexpr int wide = base::widest(f.columns);
        constexpr bool whole = !write.one_row && takes<Pitch>(f.columns, wide) && are_padded<Root, wide>();
        constexpr typename base::vectors v = base::choose_vectors(
            f.columns, f.columns % wide == 0 || (whole && ((f.vector_column != 1 && is_dot(f)) || wants_packing(f) ||
                                                           holds_vectors(f.pitch, wide) || may_read_on(f, wide))));
        if constexpr (!v.padded) clear_gaps<Root>();
        using twos = lanes<T, numbers_in_twos(f.rows)>;
        constexpr bool packs = wants_packing(f) && at<Root>().scratch != graph::none;
        if constexpr (takes_rows_in_twos<twos, f, writer<I, Root, Pitch>>()) {
          product_of_two_columns<twos, f>(broadcast<form>(), memory<form::vector>(), write);
          return;
        } else if constexpr (turns_rows(f) && puts_rows_in_lanes<run_of<f>, f, writer<I, Root, Pitch>>()) {
          product_with_rows_in_lanes<run_of<f>, f>(broadcast<form>(), memory<form::vector>(), write);
          return;
        } else if constexpr (turns_columns(f) || turns_floats<T, packs>(f)) {
          product_of_turned_columns<lanes<T, v.width>, f, v.padded>(broadcast<form>(), memory<form::vector>(), write);
          return;
        } else if constexpr (packs && v.width > 1) {
          constexpr int pitch = packed_columns(f.columns);
          static_assert(native_lanes<T> <= storage_grain, "packing stores whole vectors");
          T* const scratch = workspace + at<Root>().scratch;
          pack<f, pitch>(memory<form::vector>(), scratch);
          multiply_in_lanes<packed(f, pitch), v.width, v.padded>(broadcast<form>(), scratch, write);
          return;
        } else if constexpr (v.width > 1 && v.padded && !Program::in_place && is_foldable<lanes<T, v.width>, f>()) {
          folded_product<lanes<T, v.width>, f>(broadcast<form>(), memory<form::vector>(), write);
          return;
        } else if constexpr (f.vector_column == 1 && v.width > 1) {
          multiply_in_lanes<f, v.width, v.padded>(broadcast<form>(), memory<form::vector>(), write);
          return;
        } else if constexpr (is_dot(f) && !f.only_sums) {
          multiply_dots<form, v.width, v.padded>(write);
          return;
        }
      }
    }
    for (int r = 0; r < f.rows; ++r)
      for (int c = 0; c < f.columns; ++c) write.product(r, c, sum_of_products<form>(r, c));
  }

  /// A reduction of every block of the trailing axes. Also is where the logsumexp of a softmax goes, block after block.
  template <int I, int Pitch, class Also = std::nullptr_t>
  constexpr void reduce(T* out, Also also = {}) const {
    constexpr const step& s = at<I>();
    constexpr int A = s.made.a, kept = static_cast<int>(s.made.data);
    constexpr shape from = at<A>().extents, block = from.tail(kept);
    constexpr int blocks = from.head(kept).size(), size = block.size(), to = s.extents.size() / blocks;
    if constexpr (!(row_of<I>::at_once && reduces_at_once<T, blocks, size>())) clear_gaps<I>();
    const auto run = [&]<int PitchFrom, int PitchTo>(const T* in_, T* out_) __attribute__((always_inline)) {
      reduce_kernel<blocks, size, PitchFrom, to, PitchTo, row_of<I>::at_once>(
          in_, out_, also, [](const auto& block_, auto* to_, auto* more_) __attribute__((always_inline)) {
            if constexpr (std::is_null_pointer_v<Also>) row_of<I>::reduce(block_, to_);
            else *more_ = ops::softmax_::reduce_and_sum(block_, to_).log();
          });
    };
    // In the workspace rows are padded: a block of several rows has to be put together.
    constexpr bool together = lies_as_computed<A>() && !base::template by_columns<A>() && (block.rank < 2 || base::template pitch<A>() == columns_of(from)) &&
                              (to == 1 || s.extents.tail(kept).rank < 2 || Pitch == columns_of(s.extents));
    if constexpr (together && block.rank < 2) {
      run.template operator()<base::template pitch<A>(), (to > 1 ? Pitch : 1)>(memory<A>(), out);
    } else {
      T converted[from.size()], result[s.extents.size()];
      for (int i = 0; i < from.size(); ++i) converted[i] = flat<A>(i);
      run.template operator()<size, to>(converted, result);
      place_flat<I, Pitch>(out, [&](int i_) { return result[i_]; });
    }
  }
  /// A softmax and the logsumexp of the same elements: the exponentials serve both.
  template <int Softmax, int Logsumexp>
  constexpr void reduce_both() {
    constexpr shape several = at<Logsumexp>().extents;
    T logs[several.size()];
    reduce<Softmax, base::template pitch<Softmax>()>(destination<Softmax>(), static_cast<T*>(logs));
    if constexpr (several.is_scalar()) local[at<Logsumexp>().offset] = logs[0];
    else place_flat<Logsumexp, base::template pitch<Logsumexp>()>(destination<Logsumexp>(), [&](int i_) { return logs[i_]; });
  }

  /// The sine and the cosine of one scalar.
  template <int Sine, int Cosine>
  [[gnu::always_inline]] constexpr void make_sine_and_cosine() {
    const auto [sine, cosine] = math::sincos(element<at<Sine>().made.a>(0, 0));
    local[at<Sine>().offset] = sine;
    local[at<Cosine>().offset] = cosine;
  }

  /// The sum of all elements of a chain.
  template <int A>
  constexpr T total() const {
    constexpr shape extents = at<A>().extents;
    constexpr bool one_row = base::template is_dense<A>();
    constexpr int rows = one_row ? 1 : rows_of(extents), columns = one_row ? extents.size() : columns_of(extents);
    constexpr int width = lanes_within(columns, native_lanes<T>);
    if constexpr (width > 1) {
      if (!std::is_constant_evaluated()) {
        using V = lanes<T, width>;
        V sum[4] = {V(0), V(0), V(0), V(0)};
        for (int r = 0; r < rows; ++r) {
          int c = 0;
          for (; c + 4 * width <= columns; c += 4 * width) {
#pragma GCC unroll 4
            for (int p = 0; p < 4; ++p) sum[p] = sum[p] + element<A, V>(r, c + p * width);
          }
          for (; c + width <= columns; c += width) sum[0] = sum[0] + element<A, V>(r, c);
          if constexpr (columns % width != 0) {
            T last[width];
            element<A, V>(r, columns - width).store(last);
            sum[1] = sum[1] + load_last<V, columns % width>(last + width);
          }
        }
        return sum_of(V((sum[0] + sum[1]) + (sum[2] + sum[3])));
      }
    }
    return partial_sums<extents.size(), T>([this](T sum_, int i_) { return careful_sum(sum_, this->template flat<A>(i_)); });
  }

  /// Computes a whole value into `out`, whose rows lie Pitch apart.
  template <int I, int Pitch>
  [[gnu::always_inline]] constexpr void compute_all(T* out) const {
    constexpr const step& s = at<I>();
    using row = row_of<I>;
    if constexpr (s.assembled) {
      assemble<I, Pitch>(out);
    } else if constexpr (s.held != graph::none) {
      multiply<s.held, I, Pitch>(out);
    } else if constexpr (std::is_same_v<row, ops::contract_>) {
      if constexpr (form_of<I>::value.valid) multiply<I, I, Pitch>(out);
      else contract_kernel<product_loops<I, Pitch>, true>(memory<s.made.a>(), memory<s.made.b>(), out);
    } else if constexpr (std::is_same_v<row, ops::rearrange_>) {
      constexpr const step& a = at<s.made.a>();
      if constexpr (is_pointwise<I>) {
        fill<I, Pitch>(out);
      } else if constexpr (!s.extents.is_scalar() && form_of<I>::value.valid) {
        multiply<I, I, Pitch>(out);
      } else if constexpr (a.extents.is_scalar()) {  // a multiple of the identity
        const T scalar = element<s.made.a>(0, 0);
        contract_kernel<sum_loops<I, Pitch>, false>(&scalar, static_cast<const T*>(nullptr), out);
      } else if constexpr (s.extents.is_scalar() && !ops::decode(s.made.data, 0, a.extents.rank).repeats()) {
        *out = total<s.made.a>();
      } else {
        contract_kernel<sum_loops<I, Pitch>, false>(memory<s.made.a>(), static_cast<const T*>(nullptr), out);
      }
    } else if constexpr (std::is_same_v<row, ops::delta_>) {
      constexpr int half = s.extents.head(s.extents.rank / 2).size();
      place_flat<I, Pitch>(out, [](int i_) { return i_ / half == i_ % half ? T(1) : T(0); });
    } else if constexpr (std::is_same_v<row, ops::slice_> && ops::slice_::slice_lead(s.made.data) > 0) {
      constexpr int blocks = s.extents.head(ops::slice_::slice_lead(s.made.data)).size();
      constexpr int to = s.extents.size() / blocks, from = at<s.made.a>().extents.size() / blocks, offset = ops::slice_::slice_offset(s.made.data);
      place_flat<I, Pitch>(out, [this](int i_) { return this->template flat<s.made.a>(i_ / to * from + i_ % to + offset); });
    } else if constexpr (std::is_same_v<row, ops::pad_>) {
      constexpr int blocks = s.extents.head(ops::slice_::slice_lead(s.made.data)).size();
      constexpr int to = s.extents.size() / blocks, from = at<s.made.a>().extents.size() / blocks, offset = ops::slice_::slice_offset(s.made.data);
      place_flat<I, Pitch>(out, [this](int i_) {
        const int inner_ = i_ % to - offset;
        return inner_ >= 0 && inner_ < from ? this->template flat<s.made.a>(i_ / to * from + inner_) : T(0);
      });
    } else if constexpr (requires { row::is_reduction; }) {
      reduce<I, Pitch>(out);
    } else {
      fill<I, Pitch>(out);
    }
  }
  /// A sum of pads: every piece goes to its place.
  template <int I, int Pitch>
  [[gnu::always_inline]] constexpr void assemble(T* out) const {
    constexpr const auto& pieces = Program::template pieces<I>;
    if constexpr (at<pieces.at[0]>().where != place::piece) {  // pieces are there already
      if constexpr (!pieces.disjoint || !pieces.complete) place_flat<I, Pitch>(out, [](int) { return T(0); });
      put_pieces<I, Pitch>(out);
    }
  }
  template <int I, int Pitch, int First = 0>
  [[gnu::always_inline]] constexpr void put_pieces(T* out) const {
    constexpr int rest = Program::template pieces<I>.count - First;
    if constexpr (rest > 0) {
      put_some_pieces<I, Pitch, First>(out, std::make_integer_sequence<int, (rest < block_size ? rest : block_size)>{});
      put_pieces<I, Pitch, First + block_size>(out);
    }
  }
  template <int I, int Pitch, int First, int... K>
  [[gnu::always_inline]] constexpr void put_some_pieces(T* out, std::integer_sequence<int, K...>) const {
    (put_piece<I, Pitch, Program::template pieces<I>.at[First + K]>(out), ...);
  }
  template <int I, int Pitch, int Pad>
  [[gnu::always_inline]] constexpr void put_piece(T* out) const {
    constexpr int piece = at<Pad>().made.a, size = at<piece>().extents.size(), offset = ops::slice_::slice_offset(at<Pad>().made.data);
    constexpr int columns = columns_of(at<I>().extents);
    for (int i = 0; i < size; ++i) {
      T& to = out[(offset + i) / columns * Pitch + (offset + i) % columns];
      if constexpr (Program::template pieces<I>.disjoint) {
        to = this->template flat<piece>(i);
        // g++ would collect numbers from all over the program to store them as one vector.
        if (size == 1 && !std::is_constant_evaluated()) asm volatile("" : "+m"(to));
      } else to = careful_sum(to, this->template flat<piece>(i));
    }
  }
  template <int I, int Pitch, class Get>
  constexpr void place_flat(T* out, Get get) const {
    constexpr int columns = columns_of(at<I>().extents);
    for (int i = 0; i < at<I>().extents.size(); ++i) out[i / columns * Pitch + i % columns] = get(i);
  }
  template <int I>
  static constexpr bool is_pointwise =
      ops::is_elementwise(at<I>().made.op) || (is<ops::slice_, I> && ops::slice_::slice_lead(at<I>().made.data) == 0) || Program::template repeats<I>;

  /// A reciprocal can take the place of a division unless it overflows or loses digits.
  static constexpr bool is_ordinary(T inverse) {
    constexpr T large = std::numeric_limits<T>::max() / 4, small = std::numeric_limits<T>::min() * 4;
    const T size = math::fabs(inverse);
    return (size >= small) & (size <= large);
  }
  /// Whether all reciprocals were ordinary. If not, the program has to be run again, the careful way.
  bool ordinary = true;
  template <int I>
  [[gnu::always_inline]] constexpr void execute() {
    constexpr const step& s = at<I>();
    if constexpr (s.inverts && !Careful) {
      if (!std::is_constant_evaluated()) {
        T& inverse = local[at<s.made.b>().inverse];
        inverse = math::divide(T(1), element<s.made.b>(0, 0));
        ordinary = ordinary & is_ordinary(inverse);
      }
    }
    if constexpr (s.elsewhere) return;
    else if constexpr (s.partner != graph::none) {
      if constexpr (I > s.partner) return;
      else if constexpr (is<ops::softmax_, I>) reduce_both<I, s.partner>();
      else if constexpr (is<ops::logsumexp_, I>) reduce_both<s.partner, I>();
      else if constexpr (is<ops::sin_, I>) make_sine_and_cosine<I, s.partner>();
      else make_sine_and_cosine<s.partner, I>();
    } else if constexpr (s.where == place::local) {
      if constexpr (is_pointwise<I>) local[s.offset] = compute<I>(0, 0);
      else {
        T value{};
        compute_all<I, 1>(&value);
        local[s.offset] = value;
      }
    } else if constexpr (s.where == place::memory || s.where == place::output) {
      compute_all<I, base::template pitch<I>()>(destination<I>());
    } else if constexpr (s.where == place::piece) {
      constexpr int root = Program::template root<s.offset>;
      put_piece<root, base::template pitch<root>(), I>(destination<root>());
    }
  }

  /// An output that is not computed in its place: a scalar, an input, or the same as another output.
  template <int K>
  [[gnu::always_inline]] constexpr void store() const {
    constexpr int I = Program::template root<K>;
    constexpr const step& s = at<I>();
    T* out = address_of(slot_at<K>(outputs));
    if constexpr (s.extents.is_scalar()) *out = element<I>(0, 0);
    else if constexpr (s.where != place::output || s.offset != K) {
      constexpr int columns = columns_of(s.extents), given = pitch_of_output<std::remove_cvref_t<decltype(slot_at<K>(outputs))>>;
      for (int r = 0; r < rows_of(s.extents); ++r)
        for (int c = 0; c < columns; ++c) out[r * (given > 0 ? given : columns) + c] = element<I>(r, c);
    }
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
template <class Program, class T, bool Careful, class Inputs, class Outputs>
[[gnu::always_inline]] constexpr bool run_program(const Inputs& inputs, const Outputs& outputs) {
  alignas(Program::workspace > 0 ? 64 : alignof(T)) T workspace[Program::workspace > 0 ? Program::workspace : 1];
  machine<Program, T, Inputs, Outputs, Careful> m;
  m.inputs = inputs;
  m.outputs = outputs;
  m.workspace = workspace;
  m.template execute_blocks<0, (Program::node_count + block_size - 1) / block_size>();
  m.store_all();
  return m.ordinary;
}
template <class Program, class T, class Inputs, class Outputs>
[[gnu::noinline, gnu::cold]] void execute_carefully(Inputs inputs, Outputs outputs) {
  run_program<Program, T, true>(inputs, outputs);
}
template <class Program, class T, class Inputs, class Outputs>
[[gnu::always_inline]] constexpr void execute(const Inputs& inputs, const Outputs& outputs) {
  if constexpr (!Program::shares_divisors) run_program<Program, T, true>(inputs, outputs);
  else if (!run_program<Program, T, false>(inputs, outputs)) [[unlikely]] execute_carefully<Program, T>(inputs, outputs);
}

}  // namespace leibniz::code

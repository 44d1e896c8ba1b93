#pragma once

namespace leibniz {

/// What can be wrong with a formula that only the whole graph shows.
enum class failure {
  none,
  two_shapes_for_one_variable,
  two_formulas_for_one_let,
  let_named_like_variable,
  rank_above_four,
  not_a_target,
};

/// Whether there is nothing wrong; if there is, one message.
template <failure What>
constexpr bool sound() {
  static_assert(What != failure::two_shapes_for_one_variable,
                "leibniz: one name stands for two variables of different shapes in one formula: rename one of them");
  static_assert(What != failure::two_formulas_for_one_let,
                "leibniz: one name stands for two different let formulas in one formula: rename one of them");
  static_assert(What != failure::let_named_like_variable,
                "leibniz: one name stands for a variable and for a let in one formula: rename one of them");
  static_assert(What != failure::rank_above_four,
                "leibniz: a derivative on the way has more than four axes: differentiate elements, or a scalar of the formula");
  return What == failure::none;
}

}  // namespace leibniz

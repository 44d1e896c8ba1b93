#pragma once
#include <string_view>

namespace leibniz {

/// What can be wrong with a formula that only the whole graph shows.
enum class failure {
  none,
  two_shapes_for_one_variable,
  two_formulas_for_one_let,
  rank_above_four,
  not_a_target,
};

}  // namespace leibniz

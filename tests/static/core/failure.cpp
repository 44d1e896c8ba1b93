// What can be wrong with a whole formula: carried by the graph, reported once.
#include <leibniz/core/failure.hpp>

namespace {

using leibniz::failure;

static_assert(failure{} == failure::none);  // a graph starts without one
static_assert(failure::two_shapes_for_one_variable != failure::none && failure::two_formulas_for_one_let != failure::none);
static_assert(failure::rank_above_four != failure::none && failure::not_a_target != failure::none);
static_assert(leibniz::sound<failure::none>());

}  // namespace

#define BOOST_TEST_MODULE nn_save
#include "boost_test.hpp"

#include <leibniz/nn.hpp>
#include <leibniz/nn/save.hpp>
#include <string>

#include "temporary_folder.hpp"

namespace lz = leibniz;
namespace nn = leibniz::nn;

using net = nn::network<nn::input<3>, nn::dense<4, nn::tanh>, nn::dense<2, nn::softmax>>;
using other = nn::network<nn::input<3>, nn::dense<5, nn::tanh>, nn::dense<2, nn::softmax>>;

// [own-layer]
// What goes in, element by element times a gain that is learnt.
struct scale {
  static constexpr const char* name = "scale";
  using activation = nn::identity;
  template <std::size_t L, class In>
  using gain = nn::parameter<'g', L, static_cast<std::size_t>(In::extents.extent[0])>;
  template <std::size_t L, class In>
  using parameters = nn::variables<gain<L, In>>;
  template <std::size_t L, class In>
  static constexpr auto output(In in) {
    return lz::hadamard(gain<L, In>{}, in);
  }
};
using own = nn::network<nn::input<3>, scale, nn::dense<2>>;
// [/own-layer]

BOOST_AUTO_TEST_CASE(a_layer_of_ones_own_is_named_too) {
  BOOST_TEST((nn::architecture<own>()) == "input<3>, scale, dense<2, identity>");
  const support::temporary_folder folder;
  auto saved = nn::parameters<own, float>::random(5);
  saved[lz::variable<"g1", 3>](2) = 4;
  nn::save(folder.path() / "net", saved);
  nn::parameters<own, float> loaded;
  nn::load(folder.path() / "net", loaded);
  BOOST_TEST((loaded.values == saved.values));
}

BOOST_AUTO_TEST_CASE(names_the_architecture) {
  BOOST_TEST(nn::architecture<net>() == "input<3>, dense<4, tanh>, dense<2, softmax>");
  BOOST_TEST((nn::architecture<nn::network<nn::input<2, 2>, nn::flatten, nn::dense<1>>>()) ==
             "input<2, 2>, flatten, dense<1, identity>");
}

BOOST_AUTO_TEST_CASE(what_was_saved_is_loaded) {
  const support::temporary_folder folder;
  const auto saved = nn::parameters<net, float>::random(5);
  nn::save(folder.path() / "net", saved);
  nn::parameters<net, float> loaded;
  nn::load(folder.path() / "net", loaded);
  BOOST_TEST((loaded.values == saved.values));
}

BOOST_AUTO_TEST_CASE(another_architecture_is_refused_and_nothing_changes) {
  const support::temporary_folder folder;
  nn::save(folder.path() / "net", nn::parameters<net, float>::random(5));
  const auto before = nn::parameters<other, float>::random(6);
  auto target = before;
  BOOST_CHECK_EXCEPTION(nn::load(folder.path() / "net", target), nn::file_error, [](const nn::file_error& e) {
    const std::string what = e.what();
    return what.find("dense<4, tanh>") != std::string::npos && what.find("dense<5, tanh>") != std::string::npos;
  });
  BOOST_TEST((target.values == before.values));
}

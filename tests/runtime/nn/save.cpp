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

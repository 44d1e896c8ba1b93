#define BOOST_TEST_MODULE digits_options
#include "../../../examples/digits/options.hpp"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#if defined(__unix__)
#include <unistd.h>
#endif

#include "../../support/boost_test.hpp"
#include "../../support/temporary_folder.hpp"

using digits::options;
using support::mentions;

namespace {

struct outcome {
  std::optional<options> chosen;
  int code = 0;
  std::string out;
  std::string err;
};

outcome parse(std::initializer_list<std::string> arguments) {
  const std::vector<std::string> words(arguments);
  std::vector<const char*> argv{"digits"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  std::ostringstream out, err;
  const auto result = digits::parse_options(static_cast<int>(argv.size()), argv.data(), out, err);
  outcome what;
  if (const auto* chosen = std::get_if<options>(&result)) what.chosen = *chosen;
  if (const auto* status = std::get_if<digits::exit_status>(&result)) what.code = status->code;
  what.out = out.str();
  what.err = err.str();
  return what;
}

/// What is said about a mistake; empty if it is not taken for one, or if the status is 0.
std::string refusal(std::initializer_list<std::string> arguments) {
  const outcome what = parse(arguments);
  return what.chosen || what.code == 0 || !what.out.empty() ? "" : what.err;
}

}  // namespace

BOOST_AUTO_TEST_CASE(defaults) {
  const outcome what = parse({});
  BOOST_REQUIRE(what.chosen.has_value());
  BOOST_TEST(!what.chosen->epochs.has_value());
  BOOST_TEST(what.chosen->epochs_to_train() > 0);
  BOOST_TEST(what.chosen->batch >= 1);
  BOOST_TEST(what.chosen->batch <= digits::largest_batch);
  BOOST_TEST(what.chosen->seed == 1U);
  BOOST_TEST(what.chosen->save.empty());
  BOOST_TEST(what.chosen->load.empty());
  BOOST_TEST(what.chosen->data.empty());
}

BOOST_AUTO_TEST_CASE(all_options) {
  const support::temporary_folder folder;
  support::overwrite(folder / "old", "x");
  const outcome what = parse({"--epochs", "7", "--batch=010", "--rate", "2.5e-1", "--seed",
                              "18446744073709551615", "--save", (folder / "new").string(), "--load",
                              (folder / "old").string(), "--data", folder.path().string()});
  BOOST_TEST(what.err == "");
  BOOST_REQUIRE(what.chosen.has_value());
  BOOST_TEST(what.chosen->epochs_to_train() == 7);
  BOOST_TEST(what.chosen->batch == 10);
  BOOST_TEST(what.chosen->rate == 0.25);
  BOOST_TEST(what.chosen->seed == std::numeric_limits<std::uint64_t>::max());
  BOOST_TEST(what.chosen->save == folder / "new");
  BOOST_TEST(what.chosen->load == folder / "old");
  BOOST_TEST(what.chosen->data == folder.path());
  BOOST_TEST(parse({"--epochs", "0", "--load", (folder / "old").string()}).chosen->epochs_to_train() == 0);
}

BOOST_AUTO_TEST_CASE(help) {
  const outcome what = parse({"--help"});
  BOOST_TEST(what.code == 0);
  BOOST_TEST(!what.chosen.has_value());
  BOOST_TEST(what.err == "");
  BOOST_TEST(
      mentions(what.out, "--epochs", "--batch", "--rate", "--seed", "--save", "--load", "--data", "--help"));
}

BOOST_AUTO_TEST_CASE(mistakes) {
  const support::temporary_folder folder;
  support::overwrite(folder / "file", "x");
  const std::string file = (folder / "file").string(), none = (folder / "none").string();

  for (const char* const text : {"-1", "1.5", "x", "99999999999999999999", "", "1e3", " 3"}) {
    for (const char* const option : {"--epochs=", "--batch=", "--seed="})
      BOOST_TEST(refusal({std::string(option) + text}) != "", option << text << " is accepted");
  }
  BOOST_TEST(mentions(refusal({"--epochs", "0"}), "--epochs: expected at least 1 without --load, found '0'"));
  BOOST_TEST(
      mentions(refusal({"--epochs", "x"}), "--epochs: expected a whole number from 0 to", "found 'x'"));
  BOOST_TEST(mentions(refusal({"--batch", "0"}), "--batch: expected a whole number from 1 to", "found '0'"));
  BOOST_TEST(mentions(refusal({"--batch", std::to_string(digits::largest_batch + 1)}), "--batch: expected"));
  for (const char* const text : {"0", "-0.1", "nan", "inf", "1e999", "0.1x", "fast"})
    BOOST_TEST(
        mentions(refusal({"--rate", text}), "--rate: expected a positive, finite number, found '", text));
  BOOST_TEST(mentions(refusal({"--data", none}), "--data: expected an existing folder", "none"));
  BOOST_TEST(mentions(refusal({"--data", file}), "--data: expected an existing folder"));
  BOOST_TEST(mentions(refusal({"--load", none}), "--load: expected an existing file", "none"));
  BOOST_TEST(mentions(refusal({"--load", folder.path().string()}), "--load: expected an existing file"));
  BOOST_TEST(mentions(refusal({"--save", none + "/file"}), "--save: expected a file in an existing folder"));
  BOOST_TEST(mentions(refusal({"--save", folder.path().string()}), "--save: expected the name of a file"));
#if defined(__unix__)
  BOOST_TEST(mentions(refusal({"--save", "/dev/full"}), "--save: expected a file, not a device"));
  const std::filesystem::path closed = folder / "closed";
  std::filesystem::create_directory(closed);
  std::filesystem::permissions(closed,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  if (::geteuid() != 0)  // root may write everywhere
    BOOST_TEST(mentions(refusal({"--save", (closed / "new").string()}),
                        "--save: expected a file in a folder that can be written to"));
#endif
  BOOST_TEST(mentions(refusal({"--sedd", "1"}), "--sedd"));
  BOOST_TEST(mentions(refusal({"stray"}), "stray"));
  BOOST_TEST(mentions(refusal({"--seed"}), "--seed"));
  BOOST_TEST(mentions(refusal({"--seed", "1", "--seed", "2"}), "--seed"));
}

#define BOOST_TEST_MODULE nn_file
#include <leibniz/nn/file.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "../../support/boost_test.hpp"
#include "../../support/temporary_folder.hpp"

#if defined(__unix__)
#include <sys/resource.h>

#include <csignal>
#endif

namespace fs = std::filesystem;
namespace nn = leibniz::nn;
using support::contents;
using support::mentions;
using support::overwrite;

namespace {

constexpr std::string_view architecture = "input<3>, dense<2, sigmoid>";
constexpr std::array<std::size_t, 2> matrix{2, 3};
constexpr std::array<std::size_t, 1> vector{2};
constexpr std::array<nn::parameter_block, 3> blocks{
    {{"W1", matrix}, {"b1", vector}, {"scale", std::span<const std::size_t>()}}};

/// A matrix, a vector and a scalar.
template <class T>
struct parameters {
  std::array<T, 6> W{};
  std::array<T, 2> b{};
  std::array<T, 1> scale{};

  bool operator==(const parameters&) const = default;

  void save(const fs::path& path, std::string_view name = architecture,
            std::span<const nn::parameter_block> as = blocks) const {
    const std::array<std::span<const T>, 3> values{W, b, scale};
    nn::write_parameters<T>(path, name, as, values);
  }
  void load(const fs::path& path, std::string_view name = architecture,
            std::span<const nn::parameter_block> as = blocks) {
    const std::array<std::span<T>, 3> values{W, b, scale};
    nn::read_parameters<T>(path, name, as, values);
  }
};

template <class T>
parameters<T> sample() {
  return {
      {T(0.5), -T(1) / 3, T(2), T(-4), T(1e-30), T(7)}, {T(0.1), std::numeric_limits<T>::max()}, {T(-0.25)}};
}

/// What `load` says about a file, having checked that it leaves the target alone.
template <class T = float>
std::string refusal(const fs::path& path, std::string_view name = architecture,
                    std::span<const nn::parameter_block> as = blocks) {
  const parameters<T> before{{T(9), T(8), T(7), T(6), T(5), T(4)}, {T(3), T(2)}, {T(1)}};
  parameters<T> target = before;
  const std::string message = support::message_of<nn::file_error>([&] { target.load(path, name, as); });
  BOOST_TEST((target == before), "a refused file changed the parameters: " << message);
  return message;
}

/// The text with `from` replaced, once, by `to`.
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  BOOST_REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

struct saved_file {
  support::temporary_folder folder;
  fs::path path = folder / "net.lz";
  std::string good;
  saved_file() {
    sample<float>().save(path);
    good = contents(path);
  }
  std::string refusal_of(std::string_view changed) const {
    overwrite(path, changed);
    return refusal(path);
  }
};

using scalars = std::tuple<float, double, long double>;

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_saved_is_loaded, T, scalars) {
  const support::temporary_folder folder;
  sample<T>().save(folder / "net.lz");
  parameters<T> loaded;
  loaded.load(folder / "net.lz");
  BOOST_TEST((loaded == sample<T>()));
  BOOST_TEST(folder.size() == 1U);
}

BOOST_AUTO_TEST_CASE(nan_and_infinity_are_values_like_others) {
  const support::temporary_folder folder;
  parameters<float> strange;
  strange.W[0] = std::bit_cast<float>(std::uint32_t{0x7FC12345});
  strange.b[0] = -std::numeric_limits<float>::infinity();
  strange.scale[0] = -0.0F;
  strange.save(folder / "net.lz");
  parameters<float> loaded;
  loaded.load(folder / "net.lz");
  BOOST_TEST(std::bit_cast<std::uint32_t>(loaded.W[0]) == 0x7FC12345U);
  BOOST_TEST(loaded.b[0] == strange.b[0]);
  BOOST_TEST(std::signbit(loaded.scale[0]));
}

// The bytes of version 1, written by hand and with another CRC implementation: they must never change.
BOOST_AUTO_TEST_CASE(the_format_is_this) {
  const support::temporary_folder folder;
  constexpr std::array<float, 2> values{1.0F, -2.5F};
  const std::array<std::span<const float>, 1> spans{values};
  constexpr std::array<nn::parameter_block, 1> one{{{"b", vector}}};
  nn::write_parameters<float>(folder / "net.lz", "A", one, spans);
  const std::string expected = std::string(
                                   "leibniz parameters 1\narchitecture: A\nscalar: float32\nparameter b: 2\n"
                                   "values: 8 bytes\n") +
                               std::string("\x00\x00\x80\x3F\x00\x00\x20\xC0", 8) + "\x60\xBB\xB9\xC6";
  BOOST_TEST(contents(folder / "net.lz") == expected);
}

BOOST_AUTO_TEST_CASE(the_header_says_what_is_in_the_file) {
  const saved_file file;
  BOOST_TEST(
      file.good.starts_with("leibniz parameters 1\n"
                            "architecture: input<3>, dense<2, sigmoid>\n"
                            "scalar: float32\n"
                            "parameter W1: 2 x 3\n"
                            "parameter b1: 2\n"
                            "parameter scale: scalar\n"
                            "values: 36 bytes\n"));
}

BOOST_AUTO_TEST_CASE(large_parameters_and_odd_names) {
  const support::temporary_folder folder;
  const std::array<std::size_t, 2> extents{300, 250};
  const std::array<nn::parameter_block, 1> one{{{"W:\n \x01\xce\xb8", extents}}};
  std::vector<double> values(75000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1.0 / static_cast<double>(i + 1);
  const std::array<std::span<const double>, 1> from{values};
  nn::write_parameters<double>(folder / "net.lz", "two\nlines", one, from);
  std::vector<double> loaded(values.size());
  const std::array<std::span<double>, 1> to{loaded};
  nn::read_parameters<double>(folder / "net.lz", "two\nlines", one, to);
  BOOST_TEST((loaded == values));
}

BOOST_AUTO_TEST_CASE(no_parameters_at_all) {
  const support::temporary_folder folder;
  nn::write_parameters<float>(folder / "net.lz", "empty", {}, {});
  nn::read_parameters<float>(folder / "net.lz", "empty", {}, {});
  BOOST_TEST(mentions(support::message_of<nn::file_error>(
                          [&] { nn::read_parameters<float>(folder / "net.lz", "full", {}, {}); }),
                      "architecture: full", "architecture: empty"));
}

BOOST_AUTO_TEST_CASE(blocks_that_do_not_match_the_values_are_a_mistake_of_the_caller) {
  const support::temporary_folder folder;
  const auto message = [&](std::span<const nn::parameter_block> as) {
    return support::message_of<std::invalid_argument>(
        [&] { sample<float>().save(folder / "net.lz", architecture, as); });
  };
  BOOST_TEST(mentions(message(std::span(blocks).first(2)), "expected values for 2 parameters, found 3"));
  auto other = blocks;
  other[1].extents = matrix;
  BOOST_TEST(mentions(message(other), "expected 6 values of parameter 'b1', found 2"));
  BOOST_TEST(folder.size() == 0U);
}

// ---- files that are refused

BOOST_AUTO_TEST_CASE(missing_and_empty_files) {
  const saved_file file;
  BOOST_TEST(
      mentions(refusal(file.folder / "none.lz"), "none.lz: expected a parameter file, found no such file"));
  BOOST_TEST(mentions(refusal(file.folder.path()), "expected a parameter file, found a folder"));
  BOOST_TEST(mentions(file.refusal_of(""), "net.lz: expected a parameter file, found an empty file"));
}

BOOST_AUTO_TEST_CASE(wrong_magic) {
  const saved_file file;
  BOOST_TEST(mentions(file.refusal_of("\x7f"
                                      "ELF\x02\x01"),
                      "expected a parameter file, which begins with 'leibniz parameters 1'",
                      "found '\\x7fELF\\x02\\x01'"));
  BOOST_TEST(
      mentions(file.refusal_of("leibniz parameters 0\n"), "begins with", "found 'leibniz parameters 0'"));
  BOOST_TEST(mentions(file.refusal_of("leibniz parameters 1x\n"), "begins with", "parameters 1x'"));
  BOOST_TEST(mentions(file.refusal_of(std::string(100000, 'z')), "begins with", "found 'zzz"));
}

BOOST_AUTO_TEST_CASE(newer_version) {
  const saved_file file;
  const std::string message = file.refusal_of(replaced(file.good, "parameters 1", "parameters 12"));
  BOOST_TEST(mentions(message, "expected format version 1, found the newer version 12"));
}

BOOST_AUTO_TEST_CASE(another_architecture) {
  const saved_file file;
  BOOST_TEST(refusal(file.path, "input<3>, dense<2, relu>") ==
             file.path.string() +
                 ": expected 'architecture: input<3>, dense<2, relu>', found 'architecture: input<3>, "
                 "dense<2, sigmoid>'");
}

BOOST_AUTO_TEST_CASE(a_message_stays_short) {
  const saved_file file;
  const std::string message = file.refusal_of("leibniz parameters 1\n" + std::string(100000, 'a'));
  BOOST_TEST(mentions(message, "expected 'architecture: " + std::string(architecture), ", found 'aaaa"));
  BOOST_TEST(message.size() < 1000U);
}

BOOST_AUTO_TEST_CASE(another_scalar_type) {
  const saved_file file;
  BOOST_TEST(mentions(refusal<double>(file.path), "expected 'scalar: float64', found 'scalar: float32'"));
}

BOOST_AUTO_TEST_CASE(other_blocks) {
  const saved_file file;
  constexpr std::array<std::size_t, 2> transposed{3, 2};
  auto other = blocks;
  other[0].extents = transposed;
  BOOST_TEST(mentions(refusal(file.path, architecture, other), "expected 'parameter W1: 3 x 2'",
                      "found 'parameter W1: 2 x 3'"));
  other = blocks;
  other[2].name = "gain";
  BOOST_TEST(mentions(refusal(file.path, architecture, other), "expected 'parameter gain: scalar'",
                      "found 'parameter scale: scalar'"));
}

BOOST_AUTO_TEST_CASE(truncated_and_trailing_bytes) {
  const saved_file file;
  const std::string size = std::to_string(file.good.size());
  BOOST_TEST(mentions(file.refusal_of(file.good.substr(0, file.good.size() - 1)),
                      "expected " + size + " bytes",
                      "found a truncated file of " + std::to_string(file.good.size() - 1)));
  BOOST_TEST(mentions(file.refusal_of(file.good.substr(0, 30)), "expected header line 2",
                      "found 'architect' and the end of a truncated file"));
  BOOST_TEST(mentions(file.refusal_of("leib"), "expected header line 1", "truncated"));
  BOOST_TEST(
      mentions(file.refusal_of(file.good + "xyz"), "expected " + size + " bytes", "found 3 trailing bytes"));
  BOOST_TEST(mentions(file.refusal_of(file.good + file.good), "found " + size + " trailing bytes"));
}

BOOST_AUTO_TEST_CASE(damaged_values_and_headers) {
  const saved_file file;
  std::string damaged = file.good;
  damaged[damaged.size() - 10] ^= 1;
  BOOST_TEST(mentions(file.refusal_of(damaged), "expected values that match the file's checksum",
                      "found a wrong checksum: the file is damaged"));
  BOOST_TEST(mentions(file.refusal_of(replaced(file.good, "sigmoid", "sigmoie")),
                      "expected 'architecture: ", "sigmoie>' (and a wrong checksum: the file is damaged)"));
  BOOST_TEST(mentions(file.refusal_of(replaced(file.good, "36 bytes", "99999999999999999999 bytes")),
                      "expected 'values: 36 bytes'", "found 'values: 99999999999999999999 bytes'"));
}

BOOST_AUTO_TEST_CASE(no_mutation_is_accepted) {
  const saved_file file;
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < file.good.size(); ++i) {
    for (const int mask : {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF}) {
      std::string damaged = file.good;
      damaged[i] = static_cast<char>(damaged[i] ^ mask);
      accepted += file.refusal_of(damaged) == "nothing thrown";
    }
    accepted += file.refusal_of(file.good.substr(0, i)) == "nothing thrown";
    accepted += file.refusal_of(file.good.substr(0, i) + file.good.substr(i + 1)) == "nothing thrown";
    accepted += file.refusal_of(file.good.substr(0, i) + '0' + file.good.substr(i)) == "nothing thrown";
  }
  BOOST_TEST(accepted == 0U);
  overwrite(file.path, file.good);
  parameters<float> loaded;
  loaded.load(file.path);
  BOOST_TEST((loaded == sample<float>()));
}

#if defined(__unix__)

BOOST_AUTO_TEST_CASE(a_failed_save_leaves_the_old_parameters) {
  const saved_file file;
  rlimit before{};
  BOOST_REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  rlimit tight = before;
  tight.rlim_cur = 100;  // bytes a file may have: a disk that is full, for this process only
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  BOOST_REQUIRE(setrlimit(RLIMIT_FSIZE, &tight) == 0);
  const std::string message =
      support::message_of<nn::file_error>([&] { parameters<float>().save(file.path); });
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);

  BOOST_TEST(mentions(message, "net.lz: cannot save: expected to write all values", "File too large"));
  BOOST_TEST((contents(file.path) == file.good));
  BOOST_TEST(file.folder.size() == 1U);
}

#endif

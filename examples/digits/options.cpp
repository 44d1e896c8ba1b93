#include "options.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <system_error>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace digits {

namespace {

namespace fs = std::filesystem;

constexpr int digits_epochs = 30;
constexpr int idx_epochs = 5;
constexpr int most_epochs = 1'000'000;

[[noreturn]] void refuse(const std::string& name, const std::string& expected, const std::string& found) {
  throw CLI::ValidationError(name, "expected " + expected + ", found '" + found + "'");
}

/// A whole number in decimal digits. (CLI11's own conversion takes 010 for 8 and -1 for 2^64 - 1.)
template <class Integer>
Integer whole_number(const std::string& name, const std::string& text, Integer least, Integer most) {
  Integer value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < least ||
      value > most)
    refuse(name, "a whole number from " + std::to_string(least) + " to " + std::to_string(most), text);
  return value;
}

double positive_number(const std::string& name, const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || end != text.c_str() + text.size() || !std::isfinite(value) || !(value > 0))
    refuse(name, "a positive, finite number", text);
  return value;
}

fs::path existing_folder(const std::string& name, const std::string& text) {
  std::error_code ignored;
  if (!fs::is_directory(text, ignored)) refuse(name, "an existing folder", text);
  return text;
}

fs::path existing_file(const std::string& name, const std::string& text) {
  std::error_code ignored;
  if (!fs::exists(text, ignored) || fs::is_directory(text, ignored)) refuse(name, "an existing file", text);
  return text;
}

fs::path writable_file(const std::string& name, const std::string& text) {
  const fs::path path = text;
  std::error_code ignored;
  if (path.filename().empty() || fs::is_directory(path, ignored)) refuse(name, "the name of a file", text);
  if (path.has_parent_path() && !fs::is_directory(path.parent_path(), ignored))
    refuse(name, "a file in an existing folder", text);
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored))
    refuse(name, "a file, not a device", text);
#if defined(__unix__) || defined(__APPLE__)
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    refuse(name, "a file in a folder that can be written to", text);
#endif
  return path;
}

}  // namespace

int options::epochs_to_train() const { return epochs.value_or(data.empty() ? digits_epochs : idx_epochs); }

std::variant<options, exit_status> parse_options(int argc, const char* const* argv, std::ostream& out,
                                                 std::ostream& err) {
  options chosen;
  CLI::App app("Trains a network to read digits, with a backpropagation that the compiler derived.",
               "digits");

  const auto add = [&](const std::string& name, const std::string& type, const std::string& help, auto set) {
    app.add_option_function<std::string>(
           name, [name, set](const std::string& text) { set(name, text); }, help)
        ->type_name(type);
  };
  const auto text_of = [](auto value) { return CLI::detail::to_string(value); };

  add("--epochs", "N",
      "times to go through the training set [" + text_of(digits_epochs) + ", with --data " +
          text_of(idx_epochs) + "]; 0 with --load only tests",
      [&](const auto& name, const auto& text) { chosen.epochs = whole_number(name, text, 0, most_epochs); });
  add("--batch", "N",
      "examples per step, at most " + text_of(largest_batch) + " [" + text_of(chosen.batch) + "]",
      [&](const auto& name, const auto& text) { chosen.batch = whole_number(name, text, 1, largest_batch); });
  add("--rate", "X", "learning rate [" + text_of(chosen.rate) + "]",
      [&](const auto& name, const auto& text) { chosen.rate = positive_number(name, text); });
  add("--seed", "N", "of the initial parameters and the order of the examples [" + text_of(chosen.seed) + "]",
      [&](const auto& name, const auto& text) {
        chosen.seed = whole_number(name, text, std::uint64_t{0}, std::uint64_t(-1));
      });
  add("--save", "FILE", "write the parameters here after training",
      [&](const auto& name, const auto& text) { chosen.save = writable_file(name, text); });
  add("--load", "FILE", "start from the parameters of this file",
      [&](const auto& name, const auto& text) { chosen.load = existing_file(name, text); });
  add("--data", "DIR", "train on the IDX files of this folder (MNIST and its like, plain or .gz)",
      [&](const auto& name, const auto& text) { chosen.data = existing_folder(name, text); });

  try {
    app.parse(argc, argv);
    if (chosen.epochs == 0 && chosen.load.empty())
      throw CLI::ValidationError("--epochs", "expected at least 1 without --load, found '0'");
  } catch (const CLI::ParseError& error) { return exit_status{app.exit(error, out, err)}; }
  return chosen;
}

}  // namespace digits

#pragma once

// The command line of `digits`.

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <variant>

namespace digits {

/// The largest `--batch`: the compile-time batch size of the trainer, which handles smaller ones too.
inline constexpr int largest_batch = 32;

struct options {
  std::optional<int> epochs;   // not given: `default_epochs`; 0 only with `load`
  int batch = 32;              // examples per step, 1 to `largest_batch`
  double rate = 1.0;           // learning rate, positive and finite
  std::uint64_t seed = 1;      // of the initial parameters and of the order of the examples
  std::filesystem::path save;  // empty: parameters are not saved
  std::filesystem::path load;  // empty: training starts from the seed
  std::filesystem::path data;  // empty: the 8x8 digits that come with the library

  /// Epochs to train for: as given, or what suits the data.
  int epochs_to_train() const;
};

/// What the program ends with at once, because everything has been said: 0 after `--help`.
struct exit_status {
  int code;
};

/// Reads the command line. Help goes to `out`; a mistake is told to `err`, with what was expected and what
/// was found, and ends with a status other than 0. Whether the
/// folder of `--save` is there and can be written to is looked at here, before any training.
std::variant<options, exit_status> parse_options(int argc, const char* const* argv, std::ostream& out,
                                                 std::ostream& err);

}  // namespace digits

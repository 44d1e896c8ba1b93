#pragma once

// Pictures and tables for a terminal. Every function returns text that ends in a newline unless it says
// otherwise.

#include <cstddef>
#include <span>
#include <string>

namespace digits {

/// What shades of grey are drawn with.
enum class palette { ascii, blocks };

/// `blocks` if the environment (LC_ALL, LC_CTYPE, LANG) asks for UTF-8, else `ascii`.
palette terminal_palette();

/// One image and what a network made of it. `pixels` holds `height` x `width` values from 0 to 1, line by
/// line.
struct picture {
  std::span<const float> pixels;
  int height;
  int width;
  int label;
  int predicted;
};

/// Pictures side by side, as many as fit into `terminal_width` characters and the rest below, each over its
/// caption "label → predicted", with "!" behind a wrong prediction. Small images get two characters a pixel,
/// larger ones half a character, so that both look square. Values beyond 0 to 1, and NaN, are drawn as the
/// nearer end, NaN as 0.
std::string draw(std::span<const picture> pictures, palette shades, std::size_t terminal_width = 80);

/// How often each label (row) was predicted as each digit (column), and the share of each row that is right.
/// Both spans have the same length; labels and predictions are 0 to 9, anything else is left out.
std::string confusion_table(std::span<const unsigned char> labels, std::span<const unsigned char> predicted);

/// "epoch  3/20   cost 0.12345   accuracy  97.3 %      0.083 s", without a newline. `accuracy` is a share, 0
/// to 1.
std::string progress_line(int epoch, int epochs, double cost, double accuracy, double seconds);

/// "test accuracy 93.60 % of 297 images", without a newline.
std::string accuracy_line(double accuracy, std::size_t images);

}  // namespace digits

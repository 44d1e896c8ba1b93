#include "terminal.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "data.hpp"

namespace digits {

namespace {

constexpr std::array<std::string_view, 5> block_shades{" ", "░", "▒", "▓", "█"};
constexpr std::array<std::string_view, 10> ascii_shades{" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"};
constexpr int small = 16;  // up to this width, a pixel is two characters wide
constexpr std::size_t gap = 2;

std::string_view shade(float value, palette shades) {
  const std::span<const std::string_view> steps =
      shades == palette::blocks ? std::span<const std::string_view>(block_shades) : ascii_shades;
  const float clamped = value > 0 ? std::min(value, 1.0F) : 0.0F;
  return steps[std::min(static_cast<std::size_t>(clamped * static_cast<float>(steps.size())),
                        steps.size() - 1)];
}

std::size_t columns_of(const picture& image) {
  return static_cast<std::size_t>(image.width <= small ? 2 * image.width : image.width);
}

std::size_t lines_of(const picture& image) {
  return static_cast<std::size_t>(image.width <= small ? image.height : (image.height + 1) / 2);
}

/// One line of characters of a picture, padded with spaces below its end.
std::string picture_line(const picture& image, std::size_t line, palette shades) {
  if (line >= lines_of(image)) return std::string(columns_of(image), ' ');
  const auto width = static_cast<std::size_t>(image.width);
  std::string text;
  for (std::size_t column = 0; column < width; ++column) {
    if (image.width <= small) {
      const std::string_view dot = shade(image.pixels[line * width + column], shades);
      text.append(dot).append(dot);
    } else {
      const std::size_t below = std::min(2 * line + 1, static_cast<std::size_t>(image.height) - 1);
      const float mean = (image.pixels[2 * line * width + column] + image.pixels[below * width + column]) / 2;
      text.append(shade(mean, shades));
    }
  }
  return text;
}

/// "7 → 1 !", centred in `columns` characters.
std::string caption(const picture& image, palette shades, std::size_t columns) {
  const std::string label = std::to_string(image.label);
  const std::string predicted =
      std::to_string(image.predicted) + (image.label == image.predicted ? "" : " !");
  const std::string_view arrow = shades == palette::blocks ? " → " : " -> ";
  const std::size_t length = label.size() + (shades == palette::blocks ? 3 : 4) + predicted.size();
  const std::size_t space = columns > length ? columns - length : 0;
  return std::string(space / 2, ' ')
      .append(label)
      .append(arrow)
      .append(predicted)
      .append(space - space / 2, ' ');
}

std::string without_trailing_spaces(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

template <class... Values>
std::string formatted(const char* format, Values... values) {
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

std::string percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "     -";
  return formatted("%6.1f", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace

palette terminal_palette() {
  for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    std::string locale(value);
    std::ranges::transform(locale, locale.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos
               ? palette::blocks
               : palette::ascii;
  }
  return palette::ascii;
}

std::string draw(std::span<const picture> pictures, palette shades, std::size_t terminal_width) {
  std::string text;
  while (!pictures.empty()) {
    std::size_t count = 0, used = 0, height = 0;
    for (const picture& image : pictures) {
      const std::size_t needed = columns_of(image) + (count > 0 ? gap : 0);
      if (count > 0 && used + needed > terminal_width) break;
      used += needed;
      height = std::max(height, lines_of(image));
      ++count;
    }
    const auto group = pictures.first(count);
    for (std::size_t line = 0; line <= height; ++line) {
      std::string row;
      for (const picture& image : group) {
        if (&image != group.data()) row.append(gap, ' ');
        row += line < height ? picture_line(image, line, shades) : caption(image, shades, columns_of(image));
      }
      text += without_trailing_spaces(row) + '\n';
    }
    pictures = pictures.subspan(count);
    if (!pictures.empty()) text += '\n';
  }
  return text;
}

std::string confusion_table(std::span<const unsigned char> labels, std::span<const unsigned char> predicted) {
  constexpr auto size = static_cast<std::size_t>(classes);
  std::array<std::array<std::size_t, size>, size> table{};
  for (std::size_t i = 0; i < std::min(labels.size(), predicted.size()); ++i)
    if (labels[i] < size && predicted[i] < size) ++table[labels[i]][predicted[i]];

  std::string text = "label \\ predicted\n     ";
  for (std::size_t column = 0; column < size; ++column) text += formatted("%6zu", column);
  text += "   right %\n";
  std::size_t right = 0, all = 0;
  for (std::size_t row = 0; row < size; ++row) {
    text += formatted("%5zu", row);
    std::size_t total = 0;
    for (const std::size_t count : table[row]) {
      text += count == 0 ? "     ." : formatted("%6zu", count);
      total += count;
    }
    text += "   " + percent(table[row][row], total) + '\n';
    right += table[row][row];
    all += total;
  }
  return text + "  all" + std::string(6 * size, ' ') + "   " + percent(right, all) + '\n';
}

std::string progress_line(int epoch, int epochs, double cost, double accuracy, double seconds) {
  const int digits = static_cast<int>(std::to_string(epochs).size());
  return formatted("epoch %*d/%d   cost %.5f   accuracy %5.1f %%   %8.3f s", digits, epoch, epochs, cost,
                   100 * accuracy, seconds);
}

std::string accuracy_line(double accuracy, std::size_t images) {
  return formatted("test accuracy %.2f %% of %zu images", 100 * accuracy, images);
}

}  // namespace digits

#define BOOST_TEST_MODULE digits_terminal
#include "../../../examples/digits/terminal.hpp"

#include <array>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "../../support/boost_test.hpp"

using digits::draw;
using digits::palette;
using digits::picture;

BOOST_AUTO_TEST_CASE(small_pictures_side_by_side) {
  const std::array<float, 4> first{0.0F, 0.5F, 1.0F, 0.0F};
  const std::array<float, 2> second{1.0F, 1.0F};
  const std::array<picture, 2> pictures{{{first, 2, 2, 7, 7}, {second, 1, 2, 1, 4}}};
  BOOST_TEST(draw(pictures, palette::blocks) ==
             "  ▒▒  ████\n"
             "██\n"
             "7 → 7  1 → 4 !\n");
  BOOST_TEST(draw(pictures, palette::ascii, 10) ==
             "  ++  @@@@\n"
             "@@\n"
             "7 -> 7  1 -> 4 !\n");
  BOOST_TEST(draw(pictures, palette::ascii, 9) ==
             "  ++\n"
             "@@\n"
             "7 -> 7\n"
             "\n"
             "@@@@\n"
             "1 -> 4 !\n");
  BOOST_TEST(draw({}, palette::ascii).empty());
}

BOOST_AUTO_TEST_CASE(large_pictures_take_two_rows_a_line) {
  std::vector<float> pixels(17 * 3, 0.0F);
  pixels[0] = pixels[17] = 1.0F;  // above each other
  pixels[1] = 1.0F;               // half of a character
  pixels[2 * 17 + 16] = 1.0F;     // in the last, single row
  const std::array<picture, 1> pictures{{{pixels, 3, 17, 2, 2}}};
  BOOST_TEST(draw(pictures, palette::ascii) == "@+\n                @\n     2 -> 2\n");
}

BOOST_AUTO_TEST_CASE(values_out_of_range_are_drawn_as_the_nearer_end) {
  const std::array<float, 4> pixels{-1.0F, 2.0F, std::numeric_limits<float>::quiet_NaN(),
                                    std::numeric_limits<float>::infinity()};
  const std::array<picture, 1> pictures{{{pixels, 1, 4, 0, 0}}};
  BOOST_TEST(draw(pictures, palette::ascii) == "  @@  @@\n 0 -> 0\n");
}

BOOST_AUTO_TEST_CASE(confusion) {
  const std::array<unsigned char, 5> labels{0, 0, 0, 9, 200};
  const std::array<unsigned char, 5> predicted{0, 0, 3, 9, 1};
  const std::string table = digits::confusion_table(labels, predicted);
  BOOST_TEST(table.find("    0     2     .     .     1     .     .     .     .     .     .     66.7\n") !=
             std::string::npos);
  BOOST_TEST(table.find("    1     .     .     .     .     .     .     .     .     .     .        -\n") !=
             std::string::npos);
  BOOST_TEST(table.ends_with(" 75.0\n"));
}

BOOST_AUTO_TEST_CASE(progress) {
  BOOST_TEST(digits::progress_line(3, 20, 0.123454, 0.973, 0.08) ==
             "epoch  3/20   cost 0.12345   accuracy  97.3 %      0.080 s");
  BOOST_TEST(digits::accuracy_line(0.93602, 297) == "test accuracy 93.60 % of 297 images");
}

#if defined(__unix__)
BOOST_AUTO_TEST_CASE(the_locale_chooses_the_palette) {
  for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) unsetenv(name);
  BOOST_TEST((digits::terminal_palette() == palette::ascii));
  setenv("LANG", "de_DE.UTF-8", 1);
  BOOST_TEST((digits::terminal_palette() == palette::blocks));
  setenv("LC_CTYPE", "", 1);
  BOOST_TEST((digits::terminal_palette() == palette::blocks));
  setenv("LC_ALL", "C", 1);
  BOOST_TEST((digits::terminal_palette() == palette::ascii));
}
#endif

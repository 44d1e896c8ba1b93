#define BOOST_TEST_MODULE text_view
#include "../../support/boost_test.hpp"

#include <leibniz/core/text_view.hpp>
#include <sstream>
#include <string>
#include <string_view>

using leibniz::text_view;

static_assert(text_view("ab") == text_view("abc", 2) && !(text_view("ab") == "abc") && text_view() == "" && text_view().empty());
static_assert(text_view("abc").substr(1) == "bc" && text_view("abc").substr(1, 1) == "b" && text_view("abc").substr(3) == "");
static_assert(text_view("abc")[2] == 'c' && text_view("abc").size() == 3 && *text_view("abc").begin() == 'a');

BOOST_AUTO_TEST_CASE(it_is_what_the_standard_calls_a_string) {
  constexpr text_view text("w*x");
  constexpr std::string_view view = text;
  const std::string copied = text, made(text);
  static_assert(view == "w*x" && text == view && view == text && text != std::string_view("w"));
  BOOST_TEST((copied == "w*x" && made == copied && text == copied && copied == text));
  std::string longer = "2*";
  longer += text;
  BOOST_TEST(longer == "2*w*x");
}

BOOST_AUTO_TEST_CASE(it_goes_to_a_stream) {
  std::ostringstream out;
  out << text_view("a = ") << 3 << text_view("", 0) << text_view("; b", 1) << '\n';
  BOOST_TEST(out.str() == "a = 3;\n");
}

#pragma once
#include <leibniz/core/text_view.hpp>
#include <leibniz/print/writer.hpp>

// How a name of C++ is set in a formula: `w12` is w with a subscript, `alpha` a Greek letter, `cost` upright.

namespace leibniz::print {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_greek(text_view name) {
  constexpr text_view letters[] = {
      "alpha", "beta",  "gamma", "delta", "epsilon", "zeta", "eta",   "theta", "iota",    "kappa", "lambda",
      "mu",    "nu",    "xi",    "rho",   "sigma",   "tau",  "phi",   "chi",   "psi",     "omega", "upsilon",
      "Gamma", "Delta", "Theta", "Lambda", "Xi",     "Pi",   "Sigma", "Phi",   "Upsilon", "Psi",   "Omega", "pi"};
  if (name.size() < 2 || name.size() > 7) return false;
  for (const text_view letter : letters)
    if (letter == name) return true;
  return false;
}

/// A word without a subscript: a letter, a number, a Greek letter or an upright word.
constexpr void latex_word(text_view word, writer& out) {
  bool number = true;
  for (const char c : word) number = number && is_digit(c);
  if (number || word.size() == 1) return out.append(word);
  if (is_greek(word)) {
    out.append('\\');
    return out.append(word);
  }
  out.append("\\mathrm{");
  for (const char c : word) {
    if (c == '_') out.append('\\');
    out.append(c);
  }
  out.append('}');
}

/// The part of a name that stands on the line, and what hangs below it: what follows an underscore, or trailing digits.
struct name_parts {
  text_view base, subscript;
};
constexpr name_parts split_name(text_view name) {
  for (std::size_t i = 1; i + 1 < name.size(); ++i)
    if (name[i] == '_') return {name.substr(0, i), name.substr(i + 1)};
  std::size_t end = name.size();
  while (end > 1 && is_digit(name[end - 1])) --end;
  return {name.substr(0, end), name.substr(end)};
}

}  // namespace leibniz::print

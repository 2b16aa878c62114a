// What belongs to a block or a statement and stands before it.
#pragma once

#include <cstddef>
#include <string_view>

namespace kithkin {

struct Head {
  std::size_t begin = 0;   ///< equal to the place it was asked for when there is none
  int open = 0;            ///< brackets that are opened in it and not closed
  bool is_sure = false;    ///< a shape that prose does not have: .name, #name, @name, f(
  bool is_border = false;  ///< nothing of prose in Latin letters stands on the same line before it
};

/// The selectors before the { at `brace`.
Head selector_before(std::string_view text, std::size_t brace, std::size_t floor);

/// The expression that ends at `end`: names, calls and operators, and one word before it when it
/// stands free (`var x = `, `function f(`).
Head expression_before(std::string_view text, std::size_t end, std::size_t floor);

}  // namespace kithkin

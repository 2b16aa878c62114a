// Code in the middle of a text: where it begins, and where it ends.
#pragma once

#include <cstddef>
#include <string_view>

namespace kithkin {

struct CodeSpan {
  std::size_t begin = 0, end = 0;  ///< equal when there is none
};

/// The rule, object, function or statement whose first { is at `brace`, with what stands before it
/// (selectors, var x =, function name(...)) and after it (closing brackets, further calls, ;).
/// Begins at `floor` at the earliest, where the last debris ended.
CodeSpan code_at_brace(std::string_view text, std::size_t brace, std::size_t floor);

/// The statement that ends with the ; at `semicolon`: a call or an assignment.
CodeSpan statement_at(std::string_view text, std::size_t semicolon, std::size_t floor);

/// The call whose ( is at `open`: name.name("...") without a ; .
CodeSpan call_at(std::string_view text, std::size_t open, std::size_t floor);

}  // namespace kithkin

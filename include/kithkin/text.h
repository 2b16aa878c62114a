// Text to tokens: the words that two texts are compared by.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {

/// A word as it counts (folded) and where it stands (bytes of the original, half-open).
/// In scripts written without spaces tokens are overlapping bigrams of grapheme clusters.
struct Token {
  std::string folded;
  std::uint64_t begin = 0, end = 0;
};

/// All tokens of a text, in order. Bytes that are not UTF-8 separate words.
std::vector<Token> tokenize(std::string_view text);

/// The Unicode version of the tables in this build, "15.0".
std::string_view unicode_version() noexcept;

}  // namespace kithkin

// How long lines of a kind are.
#pragma once

#include <cstdint>

namespace kithkin {

// Lengths in characters, so that they mean about the same in scripts without spaces.
inline constexpr std::uint32_t kLeastTitleTokens = 3;  // of a title that a line may be known by
inline constexpr std::uint32_t kLeastTitle = 12;
inline constexpr std::uint32_t kMostEntry = 220;  // of a line in a box that is no link
inline constexpr std::uint32_t kMostHeading = 60;
inline constexpr std::uint32_t kMostLabel = 120;  // of a source line, a list of tags
inline constexpr std::uint32_t kSentence = 60;    // a line of so many, with an end, is a sentence
inline constexpr std::uint32_t kProse = 60;       // and of so many, without one: Thai has none
inline constexpr std::uint32_t kWidestWrapped = 120;  // no text is broken to more

}  // namespace kithkin

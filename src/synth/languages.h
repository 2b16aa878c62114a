// The languages a synthetic corpus can speak: how their words are made of syllables, and what
// stands between words. Invented words in real scripts; any likeness to a real word is chance.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kithkin {

/// How a language looks. Lists are separated by spaces; "_" in one is the empty piece.
struct LanguageModel {
  std::string_view code;  ///< as in the field `lang`
  std::string_view onsets, nuclei, codas;
  std::string_view particles;                  ///< stand before some words, joined to them
  std::uint8_t short_word = 1, long_word = 3;  ///< syllables of a frequent and of a rare word
  bool spaced = true;                          ///< words have spaces between them
  std::string_view comma = ", ", stop = ". ";  ///< with what follows
  char32_t zero = U'0';                        ///< the first of its own digits
};

/// All of them; Arabic comes first.
std::span<const LanguageModel> languages() noexcept;

/// The weights of languages when nobody asks for others, as "code:weight,code:weight".
inline constexpr std::string_view kDefaultLanguages =
    "ar:8,en:5,fr:2,ru:2,es:1,de:1,fa:1,ur:1,tr:1,hi:1,zh:1,th:1,ja:1,ko:1,el:1,he:1";

}  // namespace kithkin

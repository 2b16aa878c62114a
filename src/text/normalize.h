// What ICU says: the slow, trusted definition of folding and of words. The tables that drive the
// fast pass (tokenize.h) are made from it at build time, spans that they cannot decide are folded
// by it at run time, and the tests hold the fast pass against it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kithkin {

/// Folds text: NFKC_Casefold, then marks off (nonspacing and enclosing marks of Arabic, Hebrew,
/// Syriac, Latin, Greek, Cyrillic and the inherited ones; vowel signs and voicing marks of other
/// scripts stay), then letter variants (alef, yeh, kaf, heh forms; tatweel off), decimal digits of
/// every script to ASCII, typographic apostrophes to ', Arabic separators to . and , and at last
/// NFC.
std::u32string fold_with_icu(std::u32string_view code_points);

/// Marks (code points without an NFC boundary before them) that are folded together; after so many
/// a new piece begins, as if a boundary stood there. The limit of UAX #15's stream-safe text, and
/// for its reason: putting marks in order takes the square of their number. Code points that
/// folding takes off do not count.
inline constexpr std::uint32_t kMostMarks = 30;

/// Scripts written without spaces: Han, Kana, Thai, Lao, Khmer, Myanmar and the other
/// ideographic and complex-context ones. Their tokens are bigrams of grapheme clusters.
bool is_bigram_script(char32_t c);

/// Folded tokens by ICU's own break iterators (UAX #29), with bigrams inside the runs above. Bytes
/// that are not UTF-8 become U+FFFD.
/// Some forty times slower than tokenize(); for tests.
std::vector<std::string> tokenize_with_icu(std::string_view utf8);

/// The Unicode version of the ICU that is linked, "15.0".
std::string icu_unicode_version();

/// UTF-8 of code points.
std::string to_utf8(std::u32string_view code_points);

}  // namespace kithkin

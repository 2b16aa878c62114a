// Which language a text is in: what its terms are cut by (text/stem.h).
//
// A declaration is believed where it can be; else the script decides, and where several languages
// share it, statistics over the first two kilobytes (CLD2). Some 50 microseconds a text without a
// declaration; pure functions, safe from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace kithkin {

/// A language and the script it is written in.
struct Language {
  std::array<char, 4> code{"und"};     ///< ISO 639-1, else 639-3; "und" for not known
  std::array<char, 5> script{"Zyyy"};  ///< ISO 15924; "Zyyy" where there are no letters

  [[nodiscard]] std::string_view name() const { return code.data(); }
  [[nodiscard]] std::string_view script_name() const { return script.data(); }
  [[nodiscard]] bool is_known() const { return name() != "und"; }
  friend bool operator==(const Language&, const Language&) = default;
};

/// What a lang field says: BCP 47 and its relatives, in any case ("en-US", "zh_Hant", "ENG",
/// "pt_BR.UTF-8"; of "en, fr" the first). One code for a language, whatever codes it has had ("iw"
/// is "he", "ger" is "de", "nb" is "no"). The script is the declared one or the usual one. "und"
/// for what names no language.
Language declared_language(std::string_view declared);

/// The language of a text and the script that most of its letters are of (an ideograph counts for
/// three). What is declared wins, unless it is a language of Latin letters, the text is in others,
/// and these tell a language: pages in any language are declared English. The script is the
/// text's, where it has letters. Any bytes may be in both.
Language language_of(std::string_view declared, std::string_view text);

}  // namespace kithkin

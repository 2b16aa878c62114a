// A look at the tags of a page before it is parsed, so that no page can make the parser take
// forever or all of the memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <kithkin/result.h>

namespace kithkin {

/// Larger pages are refused: none that holds an article comes near.
inline constexpr std::size_t kMostHtmlBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMostHtmlTags = 1'000'000;  ///< and attributes
/// Deeper tags are dropped and what is in them is kept. Browsers stop at 512 too.
inline constexpr std::size_t kMostHtmlDepth = 512;

/// A tag as a tokenizer of HTML finds it; the views point into the page.
struct HtmlTag {
  enum class Kind : std::uint8_t { start, end, other };  ///< other: comments, declarations
  Kind kind = Kind::other;
  bool self_closing = false;
  std::uint32_t attributes = 0;
  std::string_view name;           ///< as it is written; empty for other
  std::size_t begin = 0, end = 0;  ///< in the page, from "<" to after ">"

  /// Whether the name is this one, which is in small letters.
  [[nodiscard]] bool is(std::string_view lower) const;
};

/// Finds tags one after another by the rules of HTML's tokenizer, as if all text were markup: who
/// knows that an element holds raw text skips it.
class HtmlTagScanner {
 public:
  explicit HtmlTagScanner(std::string_view html) : html_(html) {}

  /// False at the end, also where the last tag is cut.
  bool next(HtmlTag& tag);

  /// To the end tag of the name, or to the end of the page. What was passed over.
  std::string_view skip_raw_text(std::string_view name);

 private:
  [[nodiscard]] char at(std::size_t i) const { return i < html_.size() ? html_[i] : '\0'; }
  bool read_declaration(std::size_t begin, HtmlTag& tag);
  bool read_tag(std::size_t begin, HtmlTag& tag);
  std::size_t skip_spaces(std::size_t i) const;
  std::size_t skip_attribute(std::size_t i) const;

  std::string_view html_;
  std::size_t at_ = 0;
};

/// What to parse in place of `html`: the same without scripts and styles or, where its tags might
/// nest too deep or the parser might have to repeat unclosed ones too often, a page with fewer
/// tags, which are balanced. Points to `html` or into `storage`. Linear in the size of the page.
/// Fails with `limit` beyond kMostHtmlBytes or kMostHtmlTags.
Result<std::string_view> tame_html(std::string_view html, std::string& storage);

}  // namespace kithkin

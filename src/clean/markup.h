// Markup that was left in a text: tags, entities, shortcodes, templates, escapes and data.
#pragma once

#include <bitset>
#include <cstddef>
#include <string_view>

namespace kithkin {

/// Looks at one place of a text at a time. Each function takes where a piece may begin and returns
/// where it ends, or 0 when there is none. Looks ahead a bounded way, so that a text of nothing but
/// beginnings costs no more than a constant a byte. Not thread-safe: remembers what it searched.
class Markup {
 public:
  explicit Markup(std::string_view text) : text_(text) {}

  /// <name key="value">, </name>, <br/>, <!-- -->, <!name>, <![CDATA[, <?name ?>, <% %>. A bare
  /// <name> is one when </name> follows somewhere or the name is short and stands glued.
  std::size_t tag_end(std::size_t at);

  /// The ]]> of a <![CDATA[ before it.
  std::size_t section_end(std::size_t at);

  /// &name; or &#number; or a tag between &lt; and &gt;
  std::size_t entity_end(std::size_t at);
  static bool number_is_text(std::string_view number);

  /// [name key="value"], and [/name] after it.
  std::size_t shortcode_end(std::size_t at);

  /// {{ name }}, {% name %}, ${name}: `at` is the brace.
  [[nodiscard]] std::size_t template_end(std::size_t at) const;

  /// Past `inline code`, which is quoted and stays; 0 when nothing closes it.
  [[nodiscard]] std::size_t quoted_code_end(std::size_t at) const;

 private:
  using Names = std::bitset<1024>;  // by hash

  [[nodiscard]] std::size_t attributes_end(std::size_t at, bool& is_sure) const;
  [[nodiscard]] std::size_t declaration_end(std::size_t at);
  [[nodiscard]] std::size_t escaped_tag_end(std::size_t at);
  [[nodiscard]] std::size_t find_bounded(std::string_view what, std::size_t from,
                                         std::size_t within) const;
  [[nodiscard]] bool is_free(std::size_t begin, std::size_t end) const;
  bool is_closed(std::string_view name);

  std::string_view text_;
  Names closed_tags_, open_codes_;
  bool knows_tags_ = false, is_in_section_ = false;
  std::size_t comment_end_ = 0;  // of the last search for -->
};

/// Where the escaped markup (%3Cdiv%20...) or the data URI around `at` begins and ends; both are
/// `at` when there is none. `at` is a % or the ; of ;base64. Begins at `floor` at the earliest.
struct Run {
  std::size_t begin, end;
};
Run escaped_run(std::string_view text, std::size_t at, std::size_t floor);
Run data_uri(std::string_view text, std::size_t at, std::size_t floor);

/// Where the letters of base64 from `at` on end, whatever they spell.
std::size_t base64_letters_end(std::string_view text, std::size_t at);

/// Base64 around `at`, at least 128 bytes long, mixed as random bytes are.
Run base64_run(std::string_view text, std::size_t at, std::size_t floor);

}  // namespace kithkin

// Foreign text made fit to stand in a page: nothing in it can be markup, run, or disorder the text
// around it. Pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/width.h"

namespace kithkin {

/// The text with & < > " ' as entities and U+FFFD for what is not UTF-8 or a control character.
std::string escape_html(std::string_view text);

/// Text for people, escaped: white space of any length one space, without characters that steer
/// the display, such as bidi controls (clean_for_display).
std::string html_text(std::string_view text);

/// The same inside <bdi>, so that it reads its own way and the text around it reads its own.
std::string html_isolate(std::string_view text);

/// The address as it may be linked to, escaped; nothing where it is not http or https, has no host
/// or has control characters in it.
std::optional<std::string> html_link(std::string_view url);

/// The host of an address that may be linked to, as browsers read it, escaped, without "www.",
/// account and port; else empty.
std::string html_host(std::string_view url);

/// "2024-05-01" of an ISO 8601 date as a <time> element; another text as it is, escaped.
std::string html_day(std::string_view date);

/// How a text is written.
struct Writing {
  std::string lang;  ///< BCP 47; empty for not known
  Direction direction = Direction::left_to_right;

  [[nodiscard]] std::string_view dir() const {
    return direction == Direction::right_to_left ? "rtl" : "ltr";
  }
  /// ` lang=".." dir=".."`
  [[nodiscard]] std::string attributes() const;
};

/// The declared language and its direction, unless all letters of the text go the other way. Where
/// none is declared, the direction of most letters of the text and what their script says of the
/// language.
Writing writing_of(std::string_view declared, std::string_view text);

/// "1,234,567"
std::string group_digits(std::uint64_t number);

}  // namespace kithkin

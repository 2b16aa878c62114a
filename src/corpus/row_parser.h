// One JSON line to the fields of a document. JSON is parsed in this room only.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/document.h>

namespace kithkin {

/// What a line holds. The views point into the parser and live until its next parse; text_token
/// points into the line.
struct Row {
  std::optional<std::string_view> id;  ///< a string, or a number's digits
  std::string_view text;
  std::string_view text_token;  ///< the text as it stands in the line, quotes included
  std::optional<std::int64_t> date;
  std::string_view source, title, url, lang;
  std::string_view html;    ///< where a field is named for it
  std::string_view vector;  ///< the value of the field named for it as it stands in the line: an
                            ///< array (number_array.h), or what else is there; empty: nothing
  bool is_page = false;     ///< set by those who take the text out of a page
};

/// Parses lines; scratch space, one per thread. Only `text` must be there and be a string, or
/// `html` where a field is named for it; another field of an unexpected type counts as absent. The
/// whole line is checked, also what is not wanted, but nothing else is built. Unpaired surrogates
/// in escapes are read as U+FFFD.
class RowParser {
 public:
  explicit RowParser(const FieldNames& names);
  ~RowParser();
  RowParser(RowParser&&) noexcept;
  RowParser& operator=(RowParser&&) noexcept;

  /// `line` is followed by at least kPadding readable bytes. On failure `reason` says why, in
  /// words for rejected.jsonl that do not depend on the machine.
  bool parse(std::string_view line, Row& row, std::string& reason);

  static constexpr std::size_t kPadding = 64;
  static constexpr unsigned kMostDepth = 512;  ///< levels of nesting accepted

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kithkin

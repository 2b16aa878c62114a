// What a row says: its text, or the main text of the HTML page that it holds.
#pragma once

#include <string>
#include <string_view>

#include <kithkin/crawl.h>
#include <kithkin/result.h>

#include "clean/html.h"
#include "corpus/row_parser.h"

namespace kithkin {

/// Scratch space: one per thread.
class PageText {
 public:
  explicit PageText(const CrawlInput& input) : detects_html_(input.clean) {}

  /// Replaces the text of a row, and its title where it has none, with those of its page: of the
  /// field named for HTML, or of a text that is a page itself, where articles are cleaned. False
  /// when the page is too much for the parser; `reason` says so. Valid until the next call.
  bool take(Row& row, std::string& reason);

 private:
  bool detects_html_;
  HtmlArticle article_;
};

/// A line to its row, its text taken out of its page where it holds one: what every walk reads by.
/// Scratch space: one per thread; what a row points to lives until the next line.
class RowReader {
 public:
  explicit RowReader(const CrawlInput& input) : parser_(input.fields), page_text_(input) {}

  /// As RowParser::parse() and PageText::take().
  bool read(std::string_view line, Row& row, std::string& reason) {
    return parser_.parse(line, row, reason) && page_text_.take(row, reason);
  }

 private:
  RowParser parser_;
  PageText page_text_;
};

}  // namespace kithkin

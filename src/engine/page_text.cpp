// See page_text.h. Tests: tests/unit/engine/page_text_test.cpp.
#include "engine/page_text.h"

#include <utility>

namespace kithkin {
namespace {

/// Whether a text is a page: it has to say so, since tags are common in text too.
bool is_page(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '<') return false;
  std::string begin(text.substr(first, 9));
  for (char& c : begin)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return begin.starts_with("<html") || begin == "<!doctype";
}

}  // namespace

bool PageText::take(Row& row, std::string& reason) {
  std::string_view html = row.html;
  if (html.empty() && detects_html_ && is_page(row.text)) html = row.text;
  if (html.empty()) return true;
  Result<HtmlArticle> article = article_of_html(html);
  if (!article) {
    reason = article.error().message;
    return false;
  }
  article_ = std::move(article).value();
  row.text = article_.text;
  row.is_page = true;
  if (row.title.empty()) row.title = article_.title;
  return true;
}

}  // namespace kithkin

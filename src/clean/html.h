// The main text of an article out of an HTML page, in any language: what stands in the page's own
// structure, and then what the statistics of its text say. No words and no class names are known
// here.
//
// Pure functions; safe from any thread. Costs memory while a page is parsed: ten times an ordinary
// page, and at most about half a gigabyte.
#pragma once

#include <string>
#include <string_view>

#include <kithkin/result.h>

namespace kithkin {

/// Both are UTF-8 with white space collapsed.
struct HtmlArticle {
  std::string title;  ///< one line; what the page declares, else its heading, else its <title>
  std::string text;   ///< a line for each paragraph, heading, list item, table row; may be empty
};

/// Parses `html` as browsers do (UTF-8 whatever it declares; what is not becomes U+FFFD) and picks
/// the article. A page without one, such as a page of links, gives an empty text. Tags
/// nested deeper than 512 levels are dropped, not what is in them. Fails with `limit` for a page of
/// more than 64 MiB, or of more than a million tags and attributes.
Result<HtmlArticle> article_of_html(std::string_view html);

/// Whether a text is markup rather than an article with a stray "<" in it: it begins with a
/// doctype or an element of a page, or in its first 64 KiB has at least three tags that HTML
/// knows, one of them closing.
bool looks_like_html(std::string_view text);

}  // namespace kithkin

// Whatever the bytes are: an article comes out in white space as it is promised, from the page or
// from what it is tamed to, and no tags nest too deep.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "clean/html.h"
#include "clean/html_tags.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// No blank at the ends, no control characters but those of preformatted text.
void check(std::string_view text) {
  if (text.empty()) return;
  require(text.front() != ' ' && text.front() != '\n');
  require(text.back() != ' ' && text.back() != '\n');
  for (const char c : text)
    require(static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  kithkin::looks_like_html(html);
  const auto article = kithkin::article_of_html(html);
  require(static_cast<bool>(article));
  check(article->title);
  check(article->text);
  std::string storage, again;
  const auto tame = kithkin::tame_html(html, storage);
  require(static_cast<bool>(tame));
  const auto twice = kithkin::tame_html(*tame, again);  // it is tame then, or becomes so
  require(static_cast<bool>(twice));
  return 0;
}

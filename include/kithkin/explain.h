// Why two texts are copies or are not: the passages they share and what differs.
//
// Both functions are pure and safe from any thread. explain() takes time near linear in the texts
// and some hundred bytes of memory a word; it is made for two documents, not for a crawl of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/deduplicate.h>
#include <kithkin/document.h>
#include <kithkin/relation.h>
#include <kithkin/result.h>

namespace kithkin {

/// A half-open range of bytes in a text.
struct Span {
  std::uint64_t begin = 0, end = 0;
};

/// A passage that stands in both texts, token for token, as long as it can be: at least a shingle,
/// or the whole of a text that is shorter than that. No token is in two passages.
struct SharedPassage {
  Span a, b;
  std::uint64_t tokens = 0;
  /// Documents of the crawl in which its rarest shingle stands, these two among them; 0 when no
  /// crawl was asked (see explain_in_crawl()).
  std::uint64_t documents = 0;
};

enum class DifferenceKind : std::uint8_t {
  number,  ///< holds a digit of any script
  name,    ///< begins with a capital inside a sentence; scripts without case have no names
  word,    ///< anything else
  moved,   ///< stands in what is left of the other text too, at another place: no new fact
};

/// Consecutive tokens of one kind that stand in one text and have no counterpart in the other.
/// What a copy changed, or what two formula texts are really about.
struct Difference {
  DifferenceKind kind = DifferenceKind::word;
  Span span;
  std::uint64_t tokens = 0;
};

struct Explanation {
  Relation relation = Relation::none;
  FormulaReason reason;  ///< of a formula, which only explain_in_crawl() can tell
  Measures measures;
  std::uint64_t tokens_a = 0, tokens_b = 0;
  std::uint64_t shingles_a = 0, shingles_b = 0, shared_shingles = 0;  ///< distinct ones
  std::vector<SharedPassage> shared;                                  ///< by position in a
  std::vector<Difference> only_a;  ///< by kind in the order above, by position within
  std::vector<Difference> only_b;
};

/// Fails with invalid_argument on options out of range and with limit on a text over 4 GiB.
Result<Explanation> explain(std::string_view text_a, std::string_view text_b,
                            const DeduplicateOptions& options = {});

/// The explanation as text for a terminal `width` columns wide: every piece of article text is
/// wrapped in Unicode isolates, so right-to-left text does not disorder the line around it, and
/// control characters of the texts are not passed on. Under 60 columns a stands above b instead of
/// beside it; under 20 counts as 20. Without `color` there is no escape byte in it.
/// `explanation` is of the texts of `a` and `b`.
std::string render_explanation(const Document& a, const Document& b, const Explanation& explanation,
                               std::uint32_t width, bool color);

}  // namespace kithkin

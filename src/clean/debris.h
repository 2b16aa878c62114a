// Code and markup that crawlers left in the text of articles: style rules, scripts, JSON, tags,
// entities, template residue, encoded data.
#pragma once

#include <string_view>
#include <vector>

#include "clean/span.h"

namespace kithkin {

/// Appends the pieces of `text` that are no text: sorted, disjoint, on borders of characters. What
/// is left when they are taken out is the article: nothing has to be put in, for where two words
/// would meet, a punctuation mark of the debris stays between them. Debris that has a line for
/// itself goes with the line. Decides by shape alone, in any language; code quoted in `backticks`
/// stays. O(bytes); allocates in `spans` only; safe to call from many threads.
void find_debris(std::string_view text, std::vector<ByteSpan>& spans);

}  // namespace kithkin

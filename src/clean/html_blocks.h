// Which blocks of a page are its article.
#pragma once

#include <string>
#include <vector>

#include "clean/html_page.h"

namespace kithkin {

/// For each block of the page, whether it belongs to the article; none does where the page has no
/// prose. The page's title is no part of it. Costs a few passes over elements and blocks.
std::vector<bool> find_article_blocks(const Page& page);

/// The chosen blocks, each on a line of its own or on as many as it has. Cells of a table row stand
/// in one line where they hold text only.
std::string text_of_blocks(const Page& page, const std::vector<bool>& chosen);

}  // namespace kithkin

// How much of a page is written text, and which element holds its article.
#pragma once

#include <cstdint>
#include <vector>

#include "clean/html_page.h"

namespace kithkin {

/// What stands in a range of blocks.
struct PageSums {
  std::uint64_t weight = 0, linked = 0, headings = 0;
  std::uint64_t prose = 0;  ///< weight of what is not linked in blocks that read like text
  std::uint64_t ends = 0;   ///< blocks that end with a sentence

  /// Whether more than `tenths` tenths are links.
  [[nodiscard]] bool is_linked(std::uint64_t tenths) const { return linked * 10 > weight * tenths; }
};

/// Sums over any range of blocks at once. `page` outlives it.
class PageMeasure {
 public:
  explicit PageMeasure(const Page& page);

  [[nodiscard]] const Page& page() const { return page_; }
  [[nodiscard]] PageSums sums(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] PageSums sums(std::uint32_t element) const {
    const PageElement& e = page_.elements[element];
    return sums(e.first_block, e.end_block);
  }
  [[nodiscard]] std::uint64_t prose(std::uint32_t block) const {
    return sums_[block + 1].prose - sums_[block].prose;
  }
  [[nodiscard]] ElementKind kind_of_block(std::uint32_t block) const {
    return page_.elements[page_.blocks[block].element].kind;
  }

 private:
  const Page& page_;
  std::vector<PageSums> sums_;  // of the blocks before each
};

/// The element that holds the article and little else; 0, which is the whole page, where nothing
/// narrower does.
std::uint32_t find_article_root(const PageMeasure& measure);

}  // namespace kithkin

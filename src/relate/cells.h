// Articles by where they lie: cells around centers that are learned, so that an article's neighbors
// can be looked for in the few cells nearest to it (k-means; the inverted file of Jégou and others
// 2011). All sums are of integers: neither threads nor instruction sets show.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "relate/neighbors.h"

namespace kithkin {

class Cells {
 public:
  static constexpr std::size_t kArticles = 512;  ///< of a cell, on average
  static constexpr std::size_t kMost = 4096;     ///< cells; in larger sets cells grow instead
  /// An article looks in the cells nearest to it until they hold so many articles, in at most so
  /// many cells: cells are of all sizes, and of the largest most are among the nearest.
  static constexpr std::size_t kSearched = 40960, kNearest = 40;

  /// Precondition: the articles have coordinates. Some 100 bytes an article. Fails with `input`
  /// where places cannot be read, and with `cancelled`.
  static Result<Cells> learn(const ArticleSet& articles, const NeighborSearch& search);

  [[nodiscard]] std::size_t size() const { return members_.ends.size(); }
  /// The articles that lie in a cell, ascending: each lies in one.
  [[nodiscard]] std::span<const std::uint32_t> members(std::size_t cell) const {
    return members_.of(cell);
  }
  /// Those that look in it, ascending: its members and others. What was found for the last cell is
  /// gone. Cheap when cells are asked for in their order.
  [[nodiscard]] std::span<const std::uint32_t> find_seekers(std::size_t cell);

 private:
  /// Articles by cell, of `ends.size()` cells in a row.
  struct Lists {
    std::vector<std::uint32_t> articles;
    std::vector<std::size_t> ends;

    /// Of `each` cells of every article the first `taken(article)` count, and of these those from
    /// `first` on.
    template <class Taken>
    void fill(std::span<const std::uint16_t> cells, std::size_t each, Taken taken,
              std::size_t first, std::size_t count);
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t place) const {
      const std::size_t begin = place == 0 ? 0 : ends[place - 1];
      return std::span(articles).subspan(begin, ends[place] - begin);
    }
  };
  static constexpr std::size_t kAtOnce = 64;  // cells whose seekers are listed: memory

  std::size_t each_ = 0;
  std::vector<std::uint16_t> nearest_;  // each_ cells of every article, the nearest first
  std::vector<std::uint8_t> looked_;    // in how many of them each looks
  Lists members_, seekers_;
  std::size_t first_sought_ = SIZE_MAX;  // the cell where seekers_ begins
};

}  // namespace kithkin

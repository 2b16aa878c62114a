// Every article's nearest ones, exactly: all pairs of a language are measured, a block at a time,
// each once for both.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <kithkin/progress.h>
#include <kithkin/result.h>

#include "relate/list_store.h"
#include "relate/similarity.h"

namespace kithkin {

struct Neighbor {
  std::uint32_t article = 0;
  float similarity = 0;
};
/// The nearer first; of equals the earlier.
inline bool is_nearer(const Neighbor& a, const Neighbor& b) {
  return a.similarity != b.similarity ? a.similarity > b.similarity : a.article < b.article;
}

/// The articles of a language, numbered from 0: their terms in a store, their coordinates in
/// memory.
struct ArticleSet {
  const ListStore<TermWeight>* terms = nullptr;
  std::vector<std::uint32_t> numbers;     ///< in the store, ascending
  std::vector<std::int16_t> coordinates;  ///< LatentSpace::kDimensions each, or none at all

  [[nodiscard]] std::size_t size() const { return numbers.size(); }
  [[nodiscard]] std::span<const std::int16_t> place(std::size_t i) const {
    if (coordinates.empty()) return {};
    return std::span(coordinates).subspan(i * LatentSpace::kDimensions, LatentSpace::kDimensions);
  }
  /// The view holds on to `buffer`.
  Result<ArticleView> view(std::size_t i, std::vector<TermWeight>& buffer) const {
    KITHKIN_TRY(terms->read(numbers[i], buffer));
    return ArticleView{buffer, place(i)};
  }
};

/// The best so many of each article, whoever brings them, in whatever order.
class NeighborLists {
 public:
  NeighborLists(std::size_t articles, std::size_t keep);

  /// What a neighbor has to reach to be among the best of an article.
  [[nodiscard]] float least(std::size_t article) const {
    return least_[article].load(std::memory_order_relaxed);
  }
  /// Any number of threads at once.
  void offer(std::size_t article, Neighbor neighbor);

  /// Those of an article, in no order.
  [[nodiscard]] std::span<Neighbor> of(std::size_t article) {
    return std::span(neighbors_).subspan(article * keep_, counts_[article]);
  }
  [[nodiscard]] std::size_t size() const { return counts_.size(); }

 private:
  std::size_t keep_;
  std::vector<Neighbor> neighbors_;  // keep_ each; full lists are heaps, the farthest first
  std::vector<std::uint16_t> counts_;
  std::vector<std::atomic<float>> least_;
  std::vector<std::atomic_flag> locks_;
};

struct NeighborSearch {
  unsigned threads = 1;
  Progress* progress = nullptr;
  /// The similarity that counts for a pair, at most the one that was measured; 0 where one may not
  /// stand in the other's list. Empty: all count as they are. Called for few pairs.
  std::function<float(std::uint32_t a, std::uint32_t b, float similarity)> weigh{};
  /// Articles from this number on look for neighbors among those before it, which look for none;
  /// 0: all look among all.
  std::size_t first_query = 0;
};

/// Fills `lists` (as many as articles). The similarities are those of blocks, to be measured
/// again. Fails with `input` where terms cannot be read, and with `cancelled`.
Result<void> find_neighbors(const ArticleSet& articles, const NeighborSearch& search,
                            NeighborLists& lists);

/// Measures the neighbors of each article exactly and puts the nearest first.
Result<void> measure_again(const ArticleSet& articles, const NeighborSearch& search,
                           NeighborLists& lists);

/// Moves each article towards the `kNear` of the sample that lie nearest: what an article does not
/// say itself, those like it do (pseudo-relevance feedback; Rocchio 1971). `sample` are numbers of
/// articles, at most ArticleBlock::kMost.
Result<void> draw_together(ArticleSet& articles, std::span<const std::uint32_t> sample,
                           const NeighborSearch& search);

}  // namespace kithkin

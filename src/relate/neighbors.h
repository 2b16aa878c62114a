// Every article's nearest ones, exactly: all pairs of a language are measured, a block at a time,
// each once for both. Only where they are too many is there a cut (cell_search.h).
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

/// What articles are compared by: their texts (terms and latent space), their vectors, or both.
enum class Basis : std::uint8_t { text, vectors, both };

/// What a view holds on to.
struct ArticleBuffer {
  std::vector<TermWeight> terms;
  std::vector<std::int16_t> coordinates;
};

/// The articles of a language, numbered from 0: their terms in a store, their coordinates in
/// memory; where they have vectors of their own, both in a store.
struct ArticleSet {
  const ListStore<TermWeight>* terms = nullptr;
  std::vector<std::uint32_t> numbers{};     ///< in the stores, ascending
  std::vector<std::int16_t> coordinates{};  ///< LatentSpace::kDimensions each, or none at all
  /// Instead of `coordinates`: for each article `latent_size` of them, 0 where there is no latent
  /// space, and `vector_size` more where it has a vector.
  const ListStore<std::int16_t>* places = nullptr;
  std::size_t latent_size = 0, vector_size = 0;
  Basis basis = Basis::text;  ///< other than text: all articles have vectors

  [[nodiscard]] std::size_t size() const { return numbers.size(); }
  /// The coordinates in memory. Precondition: they are there.
  [[nodiscard]] std::span<const std::int16_t> place(std::size_t i) const {
    if (coordinates.empty()) return {};
    return std::span(coordinates).subspan(i * LatentSpace::kDimensions, LatentSpace::kDimensions);
  }
  /// Coordinates of a view.
  [[nodiscard]] std::size_t dimensions() const { return dimensions(basis); }
  [[nodiscard]] std::size_t dimensions(Basis by) const {
    if (places == nullptr) return coordinates.empty() ? 0 : LatentSpace::kDimensions;
    return (by == Basis::vectors ? 0 : latent_size) + (by == Basis::text ? 0 : vector_size);
  }
  /// Fails with `input`.
  Result<ArticleView> view(std::size_t i, ArticleBuffer& buffer) const {
    return view(i, basis, buffer);
  }
  Result<ArticleView> view(std::size_t i, Basis by, ArticleBuffer& buffer) const;
};

/// The best so many of each article, whoever brings them, in whatever order.
class NeighborLists {
 public:
  NeighborLists(std::size_t articles, std::size_t keep);

  /// What a neighbor has to reach to be among the best of an article.
  [[nodiscard]] float least(std::size_t article) const {
    return least_[article].load(std::memory_order_relaxed);
  }
  /// Any number of threads at once. Precondition: the neighbor was not offered before.
  void offer(std::size_t article, Neighbor neighbor);
  /// The same for one that may have been, with this similarity.
  void offer_once(std::size_t article, Neighbor neighbor);

  /// Those of an article, in no order.
  [[nodiscard]] std::span<Neighbor> of(std::size_t article) {
    return std::span(neighbors_).subspan(article * keep_, counts_[article]);
  }
  [[nodiscard]] std::size_t size() const { return counts_.size(); }

 private:
  class Lock;
  void insert(std::size_t article, Neighbor neighbor);

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
  /// Of more articles, not all pairs are measured (cell_search.h), unless some are queries. Tests
  /// and benchmarks set it low.
  std::size_t most_exact = kMostExact;
  static constexpr std::size_t kMostExact = 200000;
};

/// Fills `lists` (as many as articles). The similarities are those of blocks, to be measured
/// again. Fails with `input` where terms cannot be read, and with `cancelled`.
Result<void> find_neighbors(const ArticleSet& articles, const NeighborSearch& search,
                            NeighborLists& lists);

/// The same between two sets, of one basis, which have no article in common: those of the one look
/// among those of the other. Where there are no lists, nobody looks. `search.weigh` takes an
/// article of `rows` and one of `columns`; `search.first_query` is 0.
Result<void> find_neighbors_between(const ArticleSet& rows, NeighborLists* row_lists,
                                    const ArticleSet& columns, NeighborLists* column_lists,
                                    const NeighborSearch& search);

/// Measures the neighbors of each article exactly and puts the nearest first. They are articles of
/// `others`; `search.weigh` takes one of `articles` first.
Result<void> measure_again(const ArticleSet& articles, const ArticleSet& others,
                           const NeighborSearch& search, NeighborLists& lists);

/// Moves each article towards the `kNear` of the sample that lie nearest: what an article does not
/// say itself, those like it do (pseudo-relevance feedback; Rocchio 1971). `sample` are numbers of
/// articles, at most ArticleBlock::kMost.
Result<void> draw_together(ArticleSet& articles, std::span<const std::uint32_t> sample,
                           const NeighborSearch& search);

}  // namespace kithkin

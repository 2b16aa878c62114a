// From neighbors to the lists that are shown: what may stand in a list, in which order, and why.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include <kithkin/related.h>

#include "engine/relater.h"

namespace kithkin {

/// A term that two articles share and its part in all that they share.
struct SharedTerm {
  TermHash term = 0;
  float weight = 0;  ///< 0 to 1; 0: there is none
};

struct RelatedEntry {
  static constexpr std::size_t kReasons = 3;
  std::uint32_t article = 0;
  float score = 0;
  std::array<SharedTerm, kReasons> reasons{};  ///< the weightiest first
};

/// Pairs of articles that are copies although they ended in different clusters.
class CopyPairs {
 public:
  void add(std::uint32_t a, std::uint32_t b) {
    if (a != b) pairs_.push_back(std::uint64_t{std::min(a, b)} << 32 | std::max(a, b));
  }
  /// Call after the last add().
  void freeze();
  [[nodiscard]] bool contains(std::uint32_t a, std::uint32_t b) const;

 private:
  std::vector<std::uint64_t> pairs_;
};

/// Makes lists. Articles go by their numbers in the whole crawl.
class RelatedLists {
 public:
  /// All outlive this.
  RelatedLists(const Relater& relater, const CopyPairs& copies, const RelatedOptions& options)
      : relater_(relater), copies_(copies), options_(options) {}

  /// Neighbors an article needs, so that enough remain.
  [[nodiscard]] std::size_t pool() const;

  /// What counts of the similarity of a pair, which means what `calibration` says; 0: nothing.
  [[nodiscard]] float weigh(std::uint32_t a, std::uint32_t b, float similarity,
                            const Calibration& calibration) const;

  /// The list of an article from its neighbors, the nearest first, whose similarities mean what its
  /// language's calibration says. Fails with `input`.
  Result<std::vector<RelatedEntry>> choose(std::uint32_t article,
                                           std::span<const Neighbor> neighbors) const;

 private:
  [[nodiscard]] const ArticleFacts& facts(std::uint32_t article) const {
    return relater_.facts(article);
  }
  /// The neighbors that are taken, in order.
  [[nodiscard]] std::vector<Neighbor> pick(std::span<const Neighbor> neighbors) const;
  Result<std::vector<Neighbor>> pick_diverse(std::span<const Neighbor> neighbors,
                                             const Calibration& calibration) const;
  [[nodiscard]] bool fits(const std::vector<Neighbor>& list, const Neighbor& next) const;
  Result<void> explain(std::span<const TermWeight> own, const TermTable& places,
                       RelatedEntry& entry) const;

  const Relater& relater_;
  const CopyPairs& copies_;
  const RelatedOptions& options_;
};

}  // namespace kithkin

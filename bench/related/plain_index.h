// What the search for related articles is held against: an inverted index of one's own that
// measures the same likeness (relate/similarity.h) exactly, a query at a time. It is written as one
// would write it at first, with what is large in flat arrays: nothing is rounded, nothing is
// skipped, no pair is measured for both sides, no query shares a load with another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "relate/neighbors.h"

namespace kithkin::bench {

class PlainIndex {
 public:
  /// Of all articles of a language. Fails with `input`.
  static Result<PlainIndex> build(const ArticleSet& articles);

  /// The nearest `top` of an article, the nearest first; itself and what has nothing in common with
  /// it are not among them. The other similarities are in similarities() until the next call.
  Result<std::vector<Neighbor>> search(std::uint32_t article, std::size_t top);
  [[nodiscard]] std::span<const float> similarities() const { return similarities_; }

 private:
  struct Posting {
    std::uint32_t article;
    float weight;
  };

  const ArticleSet* articles_ = nullptr;
  TermTable terms_;
  std::vector<std::size_t> ends_;  // of a term's postings, by its place
  std::vector<Posting> postings_;
  std::vector<float> coordinates_;  // LatentSpace::kDimensions an article, or none
  std::vector<float> similarities_;
  std::vector<TermWeight> query_;
};

}  // namespace kithkin::bench

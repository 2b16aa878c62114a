// See plain_index.h.
#include "related/plain_index.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/try.h"

namespace kithkin::bench {
namespace {

constexpr std::size_t kDimensions = LatentSpace::kDimensions;

/// In sixteen partial sums, which is what a compiler needs to use vectors where the order of floats
/// is not its to change.
float dot(const float* a, const float* b) {
  constexpr std::size_t kSums = 16;
  static_assert(kDimensions % kSums == 0);
  std::array<float, kSums> sums{};
  for (std::size_t d = 0; d < kDimensions; d += kSums) {
    for (std::size_t i = 0; i < kSums; ++i)
      sums[i] += a[d + i] * b[d + i];
  }
  for (std::size_t half = kSums / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i)
      sums[i] += sums[i + half];
  }
  return sums[0];
}

}  // namespace

Result<PlainIndex> PlainIndex::build(const ArticleSet& articles) {
  PlainIndex index;
  index.articles_ = &articles;
  std::vector<TermWeight> terms;
  std::size_t all = 0;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    KITHKIN_TRY(articles.terms->read(articles.numbers[i], terms));
    all += terms.size();
  }
  index.terms_.reset(all);
  std::vector<std::size_t> counts;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    KITHKIN_TRY(articles.terms->read(articles.numbers[i], terms));
    for (const TermWeight& entry : terms) {
      const std::uint32_t term = index.terms_.insert(entry.term);
      if (term == counts.size()) counts.push_back(0);
      ++counts[term];
    }
  }
  std::size_t begin = 0;
  for (const std::size_t count : counts) {
    index.ends_.push_back(begin);
    begin += count;
  }
  index.postings_.resize(all);
  for (std::size_t i = 0; i < articles.size(); ++i) {
    KITHKIN_TRY(articles.terms->read(articles.numbers[i], terms));
    for (const TermWeight& entry : terms) {
      std::size_t& end = index.ends_[index.terms_.find(entry.term)];
      index.postings_[end++] = {static_cast<std::uint32_t>(i), entry.weight};
    }
  }
  index.coordinates_.reserve(articles.coordinates.size());
  for (const std::int16_t coordinate : articles.coordinates)
    index.coordinates_.push_back(static_cast<float>(coordinate) / kCoordinateScale);
  return index;
}

Result<std::vector<Neighbor>> PlainIndex::search(std::uint32_t article, std::size_t top) {
  KITHKIN_TRY(articles_->terms->read(articles_->numbers[article], query_));
  similarities_.assign(articles_->size(), 0);
  for (const TermWeight& entry : query_) {
    const std::uint32_t term = terms_.find(entry.term);
    for (std::size_t at = term == 0 ? 0 : ends_[term - 1]; at < ends_[term]; ++at)
      similarities_[postings_[at].article] += entry.weight * postings_[at].weight;
  }
  std::vector<Neighbor> heap;  // the farthest of the best in front
  for (std::uint32_t i = 0; i < similarities_.size(); ++i) {
    float similarity = std::sqrt(similarities_[i]);
    if (!coordinates_.empty()) {
      const float places =
          dot(coordinates_.data() + article * kDimensions, coordinates_.data() + i * kDimensions);
      similarity = kTermShare * similarity + (1 - kTermShare) * places;
    }
    similarity = std::clamp(similarity, 0.0F, 1.0F);
    similarities_[i] = similarity;
    if (i == article || similarity <= 0) continue;
    if (heap.size() == top) {
      if (similarity <= heap.front().similarity) continue;
      std::pop_heap(heap.begin(), heap.end(), is_nearer);
      heap.pop_back();
    }
    heap.push_back({i, similarity});
    std::push_heap(heap.begin(), heap.end(), is_nearer);
  }
  std::sort_heap(heap.begin(), heap.end(), is_nearer);
  return heap;
}

}  // namespace kithkin::bench

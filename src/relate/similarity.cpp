// See similarity.h. Terms lie in an inverted index: for each term of a row, its articles of the
// block get their product added. Sums have sixteen bits: weights of a unit vector times 230, of at
// most TermWeigher::kMost terms, cannot bring their products over 65535. Frequent terms lie in
// columns instead, which keeps the lists short: what they cost grows with the square of how many
// articles have a term.
#include "relate/similarity.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kithkin {
namespace {

constexpr float kWeightScale = 230;
constexpr std::size_t kRareShare = 24, kMostColumns = 1024;

std::uint8_t small_weight(float weight) {
  return static_cast<std::uint8_t>(std::lrintf(std::min(weight, 1.0F) * kWeightScale));
}

/// No sum of some of the products exceeds that of the lengths, 2^28 and a little in each space.
float place_cosine(std::span<const std::int16_t> a, std::span<const std::int16_t> b) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += std::int32_t{a[i]} * b[i];
  return static_cast<float>(sum) / (kCoordinateScale * kCoordinateScale);
}

}  // namespace

float similarity(const ArticleView& a, const ArticleView& b) {
  Measurer measurer;
  measurer.set(a);
  return measurer.similarity_to(b);
}

void Measurer::set(const ArticleView& article) {
  article_ = article;
  terms_.reset(article.terms.size());
  filter_.fill(0);
  for (const TermWeight& entry : article.terms) {
    terms_.insert(entry.term);
    filter_[filter_bit(entry.term) / 64] |= std::uint64_t{1} << filter_bit(entry.term) % 64;
  }
}

float Measurer::similarity_to(const ArticleView& other) const {
  constexpr std::size_t kAtOnce = 64;
  std::array<std::uint32_t, kAtOnce> likely;
  double sum = 0;
  for (std::size_t begin = 0; begin < other.terms.size(); begin += kAtOnce) {
    const auto terms = other.terms.subspan(begin, std::min(kAtOnce, other.terms.size() - begin));
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < terms.size(); ++i) {
      const std::uint32_t bit = filter_bit(terms[i].term);
      likely[count] = i;
      count += filter_[bit / 64] >> bit % 64 & 1;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const TermWeight& entry = terms[likely[i]];
      const std::uint32_t place = terms_.find(entry.term);
      if (place != TermTable::kNone)
        sum += static_cast<double>(article_.terms[place].weight) * entry.weight;
    }
  }
  const auto terms = static_cast<float>(std::sqrt(sum));
  if (other.coordinates.empty()) return std::min(terms, 1.0F);
  const float places =
      place_cosine(article_.coordinates, other.coordinates) / static_cast<float>(other.spaces);
  return std::clamp(kTermShare * terms + (1 - kTermShare) * places, 0.0F, 1.0F);
}

void ArticleBlock::clear() {
  size_ = 0;
  unsorted_.clear();
  rows_.clear();
}

void ArticleBlock::add(const ArticleView& article) {
  assert(size_ < kMost);
  for (const TermWeight& entry : article.terms) {
    const std::uint8_t weight = small_weight(entry.weight);
    if (weight > 0) unsorted_.push_back({entry.term, {static_cast<std::uint16_t>(size_), weight}});
  }
  rows_.insert(rows_.end(), article.coordinates.begin(), article.coordinates.end());
  dimensions_ = article.coordinates.size();
  spaces_ = article.spaces;
  ++size_;
}

/// Terms of more than one article in kRareShare get a column, the most frequent first: a column
/// costs a product for every article, a list one for every article in it, but a dear one.
void ArticleBlock::make_columns() {
  std::vector<std::uint32_t> frequent;
  for (std::uint32_t i = 0; i < ranges_.size(); ++i) {
    if (ranges_[i].end * kRareShare > size_ + kLanes) frequent.push_back(i);
  }
  std::sort(frequent.begin(), frequent.end(), [&](std::uint32_t a, std::uint32_t b) {
    return ranges_[a].end != ranges_[b].end ? ranges_[a].end > ranges_[b].end : a < b;
  });
  frequent.resize(std::min(frequent.size(), kMostColumns));
  for (std::uint32_t column = 0; column < frequent.size(); ++column)
    ranges_[frequent[column]].column = column;
  columns_.assign(frequent.size() * stride(), 0);
}

void ArticleBlock::finish() {
  // Postings to their terms' ranges, articles ascending in each: a counting sort.
  terms_.reset(unsorted_.size());
  ranges_.clear();
  for (const UnsortedPosting& unsorted : unsorted_) {
    const std::uint32_t place = terms_.insert(unsorted.term);
    if (place == ranges_.size()) ranges_.push_back({0, 0, kNoColumn});
    ++ranges_[place].end;
  }
  shrink_table();
  make_columns();
  std::uint32_t begin = 0;
  for (Range& range : ranges_) {
    const std::uint32_t count = range.column == kNoColumn ? range.end : 0;
    range.begin = range.end = begin;
    begin += count;
  }
  postings_.resize(begin);
  for (const UnsortedPosting& unsorted : unsorted_) {
    const Posting posting = unsorted.posting;
    Range& range = ranges_[terms_.find(unsorted.term)];
    if (range.column != kNoColumn)
      columns_[range.column * stride() + posting.place] = static_cast<std::uint8_t>(posting.weight);
    else
      postings_[range.end++] = posting;
  }
  coordinates_ = interleave(rows_, dimensions_);
}

/// There are many postings to a term: a table that has room for as many terms lies scattered over
/// more memory than is near.
void ArticleBlock::shrink_table() {
  std::vector<TermHash> terms(ranges_.size());
  for (const UnsortedPosting& unsorted : unsorted_)
    terms[terms_.find(unsorted.term)] = unsorted.term;
  terms_.reset(terms.size());
  for (const TermHash term : terms)
    terms_.insert(term);
}

/// The sums of the products of a row's terms and those of each article. All terms are looked up
/// before any is added, so that the processor waits for memory once and not for each.
void ArticleBlock::add_terms(std::span<const TermWeight> terms, Scratch& scratch,
                             std::vector<std::uint16_t>& sums) const {
  scratch.lists.clear();
  scratch.columns.clear();
  for (const TermWeight& entry : terms) {
    const std::uint32_t term = terms_.find(entry.term);
    const std::uint16_t weight = small_weight(entry.weight);
    if (term == TermTable::kNone || weight == 0) continue;
    const Range range = ranges_[term];
    if (range.column != kNoColumn) {
      const std::uint8_t* weights = columns_.data() + range.column * stride() + scratch.first;
      scratch.columns.push_back({weights, weight});
      continue;
    }
    const Posting* begin = postings_.data() + range.begin;
    const Posting* end = postings_.data() + range.end;
    if (scratch.first > 0) {
      begin = std::lower_bound(begin, end, scratch.first, [](const Posting& at, std::size_t place) {
        return at.place < place;
      });
    }
    __builtin_prefetch(begin);
    scratch.lists.push_back({begin, end, weight});
  }
  sums.resize(places() - scratch.first);
  add_columns(scratch.columns, sums);
  for (const List& list : scratch.lists) {
    for (const Posting* at = list.begin; at < list.end; ++at) {
      std::uint16_t& sum = sums[at->place - scratch.first];
      sum = static_cast<std::uint16_t>(sum + list.weight * at->weight);
    }
  }
}

void ArticleBlock::measure(std::span<const ArticleView> rows, Scratch& scratch,
                           std::size_t first) const {
  scratch.first = first;
  for (std::size_t row = 0; row < rows.size(); ++row)
    add_terms(rows[row].terms, scratch, scratch.terms[row]);
  if (coordinates_.empty()) return;
  std::array<const std::int16_t*, kRowsAtOnce> vectors;
  for (std::size_t row = 0; row < kRowsAtOnce; ++row)
    vectors[row] = rows[std::min(row, rows.size() - 1)].coordinates.data();
  scratch.dots.resize(kRowsAtOnce * (places() - first));
  dot_rows(vectors.data(), std::span(coordinates_).subspan(first * dimensions_), dimensions_,
           scratch.dots.data());
}

void ArticleBlock::select(const Scratch& scratch, std::size_t row, float row_least,
                          std::span<const float> least, std::vector<Hit>& hits) const {
  const Mixture both{
      kTermShare / kWeightScale,
      (1 - kTermShare) / (kCoordinateScale * kCoordinateScale * static_cast<float>(spaces_))};
  constexpr Mixture kTermsOnly{1 / kWeightScale, 0};
  const bool has_places = !coordinates_.empty();
  Measured measured{scratch.terms[row]};
  if (has_places) measured.dots = scratch.dots.data() + row * (places() - scratch.first);
  hits.clear();
  select_hits(measured, has_places ? both : kTermsOnly, row_least, least.subspan(scratch.first),
              hits);
  for (Hit& hit : hits)
    hit.place += static_cast<std::uint32_t>(scratch.first);
}

}  // namespace kithkin

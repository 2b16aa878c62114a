// How alike two articles are: half by the terms they share, half by where they lie in the latent
// space and, where they have vectors, in the space of those. The exact measure, and the block of
// articles against which many can be measured at once.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "relate/kernels.h"
#include "relate/latent.h"
#include "relate/term_table.h"

namespace kithkin {

/// An article as it is compared. Terms ascend and have unit length together, less
/// where they tell little of it, or are none; coordinates (quantize()) have the same length, or are
/// all zero. Where a language has too few articles for a latent space, none of them has any, and
/// the terms decide alone. Coordinates of two spaces stand one after the other.
struct ArticleView {
  std::span<const TermWeight> terms;
  std::span<const std::int16_t> coordinates;
  std::uint32_t spaces = 1;  ///< in which the coordinates are, 1 or 2; the same for all compared
};

/// The share of the terms in a similarity. The root makes the two parts alike in scale: the cosine
/// of terms of two accounts of one event is about .3, that of their places .9.
inline constexpr float kTermShare = 0.45F;

/// kTermShare * sqrt(cosine of the terms) + (1 - kTermShare) * mean cosine of the places, at
/// least 0.
float similarity(const ArticleView& a, const ArticleView& b);

/// One article to be measured against some others: looks terms up instead of merging lists. Most
/// terms of another are not in it, which a bit tells of all but one in thirty of them.
class Measurer {
 public:
  /// The view outlives this use of it.
  void set(const ArticleView& article);
  /// similarity() of the article and another.
  [[nodiscard]] float similarity_to(const ArticleView& other) const;

 private:
  static constexpr std::size_t kFilterBits = 4096;
  static std::uint32_t filter_bit(TermHash term) { return (term * 0x9e3779b1U) >> 20; }

  ArticleView article_;
  TermTable terms_;
  std::array<std::uint64_t, kFilterBits / 64> filter_{};
};

/// Articles lying side by side, to be measured against four others at a time. Weights of terms are
/// rounded to eighths of a bit of their sum, so a similarity may be off by about .01: what is found
/// here is measured again.
class ArticleBlock {
 public:
  static constexpr std::size_t kMost = 16384;

  /// Articles of so many coordinates that a block should hold: their coordinates stay near.
  static std::size_t most(std::size_t dimensions) {
    constexpr std::size_t kCoordinates = kMost * 256, kLeast = 256;
    if (dimensions * kMost <= kCoordinates) return kMost;
    return std::max(kCoordinates / dimensions / kLanes * kLanes, kLeast);
  }

  void clear();
  /// Precondition: fewer than kMost so far, all with as many coordinates.
  void add(const ArticleView& article);
  /// Call after the last add().
  void finish();

  [[nodiscard]] std::size_t size() const { return size_; }
  /// A multiple of kLanes, at least size().
  [[nodiscard]] std::size_t places() const { return (size_ + kLanes - 1) / kLanes * kLanes; }

  /// The articles with a term of a row, and what it weighs there.
  struct Posting {
    std::uint16_t place;
    std::uint16_t weight;
  };
  struct List {
    const Posting *begin, *end;
    std::uint32_t weight;
  };

  /// Room for measuring; one per thread.
  struct Scratch {
    std::size_t first = 0;  // what was measured is of the places from here on
    std::array<std::vector<std::uint16_t>, kRowsAtOnce> terms;  // sums of products
    std::vector<std::int32_t> dots;
    std::vector<TermColumn> columns;  // of a row's frequent terms
    std::vector<List> lists;          // of its others
  };

  /// Measures up to kRowsAtOnce articles against those of the block from `first` on, a multiple of
  /// kLanes.
  void measure(std::span<const ArticleView> rows, Scratch& scratch, std::size_t first = 0) const;

  /// What measured row `row` found: places with at least `row_least`, or at least `least` of their
  /// own (places() of them). Replaces `hits`.
  void select(const Scratch& scratch, std::size_t row, float row_least,
              std::span<const float> least, std::vector<Hit>& hits) const;

 private:
  struct UnsortedPosting {
    TermHash term;
    Posting posting;
  };
  /// Where the articles with a term are: in the lists, or in a column.
  struct Range {
    std::uint32_t begin, end;
    std::uint32_t column;  // kNoColumn, or that of a frequent term
  };
  static constexpr std::uint32_t kNoColumn = UINT32_MAX;
  /// From column to column: of powers of two, all would begin at one place of a cache.
  [[nodiscard]] std::size_t stride() const { return places() + 192; }
  void shrink_table();
  void make_columns();
  void add_terms(std::span<const TermWeight> terms, Scratch& scratch,
                 std::vector<std::uint16_t>& sums) const;

  std::size_t size_ = 0;
  std::vector<UnsortedPosting> unsorted_;
  TermTable terms_;
  std::vector<Range> ranges_;      // of a term, by its place
  std::vector<Posting> postings_;  // by term, then by place
  std::vector<std::int16_t> rows_, coordinates_;
  std::size_t dimensions_ = 0;
  std::uint32_t spaces_ = 1;
  std::vector<std::uint8_t> columns_;  // of each frequent term its weights, by place
};

}  // namespace kithkin

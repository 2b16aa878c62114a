// How blocks are measured: rows read four at a time, by several threads.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "base/try.h"
#include "relate/neighbors.h"

namespace kithkin {

inline constexpr std::size_t kRowsPerTask = 64;
inline constexpr float kUnlike = 1e-3F;  // what is no nearer is no neighbor

/// Reads rows four at a time, and measures them.
class RowReader {
 public:
  /// Measures up to kRowsAtOnce rows of the articles against a block, from a place on.
  Result<void> measure(const ArticleSet& articles, const ArticleBlock& block,
                       std::span<const std::uint32_t> rows, std::size_t place = 0) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      KITHKIN_TRY_ASSIGN(views_[row], articles.view(rows[row], buffers_[row]));
    }
    block.measure(std::span(views_).first(rows.size()), scratch_, place);
    return {};
  }
  /// The same for rows [first, first + count).
  Result<void> measure(const ArticleSet& articles, const ArticleBlock& block, std::size_t first,
                       std::size_t count, std::size_t place = 0) {
    std::array<std::uint32_t, kRowsAtOnce> rows{};
    std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(first));
    return measure(articles, block, std::span(rows).first(count), place);
  }
  [[nodiscard]] const ArticleBlock::Scratch& scratch() const { return scratch_; }

  /// Puts at least `wanted` places into `hits`, the nearest among them, where there are as many.
  /// What the last row needed is a good guess for this one.
  void find_nearest(const ArticleBlock& block, std::size_t row, std::size_t wanted,
                    std::span<const float> own) {
    for (;; guess_ *= 0.8F) {
      block.select(scratch_, row, guess_ < kUnlike ? kUnlike : guess_, own, hits);
      if (hits.size() >= wanted || guess_ < kUnlike) break;
    }
    if (hits.size() > 8 * wanted || guess_ < kUnlike) guess_ = std::max(guess_, kUnlike) * 1.15F;
  }
  std::vector<Hit> hits;
  std::vector<float> least;  // that the block's articles want

 private:
  std::array<ArticleBuffer, kRowsAtOnce> buffers_;
  std::array<ArticleView, kRowsAtOnce> views_;
  ArticleBlock::Scratch scratch_;
  float guess_ = 0.5F;
};

/// Lays out members of the articles as a block.
inline Result<void> fill(const ArticleSet& articles, std::span<const std::uint32_t> members,
                         ArticleBlock& block) {
  block.clear();
  ArticleBuffer buffer;
  for (const std::uint32_t i : members) {
    KITHKIN_TRY_ASSIGN(const ArticleView view, articles.view(i, buffer));
    block.add(view);
  }
  block.finish();
  return {};
}

/// Calls task(reader, first row, count) for rows [0, end), four at a time.
template <class Task>
Result<void> for_rows(std::size_t end, const NeighborSearch& search,
                      std::vector<RowReader>& readers, Task task) {
  const std::size_t tasks = (end + kRowsPerTask - 1) / kRowsPerTask;
  return parallel_for(
      search.threads, tasks, [&](unsigned thread, std::size_t number) -> Result<void> {
        if (search.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
        const std::size_t last = std::min(end, (number + 1) * kRowsPerTask);
        for (std::size_t row = number * kRowsPerTask; row < last; row += kRowsAtOnce)
          KITHKIN_TRY(task(readers[thread], row, std::min(kRowsAtOnce, last - row)));
        return {};
      });
}

}  // namespace kithkin

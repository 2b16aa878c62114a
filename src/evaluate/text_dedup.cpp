// See text_dedup.h. Tests: tests/unit/evaluate/text_dedup_test.cpp, against its definition.
#include "evaluate/text_dedup.h"

#include <algorithm>
#include <vector>

#include "base/radix_sort.h"

namespace kithkin {
namespace {

class Classes {
 public:
  /// `matched` of the `labelled` copies are among the `found` ones.
  void add(std::uint64_t labelled, std::uint64_t found, std::uint64_t matched) {
    ++documents_;
    if (labelled == matched && found == matched) ++equal_;
    if (found == 0)
      ++(labelled == 0 ? true_negatives_ : false_negatives_);
    else
      ++(labelled > 0 && matched == labelled ? true_positives_ : false_positives_);
  }

  [[nodiscard]] TextDedupScores scores() const {
    const auto share = [](std::uint64_t part, std::uint64_t rest, double of_nothing) {
      if (part + rest == 0) return of_nothing;
      return static_cast<double>(part) / static_cast<double>(part + rest);
    };
    return {(share(true_positives_, false_positives_, 0) +
             share(true_negatives_, false_negatives_, 0)) /
                2,
            share(equal_, documents_ - equal_, 1)};
  }

 private:
  std::uint64_t documents_ = 0, equal_ = 0;
  std::uint64_t true_positives_ = 0, false_positives_ = 0;
  std::uint64_t true_negatives_ = 0, false_negatives_ = 0;
};

/// How many documents have each number.
std::vector<std::uint32_t> sizes(std::span<const std::uint32_t> numbers) {
  std::vector<std::uint32_t> out;
  for (const std::uint32_t number : numbers) {
    if (number >= out.size()) out.resize(std::size_t{number} + 1);
    ++out[number];
  }
  return out;
}

}  // namespace

TextDedupScores text_dedup_scores(std::span<const std::uint32_t> predicted,
                                  std::span<const std::uint32_t> truth) {
  const auto found = sizes(predicted), labelled = sizes(truth);
  std::vector<std::uint64_t> cells(predicted.size());
  for (std::size_t i = 0; i < cells.size(); ++i)
    cells[i] = std::uint64_t{predicted[i]} << 32 | truth[i];
  radix_sort(cells);
  Classes classes;
  for (std::size_t begin = 0, end = 0; begin < cells.size(); begin = end) {
    while (end < cells.size() && cells[end] == cells[begin])
      ++end;
    for (std::size_t i = begin; i < end; ++i)
      classes.add(labelled[cells[i] & UINT32_MAX] - 1, found[cells[i] >> 32] - 1, end - begin - 1);
  }
  return classes.scores();
}

TextDedupScores text_dedup_scores(std::span<const std::uint32_t> predicted,
                                  std::span<const JudgedPair> pairs) {
  const auto found = sizes(predicted);
  std::vector<std::uint32_t> labelled(predicted.size()), matched(predicted.size());
  for (const auto& [a, b, positive] : pairs) {
    if (!positive) continue;
    const bool together = predicted[a] == predicted[b];
    ++labelled[a], ++labelled[b];
    matched[a] += together, matched[b] += together;
  }
  Classes classes;
  for (std::size_t i = 0; i < predicted.size(); ++i)
    classes.add(labelled[i], found[predicted[i]] - 1, matched[i]);
  return classes.scores();
}

}  // namespace kithkin

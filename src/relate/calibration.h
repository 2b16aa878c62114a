// What a similarity means: how rarely two articles taken at random are as alike.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace kithkin {

/// Turns similarities into scores from 0 to 1 that mean the same in every language and crawl. With
/// r the rarity, -log10 of the chance that two random articles are as alike, the score is
/// r^4 / (3^4 + r^4): one pair in ten has .01, in a hundred .16, in a thousand .5, in ten thousand
/// .76, in a million .94. So random pairs reach score s with probability
/// 10^(-3 * (s / (1 - s))^(1/4)). The common part comes from the similarities of random pairs;
/// beyond the highest hundredth, where there are too few to count, their tail is taken to fall
/// exponentially. Ascending in the similarity; the fourth power, because people see no difference
/// between pairs that are not related at all (docs/decisions/0012).
class Calibration {
 public:
  static constexpr std::size_t kLeastPairs = 200;

  /// What is known where too few pairs are: a curve in the middle of what real crawls give.
  Calibration();

  /// From the similarities of random pairs (at least kLeastPairs), in any order.
  explicit Calibration(std::vector<float> random);

  [[nodiscard]] float score(float similarity) const;

  /// -log10 of the chance that a random pair is as alike; may go beyond 6.
  [[nodiscard]] float rarity(float similarity) const;

  /// The similarity that is so rare.
  [[nodiscard]] float similarity_of_rarity(float rarity) const;

  /// The similarity that has `share` (above 0, up to 1) of the score of another.
  [[nodiscard]] float faded(float similarity, float share) const;

 private:
  struct Knot {
    float similarity, rarity;
  };
  static constexpr std::size_t kKnots = 32;
  void set_tail(float begin, float mean_excess);

  std::array<Knot, kKnots> knots_{};  // ascending in both
  float per_similarity_ = 0;          // how the rarity grows beyond the last knot
};

}  // namespace kithkin

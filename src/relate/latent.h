// A latent space: few directions in which a crawl's articles differ most, so that articles on one
// matter are near each other even where they use other words. Latent semantic indexing (Deerwester
// and others 1990) by a randomized SVD (Halko, Martinsson, Tropp 2011).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "relate/term_table.h"

namespace kithkin {

/// A term and what it weighs in an article.
struct TermWeight {
  TermHash term = 0;
  float weight = 0;
};

class LatentSpace {
 public:
  static constexpr std::size_t kDimensions = 64;

  /// Learns from articles of unit length; from fewer than 24 nothing is learned. Directions are
  /// stretched by the square root of their singular values, large themes count for more, and by
  /// the root of the share of the value's square that is above the first left out. An article
  /// teaches less the more are like it.
  /// About 8 * kDimensions flops a term of an article; 256 bytes a term that stands in two.
  static LatentSpace learn(const std::vector<std::vector<TermWeight>>& articles);

  [[nodiscard]] bool is_empty() const { return dimensions_ == 0; }

  /// Where an article lies: `out` (kDimensions) has unit length, or is zero where nothing in the
  /// article is known here.
  void project(std::span<const TermWeight> article, std::span<float> out) const;

 private:
  std::size_t dimensions_ = 0;
  TermTable terms_;
  std::vector<float> directions_;  // by term, kDimensions each, stretched
};

/// Coordinates as they are stored: 2^14 is length 1.
inline constexpr float kCoordinateScale = 16384;
void quantize(std::span<const float> unit, std::span<std::int16_t> out);

float length_of(std::span<const float> vector);

/// Makes the length 1; false when there is none.
bool normalize(std::span<float> vector);

}  // namespace kithkin

// The user's own dense vectors: of one length, with what all of a language share taken off, so that
// they can lie beside the coordinates of the latent space.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "relate/list_store.h"

namespace kithkin {

/// Fills `out` with a vector of unit length; false when `vector` has no direction (all zeros, or no
/// numbers at all). Any finite numbers will do.
bool unit_vector(std::span<const double> vector, std::vector<float>& out);

/// Models give all their vectors much in common, and those of each language some more; cosines then
/// tell little, and languages apart instead of matters. So the mean is taken off (Mu and Viswanath
/// 2018; by language: Libovický, Rosa, Fraser 2020). Filled by one thread, article by article; 8
/// bytes an article resident, 4 bytes a number in the spill.
class VectorSpace {
 public:
  static constexpr std::size_t kMostDimensions = 16384;
  static constexpr std::size_t kLeastCentered = 24;  ///< articles; of fewer the mean says nothing

  VectorSpace(std::string path, std::size_t memory) : vectors_(std::move(path), memory) {}

  /// The vector of the next article: of unit length, or empty where it has none.
  Result<void> append(std::span<const float> vector) { return vectors_.append(vector); }

  /// Takes the length that most articles have (of as many the one that comes first) and learns the
  /// means. `languages`: of each article, or kNotLearned where it teaches nothing. Fails with
  /// `input`.
  static constexpr std::uint32_t kNotLearned = UINT32_MAX;
  Result<void> learn(std::span<const std::uint32_t> languages);

  /// Articles so far.
  [[nodiscard]] std::size_t size() const { return vectors_.size(); }
  /// Numbers of a vector; 0 when nothing was learned.
  [[nodiscard]] std::size_t dimensions() const { return dimensions_; }
  /// Those of a stored place: dimensions(), or one more, since kernels take pairs.
  [[nodiscard]] std::size_t place_size() const { return (dimensions_ + 1) / 2 * 2; }
  /// Of the vector that was appended, whatever its length.
  [[nodiscard]] std::size_t length(std::size_t article) const { return vectors_.length(article); }

  /// Where an article of a language lies, quantized (latent.h), all zeros where it lies in the
  /// middle. Precondition: length(article) == dimensions(). Fails with `input`.
  Result<void> place(std::size_t article, std::uint32_t language,
                     std::vector<std::int16_t>& out) const;

  [[nodiscard]] std::uint64_t spilled_bytes() const { return vectors_.spilled_bytes(); }

 private:
  ListStore<float> vectors_;
  std::size_t dimensions_ = 0;
  std::vector<float> mean_;                               // of all
  std::map<std::uint32_t, std::vector<float>> language_;  // the middle of each
};

}  // namespace kithkin

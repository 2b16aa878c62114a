// MinHash: a shingle set as a fixed number of minima.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <kithkin/result.h>

#include "base/hash.h"

namespace kithkin {

struct MinHashOptions {
  std::uint32_t length = 128;  ///< minima, 1 to 1024
  std::uint64_t seed = 1;
};

/// Turns a shingle set into a MinHash signature. The share of equal minima in two signatures
/// estimates resemblance with standard error at most 0.5/sqrt(length). Broder 1997.
/// Immutable after create(); safe to share between threads.
class MinHasher {
 public:
  /// Fails with invalid_argument unless 1 <= options.length <= 1024.
  static Result<MinHasher> create(const MinHashOptions& options);

  /// Fills `signature` (size must be options().length) with minima. Repeats do not matter. An
  /// empty set gives all-ones. O(shingles * length), allocates nothing.
  void sign(std::span<const ShingleHash> shingles,
            std::span<std::uint32_t> signature) const noexcept;

  [[nodiscard]] const MinHashOptions& options() const noexcept { return options_; }

  /// The family: minimum i is taken over multiplier(i) * (shingle >> 32) + addend(i) mod 2^32.
  [[nodiscard]] std::uint32_t multiplier(std::uint32_t i) const { return multipliers_[i]; }
  [[nodiscard]] std::uint32_t addend(std::uint32_t i) const { return addends_[i]; }

 private:
  explicit MinHasher(const MinHashOptions& options);
  MinHashOptions options_;
  std::vector<std::uint32_t> multipliers_, addends_;  // padded to whole lanes
};

/// The share of equal minima. Precondition: equal sizes, not 0.
double estimated_resemblance(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace kithkin

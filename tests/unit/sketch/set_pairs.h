// Pairs of sets with a resemblance that is known.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "unit/base/random.h"

namespace kithkin {

/// Two sets of equal size.
struct SetPair {
  std::vector<ShingleHash> a, b;
  std::size_t common = 0;

  [[nodiscard]] double resemblance() const {
    return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
  }
  [[nodiscard]] double cosine() const {
    return static_cast<double>(common) / static_cast<double>(a.size());
  }
};

/// Random sets of `size` shingles, `common` of which are in both.
inline SetPair make_sets_with(std::size_t size, std::size_t common, Random& random) {
  SetPair pair;
  pair.common = common;
  pair.a = random.words(size);
  pair.b = random.words(size);
  for (std::size_t i = 0; i < common; ++i)
    pair.b[i] = pair.a[i];
  return pair;
}

/// The same with the resemblance nearest to `wanted`.
inline SetPair make_sets_like(std::size_t size, double wanted, Random& random) {
  const double common = 2 * wanted / (1 + wanted) * static_cast<double>(size);
  return make_sets_with(size, static_cast<std::size_t>(std::lround(common)), random);
}

}  // namespace kithkin

// Articles for tests: invented terms and places, and a store to keep them in.
#pragma once

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <utility>
#include <vector>

#include "relate/neighbors.h"
#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {

using Terms = std::vector<TermWeight>;
using Coordinates = std::vector<std::int16_t>;

/// Ascending, each term once, of unit length.
inline Terms unit_terms(Terms terms) {
  std::sort(terms.begin(), terms.end(),
            [](const TermWeight& a, const TermWeight& b) { return a.term < b.term; });
  Terms out;
  double square = 0;
  for (const TermWeight& entry : terms) {
    if (out.empty() || out.back().term != entry.term) out.push_back(entry);
  }
  for (const TermWeight& entry : out)
    square += static_cast<double>(entry.weight) * entry.weight;
  for (TermWeight& entry : out)
    entry.weight = static_cast<float>(entry.weight / std::sqrt(square));
  return out;
}

/// The cosine of terms of unit length, the slow way.
inline double term_cosine(const Terms& a, const Terms& b) {
  double sum = 0;
  for (const TermWeight& of_a : a) {
    for (const TermWeight& of_b : b) {
      if (of_a.term == of_b.term) sum += static_cast<double>(of_a.weight) * of_b.weight;
    }
  }
  return sum;
}

/// About `count` of the terms 1 to `known`, the first ones more often.
inline Terms random_terms(Random& random, std::size_t count, std::size_t known) {
  Terms out;
  for (std::size_t i = 0; i < count; ++i) {
    const double at = random.unit() * random.unit();
    out.push_back({static_cast<TermHash>(1 + at * static_cast<double>(known)),
                   static_cast<float>(0.1 + random.unit())});
  }
  return unit_terms(out);
}

inline Coordinates random_place(Random& random) {
  std::vector<float> unit(LatentSpace::kDimensions);
  for (float& x : unit)
    x = static_cast<float>(random.unit() + random.unit() - 1);
  EXPECT_TRUE(normalize(unit));
  Coordinates out(unit.size());
  quantize(unit, out);
  return out;
}

/// Articles in memory, and the same as a set in a store.
class TestArticles {
 public:
  void add(const Terms& terms, const Coordinates& coordinates) {
    EXPECT_TRUE(store_.append(terms));
    set_.terms = &store_;
    set_.numbers.push_back(static_cast<std::uint32_t>(terms_.size()));
    set_.coordinates.insert(set_.coordinates.end(), coordinates.begin(), coordinates.end());
    terms_.push_back(terms);
    coordinates_.push_back(coordinates);
  }
  [[nodiscard]] std::size_t size() const { return terms_.size(); }
  [[nodiscard]] ArticleView view(std::size_t i) const { return {terms_[i], coordinates_[i]}; }
  ArticleSet& set() { return set_; }
  [[nodiscard]] const ArticleSet& set() const { return set_; }

 private:
  TemporaryDirectory directory_ = make_test_directory();
  ListStore<TermWeight> store_{directory_.file("terms"), 1 << 20};
  ArticleSet set_;
  std::vector<Terms> terms_;
  std::vector<Coordinates> coordinates_;
};

}  // namespace kithkin

// Articles with vectors of their own: what they are compared by, one by one, in blocks and in
// searches between two sets.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

#include "relate/neighbors.h"
#include "unit/relate/articles.h"

namespace kithkin {
namespace {

constexpr std::size_t kLatent = LatentSpace::kDimensions;
constexpr std::size_t kPlacesKept = 5;
constexpr float kPlacesOff = 0.015F;

Coordinates random_unit_place(Random& random, std::size_t dimensions) {
  std::vector<float> unit(dimensions);
  for (float& x : unit)
    x = static_cast<float>(random.unit() + random.unit() - 1);
  unit[0] += 2;  // so that most are alike
  EXPECT_TRUE(normalize(unit));
  Coordinates out(dimensions);
  quantize(unit, out);
  return out;
}

double cosine(std::span<const std::int16_t> a, std::span<const std::int16_t> b) {
  double out = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    out += static_cast<double>(a[i]) * b[i];
  return out / kCoordinateScale / kCoordinateScale;
}

/// Articles whose places are in a store, every third one without a vector.
struct Stored {
  Stored(std::size_t size, std::size_t latent_size, std::size_t vector_size, std::uint64_t seed) {
    Random random(seed);
    for (std::uint32_t i = 0; i < size; ++i) {
      terms.push_back(random_terms(random, 3 + random.below(40), 600));
      EXPECT_TRUE(term_store.append(terms.back()));
      Coordinates place;
      if (latent_size > 0) place = random_unit_place(random, latent_size);
      if (i % 3 != 2) {
        const Coordinates vector = random_unit_place(random, vector_size);
        place.insert(place.end(), vector.begin(), vector.end());
      }
      EXPECT_TRUE(place_store.append(place));
      places.push_back(place);
    }
    all.terms = &term_store;
    all.places = &place_store;
    all.latent_size = latent_size;
    all.vector_size = vector_size;
  }
  /// Those with or without vectors whose number leaves `rest` when divided by two.
  [[nodiscard]] ArticleSet half(Basis basis, std::uint32_t rest) const {
    ArticleSet set = all;
    set.basis = basis;
    for (std::uint32_t i = rest; i < places.size(); i += 2) {
      if (basis == Basis::text || i % 3 != 2) set.numbers.push_back(i);
    }
    return set;
  }

  TemporaryDirectory directory = make_test_directory();
  ListStore<TermWeight> term_store{directory.file("terms"), 1 << 16};
  ListStore<std::int16_t> place_store{directory.file("places"), 1 << 16};
  std::vector<Terms> terms;
  std::vector<Coordinates> places;
  ArticleSet all;
};

TEST(ArticlesWithVectors, AreComparedByWhatIsAskedFor) {
  const Stored stored(60, kLatent, 10, 1);
  ArticleSet set = stored.all;
  for (std::uint32_t i = 0; i < 60; ++i)
    set.numbers.push_back(i);
  ArticleBuffer of_a, of_b;
  for (const std::size_t b : {1, 2, 3, 4, 30}) {
    const Coordinates &place_a = stored.places[0], &place_b = stored.places[b];
    const auto latent = [](const Coordinates& place) { return std::span(place).first(kLatent); };
    const auto vector = [](const Coordinates& place) { return std::span(place).subspan(kLatent); };
    const double terms = std::sqrt(term_cosine(stored.terms[0], stored.terms[b]));
    const double by_latent = cosine(latent(place_a), latent(place_b));
    const auto measured = [&](Basis basis) {
      return similarity(*set.view(0, basis, of_a), *set.view(b, basis, of_b));
    };
    EXPECT_NEAR(measured(Basis::text), kTermShare * terms + (1 - kTermShare) * by_latent, 1e-4);
    if (b % 3 == 2) continue;
    const double by_vector = cosine(vector(place_a), vector(place_b));
    EXPECT_NEAR(measured(Basis::vectors), (1 - kTermShare) * by_vector, 1e-4);
    EXPECT_NEAR(measured(Basis::both),
                kTermShare * terms + (1 - kTermShare) * (by_latent + by_vector) / 2, 1e-4);
  }
}

TEST(ArticlesWithVectors, AreComparedByTermsAndVectorsWhereThereIsNoLatentSpace) {
  const Stored stored(4, 0, 6, 2);
  ArticleSet set = stored.all;
  set.numbers = {0, 1};
  ArticleBuffer of_a, of_b;
  const float both = similarity(*set.view(0, Basis::both, of_a), *set.view(1, Basis::both, of_b));
  const double terms = std::sqrt(term_cosine(stored.terms[0], stored.terms[1]));
  EXPECT_NEAR(both,
              kTermShare * terms + (1 - kTermShare) * cosine(stored.places[0], stored.places[1]),
              1e-4);
  EXPECT_NEAR(similarity(*set.view(0, Basis::text, of_a), *set.view(1, Basis::text, of_b)), terms,
              1e-4);
}

/// The nearest of each article of a set among those of another, by the exact measure.
void expect_nearest(const ArticleSet& set, const ArticleSet& others, NeighborLists& lists) {
  ArticleBuffer of_a, of_b;
  for (std::size_t i = 0; i < set.size(); ++i) {
    std::vector<Neighbor> all;
    for (std::uint32_t other = 0; other < others.size(); ++other)
      all.push_back({other, similarity(*set.view(i, of_a), *others.view(other, of_b))});
    std::sort(all.begin(), all.end(), is_nearer);
    const auto found = lists.of(i);
    ASSERT_EQ(found.size(), std::min(kPlacesKept, others.size()));
    for (std::size_t n = 0; n < found.size(); ++n) {
      ASSERT_EQ(found[n].similarity,
                similarity(*set.view(i, of_a), *others.view(found[n].article, of_b)));
      ASSERT_NEAR(found[n].similarity, all[n].similarity, 2 * kPlacesOff) << i << " " << n;
    }
  }
}

struct Found {
  NeighborLists rows, columns;
};

Found search(const ArticleSet& rows, const ArticleSet& columns, unsigned threads) {
  Progress progress;
  const NeighborSearch search{threads, &progress};
  Found out{NeighborLists(rows.size(), kPlacesKept), NeighborLists(columns.size(), kPlacesKept)};
  EXPECT_TRUE(find_neighbors_between(rows, &out.rows, columns, &out.columns, search));
  EXPECT_TRUE(measure_again(rows, columns, search, out.rows));
  EXPECT_TRUE(measure_again(columns, rows, search, out.columns));
  return out;
}

TEST(FindNeighborsBetween, FindsWhatAllPairsOneByOneFind) {
  const Stored stored(200, kLatent, 24, 3);
  for (const Basis basis : {Basis::text, Basis::vectors, Basis::both}) {
    const ArticleSet rows = stored.half(basis, 0), columns = stored.half(basis, 1);
    Found found = search(rows, columns, 1);
    expect_nearest(rows, columns, found.rows);
    expect_nearest(columns, rows, found.columns);
  }
}

TEST(FindNeighborsBetween, FindsThemInManyBlocksOnAnyThreads) {
  constexpr std::size_t kVector = 8192;
  const Stored stored(2000, 0, kVector, 4);
  const ArticleSet rows = stored.half(Basis::vectors, 0), columns = stored.half(Basis::vectors, 1);
  ASSERT_GT(columns.size(), ArticleBlock::most(kVector));
  Found one = search(rows, columns, 1), three = search(rows, columns, 3);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_EQ(one.rows.of(i).size(), kPlacesKept);
    for (std::size_t n = 0; n < kPlacesKept; ++n) {
      ASSERT_EQ(one.rows.of(i)[n].article, three.rows.of(i)[n].article);
      ASSERT_EQ(one.rows.of(i)[n].similarity, three.rows.of(i)[n].similarity);
    }
  }
  ArticleBuffer of_a, of_b;
  for (const std::size_t i : {std::size_t{0}, rows.size() / 2, rows.size() - 1}) {
    float best = 0;
    for (std::size_t other = 0; other < columns.size(); ++other)
      best = std::max(best, similarity(*rows.view(i, of_a), *columns.view(other, of_b)));
    EXPECT_EQ(one.rows.of(i)[0].similarity, best);
  }
}

TEST(FindNeighborsBetween, LetsNobodyLookWhoHasNoList) {
  const Stored stored(60, kLatent, 8, 5);
  const ArticleSet rows = stored.half(Basis::vectors, 0), columns = stored.half(Basis::vectors, 1);
  Progress progress;
  const NeighborSearch search{1, &progress};
  NeighborLists of_columns(columns.size(), kPlacesKept);
  ASSERT_TRUE(find_neighbors_between(rows, nullptr, columns, &of_columns, search));
  ASSERT_TRUE(measure_again(columns, rows, search, of_columns));
  expect_nearest(columns, rows, of_columns);
  NeighborLists of_rows(rows.size(), kPlacesKept);
  ASSERT_TRUE(find_neighbors_between(rows, &of_rows, columns, nullptr, search));
  ASSERT_TRUE(measure_again(rows, columns, search, of_rows));
  expect_nearest(rows, columns, of_rows);
}

TEST(FindNeighborsBetween, GivesNothingWhereASideIsEmpty) {
  const Stored stored(30, kLatent, 8, 6);
  const ArticleSet rows = stored.half(Basis::vectors, 0);
  ArticleSet none = stored.all;
  none.basis = Basis::vectors;
  Found of_rows = search(rows, none, 1), of_columns = search(none, rows, 2);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_TRUE(of_rows.rows.of(i).empty());
    EXPECT_TRUE(of_columns.columns.of(i).empty());
  }
}

TEST(ArticleBlock, HoldsFewerArticlesOfMoreCoordinates) {
  EXPECT_EQ(ArticleBlock::most(0), ArticleBlock::kMost);
  EXPECT_EQ(ArticleBlock::most(kLatent), ArticleBlock::kMost);
  EXPECT_EQ(ArticleBlock::most(256), ArticleBlock::kMost);
  for (const std::size_t dimensions : {258, 832, 4096, 16384, 16448}) {
    const std::size_t most = ArticleBlock::most(dimensions);
    EXPECT_LT(most, ArticleBlock::kMost);
    EXPECT_GE(most, 256U);
    EXPECT_EQ(most % kLanes, 0U) << dimensions;
    EXPECT_LE(most * dimensions * sizeof(std::int16_t), std::size_t{9} << 20);
  }
}

}  // namespace
}  // namespace kithkin

// Every instruction set that this machine offers against the scalar forms, bit for bit.
#include "relate/kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

#include "unit/base/instruction_sets.h"
#include "unit/base/random.h"

namespace kithkin {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr std::int16_t kMost = 16384;  // the coordinate of a vector that lies on an axis

using Coordinates = std::vector<std::int16_t>;

struct Rows {
  std::array<Coordinates, kRowsAtOnce> coordinates;
  std::array<const std::int16_t*, kRowsAtOnce> pointers{};

  explicit Rows(std::array<Coordinates, kRowsAtOnce> from) : coordinates(std::move(from)) {
    for (std::size_t row = 0; row < kRowsAtOnce; ++row)
      pointers[row] = coordinates[row].data();
  }
};

/// Coordinates in any order of size, so that the length is at most 2^14.
Coordinates random_unit(Random& random, std::size_t dimensions) {
  std::vector<double> vector(dimensions);
  double square = 0;
  for (double& x : vector) {
    x = random.unit() * 2 - 1;
    if (random.chance(0.3)) x *= 20;
    square += x * x;
  }
  Coordinates out;
  for (const double x : vector)
    out.push_back(static_cast<std::int16_t>(std::lrint(x / std::sqrt(square) * kMost)));
  return out;
}

void append(Coordinates& to, const Coordinates& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// What no kernel may write to.
constexpr std::int32_t kUntouched = 0x5a5a5a5a;

void expect_dots_are_scalar(const Rows& rows, const Coordinates& articles, std::size_t dimensions) {
  const Coordinates block = interleave(articles, dimensions);
  const std::size_t count = kRowsAtOnce * (block.size() / dimensions);
  std::vector<std::int32_t> expected(count + kLanes, kUntouched);
  scalar::dot_rows(rows.pointers.data(), block, dimensions, expected.data());
  with_each_instruction_set([&] {
    std::vector<std::int32_t> dots(count + kLanes, kUntouched);
    dot_rows(rows.pointers.data(), block, dimensions, dots.data());
    EXPECT_EQ(dots, expected);
  });
}

TEST(DotRows, AreThoseOfTheRowsTakenOneByOne) {
  Random random(1);
  constexpr std::size_t kDimensions = 10, kArticles = 21;
  const Rows rows({random_unit(random, kDimensions), random_unit(random, kDimensions),
                   random_unit(random, kDimensions), random_unit(random, kDimensions)});
  Coordinates articles;
  for (std::size_t i = 0; i < kArticles; ++i)
    append(articles, random_unit(random, kDimensions));
  const Coordinates block = interleave(articles, kDimensions);
  constexpr std::size_t kPlaces = 32;
  ASSERT_EQ(block.size(), kPlaces * kDimensions);
  std::vector<std::int32_t> dots(kRowsAtOnce * kPlaces);
  scalar::dot_rows(rows.pointers.data(), block, kDimensions, dots.data());
  for (std::size_t row = 0; row < kRowsAtOnce; ++row) {
    for (std::size_t i = 0; i < kPlaces; ++i) {
      std::int64_t sum = 0;
      for (std::size_t d = 0; i < kArticles && d < kDimensions; ++d)
        sum += std::int64_t{rows.coordinates[row][d]} * articles[i * kDimensions + d];
      ASSERT_EQ(dots[row * kPlaces + i], sum) << row << " " << i;
    }
  }
}

TEST(DotRows, OfEveryInstructionSetAreTheScalarOnes) {
  Random random(2);
  for (const std::size_t dimensions : {2, 4, 6, 30, 64, 128, 832}) {
    for (const std::size_t articles : {1, 15, 16, 17, 32, 100, 1000}) {
      const Rows rows({random_unit(random, dimensions), random_unit(random, dimensions),
                       random_unit(random, dimensions), random_unit(random, dimensions)});
      Coordinates block;
      for (std::size_t i = 0; i < articles; ++i)
        append(block, random_unit(random, dimensions));
      expect_dots_are_scalar(rows, block, dimensions);
    }
  }
}

TEST(DotRows, OfNoArticlesAreNone) {
  const Coordinates row(64, 1);
  expect_dots_are_scalar(Rows({row, row, row, row}), {}, 64);
}

TEST(DotRows, HoldAtTheEndsOfTheRange) {
  constexpr std::size_t kDimensions = 64;
  std::vector<Coordinates> extremes;
  for (const std::size_t axis : {0, 1, 30, 63}) {
    for (const int sign : {1, -1}) {
      Coordinates on_axis(kDimensions, 0);
      on_axis[axis] = static_cast<std::int16_t>(sign * kMost);
      extremes.push_back(on_axis);
      Coordinates everywhere(kDimensions, static_cast<std::int16_t>(sign * kMost / 8));
      everywhere[axis] = static_cast<std::int16_t>(-everywhere[axis]);
      extremes.push_back(everywhere);
    }
  }
  extremes.emplace_back(kDimensions, 0);
  Coordinates block;
  for (const Coordinates& one : extremes)
    append(block, one);
  for (std::size_t i = 0; i + kRowsAtOnce <= extremes.size(); ++i)
    expect_dots_are_scalar(Rows({extremes[i], extremes[i + 1], extremes[i + 2], extremes[i + 3]}),
                           block, kDimensions);
}

TEST(DotRows, HoldWhereSumsAreAlmostTwoToTheThirtyFirst) {
  // 7 * 16384^2 and a bit on the way, on both sides; far longer vectors than any that are stored.
  constexpr std::size_t kDimensions = 8;
  Coordinates up(kDimensions, kMost), down(kDimensions, -kMost);
  up.back() = 16383, down.back() = -16383;
  Coordinates block;
  for (int i = 0; i < 10; ++i)
    append(block, i % 2 == 0 ? up : down);
  expect_dots_are_scalar(Rows({up, down, up, down}), block, kDimensions);
}

/// Weights of `terms` terms in `places` articles, and what they weigh in a row.
struct Columns {
  std::vector<std::vector<std::uint8_t>> weights;
  std::vector<TermColumn> terms;

  Columns(Random& random, std::size_t count, std::size_t places, std::uint32_t most) {
    for (std::size_t i = 0; i < count; ++i) {
      auto& own = weights.emplace_back(places);
      for (std::uint8_t& weight : own)
        weight =
            random.chance(0.5) ? std::uint8_t{0} : static_cast<std::uint8_t>(random.below(most));
      terms.push_back({own.data(), static_cast<std::uint16_t>(random.below(most))});
    }
  }
};

TEST(AddColumns, SumTheProductsOnEveryInstructionSet) {
  Random random(6);
  for (const std::size_t places : {16, 32, 48, 160, 4096, 4112, 9008}) {
    for (const std::size_t count : {0, 1, 2, 3, 4, 5, 9, 40}) {
      for (const std::uint32_t most : {24U, 256U}) {  // the latter goes round and round
        const Columns columns(random, count, places, most);
        std::vector<std::uint16_t> expected(places, 0);
        for (std::size_t i = 0; i < places; ++i) {
          std::uint32_t sum = 0;
          for (std::size_t term = 0; term < count; ++term)
            sum += std::uint32_t{columns.weights[term][i]} * columns.terms[term].weight;
          expected[i] = static_cast<std::uint16_t>(sum);
        }
        with_each_instruction_set([&] {
          std::vector<std::uint16_t> sums(places, 7);
          add_columns(columns.terms, sums);
          EXPECT_EQ(sums, expected) << places << " " << count;
        });
        std::vector<std::uint16_t> sums(places, 7);
        scalar::add_columns(columns.terms, sums);
        ASSERT_EQ(sums, expected) << places << " " << count;
      }
    }
  }
}

/// What a block measured, and what is wanted of it.
struct Selection {
  std::vector<std::uint16_t> terms;
  std::vector<std::int32_t> dots;
  std::vector<float> least;
  float row_least = kInfinity;
  Mixture mixture{0.4F / 230, 0.6F / (16384.0F * 16384.0F)};
  bool has_dots = true;

  [[nodiscard]] std::vector<Hit> select(bool slowly) const {
    std::vector<Hit> hits = {{77, 7.0F}};  // it appends
    const Measured measured{terms, has_dots ? dots.data() : nullptr};
    (slowly ? scalar::select_hits : select_hits)(measured, mixture, row_least, least, hits);
    return hits;
  }
  [[nodiscard]] std::vector<float> similarities() const {
    Selection all = *this;
    all.row_least = -kInfinity;
    std::vector<float> out;
    for (const Hit& hit : all.select(true))
      out.push_back(hit.similarity);
    out.erase(out.begin());
    return out;
  }
};

/// All of `size` articles measured the same, and nobody wanted.
Selection uniform(std::size_t size, std::uint16_t terms, std::int32_t dot) {
  Selection out;
  out.terms.assign(size, terms);
  out.dots.assign(size, dot);
  out.least.assign(size, kInfinity);
  return out;
}

Selection random_measures(Random& random, std::size_t size) {
  Selection out;
  for (std::size_t i = 0; i < size; ++i) {
    out.terms.push_back(static_cast<std::uint16_t>(random.below(random.chance(0.5) ? 65536 : 50)));
    out.dots.push_back(static_cast<std::int32_t>(random.below(1U << 29)) - (1 << 28));
    out.least.push_back(random.chance(0.5) ? kInfinity : static_cast<float>(random.unit()));
  }
  return out;
}

using Bits = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
Bits bits_of(const std::vector<Hit>& hits) {
  Bits out;
  for (const Hit& hit : hits)
    out.emplace_back(hit.place, std::bit_cast<std::uint32_t>(hit.similarity));
  return out;
}

/// Returns how many there are, so that a test can say that it tested something.
std::size_t expect_hits_are_scalar(const Selection& measured) {
  const Bits expected = bits_of(measured.select(true));
  EXPECT_EQ(expected.front().first, 77U);
  with_each_instruction_set([&] { EXPECT_EQ(bits_of(measured.select(false)), expected); });
  return expected.size() - 1;
}

TEST(SelectHits, AreAllThatReachTheRowsThresholdOrTheirOwn) {
  Selection measured = uniform(kLanes, 4, 0);
  measured.mixture = {0.5F, 0.25F};  // each 1, and a quarter of its place
  for (std::size_t i = 0; i < kLanes; ++i)
    measured.dots[i] = static_cast<std::int32_t>(i);
  measured.row_least = 4.5F;
  measured.least[3] = 1.75F;
  measured.least[5] = 2.3F;
  const std::vector<Hit> hits = measured.select(true);
  ASSERT_EQ(hits.size(), 4U);
  EXPECT_EQ(hits[1].place, 3U);
  EXPECT_EQ(hits[1].similarity, 1.75F);
  EXPECT_EQ(hits[2].place, 14U);
  EXPECT_EQ(hits[3].place, 15U);
  EXPECT_EQ(hits[3].similarity, 4.75F);
  EXPECT_EQ(expect_hits_are_scalar(measured), 3U);
}

TEST(SelectHits, OfEveryInstructionSetAreTheScalarOnes) {
  Random random(3);
  for (const std::size_t size : {16, 32, 48, 160, 4096}) {
    for (int times = 0; times < 10; ++times) {
      Selection measured = random_measures(random, size);
      std::size_t found = 0;
      for (const float row_least : {-kInfinity, 0.0F, 0.2F, 0.5F, 1.0F, kInfinity}) {
        measured.row_least = row_least;
        for (const bool has_dots : {true, false}) {
          measured.has_dots = has_dots;
          found += expect_hits_are_scalar(measured);
        }
      }
      ASSERT_GT(found, size);
    }
  }
}

TEST(SelectHits, ReachAThresholdThatIsTheirValueAndNotTheNextOne) {
  Random random(4);
  Selection measured = random_measures(random, 320);
  const std::vector<float> similarities = measured.similarities();
  measured.row_least = kInfinity;
  measured.least = similarities;
  EXPECT_EQ(expect_hits_are_scalar(measured), 320U);
  for (float& least : measured.least)
    least = std::nextafter(least, kInfinity);
  EXPECT_EQ(expect_hits_are_scalar(measured), 0U);

  measured.least.assign(320, kInfinity);
  measured.row_least = *std::max_element(similarities.begin(), similarities.end());
  EXPECT_EQ(expect_hits_are_scalar(measured), 1U);
  measured.row_least = std::nextafter(measured.row_least, kInfinity);
  EXPECT_EQ(expect_hits_are_scalar(measured), 0U);
}

TEST(SelectHits, HoldAtTheEndsOfTheRange) {
  constexpr auto kLow = std::numeric_limits<std::int32_t>::min();
  constexpr auto kHigh = std::numeric_limits<std::int32_t>::max();
  for (const std::uint16_t terms : {0, 1, 230 * 230, 65535}) {
    for (const std::int32_t dot : {0, 1, -1, 1 << 28, -(1 << 28), kHigh, kLow, (1 << 24) + 1}) {
      Selection measured = uniform(32, terms, dot);
      measured.least[17] = 0;
      measured.least[18] = -kInfinity;
      for (const float row_least : {-kInfinity, 0.0F, kInfinity}) {
        measured.row_least = row_least;
        EXPECT_GE(expect_hits_are_scalar(measured), 1U);
      }
    }
  }
}

TEST(SelectHits, FindTheOnlyOneWhereverItLies) {
  for (std::size_t place = 0; place < 64; ++place) {
    Selection measured = uniform(64, 0, 0);
    measured.least[place] = 0;
    ASSERT_EQ(expect_hits_are_scalar(measured), 1U) << place;
    EXPECT_EQ(measured.select(false).back().place, place);
  }
}

TEST(SelectHits, OfNothingAreNone) { EXPECT_EQ(expect_hits_are_scalar(Selection{}), 0U); }

TEST(Interleave, FillsTheLastGroupWithZeros) {
  const Coordinates rows = {1, 2, 3, 4, 5, 6, 7, 8};  // two articles
  const Coordinates block = interleave(rows, 4);
  ASSERT_EQ(block.size(), 4 * kLanes);
  const Coordinates first = {1, 2, 5, 6, 0, 0}, second = {3, 4, 7, 8, 0, 0};
  EXPECT_TRUE(std::equal(first.begin(), first.end(), block.begin()));
  EXPECT_TRUE(std::equal(second.begin(), second.end(), block.begin() + 2 * kLanes));
  EXPECT_EQ(std::count(block.begin(), block.end(), 0), static_cast<int>(4 * kLanes) - 8);
}

TEST(InstructionSets, AreMoreThanOneOnAnyMachineOfToday) {
#if defined(__x86_64__)
  EXPECT_GE(hwy::SupportedAndGeneratedTargets().size(), 2U);
#endif
}

}  // namespace
}  // namespace kithkin

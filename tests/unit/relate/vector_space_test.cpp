// Vectors of any length and scale, shifted by what languages share, and where they end up.
#include "relate/vector_space.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

#include "relate/latent.h"
#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using Vector = std::vector<double>;

Vector random_vector(Random& random, std::size_t dimensions, double scale = 1) {
  Vector out;
  for (std::size_t c = 0; c < dimensions; ++c)
    out.push_back((random.unit() + random.unit() - 1) * scale);
  return out;
}

Vector sum(const Vector& a, const Vector& b) {
  Vector out = a;
  for (std::size_t c = 0; c < a.size(); ++c)
    out[c] += b[c];
  return out;
}

/// A space of vectors and who wrote them.
class Space {
 public:
  void add(const Vector& vector, std::uint32_t language = 0) {
    std::vector<float> unit;
    if (!unit_vector(vector, unit)) unit.clear();
    EXPECT_TRUE(space_.append(unit));
    languages_.push_back(language);
  }
  VectorSpace& learn() {
    EXPECT_TRUE(space_.learn(languages_));
    return space_;
  }
  [[nodiscard]] std::vector<std::int16_t> place(std::size_t article) const {
    std::vector<std::int16_t> out;
    EXPECT_TRUE(space_.place(article, languages_[article] & 0xff, out));
    return out;
  }
  [[nodiscard]] double cosine(std::size_t a, std::size_t b) const {
    const auto of_a = place(a), of_b = place(b);
    double out = 0;
    for (std::size_t c = 0; c < of_a.size(); ++c)
      out += static_cast<double>(of_a[c]) * of_b[c];
    return out / kCoordinateScale / kCoordinateScale;
  }

 private:
  TemporaryDirectory directory_ = make_test_directory();
  VectorSpace space_{directory_.file("vectors"), 1 << 12};  // most go to the disk
  std::vector<std::uint32_t> languages_;
};

TEST(UnitVector, HasLengthOneWhateverTheScale) {
  for (const double scale : {1.0, 1e-300, 1e300, 1.7e308, 5e-324}) {
    std::vector<float> out;
    ASSERT_TRUE(unit_vector(Vector{0.75 * scale, -scale, 0}, out)) << scale;
    EXPECT_NEAR(length_of(out), 1, 1e-6) << scale;
    EXPECT_LT(out[1], 0);
  }
}

TEST(UnitVector, IsNoneOfZeros) {
  std::vector<float> out;
  EXPECT_FALSE(unit_vector(Vector{0, -0.0, 0}, out));
  EXPECT_FALSE(unit_vector(Vector{}, out));
}

TEST(VectorSpace, KeepsCosinesWhereVectorsAreFew) {
  Random random(1);
  Space space;
  std::vector<Vector> vectors;
  for (std::size_t i = 0; i < VectorSpace::kLeastCentered - 1; ++i)
    vectors.push_back(random_vector(random, 33)), space.add(vectors.back());
  EXPECT_EQ(space.learn().dimensions(), 33U);
  for (std::size_t i = 1; i < vectors.size(); ++i) {
    std::vector<float> a, b;
    unit_vector(vectors[0], a), unit_vector(vectors[i], b);
    double expected = 0;
    for (std::size_t c = 0; c < a.size(); ++c)
      expected += static_cast<double>(a[c]) * b[c];
    EXPECT_NEAR(space.cosine(0, i), expected, 1e-3);
  }
}

TEST(VectorSpace, PadsAnOddLengthForKernels) {
  Space space;
  space.add({1, 2, 2});
  EXPECT_EQ(space.learn().place_size(), 4U);
  const auto place = space.place(0);
  ASSERT_EQ(place.size(), 4U);
  EXPECT_EQ(place[3], 0);
  EXPECT_NEAR(space.cosine(0, 0), 1, 1e-3);
}

TEST(VectorSpace, HasTheLengthOfMost) {
  Space space;
  for (int i = 0; i < 5; ++i)
    space.add({1, 0});
  for (int i = 0; i < 9; ++i)
    space.add({1, 0, 0});
  for (int i = 0; i < 99; ++i)
    space.add({1}, VectorSpace::kNotLearned);
  EXPECT_EQ(space.learn().dimensions(), 3U);

  Space tied;
  tied.add({});
  tied.add({1, 2, 3, 4});
  tied.add({1, 2});
  EXPECT_EQ(tied.learn().dimensions(), 4U) << "of as many, the first";

  Space none;
  none.add({0, 0});
  none.add({1, 2}, VectorSpace::kNotLearned);
  EXPECT_EQ(none.learn().dimensions(), 0U);
}

/// Translations of `events` texts in two languages, all vectors pushed far into one direction, each
/// language into another one besides.
double share_found_across(std::size_t events, bool with_offsets) {
  Random random(2);
  constexpr std::size_t kDimensions = 48;
  const Vector all = random_vector(random, kDimensions, with_offsets ? 8 : 0);
  const Vector of_language[] = {random_vector(random, kDimensions, with_offsets ? 4 : 0),
                                random_vector(random, kDimensions, with_offsets ? 4 : 0)};
  Space space;
  for (std::size_t event = 0; event < events; ++event) {
    const Vector content = random_vector(random, kDimensions);
    for (std::uint32_t language = 0; language < 2; ++language) {
      space.add(sum(sum(all, of_language[language]),
                    sum(content, random_vector(random, kDimensions, 0.3))),
                language);
    }
  }
  space.learn();
  std::size_t found = 0;
  for (std::size_t event = 0; event < events; ++event)
    found += space.cosine(2 * event, 2 * event + 1) > 0.6 ? 1 : 0;
  EXPECT_LT(std::abs(space.cosine(0, 3)), 0.6) << "what is unlike must not lie near";
  return static_cast<double>(found) / static_cast<double>(events);
}

TEST(VectorSpace, TakesOffWhatAllAndWhatLanguagesShare) {
  EXPECT_GT(share_found_across(400, false), 0.95);
  EXPECT_GT(share_found_across(400, true), 0.9);
}

TEST(VectorSpace, LeavesAFewArticlesOfALanguageWhatTheyAreAbout) {
  // Three articles on one event beside three hundred of another language: were their own mean
  // taken off, nothing would be left of it.
  Random random(3);
  Space space;
  for (int i = 0; i < 300; ++i)
    space.add(random_vector(random, 20));
  const Vector event = random_vector(random, 20);
  space.add(event);
  for (int i = 0; i < 3; ++i)
    space.add(sum(event, random_vector(random, 20, 0.2)), 1);
  space.learn();
  for (std::size_t i = 301; i < 304; ++i)
    EXPECT_GT(space.cosine(300, i), 0.8);
}

TEST(VectorSpace, PlacesVectorsThatAreAllTheSameNowhere) {
  Space space;
  for (int i = 0; i < 100; ++i)
    space.add({0.1, 0.2, 0.7});
  space.learn();
  EXPECT_EQ(space.cosine(0, 1), 0) << "they tell nothing apart, and rounding must not";
}

}  // namespace
}  // namespace kithkin

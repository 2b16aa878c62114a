// See vector_space.h. The middle of a language is its own mean as far as it has articles, and that
// of all for the rest: three articles on one event must not lose what they are about. All sums run
// over articles in order. vector_space_test.cpp shifts vectors about and finds them again.
#include "relate/vector_space.h"

#include <algorithm>
#include <cmath>

#include "relate/latent.h"

namespace kithkin {
namespace {

constexpr double kOfAll = 16;          // articles that the mean of all counts for in a language's
constexpr float kLeastLength = 1e-4F;  // of what is left: below it lies the rounding of floats

struct Sum {
  std::vector<double> sum;
  double count = 0;
};

}  // namespace

bool unit_vector(std::span<const double> vector, std::vector<float>& out) {
  double most = 0, square = 0;
  for (const double x : vector)
    most = std::max(most, std::abs(x));
  if (most == 0) return false;
  for (const double x : vector)
    square += x / most * (x / most);
  const double length = std::sqrt(square);
  out.clear();
  for (const double x : vector)
    out.push_back(static_cast<float>(x / most / length));
  return true;
}

Result<void> VectorSpace::learn(std::span<const std::uint32_t> languages) {
  std::map<std::size_t, std::uint32_t> lengths;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    if (languages[i] != kNotLearned && length(i) > 0) ++lengths[length(i)];
  }
  std::uint32_t most = 0;
  for (const auto& [length, count] : lengths)
    most = std::max(most, count);
  for (std::size_t i = 0; most > 0 && dimensions_ == 0; ++i) {
    const auto at = lengths.find(length(i));
    if (languages[i] != kNotLearned && at != lengths.end() && at->second == most)
      dimensions_ = length(i);
  }
  mean_.assign(dimensions_, 0);
  if (most < kLeastCentered) return {};

  Sum all{std::vector<double>(dimensions_)};
  std::map<std::uint32_t, Sum> sums;
  std::vector<float> vector;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    if (languages[i] == kNotLearned || length(i) != dimensions_) continue;
    KITHKIN_TRY(vectors_.read(i, vector));
    Sum& own = sums[languages[i]];
    own.sum.resize(dimensions_);
    ++own.count, ++all.count;
    for (std::size_t c = 0; c < dimensions_; ++c)
      own.sum[c] += vector[c], all.sum[c] += vector[c];
  }
  for (std::size_t c = 0; c < dimensions_; ++c)
    mean_[c] = static_cast<float>(all.sum[c] / all.count);
  for (const auto& [language, own] : sums) {
    std::vector<float>& middle = language_[language];
    for (std::size_t c = 0; c < dimensions_; ++c) {
      const double rest = kOfAll * static_cast<double>(mean_[c]);
      middle.push_back(static_cast<float>((own.sum[c] + rest) / (own.count + kOfAll)));
    }
  }
  return {};
}

Result<void> VectorSpace::place(std::size_t article, std::uint32_t language,
                                std::vector<std::int16_t>& out) const {
  std::vector<float> vector;
  KITHKIN_TRY(vectors_.read(article, vector));
  const auto known = language_.find(language);
  const std::vector<float>& middle = known == language_.end() ? mean_ : known->second;
  for (std::size_t c = 0; c < dimensions_; ++c)
    vector[c] -= middle[c];
  if (length_of(vector) < kLeastLength) std::fill(vector.begin(), vector.end(), 0.0F);
  normalize(vector);
  vector.resize(place_size(), 0);
  out.resize(vector.size());
  quantize(vector, out);
  return {};
}

}  // namespace kithkin

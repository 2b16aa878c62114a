// See calibration.h. Knots stand where one pair in 10^(i/15.5) is left, down to one in a hundred;
// between them a straight line. Logarithms are rounded to 2^-20, so that the last bit of a
// machine's library does not show.
#include "relate/calibration.h"

#include <algorithm>
#include <cmath>

namespace kithkin {
namespace {

constexpr float kTailBegins = 2;  // a rarity: the highest hundredth
constexpr float kHalfRarity = 3;  // that of score 1/2
constexpr float kLeastExcess = 0.005F;

double rounded(double x) { return std::nearbyint(x * 1048576) / 1048576; }

float knot_rarity(std::size_t i, std::size_t knots) {
  return kTailBegins * static_cast<float>(i) / static_cast<float>(knots - 1);
}

}  // namespace

Calibration::Calibration() {
  for (std::size_t i = 0; i < kKnots; ++i) {
    const float rarity = knot_rarity(i, kKnots);
    knots_[i] = {rarity * 0.15F, rarity};
  }
  set_tail(knots_.back().similarity, 0.08F);
}

Calibration::Calibration(std::vector<float> random) {
  std::sort(random.begin(), random.end());
  const auto size = static_cast<double>(random.size());
  float before = -1;
  for (std::size_t i = 0; i < kKnots; ++i) {
    const float rarity = knot_rarity(i, kKnots);
    const double share = rounded(std::pow(10.0, -static_cast<double>(rarity)));
    const auto above = static_cast<std::size_t>(size * (1 - share));
    float similarity = i == 0 ? 0 : random[std::min(above, random.size() - 1)];
    similarity = std::max(similarity, before + 1e-4F);
    if (i == 0) similarity = 0;
    knots_[i] = {similarity, rarity};
    before = similarity;
  }
  double excess = 0;
  std::size_t beyond = 0;
  for (auto at = random.rbegin(); at != random.rend() && *at > before; ++at, ++beyond)
    excess += static_cast<double>(*at) - before;
  const double mean = beyond == 0 ? kLeastExcess : excess / static_cast<double>(beyond);
  set_tail(before, static_cast<float>(rounded(mean)));
}

void Calibration::set_tail(float begin, float mean_excess) {
  // An exponential tail falls by ten every mean * ln 10.
  per_similarity_ = 1 / (std::max(mean_excess, kLeastExcess) * 2.302585F);
  knots_.back().similarity = begin;
}

float Calibration::rarity(float similarity) const {
  if (similarity >= knots_.back().similarity) {
    return knots_.back().rarity + (similarity - knots_.back().similarity) * per_similarity_;
  }
  const auto after =
      std::upper_bound(knots_.begin(), knots_.end(), similarity,
                       [](float value, const Knot& knot) { return value < knot.similarity; });
  if (after == knots_.begin()) return 0;
  const Knot& low = *(after - 1);
  const float share = (similarity - low.similarity) / (after->similarity - low.similarity);
  return low.rarity + share * (after->rarity - low.rarity);
}

float Calibration::score(float similarity) const {
  const float part = rarity(similarity) / kHalfRarity;
  const float power = part * part * part * part;
  return power / (1 + power);
}

float Calibration::faded(float similarity, float share) const {
  const double score = static_cast<double>(this->score(similarity)) * share;
  const double part = rounded(std::sqrt(std::sqrt(score / (1 - score))));
  return std::min(similarity, similarity_of_rarity(static_cast<float>(part) * kHalfRarity));
}

float Calibration::similarity_of_rarity(float wanted) const {
  if (wanted >= knots_.back().rarity)
    return knots_.back().similarity + (wanted - knots_.back().rarity) / per_similarity_;
  const auto after =
      std::upper_bound(knots_.begin(), knots_.end(), wanted,
                       [](float value, const Knot& knot) { return value < knot.rarity; });
  if (after == knots_.begin()) return 0;
  const Knot& low = *(after - 1);
  const float share = (wanted - low.rarity) / (after->rarity - low.rarity);
  return low.similarity + share * (after->similarity - low.similarity);
}

}  // namespace kithkin

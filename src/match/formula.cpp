// See formula.h. Tests: tests/unit/match/formula_test.cpp.
#include "match/formula.h"

#include <algorithm>
#include <bit>

#include "match/shingle_set.h"

namespace kithkin {
namespace {

constexpr double kMostSubstitution = 0.05;
constexpr double kLeastRareContainment = 0.35;
constexpr double kFamily = 0.7;
constexpr double kHalf = 0.5;
constexpr double kFactsShared = 0.8;
constexpr double kMissing = 0.01;
constexpr std::size_t kLeastTable = std::size_t{1} << 12;

double fraction(std::uint32_t fixed) { return fixed / double{Evidence::kOne}; }

}  // namespace

FormulaReason Evidence::reason() const {
  return {fraction(substitution),
          fraction(rarity),
          fraction(rare_share),
          fraction(missing),
          numbers,
          slots,
          {},
          {}};
}

bool is_one_article(double resemblance, double containment, const Evidence& evidence) {
  constexpr MatchOptions kDefaults;
  return (resemblance >= kDefaults.threshold || containment >= kDefaults.containment) &&
         evidence.substitution < Evidence::kOne / 100 && evidence.numbers == 0 &&
         evidence.slots == 0;
}

bool shares_the_common(double containment, const Evidence& evidence) {
  const double rarity = fraction(evidence.rarity);
  return (rarity < kHalf || containment * rarity < kLeastRareContainment) &&
         fraction(evidence.rare_share) < kFactsShared;
}

bool is_formula(double containment, const Evidence& evidence) {
  const double rarity = fraction(evidence.rarity);
  if (fraction(evidence.substitution) > kMostSubstitution * std::max(rarity, kLeastRareContainment))
    return true;
  if (evidence.numbers + evidence.slots > 0 && rarity < kFamily) return true;
  return shares_the_common(containment, evidence) && fraction(evidence.missing) > kMissing;
}

bool is_told_apart(const Evidence& evidence) {
  return fraction(evidence.substitution) > kMostSubstitution || evidence.numbers > 0;
}

bool is_copy_at_any_rarity(const Evidence& evidence) {
  return fraction(evidence.substitution) <= kMostSubstitution * kLeastRareContainment &&
         evidence.numbers == 0 && evidence.slots == 0 && fraction(evidence.missing) <= kMissing;
}

std::vector<std::uint32_t> find_missing(std::span<const WordKey> words,
                                        std::span<const WordKey> other, std::size_t most,
                                        const WordWeights& weights) {
  WordSet known;
  known.reset(words.size() + other.size());
  for (const WordKey word : other)
    known.insert(word);
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    if (known.insert(words[i])) out.push_back(i);
  }
  std::stable_sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
    return weights.of(words[a]) > weights.of(words[b]);
  });
  if (out.size() > most) out.resize(most);
  std::sort(out.begin(), out.end());
  return out;
}

std::span<ShingleHash> keep_judging(std::span<ShingleHash> shingles, std::uint32_t distinct,
                                    ShingleSet& scratch) {
  std::size_t kept = 0;
  for (const ShingleHash shingle : shingles) {
    shingles[kept] = shingle;
    kept += judges(shingle, distinct) ? 1 : 0;
  }
  const std::span<ShingleHash> judging = shingles.first(kept);
  return shingles.size() == distinct ? judging : judging.first(scratch.keep_distinct(judging));
}

namespace {

/// Twice to four times as many places as shingles: two in five meet another at the most.
std::uint64_t places_for(std::uint64_t shingles) {
  return std::bit_ceil(std::max<std::uint64_t>(shingles * 2, kLeastTable));
}

}  // namespace

std::uint32_t ArticleCounts::parts_for(std::uint64_t shingles, std::size_t memory) {
  const std::uint64_t part = std::max<std::uint64_t>(memory, kLeastTable);
  const std::uint64_t parts = (places_for(shingles) + part - 1) / part;
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(parts, 1, 1 << 20));
}

ArticleCounts::ArticleCounts(std::uint64_t shingles, std::uint32_t part, std::uint32_t parts)
    : mask_(places_for(shingles) - 1) {
  const std::uint32_t whole = log2_fixed(kCommon);
  for (std::uint32_t others = 0; others < kCommon; ++others)
    rarities_[others] = Evidence::kOne - Evidence::kOne * log2_fixed(others + 1) / whole;
  const std::uint64_t places = mask_ + 1;
  first_ = places / parts * part;
  const std::uint64_t end = part + 1 == parts ? places : places / parts * (part + 1);
  counts_.resize(static_cast<std::size_t>(end - first_));
}

void ArticleCounts::add(std::span<const ShingleHash> shingles) {
  // The table is larger than caches: first all places are asked for, then they are counted in.
  constexpr std::size_t kAtOnce = 256;
  std::array<std::uint64_t, kAtOnce> places;
  for (std::size_t begin = 0; begin < shingles.size(); begin += kAtOnce) {
    std::size_t count = 0;
    for (const ShingleHash shingle :
         shingles.subspan(begin, std::min(kAtOnce, shingles.size() - begin))) {
      places[count] = place(shingle) - first_;
      count += places[count] < counts_.size() ? 1 : 0;
    }
    for (std::size_t i = 0; i < count; ++i)
      __builtin_prefetch(&counts_[places[i]], 1);
    for (std::size_t i = 0; i < count; ++i) {
      std::uint8_t& place = counts_[places[i]];
      place += place != UINT8_MAX ? 1 : 0;
    }
  }
}

std::uint32_t ArticleCounts::rarity(ShingleHash shingle, std::uint32_t own) const {
  const std::uint32_t count = counts_[place(shingle) - first_];
  const std::uint32_t others = count > own ? count - own : 0;
  return rarities_[std::min(others, kCommon - 1)];
}

}  // namespace kithkin

// See related_lists.h. Copies were told apart before (job.h); a cluster has one article here, so
// what is left are the few pairs of copies that no cluster could hold together.
#include "engine/related_lists.h"

#include <algorithm>
#include <cmath>

#include "base/try.h"

namespace kithkin {
namespace {

constexpr std::size_t kSlack = 6;          // neighbors beyond the list: blocks measure roughly
constexpr std::size_t kPoolForChoice = 5;  // lists' lengths, where hosts or likeness thin them out
constexpr double kDay = 86400;

}  // namespace

void CopyPairs::freeze() {
  std::sort(pairs_.begin(), pairs_.end());
  pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
}

bool CopyPairs::contains(std::uint32_t a, std::uint32_t b) const {
  return std::binary_search(pairs_.begin(), pairs_.end(),
                            std::uint64_t{std::min(a, b)} << 32 | std::max(a, b));
}

std::size_t RelatedLists::pool() const {
  const bool is_thinned = options_.per_host > 0 || options_.diversity > 0;
  return options_.top * (is_thinned ? kPoolForChoice : 1) + kSlack;
}

float RelatedLists::weigh(std::uint32_t a, std::uint32_t b, float similarity,
                          const Calibration& calibration) const {
  const ArticleFacts &of_a = facts(a), &of_b = facts(b);
  if (options_.cross_host_only && of_a.host == of_b.host) return 0;
  if (copies_.contains(a, b)) return 0;
  const bool is_dated =
      of_a.date != DocumentRecord::kNoDate && of_b.date != DocumentRecord::kNoDate;
  if (!is_dated || (options_.window <= 0 && options_.half_life <= 0)) return similarity;
  const double days =
      std::abs(static_cast<double>(of_a.date) - static_cast<double>(of_b.date)) / kDay;
  if (options_.window > 0 && days > options_.window) return 0;
  if (options_.half_life <= 0) return similarity;
  const float share =
      static_cast<float>(std::nearbyint(std::exp2(-days / options_.half_life) * 1048576) / 1048576);
  return calibration.faded(similarity, share);
}

/// Whether an entry may come behind those of a list: no copy of one, and its host not too often.
bool RelatedLists::fits(const std::vector<Neighbor>& list, const Neighbor& next) const {
  std::size_t of_host = 0;
  for (const Neighbor& taken : list) {
    if (copies_.contains(taken.article, next.article)) return false;
    if (facts(taken.article).host == facts(next.article).host) ++of_host;
  }
  return options_.per_host == 0 || of_host < options_.per_host;
}

std::vector<Neighbor> RelatedLists::pick(std::span<const Neighbor> neighbors) const {
  std::vector<Neighbor> list;
  for (const Neighbor& next : neighbors) {
    if (list.size() == options_.top) break;
    if (next.similarity > 0 && fits(list, next)) list.push_back(next);
  }
  return list;
}

/// Maximal marginal relevance (Carbonell and Goldstein 1998): of those left the one that is nearest
/// to the article and least near to what is taken already, by their scores.
Result<std::vector<Neighbor>> RelatedLists::pick_diverse(std::span<const Neighbor> neighbors,
                                                         const Calibration& calibration) const {
  std::vector<Neighbor> list;
  std::vector<Neighbor> left(neighbors.begin(), neighbors.end());
  std::vector<float> nearest(left.size(), 0);  // to what is taken
  const auto diversity = static_cast<float>(options_.diversity);
  while (list.size() < options_.top) {
    std::size_t best = left.size();
    float best_value = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (left[i].similarity <= 0) continue;
      const float value =
          (1 - diversity) * calibration.score(left[i].similarity) - diversity * nearest[i];
      if (best == left.size() || value > best_value) best = i, best_value = value;
    }
    if (best == left.size()) break;
    const Neighbor taken = left[best];
    left[best].similarity = 0;
    if (!fits(list, taken)) continue;
    list.push_back(taken);
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (left[i].similarity <= 0) continue;
      KITHKIN_TRY_ASSIGN(const float score, relater_.score(taken.article, left[i].article));
      nearest[i] = std::max(nearest[i], score);
    }
  }
  return list;
}

/// The terms that weigh most in what an article shares with its entry. `places` are those of its
/// terms.
Result<void> RelatedLists::explain(std::span<const TermWeight> own, const TermTable& places,
                                   RelatedEntry& entry) const {
  std::vector<TermWeight> terms;
  KITHKIN_TRY(relater_.weights().read(entry.article, terms));
  std::vector<SharedTerm> shared;
  float all = 0;
  for (const TermWeight& term : terms) {
    const std::uint32_t place = places.find(term.term);
    if (place == TermTable::kNone) continue;
    shared.push_back({term.term, own[place].weight * term.weight});
    all += shared.back().weight;
  }
  const std::size_t count = std::min(RelatedEntry::kReasons, shared.size());
  std::partial_sort(shared.begin(), shared.begin() + static_cast<std::ptrdiff_t>(count),
                    shared.end(), [](const SharedTerm& x, const SharedTerm& y) {
                      return x.weight != y.weight ? x.weight > y.weight : x.term < y.term;
                    });
  for (std::size_t i = 0; i < count; ++i)
    entry.reasons[i] = {shared[i].term, shared[i].weight / all};
  return {};
}

Result<std::vector<RelatedEntry>> RelatedLists::choose(std::uint32_t article,
                                                       std::span<const Neighbor> neighbors) const {
  const Calibration& calibration = relater_.languages()[facts(article).language].calibration;
  std::vector<Neighbor> list;
  if (options_.diversity > 0) {
    KITHKIN_TRY_ASSIGN(list, pick_diverse(neighbors, calibration));
  } else {
    list = pick(neighbors);
  }
  std::vector<TermWeight> terms;
  KITHKIN_TRY(relater_.weights().read(article, terms));
  TermTable places;
  places.reset(terms.size());
  for (const TermWeight& term : terms)
    places.insert(term.term);
  std::vector<RelatedEntry> out;
  for (const Neighbor& neighbor : list) {
    RelatedEntry entry;
    entry.article = neighbor.article;
    entry.score = calibration.score(neighbor.similarity);
    if (entry.score < static_cast<float>(options_.min_score)) continue;
    if (relater_.are_of_one_language(article, entry.article))
      KITHKIN_TRY(explain(terms, places, entry));
    out.push_back(entry);
  }
  return out;
}

}  // namespace kithkin

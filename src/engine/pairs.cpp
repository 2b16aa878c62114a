// Verified pairs of distinct documents to verified pairs of all documents.
#include <algorithm>
#include <utility>

#include "base/try.h"
#include "engine/job.h"

namespace kithkin {
namespace {

/// A pair of documents, a < b, with the counts behind its measures; shared is kExact for twins.
struct ListedPair {
  static constexpr std::uint32_t kExact = UINT32_MAX;
  std::uint32_t a = 0, b = 0;
  std::uint32_t shared = 0, size_a = 0, size_b = 0;
  std::uint32_t formula = kNone;  // its number among the formulas
  Evidence evidence;
  static constexpr std::uint32_t kNone = UINT32_MAX;
  bool operator<(const ListedPair& o) const { return a != o.a ? a < o.a : b < o.b; }
};

/// The documents of each exact group.
class Twins {
 public:
  explicit Twins(const Catalog& catalog) {
    for (std::uint32_t d = 0; d < catalog.size(); ++d) {
      if (catalog.twin(d) == d) continue;
      groups_.push_back(std::uint64_t{catalog.twin(d)} << 32 | d);
      groups_.push_back(std::uint64_t{catalog.twin(d)} << 32 | catalog.twin(d));
    }
    std::sort(groups_.begin(), groups_.end());
    groups_.erase(std::unique(groups_.begin(), groups_.end()), groups_.end());
  }

  /// All that equal `twin`, itself among them, in input order.
  void of(std::uint32_t twin, std::vector<std::uint32_t>& out) const {
    out.clear();
    auto at = std::lower_bound(groups_.begin(), groups_.end(), std::uint64_t{twin} << 32);
    for (; at != groups_.end() && *at >> 32 == twin; ++at) {
      out.push_back(static_cast<std::uint32_t>(*at));
    }
    if (out.empty()) out.push_back(twin);
  }

  /// Calls visit(twin) for each group of two or more.
  template <class Visit>
  Result<void> for_each(Visit visit) const {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      if (i > 0 && groups_[i] >> 32 == groups_[i - 1] >> 32) continue;
      KITHKIN_TRY(visit(static_cast<std::uint32_t>(groups_[i] >> 32)));
    }
    return {};
  }

 private:
  std::vector<std::uint64_t> groups_;  // twin << 32 | document, sorted
};

using Sorter = ExternalSorter<ListedPair>;

Result<void> add(Sorter& sorter, ListedPair pair) {
  if (pair.a > pair.b) {
    std::swap(pair.a, pair.b);
    std::swap(pair.size_a, pair.size_b);
  }
  return sorter.add(pair);
}

Result<void> add_exact(Sorter& sorter, std::uint32_t a, std::uint32_t b) {
  return add(sorter, {a, b, ListedPair::kExact, 1, 1, ListedPair::kNone, {}});
}

Result<void> add_group(Sorter& sorter, std::uint32_t twin,
                       const std::vector<std::uint32_t>& group) {
  if (group.size() > kMostTwins) {
    for (const std::uint32_t other : group) {
      if (other != twin) KITHKIN_TRY(add_exact(sorter, twin, other));
    }
    return {};
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (std::size_t j = i + 1; j < group.size(); ++j) {
      KITHKIN_TRY(add_exact(sorter, group[i], group[j]));
    }
  }
  return {};
}

Pair to_pair(const ListedPair& listed, const Catalog& catalog, const MatchOptions& match,
             std::span<const DifferingWords> words) {
  Pair pair{listed.a, listed.b, Relation::exact, {1, 1, 1}, {}};
  if (listed.shared == ListedPair::kExact) return pair;
  pair.measures = measure(listed.size_a, listed.size_b, listed.shared);
  pair.relation = decide(pair.measures, false, match);
  if (listed.formula == ListedPair::kNone) return pair;
  pair.relation = Relation::formula;
  pair.reason = listed.evidence.reason();
  if (listed.formula >= words.size()) return pair;
  const LongerFirst longer{catalog.tokens()};
  const bool a_is_hub = longer(catalog.twin(listed.a), catalog.twin(listed.b));
  const DifferingWords& differing = words[listed.formula];
  pair.reason.shared = differing.shared;
  pair.reason.only_a = a_is_hub ? differing.hub : differing.other;
  pair.reason.only_b = a_is_hub ? differing.other : differing.hub;
  return pair;
}

}  // namespace

Result<void> for_each_pair(JobContext& job, const Catalog& catalog, const JudgedPairs& judged,
                           std::span<const DifferingWords> words,
                           const std::function<Result<void>(const Pair&)>& visit) {
  const Twins twins(catalog);
  Sorter sorter(job.directory.file("listed-"), job.memory.sorting);
  std::vector<std::uint32_t> group_a, group_b;
  const auto add_all = [&](const VerifiedPair& p, std::uint32_t formula,
                           const Evidence& evidence) -> Result<void> {
    twins.of(p.pair.hub, group_a);
    twins.of(p.pair.other, group_b);
    const bool all = group_a.size() * group_b.size() <= kMostExpanded;
    if (!all) group_a = {p.pair.hub}, group_b = {p.pair.other};
    for (const std::uint32_t a : group_a) {
      for (const std::uint32_t b : group_b) {
        KITHKIN_TRY(add(sorter, {a, b, p.shared, p.size_hub, p.size_other, formula, evidence}));
      }
    }
    return {};
  };
  KITHKIN_TRY(judged.copies.for_each(
      [&](const VerifiedPair& p) { return add_all(p, ListedPair::kNone, {}); }));
  std::uint32_t formula = 0;
  KITHKIN_TRY(judged.formulas.for_each([&](const JudgedPair& p) {
    const std::uint32_t number = std::min(formula++, ListedPair::kNone - 1);
    return add_all(p.verified, number, p.evidence);
  }));
  KITHKIN_TRY(twins.for_each([&](std::uint32_t twin) {
    twins.of(twin, group_a);
    return add_group(sorter, twin, group_a);
  }));
  KITHKIN_TRY(sorter.sort());
  ListedPair next;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const bool any, sorter.next(next));
    if (!any) return {};
    KITHKIN_TRY(visit(to_pair(next, catalog, job.options.match, words)));
  }
}

}  // namespace kithkin

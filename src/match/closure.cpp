// See closure.h. Of a document only its nearest neighbors are held at a time, of a
// component its first members. Tests: tests/unit/match/closure_test.cpp.
#include "match/closure.h"

#include <algorithm>
#include <cassert>

#include "base/try.h"

namespace kithkin {

Closure::Closure(const LongerFirst& longer, const std::string& prefix, std::size_t memory,
                 const ClosureOptions& options)
    : longer_(longer),
      options_(options),
      neighbors_(prefix + "neighbors-", memory / 2),
      members_(prefix + "members-", memory / 2),
      parent_(longer.lengths.size()),
      copies_(longer.lengths.size()),
      components_(parent_) {
  assert(options.hubs <= options.complete);
}

Result<void> Closure::add(const VerifiedPair& pair) {
  const double resemblance = pair.measures().resemblance;
  ++copies_[pair.pair.hub];
  ++copies_[pair.pair.other];
  components_.join(pair.pair.hub, pair.pair.other);
  KITHKIN_TRY(neighbors_.add({pair.pair.hub, pair.pair.other, resemblance}));
  return neighbors_.add({pair.pair.other, pair.pair.hub, resemblance});
}

Result<void> Closure::propose(const PairSink& sink) {
  KITHKIN_TRY(pair_nearest(sink));
  KITHKIN_TRY(pair_components(sink));
  parent_ = {};
  copies_ = {};
  return {};
}

void Closure::pair_with(std::uint32_t document, std::span<const std::uint32_t> others,
                        std::vector<std::uint64_t>& pairs) const {
  for (const std::uint32_t other : others) {
    pairs.push_back(make_candidate(other, document, longer_).packed());
  }
}

Result<void> Closure::pair_nearest(const PairSink& sink) {
  KITHKIN_TRY(neighbors_.sort());
  std::vector<std::uint32_t> nearest;
  std::vector<std::uint64_t> pairs;
  std::uint32_t document = 0;
  Neighbor next;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const bool any, neighbors_.next(next));
    if (!any) return {};
    if (next.neighbor >= copies_.size()) return neighbors_.damaged();
    if (next.document != document) nearest.clear();
    document = next.document;
    if (nearest.size() == options_.nearest) continue;
    pairs.clear();
    pair_with(next.neighbor, nearest, pairs);
    KITHKIN_TRY(sink(pairs));
    nearest.push_back(next.neighbor);
  }
}

// The first members of a component, those with the most copies, are held until it shows whether
// there are more than `complete`.
Result<void> Closure::pair_components(const PairSink& sink) {
  for (std::uint32_t d = 0; d < copies_.size(); ++d) {
    if (copies_[d] > 0) KITHKIN_TRY(members_.add({components_.find(d), copies_[d], d}));
  }
  KITHKIN_TRY(members_.sort());
  std::vector<std::uint32_t> first;
  std::vector<std::uint64_t> pairs;
  std::uint32_t component = 0, size = 0;
  const auto finish = [&]() -> Result<void> {
    pairs.clear();
    const std::size_t hubs = size <= options_.complete ? first.size() : options_.hubs;
    for (std::size_t i = 1; i < first.size(); ++i) {
      pair_with(first[i], std::span(first).first(std::min(i, hubs)), pairs);
    }
    first.clear();
    size = 0;
    return sink(pairs);
  };
  Membership next;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const bool any, members_.next(next));
    if (any && next.document >= copies_.size()) return members_.damaged();
    if (!any || next.component != component) KITHKIN_TRY(finish());
    if (!any) return {};
    component = next.component;
    if (++size <= options_.complete) {
      first.push_back(next.document);
      continue;
    }
    pairs.clear();
    pair_with(next.document, std::span(first).first(options_.hubs), pairs);
    KITHKIN_TRY(sink(pairs));
  }
}

}  // namespace kithkin

// See closure.h. Of a document's neighbors only the last `window` are held at a time, of a
// component its hubs. Tests: tests/unit/match/closure_test.cpp.
#include "match/closure.h"

#include <deque>

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
      components_(parent_) {}

Result<void> Closure::add(const VerifiedPair& pair) {
  const double resemblance = pair.measures().resemblance;
  ++copies_[pair.pair.hub];
  ++copies_[pair.pair.other];
  components_.join(pair.pair.hub, pair.pair.other);
  KITHKIN_TRY(neighbors_.add({pair.pair.hub, pair.pair.other, resemblance}));
  return neighbors_.add({pair.pair.other, pair.pair.hub, resemblance});
}

Result<void> Closure::propose(const PairSink& sink) {
  KITHKIN_TRY(neighbors_.sort());
  KITHKIN_TRY(pair_neighbors(sink));
  KITHKIN_TRY(pair_hubs(sink));
  parent_ = {};
  copies_ = {};
  return {};
}

Result<void> Closure::pair_neighbors(const PairSink& sink) {
  std::deque<std::uint32_t> recent;
  std::vector<std::uint64_t> pairs;
  std::uint32_t document = 0;
  Neighbor next;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const bool any, neighbors_.next(next));
    if (!any) return {};
    if (next.document != document) recent.clear();
    document = next.document;
    pairs.clear();
    for (const std::uint32_t other : recent) {
      pairs.push_back(make_candidate(other, next.neighbor, longer_).packed());
    }
    KITHKIN_TRY(sink(pairs));
    recent.push_back(next.neighbor);
    if (recent.size() > options_.window) recent.pop_front();
  }
}

Result<void> Closure::pair_hubs(const PairSink& sink) {
  for (std::uint32_t d = 0; d < copies_.size(); ++d) {
    if (copies_[d] > 0) KITHKIN_TRY(members_.add({components_.find(d), copies_[d], d}));
  }
  KITHKIN_TRY(members_.sort());
  std::vector<std::uint32_t> hubs;
  std::vector<std::uint64_t> pairs;
  std::uint32_t component = 0;
  Membership next;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const bool any, members_.next(next));
    if (!any) return {};
    if (next.component != component) hubs.clear();
    component = next.component;
    pairs.clear();
    for (const std::uint32_t hub : hubs) {
      pairs.push_back(make_candidate(hub, next.document, longer_).packed());
    }
    KITHKIN_TRY(sink(pairs));
    if (hubs.size() < options_.hubs) hubs.push_back(next.document);
  }
}

}  // namespace kithkin

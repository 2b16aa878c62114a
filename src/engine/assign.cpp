// Verified pairs to an assignment, a connected component at a time, and what is read off it.
// Only one component's pairs are in memory at once.
#include <algorithm>

#include "base/components.h"
#include "base/try.h"
#include "cluster/cluster.h"
#include "engine/job.h"

namespace kithkin {
namespace {

/// A pair of copies, or of formula texts, under the number of its component.
struct ComponentPair {
  std::uint32_t component = 0;
  std::uint32_t is_formula = 0;
  VerifiedPair pair;
  bool operator<(const ComponentPair& o) const {
    return component != o.component ? component < o.component : pair < o.pair;
  }
};

/// A document that another one stands for, with the shingles they share.
struct Placement {
  std::uint32_t document = 0, representative = 0, shared = 0;
};

/// Chooses representatives in one component.
class ComponentSolver {
 public:
  ComponentSolver(const JobContext& job, const Catalog& catalog) : job_(job), catalog_(catalog) {}

  Result<void> solve(const std::vector<VerifiedPair>& pairs,
                     const std::vector<CandidatePair>& formulas, std::vector<Placement>& out) {
    number(pairs);
    KITHKIN_TRY_ASSIGN(const ClusterNodes nodes, rank());
    std::vector<ClusterEdge> edges;
    edges.reserve(pairs.size());
    for (const VerifiedPair& p : pairs) {
      const Measures m = p.measures();
      edges.push_back({local(p.pair.hub), local(p.pair.other), m.resemblance,
                       may_drop(m.resemblance, m.containment_a, job_.options.match),
                       may_drop(m.resemblance, m.containment_b, job_.options.match)});
    }
    std::vector<ClusterConflict> conflicts;
    conflicts.reserve(formulas.size());
    for (const CandidatePair& p : formulas)
      conflicts.push_back({local(p.hub), local(p.other)});
    const std::vector<std::uint32_t> chosen = choose_representatives(
        nodes, edges, conflicts, [this] { return job_.progress->cancelled(); });
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      place(edges[i].a, edges[i].b, chosen, pairs[i].shared, out);
      place(edges[i].b, edges[i].a, chosen, pairs[i].shared, out);
    }
    return {};
  }

 private:
  void number(const std::vector<VerifiedPair>& pairs) {
    documents_.clear();
    for (const VerifiedPair& p : pairs) {
      documents_.push_back(p.pair.hub);
      documents_.push_back(p.pair.other);
    }
    std::sort(documents_.begin(), documents_.end());
    documents_.erase(std::unique(documents_.begin(), documents_.end()), documents_.end());
  }

  [[nodiscard]] std::uint32_t local(std::uint32_t document) const {
    const auto at = std::lower_bound(documents_.begin(), documents_.end(), document);
    return static_cast<std::uint32_t>(at - documents_.begin());
  }

  [[nodiscard]] Result<ClusterNodes> rank() const {
    std::vector<Preference> preferences;
    preferences.reserve(documents_.size());
    for (const std::uint32_t document : documents_) {
      KITHKIN_TRY_ASSIGN(Preference p, Preference::of(document, catalog_, job_.options));
      preferences.push_back(std::move(p));
    }
    std::sort(preferences.begin(), preferences.end());
    ClusterNodes nodes{std::vector<std::uint32_t>(documents_.size()),
                       std::vector<bool>(documents_.size())};
    for (std::uint32_t i = 0; i < preferences.size(); ++i) {
      const std::uint32_t node = local(preferences[i].document);
      nodes.rank[node] = i;
      nodes.pinned[node] = catalog_.is_old(preferences[i].document);
    }
    return nodes;
  }

  void place(std::uint32_t member, std::uint32_t representative,
             const std::vector<std::uint32_t>& chosen, std::uint32_t shared,
             std::vector<Placement>& out) const {
    if (chosen[member] != representative) return;
    out.push_back({documents_[member], documents_[representative], shared});
  }

  const JobContext& job_;
  const Catalog& catalog_;
  std::vector<std::uint32_t> documents_;
};

}  // namespace

Result<Assignment> assign_clusters(JobContext& job, const Catalog& catalog,
                                   const JudgedPairs& judged) {
  const PassTimer timer(job.timings, "cluster");
  job.progress->begin("cluster", judged.copies.size());
  std::vector<std::uint32_t> stands_for(catalog.size());
  Components components(stands_for);
  KITHKIN_TRY(judged.copies.for_each([&](const VerifiedPair& p) -> Result<void> {
    components.join(p.pair.hub, p.pair.other);
    return {};
  }));
  ExternalSorter<ComponentPair> sorter(job.directory.file("components-"), job.memory.sorting);
  KITHKIN_TRY(judged.copies.for_each([&](const VerifiedPair& p) {
    return sorter.add({components.find(p.pair.hub), 0, p});
  }));
  KITHKIN_TRY(judged.formulas.for_each([&](const JudgedPair& p) -> Result<void> {
    const std::uint32_t component = components.find(p.verified.pair.hub);
    if (component != components.find(p.verified.pair.other)) return {};
    return sorter.add({component, 1, p.verified});
  }));
  KITHKIN_TRY(sorter.sort());

  ComponentSolver solver(job, catalog);
  std::vector<Placement> placements;
  std::vector<VerifiedPair> pairs;
  std::vector<CandidatePair> formulas;
  std::uint32_t component = 0;
  ComponentPair next;
  for (std::uint64_t done = 0;; ++done) {
    KITHKIN_TRY_ASSIGN(const bool any, sorter.next(next));
    if (!pairs.empty() && (!any || next.component != component)) {
      KITHKIN_TRY(solver.solve(pairs, formulas, placements));
      pairs.clear();
      formulas.clear();
      job.progress->advance(done);
      if (job.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    }
    if (!any) break;
    component = next.component;
    if (next.is_formula != 0)
      formulas.push_back(next.pair.pair);
    else
      pairs.push_back(next.pair);
  }

  for (std::uint32_t d = 0; d < catalog.size(); ++d)
    stands_for[d] = d;
  DocumentSet placed(catalog.size());
  for (const Placement& p : placements) {
    stands_for[p.document] = p.representative;
    placed.insert(p.document);
  }
  placed.freeze();
  std::vector<std::uint32_t> shared(placed.count());
  for (const Placement& p : placements)
    shared[placed.place(p.document)] = p.shared;
  return Assignment(catalog, std::move(stands_for), std::move(placed), std::move(shared));
}

Result<std::uint64_t> for_each_cluster(
    JobContext& job, const Catalog& catalog, const Assignment& assignment,
    const std::function<Result<void>(const ClusterView&)>& visit) {
  DocumentSet represents(catalog.size());
  for (std::uint32_t d = 0; d < catalog.size(); ++d) {
    const std::uint32_t representative = assignment.representative(d);
    if (representative != d && !catalog.is_old(d)) represents.insert(representative);
  }
  ExternalSorter<std::uint64_t> members(job.directory.file("members-"), job.memory.sorting);
  for (std::uint32_t d = 0; d < catalog.size(); ++d) {
    const std::uint32_t representative = assignment.representative(d);
    if (!represents.contains(representative)) continue;
    KITHKIN_TRY(members.add(std::uint64_t{representative} << 32 | d));
  }
  KITHKIN_TRY(members.sort());
  std::vector<std::uint32_t> documents;
  std::uint64_t clusters = 0, next = 0;
  std::uint32_t representative = 0;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const bool any, members.next(next));
    const auto owner = static_cast<std::uint32_t>(next >> 32);
    if (!documents.empty() && (!any || owner != representative)) {
      ++clusters;
      KITHKIN_TRY(visit({representative, documents}));
      documents.clear();
    }
    if (!any) return clusters;
    representative = owner;
    documents.push_back(static_cast<std::uint32_t>(next));
  }
}

Member describe_member(const Catalog& catalog, const Assignment& assignment,
                       const ShingleSource& shingles, const MatchOptions& match,
                       std::uint32_t document) {
  Member member;
  member.document = document;
  member.old = catalog.is_old(document);
  const std::uint32_t representative = assignment.representative(document);
  if (document == representative) {
    member.relation = Relation::representative;
    return member;
  }
  const std::uint32_t twin = catalog.twin(document);
  if (twin == representative) {
    member.relation = Relation::exact;
    return member;
  }
  const Measures m =
      measure(shingles.count(twin), shingles.count(representative), assignment.shared(document));
  member.relation = decide(m, false, match);
  member.resemblance = m.resemblance;
  member.containment = m.containment_a;
  member.containment_of_representative = m.containment_b;
  return member;
}

}  // namespace kithkin

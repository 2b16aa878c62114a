// Why not a star around the longest text: the longest is often a digest or a live page that a few
// members fit and most do not, and a star around it breaks a group of ten copies into many. Why
// not connected components: a chain of likenesses (a~b, b~c, c~d) would make one cluster of texts
// that have nothing in common. Why not the largest stars first: where twenty pages from one
// template have two revisions each, they gather all first revisions in one star and all second
// ones in another, and tear every page from its own revision. So, closest pairs first:
//
//   1. Every document begins alone. Pairs are taken by falling resemblance, and their clusters
//      joined whenever some document is left that every member fits. Those documents are the
//      cluster's possible representatives; joining only ever makes them fewer.
//   2. The best-ranked of them represents the cluster.
//   3. A member that resembles another representative more goes there.
//
// Joining and going stop short of a cluster that holds somebody one is in conflict with.
//
//      a-.9-b-.7-c   ->  {a b c} by b          a-.9-b-.7-c-.8-d   ->  {a b} {c d}
//
// Tests: tests/unit/cluster/cluster_test.cpp holds the guarantees on random graphs.
#include "cluster/cluster.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/components.h"

namespace kithkin {
namespace {

/// Who is near whom, in two flat arrays: 8 bytes an end of an edge.
class Adjacency {
 public:
  struct End {
    std::uint32_t node = 0;  ///< the other end
    std::uint32_t edge = 0;
  };

  template <class Edge>
  Adjacency(std::uint32_t nodes, std::span<const Edge> edges)
      : begins_(nodes + 1), ends_(edges.size() * 2) {
    for (const Edge& e : edges)
      ++begins_[e.a + 1], ++begins_[e.b + 1];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    std::vector<std::uint32_t> place(begins_.begin(), begins_.end() - 1);
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
      ends_[place[edges[i].a]++] = {edges[i].b, i};
      ends_[place[edges[i].b]++] = {edges[i].a, i};
    }
    const auto by_node = [](const End& x, const End& y) { return x.node < y.node; };
    for (std::uint32_t v = 0; v < nodes; ++v) {
      std::sort(ends_.begin() + begins_[v], ends_.begin() + begins_[v + 1], by_node);
    }
  }

  /// By node, ascending.
  [[nodiscard]] std::span<const End> of(std::uint32_t v) const {
    return std::span(ends_).subspan(begins_[v], begins_[v + 1] - begins_[v]);
  }

  /// The edge between two nodes; null when there is none.
  [[nodiscard]] const End* find(std::uint32_t v, std::uint32_t other) const {
    const auto ends = of(v);
    const auto at = std::lower_bound(ends.begin(), ends.end(), other,
                                     [](const End& e, std::uint32_t n) { return e.node < n; });
    return at != ends.end() && at->node == other ? &*at : nullptr;
  }

 private:
  std::vector<std::uint32_t> begins_;
  std::vector<End> ends_;
};

class Chooser {
 public:
  Chooser(const ClusterNodes& nodes, std::span<const ClusterEdge> edges,
          std::span<const ClusterConflict> conflicts)
      : nodes_(nodes),
        edges_(edges),
        size_(static_cast<std::uint32_t>(nodes.rank.size())),
        adjacency_(size_, edges),
        conflicts_(size_, conflicts),
        stands_for_(size_),
        represents_(nodes.pinned),
        parent_(size_),
        clusters_(parent_),
        members_(size_),
        possible_(size_) {
    for (std::uint32_t v = 0; v < size_; ++v)
      members_[v] = possible_[v] = {v};
  }

  std::vector<std::uint32_t> choose(const std::function<bool()>& cancelled) {
    join_closest_first(cancelled);
    represent();
    assign();
    return std::move(stands_for_);
  }

 private:
  /// Whether `v` may be dropped where the other end of the edge is kept.
  [[nodiscard]] bool fits(std::uint32_t v, std::uint32_t edge) const {
    return v == edges_[edge].a ? edges_[edge].a_fits_b : edges_[edge].b_fits_a;
  }

  /// Pinned documents and those that fit one take no part: the latter are dropped anyway.
  [[nodiscard]] bool is_settled(std::uint32_t v) const {
    if (nodes_.pinned[v]) return true;
    const auto ends = adjacency_.of(v);
    return std::any_of(ends.begin(), ends.end(), [&](const Adjacency::End& e) {
      return nodes_.pinned[e.node] && fits(v, e.edge);
    });
  }

  void join_closest_first(const std::function<bool()>& cancelled) {
    std::vector<bool> settled(size_);
    for (std::uint32_t v = 0; v < size_; ++v)
      settled[v] = is_settled(v);
    for (std::uint32_t i = 0; i < edges_.size(); ++i) {
      if (!settled[edges_[i].a] && !settled[edges_[i].b]) order_.push_back(i);
    }
    const auto ranks = [&](const ClusterEdge& e) {
      return std::pair(std::min(nodes_.rank[e.a], nodes_.rank[e.b]),
                       std::max(nodes_.rank[e.a], nodes_.rank[e.b]));
    };
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t i, std::uint32_t j) {
      const ClusterEdge &x = edges_[i], &y = edges_[j];
      if (x.resemblance != y.resemblance) return x.resemblance > y.resemblance;
      return ranks(x) < ranks(y);
    });
    for (std::size_t n = 0; n < order_.size(); ++n) {
      if (n % 1024 == 0 && cancelled()) return;
      const ClusterEdge& e = edges_[order_[n]];
      join(clusters_.find(e.a), clusters_.find(e.b));
    }
  }

  void join(std::uint32_t a, std::uint32_t b) {
    if (a == b) return;
    const std::uint64_t pair = std::uint64_t{std::min(a, b)} << 32 | std::max(a, b);
    const std::size_t size = members_[a].size() + members_[b].size();
    const auto refused = refused_.try_emplace(pair, 0).first;
    if (refused->second == size) return;  // nothing has changed since
    std::vector<std::uint32_t> left;      // of both clusters' possible representatives
    for (const std::uint32_t v : possible_[a]) {
      if (all_fit(members_[b], v)) left.push_back(v);
    }
    for (const std::uint32_t v : possible_[b]) {
      if (all_fit(members_[a], v)) left.push_back(v);
    }
    if (left.empty() || are_in_conflict(a, b)) {
      refused->second = size;
      return;
    }
    clusters_.join(a, b);
    const std::uint32_t root = clusters_.find(a);
    const std::uint32_t other = root == a ? b : a;
    members_[root].insert(members_[root].end(), members_[other].begin(), members_[other].end());
    members_[other] = {};
    possible_[root] = std::move(left);
    possible_[other] = {};
  }

  /// Whether a member of one cluster is in conflict with one of the other.
  [[nodiscard]] bool are_in_conflict(std::uint32_t a, std::uint32_t b) {
    if (members_[a].size() > members_[b].size()) std::swap(a, b);
    for (const std::uint32_t v : members_[a]) {
      for (const Adjacency::End& e : conflicts_.of(v)) {
        if (clusters_.find(e.node) == b) return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool all_fit(const std::vector<std::uint32_t>& members, std::uint32_t v) const {
    if (members.size() > adjacency_.of(v).size()) return false;
    return std::all_of(members.begin(), members.end(), [&](std::uint32_t member) {
      const Adjacency::End* end = adjacency_.find(v, member);
      return end != nullptr && fits(member, end->edge);
    });
  }

  void represent() {
    for (std::uint32_t v = 0; v < size_; ++v) {
      if (members_[v].empty()) continue;
      const std::uint32_t best = *std::min_element(
          possible_[v].begin(), possible_[v].end(),
          [&](std::uint32_t x, std::uint32_t y) { return nodes_.rank[x] < nodes_.rank[y]; });
      if (members_[v].size() > 1) represents_[best] = true;
      for (const std::uint32_t member : members_[v])
        stands_for_[member] = best;  // until assign() says otherwise: conflicts are held against it
    }
  }

  /// Everybody to the representative it resembles most. One whose members all went elsewhere is an
  /// ordinary document again, and goes too if it fits another. Best-ranked first, and again until
  /// nobody moves: who goes may have been what kept another away. Each move is to a closer
  /// representative, and nobody is ever driven out, so it ends.
  void assign() {
    std::vector<std::uint32_t> by_rank(size_);
    for (std::uint32_t v = 0; v < size_; ++v)
      by_rank[nodes_.rank[v]] = v;
    std::vector<std::uint32_t> followers(size_, 0);
    for (bool changed = true; changed;) {
      changed = false;
      for (const std::uint32_t v : by_rank) {
        const std::uint32_t to = represents_[v] ? v : closest(v);
        changed |= to != stands_for_[v];
        stands_for_[v] = to;
      }
      if (changed) continue;
      std::fill(followers.begin(), followers.end(), 0U);
      for (std::uint32_t v = 0; v < size_; ++v)
        followers[stands_for_[v]] += stands_for_[v] != v ? 1 : 0;
      for (const std::uint32_t v : by_rank) {
        if (!represents_[v] || followers[v] != 0 || nodes_.pinned[v]) continue;
        represents_[v] = false;
        stands_for_[v] = closest(v);
        if (stands_for_[v] == v) continue;
        ++followers[stands_for_[v]];
        changed = true;
      }
    }
    pair_up_lone(followers);
  }

  /// Of two that are left alone, one of which fits the other, that one goes, unless the other would
  /// then be a closer representative for somebody who has another.
  void pair_up_lone(std::vector<std::uint32_t>& followers) {
    for (const std::uint32_t i : order_) {
      const ClusterEdge& e = edges_[i];
      const auto is_lone = [&](std::uint32_t v) {
        return stands_for_[v] == v && followers[v] == 0;
      };
      if (!is_lone(e.a) || !is_lone(e.b) || !(e.a_fits_b || e.b_fits_a)) continue;
      const bool a_stays = e.b_fits_a && (!e.a_fits_b || nodes_.rank[e.a] < nodes_.rank[e.b]);
      const std::uint32_t stays = a_stays ? e.a : e.b, goes = a_stays ? e.b : e.a;
      if (would_attract(stays)) continue;
      represents_[stays] = true;
      stands_for_[goes] = stays;
      ++followers[stays];
    }
  }

  [[nodiscard]] bool would_attract(std::uint32_t v) const {
    const auto ends = adjacency_.of(v);
    return std::any_of(ends.begin(), ends.end(), [&](const Adjacency::End& e) {
      const std::uint32_t own = stands_for_[e.node];
      if (own == e.node || nodes_.pinned[own] || !fits(e.node, e.edge)) return false;
      return edges_[e.edge].resemblance >= edges_[adjacency_.find(e.node, own)->edge].resemblance;
    });
  }

  /// Whether somebody in the representative's cluster, as it is now, is in conflict with v.
  [[nodiscard]] bool is_kept_from(std::uint32_t v, std::uint32_t representative) const {
    if (nodes_.pinned[representative]) return false;
    const auto ends = conflicts_.of(v);
    return std::any_of(ends.begin(), ends.end(), [&](const Adjacency::End& e) {
      return stands_for_[e.node] == representative;
    });
  }

  /// The representative that v fits and resembles most (a pinned one before others); v itself
  /// where there is none.
  [[nodiscard]] std::uint32_t closest(std::uint32_t v) const {
    const Adjacency::End* best = nullptr;
    for (const Adjacency::End& e : adjacency_.of(v)) {
      if (!represents_[e.node] || !fits(v, e.edge) || is_kept_from(v, e.node)) continue;
      if (best == nullptr || is_closer(e, *best)) best = &e;
    }
    return best == nullptr ? v : best->node;
  }

  [[nodiscard]] bool is_closer(const Adjacency::End& x, const Adjacency::End& y) const {
    if (nodes_.pinned[x.node] != nodes_.pinned[y.node]) return nodes_.pinned[x.node];
    const double near_x = edges_[x.edge].resemblance, near_y = edges_[y.edge].resemblance;
    if (near_x != near_y) return near_x > near_y;
    return nodes_.rank[x.node] < nodes_.rank[y.node];
  }

  const ClusterNodes& nodes_;
  std::span<const ClusterEdge> edges_;
  std::uint32_t size_;
  Adjacency adjacency_, conflicts_;
  std::vector<std::uint32_t> stands_for_;
  std::vector<bool> represents_;
  std::vector<std::uint32_t> parent_;
  Components clusters_;
  std::vector<std::vector<std::uint32_t>> members_, possible_;  // by root of the cluster
  std::unordered_map<std::uint64_t, std::size_t> refused_;  // pairs of roots, and their size then
  std::vector<std::uint32_t> order_;                        // of edges, closest first
};

}  // namespace

std::vector<std::uint32_t> choose_representatives(const ClusterNodes& nodes,
                                                  std::span<const ClusterEdge> edges,
                                                  std::span<const ClusterConflict> conflicts,
                                                  const std::function<bool()>& cancelled) {
  return Chooser(nodes, edges, conflicts).choose(cancelled);
}

}  // namespace kithkin

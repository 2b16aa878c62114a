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
//      a-.9-b-.7-c   ->  {a b c} by b          a-.9-b-.7-c-.8-d   ->  {a b} {c d}
//
// Tests: tests/unit/cluster/cluster_test.cpp holds the guarantees on random graphs.
#include "cluster/cluster.h"

#include <algorithm>
#include <numeric>

#include "base/components.h"

namespace kithkin {
namespace {

struct Neighbor {
  std::uint32_t node = 0;
  double resemblance = 0;
  bool fits_me = false;  // the neighbor may be dropped where this one is kept
  bool i_fit = false;
};

class Chooser {
 public:
  Chooser(const ClusterNodes& nodes, std::span<const ClusterEdge> edges)
      : nodes_(nodes),
        edges_(edges.begin(), edges.end()),
        size_(static_cast<std::uint32_t>(nodes.rank.size())),
        adjacent_(size_),
        stands_for_(size_),
        represents_(nodes.pinned),
        parent_(size_),
        clusters_(parent_),
        members_(size_),
        possible_(size_) {
    for (const ClusterEdge& e : edges_) {
      adjacent_[e.a].push_back({e.b, e.resemblance, e.b_fits_a, e.a_fits_b});
      adjacent_[e.b].push_back({e.a, e.resemblance, e.a_fits_b, e.b_fits_a});
    }
    const auto by_node = [](const Neighbor& x, const Neighbor& y) { return x.node < y.node; };
    for (auto& neighbors : adjacent_)
      std::sort(neighbors.begin(), neighbors.end(), by_node);
    for (std::uint32_t v = 0; v < size_; ++v)
      members_[v] = possible_[v] = {v};
  }

  std::vector<std::uint32_t> choose() {
    join_closest_first();
    represent();
    assign();
    return std::move(stands_for_);
  }

 private:
  /// Pinned documents and those that fit one take no part: the latter are dropped anyway.
  [[nodiscard]] bool is_settled(std::uint32_t v) const {
    if (nodes_.pinned[v]) return true;
    return std::any_of(adjacent_[v].begin(), adjacent_[v].end(),
                       [&](const Neighbor& n) { return n.i_fit && nodes_.pinned[n.node]; });
  }

  void join_closest_first() {
    std::vector<bool> settled(size_);
    for (std::uint32_t v = 0; v < size_; ++v)
      settled[v] = is_settled(v);
    std::erase_if(edges_, [&](const ClusterEdge& e) { return settled[e.a] || settled[e.b]; });
    const auto ranks = [&](const ClusterEdge& e) {
      return std::minmax(nodes_.rank[e.a], nodes_.rank[e.b]);
    };
    std::sort(edges_.begin(), edges_.end(), [&](const ClusterEdge& x, const ClusterEdge& y) {
      if (x.resemblance != y.resemblance) return x.resemblance > y.resemblance;
      return ranks(x) < ranks(y);
    });
    for (const ClusterEdge& e : edges_)
      join(clusters_.find(e.a), clusters_.find(e.b));
  }

  void join(std::uint32_t a, std::uint32_t b) {
    if (a == b) return;
    std::vector<std::uint32_t> left;  // of both clusters' possible representatives
    for (const std::uint32_t v : possible_[a]) {
      if (all_fit(members_[b], v)) left.push_back(v);
    }
    for (const std::uint32_t v : possible_[b]) {
      if (all_fit(members_[a], v)) left.push_back(v);
    }
    if (left.empty()) return;
    clusters_.join(a, b);
    const std::uint32_t root = clusters_.find(a);
    const std::uint32_t other = root == a ? b : a;
    members_[root].insert(members_[root].end(), members_[other].begin(), members_[other].end());
    members_[other] = {};
    possible_[root] = std::move(left);
    possible_[other] = {};
  }

  [[nodiscard]] bool all_fit(const std::vector<std::uint32_t>& members, std::uint32_t v) const {
    const auto& neighbors = adjacent_[v];
    if (members.size() > neighbors.size()) return false;
    return std::all_of(members.begin(), members.end(), [&](std::uint32_t member) {
      const auto at =
          std::lower_bound(neighbors.begin(), neighbors.end(), member,
                           [](const Neighbor& n, std::uint32_t m) { return n.node < m; });
      return at != neighbors.end() && at->node == member && at->fits_me;
    });
  }

  void represent() {
    for (std::uint32_t v = 0; v < size_; ++v) {
      if (members_[v].size() < 2) continue;
      represents_[*std::min_element(possible_[v].begin(), possible_[v].end(),
                                    [&](std::uint32_t x, std::uint32_t y) {
                                      return nodes_.rank[x] < nodes_.rank[y];
                                    })] = true;
    }
  }

  /// Everybody to the representative it resembles most. One whose members all went elsewhere is an
  /// ordinary document again, and goes too if it fits another.
  void assign() {
    std::vector<std::uint32_t> followers(size_, 0);
    for (std::uint32_t v = 0; v < size_; ++v) {
      stands_for_[v] = represents_[v] ? v : closest(v);
      if (stands_for_[v] != v) ++followers[stands_for_[v]];
    }
    for (std::uint32_t v = 0; v < size_; ++v) {
      if (!represents_[v] || followers[v] != 0 || nodes_.pinned[v]) continue;
      represents_[v] = false;
      stands_for_[v] = closest(v);
      if (stands_for_[v] != v) ++followers[stands_for_[v]];
    }
  }

  /// The representative that v fits and resembles most (a pinned one before others); v itself
  /// where there is none.
  [[nodiscard]] std::uint32_t closest(std::uint32_t v) const {
    const Neighbor* best = nullptr;
    for (const Neighbor& n : adjacent_[v]) {
      if (n.i_fit && represents_[n.node] && (best == nullptr || is_closer(n, *best))) best = &n;
    }
    return best == nullptr ? v : best->node;
  }

  [[nodiscard]] bool is_closer(const Neighbor& x, const Neighbor& y) const {
    if (nodes_.pinned[x.node] != nodes_.pinned[y.node]) return nodes_.pinned[x.node];
    if (x.resemblance != y.resemblance) return x.resemblance > y.resemblance;
    return nodes_.rank[x.node] < nodes_.rank[y.node];
  }

  const ClusterNodes& nodes_;
  std::vector<ClusterEdge> edges_;
  std::uint32_t size_;
  std::vector<std::vector<Neighbor>> adjacent_;  // by node
  std::vector<std::uint32_t> stands_for_;
  std::vector<bool> represents_;
  std::vector<std::uint32_t> parent_;
  Components clusters_;
  std::vector<std::vector<std::uint32_t>> members_, possible_;  // by root of the cluster
};

}  // namespace

std::vector<std::uint32_t> choose_representatives(const ClusterNodes& nodes,
                                                  std::span<const ClusterEdge> edges) {
  return Chooser(nodes, edges).choose();
}

}  // namespace kithkin

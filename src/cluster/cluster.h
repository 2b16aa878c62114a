// Verified pairs to clusters: who stands for whom.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace kithkin {

/// A verified pair inside one connected component, its documents numbered 0, 1, ... there.
struct ClusterEdge {
  std::uint32_t a = 0, b = 0;
  double resemblance = 0;
  bool a_fits_b = false;  ///< a may be dropped where b is kept
  bool b_fits_a = false;
};

/// Two documents that must not be in one cluster: known to be alike and no copies. No pair is both
/// an edge and a conflict.
struct ClusterConflict {
  std::uint32_t a = 0, b = 0;
};

/// What is to be known of each document of the component.
struct ClusterNodes {
  std::vector<std::uint32_t> rank;  ///< 0 is kept most gladly; no two alike
  std::vector<bool> pinned;         ///< stands for itself whatever happens (older documents)
};

/// For each document the one that stands for it: itself (a representative, or alone), or a
/// representative that it was verified against and fits. Guarantees, whatever the edges:
///   - every member fits its representative by an edge of its own, so no chain can grow a cluster;
///   - of the representatives it fits, a member has the one it resembles most (ties: by rank), a
///     pinned one before all others, unless a conflict keeps it away;
///   - a pinned document stands for itself, and whoever fits one is represented by one.
///   - nobody who is alone fits a representative, unless a conflict keeps it away;
///   - no two members of a cluster are in conflict, unless both fit one pinned document.
/// Two representatives may be copies of each other. Near O(edges log edges) in practice; about 24
/// bytes an edge besides the edges. `cancelled` is polled; once true, the result means nothing.
std::vector<std::uint32_t> choose_representatives(
    const ClusterNodes& nodes, std::span<const ClusterEdge> edges,
    std::span<const ClusterConflict> conflicts = {},
    const std::function<bool()>& cancelled = [] { return false; });

}  // namespace kithkin

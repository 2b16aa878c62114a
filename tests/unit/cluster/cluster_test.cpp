// Who stands for whom: the examples of cluster.cpp, and the guarantees of cluster.h on thousands
// of random graphs.
#include "cluster/cluster.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <ostream>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {

void PrintTo(const ClusterEdge& e, std::ostream* out) {
  *out << e.a << (e.a_fits_b ? (e.b_fits_a ? "-" : ">") : (e.b_fits_a ? "<" : "|")) << e.b << "@"
       << e.resemblance;
}

void PrintTo(const ClusterConflict& c, std::ostream* out) { *out << c.a << "x" << c.b; }

namespace {

using Assignment = std::vector<std::uint32_t>;

struct Graph {
  ClusterNodes nodes;
  std::vector<ClusterEdge> edges;
  std::vector<ClusterConflict> conflicts;

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(nodes.rank.size()); }
  [[nodiscard]] Assignment choose() const {
    return choose_representatives(nodes, edges, conflicts);
  }
};

std::string describe(const Graph& graph, const Assignment& chosen) {
  return "ranks " + testing::PrintToString(graph.nodes.rank) + " pinned " +
         testing::PrintToString(graph.nodes.pinned) + " edges " +
         testing::PrintToString(graph.edges) + " conflicts " +
         testing::PrintToString(graph.conflicts) + " chosen " + testing::PrintToString(chosen);
}

/// Documents of these ranks; none pinned.
Graph make_graph(std::vector<std::uint32_t> ranks, std::vector<ClusterEdge> edges,
                 std::vector<ClusterConflict> conflicts = {}) {
  const std::size_t size = ranks.size();
  return {
      {std::move(ranks), std::vector<bool>(size, false)}, std::move(edges), std::move(conflicts)};
}

/// Either may be dropped where the other is kept.
ClusterEdge alike(std::uint32_t a, std::uint32_t b, double resemblance) {
  return {a, b, resemblance, true, true};
}
/// Only `part` may be dropped.
ClusterEdge within(std::uint32_t part, std::uint32_t whole, double resemblance) {
  return {part, whole, resemblance, true, false};
}

TEST(Representatives, ADocumentWithoutCopiesStandsForItself) {
  EXPECT_EQ(make_graph({}, {}).choose(), Assignment{});
  EXPECT_EQ(make_graph({1, 0, 2}, {}).choose(), (Assignment{0, 1, 2}));
}

TEST(Representatives, OfTwoCopiesTheBetterRankedIsKept) {
  EXPECT_EQ(make_graph({0, 1}, {alike(0, 1, .7)}).choose(), (Assignment{0, 0}));
  EXPECT_EQ(make_graph({1, 0}, {alike(0, 1, .7)}).choose(), (Assignment{1, 1}));
}

TEST(Representatives, APartIsDroppedAndNotTheWholeWhateverTheRank) {
  EXPECT_EQ(make_graph({0, 1}, {within(0, 1, .2)}).choose(), (Assignment{1, 1}));
  EXPECT_EQ(make_graph({1, 0}, {within(0, 1, .2)}).choose(), (Assignment{1, 1}));
}

TEST(Representatives, TheMiddleOfAChainOfThreeStandsForBothEnds) {
  for (const auto& ranks : {std::vector<std::uint32_t>{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {2, 1, 0}}) {
    const Graph graph = make_graph(ranks, {alike(0, 1, .9), alike(1, 2, .7)});
    EXPECT_EQ(graph.choose(), (Assignment{1, 1, 1}));
  }
}

TEST(Representatives, AChainOfFourFallsIntoItsClosestPairs) {
  const std::vector<ClusterEdge> chain = {alike(0, 1, .9), alike(1, 2, .7), alike(2, 3, .8)};
  EXPECT_EQ(make_graph({0, 1, 2, 3}, chain).choose(), (Assignment{0, 0, 2, 2}));
  EXPECT_EQ(make_graph({3, 2, 1, 0}, chain).choose(), (Assignment{1, 1, 3, 3}));
}

TEST(Representatives, OfAGroupOfCopiesTheBestRankedIsKept) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Random random(seed);
    const std::uint32_t size = 2 + random.index(12);
    std::vector<std::uint32_t> ranks(size);
    for (std::uint32_t v = 0; v < size; ++v)
      ranks[v] = v;
    random.shuffle(ranks);
    std::vector<ClusterEdge> edges;
    for (std::uint32_t a = 0; a < size; ++a) {
      for (std::uint32_t b = a + 1; b < size; ++b)
        edges.push_back(alike(a, b, .6 + .4 * random.unit()));
    }
    const auto best = std::min_element(ranks.begin(), ranks.end()) - ranks.begin();
    EXPECT_EQ(make_graph(ranks, edges).choose(),
              Assignment(size, static_cast<std::uint32_t>(best)));
  }
}

TEST(Representatives, TheBestRankedOfThoseWhomAllFitIsKept) {
  // All four are alike, but 0, the best ranked, has too much that 3 lacks and 3 too much that it
  // lacks: no edge between them.
  const Graph graph = make_graph({0, 2, 1, 3}, {alike(0, 1, .9), alike(0, 2, .9), alike(1, 2, .9),
                                                alike(1, 3, .8), alike(2, 3, .8)});
  EXPECT_EQ(graph.choose(), (Assignment{2, 2, 2, 2}));
}

TEST(Representatives, PagesOfATemplateStayWithTheirOwnRevision) {
  // Two revisions each of three pages: .95 from one to the other, .7 to everybody else.
  std::vector<ClusterEdge> edges;
  for (std::uint32_t a = 0; a < 6; ++a) {
    for (std::uint32_t b = a + 1; b < 6; ++b) {
      if (a / 2 == b / 2) {
        edges.push_back(alike(a, b, .95));
      } else if (a % 2 == b % 2) {
        edges.push_back(alike(a, b, .7));
      }
    }
  }
  const Assignment chosen = make_graph({0, 1, 2, 3, 4, 5}, edges).choose();
  EXPECT_EQ(chosen, (Assignment{0, 0, 2, 2, 4, 4}));
}

TEST(Representatives, APinnedOneStandsForThoseThatFitItHoweverLittleTheyResembleIt) {
  Graph graph = make_graph({2, 1, 0}, {alike(0, 1, .6), alike(1, 2, .9)});
  graph.nodes.pinned[0] = true;
  EXPECT_EQ(graph.choose(), (Assignment{0, 0, 2}));
}

TEST(Representatives, PinnedOnesNeverStandForEachOther) {
  Graph graph = make_graph({0, 1, 2}, {alike(0, 1, 1), alike(1, 2, .8), alike(0, 2, .7)});
  graph.nodes.pinned[0] = graph.nodes.pinned[1] = true;
  EXPECT_EQ(graph.choose(), (Assignment{0, 1, 1}));
}

TEST(Conflict, KeepsTwoCopiesOfOneTextOutOfOneCluster) {
  const std::vector<ClusterEdge> edges = {alike(0, 1, .9), alike(1, 2, .8)};
  EXPECT_EQ(make_graph({1, 0, 2}, edges, {{0, 2}}).choose(), (Assignment{1, 1, 2}));
  EXPECT_EQ(make_graph({1, 0, 2}, edges, {{2, 0}}).choose(), (Assignment{1, 1, 2}));
  EXPECT_EQ(make_graph({1, 0, 2}, edges).choose(), (Assignment{1, 1, 1})) << "without it they meet";
}

TEST(Conflict, OfCopiesOfOneTextTheCloserStaysWhateverTheRank) {
  const std::vector<ClusterEdge> edges = {alike(0, 1, .8), alike(1, 2, .9)};
  EXPECT_EQ(make_graph({0, 1, 2}, edges, {{0, 2}}).choose(), (Assignment{0, 1, 1}));
}

TEST(Conflict, OfTwoMembersKeepsTheirClustersApart) {
  // All four are alike, but 1 and 3 are a formula.
  const std::vector<ClusterEdge> edges = {alike(0, 1, .9), alike(2, 3, .9), alike(0, 2, .8),
                                          alike(0, 3, .7), alike(1, 2, .7)};
  EXPECT_EQ(make_graph({0, 1, 2, 3}, edges, {{1, 3}}).choose(), (Assignment{0, 0, 2, 2}));
  EXPECT_EQ(make_graph({0, 1, 2, 3}, edges).choose(), (Assignment{0, 0, 0, 0}))
      << "without it they join";
}

TEST(Conflict, KeepsAMemberFromACloserRepresentative) {
  // {0 1 2} by 1 and {3 4} by 4; 2 resembles 4 more, which has its formula 3.
  const std::vector<ClusterEdge> edges = {alike(0, 1, .9), alike(1, 2, .7), alike(0, 2, .85),
                                          alike(3, 4, .95), alike(2, 4, .8)};
  EXPECT_EQ(make_graph({1, 0, 2, 4, 3}, edges).choose(), (Assignment{1, 1, 4, 4, 4}));
  EXPECT_EQ(make_graph({1, 0, 2, 4, 3}, edges, {{2, 3}}).choose(), (Assignment{1, 1, 1, 4, 4}));
}

TEST(Conflict, DoesNotConcernThoseInOtherClusters) {
  const std::vector<ClusterEdge> edges = {alike(0, 1, .9), alike(2, 3, .9)};
  EXPECT_EQ(make_graph({0, 1, 2, 3}, edges, {{0, 2}, {0, 3}, {1, 2}, {1, 3}}).choose(),
            (Assignment{0, 0, 2, 2}));
}

TEST(Conflict, APinnedOneTakesBoth) {
  Graph graph = make_graph({1, 0, 2}, {alike(0, 1, .9), alike(1, 2, .8)}, {{0, 2}});
  graph.nodes.pinned[1] = true;
  EXPECT_EQ(graph.choose(), (Assignment{1, 1, 1}));
}

TEST(Conflict, OfEverybodyWithEverybodyLeavesNoTwoTogether) {
  std::vector<ClusterEdge> spokes;
  std::vector<ClusterConflict> conflicts;
  for (std::uint32_t v = 1; v < 30; ++v) {
    spokes.push_back(alike(0, v, .9 - .01 * v));
    for (std::uint32_t w = 1; w < v; ++w)
      conflicts.push_back({v, w});
  }
  std::vector<std::uint32_t> ranks(30);
  for (std::uint32_t v = 0; v < 30; ++v)
    ranks[v] = v;
  Assignment expected = ranks;
  expected[1] = 0;
  EXPECT_EQ(make_graph(ranks, spokes, conflicts).choose(), expected);
}

// Bug: 0 is kept from 4 by 3, which is in its cluster when 0 chooses and goes to 5 after that.
TEST(Conflict, KeepsNobodyFromAClusterThatTheOtherHasLeft) {
  const Graph graph = make_graph({5, 2, 3, 4, 1, 0},
                                 {alike(0, 4, .6), alike(1, 3, .9), alike(1, 4, .8),
                                  within(2, 5, .8), alike(3, 4, .6), alike(3, 5, .8)},
                                 {{0, 3}});
  EXPECT_EQ(graph.choose(), (Assignment{4, 4, 5, 5, 4, 5}));
}

/// Few resemblances, so that there are ties; all kinds of fit. A pair is a copy or in conflict.
Graph random_graph(std::uint64_t seed, bool with_pinned) {
  Random random(seed);
  const std::uint32_t size = 1 + random.index(seed % 10 == 0 ? 30 : 9);
  std::vector<std::uint32_t> ranks(size);
  for (std::uint32_t v = 0; v < size; ++v)
    ranks[v] = v;
  random.shuffle(ranks);
  Graph graph = make_graph(std::move(ranks), {});
  for (std::uint32_t v = 0; v < size; ++v)
    graph.nodes.pinned[v] = with_pinned && random.chance(.2);
  const double density = random.unit();
  const double one_way = random.chance(.5) ? 0 : random.unit();
  const double conflict = seed % 2 == 0 ? 0 : random.unit();
  for (std::uint32_t a = 0; a < size; ++a) {
    for (std::uint32_t b = a + 1; b < size; ++b) {
      if (!random.chance(density)) {
        if (random.chance(conflict)) graph.conflicts.push_back({a, b});
        continue;
      }
      const double resemblance = (6 + static_cast<double>(random.below(4))) / 10;
      const bool both = !random.chance(one_way);
      const bool a_fits = both || random.chance(.45), b_fits = both || random.chance(.45);
      if (random.chance(.5)) {
        graph.edges.push_back({a, b, resemblance, a_fits, b_fits});
      } else {
        graph.edges.push_back({b, a, resemblance, b_fits, a_fits});
      }
    }
  }
  random.shuffle(graph.edges);
  random.shuffle(graph.conflicts);
  return graph;
}

/// Looks at a graph and who was chosen, slowly.
class Look {
 public:
  Look(const Graph& graph, const Assignment& chosen) : graph_(graph), chosen_(chosen) {}

  /// The resemblance of v to w where v fits w by an edge of its own, else 0.
  [[nodiscard]] double fits(std::uint32_t v, std::uint32_t w) const {
    for (const ClusterEdge& e : graph_.edges) {
      if (e.a == v && e.b == w && e.a_fits_b) return e.resemblance;
      if (e.b == v && e.a == w && e.b_fits_a) return e.resemblance;
    }
    return 0;
  }
  [[nodiscard]] bool stands_for_itself(std::uint32_t v) const { return chosen_[v] == v; }
  [[nodiscard]] bool pinned(std::uint32_t v) const { return graph_.nodes.pinned[v]; }
  [[nodiscard]] bool has_members(std::uint32_t v) const {
    return std::count(chosen_.begin(), chosen_.end(), v) > (stands_for_itself(v) ? 1 : 0);
  }
  /// Stands for others, or is pinned and could.
  [[nodiscard]] bool represents(std::uint32_t v) const {
    return stands_for_itself(v) && (has_members(v) || pinned(v));
  }
  [[nodiscard]] bool are_in_conflict(std::uint32_t v, std::uint32_t w) const {
    return std::any_of(
        graph_.conflicts.begin(), graph_.conflicts.end(),
        [&](const ClusterConflict& c) { return (c.a == v && c.b == w) || (c.a == w && c.b == v); });
  }
  /// Whether v is in conflict with somebody in the cluster of w, which a pinned w overlooks.
  [[nodiscard]] bool is_kept_from(std::uint32_t v, std::uint32_t w) const {
    if (pinned(w)) return false;
    for (std::uint32_t member = 0; member < graph_.size(); ++member) {
      if (chosen_[member] == w && are_in_conflict(v, member)) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_alone(std::uint32_t v) const {
    return stands_for_itself(v) && !has_members(v) && !pinned(v);
  }

 private:
  const Graph& graph_;
  const Assignment& chosen_;
};

constexpr std::uint64_t kGraphs = 6000;

/// Calls check(graph, chosen, look) for many graphs, a third of them with pinned documents, half
/// with conflicts.
template <class Check>
void for_random_graphs(Check check) {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Graph graph = random_graph(seed, seed % 3 == 0);
    const Assignment chosen = graph.choose();
    ASSERT_EQ(chosen.size(), graph.size());
    SCOPED_TRACE(describe(graph, chosen));
    check(graph, chosen, Look(graph, chosen));
    if (testing::Test::HasFailure()) return;
  }
}

TEST(Guarantee, EveryMemberFitsItsRepresentativeByAnEdgeOfItsOwn) {
  for_random_graphs([](const Graph& graph, const Assignment& chosen, const Look& look) {
    for (std::uint32_t v = 0; v < graph.size(); ++v)
      ASSERT_TRUE(chosen[v] == v || look.fits(v, chosen[v]) > 0) << v;
  });
}

TEST(Guarantee, NobodyIsRepresentedByOneThatIsRepresented) {
  for_random_graphs([](const Graph& graph, const Assignment& chosen, const Look& look) {
    for (std::uint32_t v = 0; v < graph.size(); ++v)
      ASSERT_TRUE(look.stands_for_itself(chosen[v])) << v;
  });
}

TEST(Guarantee, PinnedOnesStandForThemselves) {
  for_random_graphs([](const Graph& graph, const Assignment&, const Look& look) {
    for (std::uint32_t v = 0; v < graph.size(); ++v)
      ASSERT_TRUE(!look.pinned(v) || look.stands_for_itself(v)) << v;
  });
}

TEST(Guarantee, WhoFitsAPinnedOneIsRepresentedByAPinnedOne) {
  for_random_graphs([](const Graph& graph, const Assignment& chosen, const Look& look) {
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      for (std::uint32_t w = 0; w < graph.size(); ++w) {
        const bool fits_pinned = look.pinned(w) && !look.pinned(v) && look.fits(v, w) > 0;
        ASSERT_TRUE(!fits_pinned || look.pinned(chosen[v])) << v << " fits " << w;
      }
    }
  });
}

TEST(Guarantee, OfTheRepresentativesItFitsAMemberHasAPinnedOneElseTheOneItResemblesMost) {
  for_random_graphs([](const Graph& graph, const Assignment& chosen, const Look& look) {
    const auto is_better = [&](std::uint32_t v, std::uint32_t x, std::uint32_t y) {
      if (look.pinned(x) != look.pinned(y)) return look.pinned(x);
      if (look.fits(v, x) != look.fits(v, y)) return look.fits(v, x) > look.fits(v, y);
      return graph.nodes.rank[x] < graph.nodes.rank[y];
    };
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      if (look.stands_for_itself(v)) continue;
      for (std::uint32_t w = 0; w < graph.size(); ++w) {
        if (w == chosen[v] || !look.represents(w) || look.fits(v, w) == 0) continue;
        if (look.is_kept_from(v, w)) continue;
        ASSERT_TRUE(is_better(v, chosen[v], w)) << v << " would be better with " << w;
      }
    }
  });
}

TEST(Guarantee, WhoIsAloneFitsNoRepresentativeUnlessAConflictKeepsItAway) {
  for_random_graphs([](const Graph& graph, const Assignment&, const Look& look) {
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      if (!look.is_alone(v)) continue;
      for (std::uint32_t w = 0; w < graph.size(); ++w)
        ASSERT_FALSE(look.represents(w) && look.fits(v, w) > 0 && !look.is_kept_from(v, w))
            << v << " fits " << w;
    }
  });
}

TEST(Guarantee, NoTwoMembersOfAClusterAreInConflictUnlessAPinnedOneRepresentsThem) {
  int averted = 0, by_pinned = 0;
  for_random_graphs([&](const Graph& graph, const Assignment& chosen, const Look& look) {
    for (const ClusterConflict& c : graph.conflicts) {
      const bool meet = chosen[c.a] == chosen[c.b];
      ASSERT_TRUE(!meet || look.pinned(chosen[c.a])) << c.a << " x " << c.b;
      by_pinned += meet ? 1 : 0;
    }
    if (graph.conflicts.empty()) return;
    const Assignment without = choose_representatives(graph.nodes, graph.edges);
    averted += without != chosen ? 1 : 0;
  });
  EXPECT_GT(averted, 300) << "or conflicts were not tested";
  EXPECT_GT(by_pinned, 100);
}

TEST(Guarantee, TwoRepresentativesMayBeCopiesOfEachOther) {
  // 1 and 2 are, and neither group fits the other's.
  const Graph graph = make_graph({2, 0, 1, 3}, {alike(0, 1, .9), alike(1, 2, .7), alike(2, 3, .8)});
  EXPECT_EQ(graph.choose(), (Assignment{1, 1, 2, 2}));
}

// Bug: one that loses all its members, and fits none but an ordinary document that is alone, stays
// alone beside it: 3 fits 0 by a verified edge, and both are kept.
TEST(Guarantee, OfTwoThatAreAloneNeitherFitsTheOther) {
  const Graph graph =
      make_graph({0, 1, 2, 3, 4, 5, 6, 7},
                 {within(3, 0, .3), alike(1, 4, .9), within(5, 1, .3), alike(2, 6, .7),
                  alike(2, 7, .9), within(5, 3, .3), alike(3, 6, .7), alike(5, 6, .8)});
  const Assignment chosen = graph.choose();  // {0, 1, 2, 3, 1, 1, 2, 2}
  EXPECT_FALSE(chosen[0] == 0 && chosen[3] == 3) << describe(graph, chosen);
}

TEST(Guarantee, TheOrderAndDirectionOfEdgesDoNotMatter) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Graph graph = random_graph(seed, seed % 3 == 0);
    const Assignment chosen = graph.choose();
    Random random(seed);
    for (int round = 0; round < 3; ++round) {
      random.shuffle(graph.edges);
      random.shuffle(graph.conflicts);
      for (ClusterConflict& c : graph.conflicts) {
        if (random.chance(.5)) c = {c.b, c.a};
      }
      for (ClusterEdge& e : graph.edges) {
        if (random.chance(.5)) e = {e.b, e.a, e.resemblance, e.b_fits_a, e.a_fits_b};
      }
      ASSERT_EQ(graph.choose(), chosen) << describe(graph, chosen);
    }
  }
}

TEST(Guarantee, TheNumbersOfDocumentsDoNotMatter) {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Graph graph = random_graph(seed, seed % 3 == 0);
    std::vector<std::uint32_t> to(graph.size());
    for (std::uint32_t v = 0; v < graph.size(); ++v)
      to[v] = v;
    Random(seed).shuffle(to);
    Graph renamed = graph;
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      renamed.nodes.rank[to[v]] = graph.nodes.rank[v];
      renamed.nodes.pinned[to[v]] = graph.nodes.pinned[v];
    }
    for (ClusterEdge& e : renamed.edges)
      e.a = to[e.a], e.b = to[e.b];
    for (ClusterConflict& c : renamed.conflicts)
      c.a = to[c.a], c.b = to[c.b];
    const Assignment chosen = graph.choose(), other = renamed.choose();
    for (std::uint32_t v = 0; v < graph.size(); ++v)
      ASSERT_EQ(other[to[v]], to[chosen[v]]) << describe(graph, chosen);
  }
}

}  // namespace
}  // namespace kithkin

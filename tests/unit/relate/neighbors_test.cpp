// Neighbors found by blocks against all pairs one by one.
#include "relate/neighbors.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "unit/relate/articles.h"

namespace kithkin {
namespace {

constexpr std::size_t kKept = 5;
constexpr float kBlockOff = 0.015F;  // "about .01": how far a similarity of a block may be off

using Lists = std::vector<std::vector<Neighbor>>;
using Weigh = std::function<float(std::uint32_t, std::uint32_t, float)>;

struct Settings {
  unsigned threads = 1;
  std::size_t keep = kKept;
  Weigh weigh{};
  std::size_t first_query = 0;
};

NeighborSearch search_with(const Settings& settings, Progress& progress) {
  return {settings.threads, &progress, settings.weigh, settings.first_query};
}

Lists found(const TestArticles& articles, const Settings& settings) {
  Progress progress;
  const NeighborSearch search = search_with(settings, progress);
  NeighborLists lists(articles.size(), settings.keep);
  EXPECT_TRUE(find_neighbors(articles.set(), search, lists));
  EXPECT_TRUE(measure_again(articles.set(), articles.set(), search, lists));
  Lists out;
  for (std::size_t i = 0; i < articles.size(); ++i)
    out.emplace_back(lists.of(i).begin(), lists.of(i).end());
  return out;
}

/// The best of each article and all the others, by the exact measure.
Lists one_by_one(const TestArticles& articles, const Settings& settings) {
  Lists out(articles.size());
  for (std::uint32_t a = 0; a < articles.size(); ++a) {
    for (std::uint32_t b = 0; b < articles.size(); ++b) {
      if (a == b || a < settings.first_query) continue;
      if (settings.first_query > 0 && b >= settings.first_query) continue;
      float value = similarity(articles.view(a), articles.view(b));
      if (settings.weigh) value = settings.weigh(a, b, value);
      if (value > 0) out[a].push_back({b, value});
    }
    std::sort(out[a].begin(), out[a].end(), is_nearer);
  }
  return out;
}

/// Lists hold what is nearest; where a block's rounding may have chosen otherwise, as near.
void expect_nearest(const Lists& lists, const Lists& all, std::size_t keep) {
  ASSERT_EQ(lists.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    SCOPED_TRACE(i);
    const std::vector<Neighbor>& list = lists[i];
    ASSERT_LE(list.size(), std::min(keep, all[i].size()));
    EXPECT_TRUE(std::is_sorted(list.begin(), list.end(), is_nearer));
    std::set<std::uint32_t> listed;
    for (std::size_t n = 0; n < list.size(); ++n) {
      ASSERT_TRUE(listed.insert(list[n].article).second) << "listed twice";
      const auto same = std::find_if(all[i].begin(), all[i].end(), [&](const Neighbor& other) {
        return other.article == list[n].article;
      });
      ASSERT_NE(same, all[i].end());
      ASSERT_EQ(list[n].similarity, same->similarity);
      ASSERT_NEAR(list[n].similarity, all[i][n].similarity, 2 * kBlockOff);
    }
    const std::size_t wanted = std::min(keep, all[i].size());
    for (std::size_t n = list.size(); n < wanted; ++n)
      ASSERT_LT(all[i][n].similarity, kBlockOff) << "left out, and not for being unlike";
  }
}

void expect_same_lists(const Lists& a, const Lists& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].size(), b[i].size()) << i;
    for (std::size_t n = 0; n < a[i].size(); ++n) {
      ASSERT_EQ(a[i][n].article, b[i][n].article) << i << " " << n;
      ASSERT_EQ(a[i][n].similarity, b[i][n].similarity) << i << " " << n;
    }
  }
}

std::unique_ptr<TestArticles> random_articles(std::size_t size, std::uint64_t seed,
                                              bool with_places = true) {
  Random random(seed);
  auto out = std::make_unique<TestArticles>();
  for (std::size_t i = 0; i < size; ++i)
    out->add(random_terms(random, 3 + random.below(60), 800),
             with_places ? random_place(random) : Coordinates());
  return out;
}

TEST(FindNeighbors, FindsWhatAllPairsOneByOneFind) {
  for (const std::size_t size : {1, 2, 3, 5, 15, 16, 17, 64, 65, 300}) {
    SCOPED_TRACE(size);
    const auto articles = random_articles(size, size);
    expect_nearest(found(*articles, {}), one_by_one(*articles, {}), kKept);
  }
}

TEST(FindNeighbors, FindsThemByTermsAloneWhereThereAreNoPlaces) {
  const auto articles = random_articles(200, 1, false);
  expect_nearest(found(*articles, {}), one_by_one(*articles, {}), kKept);
}

TEST(FindNeighbors, GivesNothingForNoArticles) {
  const TestArticles articles;
  EXPECT_TRUE(found(articles, {}).empty());
}

TEST(FindNeighbors, FindsTheSameOnThreeThreads) {
  const auto articles = random_articles(700, 2);
  for (const std::size_t keep : {1, 5, 40}) {
    const Lists one = found(*articles, {1, keep, {}, 0});
    expect_same_lists(found(*articles, {3, keep, {}, 0}), one);
    expect_same_lists(found(*articles, {3, keep, {}, 0}), one);
  }
}

TEST(FindNeighbors, ListsTheEarlierOfEquals) {
  // Twelve equal articles among others: each lists the first five of them that it is not.
  Random random(3);
  TestArticles articles;
  const Terms terms = random_terms(random, 40, 500);
  const Coordinates place = random_place(random);
  std::vector<std::uint32_t> equal;
  for (std::uint32_t i = 0; i < 120; ++i) {
    if (i % 10 == 7) {
      equal.push_back(i);
      articles.add(terms, place);
    } else {
      articles.add(random_terms(random, 30, 500), random_place(random));
    }
  }
  for (const unsigned threads : {1U, 3U}) {
    const Lists lists = found(articles, {threads, kKept, {}, 0});
    for (const std::uint32_t i : equal) {
      std::vector<std::uint32_t> expected, listed;
      for (const std::uint32_t other : equal) {
        if (other != i && expected.size() < kKept) expected.push_back(other);
      }
      for (const Neighbor& neighbor : lists[i])
        listed.push_back(neighbor.article);
      EXPECT_EQ(listed, expected) << i;
    }
  }
}

TEST(FindNeighbors, LooksFromTheFirstQueryOnAmongThoseBefore) {
  const auto articles = random_articles(200, 4);
  for (const std::size_t first : {1, 3, 100, 190, 199}) {
    SCOPED_TRACE(first);
    const Settings settings{2, kKept, {}, first};
    const Lists lists = found(*articles, settings);
    expect_nearest(lists, one_by_one(*articles, settings), kKept);
    for (std::size_t i = 0; i < first; ++i)
      EXPECT_TRUE(lists[i].empty());
  }
}

TEST(FindNeighbors, LeavesOutWhatIsForbidden) {
  const auto articles = random_articles(150, 5);
  const Settings settings{2, kKept,
                          [](std::uint32_t a, std::uint32_t b, float similarity) {
                            return a % 3 == b % 3 ? 0.0F : similarity;
                          },
                          0};
  const Lists lists = found(*articles, settings);
  expect_nearest(lists, one_by_one(*articles, settings), kKept);
  for (std::size_t i = 0; i < lists.size(); ++i) {
    ASSERT_EQ(lists[i].size(), kKept);
    for (const Neighbor& neighbor : lists[i])
      EXPECT_NE(neighbor.article % 3, i % 3);
  }
}

TEST(FindNeighbors, ListsByWhatIsLeftOfALoweredSimilarity) {
  const auto articles = random_articles(150, 6);
  const Settings settings{2, kKept,
                          [](std::uint32_t a, std::uint32_t b, float similarity) {
                            return (a + b) % 4 == 0 ? similarity : similarity * 0.25F;
                          },
                          0};
  const Lists lists = found(*articles, settings);
  expect_nearest(lists, one_by_one(*articles, settings), kKept);
  std::size_t full = 0, all = 0;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (const Neighbor& neighbor : lists[i])
      full += (i + neighbor.article) % 4 == 0, ++all;
  }
  EXPECT_GT(full, all / 2) << "or the weights did nothing";
}

TEST(FindNeighbors, GivesArticlesWithoutTermsAndPlacesNobody) {
  Random random(7);
  const Coordinates nowhere(LatentSpace::kDimensions, 0);
  TestArticles articles;
  for (int i = 0; i < 100; ++i) {
    switch (i % 4) {
      case 0: articles.add({}, nowhere); break;
      case 1: articles.add(random_terms(random, 30, 300), nowhere); break;
      case 2: articles.add({}, random_place(random)); break;
      default: articles.add(random_terms(random, 30, 300), random_place(random));
    }
  }
  const Lists lists = found(articles, {2, kKept, {}, 0});
  expect_nearest(lists, one_by_one(articles, {}), kKept);
  for (std::size_t i = 0; i < lists.size(); ++i) {
    EXPECT_EQ(lists[i].empty(), i % 4 == 0);
    for (const Neighbor& neighbor : lists[i])
      EXPECT_NE(neighbor.article % 4, 0U);
  }
}

TEST(FindNeighbors, FindsPairsWithinAndAcrossBlocks) {
  // Articles n and n + kHalf share two terms with each other alone: within the first block, within
  // the second, and across. A sixth of each weight is a term that thousands share.
  constexpr std::size_t kSize = ArticleBlock::kMost + 616, kHalf = kSize / 2;
  TestArticles articles;
  for (std::size_t i = 0; i < kSize; ++i) {
    const auto pair = static_cast<TermHash>(i % kHalf);
    articles.add(
        unit_terms(
            {{2 * pair + 100, 1.0F}, {2 * pair + 101, 1.0F}, {static_cast<TermHash>(i % 7), 0.5F}}),
        {});
  }
  // Two that lie behind the first block.
  const auto last = static_cast<TermHash>(kSize);
  for (int i = 0; i < 2; ++i)
    articles.add(unit_terms({{2 * last + 100, 1.0F}}), {});
  Lists one;
  for (const unsigned threads : {1U, 3U}) {
    const Lists lists = found(articles, {threads, 1, {}, 0});
    for (std::size_t i = 0; i < kSize; ++i) {
      ASSERT_EQ(lists[i].size(), 1U) << i;
      ASSERT_EQ(lists[i][0].article, (i + kHalf) % (2 * kHalf)) << i;
    }
    EXPECT_EQ(lists[kSize].at(0).article, kSize + 1);
    EXPECT_EQ(lists[kSize + 1].at(0).article, kSize);
    if (threads == 1)
      one = lists;
    else
      expect_same_lists(lists, one);
  }
  const Lists queries = found(articles, {2, 1, {}, kHalf});
  for (std::size_t i = 0; i < kSize; ++i) {
    ASSERT_EQ(queries[i].size(), i < kHalf ? 0U : 1U) << i;
    if (i >= kHalf) {
      ASSERT_EQ(queries[i][0].article, i - kHalf);
    }
  }
}

TEST(FindNeighbors, StopsWhenTold) {
  struct Impatient : Progress {
    [[nodiscard]] bool cancelled() const override { return true; }
  } progress;
  const auto articles = random_articles(10, 8);
  NeighborLists lists(articles->size(), kKept);
  const auto result = find_neighbors(articles->set(), search_with({}, progress), lists);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

TEST(NeighborLists, KeepTheBestWhoeverBringsThemInWhateverOrder) {
  Random random(9);
  std::vector<Neighbor> all;
  for (std::uint32_t i = 0; i < 200; ++i)
    all.push_back({i, static_cast<float>(1 + random.below(40)) / 40});  // ties are many
  std::vector<Neighbor> best = all;
  std::sort(best.begin(), best.end(), is_nearer);
  for (int times = 0; times < 30; ++times) {
    random.shuffle(all);
    NeighborLists lists(3, 10);
    for (const Neighbor& neighbor : all)
      lists.offer(1, neighbor);
    std::vector<Neighbor> kept(lists.of(1).begin(), lists.of(1).end());
    std::sort(kept.begin(), kept.end(), is_nearer);
    ASSERT_EQ(kept.size(), 10U);
    for (std::size_t n = 0; n < kept.size(); ++n)
      ASSERT_EQ(kept[n].article, best[n].article);
    EXPECT_EQ(lists.least(1), best[9].similarity);
    EXPECT_TRUE(lists.of(0).empty());
    EXPECT_TRUE(lists.of(2).empty());
  }
}

TEST(NeighborLists, TakeOffersOfSeveralThreads) {
  constexpr std::uint32_t kOffers = 20000;
  NeighborLists lists(1, 20);
  EXPECT_TRUE(parallel_for(4, kOffers, [&](unsigned, std::size_t i) -> Result<void> {
    const auto number = static_cast<std::uint32_t>(i * 7919 % kOffers);  // each once
    lists.offer(0, {number, static_cast<float>(number + 1) / kOffers});
    return {};
  }));
  std::set<std::uint32_t> kept;
  for (const Neighbor& neighbor : lists.of(0))
    kept.insert(neighbor.article);
  EXPECT_EQ(kept.size(), 20U);
  EXPECT_EQ(*kept.begin(), kOffers - 20);
}

TEST(DrawTogether, MovesArticlesTowardsThoseLikeThem) {
  // Two groups of terms; places at random around two far points.
  Random random(10);
  TestArticles articles;
  std::vector<std::uint32_t> sample;
  for (std::uint32_t i = 0; i < 200; ++i) {
    std::vector<float> unit(LatentSpace::kDimensions);
    for (float& x : unit)
      x = static_cast<float>(random.unit() - 0.5) * 0.3F;
    unit[i % 2] += 1;
    ASSERT_TRUE(normalize(unit));
    Coordinates place(unit.size());
    quantize(unit, place);
    articles.add({{1 + i % 2, 1.0F}}, place);
    if (i % 3 != 0) sample.push_back(i);
  }
  const auto mean = [&](const ArticleSet& set, std::size_t a_group, std::size_t b_group) {
    double sum = 0;
    int pairs = 0;
    for (std::size_t a = a_group; a < 200; a += 2) {
      for (std::size_t b = b_group; b < 200; b += 2) {
        if (a == b) continue;
        sum += similarity({{}, set.place(a)}, {{}, set.place(b)});
        ++pairs;
      }
    }
    return sum / pairs;
  };
  const double within = mean(articles.set(), 0, 0), across = mean(articles.set(), 0, 1);
  Progress progress;
  ArticleSet one = articles.set(), three = articles.set();
  ASSERT_TRUE(draw_together(one, sample, search_with({1, kKept, {}, 0}, progress)));
  ASSERT_TRUE(draw_together(three, sample, search_with({3, kKept, {}, 0}, progress)));
  EXPECT_EQ(one.coordinates, three.coordinates) << "threads do not matter";
  EXPECT_GT(mean(one, 0, 0), within + 0.05);
  EXPECT_LT(mean(one, 0, 1), across + 0.01);
}

TEST(DrawTogether, KeepsTheLengthOfAPlaceAndLeavesNowhereAlone) {
  Random random(11);
  TestArticles articles;
  std::vector<std::uint32_t> sample;
  for (std::uint32_t i = 0; i < 90; ++i) {
    Coordinates place = random_place(random);
    const double factor = i % 3 == 0 ? 1 : i % 3 == 1 ? 0.3 : 0;
    for (std::int16_t& c : place)
      c = static_cast<std::int16_t>(std::lrint(c * factor));
    articles.add({{1 + i % 5, 1.0F}}, place);
    sample.push_back(i);
  }
  Progress progress;
  ArticleSet moved = articles.set();
  ASSERT_TRUE(draw_together(moved, sample, search_with({}, progress)));
  EXPECT_NE(moved.coordinates, articles.set().coordinates);
  for (std::size_t i = 0; i < 90; ++i) {
    double square = 0;
    for (const std::int16_t c : moved.place(i))
      square += static_cast<double>(c) * c;
    EXPECT_NEAR(std::sqrt(square) / kCoordinateScale, i % 3 == 0 ? 1 : i % 3 == 1 ? 0.3 : 0, 1e-3);
  }
}

}  // namespace
}  // namespace kithkin

// Cells, and the search in them beside the exact one.
#include "relate/cells.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "relate/cell_search.h"
#include "unit/relate/articles.h"

namespace kithkin {
namespace {

constexpr std::size_t kKeep = 16, kTop = 10;

/// Places near one of some far points, terms of which half are those of the point's matter.
std::unique_ptr<TestArticles> articles_on(std::size_t matters, std::size_t size,
                                          std::uint64_t seed) {
  Random random(seed);
  std::vector<std::vector<float>> points(matters, std::vector<float>(LatentSpace::kDimensions));
  for (auto& point : points) {
    for (float& x : point)
      x = static_cast<float>(random.unit() - 0.5);
    EXPECT_TRUE(normalize(point));
  }
  auto out = std::make_unique<TestArticles>();
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t matter = i % matters;
    std::vector<float> unit = points[matter];
    for (float& x : unit)
      x += static_cast<float>(random.unit() - 0.5) * 0.2F;
    EXPECT_TRUE(normalize(unit));
    Coordinates place(unit.size());
    quantize(unit, place);
    Terms terms = random_terms(random, 10, 2000);
    for (int n = 0; n < 10; ++n)
      terms.push_back({static_cast<TermHash>(10000 + matter * 40 + random.below(40)), 0.3F});
    out->add(unit_terms(terms), place);
  }
  return out;
}

NeighborSearch search_on(unsigned threads, Progress& progress) {
  NeighborSearch search{threads, &progress};
  search.most_exact = 0;
  return search;
}

Cells learned(const ArticleSet& articles, unsigned threads = 1) {
  Progress progress;
  auto cells = Cells::learn(articles, search_on(threads, progress));
  EXPECT_TRUE(cells);
  return std::move(cells).value();
}

std::vector<std::uint32_t> all_of(std::span<const std::uint32_t> list) {
  return {list.begin(), list.end()};
}

TEST(Cells, HoldEveryArticleOnceAndAreSoughtByItAndBySomeOthers) {
  constexpr std::size_t kSize = 70 * Cells::kArticles + 7;
  const auto articles = articles_on(40, kSize, 1);
  Cells cells = learned(articles->set());
  ASSERT_EQ(cells.size(), 70U) << "more than are listed at once";
  std::vector<std::size_t> lies(kSize), looks(kSize);
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const auto members = all_of(cells.members(cell)), seekers = all_of(cells.find_seekers(cell));
    EXPECT_TRUE(std::is_sorted(members.begin(), members.end()));
    EXPECT_EQ(std::adjacent_find(seekers.begin(), seekers.end(), std::greater_equal<>()),
              seekers.end());
    EXPECT_TRUE(std::includes(seekers.begin(), seekers.end(), members.begin(), members.end()));
    for (const std::uint32_t article : members)
      ++lies[article];
    for (const std::uint32_t article : seekers)
      ++looks[article];
  }
  EXPECT_EQ(lies, std::vector<std::size_t>(kSize, 1));
  static_assert(kSize < Cells::kSearched);
  EXPECT_EQ(looks, std::vector<std::size_t>(kSize, Cells::kNearest));
}

TEST(Cells, AreSoughtUntilEnoughArticlesAreInThem) {
  // A crowd in one place, which no center parts, and others around.
  constexpr std::size_t kCrowd = Cells::kSearched + 100;
  Random random(12);
  TestArticles articles;
  const Coordinates there = random_place(random);
  for (std::size_t i = 0; i < kCrowd; ++i)
    articles.add({}, there);
  for (std::size_t i = 0; i < 5000; ++i)
    articles.add({}, random_place(random));
  Cells cells = learned(articles.set());
  std::vector<std::size_t> looks(articles.size()), searched(articles.size());
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    for (const std::uint32_t article : cells.find_seekers(cell)) {
      ++looks[article];
      searched[article] += cells.members(cell).size();
    }
  }
  for (std::size_t i = 0; i < articles.size(); ++i) {
    ASSERT_TRUE(looks[i] == Cells::kNearest || searched[i] >= Cells::kSearched) << i;
    ASSERT_LE(looks[i], i < kCrowd ? 1 : Cells::kNearest) << i;
  }
}

TEST(Cells, DoNotMixWhatLiesFarApart) {
  // Far fewer matters than cells: each cell is of one.
  const auto articles = articles_on(3, 20 * Cells::kArticles, 2);
  const Cells cells = learned(articles->set());
  std::size_t filled = 0;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const auto members = cells.members(cell);
    if (members.empty()) continue;
    ++filled;
    for (const std::uint32_t article : members)
      ASSERT_EQ(article % 3, members[0] % 3);
  }
  EXPECT_GT(filled, 10U) << "centers spread over each matter";
}

TEST(Cells, AreTheSameOnThreeThreads) {
  const auto articles = articles_on(40, 6000, 3);
  Cells one = learned(articles->set(), 1), three = learned(articles->set(), 3);
  ASSERT_EQ(one.size(), three.size());
  for (std::size_t cell = 0; cell < one.size(); ++cell) {
    EXPECT_EQ(all_of(one.members(cell)), all_of(three.members(cell)));
    EXPECT_EQ(all_of(one.find_seekers(cell)), all_of(three.find_seekers(cell)));
  }
}

TEST(Cells, HoldWhatLiesNowhereAndFewArticles) {
  Random random(4);
  TestArticles nowhere, few;
  for (int i = 0; i < 3000; ++i)
    nowhere.add({}, Coordinates(LatentSpace::kDimensions, 0));
  few.add({}, random_place(random));
  const Cells of_nowhere = learned(nowhere.set()), of_few = learned(few.set());
  std::size_t members = 0;
  for (std::size_t cell = 0; cell < of_nowhere.size(); ++cell)
    members += of_nowhere.members(cell).size();
  EXPECT_EQ(members, 3000U);
  ASSERT_EQ(of_few.size(), 1U);
  EXPECT_EQ(of_few.members(0).size(), 1U);
}

using Lists = std::vector<std::vector<Neighbor>>;

Lists found(const ArticleSet& articles, const NeighborSearch& search) {
  NeighborLists lists(articles.size(), kKeep);
  EXPECT_TRUE(find_neighbors(articles, search, lists));
  EXPECT_TRUE(measure_again(articles, articles, search, lists));
  Lists out;
  for (std::size_t i = 0; i < articles.size(); ++i)
    out.emplace_back(lists.of(i).begin(), lists.of(i).end());
  return out;
}

Lists cut(const ArticleSet& articles, unsigned threads = 1) {
  Progress progress;
  return found(articles, search_on(threads, progress));
}

/// The share of the exact ten nearest that the cut found, or others as near.
double recall(const Lists& of_cut, const Lists& of_exact) {
  std::size_t right = 0, wanted = 0;
  for (std::size_t i = 0; i < of_exact.size(); ++i) {
    const std::size_t top = std::min(kTop, of_exact[i].size());
    wanted += top;
    for (std::size_t n = 0; n < std::min(top, of_cut[i].size()); ++n)
      right += of_cut[i][n].similarity >= of_exact[i][top - 1].similarity ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(wanted);
}

void expect_sound(const ArticleSet& articles, const Lists& lists) {
  ArticleBuffer of_a, of_b;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    std::set<std::uint32_t> seen{static_cast<std::uint32_t>(i)};
    ASSERT_TRUE(std::is_sorted(lists[i].begin(), lists[i].end(), is_nearer));
    for (const Neighbor& neighbor : lists[i]) {
      ASSERT_TRUE(seen.insert(neighbor.article).second) << "itself, or listed twice";
      ASSERT_EQ(neighbor.similarity,
                similarity(*articles.view(i, of_a), *articles.view(neighbor.article, of_b)));
    }
  }
}

void expect_same(const Lists& a, const Lists& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].size(), b[i].size());
    for (std::size_t n = 0; n < a[i].size(); ++n) {
      ASSERT_EQ(a[i][n].article, b[i][n].article) << i << " " << n;
      ASSERT_EQ(a[i][n].similarity, b[i][n].similarity) << i << " " << n;
    }
  }
}

/// What the last `asked` articles are nearest to of all before them, with all pairs measured.
Lists exact_for_last(const ArticleSet& articles, std::size_t asked) {
  Progress progress;
  NeighborSearch search = search_on(1, progress);
  search.first_query = articles.size() - asked;
  Lists lists = found(articles, search);
  lists.erase(lists.begin(), lists.end() - static_cast<std::ptrdiff_t>(asked));
  return lists;
}

/// The lists of the last `asked` articles, without one another.
Lists last_of(const Lists& lists, std::size_t asked) {
  Lists out(lists.end() - static_cast<std::ptrdiff_t>(asked), lists.end());
  for (auto& list : out)
    std::erase_if(list, [&](const Neighbor& n) { return n.article >= lists.size() - asked; });
  return out;
}

TEST(CellSearch, FindsNearlyAllOfTheNearest) {
  constexpr std::size_t kAsked = 2000;  // all pairs of all would take the longer
  const auto articles = articles_on(150, 60 * Cells::kArticles, 5);
  const Lists lists = cut(articles->set());
  expect_sound(articles->set(), lists);
  EXPECT_GT(recall(last_of(lists, kAsked), exact_for_last(articles->set(), kAsked)), 0.99);
}

TEST(CellSearch, FindsTheSameOnThreeThreads) {
  const auto articles = articles_on(100, 20 * Cells::kArticles, 6);
  expect_same(cut(articles->set(), 3), cut(articles->set(), 1));
}

TEST(CellSearch, FindsTheSameWherePlacesAreStored) {
  const auto articles = articles_on(60, 10 * Cells::kArticles, 10);
  const TemporaryDirectory directory = make_test_directory();
  ListStore<std::int16_t> store(directory.file("places"), 1 << 16);
  ArticleSet stored = articles->set();
  for (std::size_t i = 0; i < stored.size(); ++i)
    ASSERT_TRUE(store.append(stored.place(i)));
  stored.coordinates.clear();
  stored.places = &store;
  stored.latent_size = LatentSpace::kDimensions;
  expect_same(cut(stored, 2), cut(articles->set()));
}

TEST(CellSearch, IsNotForQueries) {
  // There are few of them, or the crawl has to be searched for each.
  const auto articles = articles_on(40, 6 * Cells::kArticles, 11);
  Progress progress;
  NeighborSearch all = search_on(1, progress), cut = all;
  all.first_query = cut.first_query = articles->size() - 9;
  all.most_exact = articles->size();
  expect_same(found(articles->set(), cut), found(articles->set(), all));
}

TEST(CellSearch, IsForLargeSetsOnly) {
  // Twelve by twelve they have words of their own, at places at random: what is nearest may lie in
  // any cell, of which an article looks in three of five.
  constexpr std::size_t kSize = 66 * Cells::kArticles, kAsked = 64;
  static_assert(Cells::kNearest == 40 && kSize < Cells::kSearched);
  Random random(7);
  TestArticles articles;
  for (std::size_t i = 0; i < kSize; ++i) {
    Terms terms = random_terms(random, 6, 3000);
    for (TermHash n = 0; n < 6; ++n)
      terms.push_back({static_cast<TermHash>(10000 + i % (kSize / 12) * 6 + n), 1.0F});
    articles.add(unit_terms(terms), random_place(random));
  }
  Progress progress;
  NeighborSearch search{1, &progress};
  search.most_exact = kSize;
  const Lists of_all = found(articles.set(), search);
  const Lists asked = last_of(of_all, kAsked);
  const Lists expected = exact_for_last(articles.set(), kAsked);
  for (std::size_t i = 0; i < kAsked; ++i) {
    ASSERT_GE(asked[i].size(), kTop);
    for (std::size_t n = 0; n < kTop; ++n)  // behind them blocks' rounding may show
      ASSERT_EQ(asked[i][n].article, expected[i][n].article) << i << " " << n;
  }
  search.most_exact = kSize - 1;
  const double share = recall(found(articles.set(), search), of_all);
  EXPECT_LT(share, 0.95);
  EXPECT_GT(share, 0.8) << "or it is not the cut that is asked";
}

TEST(CellSearch, LeavesOutWhatIsForbidden) {
  const auto articles = articles_on(10, 5 * Cells::kArticles, 8);
  Progress progress;
  NeighborSearch search = search_on(2, progress);
  search.weigh = [](std::uint32_t a, std::uint32_t b, float similarity) {
    return a % 3 == b % 3 ? 0.0F : similarity;
  };
  const Lists lists = found(articles->set(), search);
  for (std::size_t i = 0; i < lists.size(); ++i) {
    ASSERT_EQ(lists[i].size(), kKeep);
    for (const Neighbor& neighbor : lists[i])
      ASSERT_NE(neighbor.article % 3, i % 3);
  }
}

TEST(CellSearch, StopsWhenTold) {
  struct Impatient : Progress {
    [[nodiscard]] bool cancelled() const override { return true; }
  } progress;
  const auto articles = articles_on(2, 10, 9);
  NeighborLists lists(articles->size(), kKeep);
  const auto result = find_neighbors(articles->set(), search_on(1, progress), lists);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace kithkin

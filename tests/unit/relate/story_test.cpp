// Stories of hand-made streams: who joins, who founds, what merges and splits.
#include "relate/story.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "unit/relate/articles.h"

namespace kithkin {
namespace {

using Date = std::optional<std::int64_t>;
constexpr std::int64_t kDay = StoryBuilder::kDay;
constexpr std::int64_t kStart = 20000 * kDay;

/// Terms by what they tell: a theme is a hundred numbers, an event of it thirty others.
Terms terms_of(std::initializer_list<std::pair<TermHash, float>> list) {
  Terms out;
  for (const auto& [term, weight] : list)
    out.push_back({term, weight});
  return unit_terms(out);
}

/// An article: some terms of a theme, and the names of an event, which weigh more.
Terms article_on(std::uint32_t theme, std::uint32_t event, Random& random) {
  Terms out;
  for (int i = 0; i < 12; ++i)
    out.push_back({1000 * theme + random.index(60), 0.5F});
  for (std::uint32_t i = 0; i < 8; ++i) {
    if (random.chance(0.85)) out.push_back({100000 + 1000 * event + i, 1.2F});
  }
  for (int i = 0; i < 6; ++i)
    out.push_back({static_cast<TermHash>(10000000 + random.below(1000000)), 0.5F});
  return unit_terms(out);
}

/// A stream as it comes. No article has a place: terms decide alone.
class Stream {
 public:
  explicit Stream(const Calibration& calibration = {}) : calibration_(calibration) {}

  std::uint32_t add(const Terms& terms, Date date) {
    articles_.add(terms, {});
    dates_.push_back(date);
    return static_cast<std::uint32_t>(dates_.size() - 1);
  }

  /// The stories of all, each article held against its `keep` nearest of the whole stream.
  StoryBuilder& build(std::size_t keep = 150, std::size_t centers = 8192) {
    Progress progress;
    const NeighborSearch search{1, &progress, {}, 0};
    NeighborLists lists(articles_.size(), keep);
    EXPECT_TRUE(find_neighbors(articles_.set(), search, lists));
    EXPECT_TRUE(measure_again(articles_.set(), articles_.set(), search, lists));
    builder_ = std::make_unique<StoryBuilder>(articles_.set(), calibration_, centers);
    for (std::uint32_t i = 0; i < dates_.size(); ++i)
      EXPECT_TRUE(builder_->add(i, dates_[i], lists.of(i)));
    return *builder_;
  }
  [[nodiscard]] std::size_t size() const { return dates_.size(); }

 private:
  TestArticles articles_;
  std::vector<Date> dates_;
  Calibration calibration_;
  std::unique_ptr<StoryBuilder> builder_;
};

std::vector<std::uint32_t> founders(const StoryBuilder& builder, std::size_t size) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < size; ++i)
    out.push_back(builder.founder_of(i));
  return out;
}

TEST(Story, DrawsTheArticlesOfAnEventTogether) {
  Random random(1);
  Stream stream;
  for (int i = 0; i < 10; ++i)
    stream.add(article_on(1, 1, random), kStart + i * kDay / 4);
  StoryBuilder& builder = stream.build();
  EXPECT_EQ(founders(builder, 10), std::vector<std::uint32_t>(10, 0));
  EXPECT_TRUE(builder.events().empty());
}

TEST(Story, IsNotJoinedByAnotherEventOfTheSameTheme) {
  Random random(2);
  Stream stream;
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < 24; ++i) {
    const std::uint32_t event = i % 3;
    stream.add(article_on(1, event, random), kStart + i * kDay / 8);
    expected.push_back(event);
  }
  EXPECT_EQ(founders(stream.build(), 24), expected);
}

TEST(Story, IsFoundedByEachThatIsLikeNobody) {
  Random random(3);
  Stream stream;
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < 20; ++i) {
    stream.add(article_on(1 + i, 1 + i, random), kStart);
    expected.push_back(i);
  }
  EXPECT_EQ(founders(stream.build(), 20), expected);
}

TEST(Story, IsOverWhenItRestedForMoreThanAWeek) {
  for (const std::int64_t pause : {std::int64_t{0}, kDay, StoryBuilder::kWindow + 1, 40 * kDay}) {
    Random random(4);
    Stream stream;
    for (int i = 0; i < 4; ++i)
      stream.add(article_on(1, 1, random), kStart + i * kDay);
    stream.add(article_on(1, 1, random), kStart + 3 * kDay + pause);
    EXPECT_EQ(stream.build().founder_of(4), pause <= kDay ? 0U : 4U) << pause;
  }
}

TEST(Story, CountsTheWeekFromItsLatestArticle) {
  // Told every two days it may last for a month.
  Random random(5);
  Stream stream;
  for (int i = 0; i < 15; ++i)
    stream.add(article_on(1, 1, random), kStart + 2 * i * kDay);
  EXPECT_EQ(founders(stream.build(), 15), std::vector<std::uint32_t>(15, 0));
}

TEST(Story, FadesByTheDay) {
  const Terms terms = terms_of({{1, 1}, {2, 1}, {3, 1}, {4, 1}});
  std::uint32_t before = 0;
  for (std::int64_t pause = 0; pause <= 9 * kDay; pause += kDay / 2) {
    Stream stream;
    stream.add(terms, kStart);
    stream.add(terms, kStart + pause);
    const std::uint32_t founder = stream.build().founder_of(1);
    EXPECT_GE(founder, before) << pause;
    if (pause <= 2 * kDay) {
      EXPECT_EQ(founder, 0U) << pause;
    }
    before = founder;
  }
  EXPECT_EQ(before, 1U);
}

TEST(Story, GoesOnToTheLastSecondOfTheWeekAtMost) {
  // Where random pairs have nothing in common, equal articles are more evidence than a week takes.
  const Terms terms = terms_of({{1, 1}, {2, 1}, {3, 1}, {4, 1}});
  for (const std::int64_t pause : {StoryBuilder::kWindow, StoryBuilder::kWindow + 1}) {
    Stream stream(Calibration(std::vector<float>(1000, 0.0F)));
    stream.add(terms, kStart);
    stream.add(terms, kStart + pause);
    EXPECT_EQ(stream.build().founder_of(1), pause > StoryBuilder::kWindow ? 1U : 0U);
  }
}

TEST(Story, TakesUndatedArticlesThatAreAlikeEnough) {
  Random random(6);
  Stream stream;
  const Terms terms = article_on(1, 1, random);
  stream.add(terms, kStart);
  stream.add(terms, std::nullopt);  // an equal one
  stream.add(article_on(2, 2, random), std::nullopt);
  stream.add(terms, kStart + kDay);
  StoryBuilder& builder = stream.build();
  EXPECT_EQ(founders(builder, 4), (std::vector<std::uint32_t>{0, 0, 2, 0}));
}

TEST(Story, OfUndatedArticlesAloneIsNeverOver) {
  Random random(7);
  Stream stream;
  const Terms terms = article_on(1, 1, random);
  stream.add(terms, std::nullopt);
  stream.add(terms, kStart);
  stream.add(terms, std::nullopt);
  stream.add(terms, kStart + 100 * kDay);  // but now it is dated
  EXPECT_EQ(founders(stream.build(), 4), (std::vector<std::uint32_t>{0, 0, 0, 3}));
}

TEST(Story, TakesNoArticleWithoutTerms) {
  Random random(8);
  Stream stream;
  stream.add({}, kStart);
  stream.add({}, kStart);
  stream.add(article_on(1, 1, random), kStart);
  EXPECT_EQ(founders(stream.build(), 3), (std::vector<std::uint32_t>{0, 1, 2}));
}

/// Two sides of one event, each with names of its own, and articles with the names of both.
struct TwoSides {
  Terms left(Random& random) { return side(random, true, false); }
  Terms right(Random& random) { return side(random, false, true); }
  Terms both(Random& random) { return side(random, true, true); }

 private:
  static Terms side(Random& random, bool has_left, bool has_right) {
    Terms out;
    for (TermHash i = 0; i < 6; ++i) {
      if (has_left) out.push_back({100 + i, 1.0F});
      if (has_right) out.push_back({200 + i, 1.0F});
    }
    for (TermHash i = 0; i < 4; ++i)
      out.push_back({300 + i, 0.7F});  // what both know
    out.push_back({1000 + random.index(1000000), 0.3F});
    return unit_terms(out);
  }
};

TEST(Story, MergesWithAnotherThatItFitsAndKeepsTheOlderName) {
  Random random(9);
  TwoSides event;
  Stream stream;
  // Founded apart, as each knows little; then more and more is known to both.
  stream.add(terms_of({{100, 1}, {101, 1}, {102, 1}, {103, 1}, {104, 1}, {105, 1}}), kStart);
  stream.add(terms_of({{200, 1}, {201, 1}, {202, 1}, {203, 1}, {204, 1}, {205, 1}}), kStart);
  for (int i = 0; i < 12; ++i)
    stream.add(event.both(random), kStart + (1 + i) * kDay / 12);
  StoryBuilder& builder = stream.build();
  EXPECT_EQ(founders(builder, stream.size()), std::vector<std::uint32_t>(stream.size(), 0));
  ASSERT_EQ(builder.events().size(), 1U);
  const StoryEvent& merge = builder.events()[0];
  EXPECT_EQ(merge.kind, StoryEvent::Kind::merge);
  EXPECT_EQ(merge.story, 0U);
  EXPECT_EQ(merge.other, 1U);
  EXPECT_GE(merge.article, 2U);
  EXPECT_GE(merge.moved, 1U);
}

TEST(Story, SplitsOffWhatNoLongerFits) {
  // Three articles share a matter, and each has names of its own. Two more bring in another matter,
  // and all that come then are about this one alone.
  // What a story remembers, a hundred terms, has room for both matters and not for the names.
  const auto article = [](float first, float second, TermHash own) {
    Terms out;
    for (TermHash i = 0; first > 0 && i < 64; ++i)
      out.push_back({1 + i, first});
    for (TermHash i = 0; second > 0 && i < 36; ++i)
      out.push_back({200 + i, second});
    for (TermHash i = 0; own > 0 && i < 12; ++i)
      out.push_back({own + i, 0.105F});
    return unit_terms(out);
  };
  constexpr std::uint32_t kSize = 40;
  Stream stream;
  for (std::uint32_t i = 0; i < kSize; ++i)
    stream.add(i < 3   ? article(0.1F, 0, 1000 + 100 * i)
               : i < 5 ? article(0.085F, 0.1225F, 0)
                       : article(0, 1, 0),
               kStart + i * kDay / 24);
  StoryBuilder& builder = stream.build();
  ASSERT_EQ(builder.events().size(), 1U);
  const StoryEvent& split = builder.events()[0];
  EXPECT_EQ(split.kind, StoryEvent::Kind::split);
  EXPECT_EQ(split.story, 0U);
  EXPECT_EQ(split.other, 1U) << "founded by the first that left";
  EXPECT_EQ(split.article, 31U) << "looked through when it had doubled";
  EXPECT_EQ(split.moved, 2U);
  std::vector<std::uint32_t> expected(kSize, 0);
  expected[1] = expected[2] = 1;
  EXPECT_EQ(founders(builder, kSize), expected) << "who founded a story stays in it";
}

TEST(Story, OfMoreArticlesThanAListHoldsIsOne) {
  // The nearest of the first articles are mostly such as come later.
  Random random(14);
  Stream stream;
  for (std::uint32_t i = 0; i < 200; ++i)
    stream.add(article_on(1, 1, random), kStart + i * kDay / 50);
  StoryBuilder& builder = stream.build(20);
  EXPECT_EQ(founders(builder, 200), std::vector<std::uint32_t>(200, 0));
}

TEST(Story, HasAFounderThatIsItsOwn) {
  Random random(11);
  Stream stream;
  for (std::uint32_t i = 0; i < 150; ++i)
    stream.add(article_on(i % 4, i % 9, random), kStart + i * kDay / 6);
  StoryBuilder& builder = stream.build();
  for (std::uint32_t i = 0; i < 150; ++i) {
    const std::uint32_t founder = builder.founder_of(i);
    EXPECT_LE(founder, i);
    EXPECT_EQ(builder.founder_of(founder), founder);
  }
}

TEST(Story, KeepsItsNameWhenTheStreamGrowsAtItsEnd) {
  // By far more than lists hold: what is nearest to the first articles is then mostly new.
  constexpr std::size_t kBefore = 60, kAfter = 600, kList = 20;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    Random random(20 + seed);
    Stream shorter, longer;
    for (std::uint32_t i = 0; i < kAfter; ++i) {
      const Terms terms = article_on(i % 3, i % 7, random);
      if (i < kBefore) shorter.add(terms, kStart + i * kDay / 8);
      longer.add(terms, kStart + i * kDay / 8);
    }
    const std::vector<std::uint32_t> before = founders(shorter.build(kList), kBefore);
    EXPECT_EQ(founders(longer.build(kList), kBefore), before) << seed;
    EXPECT_EQ(*std::max_element(before.begin(), before.end()), 6U) << "seven events";
  }
}

TEST(Story, IsTheSameEachTime) {
  const auto run = [] {
    Random random(13);
    Stream stream;
    for (std::uint32_t i = 0; i < 100; ++i)
      stream.add(article_on(i % 2, i % 5, random), kStart + i * kDay / 5);
    return founders(stream.build(), 100);
  };
  EXPECT_EQ(run(), run());
}

TEST(Story, IsTheSameHoweverFewCentersAreHeld) {
  const auto run = [](std::size_t centers) {
    Random random(14);
    Stream stream;
    for (std::uint32_t i = 0; i < 300; ++i) {
      const Date date = i % 7 == 0 ? Date() : Date(kStart + i * kDay / 5);
      stream.add(article_on(i % 3, i % 11, random), date);
    }
    StoryBuilder& builder = stream.build(20, centers);
    return std::pair(founders(builder, 300), builder.events().size());
  };
  const auto all = run(8192);
  EXPECT_GT(std::set<std::uint32_t>(all.first.begin(), all.first.end()).size(), 6U);
  EXPECT_LT(std::set<std::uint32_t>(all.first.begin(), all.first.end()).size(), 200U);
  for (const std::size_t centers : {0, 1, 2, 3, 8})
    EXPECT_EQ(run(centers), all) << centers;
}

/// Articles by language and date, each with a story of its own.
std::vector<StoryArticle> alone(std::initializer_list<std::pair<std::uint32_t, Date>> list) {
  std::vector<StoryArticle> out;
  for (const auto& [language, date] : list)
    out.push_back({language, date, static_cast<std::uint32_t>(out.size())});
  return out;
}

std::vector<std::uint32_t> founders(const std::vector<StoryArticle>& articles) {
  std::vector<std::uint32_t> out;
  for (const StoryArticle& article : articles)
    out.push_back(article.founder);
  return out;
}

using Founders = std::vector<std::uint32_t>;

TEST(UniteStories, DrawsLanguagesTogetherUnderTheOldest) {
  // The third article founded the oldest story; the fourth belongs to that of the first.
  auto articles = alone({{0, kStart + kDay}, {1, kStart + 2 * kDay}, {2, kStart}, {0, kStart}});
  articles[3].founder = 0;
  const auto events = unite_stories(articles, std::vector<StoryLink>{{0, 1, 6}, {1, 2, 6}});
  EXPECT_EQ(founders(articles), (Founders{2, 2, 2, 2}));
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].kind, StoryEvent::Kind::merge);
  EXPECT_EQ(events[0].story, 0U);
  EXPECT_EQ(events[0].other, 1U);
  EXPECT_EQ(events[0].article, 1U);
  EXPECT_EQ(events[0].moved, 1U);
  EXPECT_EQ(events[1].story, 2U);
  EXPECT_EQ(events[1].other, 0U);
  EXPECT_EQ(events[1].article, 1U);
  EXPECT_EQ(events[1].moved, 3U);
}

TEST(UniteStories, NeverPutsTwoOfOneLanguageIntoOne) {
  // An Arabic article fits two English stories, the later one better; what comes first counts.
  auto articles = alone({{0, kStart}, {0, kStart + kDay}, {1, kStart}});
  EXPECT_EQ(unite_stories(articles, std::vector<StoryLink>{{1, 2, 9}, {0, 2, 6}}).size(), 1U);
  EXPECT_EQ(founders(articles), (Founders{0, 1, 0}));
  // Of links that come about at one time, the best.
  articles = alone({{0, kStart}, {0, kStart}, {1, kStart}});
  EXPECT_EQ(unite_stories(articles, std::vector<StoryLink>{{0, 2, 6}, {1, 2, 9}}).size(), 1U);
  EXPECT_EQ(founders(articles), (Founders{0, 1, 1}));
}

TEST(UniteStories, WantsEvidenceThatFadesWithTheDays) {
  const auto are_united = [](Date a, Date b, float rarity) {
    auto articles = alone({{0, a}, {1, b}});
    return !unite_stories(articles, std::vector<StoryLink>{{0, 1, rarity}}).empty();
  };
  EXPECT_TRUE(are_united(kStart, kStart, 4.4F));
  EXPECT_FALSE(are_united(kStart, kStart, 4.2F));
  EXPECT_FALSE(are_united(kStart, kStart + 3 * kDay, 6));
  EXPECT_FALSE(are_united(kStart + 3 * kDay, kStart, 6));
  EXPECT_TRUE(are_united(kStart + 3 * kDay, kStart, 8));
  EXPECT_FALSE(are_united(kStart, kStart + 8 * kDay, 1e6F));
  EXPECT_FALSE(are_united(kStart, std::nullopt, 5));
  EXPECT_TRUE(are_united(std::nullopt, kStart, 6));
  EXPECT_TRUE(are_united(std::nullopt, std::nullopt, 6));
}

TEST(UniteStories, LeavesStoriesWithoutLinksAlone) {
  auto articles = alone({{0, kStart}, {1, kStart}});
  EXPECT_TRUE(unite_stories(articles, {}).empty());
  EXPECT_EQ(founders(articles), (Founders{0, 1}));
}

}  // namespace
}  // namespace kithkin

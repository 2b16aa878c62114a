// Which host a page is of; then what is learned of a crawl, by examples and against slow counting.
#include "clean/furniture.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

// Hosts.

HostKey host(std::string_view url) { return host_key(url, "source"); }

TEST(HostKey, IsOfTheHostWhateverThePage) {
  const HostKey key = host("https://herald.example/news/1");
  for (const char* url :
       {"https://herald.example", "http://herald.example/", "//herald.example/news",
        "https://herald.example?page=2", "https://herald.example#top",
        "https://herald.example/go?to=https://other.example/a@b:80"})
    EXPECT_EQ(host(url), key) << url;
  EXPECT_NE(host("https://gazette.example/news/1"), key);
  EXPECT_NE(host("https://sport.herald.example/news/1"), key);
}

TEST(HostKey, DoesNotLookForTheHostInTheQuery) {
  EXPECT_EQ(host("//herald.example/go?to=https://other.example/"), host("https://herald.example/"));
  EXPECT_EQ(host("/go?to=https://other.example/"), host(""));
  EXPECT_EQ(host("?to=https://other.example/"), host(""));
}

TEST(HostKey, DoesNotSeeCaseNorWww) {
  EXPECT_EQ(host("HTTPS://Herald.EXAMPLE/a"), host("https://herald.example/b"));
  EXPECT_EQ(host("https://www.herald.example/a"), host("https://herald.example/a"));
  EXPECT_EQ(host("https://WWW.herald.example/a"), host("https://herald.example/a"));
  EXPECT_NE(host("https://wwwherald.example/a"), host("https://herald.example/a"));
  EXPECT_NE(host("https://news.www.herald.example/a"), host("https://news.herald.example/a"));
}

TEST(HostKey, DoesNotSeePortsNorUsers) {
  const HostKey key = host("https://herald.example/a");
  for (const char* url :
       {"https://herald.example:8080/a", "https://herald.example:/a",
        "https://jane@herald.example/", "https://jane:secret@herald.example:8080/a",
        "https://a@b@herald.example/", "https://jane@www.herald.example/"})
    EXPECT_EQ(host(url), key) << url;
}

TEST(HostKey, ReadsAddressesInBrackets) {
  EXPECT_EQ(host("http://[2001:db8::1]/a"), host("http://[2001:DB8::1]:8080/b"));
  EXPECT_NE(host("http://[2001:db8::1]/a"), host("http://[2001:db8::2]/a"));
  EXPECT_NE(host("http://[2001:db8::1]"), host("http://[2001:db8:"));
}

TEST(HostKey, IsOfTheSourceWhereThereIsNoHost) {
  const HostKey key = host_key("", "Wexcombe Herald");
  for (const char* url : {"", "news/1", "/news/1", "herald.example", "http://", "https:///news",
                          "https://www./news", "https://:80/"})
    EXPECT_EQ(host_key(url, "Wexcombe Herald"), key) << url;
  EXPECT_NE(host_key("", "Gazette"), key);
  EXPECT_EQ(host_key("https://a.example", "Gazette"), host_key("https://a.example", ""));
}

TEST(HostKey, IsOneForAllThatIsUnknown) {
  EXPECT_EQ(host_key("", ""), host_key("/a", ""));
  EXPECT_NE(host_key("", ""), host_key("", "x"));
  EXPECT_NE(host_key("", ""), 0U) << "which is no host";
}

TEST(LeastArticles, AreAnEighthAndThreeAndOfASmallHostHalf) {
  for (const std::uint32_t articles : {0U, 1U, 3U, 6U})
    EXPECT_EQ(least_articles(articles), 3U) << articles;
  EXPECT_EQ(least_articles(7), 4U);
  EXPECT_EQ(least_articles(8), 4U);
  EXPECT_EQ(least_articles(11), 6U);
  EXPECT_EQ(least_articles(12), 3U);
  EXPECT_EQ(least_articles(24), 3U);
  EXPECT_EQ(least_articles(25), 4U);
  EXPECT_EQ(least_articles(800), 100U);
  EXPECT_EQ(least_articles(801), 101U);
}

// Learning.

struct LearnedPage {
  HostKey host = 1;
  std::string title, text;
};

struct Memory {
  std::size_t sorting = std::size_t{1} << 20, outlines = std::size_t{1} << 20;
};

class Learned {
 public:
  explicit Learned(const std::vector<LearnedPage>& pages, Memory memory = {})
      : directory_(make_test_directory()) {
    FurnitureLearner learner(directory_.file("learn-"), memory.sorting, memory.outlines);
    std::vector<OutlineLine> lines;
    for (const LearnedPage& page : pages) {
      outliner_.read(page.text, lines);
      std::vector<LineKeys> keys;
      append_keys(lines, keys);
      EXPECT_TRUE(learner.add(page.host, outliner_.key_of(page.title), keys, {}));
    }
    Result<Furniture> furniture = learner.finish();
    EXPECT_TRUE(furniture);
    if (furniture) furniture_ = std::move(furniture).value();
  }

  const Furniture* operator->() const { return &*furniture_; }
  const Furniture& operator*() const { return *furniture_; }

  OutlineLine line(std::string_view text) {
    std::vector<OutlineLine> lines;
    outliner_.read(text, lines);
    return lines.at(0);
  }
  /// Articles of a host that a line stands on; nothing where it is not known.
  std::optional<std::uint32_t> articles(HostKey host, std::string_view text) {
    return count(furniture_->repeated(host, line(text).shape));
  }
  std::optional<std::uint32_t> labelled(HostKey host, std::string_view text) {
    const OutlineLine own = line(text);
    return count(furniture_->repeated(host, own.label != 0 ? own.label : own.word));
  }
  std::uint32_t before_links(HostKey host, std::string_view text) {
    const RepeatedLine* repeated = furniture_->repeated(host, line(text).shape);
    return repeated ? repeated->before_links : UINT32_MAX;
  }
  std::vector<std::uint32_t> titled(std::string_view title) {
    const auto found = furniture_->titled(outliner_.key_of(title));
    return {found.begin(), found.end()};
  }

 private:
  static std::optional<std::uint32_t> count(const RepeatedLine* line) {
    return line ? std::optional(line->articles) : std::nullopt;
  }

  TemporaryDirectory directory_;
  Outliner outliner_;
  std::optional<Furniture> furniture_;
};

/// A sentence that no other number gives.
std::string sentence(int number) {
  Random random(static_cast<std::uint64_t>(number) + 1000);
  std::string out = "Sentence";
  for (int i = 0; i < 12; ++i) {
    out += ' ';
    for (int k = 0; k < 6; ++k)
      out += static_cast<char>('a' + random.below(26));
  }
  return out + ".";
}

/// Articles of a host with a line above each.
std::vector<LearnedPage> pages_under(const std::string& line, int count, HostKey host = 1) {
  std::vector<LearnedPage> pages;
  for (int n = 0; n < count; ++n)
    pages.push_back({host, "", line + "\n" + sentence(n + 1000 * static_cast<int>(host))});
  return pages;
}

/// Pages of these texts, each called by its number as a page behind them lists it: lines are kept
/// of documents that others may embed.
std::vector<LearnedPage> linked(const std::vector<std::string>& texts) {
  std::vector<LearnedPage> pages;
  LearnedPage list{1, "", ""};
  for (std::size_t n = 0; n < texts.size(); ++n) {
    pages.push_back({1, "Title number " + std::to_string(n), texts[n]});
    list.text += pages.back().title + "\n";
  }
  pages.push_back(list);
  return pages;
}

void append(std::vector<LearnedPage>& pages, const std::vector<LearnedPage>& more) {
  pages.insert(pages.end(), more.begin(), more.end());
}

TEST(Furniture, OfNothingIsNothing) {
  Learned learned({});
  EXPECT_EQ(learned->articles(1), 0U);
  EXPECT_EQ(learned->repeated(1, 42), nullptr);
  EXPECT_TRUE(learned->titled(42).empty());
}

TEST(Furniture, OfPagesWithoutLinesIsNothing) {
  Learned learned({{1, "A title here", ""}, {1, "", "\n \n"}});
  EXPECT_EQ(learned->articles(1), 0U);
  std::vector<std::uint64_t> keys = {1, 2, 3};
  ASSERT_TRUE(learned->lines_of(1, keys));
  EXPECT_TRUE(keys.empty());
}

TEST(Furniture, IsWhatStandsOnManyArticlesOfAHost) {
  Learned learned(pages_under("Subscribe now", 10));
  EXPECT_EQ(learned.articles(1, "Subscribe now"), 10U);
  EXPECT_EQ(learned.articles(1, "• SUBSCRIBE now!"), 10U) << "by its words";
  EXPECT_EQ(learned.articles(1, sentence(1000)), std::nullopt);
  EXPECT_EQ(learned.articles(2, "Subscribe now"), std::nullopt) << "of another host";
  EXPECT_EQ(learned->articles(1), 10U);
}

TEST(Furniture, HasToStandOnAsManyArticlesAsAreAskedOfTheHost) {
  for (const int times : {4, 5}) {
    auto pages = pages_under("Subscribe now", times);
    append(pages, pages_under("", 40));
    pages.resize(40);  // an eighth is 5
    for (int n = times; n < 40; ++n)
      pages[static_cast<std::size_t>(n)].text = sentence(500 + n);
    Learned learned(pages);
    EXPECT_EQ(learned.articles(1, "Subscribe now").has_value(), times == 5) << times;
  }
}

TEST(Furniture, IsKnownByItsShapeWhateverTheNumbers) {
  std::vector<LearnedPage> pages;
  for (int n = 0; n < 6; ++n)
    pages.push_back({1, "", sentence(n) + "\nRead " + std::to_string(40 * n + 3) + " times"});
  Learned learned(pages);
  EXPECT_EQ(learned.articles(1, "Read 7 times"), 6U);
  EXPECT_EQ(learned.articles(1, "Read seven times"), std::nullopt);
}

TEST(Furniture, IsKnownByItsLabelOrItsFirstWord) {
  std::vector<LearnedPage> pages;
  for (int n = 0; n < 6; ++n) {
    const std::string name = std::string(3, static_cast<char>('a' + n)) + " doe";
    pages.push_back({1, "", "By " + name + "\n" + sentence(n) + "\nTags: " + name});
  }
  Learned learned(pages);
  EXPECT_EQ(learned.labelled(1, "Tags: rain"), 6U);
  EXPECT_EQ(learned.labelled(1, "By Jane"), 6U);
  EXPECT_EQ(learned.labelled(1, "Topics: rain"), std::nullopt);
  EXPECT_EQ(learned.articles(1, "Tags: rain"), std::nullopt) << "the whole line is not";
}

TEST(Furniture, CountsALineOfAPageOnce) {
  auto pages = pages_under("Share this\nShare this", 4);
  append(pages, {{1, "", "Twice here\n" + sentence(90) + "\nTwice here\nTwice here\nTwice here"}});
  Learned learned(pages);
  EXPECT_EQ(learned.articles(1, "Share this"), 4U);
  EXPECT_EQ(learned.articles(1, "Twice here"), std::nullopt);
}

TEST(Furniture, CountsCopiesAtOneHostOnce) {
  auto pages = pages_under("Subscribe now", 5);
  for (int n = 0; n < 20; ++n)
    pages.push_back(pages[0]);
  Learned learned(pages);
  // The copies' sentence recurs on more than an eighth of the pages, and is all of them with the
  // line above it.
  EXPECT_EQ(learned->articles(1), 5U);
  EXPECT_EQ(learned.articles(1, "Subscribe now"), 4U)
      << "copies that are all repeated teach nothing";
}

TEST(Furniture, CountsTwoCopiesOfEachAsOneArticle) {
  auto pages = pages_under("Subscribe now", 8);
  append(pages, pages_under("Subscribe now", 8));
  Learned learned(pages);
  EXPECT_EQ(learned->articles(1), 8U);
  EXPECT_EQ(learned.articles(1, "Subscribe now"), 8U);
}

TEST(Furniture, CountsCopiesAtTwoHostsAtEach) {
  auto pages = pages_under("Subscribe now", 8);
  auto copies = pages;
  for (LearnedPage& page : copies)
    page.host = 2;
  append(pages, copies);
  Learned learned(pages);
  EXPECT_EQ(learned->articles(1), 8U);
  EXPECT_EQ(learned->articles(2), 8U);
  EXPECT_EQ(learned.articles(2, "Subscribe now"), 8U);
}

TEST(Furniture, IsNotLearnedFromAnArticleAtThreeAddresses) {
  auto pages = pages_under("Subscribe now", 6);
  const std::string thrice = sentence(70) + "\n" + sentence(71) + "\n" + sentence(72);
  for (int n = 0; n < 3; ++n)
    pages.push_back({1, "", thrice});
  Learned learned(pages);
  const std::uint32_t least = least_articles(learned->articles(1));
  for (int n = 70; n < 73; ++n)
    EXPECT_LT(learned.articles(1, sentence(n)).value_or(0), least) << n;
  EXPECT_EQ(learned->articles(1), 7U);
}

TEST(Furniture, IsNotLearnedFromPagesThatAreAllRepeatedLines) {
  const std::string menu = "Home of the news\nSports of all kinds\nWeather in the valley";
  auto pages = pages_under(menu, 6);
  for (int n = 0; n < 20; ++n)
    pages.push_back({1, "", menu});
  Learned learned(pages);
  EXPECT_EQ(learned.articles(1, "Home of the news"), 6U);
  EXPECT_EQ(learned->articles(1), 7U) << "all of which are one article";
}

TEST(Furniture, IsNotLearnedFromAPageOfWhichLessThanAThirdIsItsOwn) {
  std::string menu;  // of 120 bytes
  for (char c = 'a'; c < 'g'; ++c)
    menu += std::string(20, c) + "\n";
  for (const std::size_t own : {59U, 60U}) {  // a third of 120 + own bytes from 60 on
    std::vector<LearnedPage> pages = pages_under(menu, 6);
    pages.push_back({1, "", menu + std::string(own, 'o')});
    Learned learned(pages);
    EXPECT_EQ(learned.articles(1, std::string(20, 'c')), own == 60 ? 7U : 6U) << own;
  }
}

TEST(Furniture, IsNoLineThatIsAQuarterOfItsPages) {
  ASSERT_EQ(sentence(1000).size(), 93U);
  for (const std::size_t size : {30U, 31U}) {  // a quarter of size + 93 bytes from 31 on
    const std::string line(size, 'x');
    Learned learned(pages_under(line, 6));
    EXPECT_EQ(learned.articles(1, line), size == 30 ? 6U : 0U) << size;
  }
}

TEST(Furniture, KnowsArticlesApartThatHaveARuleLongerThanTheirLines) {
  Learned learned(pages_under(std::string(150, '=') + "\nSubscribe now", 12));
  EXPECT_EQ(learned->articles(1), 12U);
  EXPECT_EQ(learned.articles(1, "Subscribe now"), 12U);
}

/// Thirty articles, the first `names` of them by somebody; the last `prose` begin with a sentence
/// that begins as names do.
std::vector<LearnedPage> signed_pages(int names, int prose) {
  std::vector<LearnedPage> pages;
  for (int n = 0; n < 30; ++n) {
    const std::string name(3, static_cast<char>('a' + n % 26));
    LearnedPage page{1, "", sentence(n) + "\n" + sentence(100 + n)};
    if (n < names) page.text = "By " + name + " doe\n" + page.text;
    if (n >= 30 - prose) page.text = "By and by, " + sentence(200 + n) + "\n" + page.text;
    pages.push_back(page);
  }
  return pages;
}

TEST(Furniture, KnowsNamesByAWordThatAThirdOfTheArticlesHaveAndNoProse) {
  const auto knows = [](const std::vector<LearnedPage>& pages) {
    Learned learned(pages);
    return learned->names_behind(1, learned.line("By Jane Doe").word) != nullptr;
  };
  EXPECT_TRUE(knows(signed_pages(10, 0)));
  EXPECT_FALSE(knows(signed_pages(9, 0)));
  EXPECT_TRUE(knows(signed_pages(10, 3)));
  EXPECT_FALSE(knows(signed_pages(10, 4))) << "prose that begins so on an eighth";
}

TEST(Furniture, KnowsNamesInTheSixLinesAtEitherEnd) {
  for (const bool at_top : {true, false}) {
    for (const int before : {5, 6}) {
      std::vector<LearnedPage> pages;
      for (int n = 0; n < 12; ++n) {
        const std::string name = "By " + std::string(3, static_cast<char>('a' + n)) + " doe\n";
        std::string near, far;
        for (int i = 0; i < before; ++i)
          near += sentence(100 * n + i) + "\n";
        for (int i = 0; i < 6; ++i)
          far += sentence(100 * n + 50 + i) + "\n";
        pages.push_back({1, "", at_top ? near + name + far : far + name + near});
      }
      Learned learned(pages);
      EXPECT_EQ(learned->names_behind(1, learned.line("By Jane Doe").word) != nullptr, before == 5)
          << at_top;
    }
  }
}

// Titles.

TEST(FurnitureTitles, AreFoundOnOtherPages) {
  Learned learned({{1, "Rain cuts off villages", sentence(1)},
                   {1, "Bridge opens again", sentence(2) + "\n• RAIN cuts off villages"},
                   {2, "", "Bridge opens again.\n" + sentence(3)}});
  EXPECT_EQ(learned.titled("rain cuts off Villages"), (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(learned.titled("Bridge opens again"), (std::vector<std::uint32_t>{1}))
      << "on pages of other hosts too";
  EXPECT_TRUE(learned.titled("Nobody wrote this").empty());
}

TEST(FurnitureTitles, AreNoneWhereOnlyTheArticleItselfHasThem) {
  Learned learned({{1, "Rain cuts off villages", "Rain cuts off villages\n" + sentence(1)},
                   {2, "Rain cuts off villages", "Rain cuts off villages\n" + sentence(1)},
                   {1, "Bridge opens again", sentence(2)}});
  EXPECT_TRUE(learned.titled("Rain cuts off villages").empty());
  EXPECT_TRUE(learned.titled("Bridge opens again").empty());
}

TEST(FurnitureTitles, AreFoundBehindALabel) {
  Learned learned({{1, "Rain cuts off 12 villages", sentence(1)},
                   {1, "", "Read also: Rain cuts off 12 villages\n" + sentence(2)}});
  EXPECT_EQ(learned.titled("Rain cuts off 12 villages"), (std::vector<std::uint32_t>{0}));
  EXPECT_TRUE(learned.titled("Rain cuts off 13 villages").empty());
}

TEST(FurnitureTitles, LeadToTheFirstThreeDocuments) {
  std::vector<LearnedPage> pages(6, {1, "Rain cuts off villages", sentence(1)});
  pages[1].title = "Bridge opens again";
  pages.push_back({1, "", "Rain cuts off villages\n" + sentence(2)});
  Learned learned(pages);
  EXPECT_EQ(learned.titled("Rain cuts off villages"), (std::vector<std::uint32_t>{0, 2, 3}));
}

TEST(FurnitureTitles, TellNothingWhereTooManyShareThem) {
  for (const std::size_t namesakes : {64U, 65U}) {
    std::vector<LearnedPage> pages(namesakes,
                                   {1, "News of today", "News of today\n" + sentence(1)});
    pages.push_back({1, "", "News of today\n" + sentence(2)});
    Learned learned(pages);
    EXPECT_EQ(learned.titled("News of today").empty(), namesakes == 65) << namesakes;
  }
}

TEST(FurnitureTitles, CountThePlacesWhereOneComesNext) {
  std::vector<LearnedPage> pages = {{1, "Rain cuts off villages", sentence(1)},
                                    {1, "Bridge opens again", sentence(2)}};
  for (int n = 0; n < 6; ++n) {
    const char* next[] = {"Rain cuts off villages",   "\n\n• Bridge opens again",
                          "***\nBridge opens again",  "Something else\nBridge opens again",
                          "Read also again: nothing", "Rain cuts off villages"};
    pages.push_back({1, n == 5 ? "Rain cuts off villages" : "",
                     sentence(10 + n) + "\nMore from us\n" + next[n] + "\n"});
  }
  Learned learned(pages);
  EXPECT_EQ(learned.articles(1, "More from us"), 6U);
  EXPECT_EQ(learned.before_links(1, "More from us"), 2U)
      << "not the page's own title, nor one behind another line";
}

// Lines of a document.

TEST(FurnitureLines, AreKnownByTheirKeys) {
  Learned learned(linked({sentence(1) + "\nShort line\n" + sentence(2), sentence(3)}));
  std::vector<std::uint64_t> keys;
  ASSERT_TRUE(learned->lines_of(0, keys));
  EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
  EXPECT_TRUE(Furniture::knows(keys, learned.line(sentence(1))));
  EXPECT_TRUE(Furniture::knows(keys, learned.line(sentence(2))));
  EXPECT_TRUE(Furniture::knows(keys, learned.line("• short LINE")));
  EXPECT_FALSE(Furniture::knows(keys, learned.line(sentence(3))));
  EXPECT_FALSE(Furniture::knows(keys, learned.line("Short lines")));
  ASSERT_TRUE(learned->lines_of(1, keys));
  EXPECT_FALSE(Furniture::knows(keys, learned.line(sentence(1)))) << "of another document";
  EXPECT_TRUE(Furniture::knows(keys, learned.line(sentence(3))));
}

TEST(FurnitureLines, AreKnownByEitherEndWhereTheyAreLong) {
  Learned learned(linked({sentence(1) + " " + sentence(2)}));
  std::vector<std::uint64_t> keys;
  ASSERT_TRUE(learned->lines_of(0, keys));
  EXPECT_TRUE(Furniture::knows(keys, learned.line(sentence(1) + " And more.")));
  EXPECT_TRUE(Furniture::knows(keys, learned.line("It began so. " + sentence(2))));
  EXPECT_FALSE(Furniture::knows(keys, learned.line("So. " + sentence(1) + " And more.")));
  const std::string last = sentence(2).substr(sentence(2).size() - 48);
  EXPECT_TRUE(Furniture::knows(keys, learned.line("It began so. " + last)));
  EXPECT_FALSE(Furniture::knows(keys, learned.line(last + " And more.")))
      << "its last end in front";
  EXPECT_FALSE(Furniture::knows(keys, learned.line(sentence(1).substr(0, 40)))) << "too short";
}

TEST(FurnitureLines, AreNotKnownWithoutWords) {
  Learned learned(linked({"***\n" + sentence(1)}));
  std::vector<std::uint64_t> keys;
  ASSERT_TRUE(learned->lines_of(0, keys));
  EXPECT_FALSE(Furniture::knows(keys, learned.line("=====")));
}

TEST(FurnitureLines, AreKeptOfThoseThatTitlesLeadTo) {
  std::vector<LearnedPage> pages = linked({sentence(1), sentence(2)});
  pages.push_back({1, "A title of nobody's list", sentence(3)});
  Learned learned(pages);
  std::vector<std::uint64_t> keys;
  ASSERT_EQ(learned.titled("Title number 1"), std::vector<std::uint32_t>{1});
  EXPECT_EQ(*learned->lines_of(1, keys), sentence(2).size() >= 100 ? sentence(2).size() : 0);
  EXPECT_FALSE(keys.empty());
  EXPECT_TRUE(learned.titled("A title of nobody's list").empty());
  EXPECT_EQ(*learned->lines_of(3, keys), 0U);
  EXPECT_TRUE(keys.empty());
}

// Against slow counting.

/// Pages of a few lines out of a few, with copies, labels, numbers and titles.
std::vector<LearnedPage> random_crawl(std::uint64_t seed) {
  Random random(seed);
  const std::size_t vocabulary = 4 + random.below(40);
  const auto line = [&]() -> std::string {
    const std::string some = "line " + std::string(1 + random.index(vocabulary), 'x');
    switch (random.below(8)) {
      case 0: return "Tag" + std::to_string(random.below(3)) + ": " + some;
      case 1: return some + " " + std::to_string(random.below(5));
      case 2: return "• " + some;
      case 3: return sentence(static_cast<int>(random.below(60)));
      case 4: return "By " + std::string(1 + random.index(20), 'n') + " doe";
      case 5: return random.chance(.5) ? "***" : "More of it:";
      default: return some;
    }
  };
  std::vector<LearnedPage> pages;
  for (std::uint64_t n = 5 + random.below(60); n > 0; --n) {
    if (!pages.empty() && random.chance(.2)) {
      pages.push_back(pages[random.index(pages.size())]);
      if (random.chance(.3)) pages.back().host = 1 + random.index(3);
      continue;
    }
    LearnedPage page{1 + random.index(3), random.chance(.7) ? line() : "", ""};
    if (random.chance(.8)) page.text += sentence(100 + static_cast<int>(n)) + "\n";
    for (std::uint64_t lines = random.below(9); lines > 0; --lines)
      page.text += line() + (random.chance(.2) ? "\n\n" : "\n");
    pages.push_back(page);
  }
  return pages;
}

/// What furniture.h promises, counted with maps.
class SlowLearner {
 public:
  explicit SlowLearner(const std::vector<LearnedPage>& pages) {
    Outliner outliner;
    for (const LearnedPage& page : pages) {
      hosts_.push_back(page.host);
      titles_.push_back(outliner.key_of(page.title));
      lines_.emplace_back();
      outliner.read(page.text, lines_.back());
    }
    find_titles();
    find_repeats();
    count_articles();
  }

  std::map<std::pair<HostKey, std::uint64_t>, RepeatedLine> repeated;
  std::set<std::pair<HostKey, std::uint64_t>> prose;  // by first word
  std::map<HostKey, std::uint32_t> articles;
  std::map<std::uint64_t, std::vector<std::uint32_t>> titled;

  /// Every key that is on any page.
  [[nodiscard]] std::set<std::uint64_t> keys() const {
    std::set<std::uint64_t> out(titles_.begin(), titles_.end());
    for (const auto& lines : lines_) {
      for (const OutlineLine& line : lines)
        out.insert({line.key, line.shape, line.label, line.rest, line.word});
    }
    out.erase(0);
    return out;
  }

 private:
  /// Whether a line is among the six at either end of its page, where first words count.
  bool is_at_end(std::size_t d, std::size_t line) const {
    return line < 6 || line + 6 >= lines_[d].size();
  }

  /// The keys by which a line may recur.
  std::set<std::uint64_t> keys_of(std::size_t d, std::size_t i) const {
    const OutlineLine& line = lines_[d][i];
    std::set<std::uint64_t> out = {line.shape, line.label};
    if (line.label == 0 && line.is_name && is_at_end(d, i)) out.insert(line.word);
    out.erase(0);
    return out;
  }

  void find_titles() {
    std::map<std::uint64_t, std::set<std::size_t>> said;  // by key, the pages where a line says it
    for (std::size_t d = 0; d < lines_.size(); ++d) {
      for (const OutlineLine& line : lines_[d]) {
        for (const std::uint64_t key : {line.key, line.shape, line.label, line.rest})
          said[key].insert(d);
      }
    }
    for (std::size_t d = 0; d < titles_.size(); ++d)
      titled[titles_[d]].push_back(static_cast<std::uint32_t>(d));
    titled.erase(0);
    for (auto at = titled.begin(); at != titled.end();) {
      const bool elsewhere = std::any_of(said[at->first].begin(), said[at->first].end(),
                                         [&](std::size_t d) { return titles_[d] != at->first; });
      const bool tells = at->second.size() <= 64;  // more say no more than a column's name
      if (at->second.size() > 3) at->second.resize(3);
      at = elsewhere && tells ? std::next(at) : titled.erase(at);
    }
  }

  void find_repeats() {
    std::map<HostKey, std::uint32_t> pages;
    std::map<std::pair<HostKey, std::uint64_t>, std::set<std::size_t>> on, prose_on;
    for (std::size_t d = 0; d < lines_.size(); ++d) {
      ++pages[hosts_[d]];
      for (std::size_t i = 0; i < lines_[d].size(); ++i) {
        const OutlineLine& line = lines_[d][i];
        for (const std::uint64_t key : keys_of(d, i))
          on[{hosts_[d], key}].insert(d);
        if (line.label == 0 && line.word != 0 && !line.is_name && is_at_end(d, i))
          prose_on[{hosts_[d], line.word}].insert(d);
      }
    }
    for (const auto& [where, documents] : on)
      if (documents.size() >= least_articles(pages[where.first])) repeated[where] = {};
    for (const auto& [where, documents] : prose_on)
      if (documents.size() >= least_articles(pages[where.first])) prose.insert(where);
  }

  /// The key of the page's longest line, of its own lines where `own`; and their bytes.
  std::pair<std::uint64_t, std::uint64_t> longest(std::size_t d, bool own) const {
    std::uint64_t key = 0, most = 0, bytes = 0;
    for (const OutlineLine& line : lines_[d]) {
      if (line.key == 0) continue;
      if (own && repeated.contains({hosts_[d], line.shape})) continue;
      bytes += line.bytes();
      if (line.bytes() > most) {
        most = line.bytes();
        key = line.key;
      }
    }
    return {key, bytes};
  }

  void count_articles() {
    std::map<HostKey, std::set<std::uint64_t>> of_host;
    std::map<std::pair<HostKey, std::uint64_t>, std::set<std::uint64_t>> of_line;
    for (std::size_t d = 0; d < lines_.size(); ++d) {
      const auto [own, own_bytes] = longest(d, true);
      const auto [any, all_bytes] = longest(d, false);
      if (all_bytes == 0) continue;
      const bool teaches = own_bytes > 0 && 3 * own_bytes >= all_bytes;
      of_host[hosts_[d]].insert(teaches ? own : any);
      for (std::size_t i = 0; teaches && i < lines_[d].size(); ++i) {
        if (4 * lines_[d][i].bytes() >= all_bytes) continue;
        for (const std::uint64_t key : keys_of(d, i)) {
          const auto line = repeated.find({hosts_[d], key});
          if (line == repeated.end()) continue;
          of_line[{hosts_[d], key}].insert(own);
          if (i + 1 < lines_[d].size() && leads_elsewhere(d, lines_[d][i + 1].key))
            ++line->second.before_links;
        }
      }
    }
    for (const auto& [host, all] : of_host)
      articles[host] = static_cast<std::uint32_t>(all.size());
    for (const auto& [where, all] : of_line)
      repeated[where].articles = static_cast<std::uint32_t>(all.size());
  }

  bool leads_elsewhere(std::size_t d, std::uint64_t key) const {
    return key != titles_[d] && titled.contains(key);
  }

  std::vector<HostKey> hosts_;
  std::vector<std::uint64_t> titles_;
  std::vector<std::vector<OutlineLine>> lines_;
};

void expect_equal(const Furniture& fast, const SlowLearner& slow) {
  for (HostKey host = 1; host <= 4; ++host) {
    const auto articles = slow.articles.find(host);
    ASSERT_EQ(fast.articles(host), articles == slow.articles.end() ? 0 : articles->second);
    for (const std::uint64_t key : slow.keys()) {
      const RepeatedLine* line = fast.repeated(host, key);
      const auto expected = slow.repeated.find({host, key});
      const bool known = expected != slow.repeated.end();
      ASSERT_EQ(line != nullptr, known);
      const bool names = known && 3 * expected->second.articles >= fast.articles(host);
      ASSERT_EQ(fast.names_behind(host, key) != nullptr,
                names && !slow.prose.contains({host, key}));
      if (!line) continue;
      ASSERT_EQ(line->articles, expected->second.articles);
      ASSERT_EQ(line->before_links, expected->second.before_links);
    }
  }
  for (const std::uint64_t key : slow.keys()) {
    const auto found = fast.titled(key);
    const auto expected = slow.titled.find(key);
    ASSERT_EQ(std::vector(found.begin(), found.end()),
              expected == slow.titled.end() ? std::vector<std::uint32_t>() : expected->second);
  }
}

TEST(FurnitureLearner, LearnsWhatSlowCountingDoes) {
  std::size_t repeated = 0, linked = 0, titled = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const std::vector<LearnedPage> pages = random_crawl(seed);
    const SlowLearner slow(pages);
    const Learned fast(pages);
    expect_equal(*fast, slow);
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << seed;
    for (const auto& [where, line] : slow.repeated) {
      repeated += line.articles > 0 ? 1 : 0;
      linked += line.before_links > 0 ? 1 : 0;
    }
    titled += slow.titled.size();
  }
  EXPECT_GT(repeated, 300U);
  EXPECT_GT(linked, 300U);
  EXPECT_GT(titled, 300U);
}

/// So many pages that the least memory for sorting does not hold their lines.
std::vector<LearnedPage> large_crawl() {
  std::vector<LearnedPage> pages;
  for (std::uint64_t seed = 0; seed < 40; ++seed)
    append(pages, random_crawl(1000 + seed));
  return pages;
}

TEST(FurnitureLearner, LearnsTheSameInLittleMemoryAsInMuch) {
  const std::vector<LearnedPage> pages = large_crawl();
  const Learned much(pages), little(pages, {1 << 10, 1 << 10});
  EXPECT_EQ(much->spilled_bytes(), 0U);
  EXPECT_GT(little->spilled_bytes(), 0U);
  EXPECT_GT(Learned(pages, {1 << 20, 1 << 10})->spilled_bytes(), 0U);
  const SlowLearner slow(pages);
  EXPECT_GT(slow.titled.size(), 10U);
  expect_equal(*much, slow);
  expect_equal(*little, slow);
  std::vector<std::uint64_t> from_memory, from_disk;
  std::size_t known = 0;
  for (std::uint32_t d = 0; d < pages.size(); ++d) {
    ASSERT_TRUE(much->lines_of(d, from_memory));
    ASSERT_TRUE(little->lines_of(d, from_disk));
    ASSERT_EQ(from_memory, from_disk) << d;
    known += from_memory.empty() ? 0 : 1;
  }
  EXPECT_GT(known, 10U);
}

TEST(FurnitureLearner, LearnsTheSameFromPagesInAnotherOrder) {
  std::vector<LearnedPage> pages = random_crawl(5);
  const Learned before(pages);
  const SlowLearner slow(pages);
  std::reverse(pages.begin(), pages.end());
  const Learned after(pages);
  for (HostKey host = 1; host <= 3; ++host) {
    EXPECT_EQ(before->articles(host), after->articles(host));
    for (const std::uint64_t key : slow.keys()) {
      const RepeatedLine* a = before->repeated(host, key);
      const RepeatedLine* b = after->repeated(host, key);
      ASSERT_EQ(a != nullptr, b != nullptr);
      ASSERT_TRUE(!a || (a->articles == b->articles && a->before_links == b->before_links));
    }
  }
}

TEST(FurnitureLearner, FailsWithOutputWhenItsDirectoryIsGone) {
  std::optional<TemporaryDirectory> directory = make_test_directory();
  FurnitureLearner learner(directory->file("learn-"), 1 << 10, 1 << 10);
  directory.reset();
  std::vector<LineKeys> lines(3000);
  for (std::size_t i = 0; i < lines.size(); ++i)
    lines[i].key = lines[i].shape = i + 1;
  const Result<void> result = learner.add(1, 1, lines, {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::output);
}

TEST(Furniture, FailsWithInputWhenItsFileWasCutShort) {
  const TemporaryDirectory directory = make_test_directory();
  FurnitureLearner learner(directory.file("learn-"), 1 << 20, 1);
  std::vector<LineKeys> lines(3000);
  for (std::size_t i = 0; i < lines.size(); ++i)
    lines[i].key = lines[i].shape = i + 1;
  constexpr std::uint64_t kTitle = 1 << 20;
  for (int n = 0; n < 3; ++n)
    ASSERT_TRUE(learner.add(1, kTitle, lines, {}));
  lines[7].key = lines[7].shape = kTitle;  // a link to them, so that their lines are kept
  ASSERT_TRUE(learner.add(1, 0, lines, {}));
  const Result<Furniture> furniture = learner.finish();
  ASSERT_TRUE(furniture);
  std::vector<std::uint64_t> keys;
  ASSERT_TRUE(furniture->lines_of(0, keys));
  std::filesystem::resize_file(directory.file("learn-outlines"), 100);
  const Result<std::uint64_t> result = furniture->lines_of(0, keys);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::input);
}

}  // namespace
}  // namespace kithkin

// What goes from pages of little crawls and what stays, step by step; then what holds for any page.
#include "clean/cleaner.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <gtest/gtest.h>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using Strings = std::vector<std::string>;

constexpr HostKey kHost = 7, kElsewhere = 8;

std::string random_words(int number, int seed, int words) {
  Random random(static_cast<std::uint64_t>(number) * 10 + static_cast<std::uint64_t>(seed));
  std::string out;
  for (int i = 0; i < words; ++i) {
    if (i > 0) out += ' ';
    for (int k = 0; k < 7; ++k)
      out += static_cast<char>('a' + random.below(26));
  }
  return out;
}

/// A paragraph, a title of 39 characters, and one that is short for a title; others by number.
std::string prose(int number) { return random_words(number, 1, 14) + "."; }
std::string title(int number) { return random_words(number, 2, 5); }
std::string short_title(int number) { return random_words(number, 3, 3); }

std::string lines(std::initializer_list<std::string> all) {
  std::string out;
  for (const std::string& line : all)
    out += line + "\n";
  return out;
}

/// A page taken apart, in words: "host-repeat 12: Subscribe now\n".
struct Cleaned {
  std::string left;
  Strings removed, related;
};

bool is_border(std::string_view text, std::uint64_t place) {
  std::uint64_t at = 0;
  while (at < place)
    at += decode_utf8(text, at).size;
  return at == place;
}

/// What has to be true of every page.
void expect_sound(std::string_view text, const CleanedPage& page) {
  std::string left;
  std::uint64_t end = 0;
  for (const auto& [span, kind, detail] : page.removals) {
    ASSERT_LE(end, span.begin) << text;
    ASSERT_LT(span.begin, span.end) << text;
    ASSERT_LE(span.end, text.size()) << text;
    ASSERT_TRUE(is_border(text, span.begin) && is_border(text, span.end)) << text;
    left += text.substr(end, span.begin - end);
    end = span.end;
  }
  left += text.substr(end);
  std::string out = "what was there before";
  remove(text, page.removals, out);
  ASSERT_EQ(out, left);
  for (const ObservedRelated& related : page.related) {
    ASSERT_TRUE(related.title.data() >= text.data() &&
                related.title.data() + related.title.size() <= text.data() + text.size());
    ASSERT_FALSE(related.title.empty()) << text;
  }
}

std::string describe(const ObservedRelated& related) {
  const std::string to = related.document ? " -> " + std::to_string(*related.document) : "";
  return std::string(related.title) + to;
}

Cleaned clean_with(Cleaner& cleaner, const std::string& text, std::string_view title,
                   HostKey host) {
  CleanedPage page;
  EXPECT_TRUE(cleaner.clean(text, title, host, page));
  expect_sound(text, page);
  Cleaned out;
  for (const auto& [span, kind, detail] : page.removals) {
    out.removed.push_back(std::string(to_string(kind)) + " " + std::to_string(detail) + ": " +
                          text.substr(span.begin, span.end - span.begin));
  }
  for (const ObservedRelated& related : page.related)
    out.related.push_back(describe(related));
  remove(text, page.removals, out.left);
  return out;
}

Cleaned clean_alone(const std::string& text) {
  Cleaner cleaner(nullptr);
  return clean_with(cleaner, text, "", kHost);
}

struct Page {
  std::string text, title;
  HostKey host = kHost;
};

/// Pages that are learned from, and then cleaned.
class Crawl {
 public:
  /// The number of the document.
  std::uint32_t add(const std::string& text, const std::string& title = "", HostKey host = kHost) {
    pages_.push_back({text, title, host});
    return static_cast<std::uint32_t>(pages_.size() - 1);
  }

  /// Articles of three paragraphs with these lines around them. The nth has the paragraphs
  /// prose(10n) to prose(10n + 2), and title(n).
  void add_articles(int count, const std::string& above = "", const std::string& below = "") {
    for (int n = 0; n < count; ++n) {
      const int number = static_cast<int>(pages_.size());
      add(above + article(number) + below, title(number));
    }
  }

  static std::string article(int n) {
    return lines({prose(10 * n), prose(10 * n + 1), prose(10 * n + 2)});
  }

  /// A page of the crawl, cleaned. What was decided when it was learned has to be the same.
  Cleaned clean(std::uint32_t document) {
    const Page& page = pages_[document];
    Cleaned cleaned = clean_other(page.text, page.title, page.host);
    Cleaner cleaner(&furniture());
    CleanedPage again;
    EXPECT_TRUE(cleaner.clean(page.text, page.title, page.host, again, document));
    std::string left;
    remove(page.text, again.removals, left);
    EXPECT_EQ(left, cleaned.left);
    EXPECT_EQ(again.removals.size(), cleaned.removed.size());
    EXPECT_EQ(again.related.size(), cleaned.related.size());
    return cleaned;
  }

  /// A page that need not be one of the crawl.
  Cleaned clean_other(const std::string& text, std::string_view title = "", HostKey host = kHost) {
    Cleaner cleaner(&furniture());
    return clean_with(cleaner, text, title, host);
  }

  /// Adds a page and cleans it.
  Cleaned add_and_clean(const std::string& text, const std::string& title = "") {
    return clean(add(text, title));
  }

  const Furniture& furniture() {
    if (learned_ != pages_.size()) learn();
    return furniture_;
  }

 private:
  void learn() {
    directory_ = make_test_directory();
    FurnitureLearner learner(directory_.file("learn-"), 1 << 20, 1 << 20);
    Outliner outliner;
    Cleaner cleaner(nullptr);
    std::vector<OutlineLine> outline;
    std::vector<Removal> removals;
    for (const Page& page : pages_) {
      outliner.read(page.text, outline);
      std::vector<LineKeys> keys;
      append_keys(outline, keys);
      EXPECT_TRUE(cleaner.clean_alone(page.text, outline, removals));
      EXPECT_TRUE(learner.add(page.host, outliner.key_of(page.title), keys, removals));
    }
    Result<Furniture> learned = learner.finish();
    EXPECT_TRUE(learned);
    furniture_ = std::move(learned).value();
    learned_ = pages_.size();
  }

  std::vector<Page> pages_;
  TemporaryDirectory directory_;
  Furniture furniture_;
  std::size_t learned_ = SIZE_MAX;
};

// Repeats of the host.

TEST(CleanHostRepeats, LinesAroundTheArticlesGo) {
  Crawl crawl;
  crawl.add_articles(12, "Wexcombe Herald\n\nHome and Sports\n", "Subscribe now\n");
  const Cleaned page = crawl.clean(3);
  EXPECT_EQ(page.left, Crawl::article(3));
  EXPECT_EQ(page.removed, (Strings{"host-repeat 12: Wexcombe Herald\n\nHome and Sports\n",
                                   "host-repeat 12: Subscribe now\n"}));
  EXPECT_TRUE(page.related.empty());
}

TEST(CleanHostRepeats, GoFromPagesThatWereNotLearnedFrom) {
  Crawl crawl;
  crawl.add_articles(12, "", "Subscribe now\n");
  EXPECT_EQ(crawl.clean_other(prose(999) + "\n• SUBSCRIBE, now!").left, prose(999) + "\n");
  const std::string elsewhere = prose(999) + "\nSubscribe now";
  EXPECT_EQ(crawl.clean_other(elsewhere, "", kElsewhere).left, elsewhere) << "of that host only";
}

TEST(CleanHostRepeats, GoFromTheMiddleToo) {
  Crawl crawl;
  crawl.add_articles(12, "", "Advertisement\n");
  const Cleaned page = crawl.clean_other(lines({prose(990), "Advertisement", prose(991)}));
  EXPECT_EQ(page.left, lines({prose(990), prose(991)}));
}

TEST(CleanHostRepeats, GoWhateverTheirNumbers) {
  Crawl crawl;
  for (int n = 0; n < 12; ++n)
    crawl.add(Crawl::article(n) + "Read " + std::to_string(40 * n + 3) + " times\n");
  EXPECT_EQ(crawl.clean(5).left, Crawl::article(5));
  EXPECT_EQ(crawl.clean_other(prose(999) + "\nRead ٩٩ times").left, prose(999) + "\n");
  const std::string other = lines({prose(998), "Read many times", prose(999)});
  EXPECT_EQ(crawl.clean_other(other).left, other);
}

/// Forty articles, on the first `count` of which a line stands.
Cleaned clean_with_repeat(int count, const std::string& line) {
  Crawl crawl;
  crawl.add_articles(count, "", line + "\n");
  crawl.add_articles(40 - count);
  return crawl.clean(0);
}

TEST(CleanHostRepeats, HaveToStandOnAnEighthOfTheArticlesAndSentencesOnAQuarter) {
  const std::string line = "Letters to the editor are read and answered by all of us here";
  EXPECT_NE(clean_with_repeat(4, line).left, Crawl::article(0));
  EXPECT_EQ(clean_with_repeat(5, line).left, Crawl::article(0));
  EXPECT_NE(clean_with_repeat(9, line + ".").left, Crawl::article(0));
  EXPECT_EQ(clean_with_repeat(10, line + ".").left, Crawl::article(0));
  EXPECT_EQ(clean_with_repeat(5, "Write to us.").left, Crawl::article(0)) << "a short sentence";
}

TEST(CleanHostRepeats, AreNoneAmongPlainArticles) {
  Crawl crawl;
  crawl.add_articles(30);
  for (std::uint32_t n = 0; n < 30; ++n)
    EXPECT_TRUE(crawl.clean(n).removed.empty()) << n;
}

TEST(CleanHostRepeats, DoNotComeOfAnArticleAtThreeAddresses) {
  Crawl crawl;
  crawl.add_articles(9);
  for (int n = 0; n < 3; ++n)
    crawl.add(Crawl::article(500), title(500));
  EXPECT_TRUE(crawl.clean(9).removed.empty());
}

TEST(CleanHostRepeats, DoNotComeOfThreeVersionsOfAnArticle) {
  Crawl crawl;
  crawl.add_articles(9);
  for (int n = 0; n < 3; ++n)
    crawl.add(Crawl::article(500) + random_words(600 + n, 1, 20) + ".\n", title(500));
  EXPECT_TRUE(crawl.clean(9).removed.empty());
}

TEST(CleanHostRepeats, GoFromTheMiddleWhereAQuarterOfTheArticlesHaveThem) {
  for (const int count : {9, 10}) {
    Crawl crawl;
    crawl.add_articles(count, "", "Advertisement\n");
    crawl.add_articles(40 - count);
    const std::string text = lines({prose(990), "Advertisement", prose(991)});
    EXPECT_EQ(crawl.clean_other(text).left, count == 10 ? lines({prose(990), prose(991)}) : text);
  }
}

// Boxes.

/// Twelve articles with two titles of others each behind one heading, "More from us".
void teach_heading(Crawl& crawl) {
  for (int n = 0; n < 12; ++n) {
    crawl.add(lines({prose(10 * n), prose(10 * n + 1), "More from us", title((n + 1) % 12),
                     title((n + 5) % 12)}),
              title(n));
  }
}

/// Twelve articles below each of which stands "Advertisement", never above links.
Crawl advertised() {
  Crawl crawl;
  crawl.add_articles(12, "", "Advertisement\n");
  return crawl;
}

TEST(CleanBoxes, TitlesOfOtherArticlesGoWithTheirHeading) {
  Crawl crawl;
  crawl.add_articles(9);
  const std::string box = lines({"More of this", title(1), title(2), title(3)});
  const Cleaned page = crawl.add_and_clean(Crawl::article(900) + box);
  EXPECT_EQ(page.left, Crawl::article(900));
  EXPECT_EQ(page.removed, (Strings{"related-box 3: " + box}));
  EXPECT_EQ(page.related, (Strings{title(1) + " -> 1", title(2) + " -> 2", title(3) + " -> 3"}));
}

TEST(CleanBoxes, GoFromTheMiddleOfAnArticleBehindALearnedHeading) {
  Crawl crawl = advertised();
  const std::string before = lines({prose(900), prose(901)}), after = lines({prose(902)});
  const std::string box = lines({title(1), title(2), title(3)});
  const Cleaned page = crawl.add_and_clean(before + "Advertisement\n" + box + after);
  EXPECT_EQ(page.left, before + after);
  EXPECT_EQ(page.removed, (Strings{"related-box 3: Advertisement\n" + box}));
  const std::string unlearned = before + "More of this\n" + box + after;
  EXPECT_EQ(crawl.add_and_clean(unlearned).left, unlearned);
}

TEST(CleanBoxes, GoFromTheTopOfAPageBehindALearnedHeading) {
  Crawl crawl = advertised();
  const std::string box = lines({title(1), title(2)}), own = lines({prose(900), prose(901)});
  EXPECT_EQ(crawl.add_and_clean("Advertisement\n" + box + own).left, own);
  EXPECT_EQ(crawl.add_and_clean(box + own).left, box + own);
}

TEST(CleanBoxes, KeepTheSentenceAboveThem) {
  Crawl crawl;
  crawl.add_articles(9);
  const std::string before = lines({prose(900), "So it ended."});
  EXPECT_EQ(crawl.add_and_clean(before + lines({title(1), title(2), title(3)})).left, before);
}

TEST(CleanBoxes, TakeEntriesThatNobodyKnowsIfTheyAreBulletedAlike) {
  Crawl crawl;
  crawl.add_articles(9);
  const std::string box = lines({"More of this", "• " + title(700), "• " + title(1),
                                 "• " + title(701), "• " + title(2), "• " + title(702)});
  const Cleaned page =
      crawl.add_and_clean(lines({prose(900), prose(901)}) + box + lines({"A last remark"}));
  EXPECT_EQ(page.left, lines({prose(900), prose(901), "A last remark"}));
  EXPECT_EQ(page.removed, (Strings{"related-box 2: " + box}));
  EXPECT_EQ(page.related,
            (Strings{title(700), title(1) + " -> 1", title(701), title(2) + " -> 2", title(702)}))
      << "without their bullets";
}

TEST(CleanBoxes, TakeSentencesThatAreBulletedLikeTheLinks) {
  for (const std::string bullet : {"• ", "- "}) {
    Crawl crawl;
    crawl.add_articles(9);
    const std::string links =
        lines({"More of this", "• " + title(1), "• " + title(2), "• " + title(3)});
    const std::string below = bullet + "It is said to rain.\n";
    EXPECT_EQ(crawl.add_and_clean(lines({prose(900)}) + links + below).left,
              lines({prose(900)}) + (bullet == "• " ? "" : below))
        << bullet;
  }
}

TEST(CleanBoxes, TakeUpToThreeOtherLinesBetweenTwoLinks) {
  Crawl crawl;
  crawl.add_articles(9);
  const auto text = [](int between) {
    std::string out = lines({prose(900), "More of this", title(1)});
    for (int n = 0; n < between; ++n)
      out += "A line between\n";
    return out + lines({title(2)});
  };
  EXPECT_EQ(crawl.add_and_clean(text(3)).left, lines({prose(900)}));
  EXPECT_EQ(crawl.add_and_clean(text(4)).left, text(4));
}

TEST(CleanBoxes, TakeEntriesOfUpTo220CharactersBehindALearnedHeading) {
  Crawl crawl;
  teach_heading(crawl);
  for (const std::size_t characters : {220U, 221U}) {
    const std::string entry = random_words(1, 9, 28).substr(0, characters - 1) + "x";
    ASSERT_EQ(entry.size(), characters);
    EXPECT_EQ(crawl.clean_other(lines({prose(900), "More from us", title(700), entry})).left,
              lines({prose(900)}) + (characters == 220 ? "" : entry + "\n"));
  }
}

TEST(CleanBoxes, KeepBulletsAmongWhichNoTitleIs) {
  Crawl crawl;
  crawl.add_articles(9);
  const std::string text = lines({prose(900), "In short", "• " + title(700), "• " + title(701),
                                  "• " + title(702), prose(901)});
  EXPECT_EQ(crawl.add_and_clean(text).left, text);
}

TEST(CleanBoxes, TakeTheDateBelowEachLink) {
  Crawl crawl = advertised();
  const std::string box = lines({title(1), "12 May", title(2), "13 May", title(3), "14 May"});
  const Cleaned page = crawl.add_and_clean(lines({prose(900), prose(901), "Advertisement"}) + box +
                                           lines({"A last remark", prose(902)}));
  EXPECT_EQ(page.left, lines({prose(900), prose(901), "A last remark", prose(902)}));
  EXPECT_EQ(page.related.size(), 3U) << "a date is no title";
}

TEST(CleanBoxes, EndWhereLinksEndInTheMiddleOfAnArticle) {
  Crawl crawl = advertised();
  const std::string text = lines({prose(900), prose(901), "Advertisement", title(1), title(2)}) +
                           lines({"A subheading", prose(902)});
  EXPECT_EQ(crawl.add_and_clean(text).left,
            lines({prose(900), prose(901), "A subheading", prose(902)}));
}

TEST(CleanBoxes, TakeWhatIsLeftOfThePageBehindTwoLinks) {
  Crawl crawl;
  crawl.add_articles(9);
  const std::string text = lines({prose(900), title(1), title(2), title(700), "And one more"});
  EXPECT_EQ(crawl.add_and_clean(text).left, lines({prose(900)}));
}

TEST(CleanBoxes, BehindALearnedHeadingNeedNoKnownTitle) {
  Crawl crawl;
  teach_heading(crawl);
  const std::string box = lines({"More from us", title(700), "Nobody knows this one"});
  const Cleaned page = crawl.clean_other(lines({prose(900)}) + box + lines({prose(901)}));
  EXPECT_EQ(page.left, lines({prose(900), prose(901)}));
  EXPECT_EQ(page.removed, (Strings{"related-box 0: " + box}));
  EXPECT_EQ(page.related, (Strings{title(700), "Nobody knows this one"}));
}

TEST(CleanBoxes, NeedAKnownTitleBehindAHeadingThatWasSeldomAboveLinks) {
  Crawl crawl;
  crawl.add_articles(12, "", "Advertisement\n");
  const std::string after = lines({title(700), "Nobody knows this one"});
  EXPECT_EQ(crawl.clean_other(lines({prose(900), "Advertisement"}) + after).left,
            lines({prose(900)}) + after);
}

// Links by themselves.

TEST(CleanLinks, ALoneOneGoesBehindALearnedHeading) {
  Crawl crawl = advertised();
  const Cleaned page =
      crawl.add_and_clean(lines({prose(900), "Advertisement", title(1), prose(901)}));
  EXPECT_EQ(page.left, lines({prose(900), prose(901)}));
  EXPECT_EQ(page.removed, (Strings{"related-box 1: Advertisement\n" + title(1) + "\n"}));
  EXPECT_EQ(page.related, (Strings{title(1) + " -> 1"}));
}

TEST(CleanLinks, ALoneOneMayBeASubheadingAndStays) {
  Crawl crawl;
  crawl.add_articles(9);
  crawl.add(Crawl::article(9), short_title(9));
  for (const std::string& link : {short_title(9), title(1)}) {
    const std::string text = lines({prose(900), link, prose(901)});
    EXPECT_EQ(crawl.add_and_clean(text).left, text);
    const std::string labelled = lines({prose(900), "Read also:", link, prose(901)});
    EXPECT_EQ(crawl.add_and_clean(labelled).left, labelled) << "behind a label not learned too";
    EXPECT_EQ(crawl.add_and_clean(lines({prose(900), link})).left, lines({prose(900), link}));
  }
}

TEST(CleanLinks, TwoBeforeProseStay) {
  Crawl crawl;
  crawl.add_articles(9);
  const std::string own = lines({"Here", prose(900)}), links = lines({title(1), title(2)});
  EXPECT_EQ(crawl.add_and_clean(own + links + lines({prose(901)})).left,
            own + links + lines({prose(901)}));
  EXPECT_EQ(crawl.add_and_clean(own + links + lines({"Or not"})).left, own);
}

TEST(CleanLinks, WhatSaysThePagesOwnTitleStays) {
  Crawl crawl;
  crawl.add_articles(9);
  crawl.add(lines({prose(910), title(50)}), title(51));  // another page links to it
  const std::string links = lines({title(50), title(1), title(2)});
  const std::string text = lines({prose(900)}) + links;
  crawl.add(lines({prose(920)}), title(50));
  EXPECT_EQ(crawl.add_and_clean(text, title(52)).left, lines({prose(900)}));
  const std::string left = lines({prose(900), title(50)});
  EXPECT_EQ(crawl.add_and_clean(text, title(50)).left, left);
  EXPECT_EQ(crawl.add_and_clean(text, title(50) + " | Herald").left, left);
  const std::string four = title(50).substr(0, 31), three = title(50).substr(0, 23);
  EXPECT_EQ(crawl.add_and_clean(text, four).left, left) << "four of its five words";
  EXPECT_EQ(crawl.add_and_clean(text, three).left, lines({prose(900)})) << "three of them";
}

TEST(CleanLinks, GoAtAnyLengthWithALearnedLabelAboveThem) {
  Crawl crawl;
  crawl.add_articles(12, "", "Read also:\n");
  crawl.add(Crawl::article(12), short_title(9));
  const Cleaned page =
      crawl.add_and_clean(lines({prose(900), "Read also:", short_title(9), prose(901)}));
  EXPECT_EQ(page.left, lines({prose(900), prose(901)}));
  EXPECT_EQ(page.removed, (Strings{"related-box 1: Read also:\n" + short_title(9) + "\n"}));
}

/// Twelve articles below each of which stands a line that is labelled so.
Crawl labelled(const std::string& label) {
  Crawl crawl;
  for (int n = 0; n < 12; ++n)
    crawl.add(Crawl::article(n) + label + random_words(n, 6, 5) + "\n", title(n));
  return crawl;
}

TEST(CleanLinks, GoBehindALearnedLabelOnTheirOwnLine) {
  Crawl crawl = labelled("Read also: ");
  const std::string link = "Read also: \"" + title(1) + "\"\n";
  const Cleaned page = crawl.add_and_clean(lines({prose(900)}) + link + lines({prose(901)}));
  EXPECT_EQ(page.left, lines({prose(900), prose(901)}));
  EXPECT_EQ(page.removed, (Strings{"related-box 1: " + link}));
  EXPECT_EQ(page.related, (Strings{"\"" + title(1) + "\" -> 1"})) << "without the label";
}

TEST(CleanLinks, HaveALabelOfUpToSixtyCharacters) {
  Crawl crawl;
  crawl.add_articles(9);
  for (const std::size_t characters : {60U, 61U}) {
    const std::string label = random_words(1, 9, 8).substr(0, characters - 3) + "x: ";
    ASSERT_EQ(label.size(), characters);
    const std::string links = lines({label + title(1), label + title(2)});
    EXPECT_EQ(crawl.add_and_clean(lines({prose(900)}) + links).left,
              lines({prose(900)}) + (characters == 60 ? "" : links));
  }
}

TEST(CleanLinks, AreNoSentenceWithAShortTitleBehindItsColon) {
  Crawl crawl = labelled("Said: ");
  for (const std::string name : {"Why?", "Twofold announcements", "A B C D"}) {
    crawl.add(Crawl::article(20), name);
    const std::string text =
        lines({prose(900), "Said: " + name, prose(901),
               "There was one thing that nobody could tell: " + name, prose(902)});
    EXPECT_EQ(crawl.add_and_clean(text).left, text) << name;
  }
}

TEST(CleanLinks, GoAtAnyLengthBehindALabelThatRecursOnTheHost) {
  for (const bool learned : {true, false}) {
    Crawl crawl;
    for (int n = 0; n < 12; ++n)
      crawl.add(Crawl::article(n) + (learned ? "More: " : "") + random_words(n, 6, 2),
                short_title(n));
    const std::string text = lines({prose(900), "More: " + short_title(1), prose(901)});
    EXPECT_EQ(crawl.add_and_clean(text).left, learned ? lines({prose(900), prose(901)}) : text);
  }
}

TEST(CleanLinks, NeedThreeWordsAndTwelveCharacters) {
  for (const std::string name :
       {"Twofold announcements", "A B C D", "Twofold good announcements", "Floods in May"}) {
    Crawl crawl = advertised();
    crawl.add(Crawl::article(20), name);
    const bool goes = name == "Twofold good announcements" || name == "Floods in May";
    EXPECT_EQ(crawl.add_and_clean(lines({prose(900), "Advertisement", name, prose(901)})).left,
              lines({prose(900)}) + (goes ? "" : name + "\n") + lines({prose(901)}))
        << name;
  }
}

// Embedded articles.

/// Twelve articles; `embedded(n)` is how a page shows the nth.
struct Embedding {
  Embedding() { crawl.add_articles(12); }
  static std::string embedded(int n) { return lines({"Read also:", title(n)}) + Crawl::article(n); }
  Crawl crawl;
};

TEST(CleanEmbedded, AnotherArticleGoesWithItsHeadingAndTitle) {
  Embedding e;
  const Cleaned page =
      e.crawl.add_and_clean(lines({prose(900)}) + Embedding::embedded(4) + lines({prose(901)}));
  EXPECT_EQ(page.left, lines({prose(900), prose(901)}));
  EXPECT_EQ(page.removed, (Strings{"embedded-article 4: " + Embedding::embedded(4)}));
}

TEST(CleanEmbedded, TwoGo) {
  Embedding e;
  const Cleaned page = e.crawl.add_and_clean(lines({prose(900)}) + Embedding::embedded(4) +
                                             lines({prose(901)}) + Embedding::embedded(5));
  EXPECT_EQ(page.left, lines({prose(900), prose(901)}));
}

TEST(CleanEmbedded, WithACaptionBeforeItGoesToo) {
  Embedding e;
  const std::string embedded =
      lines({"Read also:", title(4), "A picture of something"}) + Crawl::article(4);
  EXPECT_EQ(e.crawl.add_and_clean(lines({prose(900)}) + embedded).left, lines({prose(900)}));
}

TEST(CleanEmbedded, IsKnownByTheEndsOfItsParagraphs) {
  Embedding e;
  const std::string embedded = lines({"Read also:", title(4), prose(40) + " " + prose(777)});
  EXPECT_EQ(e.crawl.add_and_clean(lines({prose(900)}) + embedded).left, lines({prose(900)}));
}

TEST(CleanEmbedded, IsKnownByParagraphsOfScriptsThatEndNoSentence) {
  Embedding e;
  const std::string theirs = lines({random_words(1, 9, 14), random_words(2, 9, 14)});
  e.crawl.add(theirs, title(50));
  EXPECT_EQ(e.crawl.add_and_clean(lines({prose(900), "Read also:", title(50)}) + theirs).left,
            lines({prose(900)}));
}

TEST(CleanEmbedded, TakesShortLinesOfThatArticleThatFollow) {
  Embedding e;
  const std::string theirs = lines({prose(500), "So they said", "***", "Or not"});
  e.crawl.add(theirs, title(50));
  const Cleaned page = e.crawl.add_and_clean(lines({prose(900), "Read also:", title(50)}) + theirs +
                                             lines({"As we say", prose(901)}));
  EXPECT_EQ(page.left, lines({prose(900), "As we say", prose(901)}));
}

TEST(CleanEmbedded, IsFoundAmongDocumentsOfOneTitle) {
  Embedding e;
  for (const int number : {600, 601})
    e.crawl.add(Crawl::article(number), title(600));
  const std::string embedded = lines({"Read also:", title(600)}) + Crawl::article(601);
  const Cleaned page = e.crawl.add_and_clean(lines({prose(900)}) + embedded);
  EXPECT_EQ(page.removed, (Strings{"embedded-article 13: " + embedded}));
}

TEST(CleanEmbedded, IsTheLongestOfDocumentsOfOneTitle) {
  for (const bool longest_first : {true, false}) {
    Embedding e;
    const std::string whole = lines({prose(500), prose(501)}), part = lines({prose(500)});
    e.crawl.add(longest_first ? whole : part, title(50));
    e.crawl.add(longest_first ? part : whole, title(50));
    const std::string embedded = lines({"Read also:", title(50)}) + whole;
    const Cleaned page = e.crawl.add_and_clean(lines({prose(900)}) + embedded);
    EXPECT_EQ(page.removed, (Strings{"embedded-article " + std::to_string(longest_first ? 12 : 13) +
                                     ": " + embedded}));
  }
}

TEST(CleanEmbedded, IsAmongTheFirstSixteenTitlesBehindHeadings) {
  for (const int before : {15, 16}) {
    Crawl crawl;
    crawl.add_articles(20);
    std::string own = lines({prose(900)});
    for (int n = 0; n < before; ++n)
      own += lines({"Read also:", title(n), prose(901 + n)});
    const std::string embedded = Embedding::embedded(19);
    EXPECT_EQ(crawl.add_and_clean(own + embedded).left, own + (before == 15 ? "" : embedded));
  }
}

TEST(CleanEmbedded, NoneWithoutAHeading) {
  Embedding e;
  const std::string text = lines({prose(900), prose(901), title(4)}) + Crawl::article(4);
  EXPECT_EQ(e.crawl.add_and_clean(text).left, text);
}

TEST(CleanEmbedded, BehindALearnedHeadingGoes) {
  Crawl crawl = advertised();
  const std::string embedded = lines({"Advertisement", title(4)}) + Crawl::article(4);
  const Cleaned page = crawl.add_and_clean(lines({prose(900)}) + embedded);
  EXPECT_EQ(page.removed, (Strings{"embedded-article 4: " + embedded}));
}

TEST(CleanEmbedded, NoneBehindABulletOrAListOfTitles) {
  Embedding e;
  const std::string before = lines({prose(900), "Read also:"}), theirs = Crawl::article(4);
  const std::string bullet = before + lines({"• " + title(4)}) + theirs;
  EXPECT_EQ(e.crawl.add_and_clean(bullet).left, bullet);
  const std::string list = before + lines({title(4), title(5)}) + theirs;
  EXPECT_EQ(e.crawl.add_and_clean(list).left, list);
}

TEST(CleanEmbedded, NoneInAVersionOfTheArticleItself) {
  Embedding e;
  const std::string version =
      lines({prose(900), prose(40), prose(41), "Read also:", title(4), prose(42)});
  EXPECT_EQ(e.crawl.add_and_clean(version).left, version);
  EXPECT_EQ(e.crawl
                .add_and_clean(lines({prose(900), prose(40), "Read also:", title(4), prose(41),
                                      prose(42), prose(901)}))
                .left,
            lines({prose(900), prose(40), prose(901)}))
      << "one that has more of its own";
}

TEST(CleanEmbedded, NoneOfWhichLessThanAQuarterIsThere) {
  Embedding e;
  for (const int paragraphs : {4, 5}) {
    std::string theirs;
    for (int n = 0; n < paragraphs; ++n)
      theirs += prose(500 + n) + "\n";
    e.crawl.add(theirs, title(50 + paragraphs));
    const std::string own = lines({prose(900)});
    const std::string quoted = lines({"Read also:", title(50 + paragraphs), prose(500)});
    EXPECT_EQ(e.crawl.add_and_clean(own + quoted).left, own + (paragraphs == 4 ? "" : quoted));
  }
}

TEST(CleanEmbedded, GoesAboveTheProseOfAPageThatHasATitle) {
  Embedding e;
  const std::string own = lines({prose(900), prose(901)});
  const std::string text = Embedding::embedded(4) + own;
  EXPECT_EQ(e.crawl.add_and_clean(text, title(800)).left, own);
  EXPECT_EQ(e.crawl.add_and_clean(text).left, text) << "it may be the page's own title";
}

const std::string kRule(80, '=');

TEST(CleanEmbedded, ARuleIsNoProseOfAPage) {
  Embedding e;
  const std::string text = kRule + "\n" + Embedding::embedded(4);
  EXPECT_EQ(e.crawl.add_and_clean(text, title(800)).left, text);
}

TEST(CleanEmbedded, ARuleInBothMakesNoVersion) {
  Embedding e;
  e.crawl.add(lines({prose(500), kRule, prose(501)}), title(50));
  const std::string own = lines({"They came from afar, all of them, in May.", kRule});
  EXPECT_EQ(
      e.crawl.add_and_clean(own + lines({"Read also:", title(50), prose(500), prose(501)})).left,
      own);
}

TEST(CleanEmbedded, NoneOnAPageWithoutProseOfItsOwn) {
  Embedding e;
  const Cleaned page = e.crawl.add_and_clean(lines({"Today"}) + Embedding::embedded(4));
  EXPECT_NE(page.left.find(Crawl::article(4)), std::string::npos);
  EXPECT_EQ(e.crawl.add_and_clean(lines({prose(903)}) + Embedding::embedded(4)).left,
            lines({prose(903)}))
      << "one with some prose";
}

TEST(CleanEmbedded, NoneInADigestOfThree) {
  Embedding e;
  const std::string text = lines({prose(900)}) + Embedding::embedded(4) + Embedding::embedded(5) +
                           Embedding::embedded(6);
  EXPECT_EQ(e.crawl.add_and_clean(text).left, text);
}

TEST(CleanEmbedded, EndsWhereThePageGoesOn) {
  Embedding e;
  std::string own;
  for (int n = 0; n < 14; ++n)  // of 112 bytes, more than 1500 together
    own += prose(901 + n) + "\n";
  own += prose(42) + "\n";
  const Cleaned page = e.crawl.add_and_clean(
      lines({prose(900), "Read also:", title(4), prose(40), prose(41)}) + own);
  EXPECT_EQ(page.left, lines({prose(900)}) + own) << "though a line of theirs stands far below";
}

TEST(CleanEmbedded, MayBeginBehindUpTo1500BytesOfOtherLines) {
  for (const int paragraphs : {13, 14}) {  // of 112 bytes
    Embedding e;
    std::string embedded = lines({"Read also:", title(4)});
    for (int n = 0; n < paragraphs; ++n)
      embedded += prose(901 + n) + "\n";
    embedded += Crawl::article(4);
    EXPECT_EQ(e.crawl.add_and_clean(lines({prose(900)}) + embedded).left,
              lines({prose(900)}) + (paragraphs == 13 ? "" : embedded));
  }
}

TEST(CleanEmbedded, FailsWithInputWhenWhatWasLearnedIsGone) {
  const TemporaryDirectory directory = make_test_directory();
  FurnitureLearner learner(directory.file("learn-"), 1 << 20, 1);
  Outliner outliner;
  std::vector<OutlineLine> outline;
  const std::string text = lines({prose(900)}) + Embedding::embedded(4);
  std::string titles;  // so that lines of all are kept, which memory does not hold
  for (int n = 0; n < 399; ++n)
    titles += title(n) + "\n";
  for (int n = 0; n < 401; ++n) {
    outliner.read(n == 399 ? text : n == 400 ? titles : Crawl::article(n), outline);
    std::vector<LineKeys> keys;
    append_keys(outline, keys);
    ASSERT_TRUE(learner.add(kHost, outliner.key_of(title(n)), keys, {}));
  }
  const Result<Furniture> furniture = learner.finish();
  ASSERT_TRUE(furniture);
  std::filesystem::resize_file(directory.file("learn-outlines"), 100);
  Cleaner cleaner(&*furniture);
  CleanedPage page;
  const Result<void> result = cleaner.clean(text, "", kHost, page);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::input);
}

// Repeats of the page.

const std::string kCaption = "The old bridge as seen from the north";

TEST(CleanPageRepeats, GoWhereTheyStandAgain) {
  const std::string text = lines({prose(1), kCaption, prose(2), kCaption});
  const Cleaned page = clean_alone(text);
  EXPECT_EQ(page.left, lines({prose(1), kCaption, prose(2)}));
  EXPECT_EQ(page.removed, (Strings{"page-repeat " + std::to_string(text.find(kCaption)) + ": " +
                                   kCaption + "\n"}));
}

TEST(CleanPageRepeats, AreKnownByTheirWords) {
  EXPECT_EQ(
      clean_alone(lines({kCaption, prose(1), "THE OLD bridge (as seen from the north)"})).left,
      lines({kCaption, prose(1)}));
  const std::string numbers =
      lines({"Floods in May killed 12 people", prose(1), "Floods in May killed 13 people"});
  EXPECT_EQ(clean_alone(numbers).left, numbers);
}

TEST(CleanPageRepeats, StayWithABulletALabelOrANumberInFront) {
  for (const std::string front : {"• ", "Seen: ", "12 ", ""}) {
    const std::string text = lines({front + kCaption, prose(1), front + kCaption});
    EXPECT_EQ(clean_alone(text).left, front.empty() ? lines({front + kCaption, prose(1)}) : text);
  }
}

TEST(CleanPageRepeats, StayWhereTheOtherWasRemovedOtherwise) {
  Crawl crawl;
  teach_heading(crawl);
  const std::string own = lines({prose(901), kCaption, prose(902)});
  const std::string box = lines({"More from us", kCaption});
  EXPECT_EQ(crawl.clean_other(lines({prose(900)}) + box + own).left, lines({prose(900)}) + own);
}

TEST(CleanPageRepeats, ThatKeepComingAreStructure) {
  const std::string thrice = lines({kCaption, prose(1), kCaption, prose(2), kCaption, prose(3)});
  EXPECT_EQ(clean_alone(thrice).left, lines({kCaption, prose(1), prose(2), prose(3)}));
  EXPECT_EQ(clean_alone(thrice + kCaption).left, thrice + kCaption);
}

TEST(CleanPageRepeats, OfParagraphsGoFromBetweenShortLinesUnlessTheyComeMoreThanThreeTimes) {
  for (const std::size_t characters : {119U, 120U}) {
    const std::string paragraph = random_words(1, 4, 15).substr(0, characters - 2) + "x.";
    ASSERT_EQ(paragraph.size(), characters);
    const std::string thrice =
        lines({"One", paragraph, "Two", paragraph, "Three", paragraph, "Four"});
    const std::string once = lines({"One", paragraph, "Two", "Three", "Four"});
    EXPECT_EQ(clean_alone(thrice).left, characters == 120 ? once : thrice);
    EXPECT_EQ(clean_alone(thrice + paragraph).left, thrice + paragraph);
  }
}

TEST(CleanPageRepeats, StayWhereTheyAreShort) {
  for (const std::string line : {"Three long wordsssssssssssssssss", "Four of us here", "***"}) {
    const std::string text = lines({line, prose(1), line, prose(2)});
    EXPECT_EQ(clean_alone(text).left, text);
  }
}

TEST(CleanPageRepeats, StayInTextWhoseLinesWereBrokenToAWidth) {
  const std::string verse = "and the river went on and on and on to the wide blue sea";
  std::string text;
  for (int n = 0; n < 12; ++n)
    text += (n % 6 == 3 ? verse : random_words(n, 5, 8) + " so it") + "\n";
  EXPECT_EQ(clean_alone(text).left, text);
  const std::string apart = "\n" + verse + "\n\n";
  EXPECT_EQ(clean_alone(text + apart + prose(1).substr(0, 50)).left,
            text + apart + prose(1).substr(0, 50))
      << "lines in a paragraph are no first place of one apart";
  const std::string between = text + apart + random_words(20, 5, 8) + "\n";
  EXPECT_EQ(clean_alone(between + apart).left, between + "\n\n")
      << "but of two apart the second goes";
}

// Code.

TEST(CleanCode, GoesWithItsLineOrFromIt) {
  const std::string rule = ".photo-box { display: block; top: 67% }";
  const Cleaned page = clean_alone(lines({prose(1), rule, "They came. " + rule + " They left."}));
  EXPECT_EQ(page.left, lines({prose(1), "They came.  They left."}));
  EXPECT_EQ(page.removed, (Strings{"code 0: " + rule + "\n", "code 0: " + rule}));
}

// Ends.

TEST(CleanEnds, LabelsThatRecurOnTheHostGo) {
  Crawl crawl;
  for (int n = 0; n < 12; ++n)
    crawl.add("Section: " + random_words(n, 6, 1) + "\n" + Crawl::article(n) +
              "Tags: " + random_words(n, 6, 2) + "\nSource: " + random_words(n, 7, 1) + "\n");
  const Cleaned page = crawl.clean(5);
  EXPECT_EQ(page.left, Crawl::article(5));
  EXPECT_EQ(page.removed, (Strings{"byline 12: Section: " + random_words(5, 6, 1) + "\n",
                                   "byline 12: Tags: " + random_words(5, 6, 2) +
                                       "\nSource: " + random_words(5, 7, 1) + "\n"}));
}

TEST(CleanEnds, LabelsInTheMiddleStay) {
  Crawl crawl;
  for (int n = 0; n < 12; ++n)
    crawl.add(Crawl::article(n) + "Tags: " + random_words(n, 6, 2) + "\n");
  const std::string text = lines({prose(900), "Tags: rain, floods", prose(901)});
  EXPECT_EQ(crawl.clean_other(text).left, text);
  const std::string sentence = lines({prose(900), "Tags: they are what I like."});
  EXPECT_EQ(crawl.clean_other(sentence).left, sentence);
  const std::string other = lines({prose(900), "Topics: rain, floods"});
  EXPECT_EQ(crawl.clean_other(other).left, other);
  const std::string length = lines({prose(900), "Tags: " + random_words(1, 8, 16)});
  EXPECT_EQ(crawl.clean_other(length).left, length) << "of more than 120 characters";
}

/// Thirty articles, the first `count` of which are by somebody.
Crawl signed_articles(int count) {
  Crawl crawl;
  for (int n = 0; n < 30; ++n) {
    const std::string by = n < count ? "By " + random_words(n, 6, 2) + "\n" : "";
    crawl.add(by + Crawl::article(n));
  }
  return crawl;
}

TEST(CleanEnds, NamesGoBehindAWordThatAThirdOfTheArticlesHave) {
  Crawl many = signed_articles(10), few = signed_articles(9);
  const std::string text = lines({"By Jane Doe", prose(900)});
  EXPECT_EQ(many.clean_other(text).left, lines({prose(900)}));
  EXPECT_EQ(many.clean_other(text).removed, (Strings{"byline 10: By Jane Doe\n"}));
  EXPECT_EQ(few.clean_other(text).left, text);
  const std::string middle = lines({prose(900), "By Jane Doe", prose(901)});
  EXPECT_EQ(many.clean_other(middle).left, middle);
}

TEST(CleanEnds, AShortLabelGoesBetweenTheArticleAndABoxOrAnotherArticle) {
  Crawl crawl;
  crawl.add_articles(12, "", "Subscribe now\n");
  crawl.add(lines({title(1), title(2), title(3), title(4)}));  // so that they are known as links
  const std::string box = lines({"More of this", title(1), title(2), title(3)});
  const std::string source = "Source: an agency of thousands";
  ASSERT_EQ(source.size(), 30U);
  const Cleaned page = crawl.clean_other(lines({prose(900), source}) + box);
  EXPECT_EQ(page.left, lines({prose(900)}));
  EXPECT_EQ(page.removed, (Strings{"byline 0: " + source + "\n", "related-box 3: " + box}));
  EXPECT_EQ(crawl.clean_other(lines({prose(901), source}) + Embedding::embedded(4)).left,
            lines({prose(901)}));
  for (const std::string& below : {std::string(), std::string("Subscribe now\n")}) {
    const std::string own = lines({prose(902), source});
    EXPECT_EQ(crawl.clean_other(own + below).left, own) << "before anything else";
  }
  const std::string length = lines({prose(903), source + "x"});
  EXPECT_EQ(crawl.clean_other(length + box).left, length);
}

TEST(CleanEnds, KeepLabelsWhereNothingWasLearned) {
  const std::string own = lines({prose(1), "Source: Agency"});
  EXPECT_EQ(clean_alone(own + ".a { top: 0; left: 1px }\n").left, own);
}

TEST(CleanEnds, KeepLabelsThatThePageHasMoreThanTwice) {
  Crawl crawl = labelled("Tags: ");
  const std::string own = lines({prose(900)});
  const std::string tags = lines({"Tags: rain", "Tags: floods"});
  EXPECT_EQ(crawl.clean_other(own + tags).left, own);
  EXPECT_EQ(crawl.clean_other(own + tags + "Tags: sun\n").left, own + tags + "Tags: sun\n");
}

TEST(CleanEnds, StayWhereNothingElseIsLeft) {
  Crawl crawl = labelled("Tags: ");
  EXPECT_EQ(crawl.clean_other("Tags: rain\nTags: floods\n").left, "Tags: rain\nTags: floods\n");
}

// Gaps.

TEST(CleanGaps, RulesBetweenLinesThatGoGoWithThem) {
  Crawl crawl;
  crawl.add_articles(12, "", "Subscribe now\nWrite to us\n");
  EXPECT_EQ(
      crawl.clean_other(lines({prose(900), "Subscribe now", "***", "---", "Write to us"})).left,
      lines({prose(900)}));
  EXPECT_EQ(crawl.clean_other(lines({prose(900), "Subscribe now", "***"})).left,
            lines({prose(900)}));
  EXPECT_EQ(crawl.clean_other(lines({"***", "Subscribe now", prose(900)})).left,
            lines({prose(900)}));
}

TEST(CleanGaps, RulesNextToTheArticleStay) {
  Crawl crawl;
  crawl.add_articles(12, "", "Subscribe now\n");
  const std::string text = lines({prose(900), "***"});
  EXPECT_EQ(crawl.clean_other(text + "Subscribe now\n").left, text);
  EXPECT_EQ(crawl.clean_other("Subscribe now\n***\n" + text).left, "***\n" + text);
  EXPECT_EQ(crawl.clean_other(text).left, text);
}

TEST(CleanGaps, BlankLinesGoBetweenLinesThatGoAndStayElsewhere) {
  Crawl crawl;
  crawl.add_articles(12, "", "Subscribe now\nWrite to us\n");
  EXPECT_EQ(crawl.clean_other(prose(900) + "\n\nSubscribe now\n\n \nWrite to us\n\n").left,
            prose(900) + "\n\n\n");
  EXPECT_EQ(crawl.clean_other(prose(900) + "\nSubscribe now\n\n.a { top: 0; left: 1px }\n").removed,
            (Strings{"host-repeat 12: Subscribe now\n\n", "code 0: .a { top: 0; left: 1px }\n"}));
}

// Any page.

std::string without(std::string_view text, const std::vector<ByteSpan>& spans) {
  std::vector<Removal> removals;
  for (const ByteSpan& span : spans)
    removals.push_back({span, RemovalKind::code, 0});
  std::string out = "before";
  remove(text, removals, out);
  return out;
}

TEST(RemoveSpans, LeavesTheRest) {
  EXPECT_EQ(without("0123456789", {}), "0123456789");
  EXPECT_EQ(without("0123456789", {{0, 2}, {2, 3}, {5, 6}, {9, 10}}), "34678");
  EXPECT_EQ(without("0123456789", {{0, 10}}), "");
  EXPECT_EQ(without("", {}), "");
}

TEST(Cleaner, SeesWhetherATextHasAnyWord) {
  Cleaner cleaner(nullptr);
  for (const char* text : {"", "\n", " *** \n---\n", "!"})
    EXPECT_FALSE(cleaner.has_words(text)) << text;
  for (const char* text : {"a", "***\n1", "雨", "مطر"})
    EXPECT_TRUE(cleaner.has_words(text)) << text;
  std::string signs;  // more than is looked at first
  for (int n = 0; n < 200; ++n)
    signs += "* * *\n";
  EXPECT_FALSE(cleaner.has_words(signs));
  EXPECT_TRUE(cleaner.has_words(signs + "rain")) << "in its last line";
  EXPECT_TRUE(cleaner.has_words(std::string(199, '*') + "\n" + std::string(199, '*') + " rain"));
}

TEST(Cleaner, TakesNothingFromNothing) {
  Crawl crawl;
  crawl.add_articles(12, "Subscribe now\n");
  for (const char* text : {"", "\n", " \n\n", "***\n"}) {
    EXPECT_EQ(crawl.clean_other(text).left, text);
    EXPECT_EQ(clean_alone(text).left, text);
  }
}

/// Lines that mean something to the crawl below, and some that mean something anywhere; with or
/// without a colon.
std::string random_page(Random& random, bool labels) {
  std::string text;
  const auto line = [&]() -> std::string {
    const int n = static_cast<int>(random.below(20));
    switch (random.below(labels ? 20 : 14)) {
      case 0: return title(n);
      case 1: return "• " + title(n);
      case 2: return "• " + title(700 + n);
      case 3: return title(700 + n);
      case 4: return "More from us";
      case 5: return "***";
      case 6: return kCaption;
      case 7: return ".a { top: 0; left: 1px }";
      case 8: return "They came. <div class=\"a\"> They left. </div>";
      case 9: return "12 May";
      case 10: return "";
      case 11: return "雨が降った。مطر\xE2\x80";
      case 12: return prose(900 + n);
      case 13: return prose(10 * n + static_cast<int>(random.below(2)));
      case 14: return "Read also:\n" + title(n) + "\n" + prose(10 * n);
      case 15: return "Read also:";
      case 16: return "Read also: " + title(n);
      case 17: return "By Jane";
      case 18: return "{\"a\": [1,";
      default: return "Source: Agency";
    }
  };
  for (std::uint64_t n = random.below(25); n > 0; --n)
    text += line() + (random.chance(.1) ? "\r\n" : random.chance(.02) ? " " : "\n");
  return text;
}

TEST(Cleaner, GivesSoundRemovalsForAnyPage) {
  Crawl crawl;
  teach_heading(crawl);
  for (int n = 12; n < 20; ++n)
    crawl.add("By " + random_words(n, 6, 1) + "\n" + Crawl::article(n) + "Source: Agency\n",
              title(n));
  Random random(1);
  for (int n = 0; n < 60; ++n)
    crawl.add(random_page(random, true), "", kElsewhere);
  Cleaner cleaner(&crawl.furniture());
  std::vector<std::size_t> kinds(kRemovalKinds);
  CleanedPage page;
  for (int n = 0; n < 20'000; ++n) {
    const std::string text = random_page(random, true);
    ASSERT_TRUE(cleaner.clean(text, title(n % 20), n % 3 == 0 ? kElsewhere : kHost, page));
    expect_sound(text, page);
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << n;
    for (const Removal& removal : page.removals)
      ++kinds[static_cast<std::size_t>(removal.kind)];
  }
  for (std::size_t kind = 0; kind < kRemovalKinds; ++kind)
    EXPECT_GT(kinds[kind], 100U) << to_string(static_cast<RemovalKind>(kind));
}

TEST(Cleaner, DoesNotRememberTheLastPage) {
  Crawl crawl;
  teach_heading(crawl);
  Cleaner used(&crawl.furniture());
  Random random(2);
  for (int n = 0; n < 2000; ++n) {
    const std::string text = random_page(random, true);
    Cleaner fresh(&crawl.furniture());
    const Cleaned a = clean_with(used, text, title(n % 20), kHost);
    const Cleaned b = clean_with(fresh, text, title(n % 20), kHost);
    ASSERT_EQ(a.removed, b.removed) << text;
    ASSERT_EQ(a.related, b.related) << text;
  }
}

TEST(Cleaner, TakesOnlyCodeAndPageRepeatsWhereNothingWasLearned) {
  Random random(3);
  Cleaner cleaner(nullptr);
  CleanedPage page;
  std::size_t code = 0, repeats = 0;
  for (int n = 0; n < 20'000; ++n) {
    const std::string text = random_page(random, false);
    ASSERT_TRUE(cleaner.clean(text, title(n % 20), kHost, page));
    expect_sound(text, page);
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << n;
    ASSERT_TRUE(page.related.empty()) << text;
    for (const Removal& removal : page.removals) {
      code += removal.kind == RemovalKind::code ? 1 : 0;
      repeats += removal.kind == RemovalKind::page_repeat ? 1 : 0;
      ASSERT_TRUE(removal.kind == RemovalKind::code || removal.kind == RemovalKind::page_repeat)
          << text;
    }
  }
  EXPECT_GT(code, 1000U);
  EXPECT_GT(repeats, 1000U);
}

}  // namespace
}  // namespace kithkin

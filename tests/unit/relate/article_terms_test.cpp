// An article to the counts of its terms: its fields, and what it shares with others.
#include "relate/article_terms.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

#include "text/tokenize.h"
#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

const Language kEnglish{{"en"}, {"Latn"}};
const Language kPolish{{"pl"}, {"Latn"}};  // no stemmer
const FieldWeights kUsual;

struct Counted {
  std::map<TermHash, std::uint32_t> eighths;
  float certainty = 0;
};

Counted count(std::string_view title, std::string_view text, const Language& language = kEnglish,
              const FieldWeights& weights = kUsual, const SharedPassages* shared = nullptr) {
  ArticleTerms terms(weights, shared);
  std::vector<TermCount> out = {{5, 5}};  // it replaces
  Counted counted;
  counted.certainty = terms.count(title, text, language, out);
  for (std::size_t i = 0; i < out.size(); ++i) {
    EXPECT_TRUE(i == 0 || out[i - 1].term < out[i].term) << "ascending, each once";
    EXPECT_GT(out[i].eighths, 0U);
    counted.eighths.emplace(out[i].term, out[i].eighths);
  }
  return counted;
}

/// How often a word of English is in there, in eighths.
std::uint32_t of_word(const Counted& counted, std::string_view word) {
  TermReader reader;
  TextTerms terms;
  reader.read(word, kEnglish, terms);
  EXPECT_EQ(terms.terms.size(), 1U);
  const auto at = counted.eighths.find(terms.terms.at(0));
  return at == counted.eighths.end() ? 0 : at->second;
}

TEST(ArticleTerms, CountsFormsOfAWordTogether) {
  const Counted counted = count("", "The harbor and two harbors; one ferry.");
  EXPECT_EQ(of_word(counted, "harbor"), 16U);
  EXPECT_EQ(of_word(counted, "ferry"), 8U);
  EXPECT_EQ(of_word(counted, "bridge"), 0U);
  EXPECT_EQ(counted.certainty, 1);
}

TEST(ArticleTerms, CountsTheTitleByItsWeight) {
  EXPECT_EQ(of_word(count("Harbor", "harbor ferry"), "harbor"), 24U);
  EXPECT_EQ(of_word(count("Harbor", ""), "harbor"), 16U);
  EXPECT_EQ(of_word(count("Harbor", "ferry", kEnglish, {0, 1}), "harbor"), 0U);
  EXPECT_EQ(of_word(count("Harbor", "ferry", kEnglish, {1, 0}), "ferry"), 0U);
  EXPECT_EQ(of_word(count("Harbor", "ferry", kEnglish, {0.5, 0.25}), "harbor"), 4U);
  EXPECT_EQ(of_word(count("Harbor", "ferry", kEnglish, {0.5, 0.25}), "ferry"), 2U);
  EXPECT_EQ(of_word(count("Harbor", "", kEnglish, {kMostFieldWeight, 1}), "harbor"), 8000U);
}

TEST(ArticleTerms, CountsAWordInPiecesForAboutTwo) {
  const auto sum = [](const Counted& counted) {
    std::uint32_t all = 0;
    for (const auto& [term, eighths] : counted.eighths)
      all += eighths;
    return all;
  };
  EXPECT_EQ(sum(count("", "domu", kPolish)), 8U);
  for (const char* word : {"domem", "domowy", "informacja", "najnowszych", "przedsiebiorstwami"}) {
    EXPECT_GE(sum(count("", word, kPolish)), 10U) << word;
    EXPECT_LE(sum(count("", word, kPolish)), 17U) << word;
  }
}

TEST(ArticleTerms, AreNoneOfNothing) {
  EXPECT_TRUE(count("", "").eighths.empty());
  EXPECT_EQ(count("", "").certainty, 1);
  EXPECT_TRUE(count("...", " - ", kPolish).eighths.empty());
}

TEST(ArticleTerms, HoldNothingOfTheArticleBefore) {
  ArticleTerms terms(kUsual, nullptr);
  std::vector<TermCount> out;
  terms.count("Harbor", "harbor ferry bridge", kEnglish, out);
  terms.count("", "tunnel", kPolish, out);
  const Counted fresh = count("", "tunnel", kPolish);
  ASSERT_EQ(out.size(), fresh.eighths.size());
  for (const TermCount& entry : out)
    EXPECT_EQ(fresh.eighths.at(entry.term), entry.eighths);
}

/// Words that nobody stems: "qa0bc" and the like.
std::string words(Random& random, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    for (int n = 0; n < 6; ++n)
      out += "bcdfghjklmnpqrtvwxz"[random.below(19)];
    out += ' ';
  }
  return out;
}

void add(SharedPassages& shared, std::string_view text) {
  Tokenizer tokenizer;
  std::vector<TokenHash> tokens;
  std::vector<std::uint64_t> passages;
  tokenizer.hash(text, tokens);
  SharedPassages::choose(tokens, passages);
  EXPECT_TRUE(shared.add(passages));
}

/// An article of its own words around a passage that another has.
struct Sharing {
  TemporaryDirectory directory = make_test_directory();
  SharedPassages shared{directory.file("passages-"), 1 << 22};
  std::string own, passage;

  Sharing(Random& random, int own_words, int shared_words)
      : own(words(random, own_words)), passage(words(random, shared_words)) {
    add(shared, own + passage);
    add(shared, words(random, 50) + passage);
    EXPECT_TRUE(shared.freeze());
  }
  [[nodiscard]] Counted counted(std::string_view title = "") const {
    return count(title, own + passage, kEnglish, kUsual, &shared);
  }
};

TEST(ArticleTerms, LeaveOutWhatOtherArticlesHaveToo) {
  Random random(1);
  const Sharing sharing(random, 100, 60);
  const Counted counted = sharing.counted();
  EXPECT_EQ(counted.certainty, 1);
  std::size_t of_own = 0, of_passage = 0;
  for (const auto& [term, eighths] : count("", sharing.own).eighths)
    of_own += counted.eighths.contains(term) ? 1 : 0;
  for (const auto& [term, eighths] : count("", sharing.passage).eighths)
    of_passage += counted.eighths.contains(term) ? 1 : 0;
  EXPECT_EQ(of_own, 100U);
  EXPECT_LE(of_passage, 25U) << "but for the ends of the passage";
  const Counted without = count("", sharing.own + sharing.passage);
  EXPECT_EQ(without.eighths.size(), 160U) << "nobody shares anything";
}

TEST(ArticleTerms, TakeTheTitleWhoeverHasItToo) {
  Random random(2);
  const Sharing sharing(random, 100, 60);
  const Counted counted = sharing.counted(sharing.passage);
  for (const auto& [term, eighths] : count("", sharing.passage).eighths)
    ASSERT_TRUE(counted.eighths.contains(term));
}

TEST(ArticleTerms, TakeAllAndAreLessCertainWhereHardlyAnyIsTheirOwn) {
  Random random(3);
  const Sharing half(random, 40, 800);  // about one word in 20
  const Counted counted = half.counted();
  EXPECT_EQ(counted.eighths.size(), 840U) << "all are taken";
  EXPECT_LT(counted.certainty, 0.6);
  EXPECT_GE(counted.certainty, ArticleTerms::kLeastCertainty);
  const Sharing all(random, 0, 800);
  EXPECT_EQ(all.counted().eighths.size(), 800U);
  EXPECT_EQ(all.counted().certainty, ArticleTerms::kLeastCertainty);
}

TEST(ArticleTerms, AreTheLessCertainTheLessIsTheirOwn) {
  Random random(4);
  float before = 2;
  for (const int own : {300, 120, 80, 40, 10}) {
    const float certainty = Sharing(random, own, 800).counted().certainty;
    EXPECT_LE(certainty, before) << own;
    before = certainty;
    // With a fifth of the words an article is certain, with less by as much less.
    const double share = own / (own + 800.0);
    EXPECT_NEAR(certainty, std::clamp(5 * share, 0.3, 1.0), 0.15) << own;
  }
  EXPECT_LT(before, 0.5);
}

}  // namespace
}  // namespace kithkin

// The same words in the same order, whatever stands between them.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "unit/engine/articles.h"

namespace kithkin {
namespace {

using Ids = std::vector<std::vector<std::string>>;

void expect_exact_pair(const std::string& text_a, const std::string& text_b) {
  const Report report = deduplicate_all({make_document("a", text_a), make_document("b", text_b)});
  ASSERT_EQ(report.clusters.size(), 1U) << text_b;
  const Member& copy = report.clusters[0].members[1];
  EXPECT_EQ(copy.relation, Relation::exact) << text_b;
  EXPECT_EQ(copy.resemblance, 1);
  EXPECT_EQ(copy.containment, 1);
  EXPECT_EQ(report.clusters[0].members[0].relation, Relation::representative);
}

void expect_none(const std::vector<std::string>& texts) {
  std::vector<Document> documents;
  for (const std::string& text : texts)
    documents.push_back(make_document("", text));
  const Report report = deduplicate_all(documents);
  EXPECT_TRUE(report.clusters.empty()) << print(report);
  EXPECT_EQ(report.counts.kept, texts.size());
}

TEST(ExactCopies, DoNotDifferByPunctuationSpaceOrCase) {
  const std::string text = "The storm closed the old harbour bridge for a week, officials said.";
  expect_exact_pair(text, text);
  expect_exact_pair(text,
                    "the STORM closed\n\nthe old harbour bridge -- for a week; officials said");
  expect_exact_pair(text, "«The storm» closed the old harbour bridge (for a week) officials said!");
}

TEST(ExactCopies, DoNotDifferByHarakatOrLettersLength) {
  expect_exact_pair("أغلقت العاصفة الجسر القديم لمدة أسبوع",
                    "أَغْلَقَتِ العاصفةُ الجسرَ القديمَ، لمدّةِ أسبوعٍ.");
  expect_exact_pair("أغلقت العاصفة الجسر القديم لمدة أسبوع",
                    "أغلقت العـــاصفة الجسر القديم لمدة أسبوع");
}

TEST(ExactCopies, MayBeShorterThanAShingle) {
  expect_exact_pair("Bridge closed", "bridge closed.");
  expect_exact_pair("Closed", "CLOSED!");
}

TEST(ExactCopies, ShortTextsOfOtherWordsAreNone) {
  expect_none({"bridge closed", "bridge open", "closed bridge", "bridge", "bridge closed today"});
}

TEST(ExactCopies, TextsWithoutWordsAreNone) {
  expect_none({"", "", " ", "...", "...", "!?", "\n\n", "—", "—"});
}

TEST(ExactCopies, OfTheSameTextAThousandTimesAreOneCluster) {
  Random random(1);
  const std::string text = join(make_words(120, random));
  std::vector<Document> documents;
  for (int i = 0; i < 1000; ++i)
    documents.push_back(make_document(std::to_string(5000 - i), text));
  DeduplicateOptions options;
  options.pairs = true;
  const Report report = deduplicate_all(documents, options);
  ASSERT_EQ(report.clusters.size(), 1U);
  EXPECT_EQ(report.clusters[0].members.size(), 1000U);
  EXPECT_EQ(report.clusters[0].members[0].id, "4001") << "of equals the least id";
  EXPECT_EQ(report.counts.kept, 1U);
  EXPECT_EQ(report.removed.size(), 999U);
  EXPECT_EQ(report.pairs.size(), 999U) << "a star, not half a million";
}

TEST(ExactCopies, OfAFewAreListedWithEachOther) {
  Random random(2);
  const std::string text = join(make_words(50, random));
  DeduplicateOptions options;
  options.pairs = true;
  const Report report = deduplicate_all({make_document("a", text), make_document("b", text),
                                         make_document("c", text), make_document("d", "other")},
                                        options);
  ASSERT_EQ(report.pairs.size(), 3U);
  for (const Pair& pair : report.pairs) {
    EXPECT_LT(pair.a, pair.b);
    EXPECT_LT(pair.b, 3U);
    EXPECT_EQ(pair.relation, Relation::exact);
  }
}

TEST(ExactCopies, DoNotDependOnTitleUrlOrSource) {
  Document a = make_document("a", "one two three"), b = a;
  b.id = "b";
  b.title = "Another title";
  b.url = "https://example.org/b";
  b.source = "elsewhere";
  EXPECT_EQ(ids_of(deduplicate_all({a, b})), (Ids{{"a", "b"}}));
}

TEST(ExactCopies, WithoutIdsAreNamedByTheirNumber) {
  const Report report = deduplicate_all(
      {make_document("", "x y z"), make_document("", "other"), make_document("", "x y z")});
  EXPECT_EQ(ids_of(report), (Ids{{"1", "3"}}));
  EXPECT_EQ(report.removed, (std::vector<std::uint64_t>{2}));
}

}  // namespace
}  // namespace kithkin

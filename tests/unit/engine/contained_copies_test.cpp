// A text that stands in another is dropped; one that holds more than the kept one never is.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "unit/engine/articles.h"

namespace kithkin {
namespace {

using Ids = std::vector<std::vector<std::string>>;

const std::vector<Keep> kPolicies = {Keep::longest, Keep::first, Keep::earliest, Keep::source};

DeduplicateOptions keeping(Keep policy) {
  DeduplicateOptions options;
  options.keep = policy;
  options.sources = {"b", "a"};
  return options;
}

/// A whole article, and its beginning: too little to be near, enough to be proposed.
std::vector<Document> whole_and_part(std::uint64_t seed) {
  Random random(seed);
  const Words whole = make_words(100, random);
  return {make_document("part", join(std::span(whole).first(60))),
          make_document("whole", join(whole))};
}

TEST(ContainedCopies, APartIsDroppedAndTheWholeKeptUnderEveryPolicy) {
  for (const Keep policy : kPolicies) {
    auto documents = whole_and_part(1);
    documents[0].date = 1;  // all that may speak for the part
    documents[1].date = 2;
    documents[0].source = "b";
    documents[1].source = "z";
    const Report report = deduplicate_all(documents, keeping(policy));
    ASSERT_EQ(ids_of(report), (Ids{{"whole", "part"}})) << static_cast<int>(policy);
    const Member& part = report.clusters[0].members[1];
    EXPECT_EQ(part.relation, Relation::contained);
    EXPECT_EQ(part.containment, 1);
    EXPECT_NEAR(part.containment_of_representative, 56.0 / 96, 1e-12);
  }
}

TEST(ContainedCopies, AreNoneWhereContainmentIsOff) {
  DeduplicateOptions options;
  options.match.containment = 0;
  EXPECT_TRUE(deduplicate_all(whole_and_part(2), options).clusters.empty());
}

TEST(ContainedCopies, NoTextIsDroppedThatTheKeptOneLacks) {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const auto documents = make_crawl(250, seed);
    for (const Keep policy : kPolicies) {
      const DeduplicateOptions options = keeping(policy);
      const Report report = deduplicate_all(documents, options);
      ASSERT_GT(report.counts.removed, 50U);
      bool any_contained = false;
      for (const Cluster& cluster : report.clusters) {
        const std::string& kept = documents[cluster.members[0].document].text;
        for (std::size_t i = 1; i < cluster.members.size(); ++i) {
          const Member& member = cluster.members[i];
          const Measures m = measure_slowly(documents[member.document].text, kept);
          any_contained |= member.relation == Relation::contained;
          ASSERT_TRUE(m.resemblance >= options.match.threshold ||
                      m.containment_a >= options.match.containment)
              << member.id << " " << m.resemblance << " " << m.containment_a;
        }
      }
      EXPECT_TRUE(any_contained) << "or this tests nothing";
    }
  }
}

TEST(ContainedCopies, OfNearCopiesThePolicyDecides) {
  Random random(3);
  const Words article = make_words(200, random);
  Words shorter = article;
  shorter.resize(190);
  auto documents = std::vector{make_document("z", join(shorter)), make_document("m", join(article)),
                               make_document("a", join(revise(shorter, 2, random)))};
  documents[0].source = "b", documents[1].source = "c", documents[2].source = "a";
  documents[0].date = 5, documents[2].date = 4;
  const auto kept = [&](Keep policy) {
    const Report report = deduplicate_all(documents, keeping(policy));
    EXPECT_EQ(report.clusters.size(), 1U);
    return report.clusters.empty() ? "" : report.clusters[0].members[0].id;
  };
  EXPECT_EQ(kept(Keep::longest), "m");
  EXPECT_EQ(kept(Keep::first), "z");
  EXPECT_EQ(kept(Keep::earliest), "a");
  EXPECT_EQ(kept(Keep::source), "z");
}

TEST(ContainedCopies, OfEquallyGoodOnesTheLeastIdIsKeptThenTheFirst) {
  Random random(4);
  const Words article = make_words(200, random);
  std::vector<Document> documents = {make_document("b", join(revise(article, 2, random))),
                                     make_document("a", join(revise(article, 2, random))),
                                     make_document("a", join(revise(article, 2, random)))};
  const Report report = deduplicate_all(documents);
  ASSERT_EQ(report.clusters.size(), 1U);
  EXPECT_EQ(report.clusters[0].members[0].document, 1U);
}

}  // namespace
}  // namespace kithkin

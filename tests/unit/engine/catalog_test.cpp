// Exact groups, and who of them is kept.
#include "engine/catalog.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

#include "base/try.h"
#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

/// A document as a catalog sees it; equal `content`, equal text.
struct Entry {
  std::string id;
  std::uint64_t content = 0;
  std::uint32_t tokens = 10;
  std::int64_t date = DocumentRecord::kNoDate;
  std::uint32_t source_rank = 0;
};

Result<void> add(Catalog& catalog, const DocumentRecord& record, std::string_view id,
                 std::uint32_t tokens, const ContentHash& content) {
  KITHKIN_TRY(catalog.add(record, id));
  return catalog.describe(tokens, content);
}

class CatalogTest : public testing::Test {
 protected:
  void fill(const std::vector<Entry>& entries, std::size_t old = 0) {
    for (const Entry& e : entries) {
      if (catalog_.size() == old) catalog_.mark_old();
      DocumentRecord record;
      record.date = e.date;
      record.source_rank = e.source_rank;
      record.line = catalog_.size() + 1;
      ASSERT_TRUE(add(catalog_, record, e.id, e.tokens, {mix64(e.content), e.content}));
    }
  }
  /// The twin of each, after grouping.
  std::vector<std::uint32_t> twins(const DeduplicateOptions& options = {}) {
    EXPECT_TRUE(catalog_.find_exact(options));
    std::vector<std::uint32_t> out;
    for (std::uint32_t d = 0; d < catalog_.size(); ++d)
      out.push_back(catalog_.twin(d));
    return out;
  }

  TemporaryDirectory directory_ = make_test_directory();
  Catalog catalog_{directory_, 1 << 20, 1 << 20};
};

using Twins = std::vector<std::uint32_t>;

DeduplicateOptions keep(Keep policy) {
  DeduplicateOptions options;
  options.keep = policy;
  options.sources = {"x", "y"};
  return options;
}

TEST_F(CatalogTest, GivesBackWhatItWasTold) {
  fill({{"a", 1}, {"", 2}, {"a longer id", 3, 7, 99, 5}});
  EXPECT_EQ(catalog_.size(), 3U);
  EXPECT_EQ(catalog_.id(0).value(), "a");
  EXPECT_EQ(catalog_.id(1).value(), "");
  EXPECT_EQ(catalog_.id(2).value(), "a longer id");
  const DocumentRecord record = catalog_.record(2).value();
  EXPECT_EQ(record.date, 99);
  EXPECT_EQ(record.source_rank, 5U);
  EXPECT_EQ(record.line, 3U);
  EXPECT_EQ(catalog_.tokens(), (std::vector<std::uint32_t>{10, 10, 7}));
}

TEST(Catalog, FindsThatItsFilesAreDamaged) {
  const TemporaryDirectory directory = make_test_directory();
  Catalog catalog(directory, 1, 1);
  for (std::uint64_t n = 0; n < 5000; ++n)
    ASSERT_TRUE(add(catalog, {}, "some id", 3, {n / 2, n / 2}));
  const auto message = [](const auto& result) {
    return result ? "none" : result.error().describe();
  };
  EXPECT_EQ(message(catalog.id(0)), "none");
  spoil(directory.file("contents-0"));
  EXPECT_EQ(message(catalog.find_exact({})),
            directory.file("contents-") + ": is damaged: other bytes were written there");
  spoil(directory.file("records"));
  EXPECT_EQ(message(catalog.id(0)),
            directory.file("records") + ": is damaged: other bytes were written there");
}

TEST_F(CatalogTest, GroupsEqualTextsAndNoOthers) {
  fill({{"a", 1}, {"b", 2}, {"c", 1}, {"d", 3}, {"e", 2}, {"f", 1}});
  EXPECT_EQ(twins(), (Twins{0, 1, 0, 3, 1, 0}));
  const DocumentSet distinct = catalog_.distinct();
  EXPECT_EQ(distinct.count(), 3U);
  EXPECT_TRUE(distinct.contains(3));
  EXPECT_FALSE(distinct.contains(4));
}

TEST_F(CatalogTest, TextsWithoutTokensAreNobodysTwin) {
  fill({{"a", 1, 0}, {"b", 1, 0}, {"c", 1, 1}});
  EXPECT_EQ(twins(), (Twins{0, 1, 2}));
  EXPECT_EQ(catalog_.distinct().count(), 1U) << "and take no part";
}

TEST_F(CatalogTest, ContentsThatShareAHalfAreNotEqual) {
  for (const ContentHash& content : {ContentHash{1, 2}, {1, 3}, {2, 2}, {0, 0}, {0, 2}})
    ASSERT_TRUE(add(catalog_, {}, "x", 3, content));
  EXPECT_EQ(twins(), (Twins{0, 1, 2, 3, 4}));
}

TEST_F(CatalogTest, ByDefaultKeepsTheLeastId) {  // equal texts are of equal length
  fill({{"m", 1}, {"b", 1}, {"z", 1}});
  EXPECT_EQ(twins(), (Twins{1, 1, 1}));
}

TEST_F(CatalogTest, IdsAreComparedBytewise) {
  fill({{"a10", 1}, {"a9", 1}, {"Z", 1}, {"é", 1}});
  EXPECT_EQ(twins(), (Twins{2, 2, 2, 2}));
}

TEST_F(CatalogTest, OfEqualIdsKeepsTheEarlierInTheInput) {
  fill({{"b", 1}, {"a", 1}, {"a", 1}});
  EXPECT_EQ(twins(), (Twins{1, 1, 1}));
}

TEST_F(CatalogTest, KeepsTheFirst) {
  fill({{"m", 1}, {"b", 1}, {"z", 1}});
  EXPECT_EQ(twins(keep(Keep::first)), (Twins{0, 0, 0}));
}

TEST_F(CatalogTest, KeepsTheEarliestAndThenTheLeastId) {
  fill({{"a", 1}, {"d", 1, 10, 5}, {"c", 1, 10, 5}, {"b", 1, 10, 9}, {"e", 1, 10, -1}});
  EXPECT_EQ(twins(keep(Keep::earliest)), (Twins{4, 4, 4, 4, 4}));
}

TEST_F(CatalogTest, TiesOfDatesEndInTheId) {
  fill({{"a", 1}, {"d", 1, 10, 5}, {"c", 1, 10, 5}});
  EXPECT_EQ(twins(keep(Keep::earliest)), (Twins{2, 2, 2})) << "one without a date comes last";
}

TEST_F(CatalogTest, KeepsTheBestSource) {
  fill({{"a", 1, 10, 0, 2}, {"c", 1, 10, 0, 1}, {"b", 1, 10, 0, 1}});
  EXPECT_EQ(twins(keep(Keep::source)), (Twins{2, 2, 2}));
}

TEST_F(CatalogTest, KeepsAnOlderDocumentBeforeAllOthers) {
  for (const Keep policy : {Keep::longest, Keep::first, Keep::earliest, Keep::source}) {
    const TemporaryDirectory directory = make_test_directory();
    Catalog catalog(directory, 1 << 20, 1 << 20);
    DocumentRecord old, fresh;
    old.date = 9, old.source_rank = 9;
    ASSERT_TRUE(add(catalog, old, "z", 10, {1, 1}));
    catalog.mark_old();
    fresh.date = 1;
    ASSERT_TRUE(add(catalog, fresh, "a", 10, {1, 1}));
    ASSERT_TRUE(catalog.find_exact(keep(policy)));
    EXPECT_EQ(catalog.twin(1), 0U);
    EXPECT_TRUE(catalog.is_old(0));
    EXPECT_FALSE(catalog.is_old(1));
  }
}

TEST_F(CatalogTest, SourceRankIsThePlaceInTheList) {
  const DeduplicateOptions options = keep(Keep::source);
  EXPECT_EQ(source_rank(options, "x"), 0U);
  EXPECT_EQ(source_rank(options, "y"), 1U);
  EXPECT_EQ(source_rank(options, "z"), 2U);
  EXPECT_EQ(source_rank(options, ""), 2U);
}

TEST_F(CatalogTest, PreferenceOrdersDifferentTextsByThePolicy) {
  fill({{"c", 1, 30, 7, 1}, {"b", 2, 90, 9, 1}, {"a", 3, 20, 7, 0}, {"d", 4, 90, 3, 2}});
  const auto order = [&](Keep policy) {
    std::vector<Preference> all;
    for (std::uint32_t d = 0; d < catalog_.size(); ++d)
      all.push_back(Preference::of(d, catalog_, keep(policy)).value());
    std::sort(all.begin(), all.end());
    std::string ids;
    for (const Preference& p : all)
      ids += p.id;
    return ids;
  };
  EXPECT_EQ(order(Keep::longest), "bdca");
  EXPECT_EQ(order(Keep::first), "cbad");
  EXPECT_EQ(order(Keep::earliest), "dacb");
  EXPECT_EQ(order(Keep::source), "abcd");
}

TEST_F(CatalogTest, GroupsTheSameFromDisk) {
  const TemporaryDirectory directory = make_test_directory();
  Catalog catalog(directory, 1, 1);
  Random random(1);
  std::map<std::uint64_t, std::uint32_t> first;
  std::vector<std::uint32_t> expected;
  for (std::uint32_t d = 0; d < 20000; ++d) {
    const std::uint64_t content = random.below(7000);
    expected.push_back(first.emplace(content, d).first->second);
    ASSERT_TRUE(add(catalog, {}, std::to_string(d), 10, {mix64(content), content}));
  }
  ASSERT_TRUE(catalog.find_exact(keep(Keep::first)));
  EXPECT_GT(catalog.spilled_bytes(), 0U);
  for (std::uint32_t d = 0; d < 20000; ++d)
    ASSERT_EQ(catalog.twin(d), expected[d]) << d;
  EXPECT_EQ(catalog.distinct().count(), first.size());
  EXPECT_EQ(catalog.id(12345).value(), "12345");
}

}  // namespace
}  // namespace kithkin

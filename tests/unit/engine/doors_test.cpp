// All doors, thread counts and memories give the same report.
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "unit/base/temporary.h"
#include "unit/engine/articles.h"

namespace kithkin {
namespace {

DeduplicateOptions with_pairs() {
  DeduplicateOptions options;
  options.pairs = true;
  options.threads = 1;
  options.memory = std::uint64_t{256} << 20;
  return options;
}

TEST(Doors, TheStreamEqualsTheSpan) {
  const auto documents = make_crawl(400, 1);
  EXPECT_EQ(print(stream_all(documents, with_pairs())),
            print(deduplicate_all(documents, with_pairs())));
}

TEST(Doors, ThreadsAndMemoryDoNotMatter) {
  const auto documents = make_crawl(1500, 2);
  for (const Keep policy : {Keep::longest, Keep::earliest}) {
    DeduplicateOptions options = with_pairs();
    options.keep = policy;
    const std::string expected = print(deduplicate_all(documents, options));
    for (const unsigned threads : {1U, 2U, 4U}) {
      for (const std::uint64_t megabytes : {24, 512}) {
        options.threads = threads;
        options.memory = megabytes << 20;
        ASSERT_EQ(print(deduplicate_all(documents, options)), expected) << threads;
        ASSERT_EQ(print(stream_all(documents, options)), expected) << threads;
      }
    }
  }
}

TEST(Doors, SimHashIsTheSameForAllToo) {
  const auto documents = make_crawl(400, 3);
  DeduplicateOptions options = with_pairs();
  options.sketch = SketchKind::simhash;
  const std::string expected = print(deduplicate_all(documents, options));
  options.threads = 4;
  EXPECT_EQ(print(stream_all(documents, options)), expected);
}

TEST(Doors, OfNoDocumentsTheReportIsEmpty) {
  for (const Report& report : {deduplicate_all({}), stream_all({})}) {
    EXPECT_EQ(report.counts.read, 0U);
    EXPECT_EQ(report.counts.kept, 0U);
    EXPECT_TRUE(report.clusters.empty());
    EXPECT_TRUE(report.removed.empty());
    EXPECT_EQ(report.recipe.shingle, 5U) << "and yet has its recipe";
  }
}

TEST(Doors, OfOneDocumentItIsKept) {
  const Report report = deduplicate_all({make_document("a", "one two three four five six")});
  EXPECT_EQ(report.counts.kept, 1U);
  EXPECT_TRUE(report.clusters.empty());
}

TEST(Doors, LeaveNothingInTheTemporaryDirectory) {
  const TemporaryDirectory directory = make_test_directory();
  DeduplicateOptions options = with_pairs();
  options.temporary_dir = directory.path();
  options.memory = std::uint64_t{16} << 20;
  deduplicate_all(make_crawl(1000, 4), options);
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(Doors, FailWithOutputWhereNothingCanBeSpilled) {
  const TemporaryDirectory directory = make_test_directory();
  DeduplicateOptions options;
  options.temporary_dir = directory.file("missing");
  const auto report = deduplicate({}, options);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::output);
}

TEST(Doors, RefuseTooLittleMemory) {
  DeduplicateOptions options;
  options.memory = 1;
  const auto report = deduplicate({}, options);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::invalid_argument);
}

TEST(Doors, StopWhenTheProgressSaysSo) {
  class Impatient final : public Progress {
    [[nodiscard]] bool cancelled() const override { return true; }
  } impatient;
  auto deduplicator = Deduplicator::create();
  ASSERT_TRUE(deduplicator);
  for (const Document& document : make_crawl(50, 5))
    ASSERT_TRUE(deduplicator->add(document));
  const auto report = deduplicator->finish(&impatient);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::cancelled);
}

TEST(Doors, TheDeduplicatorMayBeMovedWhileItIsFilled) {
  const auto documents = make_crawl(100, 6);
  auto first = Deduplicator::create(with_pairs());
  ASSERT_TRUE(first);
  Deduplicator moved = std::move(first).value();
  for (std::size_t i = 0; i < 50; ++i)
    ASSERT_TRUE(moved.add(documents[i]));
  Deduplicator again = std::move(moved);
  for (std::size_t i = 50; i < 100; ++i)
    ASSERT_TRUE(again.add(documents[i]));
  const auto report = again.finish();
  ASSERT_TRUE(report);
  EXPECT_EQ(print(*report), print(deduplicate_all(documents, with_pairs())));
}

}  // namespace
}  // namespace kithkin

// Reading related.jsonl and stories.jsonl: what is there, what is absent, and damage by its line.
#include "corpus/related_file.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {
namespace {

class RelatedFileTest : public testing::Test {
 protected:
  RelatedFileTest() {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }
  ~RelatedFileTest() override { std::filesystem::remove_all(directory_); }

  Result<void> read_lists(std::string_view bytes, const OnRelated& on_related) {
    std::ofstream(file_, std::ios::binary) << bytes;
    return read_related(file_, on_related);
  }
  Result<void> read_stories_of(std::string_view bytes, const OnStory& on_story) {
    std::ofstream(file_, std::ios::binary) << bytes;
    return read_stories(file_, on_story);
  }
  static std::string message(const Result<void>& result) {
    if (result) return "no error";
    EXPECT_EQ(result.error().code, ErrorCode::input);
    return std::to_string(result.error().line) + ": " + result.error().message;
  }
  std::string list_error(std::string_view bytes) {
    return message(read_lists(bytes, [](const RelatedLine&) {}));
  }
  std::string story_error(std::string_view bytes) {
    return message(read_stories_of(bytes, [](const StoryLine&) {}));
  }

  const std::string directory_ = testing::TempDir() + "kithkin_related_file_test_" +
                                 testing::UnitTest::GetInstance()->current_test_info()->name();
  const std::string file_ = directory_ + "/file.jsonl";
};

TEST_F(RelatedFileTest, ALineOfRelatedIsReadWhole) {
  int lines = 0;
  const auto result = read_lists(
      R"({"id":"a","title":"A","url":"http://x/","date":"2024-05-01","lang":"en","story":"s",)"
      R"("related":[{"id":"b","title":"B","url":"http://y/","date":"2024-05-02","score":0.5,)"
      R"("same_story":true,"reasons":[{"term":"one","weight":2},{"term":"two","weight":1}]}]})"
      "\n",
      [&](const RelatedLine& line) {
        ++lines;
        EXPECT_EQ(line.article.id, "a");
        EXPECT_EQ(line.article.title, "A");
        EXPECT_EQ(line.article.url, "http://x/");
        EXPECT_EQ(line.article.date, "2024-05-01");
        EXPECT_EQ(line.article.lang, "en");
        EXPECT_EQ(line.story, "s");
        ASSERT_EQ(line.entries.size(), 1U);
        const RelatedEntry& entry = line.entries[0];
        EXPECT_EQ(entry.article.id, "b");
        EXPECT_EQ(entry.article.title, "B");
        EXPECT_EQ(entry.article.url, "http://y/");
        EXPECT_EQ(entry.article.date, "2024-05-02");
        EXPECT_EQ(entry.score, 0.5);
        EXPECT_TRUE(entry.same_story);
        EXPECT_EQ(entry.reasons, (std::vector<std::string_view>{"one", "two"}));
      });
  EXPECT_EQ(message(result), "no error");
  EXPECT_EQ(lines, 1);
}

TEST_F(RelatedFileTest, WhatIsAbsentNullOrOfAnotherTypeIsEmptyAndNotOfTheLineBefore) {
  int lines = 0;
  const auto result = read_lists(
      R"({"id":"a","title":"A","story":"s","related":[{"id":"b","title":"B","url":"http://y/",)"
      R"("date":"2024","score":0.5,"same_story":true,"reasons":[{"term":"one"}]}]})"
      "\n\n"
      R"({"id":"c","title":null,"related":[{"id":"d","title":null,"url":7,"score":"x",)"
      R"("reasons":[{"weight":1}]}]})",
      [&](const RelatedLine& line) {
        if (++lines == 1) return;
        EXPECT_EQ(line.article.id, "c");
        EXPECT_EQ(line.article.title, "");
        EXPECT_EQ(line.story, "");
        ASSERT_EQ(line.entries.size(), 1U);
        const RelatedEntry& entry = line.entries[0];
        EXPECT_EQ(entry.article.title, "");
        EXPECT_EQ(entry.article.url, "");
        EXPECT_EQ(entry.article.date, "");
        EXPECT_EQ(entry.score, 0);
        EXPECT_FALSE(entry.same_story);
        EXPECT_TRUE(entry.reasons.empty());
      });
  EXPECT_EQ(message(result), "no error");
  EXPECT_EQ(lines, 2);
}

TEST_F(RelatedFileTest, ScoresStayBetweenNothingAndAll) {
  std::vector<double> scores;
  const auto result = read_lists(
      R"({"id":"a","related":[{"id":"b","score":7.5},{"id":"c","score":-1},{"id":"d","score":1}]})",
      [&](const RelatedLine& line) {
        for (const RelatedEntry& entry : line.entries)
          scores.push_back(entry.score);
      });
  EXPECT_EQ(message(result), "no error");
  EXPECT_EQ(scores, (std::vector<double>{1, 0, 1}));
}

TEST_F(RelatedFileTest, BytesThatAreNotUtf8AreReplaced) {
  std::string title;
  const auto result = read_lists("{\"id\":\"a\",\"title\":\"caf\xE9 \xD9\x81\",\"related\":[]}\n",
                                 [&](const RelatedLine& line) { title = line.article.title; });
  EXPECT_EQ(message(result), "no error");
  EXPECT_EQ(title, "caf\uFFFD \u0641");
}

TEST_F(RelatedFileTest, ALineOfStoriesIsReadWholeAndItsSizeIsThatOfItsMembersWhenItSaysNone) {
  std::vector<std::string> told;
  const auto result = read_stories_of(
      R"({"story":"a","title":"T","size":9,"first":"2024-05-01","last":"2024-05-03",)"
      R"("members":[{"id":"a","cluster":"a"},{"id":"b","cluster":"c"}]})"
      "\n"
      R"({"story":"c","members":[{"id":"c"},{"id":"d"},{"id":"e"}]})",
      [&](const StoryLine& line) {
        std::string text;
        for (const auto part : {line.id, line.title, line.first, line.last})
          text.append(part).append("|");
        text += std::to_string(line.size);
        for (const auto member : line.members)
          text.append(" ").append(member);
        told.push_back(text);
      });
  EXPECT_EQ(message(result), "no error");
  EXPECT_EQ(told, (std::vector<std::string>{"a|T|2024-05-01|2024-05-03|9 a b", "c||||3 c d e"}));
}

TEST_F(RelatedFileTest, DamageIsAnErrorWithItsLine) {
  const std::string good = "{\"id\":\"a\",\"related\":[]}\n";
  EXPECT_EQ(list_error(good + "\n{\"id\":\"a\"").substr(0, 11), "3: not JSON");
  EXPECT_EQ(list_error(R"({"related":[]})"), "1: no string \"id\": is this a related.jsonl?");
  EXPECT_EQ(list_error("7"), "1: no string \"id\": is this a related.jsonl?");
  EXPECT_EQ(list_error(good + R"({"id":"a"})"),
            "2: no array \"related\": is this a related.jsonl?");
  EXPECT_EQ(list_error(R"({"id":"a","related":[{"title":"x"}]})"),
            "1: an entry has no \"id\", or one that is not a string");
  EXPECT_EQ(story_error(R"({"members":[]})"), "1: no string \"story\": is this a stories.jsonl?");
  EXPECT_EQ(story_error(R"({"story":"a"})"), "1: no array \"members\": is this a stories.jsonl?");
  EXPECT_EQ(story_error(R"({"story":"a","members":[{"id":1}]})"),
            "1: a member has no \"id\", or one that is not a string");
}

TEST_F(RelatedFileTest, AFileThatIsNotThereIsAnErrorThatNamesIt) {
  const auto result = read_stories(file_, [](const StoryLine&) {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().describe(), file_ + ": cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace kithkin

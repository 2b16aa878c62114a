// Reading clusters.jsonl: the ids, and damage with its line.
#include "corpus/cluster_file.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {
namespace {

using Clusters = std::vector<std::vector<std::string>>;

class ClusterFileTest : public testing::Test {
 protected:
  ClusterFileTest() {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }
  ~ClusterFileTest() override { std::filesystem::remove_all(directory_); }

  Result<void> read_into(Clusters& out, std::string_view bytes) {
    std::ofstream(file_, std::ios::binary) << bytes;
    return read_clusters(file_, [&](auto ids) { out.emplace_back(ids.begin(), ids.end()); });
  }
  Clusters read(std::string_view bytes) {
    Clusters out;
    const auto result = read_into(out, bytes);
    EXPECT_TRUE(result) << (result ? "" : result.error().describe());
    return out;
  }
  /// "line: message" of the error that the bytes give.
  std::string error(std::string_view bytes) {
    Clusters read_before;
    const auto result = read_into(read_before, bytes);
    if (result) return "no error";
    EXPECT_EQ(result.error().code, ErrorCode::input);
    EXPECT_EQ(result.error().file, file_);
    return std::to_string(result.error().line) + ": " + result.error().message;
  }

  const std::string directory_ = testing::TempDir() + "kithkin_cluster_file_test_" +
                                 testing::UnitTest::GetInstance()->current_test_info()->name();
  const std::string file_ = directory_ + "/clusters.jsonl";
};

TEST_F(ClusterFileTest, MembersAreHandedOnInOrder) {
  const auto clusters =
      read(R"({"cluster": "a", "size": 2, "min_resemblance": 0.7, "members": [)"
           R"({"id": "a", "file": "x.jsonl", "line": 1, "relation": "representative"}, )"
           R"({"id": "b", "file": "x.jsonl", "line": 9, "relation": "near", "resemblance": 0.7}]})"
           "\n"
           R"({"cluster":"z","size":3,"members":[{"id":"z"},{"id":"c"},{"id":"d"}]})"
           "\n");
  EXPECT_EQ(clusters, (Clusters{{"a", "b"}, {"z", "c", "d"}}));
}

TEST_F(ClusterFileTest, ADirectoryMeansTheFileInIt) {
  read(R"({"members":[{"id":"a"},{"id":"b"}]})");
  Clusters clusters;
  const auto result =
      read_clusters(directory_, [&](auto ids) { clusters.emplace_back(ids.begin(), ids.end()); });
  ASSERT_TRUE(result);
  EXPECT_EQ(clusters, (Clusters{{"a", "b"}}));
}

TEST_F(ClusterFileTest, IdsAreAnyStrings) {
  const auto clusters = read(
      R"({"members":[{"id":""},{"id":"a\tb\n\"\\"},{"id":"\u0641\ud83d\ude00"},{"id":"x\u0000y"}]})");
  const std::string with_nul("x\0y", 3);
  EXPECT_EQ(clusters, (Clusters{{"", "a\tb\n\"\\", "\xD9\x81\xF0\x9F\x98\x80", with_nul}}));
}

TEST_F(ClusterFileTest, AnIdThatStandsTwiceIsHandedOnTwice) {
  EXPECT_EQ(read("{\"members\":[{\"id\":\"a\"},{\"id\":\"a\"}]}\n"
                 "{\"members\":[{\"id\":\"b\"},{\"id\":\"a\"}]}\n"),
            (Clusters{{"a", "a"}, {"b", "a"}}));
}

TEST_F(ClusterFileTest, BlankLinesAndLineEndsDoNotMatter) {
  EXPECT_EQ(read("\r\n{\"members\":[{\"id\":\"a\"}]}\r\n\n  \n{\"members\":[{\"id\":\"b\"}]}"),
            (Clusters{{"a"}, {"b"}}));
}

TEST_F(ClusterFileTest, AnEmptyFileHasNoClusters) { EXPECT_EQ(read(""), Clusters{}); }

TEST_F(ClusterFileTest, LongAndShortLinesFollowEachOther) {
  Clusters expected = {{"first"}, {}, {"last"}};
  std::string bytes = "{\"members\":[{\"id\":\"first\"}]}\n{\"members\":[";
  for (int i = 0; i < 20'000; ++i) {
    expected[1].push_back("document-" + std::to_string(i));
    bytes += (i == 0 ? "{\"id\":\"" : ",{\"id\":\"") + expected[1].back() + "\"}";
  }
  EXPECT_EQ(read(bytes + "]}\n{\"members\":[{\"id\":\"last\"}]}\n"), expected);
}

TEST_F(ClusterFileTest, DamagedJsonIsAnErrorWithItsLine) {
  const std::string good = "{\"members\":[{\"id\":\"a\"}]}\n";
  EXPECT_EQ(error(good + "\n{\"members\":[{\"id\":\"a\"}").substr(0, 11), "3: not JSON");
  EXPECT_EQ(error(good + "no\n" + good).substr(0, 11), "2: not JSON");
  EXPECT_EQ(error("{\"members\":[{\"id\":\"\xFF\"}]}\n").substr(0, 11), "1: not JSON");
  EXPECT_EQ(error("{\"members\":[{\"id\":\"a\"}]} {}\n").substr(0, 11), "1: not JSON");
}

TEST_F(ClusterFileTest, ClustersBeforeTheDamageHaveBeenHandedOn) {
  Clusters clusters;
  EXPECT_FALSE(read_into(clusters, "{\"members\":[{\"id\":\"a\"}]}\n{\n"));
  EXPECT_EQ(clusters, (Clusters{{"a"}}));
}

TEST_F(ClusterFileTest, JsonThatIsNoClusterIsAnErrorWithItsLine) {
  const std::string expected = "1: no array \"members\": is this a clusters.jsonl?";
  EXPECT_EQ(error(R"({"id": "a", "text": "..."})"), expected);
  EXPECT_EQ(error(R"({"members": 3})"), expected);
  EXPECT_EQ(error("[1, 2]"), expected);
  EXPECT_EQ(error("7"), expected);
}

TEST_F(ClusterFileTest, AMemberWithoutAnIdIsAnErrorWithItsLine) {
  const std::string expected = "1: a member has no \"id\", or one that is not a string";
  EXPECT_EQ(error(R"({"members": [{"id": "a"}, {"file": "x"}]})"), expected);
  EXPECT_EQ(error(R"({"members": [{"id": 4}]})"), expected);
  EXPECT_EQ(error(R"({"members": ["a"]})"), expected);
}

TEST_F(ClusterFileTest, AFileThatIsNotThereIsAnErrorThatSaysSo) {
  const auto result = read_clusters(directory_, [](auto) {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::input);
  EXPECT_EQ(result.error().describe(), file_ + ": cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace kithkin

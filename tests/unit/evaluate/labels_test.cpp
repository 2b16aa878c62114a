// Reading label files: what is taken, and what is refused with its line.
#include "evaluate/labels.h"

#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace kithkin {
namespace {

class LabelsTest : public testing::Test {
 protected:
  ~LabelsTest() override { std::remove(path_.c_str()); }

  Result<Labels> read(std::string_view bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
    return read_labels(path_);
  }
  /// The labels of that kind, or a failure of the test and none.
  template <class Kind>
  Kind read_as(std::string_view bytes) {
    auto labels = read(bytes);
    if (labels && std::holds_alternative<Kind>(*labels)) return std::get<Kind>(*std::move(labels));
    ADD_FAILURE() << (labels ? "the other kind of labels" : labels.error().describe());
    return {};
  }
  PairLabels read_pairs(std::string_view bytes) { return read_as<PairLabels>(bytes); }
  ClusterLabels read_clusters(std::string_view bytes) { return read_as<ClusterLabels>(bytes); }
  /// The error as people see it, without the directory.
  std::string error(std::string_view bytes) {
    const auto labels = read(bytes);
    if (labels) return "no error";
    EXPECT_EQ(labels.error().code, ErrorCode::input);
    EXPECT_EQ(labels.error().file, path_);
    return std::to_string(labels.error().line) + ": " + labels.error().message;
  }

  const std::string path_ = testing::TempDir() + "kithkin_labels_test_" +
                            testing::UnitTest::GetInstance()->current_test_info()->name();
};

std::string row(const PairLabels& labels, std::size_t i) {
  if (i >= labels.rows.size()) return "no such row";
  const auto& [a, b, label, resemblance, line] = labels.rows[i];
  return std::string(labels.ids[a]) + " " + std::string(labels.ids[b]) + " " +
         std::string(labels.labels[label]) + " " + std::to_string(line);
}

TEST_F(LabelsTest, PairsAreReadInOrderWithTheirLines) {
  const auto labels = read_pairs("id_a\tid_b\tlabel\nx\ty\tcopy\ny\tz\tother\nx\tz\tcopy\n");
  ASSERT_EQ(labels.rows.size(), 3U);
  EXPECT_EQ(row(labels, 0), "x y copy 2");
  EXPECT_EQ(row(labels, 1), "y z other 3");
  EXPECT_EQ(row(labels, 2), "x z copy 4");
  EXPECT_EQ(labels.ids.size(), 3U);
  EXPECT_EQ(labels.labels.size(), 2U);
}

TEST_F(LabelsTest, ClustersAreReadById) {
  const auto labels = read_clusters("id\tcluster\nx\tred\ny\tblue\nz\tred\n");
  ASSERT_EQ(labels.cluster_of.size(), 3U);
  EXPECT_EQ(labels.cluster_of[*labels.ids.find("x")], labels.cluster_of[*labels.ids.find("z")]);
  EXPECT_EQ(labels.clusters[labels.cluster_of[*labels.ids.find("y")]], "blue");
}

TEST_F(LabelsTest, FurtherColumnsAreIgnored) {
  const auto pairs = read_pairs("id_a\tid_b\tlabel\tscore\tnote\nx\ty\tcopy\t0.9\t\nx\tz\tother\n");
  EXPECT_EQ(row(pairs, 0), "x y copy 2");
  EXPECT_EQ(row(pairs, 1), "x z other 3");
  const auto clusters = read_clusters("id\tcluster\tversion\nx\tred\t1\n");
  EXPECT_TRUE(clusters.clusters.find("red"));
  EXPECT_EQ(clusters.clusters.size(), 1U);
}

TEST_F(LabelsTest, AFourthColumnNamedResemblanceIsRead) {
  const auto pairs = read_pairs(
      "id_a\tid_b\tlabel\tresemblance\tnote\nx\ty\tcopy\t0.25\tn\nx\tz\tcopy\t\nx\tv\tcopy\n"
      "x\tw\tcopy\t1\n");
  ASSERT_EQ(pairs.rows.size(), 4U);
  EXPECT_EQ(pairs.rows[0].resemblance, 0.25F);
  EXPECT_LT(pairs.rows[1].resemblance, 0);
  EXPECT_LT(pairs.rows[2].resemblance, 0);
  EXPECT_EQ(pairs.rows[3].resemblance, 1);
  for (const std::string number : {"x", "1.5", "-1", "nan", "0.5 "}) {
    EXPECT_EQ(error("id_a\tid_b\tlabel\tresemblance\nx\ty\tcopy\t" + number + "\n"),
              "2: the resemblance \"" + number + "\" is no number from 0 to 1");
  }
}

TEST_F(LabelsTest, LinesMayEndInCarriageReturnAndLineFeed) {
  const auto labels = read_pairs("id_a\tid_b\tlabel\r\nx\ty\tcopy\r\n");
  ASSERT_EQ(labels.rows.size(), 1U);
  EXPECT_EQ(row(labels, 0), "x y copy 2");
}

TEST_F(LabelsTest, AByteOrderMarkBeforeTheHeaderIsSkipped) {
  EXPECT_EQ(row(read_pairs("\xEF\xBB\xBFid_a\tid_b\tlabel\nx\ty\tcopy\n"), 0), "x y copy 2");
}

TEST_F(LabelsTest, BlankLinesAreSkippedAndCounted) {
  const auto labels = read_pairs("\n\r\nid_a\tid_b\tlabel\n\nx\ty\tcopy\n \t\nx\tz\tcopy\n\n");
  ASSERT_EQ(labels.rows.size(), 2U);
  EXPECT_EQ(row(labels, 0), "x y copy 5");
  EXPECT_EQ(row(labels, 1), "x z copy 7");
}

TEST_F(LabelsTest, TheLastLineNeedsNoEnd) {
  EXPECT_EQ(row(read_pairs("id_a\tid_b\tlabel\nx\ty\tcopy"), 0), "x y copy 2");
}

TEST_F(LabelsTest, IdsAndLabelsKeepSpacesAndNonAscii) {
  EXPECT_EQ(row(read_pairs("id_a\tid_b\tlabel\n a b\t\xD9\x81\tnear copy\n"), 0),
            " a b \xD9\x81 near copy 2");
}

TEST_F(LabelsTest, APairThatStandsTwiceIsHandedOnTwice) {
  EXPECT_EQ(read_pairs("id_a\tid_b\tlabel\nx\ty\t1\ny\tx\t1\n").rows.size(), 2U);
}

TEST_F(LabelsTest, AnIdMayRepeatItsCluster) {
  EXPECT_EQ(read_clusters("id\tcluster\nx\tred\nx\tred\n").cluster_of.size(), 1U);
}

TEST_F(LabelsTest, AnIdInTwoClustersIsAnErrorWithItsLine) {
  EXPECT_EQ(error("id\tcluster\nx\tred\ny\tred\nx\tblue\n"),
            "4: \"x\" is in \"blue\" here and in \"red\" above");
}

TEST_F(LabelsTest, APairOfOneIdWithItselfIsAnErrorWithItsLine) {
  EXPECT_EQ(error("id_a\tid_b\tlabel\nx\ty\t1\nx\tx\t1\n"), "3: the pair is of \"x\" with itself");
}

TEST_F(LabelsTest, ARowWithTooFewColumnsIsAnErrorWithItsLine) {
  EXPECT_EQ(error("id_a\tid_b\tlabel\n\nx\ty\n"),
            "3: expected 3 columns or more, separated by tabs");
  EXPECT_EQ(error("id\tcluster\nx red\n"), "2: expected 2 columns or more, separated by tabs");
}

TEST_F(LabelsTest, AnEmptyColumnIsAnErrorWithItsLine) {
  EXPECT_EQ(error("id_a\tid_b\tlabel\nx\t\tcopy\n"), "2: the column \"id_b\" is empty");
  EXPECT_EQ(error("id_a\tid_b\tlabel\nx\ty\t\r\n"), "2: the column \"label\" is empty");
  EXPECT_EQ(error("id\tcluster\n\tred\n"), "2: the column \"id\" is empty");
}

TEST_F(LabelsTest, AnotherHeaderIsAnErrorThatNamesTheTwoKinds) {
  const std::string expected =
      "1: labels begin with the header \"id_a id_b label\" or \"id cluster\", separated by tabs";
  EXPECT_EQ(error("x\ty\tcopy\n"), expected);
  EXPECT_EQ(error("id_a\tid_b\tscore\nx\ty\t1\n"), expected);
  EXPECT_EQ(error("id_a,id_b,label\nx,y,1\n"), expected);
  EXPECT_EQ(error("id_a\tid_b\n"), expected);
  EXPECT_EQ(error("id\tclusters\n"), expected);
}

TEST_F(LabelsTest, AFileWithoutRowsIsAnError) {
  EXPECT_EQ(error(""), "0: the file is empty");
  EXPECT_EQ(error("id_a\tid_b\tlabel\n\n"), "2: there are no labels under the header");
}

TEST_F(LabelsTest, AFileThatIsNotThereIsAnErrorThatSaysSo) {
  const auto labels = read_labels(path_ + ".nowhere");
  ASSERT_FALSE(labels);
  EXPECT_EQ(labels.error().describe(),
            path_ + ".nowhere: cannot be read: No such file or directory");
}

TEST_F(LabelsTest, ADirectoryIsAnError) {
  const auto labels = read_labels(testing::TempDir());
  ASSERT_FALSE(labels);
  EXPECT_EQ(labels.error().code, ErrorCode::input);
  EXPECT_EQ(labels.error().message, "cannot be read: Is a directory");
}

TEST(NameTable, NumbersNamesByFirstAppearance) {
  NameTable names;
  EXPECT_EQ(names.number("b"), 0U);
  EXPECT_EQ(names.number("a"), 1U);
  EXPECT_EQ(names.number("b"), 0U);
  EXPECT_EQ(names.size(), 2U);
  EXPECT_EQ(names[1], "a");
}

TEST(NameTable, FindAddsNothing) {
  NameTable names;
  EXPECT_EQ(names.find("a"), std::nullopt);
  EXPECT_EQ(names.size(), 0U);
}

TEST(NameTable, StaysWholeWhenItGrowsAndMoves) {
  NameTable names;
  for (int i = 0; i < 5000; ++i)
    names.number("n" + std::to_string(i));
  NameTable moved = std::move(names);
  for (std::uint32_t i = 0; i < 5000; ++i) {
    EXPECT_EQ(moved.find("n" + std::to_string(i)), i);
    EXPECT_EQ(moved[i], "n" + std::to_string(i));
  }
}

}  // namespace
}  // namespace kithkin

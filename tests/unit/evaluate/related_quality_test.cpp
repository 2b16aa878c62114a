// Related lists and scores against labels, worked out by hand.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

#include <kithkin/evaluate.h>

namespace kithkin {
namespace {

class RelatedQuality : public testing::Test {
 protected:
  RelatedQuality() {
    std::filesystem::create_directories(directory_);
    options_.labels = directory_ + "/labels.tsv";
    options_.lists = directory_;
  }
  ~RelatedQuality() override { std::filesystem::remove_all(directory_); }

  void write_labels(const std::string& text) { std::ofstream(options_.labels) << text; }
  /// "abc": the list of a holds b and c, with scores .9, .8 ...
  void write_lists(const std::vector<std::string>& lists) {
    std::ofstream out(directory_ + "/related.jsonl");
    for (const std::string& list : lists) {
      out << R"({"id":")" << list[0] << R"(","story":"x","related":[)";
      for (std::size_t i = 1; i < list.size(); ++i)
        out << (i > 1 ? "," : "") << R"({"id":")" << list[i] << R"(","score":0.)" << 10 - i << "}";
      out << "]}\n";
    }
  }
  RelatedEvaluation run() {
    const auto evaluation = evaluate_related(options_);
    if (evaluation) return *evaluation;
    ADD_FAILURE() << evaluation.error().describe();
    return {};
  }
  std::string error() {
    const auto evaluation = evaluate_related(options_);
    return evaluation ? "none" : evaluation.error().message;
  }

  const std::string directory_ = testing::TempDir() + "kithkin_related_quality_" +
                                 testing::UnitTest::GetInstance()->current_test_info()->name();
  EvaluateRelatedOptions options_;
};

TEST_F(RelatedQuality, PrecisionAndGainOfListsAreTheirDefinition) {
  write_labels("id\tcluster\na\tsport\nb\tsport\nc\tsport|law\nd\tlaw\ne\tweather\n");
  write_lists({"abd", "dbc", "e", "xab"});
  options_.k = 2;
  const RelatedEvaluation e = run();
  EXPECT_EQ(e.lists, 3U);  // x has no label
  EXPECT_EQ(e.empty, 1U);
  EXPECT_DOUBLE_EQ(e.precision, (0.5 + 0.5 + 0) / 3);
  // a: right at rank 1 of two that there are; d: right at rank 2, and c is all there is; e:
  // nothing.
  const double second = 1 / std::log2(3.0);
  EXPECT_DOUBLE_EQ(e.ndcg, (1 / (1 + second) + second + 1) / 3);
  EXPECT_FALSE(e.precision_interval);
  EXPECT_FALSE(e.pearson);
}

TEST_F(RelatedQuality, ManyListsHaveIntervals) {
  std::string labels = "id\tcluster\n";
  std::vector<std::string> lists;
  for (char c = 'a'; c <= 'z'; ++c) {
    labels += std::string(1, c) + "\t" + (c % 2 == 0 ? "even" : "odd") + "\n";
    lists.push_back(std::string(1, c) + (c % 3 == 0 ? "az" : "bd"));
  }
  write_labels(labels);
  write_lists(lists);
  const RelatedEvaluation e = run();
  ASSERT_TRUE(e.precision_interval && e.ndcg_interval);
  EXPECT_LT(e.precision_interval->low, e.precision);
  EXPECT_GT(e.precision_interval->high, e.precision);
  EXPECT_LT(e.ndcg_interval->low, e.ndcg);
}

TEST_F(RelatedQuality, ScoresAreCorrelatedWithNumbers) {
  write_labels("id_a\tid_b\tlabel\na\tb\t3\nc\ta\t2\nb\tc\t1\nc\tb\t1.0\n");
  write_lists({"abc", "cb"});  // ab .9, ac .8, cb .9
  RelatedEvaluation e = run();
  EXPECT_EQ(e.pairs, 3U);
  EXPECT_EQ(e.scored, 3U);
  EXPECT_NEAR(*e.pearson, 0, 1e-12);  // labels 3 2 1, scores .9 .8 .9
  write_lists({"abc"});
  e = run();  // scores .9 .8 0
  EXPECT_EQ(e.scored, 2U);
  EXPECT_NEAR(*e.pearson, 0.9 / std::sqrt(2 * (0.81 + 0.64 - 1.7 * 1.7 / 3)), 1e-12);
  write_lists({"x"});
  EXPECT_FALSE(run().pearson);
}

TEST_F(RelatedQuality, WhatComparePrintsWillDo) {
  options_.lists = directory_ + "/compared.tsv";
  write_labels("id_a\tid_b\tlabel\na\tb\t4\nb\tc\t1\na\tc\t2\na\tx\t4\n");
  std::ofstream(options_.lists) << "id_a\tid_b\trelation\trelated_score\nb\ta\tnone\t0.8\n"
                                   "b\tc\tnone\t0.2\na\tc\tnone\t0.4\na\tx\t\t\n";
  const RelatedEvaluation e = run();
  EXPECT_EQ(e.pairs, 4U);
  EXPECT_EQ(e.scored, 3U);
  EXPECT_NEAR(*e.pearson, 1, 1e-12);
  std::ofstream(options_.lists) << "id_a\tid_b\tscore\n";
  EXPECT_EQ(error(), "has no column \"related_score\"");
  std::ofstream(options_.lists) << "id_a\tid_b\trelated_score\na\tb\thigh\n";
  EXPECT_EQ(error(), "is no row of a comparison");
}

TEST_F(RelatedQuality, WrongFilesAreNamed) {
  write_labels("id_a\tid_b\tlabel\na\tb\thigh\n");
  write_lists({"ab"});
  EXPECT_EQ(error(), "the label \"high\" is no number");
  write_labels("id_a\tid_b\tlabel\na\tb\t1\nb\ta\t2\n");
  EXPECT_EQ(error(), "\"a\" and \"b\" have two different labels");
  write_labels("id\tcluster\na\tb\n");
  options_.k = 0;
  EXPECT_EQ(error(), "k must be from 1 to 1000");
  options_.k = 1;
  options_.lists = directory_ + "/missing";
  EXPECT_NE(error().find("cannot be opened"), std::string::npos);
}

TEST(RelatedEvaluationJson, HasEveryMemberUnderItsName) {
  RelatedEvaluation e;
  e.k = 5;
  e.lists = 4;
  e.empty = 1;
  e.precision = 0.5;
  e.ndcg = 0.25;
  e.precision_interval = Interval{0, 1};
  EXPECT_EQ(to_json(e), R"({"k":5,"lists":4,"empty":1,"precision":0.5,)"
                        R"("precision_interval":[0,1],"ndcg":0.25,"pairs":0,"scored":0})");
  e.pearson = -0.5;
  e.pearson_interval = Interval{-1, 0};
  EXPECT_NE(to_json(e).find(R"("pearson":-0.5,"pearson_interval":[-1,0]})"), std::string::npos);
}

}  // namespace
}  // namespace kithkin

// Labels against clusters, from files to scores.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/evaluate.h>

namespace kithkin {
namespace {

class EvaluateTest : public testing::Test {
 protected:
  EvaluateTest() {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
    options_.labels = directory_ + "/labels.tsv";
    options_.clusters = directory_ + "/clusters.jsonl";
  }
  ~EvaluateTest() override { std::filesystem::remove_all(directory_); }

  /// Rows of single-character columns: "ab1" is a pair labelled 1.
  void write_pairs(const std::vector<std::string_view>& rows) {
    std::ofstream out(options_.labels);
    out << "id_a\tid_b\tlabel\n";
    for (const auto row : rows)
      out << row[0] << '\t' << row[1] << '\t' << row.substr(2) << '\n';
  }
  /// "ar" puts a into the true cluster r.
  void write_cluster_labels(const std::vector<std::string_view>& rows) {
    std::ofstream out(options_.labels);
    out << "id\tcluster\n";
    for (const auto row : rows)
      out << row[0] << '\t' << row[1] << '\n';
  }
  /// "abc" is the found cluster of a, b and c.
  void write_clusters(const std::vector<std::string_view>& clusters) {
    std::ofstream out(options_.clusters);
    for (const auto ids : clusters) {
      out << "{\"cluster\":\"" << ids[0] << "\",\"members\":[";
      for (const char& id : ids)
        out << (&id == ids.data() ? "" : ",") << "{\"id\":\"" << id << "\"}";
      out << "]}\n";
    }
  }
  Evaluation run() {
    const auto evaluation = evaluate(options_);
    if (evaluation) return *evaluation;
    ADD_FAILURE() << evaluation.error().describe();
    return {};
  }
  /// "tp fp fn tn" of the run.
  std::string counts() {
    const Evaluation e = run();
    return std::to_string(e.true_positives) + " " + std::to_string(e.false_positives) + " " +
           std::to_string(e.false_negatives) + " " + std::to_string(e.true_negatives);
  }
  Error error() {
    const auto evaluation = evaluate(options_);
    if (!evaluation) return evaluation.error();
    ADD_FAILURE() << "no error";
    return {};
  }

  const std::string directory_ = testing::TempDir() + "kithkin_evaluate_test_" +
                                 testing::UnitTest::GetInstance()->current_test_info()->name();
  EvaluateOptions options_;
};

TEST_F(EvaluateTest, PairsAreFoundWhenBothIdsAreInOneCluster) {
  write_pairs({"ab1", "ac0", "bd1", "ef1", "eg0", "gh0"});
  write_clusters({"abc", "efx"});
  EXPECT_EQ(counts(), "2 1 1 2");
  const Evaluation e = run();
  EXPECT_EQ(e.labelled_pairs, 6U);
  EXPECT_EQ(e.documents, 8U);
  EXPECT_EQ(e.clustered_documents, 5U);
  EXPECT_DOUBLE_EQ(e.pair_precision, 2.0 / 3);
  EXPECT_DOUBLE_EQ(e.pair_recall, 2.0 / 3);
  EXPECT_DOUBLE_EQ(e.pair_f1, 2.0 / 3);
}

TEST_F(EvaluateTest, TrueClustersAreTheClosureOfThePositivePairs) {
  write_pairs({"ab1", "bc1", "de1", "ed1", "ae0"});  // {a b c} {d e}, though nobody judged a c
  write_clusters({"ab", "cde"});
  const Evaluation e = run();
  EXPECT_DOUBLE_EQ(e.bcubed_precision, 11.0 / 15);
  EXPECT_DOUBLE_EQ(e.bcubed_recall, 11.0 / 15);
  EXPECT_DOUBLE_EQ(e.bcubed_f1, 11.0 / 15);
  EXPECT_DOUBLE_EQ(e.adjusted_rand, 1.0 / 6);
}

TEST_F(EvaluateTest, TheClosureOfAChainInAnyOrderIsOneCluster) {
  write_pairs({"ab1", "cd1", "ef1", "gh1", "hf1", "cb1", "eg1", "da1", "he1", "dh1"});
  write_clusters({"abcdefgh"});
  const Evaluation e = run();
  EXPECT_EQ(e.bcubed_precision, 1);
  EXPECT_EQ(e.adjusted_rand, 1);
}

TEST_F(EvaluateTest, IdsInNoClusterAreAlone) {
  write_pairs({"ab1", "cd0"});
  write_clusters({});
  EXPECT_EQ(counts(), "0 0 1 1");
  EXPECT_EQ(run().clustered_documents, 0U);
  EXPECT_EQ(run().pair_precision, 1);
  EXPECT_EQ(run().pair_recall, 0);
  EXPECT_EQ(run().bcubed_recall, 0.75);
}

TEST_F(EvaluateTest, ClusterLabelsJudgeEveryPairOfLabelledIds) {
  write_cluster_labels({"ar", "br", "cg", "dg", "eg"});
  write_clusters({"abcxy", "dez"});
  EXPECT_EQ(counts(), "2 2 2 4");
  const Evaluation e = run();
  EXPECT_EQ(e.labelled_pairs, 10U);
  EXPECT_EQ(e.documents, 5U);
  EXPECT_DOUBLE_EQ(e.bcubed_precision, 11.0 / 15);
  EXPECT_DOUBLE_EQ(e.adjusted_rand, 1.0 / 6);
  EXPECT_TRUE(e.labels.empty());
}

TEST_F(EvaluateTest, PairAndClusterLabelsOfOneTruthAgree) {
  write_clusters({"ab", "cdf", "eg"});
  write_cluster_labels({"ar", "br", "cr", "dg", "eg", "fb"});
  const Evaluation by_cluster = run();
  write_pairs({"ab1", "ac1", "bc1", "de1", "ad0", "ae0", "af0", "bd0", "be0", "bf0", "cd0", "ce0",
               "cf0", "df0", "ef0"});
  Evaluation by_pair = run();
  by_pair.labels.clear();
  EXPECT_EQ(to_json(by_pair), to_json(by_cluster));
}

TEST_F(EvaluateTest, TheFirstMembershipOfAnIdWins) {
  write_pairs({"ab1", "bc1"});
  write_clusters({"aabx", "bc", "xc"});
  EXPECT_EQ(counts(), "1 0 1 0");
}

TEST_F(EvaluateTest, YesAndNoAreReadInAnyCase) {
  write_pairs({"abYES", "actrue", "adNo", "aeFalse", "af1", "ag0"});
  write_clusters({"abcdefg"});
  EXPECT_EQ(counts(), "3 3 0 0");
}

TEST_F(EvaluateTest, LabelsOfSyntheticCorporaMeanWhatTheySay) {
  write_pairs({"abexact", "acocr", "adtemplate", "aetranslation", "afmoved"});
  write_clusters({"abd"});
  EXPECT_EQ(counts(), "1 1 2 1");
}

TEST_F(EvaluateTest, LabelsNotNamedPositiveAreNegative) {
  write_pairs({"abND", "acPD", "adREL", "aeTPL"});
  write_clusters({"abcde"});
  options_.positive = {"PD", "ND"};
  EXPECT_EQ(counts(), "2 2 0 0");
}

TEST_F(EvaluateTest, LabelsInNeitherListAreLeftOut) {
  write_pairs({"abND", "acPD", "adREL", "xyTOP", "aeND"});
  write_clusters({"abcd"});
  options_.positive = {"ND"};
  options_.negative = {"REL"};
  EXPECT_EQ(counts(), "1 1 1 0");
  EXPECT_EQ(run().labelled_pairs, 3U);
  EXPECT_EQ(run().documents, 4U);  // c, x and y stand in no judged pair
  EXPECT_EQ(run().clustered_documents, 3U);
}

TEST_F(EvaluateTest, EveryLabelIsReportedWithWhatBecameOfIt) {
  write_pairs({"abND", "acND", "adREL", "aeTOP", "acND"});
  write_clusters({"abd", "ce"});
  options_.positive = {"ND"};
  options_.negative = {"TOP"};
  const auto labels = run().labels;
  ASSERT_EQ(labels.size(), 3U);
  EXPECT_EQ(labels[0].label, "ND");
  EXPECT_EQ(labels[0].meaning, LabelMeaning::positive);
  EXPECT_EQ(labels[0].rows, 3U);
  EXPECT_EQ(labels[0].together, 1U);
  EXPECT_EQ(labels[1].label, "REL");
  EXPECT_EQ(labels[1].meaning, LabelMeaning::ignored);
  EXPECT_EQ(labels[1].together, 1U);
  EXPECT_EQ(labels[2].label, "TOP");
  EXPECT_EQ(labels[2].meaning, LabelMeaning::negative);
  EXPECT_EQ(labels[2].together, 0U);
}

TEST_F(EvaluateTest, APairJudgedTwiceAlikeCountsOnce) {
  write_pairs({"ab1", "ac0", "bayes", "ab1"});
  write_clusters({"ab"});
  EXPECT_EQ(counts(), "1 0 0 1");
}

TEST_F(EvaluateTest, APairJudgedInTwoWaysIsAnErrorWithBothLines) {
  write_clusters({"ab"});
  write_pairs({"ab1", "bc1", "ba0"});
  EXPECT_EQ(error().code, ErrorCode::input);
  EXPECT_EQ(error().describe(),
            options_.labels + ":4: \"a\" and \"b\" are not copies here and copies in line 2");
  write_pairs({"ab0", "ab0", "ab1"});
  EXPECT_EQ(error().describe(),
            options_.labels + ":4: \"a\" and \"b\" are copies here and not copies in line 3");
}

TEST_F(EvaluateTest, ALeftOutLabelContradictsNothing) {
  write_pairs({"abND", "abTOP", "acREL"});
  write_clusters({"ab"});
  options_.positive = {"ND"};
  options_.negative = {"REL"};
  EXPECT_EQ(counts(), "1 0 0 1");
}

TEST_F(EvaluateTest, OtherLabelsWithoutPositiveAreListedByFrequency) {
  write_pairs({"abREL", "acND", "adREL", "aeB", "af1"});
  write_clusters({"ab"});
  EXPECT_EQ(error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(error().describe(),
            options_.labels +
                ": say with --positive which labels mean copies; they are \"REL\" (2), \"1\" (1), "
                "\"B\" (1), \"ND\" (1)");
}

TEST_F(EvaluateTest, VeryManyLabelsAreListedInPart) {
  std::ofstream(options_.labels) << "id_a\tid_b\tlabel\n";
  for (int i = 0; i < 25; ++i) {
    std::ofstream(options_.labels, std::ios::app) << "a\tb\ts" << 100 + i << "\n";
  }
  const std::string message = error().message;
  EXPECT_NE(message.find("\"s119\" (1) and 5 others"), std::string::npos) << message;
}

TEST_F(EvaluateTest, ANameThatIsNoLabelIsAnErrorThatListsTheLabels) {
  write_pairs({"abND", "acREL"});
  write_clusters({"ab"});
  options_.positive = {"ND", "nd"};
  const std::string expected = "no pair is labelled \"nd\"; the labels are \"ND\" (1), \"REL\" (1)";
  EXPECT_EQ(error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(error().message, expected);
  options_.positive = {"ND"};
  options_.negative = {"nd"};
  EXPECT_EQ(error().message, expected);
}

TEST_F(EvaluateTest, ALabelCannotMeanBoth) {
  write_pairs({"abND", "acREL"});
  options_.positive = {"ND", "REL"};
  options_.negative = {"REL"};
  EXPECT_EQ(error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(error().message, "\"REL\" is given as positive and as negative");
}

TEST_F(EvaluateTest, NegativeNeedsPositive) {
  write_pairs({"ab1", "ac0"});
  options_.negative = {"0"};
  EXPECT_EQ(error().code, ErrorCode::invalid_argument);
}

TEST_F(EvaluateTest, ClusterLabelsTakeNoPositive) {
  write_cluster_labels({"ar", "br"});
  write_clusters({"ab"});
  options_.positive = {"r"};
  EXPECT_EQ(error().code, ErrorCode::invalid_argument);
}

TEST_F(EvaluateTest, FilesThatCannotBeReadAreNamed) {
  write_pairs({"ab1"});
  EXPECT_EQ(error().code, ErrorCode::input);
  EXPECT_EQ(error().file, options_.clusters);
  std::filesystem::remove(options_.labels);
  EXPECT_EQ(error().code, ErrorCode::input);
  EXPECT_EQ(error().file, options_.labels);
}

TEST_F(EvaluateTest, TheOutputDirectoryWillDoForTheClusters) {
  write_pairs({"ab1"});
  write_clusters({"ab"});
  options_.clusters = directory_;
  EXPECT_EQ(counts(), "1 0 0 0");
}

TEST_F(EvaluateTest, PurityIsTheShareOfTheCommonestTrueCluster) {
  write_cluster_labels({"ar", "br", "cg", "dg", "eg"});
  write_clusters({"abc", "de"});
  EXPECT_DOUBLE_EQ(run().purity, 4.0 / 5);
  EXPECT_DOUBLE_EQ(run().inverse_purity, 4.0 / 5);
  write_clusters({"abcde"});
  EXPECT_DOUBLE_EQ(run().purity, 3.0 / 5);
  EXPECT_DOUBLE_EQ(run().inverse_purity, 1);
}

TEST_F(EvaluateTest, RecallIsGivenByTrueResemblance) {
  std::ofstream(options_.labels) << "id_a\tid_b\tlabel\tresemblance\na\tb\t1\t0.05\nb\tc\t1\t1\n"
                                    "c\td\t1\t0.95\na\te\t0\t0.95\nd\tf\t1\t\nf\tg\t1\t0.5\n";
  write_clusters({"bcd"});
  const auto tenths = run().resemblance;
  ASSERT_EQ(tenths.size(), 10U);
  EXPECT_EQ(tenths[0].pairs, 1U);
  EXPECT_EQ(tenths[0].together, 0U);
  EXPECT_EQ(tenths[5].pairs, 1U);
  EXPECT_EQ(tenths[9].pairs, 2U);  // the negative pair is no copy
  EXPECT_EQ(tenths[9].together, 2U);
  write_pairs({"ab1"});
  EXPECT_TRUE(run().resemblance.empty());
}

TEST_F(EvaluateTest, ErrorsAreListedInTheOrderOfTheLabels) {
  write_pairs({"zy1", "ab0", "cd1", "ae0", "cf1", "bg0"});
  write_clusters({"abe"});
  EXPECT_TRUE(run().misses_listed.empty()) << "nobody asked";
  options_.errors = 2;
  const Evaluation e = run();
  ASSERT_EQ(e.misses_listed.size(), 2U);
  EXPECT_EQ(e.misses_listed[0].id_a + e.misses_listed[0].id_b + e.misses_listed[0].label, "zy1");
  EXPECT_EQ(e.misses_listed[1].id_a + e.misses_listed[1].id_b, "cd");
  ASSERT_EQ(e.false_positives_listed.size(), 2U);
  EXPECT_EQ(e.false_positives_listed[0].id_b, "b");
  EXPECT_EQ(e.false_positives_listed[1].id_b, "e");
}

TEST_F(EvaluateTest, ErrorsOfClusterLabelsAreOnePairForEachPieceThatIsWrong) {
  write_cluster_labels({"ar", "br", "cg", "dg", "eg", "fr"});
  write_clusters({"abcd"});
  options_.errors = 10;
  const Evaluation e = run();
  ASSERT_EQ(e.false_positives_listed.size(), 1U);
  EXPECT_EQ(e.false_positives_listed[0].id_a + e.false_positives_listed[0].id_b, "ac");
  ASSERT_EQ(e.misses_listed.size(), 2U);
  EXPECT_EQ(e.misses_listed[0].id_a + e.misses_listed[0].id_b, "ce");
  EXPECT_EQ(e.misses_listed[1].id_a + e.misses_listed[1].id_b, "af");
}

TEST_F(EvaluateTest, IdsInSeveralClustersAndRepeatedPairsAreCounted) {
  write_pairs({"ab1", "bc1", "ba1", "xy0"});
  write_clusters({"aab", "bc", "xc"});
  const Evaluation e = run();
  EXPECT_EQ(e.overlapping_ids, 2U);
  EXPECT_EQ(e.overlapping, (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(e.repeated_pairs, 1U);
}

TEST_F(EvaluateTest, IntervalsHoldTheMeasuresAndAreAlwaysTheSame) {
  std::ofstream labels(options_.labels), clusters(options_.clusters);
  labels << "id_a\tid_b\tlabel\n";
  for (int i = 0; i < 4000; ++i) {
    labels << 'a' << i << "\tb" << i << "\tcopy\n" << 'a' << i << "\tc" << i << "\tother\n";
    clusters << R"({"members":[{"id":"a)" << i << R"("},{"id":")" << (i % 4 != 0 ? "b" : "c") << i
             << R"("}]})"
             << "\n";
  }
  labels.close();
  clusters.close();
  options_.positive = {"copy"};
  const Evaluation e = run();
  EXPECT_EQ(to_json(run()), to_json(e));
  ASSERT_TRUE(e.intervals);
  const auto check = [](double value, const Interval& interval) {
    EXPECT_LT(interval.low, value);
    EXPECT_GT(interval.high, value);
  };
  check(e.pair_recall, e.intervals->pair_recall);
  check(e.pair_precision, e.intervals->pair_precision);
  check(e.pair_f1, e.intervals->pair_f1);
  check(e.bcubed_precision, e.intervals->bcubed_precision);
  check(e.bcubed_recall, e.intervals->bcubed_recall);
  check(e.bcubed_f1, e.intervals->bcubed_f1);
  check(e.adjusted_rand, e.intervals->adjusted_rand);
  check(e.purity, e.intervals->purity);
  check(e.inverse_purity, e.intervals->inverse_purity);
  // Recall is a share of 4000 independent pairs: 1.96 standard errors on either side.
  const Interval recall = e.intervals->pair_recall;
  EXPECT_NEAR(recall.high - recall.low, 2 * 1.96 * std::sqrt(0.75 * 0.25 / 4000), 0.003);
  ASSERT_TRUE(e.labels[0].interval);
  EXPECT_DOUBLE_EQ(e.labels[0].interval->low, recall.low);
  options_.resamples = 0;
  EXPECT_FALSE(run().intervals);
  EXPECT_FALSE(run().labels[0].interval);
}

TEST_F(EvaluateTest, AFewGroupsHaveNoIntervals) {
  write_pairs({"ab1", "cd1", "ef1"});
  write_clusters({"ab"});
  EXPECT_FALSE(run().intervals);
}

TEST(EvaluationJson, HasEveryMemberUnderItsName) {
  Evaluation e;
  e.labelled_pairs = 10;
  e.documents = 5;
  e.clustered_documents = 4;
  e.true_positives = 1;
  e.false_positives = 2;
  e.false_negatives = 3;
  e.true_negatives = 4;
  e.pair_precision = 0.5;
  e.pair_recall = 0.25;
  e.pair_f1 = 0.125;
  e.bcubed_precision = 0.75;
  e.bcubed_recall = 1;
  e.bcubed_f1 = 0;
  e.adjusted_rand = -0.5;
  e.purity = 0.875;
  e.inverse_purity = 0.625;
  e.text_dedup_macro_f1 = 0.375;
  e.text_dedup_accuracy = 0.0625;
  const Interval whole{0, 1}, half{0, 0.5};
  e.intervals = {whole, half, whole, half, whole, half, {-1, 1}, half, whole};
  e.resemblance = {{0.5, 0.6, 7, 5, half}};
  e.repeated_pairs = 6;
  e.overlapping_ids = 21;
  e.overlapping = {"o"};
  e.unknown_ids = 22;
  e.unknown = {"u", "v"};
  e.false_positives_listed = {{"a", "b", "x", 0.75}};
  e.misses_listed = {{"c", "d"}};
  e.labels = {{"near \"copy\"", LabelMeaning::positive, 4, 1}, {"x", LabelMeaning::ignored, 2, 0}};
  e.labels[0].interval = whole;
  EXPECT_EQ(to_json(e),
            R"({"labelled_pairs":10,"documents":5,"clustered_documents":4,"true_positives":1,)"
            R"("false_positives":2,"false_negatives":3,"true_negatives":4,"pair_precision":0.5,)"
            R"("pair_recall":0.25,"pair_f1":0.125,"bcubed_precision":0.75,"bcubed_recall":1,)"
            R"("bcubed_f1":0,"adjusted_rand":-0.5,"purity":0.875,"inverse_purity":0.625,)"
            R"("text_dedup_macro_f1":0.375,"text_dedup_accuracy":0.0625,"intervals":{)"
            R"("pair_precision":[0,1],"pair_recall":[0,0.5],"pair_f1":[0,1],)"
            R"("bcubed_precision":[0,0.5],"bcubed_recall":[0,1],"bcubed_f1":[0,0.5],)"
            R"("adjusted_rand":[-1,1],"purity":[0,0.5],"inverse_purity":[0,1]},"labels":[)"
            R"({"label":"near \"copy\"","meaning":"positive","rows":4,"together":1,)"
            R"("interval":[0,1]},)"
            R"({"label":"x","meaning":"ignored","rows":2,"together":0}],"resemblance":[)"
            R"({"low":0.5,"high":0.6,"pairs":7,"together":5,"interval":[0,0.5]}],)"
            R"("repeated_pairs":6,"overlapping_ids":21,"overlapping":["o"],)"
            R"("unknown_ids":22,"unknown":["u","v"],"false_positives_listed":[)"
            R"({"id_a":"a","id_b":"b","label":"x","resemblance":0.75}],)"
            R"("misses_listed":[{"id_a":"c","id_b":"d"}]})");
}

}  // namespace
}  // namespace kithkin

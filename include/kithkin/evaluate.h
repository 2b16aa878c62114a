// Hold clusters against labels.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/crawl.h>
#include <kithkin/deduplicate.h>
#include <kithkin/progress.h>
#include <kithkin/recipe.h>
#include <kithkin/result.h>

namespace kithkin {

struct EvaluateOptions {
  std::string labels;                 ///< TSV: "id_a id_b label ..." or "id cluster ..."
  std::string clusters;               ///< clusters.jsonl, or the output directory that holds it
  std::vector<std::string> positive;  ///< pair labels that mean "copies"
  std::vector<std::string> negative;  ///< pair labels that mean "not copies"; empty: all others
  std::uint32_t resamples = 1000;     ///< of the bootstrap behind the intervals; 0: no intervals
  std::uint64_t errors = 0;           ///< false positives and misses listed at most, of each
};

/// What the label of a pair says.
enum class LabelMeaning : std::uint8_t { positive, negative, ignored };

/// "positive", "negative" or "ignored".
constexpr std::string_view to_string(LabelMeaning meaning) noexcept {
  switch (meaning) {
    case LabelMeaning::positive: return "positive";
    case LabelMeaning::negative: return "negative";
    case LabelMeaning::ignored: return "ignored";
  }
  return "ignored";
}

/// Where a measure lies in 95 of 100 resamples.
struct Interval {
  double low = 0, high = 0;
};

/// What became of the pairs with one label.
struct LabelOutcome {
  std::string label;
  LabelMeaning meaning = LabelMeaning::ignored;
  std::uint64_t rows = 0;              ///< in the label file, repeated pairs included
  std::uint64_t together = 0;          ///< of these, both ids in one cluster
  std::optional<Interval> interval{};  ///< of together / rows
};

/// What became of the positive pairs whose true resemblance lies in [low, high), the last one
/// also at 1.
struct ResemblanceOutcome {
  double low = 0, high = 0;
  std::uint64_t pairs = 0;     ///< each once
  std::uint64_t together = 0;  ///< of these, both ids in one cluster
  std::optional<Interval> interval{};
};

/// A pair on which clusters and labels disagree.
struct PairError {
  std::string id_a, id_b;
  std::string label{};  ///< empty where labels are clusters
  std::optional<double> resemblance{};
};

struct Intervals {
  Interval pair_precision, pair_recall, pair_f1;
  Interval bcubed_precision, bcubed_recall, bcubed_f1;
  Interval adjusted_rand, purity, inverse_purity;
};

/// A measure that would divide by nothing is 1: where nothing was predicted, precision; where
/// there is nothing to find, recall. docs/cli/evaluate.md defines each measure.
struct Evaluation {
  std::uint64_t labelled_pairs = 0;       ///< pairs judged, each once; of cluster labels all pairs
  std::uint64_t documents = 0;            ///< ids that stand in judged labels
  std::uint64_t clustered_documents = 0;  ///< of these, how many stand in the clusters
  std::uint64_t true_positives = 0, false_positives = 0, false_negatives = 0, true_negatives = 0;
  double pair_precision = 0, pair_recall = 0, pair_f1 = 0;
  double bcubed_precision = 0, bcubed_recall = 0, bcubed_f1 = 0;
  double adjusted_rand = 0;
  double purity = 0;          ///< share of documents in their found cluster's commonest true one
  double inverse_purity = 0;  ///< the same with found and true exchanged
  double text_dedup_macro_f1 = 0;      ///< what text-dedup calls so: the mean of two precisions
  double text_dedup_accuracy = 0;      ///< share of documents whose copies were found exactly
  std::optional<Intervals> intervals;  ///< none of fewer than ten independent groups
  std::vector<LabelOutcome> labels;    ///< of pair labels, the most frequent first
  std::vector<ResemblanceOutcome> resemblance;  ///< tenths, where labels have it
  std::uint64_t repeated_pairs = 0;             ///< rows that say again what an earlier one said
  std::uint64_t overlapping_ids = 0;            ///< labelled ids that stand in several clusters
  std::vector<std::string> overlapping{};       ///< the first of these, kMostListed at most
  std::uint64_t unknown_ids = 0;                ///< labelled ids that the crawl does not hold
  std::vector<std::string> unknown{};           ///< the first of these, kMostListed at most
  std::vector<PairError> false_positives_listed{}, misses_listed{};  ///< in the order of the labels

  static constexpr std::size_t kMostListed = 20;
};

/// Holds clusters against labels. Ids in no cluster are alone; of an id that stands in two
/// clusters the first counts. With pair labels, a pair is predicted to be copies when both ids are
/// in one cluster, and the measures of documents are taken over the ids of judged pairs, the true
/// clusters being the transitive closure of the positive pairs. With cluster labels all measures
/// are taken over the labelled ids, and all pairs of them.
/// Labels without `positive` must be 1/0, true/false, yes/no or those of synth.h, in any case.
/// The same on every machine, intervals included. Memory: some 100 bytes a labelled document.
/// Fails with `input` (file:line) where a file cannot be read, makes no sense or contradicts
/// itself, and with invalid_argument where labels need `positive` and have none, or where a name
/// in `positive` or `negative` is no label.
Result<Evaluation> evaluate(const EvaluateOptions& options);

/// The same, where the crawl's documents are known: labels on ids that it does not hold are left
/// out of all measures, and counted. Fails with `input` also where the crawl cannot be read.
Result<Evaluation> evaluate_crawl(const EvaluateOptions& options, const CrawlInput& input,
                                  Progress& progress);

/// The evaluation as one JSON object on one line: the members above under their names.
std::string to_json(const Evaluation& evaluation);

struct EvaluateRelatedOptions {
  std::string labels;    ///< TSV "id cluster" (several labels with | between), or "id_a id_b label"
  std::string lists;     ///< related.jsonl, its directory, or what kithkin compare prints
  std::uint32_t k = 10;  ///< entries of a list that count, 1 to 1000
  std::uint32_t resamples = 1000;  ///< as above
};

/// What lists of related articles are worth by labels of documents: `lists` and what follows it;
/// or scores by labels of pairs, which are numbers: `pairs` and what follows that.
struct RelatedEvaluation {
  std::uint32_t k = 0;
  std::uint64_t lists = 0;  ///< of documents that have a label
  std::uint64_t empty = 0;  ///< of these, without an entry
  double precision = 0;     ///< share of the first k entries that have a label of their list's own
  double ndcg = 0;          ///< normalized discounted cumulative gain of these
  std::optional<Interval> precision_interval, ndcg_interval;
  std::uint64_t pairs = 0;        ///< labelled with a number, each once
  std::uint64_t scored = 0;       ///< of these, how many the lists or the comparison score
  std::optional<double> pearson;  ///< of label and score; none where either is all the same
  std::optional<Interval> pearson_interval;
};

/// Holds related lists against labels. A pair that stands in no list has score 0; one that
/// `kithkin compare` knows no document of is left out. Fails as evaluate() does, and with `input`
/// where labels of pairs are no numbers.
Result<RelatedEvaluation> evaluate_related(const EvaluateRelatedOptions& options);

/// As one JSON object on one line.
std::string to_json(const RelatedEvaluation& evaluation);

struct SampleOptions {
  DeduplicateOptions deduplicate;  ///< what is to be judged
  std::uint32_t documents = 5000;  ///< in the sample at most, 100 to 100,000
  std::uint32_t resamples = 1000;  ///< as above
};

/// What became of planted copies that have something in common.
struct PlantedOutcome {
  std::string name;          ///< a kind of copy, or empty
  double low = 0, high = 0;  ///< or else a tenth of true resemblance
  std::uint64_t planted = 0;
  std::uint64_t found = 0;             ///< in one cluster with their original
  std::uint64_t wrong = 0;             ///< articles found with them, neither original nor donor
  double predicted = 0;                ///< mean chance to be proposed by the recipe's bands
  std::optional<Interval> interval{};  ///< of found / planted
};

/// What another threshold would do to the same sample.
struct ThresholdOutcome {
  double threshold = 0;
  double recall = 0, precision = 0, f1 = 0;  ///< of planted copies
  std::uint64_t joined = 0;  ///< documents of the sample that are found to be copies unplanted
};

struct SampleEvaluation {
  Recipe recipe;
  std::uint64_t read = 0, sampled = 0, planted = 0;
  double recall = 1, precision = 1, f1 = 1;
  std::optional<Interval> recall_interval;
  std::vector<PlantedOutcome> kinds, tenths;
  std::vector<ThresholdOutcome> thresholds;  ///< ascending, the one in the options among them
  double recommended = 0;  ///< the highest threshold whose F1 is within .005 of the best
};

/// Says what the options would find in a crawl without labels: takes a sample of its articles,
/// leaves out those that are like others, plants copies of half of the rest, each made in one of
/// the ways of CopyKind with another article of the sample as donor, and deduplicates in memory.
/// Reads the crawl three times, so not from standard input. The same for the same files and
/// options. Memory: the texts of the sample, three times. Fails with invalid_argument on options
/// out of range, and with `input` where the crawl cannot be read or has fewer than 20 articles of
/// ten words.
Result<SampleEvaluation> evaluate_sample(const CrawlInput& input, const SampleOptions& options,
                                         Progress& progress);

/// As one JSON object on one line.
std::string to_json(const SampleEvaluation& evaluation);

}  // namespace kithkin

// Without labels nobody knows the copies in a crawl, but copies can be put there.
//
//   sample    a b c d e f g        g is much like f, and left out
//   planted   a a' b c c' d e e' f   every second one has a copy, with the next one as donor
//   found     {a a' d} {c c'} {e}    a' is found; d is wrong: it is neither a nor the donor, whose
//                                    words a' may hold in full; e' is missed
//
// What the sample itself holds of copies is left out of it first, at the lowest threshold: nobody
// knows whether they are copies, and planted ones would meet in them. A donor serves once and has
// no copy of its own, for the same reason. The sample is ordered by language, so that a donor
// speaks that of its original.
//
// Recall is of the planted copies, by kind and by true resemblance. Precision is what planting can
// show of it: what is drawn into a planted copy's cluster. How many articles of the sample are
// found to be copies by themselves is told beside it. Tests: tests/cli/evaluate_sample_test.py.
#include <algorithm>
#include <numeric>
#include <queue>
#include <set>
#include <unordered_set>

#include <kithkin/evaluate.h>

#include "base/json_writer.h"
#include "base/try.h"
#include "corpus/input_list.h"
#include "engine/crawl_scan.h"
#include "evaluate/bootstrap.h"
#include "synth/corpus.h"
#include "synth/mutation.h"

namespace kithkin {
namespace {

constexpr std::size_t kFewest = 20;  // articles that say anything
constexpr std::size_t kFewestTokens = 10;
constexpr std::size_t kTenths = 10;
constexpr double kThresholds[] = {0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
constexpr double kAsGood = 0.005;  // F1 that no one would change a threshold for

/// The documents that belong to one cluster go by one number.
using Clusters = std::vector<std::uint64_t>;

struct Planted {
  std::size_t original = 0, donor = 0;  // in the sample
  CopyKind kind = CopyKind::exact;
  double resemblance = 0;
  double predicted = 0;
};

/// What a planted copy met.
struct Meeting {
  bool found = false;
  std::uint64_t wrong = 0;
};

Result<Clusters> find_clusters(std::span<const Document> documents,
                               const DeduplicateOptions& options) {
  KITHKIN_TRY_ASSIGN(const Report report, deduplicate(documents, options));
  Clusters out(documents.size());
  std::iota(out.begin(), out.end(), std::uint64_t{0});
  for (const Cluster& cluster : report.clusters) {
    for (const Member& member : cluster.members)
      out[member.document] = cluster.members.front().document;
  }
  return out;
}

/// Ids of documents, chosen by a hash of their place: the same ones each time.
Result<std::vector<std::string>> sample_ids(const CrawlInput& input, std::size_t most,
                                            Progress& progress, std::uint64_t& read) {
  std::priority_queue<std::pair<std::uint64_t, std::string>> chosen;
  KITHKIN_TRY_ASSIGN(const CrawlRows rows,
                     for_each_row(input, progress, [&](const Row&, const std::string& id) {
                       const std::uint64_t hash = mix64(++read);
                       if (chosen.size() < most || hash < chosen.top().first)
                         chosen.emplace(hash, id);
                       if (chosen.size() > most) chosen.pop();
                       return Result<bool>(true);
                     }));
  if (!rows.input_errors.empty()) return rows.input_errors.front();
  std::vector<std::string> ids;
  for (; !chosen.empty(); chosen.pop())
    ids.push_back(chosen.top().second);
  return ids;
}

class SampleJob {
 public:
  SampleJob(const SampleOptions& options, Progress& progress)
      : options_(options), progress_(progress) {}

  Result<SampleEvaluation> run(const CrawlInput& input) {
    KITHKIN_TRY_ASSIGN(out_.recipe, make_recipe(options_.deduplicate));
    KITHKIN_TRY(take_sample(input));
    KITHKIN_TRY(choose_originals());
    plant();
    std::set<double> thresholds(std::begin(kThresholds), std::end(kThresholds));
    thresholds.insert(options_.deduplicate.match.threshold);
    progress_.begin("deduplicate the sample", thresholds.size());
    std::uint64_t done = 0;
    for (const double threshold : thresholds) {
      if (progress_.cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
      KITHKIN_TRY(measure(threshold));
      progress_.advance(++done);
    }
    recommend();
    return std::move(out_);
  }

 private:
  Result<void> take_sample(const CrawlInput& input) {
    KITHKIN_TRY_ASSIGN(const auto ids, sample_ids(input, options_.documents, progress_, out_.read));
    KITHKIN_TRY_ASSIGN(auto found, find_documents(input, ids, progress_));
    Tokenizer tokenizer;
    std::vector<TokenHash> tokens;
    for (auto& [id, document] : found) {
      tokenizer.hash(document.text, tokens);
      if (tokens.size() >= kFewestTokens) sample_.push_back(std::move(document));
    }
    std::stable_sort(sample_.begin(), sample_.end(),
                     [](const Document& a, const Document& b) { return a.lang < b.lang; });
    out_.sampled = sample_.size();
    if (sample_.size() >= kFewest) return {};
    return Error{ErrorCode::input, "has fewer than 20 articles of ten words or more",
                 input.paths.front(), 0};
  }

  /// The articles of the sample that are unlike all others.
  Result<void> choose_originals() {
    DeduplicateOptions options = options_.deduplicate;
    options.match.threshold = std::min(kThresholds[0], options.match.threshold);
    KITHKIN_TRY_ASSIGN(const Clusters clusters, find_clusters(sample_, options));
    for (std::size_t i = 0; i < sample_.size(); ++i) {
      if (clusters[i] == i) documents_.push_back(sample_[i]);
    }
    originals_ = documents_.size();
    return {};
  }

  void plant() {
    Mutator mutator;
    ResemblanceMeter meter(options_.deduplicate.shingle);
    for (std::size_t i = 0; i + 1 < originals_; i += 2) {
      Planted planted;
      planted.original = i;
      planted.donor = i + 1;
      planted.kind = static_cast<CopyKind>(i / 2 % kCopyKinds);
      Document copy = documents_[i];
      copy.id.clear();
      mutator.make(planted.kind, documents_[i].text, documents_[planted.donor].text,
                   synth_key(1, i, 1), copy.text);
      planted.resemblance = meter.measure(documents_[i].text, copy.text);
      planted.predicted = predicted_recall(out_.recipe, planted.resemblance);
      documents_.push_back(std::move(copy));
      planted_.push_back(planted);
    }
    out_.planted = planted_.size();
  }

  Result<void> measure(double threshold) {
    DeduplicateOptions options = options_.deduplicate;
    options.match.threshold = threshold;
    KITHKIN_TRY_ASSIGN(const Clusters alone, find_clusters(sample_, options));
    KITHKIN_TRY_ASSIGN(const Clusters with, find_clusters(documents_, options));
    const std::vector<Meeting> meetings = meet(with);
    ThresholdOutcome outcome;
    outcome.threshold = threshold;
    double found = 0, wrong = 0;
    for (const Meeting& meeting : meetings) {
      found += meeting.found;
      wrong += static_cast<double>(meeting.wrong);
    }
    const auto planted = static_cast<double>(out_.planted);
    outcome.recall = planted == 0 ? 1 : found / planted;
    outcome.precision = found + wrong == 0 ? 1 : found / (found + wrong);
    outcome.f1 = planted == 0 ? 1 : 2 * found / (planted + found + wrong);
    for (std::size_t i = 0; i < alone.size(); ++i)
      outcome.joined += alone[i] != i;
    out_.thresholds.push_back(outcome);
    if (threshold == options_.deduplicate.match.threshold) report(outcome, meetings);
    return {};
  }

  /// For each planted copy, whether its original is in its cluster, and how many other originals
  /// that are not its donor.
  [[nodiscard]] std::vector<Meeting> meet(const Clusters& with) const {
    std::vector<std::uint64_t> members(with.size());  // originals, by cluster
    for (std::size_t i = 0; i < originals_; ++i)
      ++members[with[i]];
    std::vector<Meeting> out(planted_.size());
    for (std::size_t p = 0; p < planted_.size(); ++p) {
      const Planted& planted = planted_[p];
      const std::uint64_t cluster = with[originals_ + p];
      out[p].found = with[planted.original] == cluster;
      const bool has_donor = with[planted.donor] == cluster;
      out[p].wrong = members[cluster] - (out[p].found ? 1 : 0) - (has_donor ? 1 : 0);
    }
    return out;
  }

  void report(const ThresholdOutcome& outcome, const std::vector<Meeting>& meetings) {
    out_.recall = outcome.recall;
    out_.precision = outcome.precision;
    out_.f1 = outcome.f1;
    out_.kinds.resize(kCopyKinds);
    out_.tenths.resize(kTenths);
    for (std::size_t i = 0; i < kCopyKinds; ++i)
      out_.kinds[i].name = to_string(static_cast<CopyKind>(i));
    for (std::size_t i = 0; i < kTenths; ++i) {
      out_.tenths[i].low = static_cast<double>(i) / kTenths;
      out_.tenths[i].high = static_cast<double>(i + 1) / kTenths;
    }
    std::vector<std::uint32_t> alone(planted_.size());
    std::iota(alone.begin(), alone.end(), 0U);
    GroupSums sums(alone, alone, 2 * (kCopyKinds + kTenths + 1));
    for (std::uint32_t p = 0; p < planted_.size(); ++p) {
      const auto kind = static_cast<std::size_t>(planted_[p].kind);
      const auto tenth =
          std::min(static_cast<std::size_t>(planted_[p].resemblance * kTenths), kTenths - 1);
      for (PlantedOutcome* of : {&out_.kinds[kind], &out_.tenths[tenth]}) {
        ++of->planted;
        of->found += meetings[p].found;
        of->wrong += meetings[p].wrong;
        of->predicted += planted_[p].predicted;
      }
      for (const std::size_t share : {kind, kCopyKinds + tenth, kCopyKinds + kTenths}) {
        sums.add(p, 2 * share, meetings[p].found ? 1 : 0);
        sums.add(p, 2 * share + 1, 1);
      }
    }
    set_intervals(sums);
    for (auto* outcomes : {&out_.kinds, &out_.tenths}) {
      for (PlantedOutcome& of : *outcomes)
        of.predicted = of.planted == 0 ? 0 : of.predicted / static_cast<double>(of.planted);
    }
  }

  void set_intervals(const GroupSums& sums) {
    if (options_.resamples == 0 || sums.bins() < GroupSums::kLeast) return;
    const std::size_t shares = kCopyKinds + kTenths + 1;
    const auto intervals = sums.intervals(options_.resamples, shares, [&](auto s, auto of) {
      for (std::size_t i = 0; i < shares; ++i)
        of[i] = s[2 * i + 1] == 0 ? 1 : s[2 * i] / s[2 * i + 1];
    });
    for (std::size_t i = 0; i + 1 < shares; ++i) {
      PlantedOutcome& of = i < kCopyKinds ? out_.kinds[i] : out_.tenths[i - kCopyKinds];
      if (of.planted > 0) of.interval = intervals[i];
    }
    out_.recall_interval = intervals.back();
  }

  void recommend() {
    double best = 0;
    for (const ThresholdOutcome& outcome : out_.thresholds)
      best = std::max(best, outcome.f1);
    for (const ThresholdOutcome& outcome : out_.thresholds) {
      if (outcome.f1 >= best - kAsGood) out_.recommended = outcome.threshold;
    }
  }

  const SampleOptions& options_;
  Progress& progress_;
  std::vector<Document> sample_;
  std::vector<Document> documents_;  // originals of the sample, then the planted copies
  std::size_t originals_ = 0;
  std::vector<Planted> planted_;
  SampleEvaluation out_;
};

void write_interval(JsonWriter& json, const std::optional<Interval>& interval,
                    std::string_view name) {
  if (!interval) return;
  json.key(name).begin_array().number(interval->low).number(interval->high).end_array();
}

void write_outcomes(JsonWriter& json, std::string_view name,
                    const std::vector<PlantedOutcome>& outcomes) {
  json.key(name).begin_array();
  for (const PlantedOutcome& of : outcomes) {
    json.begin_object();
    if (of.name.empty())
      json.key("low").number(of.low).key("high").number(of.high);
    else
      json.key("kind").string(of.name);
    json.key("planted").integer(of.planted).key("found").integer(of.found);
    json.key("wrong").integer(of.wrong).key("predicted").number(of.predicted);
    write_interval(json, of.interval, "interval");
    json.end_object();
  }
  json.end_array();
}

}  // namespace

Result<SampleEvaluation> evaluate_sample(const CrawlInput& input, const SampleOptions& options,
                                         Progress& progress) {
  if (input.paths.empty())
    return Error{ErrorCode::invalid_argument, "no input: name files or directories", "", 0};
  if (options.documents < 100 || options.documents > 100000)
    return Error{ErrorCode::invalid_argument, "a sample has 100 to 100,000 documents", "", 0};
  if (needs_spill(input.paths)) {
    return Error{ErrorCode::invalid_argument, "a sample needs files, which can be read again", "",
                 0};
  }
  return SampleJob(options, progress).run(input);
}

std::string to_json(const SampleEvaluation& evaluation) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("read").integer(evaluation.read);
  json.key("sampled").integer(evaluation.sampled).key("planted").integer(evaluation.planted);
  json.key("recall").number(evaluation.recall).key("precision").number(evaluation.precision);
  json.key("f1").number(evaluation.f1);
  write_interval(json, evaluation.recall_interval, "recall_interval");
  write_outcomes(json, "kinds", evaluation.kinds);
  write_outcomes(json, "resemblance", evaluation.tenths);
  json.key("thresholds").begin_array();
  for (const ThresholdOutcome& of : evaluation.thresholds) {
    json.begin_object().key("threshold").number(of.threshold).key("recall").number(of.recall);
    json.key("precision").number(of.precision).key("f1").number(of.f1);
    json.key("joined").integer(of.joined).end_object();
  }
  json.end_array().key("recommended").number(evaluation.recommended).end_object();
  return out;
}

}  // namespace kithkin

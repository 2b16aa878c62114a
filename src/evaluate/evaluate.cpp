// Labels and clusters become two lists of cluster numbers over the same ids, and metrics.h does
// the rest.
//
//   labels  a b copy                 clusters  {a b c}
//           b d copy
//           c d other
//
//   pairs      ab together and a copy (tp), bd apart (fn), cd apart and no copy (tn)
//   predicted  a b c | d             a c, b c, a d are nobody's judgment: counted only below
//   truth      a b d | c             what positive pairs connect; c is alone
//
// The closure is a reading of the labels, not a fact: where people judged a and b, and b and d,
// nobody judged a and d. The pair measures stay with what was judged.
// Tests: tests/unit/evaluate/evaluate_test.cpp.
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <variant>

#include <kithkin/evaluate.h>

#include "base/json_writer.h"
#include "base/try.h"
#include "corpus/cluster_file.h"
#include "evaluate/labels.h"
#include "evaluate/metrics.h"

namespace kithkin {
namespace {

using Numbers = std::vector<std::uint32_t>;

// --- what the labels mean -----------------------------------------------------------------------

/// The labels of a file with their frequency, the most frequent first, then bytewise.
std::vector<LabelOutcome> count_labels(const PairLabels& labels) {
  std::vector<LabelOutcome> out(labels.labels.size());
  for (const PairLabel& row : labels.rows)
    ++out[row.label].rows;
  for (std::uint32_t i = 0; i < out.size(); ++i)
    out[i].label = labels.labels[i];
  std::sort(out.begin(), out.end(), [](const LabelOutcome& a, const LabelOutcome& b) {
    return a.rows != b.rows ? a.rows > b.rows : a.label < b.label;
  });
  return out;
}

/// "ND" (33), "REL" (21), ...
std::string list_labels(const PairLabels& labels) {
  constexpr std::size_t kMost = 20;
  const auto counted = count_labels(labels);
  std::string out;
  for (std::size_t i = 0; i < std::min(counted.size(), kMost); ++i) {
    if (i > 0) out += ", ";
    out += '"' + counted[i].label + "\" (" + std::to_string(counted[i].rows) + ")";
  }
  if (counted.size() > kMost) out += " and " + std::to_string(counted.size() - kMost) + " others";
  return out;
}

Error bad_names(const EvaluateOptions& options, std::string message) {
  return {ErrorCode::invalid_argument, std::move(message), options.labels, 0};
}

/// Whether a label says yes or no by itself.
std::optional<bool> read_truth(std::string_view label) {
  std::string folded(label);
  for (char& c : folded)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (folded == "1" || folded == "true" || folded == "yes") return true;
  if (folded == "0" || folded == "false" || folded == "no") return false;
  return std::nullopt;
}

using Meanings = std::vector<LabelMeaning>;  // by number of the label

Result<Meanings> meanings_by_themselves(const PairLabels& labels, const EvaluateOptions& options) {
  Meanings out;
  for (std::uint32_t i = 0; i < labels.labels.size(); ++i) {
    const auto truth = read_truth(labels.labels[i]);
    if (!truth) {
      return bad_names(
          options, "say with --positive which labels mean copies; they are " + list_labels(labels));
    }
    out.push_back(*truth ? LabelMeaning::positive : LabelMeaning::negative);
  }
  return out;
}

/// Gives the labels named in `names` their meaning.
Result<void> set_meaning(const std::vector<std::string>& names, LabelMeaning meaning,
                         const PairLabels& labels, const EvaluateOptions& options, Meanings& out) {
  for (const std::string& name : names) {
    const auto label = labels.labels.find(name);
    if (!label) {
      return bad_names(
          options, "no pair is labelled \"" + name + "\"; the labels are " + list_labels(labels));
    }
    out[*label] = meaning;
  }
  return {};
}

Result<Meanings> find_meanings(const PairLabels& labels, const EvaluateOptions& options) {
  const auto& positive = options.positive;
  const auto& negative = options.negative;
  if (positive.empty() && negative.empty()) return meanings_by_themselves(labels, options);
  if (positive.empty()) {
    return bad_names(options, "--negative needs --positive: say which labels mean copies");
  }
  for (const std::string& name : negative) {
    if (std::find(positive.begin(), positive.end(), name) == positive.end()) continue;
    return bad_names(options, "\"" + name + "\" is given as positive and as negative");
  }
  const auto others = negative.empty() ? LabelMeaning::negative : LabelMeaning::ignored;
  Meanings out(labels.labels.size(), others);
  KITHKIN_TRY(set_meaning(positive, LabelMeaning::positive, labels, options, out));
  KITHKIN_TRY(set_meaning(negative, LabelMeaning::negative, labels, options, out));
  return out;
}

/// The judged pairs, each once. Fails where a pair is judged in two ways.
Result<std::vector<JudgedPair>> judge(const PairLabels& labels, const Meanings& meanings,
                                      const std::string& file) {
  std::vector<PairLabel> rows;
  for (PairLabel row : labels.rows) {
    if (row.a > row.b) std::swap(row.a, row.b);
    if (meanings[row.label] != LabelMeaning::ignored) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(), [](const PairLabel& x, const PairLabel& y) {
    return std::tie(x.a, x.b, x.line) < std::tie(y.a, y.b, y.line);
  });
  std::vector<JudgedPair> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [a, b, label, line] = rows[i];
    const bool positive = meanings[label] == LabelMeaning::positive;
    if (out.empty() || out.back().a != a || out.back().b != b) {
      out.push_back({a, b, positive});
    } else if (out.back().positive != positive) {
      return Error{ErrorCode::input,
                   "\"" + labels.ids[a] + "\" and \"" + labels.ids[b] + "\" are " +
                       (positive ? "copies here and not copies" : "not copies here and copies") +
                       " in line " + std::to_string(rows[i - 1].line),
                   file, line};
    }
  }
  return out;
}

// --- what was predicted -------------------------------------------------------------------------

struct Prediction {
  Numbers cluster_of;           // by number of the id
  std::vector<bool> clustered;  // whether the id stands in the file at all
};

/// A cluster goes by the number of its first labelled member; an id in no cluster by its own.
Result<Prediction> read_prediction(const std::string& path, const NameTable& ids) {
  Prediction out{Numbers(ids.size()), std::vector<bool>(ids.size(), false)};
  std::iota(out.cluster_of.begin(), out.cluster_of.end(), 0U);
  KITHKIN_TRY(read_clusters(path, [&](std::span<const std::string_view> members) {
    std::optional<std::uint32_t> first;
    for (const std::string_view member : members) {
      const auto id = ids.find(member);
      if (!id || out.clustered[*id]) continue;  // an id's first membership wins
      if (!first) first = id;
      out.cluster_of[*id] = *first;
      out.clustered[*id] = true;
    }
  }));
  return out;
}

// --- one against the other ----------------------------------------------------------------------

/// The number of the id that stands for everything `id` is connected to. Halves its path.
std::uint32_t find_root(Numbers& parent, std::uint32_t id) {
  while (parent[id] != id)
    id = parent[id] = parent[parent[id]];
  return id;
}

/// The clusters that the positive pairs make.
Numbers connect(std::span<const JudgedPair> judged, std::size_t ids) {
  Numbers parent(ids);
  std::iota(parent.begin(), parent.end(), 0U);
  for (const JudgedPair& pair : judged) {
    if (!pair.positive) continue;
    const auto [low, high] = std::minmax({find_root(parent, pair.a), find_root(parent, pair.b)});
    parent[high] = low;
  }
  for (std::uint32_t id = 0; id < ids; ++id)
    parent[id] = find_root(parent, id);
  return parent;
}

/// The ids of judged pairs, ascending.
Numbers ids_of(std::span<const JudgedPair> judged) {
  Numbers out;
  for (const auto& pair : judged)
    out.insert(out.end(), {pair.a, pair.b});
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void set_pair_measures(const PairCounts& counts, Evaluation& out) {
  const auto [tp, fp, fn, tn] = counts;
  out.true_positives = tp;
  out.false_positives = fp;
  out.false_negatives = fn;
  out.true_negatives = tn;
  out.labelled_pairs = tp + fp + fn + tn;
  const Score score = pair_score(counts);
  out.pair_precision = score.precision;
  out.pair_recall = score.recall;
  out.pair_f1 = score.f1;
}

/// Sets what is taken over documents: those in `universe`.
void set_cluster_measures(const Numbers& universe, const Prediction& prediction,
                          const Numbers& truth_of, Evaluation& out) {
  Numbers predicted, truth;
  for (const std::uint32_t id : universe) {
    predicted.push_back(prediction.cluster_of[id]);
    truth.push_back(truth_of[id]);
    if (prediction.clustered[id]) ++out.clustered_documents;
  }
  out.documents = universe.size();
  const Score score = bcubed(predicted, truth);
  out.bcubed_precision = score.precision;
  out.bcubed_recall = score.recall;
  out.bcubed_f1 = score.f1;
  out.adjusted_rand = adjusted_rand(count_pairs(predicted, truth));
}

std::vector<LabelOutcome> list_outcomes(const PairLabels& labels, const Meanings& meanings,
                                        const Numbers& predicted) {
  std::vector<std::uint64_t> together(labels.labels.size());
  for (const auto& row : labels.rows)
    together[row.label] += predicted[row.a] == predicted[row.b];
  auto out = count_labels(labels);
  for (LabelOutcome& outcome : out) {
    const std::uint32_t label = *labels.labels.find(outcome.label);
    outcome.meaning = meanings[label];
    outcome.together = together[label];
  }
  return out;
}

Result<Evaluation> evaluate_labels(const PairLabels& labels, const EvaluateOptions& options) {
  KITHKIN_TRY_ASSIGN(const auto meanings, find_meanings(labels, options));
  KITHKIN_TRY_ASSIGN(const auto judged, judge(labels, meanings, options.labels));
  KITHKIN_TRY_ASSIGN(const auto prediction, read_prediction(options.clusters, labels.ids));
  Evaluation out;
  set_pair_measures(count_pairs(judged, prediction.cluster_of), out);
  set_cluster_measures(ids_of(judged), prediction, connect(judged, labels.ids.size()), out);
  out.labels = list_outcomes(labels, meanings, prediction.cluster_of);
  return out;
}

Result<Evaluation> evaluate_labels(const ClusterLabels& labels, const EvaluateOptions& options) {
  if (!options.positive.empty() || !options.negative.empty()) {
    return bad_names(options,
                     "--positive and --negative are for labels of pairs; these are "
                     "clusters");
  }
  KITHKIN_TRY_ASSIGN(const auto prediction, read_prediction(options.clusters, labels.ids));
  Evaluation out;
  set_pair_measures(count_pairs(prediction.cluster_of, labels.cluster_of), out);
  Numbers universe(labels.ids.size());
  std::iota(universe.begin(), universe.end(), 0U);
  set_cluster_measures(universe, prediction, labels.cluster_of, out);
  return out;
}

}  // namespace

Result<Evaluation> evaluate(const EvaluateOptions& options) {
  KITHKIN_TRY_ASSIGN(const auto labels, read_labels(options.labels));
  return std::visit([&](const auto& kind) { return evaluate_labels(kind, options); }, labels);
}

std::string to_json(const Evaluation& evaluation) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("labelled_pairs").integer(evaluation.labelled_pairs);
  json.key("documents").integer(evaluation.documents);
  json.key("clustered_documents").integer(evaluation.clustered_documents);
  json.key("true_positives").integer(evaluation.true_positives);
  json.key("false_positives").integer(evaluation.false_positives);
  json.key("false_negatives").integer(evaluation.false_negatives);
  json.key("true_negatives").integer(evaluation.true_negatives);
  json.key("pair_precision").number(evaluation.pair_precision);
  json.key("pair_recall").number(evaluation.pair_recall);
  json.key("pair_f1").number(evaluation.pair_f1);
  json.key("bcubed_precision").number(evaluation.bcubed_precision);
  json.key("bcubed_recall").number(evaluation.bcubed_recall);
  json.key("bcubed_f1").number(evaluation.bcubed_f1);
  json.key("adjusted_rand").number(evaluation.adjusted_rand);
  json.key("labels").begin_array();
  for (const LabelOutcome& outcome : evaluation.labels) {
    json.begin_object().key("label").string(outcome.label);
    json.key("meaning").string(to_string(outcome.meaning));
    json.key("rows").integer(outcome.rows).key("together").integer(outcome.together).end_object();
  }
  json.end_array().end_object();
  return out;
}

}  // namespace kithkin

// The evaluation for programs. Tests: tests/unit/evaluate/evaluate_test.cpp.
#include <kithkin/evaluate.h>

#include "base/json_writer.h"

namespace kithkin {
namespace {

void write_interval(JsonWriter& json, std::string_view name, const Interval& interval) {
  json.key(name).begin_array().number(interval.low).number(interval.high).end_array();
}

void write_intervals(JsonWriter& json, const Intervals& of) {
  json.key("intervals").begin_object();
  write_interval(json, "pair_precision", of.pair_precision);
  write_interval(json, "pair_recall", of.pair_recall);
  write_interval(json, "pair_f1", of.pair_f1);
  write_interval(json, "bcubed_precision", of.bcubed_precision);
  write_interval(json, "bcubed_recall", of.bcubed_recall);
  write_interval(json, "bcubed_f1", of.bcubed_f1);
  write_interval(json, "adjusted_rand", of.adjusted_rand);
  write_interval(json, "purity", of.purity);
  write_interval(json, "inverse_purity", of.inverse_purity);
  json.end_object();
}

void write_labels(JsonWriter& json, const std::vector<LabelOutcome>& labels) {
  json.key("labels").begin_array();
  for (const LabelOutcome& outcome : labels) {
    json.begin_object().key("label").string(outcome.label);
    json.key("meaning").string(to_string(outcome.meaning));
    json.key("rows").integer(outcome.rows).key("together").integer(outcome.together);
    if (outcome.interval) write_interval(json, "interval", *outcome.interval);
    json.end_object();
  }
  json.end_array();
}

void write_resemblance(JsonWriter& json, const std::vector<ResemblanceOutcome>& outcomes) {
  json.key("resemblance").begin_array();
  for (const ResemblanceOutcome& outcome : outcomes) {
    json.begin_object().key("low").number(outcome.low).key("high").number(outcome.high);
    json.key("pairs").integer(outcome.pairs).key("together").integer(outcome.together);
    if (outcome.interval) write_interval(json, "interval", *outcome.interval);
    json.end_object();
  }
  json.end_array();
}

void write_ids(JsonWriter& json, std::string_view name, const std::vector<std::string>& ids) {
  json.key(name).begin_array();
  for (const std::string& id : ids)
    json.string(id);
  json.end_array();
}

void write_errors(JsonWriter& json, std::string_view name, const std::vector<PairError>& errors) {
  json.key(name).begin_array();
  for (const PairError& error : errors) {
    json.begin_object().key("id_a").string(error.id_a).key("id_b").string(error.id_b);
    if (!error.label.empty()) json.key("label").string(error.label);
    if (error.resemblance) json.key("resemblance").number(*error.resemblance);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

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
  json.key("purity").number(evaluation.purity);
  json.key("inverse_purity").number(evaluation.inverse_purity);
  json.key("text_dedup_macro_f1").number(evaluation.text_dedup_macro_f1);
  json.key("text_dedup_accuracy").number(evaluation.text_dedup_accuracy);
  if (evaluation.intervals) write_intervals(json, *evaluation.intervals);
  write_labels(json, evaluation.labels);
  write_resemblance(json, evaluation.resemblance);
  json.key("repeated_pairs").integer(evaluation.repeated_pairs);
  json.key("overlapping_ids").integer(evaluation.overlapping_ids);
  write_ids(json, "overlapping", evaluation.overlapping);
  json.key("unknown_ids").integer(evaluation.unknown_ids);
  write_ids(json, "unknown", evaluation.unknown);
  write_errors(json, "false_positives_listed", evaluation.false_positives_listed);
  write_errors(json, "misses_listed", evaluation.misses_listed);
  json.end_object();
  return out;
}

}  // namespace kithkin

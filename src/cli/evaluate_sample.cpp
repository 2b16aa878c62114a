// See evaluate_sample.h. docs/cli/evaluate.md is its page; tests/cli runs it.
#include "cli/evaluate_sample.h"

#include <cstdio>

#include "cli/table.h"

namespace kithkin::cli {
namespace {

std::string render_outcomes(const std::string& heading,
                            const std::vector<PlantedOutcome>& outcomes) {
  std::vector<Row> rows = {{heading, "planted", "found", "wrong", "proposed", "recall"}};
  for (const PlantedOutcome& of : outcomes) {
    if (of.planted == 0) continue;
    rows.push_back({of.name.empty() ? range(of.low, of.high) : of.name, std::to_string(of.planted),
                    std::to_string(of.found), std::to_string(of.wrong), decimals(of.predicted),
                    decimals(share(of.found, of.planted), of.interval)});
  }
  return align(rows);
}

std::string render_thresholds(const SampleEvaluation& e, double chosen) {
  std::vector<Row> rows = {{"threshold", "recall", "precision", "F1", "unplanted copies", ""}};
  for (const ThresholdOutcome& of : e.thresholds) {
    char threshold[32];
    std::snprintf(threshold, sizeof threshold, "%.4g", of.threshold);
    std::string remark = of.threshold == chosen ? "as given" : "";
    if (of.threshold == e.recommended) remark += remark.empty() ? "recommended" : ", recommended";
    rows.push_back({threshold, decimals(of.recall), decimals(of.precision), decimals(of.f1),
                    std::to_string(of.joined), remark});
  }
  return align(rows);
}

std::string render(const SampleEvaluation& e, double chosen) {
  return count(e.read, "document", "documents") + " read, " + std::to_string(e.sampled) +
         " sampled, " + count(e.planted, "copy", "copies") + " planted\n\nrecall     " +
         decimals(e.recall, e.recall_interval) + "\nprecision  " + decimals(e.precision) + "\n\n" +
         render_outcomes("kind of copy", e.kinds) + "\n" +
         render_outcomes("true resemblance", e.tenths) + "\n" + render_thresholds(e, chosen);
}

}  // namespace

int run_sample(const CrawlInput& input, const SampleOptions& options, bool json,
               const Context& context) {
  TerminalProgress progress(context.quiet);
  const auto evaluation = evaluate_sample(input, options, progress);
  progress.clear_bar();
  if (!evaluation) return fail(evaluation.error());
  const std::string out =
      json ? to_json(*evaluation) + "\n" : render(*evaluation, options.deduplicate.match.threshold);
  return write_out(out) ? kDone : kOutput;
}

}  // namespace kithkin::cli

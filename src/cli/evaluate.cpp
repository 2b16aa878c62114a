// kithkin evaluate: clusters against labels, as a table for people or one JSON object.
// docs/cli/evaluate.md is its page; tests/cli runs it.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace kithkin::cli {
namespace {

constexpr const char* kExplanation = R"(
Measures how well the clusters that `kithkin dedup` found agree with labels made by people.

LABELS is a TSV with a header. Further columns are ignored.
  id_a  id_b  label    pairs that were judged, each with a label
  id    cluster        documents, each with its true cluster

A labelled pair counts as found when both ids stand in one cluster; an id in no cluster is alone.
Labels other than 1/0, true/false and yes/no need --positive: the labels that mean "copies". All
others then mean "not copies" - or, where --negative is given too, only those it names, and pairs
with any other label are left out.

Examples:
  kithkin dedup news.jsonl --out result
  kithkin evaluate --labels topics.tsv result
  kithkin evaluate --labels pairs.tsv --positive ND,PD --negative REL,TOP result/clusters.jsonl
  kithkin evaluate --labels pairs.tsv --positive ND --json result | jq .pair_f1
)";

struct Arguments {
  EvaluateOptions options;
  bool json = false;
};

/// Columns of a terminal that `text` takes, a code point each.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

using Row = std::vector<std::string>;

/// Lines of aligned columns: the first `left` to the left, the others to the right. All rows have
/// the same number of cells.
std::string align(const std::vector<Row>& rows, std::size_t left = 1) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string out;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - width_of(row[i]), ' ');
      if (i > 0) out += "  ";
      out += i < left ? row[i] + padding : padding + row[i];
    }
    out += '\n';
  }
  return out;
}

std::string decimals(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.4f", value);
  return buffer;
}

std::string count(std::uint64_t n, const std::string& one, const std::string& many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string render_counts(const Evaluation& e) {
  std::uint64_t ignored = 0;
  for (const LabelOutcome& outcome : e.labels) {
    if (outcome.meaning == LabelMeaning::ignored) ignored += outcome.rows;
  }
  std::string out = count(e.labelled_pairs, "pair", "pairs") + " judged; " +
                    count(e.documents, "document", "documents") + ", of which " +
                    std::to_string(e.clustered_documents) + " in a cluster\n";
  if (ignored > 0) out += count(ignored, "row", "rows") + " with other labels left out\n";
  return out;
}

std::string render_pairs(const Evaluation& e) {
  return align(
      {{"", "truly together", "truly apart"},
       {"found together", std::to_string(e.true_positives), std::to_string(e.false_positives)},
       {"found apart", std::to_string(e.false_negatives), std::to_string(e.true_negatives)}});
}

std::string render_measures(const Evaluation& e) {
  return align({{"", "precision", "recall", "F1"},
                {"pairs", decimals(e.pair_precision), decimals(e.pair_recall), decimals(e.pair_f1)},
                {"B-cubed", decimals(e.bcubed_precision), decimals(e.bcubed_recall),
                 decimals(e.bcubed_f1)}}) +
         "adjusted Rand index  " + decimals(e.adjusted_rand) + "\n";
}

std::string render_labels(const std::vector<LabelOutcome>& labels) {
  std::vector<Row> rows = {{"label", "meaning", "rows", "found together"}};
  for (const LabelOutcome& outcome : labels) {
    rows.push_back({outcome.label, std::string(to_string(outcome.meaning)),
                    std::to_string(outcome.rows), std::to_string(outcome.together)});
  }
  return align(rows, 2);
}

std::string render(const Evaluation& e) {
  std::string out = render_counts(e) + "\n" + render_pairs(e) + "\n" + render_measures(e);
  if (!e.labels.empty()) out += "\n" + render_labels(e.labels);
  return out;
}

int run(const Arguments& arguments, const Context& context) {
  const auto evaluation = evaluate(arguments.options);
  if (!evaluation) return fail(evaluation.error());
  if (evaluation->clustered_documents == 0 && !context.quiet) {
    std::fprintf(stderr,
                 "kithkin: none of the labelled ids stands in a cluster; are they ids of this "
                 "crawl?\n");
  }
  const bool written =
      write_out(arguments.json ? to_json(*evaluation) + "\n" : render(*evaluation));
  return written ? kDone : kOutput;
}

}  // namespace

void add_evaluate(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("evaluate", "Hold clusters against labels made by people");
  command->footer(kExplanation);
  const auto arguments = std::make_shared<Arguments>();
  EvaluateOptions& options = arguments->options;
  command->add_option("clusters", options.clusters, "clusters.jsonl, or the directory it is in")
      ->required()
      ->type_name("PATH");
  command->add_option("--labels", options.labels, "The labels, a TSV with a header (see below)")
      ->required()
      ->type_name("FILE");
  const auto add_names = [&](const char* name, std::vector<std::string>& names, const char* help) {
    command->add_option(name, names, help)
        ->delimiter(',')
        ->allow_extra_args(false)  // or it would swallow the path after it
        ->type_name("A,B");
  };
  add_names("--positive", options.positive, "Labels of pairs that mean \"copies\"");
  add_names("--negative", options.negative,
            "Labels that mean \"not copies\" (default: all others)");
  command->add_flag("--json", arguments->json, "Print one JSON object");
  add_quiet(*command, context);
  command->callback([arguments, &context] { context.exit_code = run(*arguments, context); });
}

}  // namespace kithkin::cli

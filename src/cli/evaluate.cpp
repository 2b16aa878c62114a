// kithkin evaluate: clusters against labels, as a table for people or one JSON object.
// docs/cli/evaluate.md is its page; tests/cli runs it.
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/evaluate_sample.h"
#include "cli/table.h"

namespace kithkin::cli {
namespace {

constexpr const char* kEvaluateFooter = R"(
Measures how well the clusters that `kithkin dedup` found agree with labels made by people.

LABELS is a TSV with a header. Further columns are ignored.
  id_a  id_b  label    pairs that were judged, each with a label
  id    cluster        documents, each with its true cluster

A labelled pair counts as found when both ids stand in one cluster; an id in no cluster is alone.
Labels other than 1/0, true/false, yes/no and those of synth need --positive: the labels that mean
"copies". All others then mean "not copies" - or, where --negative is given too, only those it
names, and pairs with any other label are left out.

Examples:
  kithkin dedup news.jsonl --out result
  kithkin evaluate --labels topics.tsv result
  kithkin evaluate --labels pairs.tsv --positive ND,PD --negative REL,TOP result/clusters.jsonl
  kithkin evaluate --labels pairs.tsv --positive ND --json result | jq .pair_f1
  kithkin evaluate --sample crawl/ --threshold 0.5
  kithkin evaluate --related --labels topics.tsv --at 5 lists/
  kithkin evaluate --labels topics.tsv result --errors 10 --input news.jsonl | less
)";

struct EvaluateArguments {
  EvaluateOptions options;
  CrawlInput input;  // no paths: the crawl is not at hand
  bool json = false;
  bool related = false;
  std::uint32_t k = 10;
  SampleOptions sample;
  std::vector<std::string> sampled;  // paths of the crawl to take a sample of
};

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
  using Of = Interval Intervals::*;
  const auto cell = [&](double value, Of of) {
    return decimals(value, e.intervals ? std::optional((*e.intervals).*of) : std::nullopt);
  };
  const std::string scores =
      align({{"", "precision", "recall", "F1"},
             {"pairs", cell(e.pair_precision, &Intervals::pair_precision),
              cell(e.pair_recall, &Intervals::pair_recall), cell(e.pair_f1, &Intervals::pair_f1)},
             {"B-cubed", cell(e.bcubed_precision, &Intervals::bcubed_precision),
              cell(e.bcubed_recall, &Intervals::bcubed_recall),
              cell(e.bcubed_f1, &Intervals::bcubed_f1)}});
  const std::string others =
      align({{"adjusted Rand index", cell(e.adjusted_rand, &Intervals::adjusted_rand)},
             {"purity", cell(e.purity, &Intervals::purity)},
             {"inverse purity", cell(e.inverse_purity, &Intervals::inverse_purity)},
             {"text-dedup's \"macro F1\"", decimals(e.text_dedup_macro_f1)},
             {"text-dedup's accuracy", decimals(e.text_dedup_accuracy)}},
            2);
  return scores + "\n" + others;
}

std::string render_labels(const std::vector<LabelOutcome>& labels) {
  std::vector<Row> rows = {{"label", "meaning", "rows", "found together", "share"}};
  for (const LabelOutcome& outcome : labels) {
    rows.push_back({outcome.label, std::string(to_string(outcome.meaning)),
                    std::to_string(outcome.rows), std::to_string(outcome.together),
                    decimals(share(outcome.together, outcome.rows), outcome.interval)});
  }
  return align(rows, 2);
}

std::string render_resemblance(const std::vector<ResemblanceOutcome>& outcomes) {
  std::vector<Row> rows = {{"true resemblance", "copies", "found together", "share"}};
  for (const ResemblanceOutcome& outcome : outcomes) {
    rows.push_back({range(outcome.low, outcome.high), std::to_string(outcome.pairs),
                    std::to_string(outcome.together),
                    outcome.pairs == 0
                        ? ""
                        : decimals(share(outcome.together, outcome.pairs), outcome.interval)});
  }
  return align(rows);
}

constexpr std::uint32_t kWidth = 100;  // of two texts side by side

/// The errors with their texts side by side, where the texts are at hand.
std::string render_errors(const std::string& heading, const std::vector<PairError>& errors,
                          const std::map<std::string, Document>& documents) {
  std::string out;
  for (const PairError& error : errors) {
    out += "\n" + heading + ": " + error.id_a + " and " + error.id_b;
    if (!error.label.empty()) out += ", " + error.label;
    if (error.resemblance) out += ", true resemblance " + decimals(*error.resemblance);
    out += '\n';
    const auto a = documents.find(error.id_a), b = documents.find(error.id_b);
    if (a == documents.end() || b == documents.end()) continue;
    const auto explanation = explain(a->second.text, b->second.text);
    if (explanation) out += render_explanation(a->second, b->second, *explanation, kWidth, false);
  }
  return out;
}

std::string render(const Evaluation& e) {
  std::string out = render_counts(e) + "\n" + render_pairs(e) + "\n" + render_measures(e);
  if (!e.labels.empty()) out += "\n" + render_labels(e.labels);
  if (!e.resemblance.empty()) out += "\n" + render_resemblance(e.resemblance);
  return out;
}

std::string listed(const std::vector<std::string>& ids, std::uint64_t all) {
  std::string out;
  for (const std::string& id : ids)
    out += (out.empty() ? "" : ", ") + id;
  if (all > ids.size()) out += " and " + std::to_string(all - ids.size()) + " others";
  return out;
}

/// What is odd about the files and does not keep them from being measured.
void remark(const Evaluation& e, bool is_quiet) {
  const auto say = [](const std::string& text) {
    std::fprintf(stderr, "kithkin: %s\n", text.c_str());
  };
  if (e.unknown_ids > 0)
    say(count(e.unknown_ids, "labelled id is", "labelled ids are") +
        " in no document and left out: " + listed(e.unknown, e.unknown_ids));
  if (is_quiet) return;
  if (e.overlapping_ids > 0)
    say(count(e.overlapping_ids, "labelled id stands", "labelled ids stand") +
        " in several clusters, and the first counts: " + listed(e.overlapping, e.overlapping_ids));
  if (e.repeated_pairs > 0)
    say(count(e.repeated_pairs, "row says", "rows say") + " again what an earlier one says");
  if (e.clustered_documents == 0)
    say("none of the labelled ids stands in a cluster; are they ids of this crawl?");
}

/// The texts of the listed errors.
Result<std::map<std::string, Document>> find_texts(const Evaluation& e, const CrawlInput& input,
                                                   Progress& progress) {
  std::vector<std::string> ids;
  for (const auto* errors : {&e.false_positives_listed, &e.misses_listed}) {
    for (const PairError& error : *errors)
      ids.insert(ids.end(), {error.id_a, error.id_b});
  }
  if (ids.empty() || input.paths.empty()) return std::map<std::string, Document>();
  return find_documents(input, ids, progress);
}

std::string render(const RelatedEvaluation& e) {
  if (e.pairs > 0) {
    const std::string value = e.pearson ? decimals(*e.pearson, e.pearson_interval) : "-";
    return count(e.pairs, "pair", "pairs") + " labelled, " + std::to_string(e.scored) +
           " of them scored\n\nPearson correlation  " + value + "\n";
  }
  const std::string at = "@" + std::to_string(e.k);
  return count(e.lists, "list", "lists") + " of labelled documents, " + std::to_string(e.empty) +
         " of them empty\n\n" +
         align({{"P" + at, decimals(e.precision, e.precision_interval)},
                {"nDCG" + at, decimals(e.ndcg, e.ndcg_interval)},
                {"share of empty lists", decimals(e.lists == 0 ? 0 : share(e.empty, e.lists))}},
               2);
}

int run_related_lists(const EvaluateArguments& arguments) {
  const auto& options = arguments.options;
  const auto evaluation =
      evaluate_related({options.labels, options.clusters, arguments.k, options.resamples});
  if (!evaluation) return fail(evaluation.error());
  const std::string out = arguments.json ? to_json(*evaluation) + "\n" : render(*evaluation);
  return write_out(out) ? kDone : kOutput;
}

int run_evaluate(EvaluateArguments& arguments, const Context& context) {
  if (!arguments.sampled.empty()) {
    arguments.input.paths = arguments.sampled;
    arguments.sample.resamples = arguments.options.resamples;
    return run_sample(arguments.input, arguments.sample, arguments.json, context);
  }
  if (arguments.options.labels.empty() || arguments.options.clusters.empty()) {
    return fail({ErrorCode::invalid_argument,
                 "--labels and the clusters are required, or --sample and a crawl", "", 0});
  }
  if (arguments.related) return run_related_lists(arguments);
  TerminalProgress progress(context.quiet);
  const bool has_crawl = !arguments.input.paths.empty();
  const auto evaluation = has_crawl ? evaluate_crawl(arguments.options, arguments.input, progress)
                                    : evaluate(arguments.options);
  progress.clear_bar();
  if (!evaluation) return fail(evaluation.error());
  remark(*evaluation, context.quiet);
  std::string out;
  if (arguments.json) {
    out = to_json(*evaluation) + "\n";
  } else {
    const auto texts = find_texts(*evaluation, arguments.input, progress);
    progress.clear_bar();
    if (!texts) return fail(texts.error());
    out = render(*evaluation) +
          render_errors("false positive", evaluation->false_positives_listed, *texts) +
          render_errors("miss", evaluation->misses_listed, *texts);
  }
  if (!write_out(out)) return kOutput;
  return evaluation->unknown_ids > 0 ? kRejects : kDone;
}

}  // namespace

void add_evaluate(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("evaluate", "Hold clusters against labels made by people");
  command->footer(kEvaluateFooter);
  const auto arguments = std::make_shared<EvaluateArguments>();
  EvaluateOptions& options = arguments->options;
  auto* clusters =
      command->add_option("clusters", options.clusters, "clusters.jsonl, or the directory it is in")
          ->type_name("PATH");
  auto* labels =
      command->add_option("--labels", options.labels, "The labels, a TSV with a header (see below)")
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
  command->add_option("--errors", options.errors,
                      "List that many false positives and misses of each");
  command->add_option("--resamples", options.resamples, "Of the bootstrap; 0: no intervals")
      ->check(CLI::Range(0U, 100000U))
      ->capture_default_str();
  command
      ->add_option("--input", arguments->input.paths,
                   "The crawl: shows the texts of --errors side by side, and tells labels on ids "
                   "that it\ndoes not hold (exit code 1)")
      ->allow_extra_args(false)
      ->type_name("FILE");
  auto* related = command->add_flag("--related", arguments->related,
                                    "PATH holds related lists: P@k and nDCG by labels of "
                                    "documents, Pearson's\ncorrelation by labels of pairs that "
                                    "are numbers");
  command->add_option("--at", arguments->k, "For --related: entries of a list that count")
      ->needs(related)
      ->check(CLI::Range(1U, 1000U))
      ->capture_default_str();
  for (const char* other : {"--positive", "--negative", "--errors", "--input"})
    related->excludes(command->get_option(other));
  command->add_flag("--json", arguments->json, "Print one JSON object");
  auto* sample = command->add_option("--sample", arguments->sampled,
                                     "Without labels: plant copies in a sample of this crawl, and "
                                     "say which are found");
  sample->type_name("INPUT")->excludes(clusters)->excludes(labels)->excludes(related);
  command->add_option("--sample-size", arguments->sample.documents, "Documents in the sample")
      ->needs(sample)
      ->capture_default_str();
  add_match_options(*command, arguments->sample.deduplicate);
  for (const char* of_sample : {"--profile", "--threshold", "--containment", "--keep-formula",
                                "--shingle", "--sketch", "--seed", "--threads", "--memory"})
    command->get_option(of_sample)->needs(sample);
  for (const char* of_labels : {"--positive", "--negative", "--errors", "--input"})
    sample->excludes(command->get_option(of_labels));
  add_clean_option(*command, arguments->input);
  add_field_options(*command, arguments->input.fields);
  add_quiet(*command, context);
  command->callback(
      [arguments, &context] { context.exit_code = run_evaluate(*arguments, context); });
}

}  // namespace kithkin::cli

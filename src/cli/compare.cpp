// kithkin compare: exact measures for pairs the user names.
#include <charconv>
#include <cmath>
#include <memory>

#include "cli/command.h"

namespace kithkin::cli {
namespace {

struct CompareArguments {
  CrawlInput input;
  DeduplicateOptions deduplicate;
  std::string pairs;
};

void append_number(std::string& out, double value) {
  char buffer[32];
  out += '\t';
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

std::string format(const std::vector<IdPair>& pairs, const CompareResult& result) {
  std::string out =
      "id_a\tid_b\trelation\tresemblance\tcontainment_a\tcontainment_b\trelated_score\n";
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const Comparison& c = result.comparisons[i];
    out += pairs[i].id_a + '\t' + pairs[i].id_b + '\t';
    if (c.found_a && c.found_b) {
      out += to_string(c.relation);
      append_number(out, c.measures.resemblance);
      append_number(out, c.measures.containment_a);
      append_number(out, c.measures.containment_b);
      append_number(out, std::nearbyint(c.related_score * 10000) / 10000);
    } else {
      out += "\t\t\t\t";
    }
    out += '\n';
  }
  return out;
}

int run_compare(const CompareArguments& options, const Context& context) {
  TerminalProgress progress(context.quiet);
  const auto pairs = read_id_pairs(options.pairs);
  if (!pairs) return fail(pairs.error());
  const auto result = compare_crawl(options.input, *pairs, options.deduplicate, progress);
  progress.clear_bar();
  if (!result) return fail(result.error());
  for (const std::string& id : result->unknown_ids) {
    std::fprintf(stderr, "kithkin: no document has the id %s\n", id.c_str());
  }
  for (const Error& error : result->input_errors)
    fail(error);
  if (!write_out(format(*pairs, *result))) return kOutput;
  return result->input_errors.empty() ? kDone : kInput;
}

}  // namespace

void add_compare(CLI::App& app, Context& context) {
  auto options = std::make_shared<CompareArguments>();
  CLI::App* command = app.add_subcommand("compare", "Measure pairs of documents exactly");
  command->footer(
      "\nPAIRS is a TSV whose header begins \"id_a id_b\"; more columns are ignored. The same "
      "pairs come\n"
      "back on standard output, in the same order:\n"
      "  id_a  id_b  relation  resemblance  containment_a  containment_b  related_score\n"
      "where relation is exact, near, contained, formula or none as dedup decides, and "
      "containment_a\n"
      "is the share of a that stands in b; related_score is that of kithkin related. Ids that are "
      "not in the input leave empty cells.\n\n"
      "Example:\n  kithkin compare crawl/ --pairs pairs.tsv > measured.tsv\n");
  command
      ->add_option("INPUT", options->input.paths,
                   "JSONL files (also .gz, .zst), directories of them, or - for standard input")
      ->required();
  command->add_option("--pairs", options->pairs, "TSV with the pairs")->required();
  add_match_options(*command, options->deduplicate);
  add_clean_option(*command, options->input);
  add_field_options(*command, options->input.fields);
  add_quiet(*command, context);
  command->callback([options, &context] { context.exit_code = run_compare(*options, context); });
}

}  // namespace kithkin::cli

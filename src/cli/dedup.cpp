// kithkin dedup: the spine as a command.
#include <cstdio>
#include <map>
#include <memory>

#include "cli/command.h"

namespace kithkin::cli {
namespace {

struct DedupArguments {
  CrawlInput input;
  DeduplicateCrawlOptions crawl;
  std::string keep = "longest";
  bool strict = false;
};

constexpr const char* kDedupFooter =
    "\nWrites into DIR:\n"
    "  kept.jsonl       the lines that stay, byte for byte, in input order\n"
    "  clusters.jsonl   what is a copy of what, with exact measures\n"
    "  pairs.jsonl      with --pairs: every verified pair\n"
    "  rejected.jsonl   rows that could not be read, and why\n"
    "  summary.json     counts, recipe, times, predicted recall\n\n"
    "Exit codes: 0 done, 1 done with rejects under --strict, 2 usage, 3 an input could not be "
    "read\n"
    "(the others are finished), 4 output failed, 130 interrupted (nothing is left behind).\n\n"
    "Examples:\n"
    "  kithkin dedup crawl/*.jsonl.zst --out deduped/\n"
    "  zcat dump.gz | kithkin dedup - --out deduped/ --text-field body --keep earliest\n"
    "  kithkin dedup new/ --against deduped-last-week/ --out deduped/\n";

/// "longest", "first", "earliest" or "source:a,b,c" into the options; false when it is none.
bool parse_keep(const std::string& text, DeduplicateOptions& options) {
  const std::map<std::string, Keep> plain = {
      {"longest", Keep::longest}, {"first", Keep::first}, {"earliest", Keep::earliest}};
  if (const auto found = plain.find(text); found != plain.end()) {
    options.keep = found->second;
    return true;
  }
  const std::string prefix = "source:";
  if (text.rfind(prefix, 0) != 0 || text.size() == prefix.size()) return false;
  options.keep = Keep::source;
  options.sources = CLI::detail::split(text.substr(prefix.size()), ',');
  return true;
}

std::string summary_line(const CrawlSummary& summary, const std::string& out) {
  const Counts& c = summary.counts;
  char text[400];
  std::snprintf(
      text, sizeof text, "%llu read, %llu kept, %llu removed, %llu rejected; %llu cluster%s in ",
      static_cast<unsigned long long>(c.read), static_cast<unsigned long long>(c.kept),
      static_cast<unsigned long long>(c.removed), static_cast<unsigned long long>(c.rejected),
      static_cast<unsigned long long>(c.clusters), c.clusters == 1 ? "" : "s");
  return text + out;
}

int run_dedup(DedupArguments& options, const Context& context) {
  TerminalProgress progress(context.quiet);
  const auto summary = deduplicate_crawl(options.input, options.crawl, progress);
  if (!summary) {
    progress.clear_bar();
    return fail(summary.error());
  }
  progress.note(summary_line(*summary, options.crawl.out));
  return exit_code(summary->input_errors, context.quiet,
                   options.strict && summary->counts.rejected > 0);
}

}  // namespace

void add_dedup(CLI::App& app, Context& context) {
  auto options = std::make_shared<DedupArguments>();
  CLI::App* command = app.add_subcommand("dedup", "Find the copies in a crawl and drop them");
  command->footer(kDedupFooter);
  DeduplicateCrawlOptions& crawl = options->crawl;
  command
      ->add_option("INPUT", options->input.paths,
                   "JSONL files (also .gz, .zst), directories of them, or - for standard input")
      ->required();
  command->add_option("--out", crawl.out, "Directory for the output; must be empty or new")
      ->required();
  const auto output = "Output";
  command->add_flag("--overwrite", crawl.overwrite, "Replace a former output in --out")
      ->group(output);
  command->add_flag("--clusters-only", crawl.clusters_only, "Write no kept lines")->group(output);
  command
      ->add_flag("--annotate", crawl.annotate,
                 "Keep every line, and add its \"cluster\" and \"cluster_relation\" to it")
      ->group(output);
  command->add_flag("--pairs", crawl.deduplicate.pairs, "Also write every verified pair")
      ->group(output);
  add_choice<Compression>(
      *command, "--compress", crawl.compress,
      {{"none", Compression::none}, {"gz", Compression::gzip}, {"zst", Compression::zstd}},
      "Compress the kept lines", output);
  command
      ->add_flag("--split-like-input", crawl.split_like_input,
                 "One file of kept lines for each input file, under kept/")
      ->group(output);
  command
      ->add_option("--keep", options->keep,
                   "Which copy stays: longest, first, earliest or source:a,b,c (best first)")
      ->capture_default_str()
      ->check([options](const std::string& text) {
        return parse_keep(text, options->crawl.deduplicate)
                   ? std::string()
                   : std::string("longest, first, earliest or source:a,b,c is needed");
      });
  command
      ->add_option("--against", crawl.against,
                   "Older crawl, or former output: drop what it already holds (may be repeated)")
      ->allow_extra_args(false);
  command->add_flag("--strict", options->strict, "Exit 1 when rows were rejected");
  add_match_options(*command, crawl.deduplicate);
  add_clean_option(*command, options->input);
  add_field_options(*command, options->input.fields);
  add_quiet(*command, context);
  command->callback([options, &context] { context.exit_code = run_dedup(*options, context); });
}

}  // namespace kithkin::cli

// kithkin clean: the articles without the furniture of their pages.
#include <cstdio>
#include <memory>

#include <kithkin/clean.h>

#include "cli/command.h"

namespace kithkin::cli {
namespace {

struct CleanArguments {
  CrawlInput input;
  CleanCrawlOptions crawl;
  bool strict = false;
};

constexpr const char* kCleanFooter =
    "\nWrites into DIR:\n"
    "  cleaned.jsonl    every readable line with its text cleaned, in input order; where a box of\n"
    "                   related articles was cut off, what it lists in \"observed_related\"\n"
    "  furniture.jsonl  what was removed: kind, bytes [start, end) of the text, the text, and why\n"
    "  rejected.jsonl   rows that could not be read, and why\n"
    "  summary.json     counts and times\n\n"
    "What is furniture the crawl itself teaches, so give all of it at once: a page alone loses "
    "only\n"
    "code and what it says twice.\n\n"
    "Exit codes: as kithkin dedup.\n\n"
    "Example:\n"
    "  kithkin clean crawl/*.jsonl.zst --out cleaned/\n";

std::string summary_line(const CleanSummary& summary, const std::string& out) {
  std::uint64_t removed = 0;
  for (const std::uint64_t bytes : summary.bytes)
    removed += bytes;
  const double share = 100 * static_cast<double>(removed) /
                       static_cast<double>(summary.text_bytes == 0 ? 1 : summary.text_bytes);
  char text[400];
  std::snprintf(text, sizeof text,
                "%llu read, %llu cleaned, %llu left empty, %llu rejected; %.2f %% of the text "
                "removed; in ",
                static_cast<unsigned long long>(summary.read),
                static_cast<unsigned long long>(summary.changed),
                static_cast<unsigned long long>(summary.empty),
                static_cast<unsigned long long>(summary.rejected), share);
  return text + out;
}

int run_clean(CleanArguments& options, const Context& context) {
  TerminalProgress progress(context.quiet);
  const auto summary = clean_crawl(options.input, options.crawl, progress);
  if (!summary) {
    progress.clear_bar();
    return fail(summary.error());
  }
  progress.note(summary_line(*summary, options.crawl.out));
  return exit_code(summary->input_errors, context.quiet, options.strict && summary->rejected > 0);
}

}  // namespace

void add_clean(CLI::App& app, Context& context) {
  auto options = std::make_shared<CleanArguments>();
  CLI::App* command =
      app.add_subcommand("clean", "Take the furniture of their pages off the articles of a crawl");
  command->footer(kCleanFooter);
  CleanCrawlOptions& crawl = options->crawl;
  command
      ->add_option("INPUT", options->input.paths,
                   "JSONL files (also .gz, .zst), directories of them, or - for standard input")
      ->required();
  command->add_option("--out", crawl.out, "Directory for the output; must be empty or new")
      ->required();
  const auto output = "Output";
  command->add_flag("--overwrite", crawl.overwrite, "Replace a former output in --out")
      ->group(output);
  command
      ->add_flag("--keep-original", crawl.keep_original,
                 "Add the text as it came, as \"original_text\"")
      ->group(output);
  add_choice<Compression>(
      *command, "--compress", crawl.compress,
      {{"none", Compression::none}, {"gz", Compression::gzip}, {"zst", Compression::zstd}},
      "Compress the cleaned lines", output);
  command->add_flag("--strict", options->strict, "Exit 1 when rows were rejected");
  add_machine_options(*command, crawl.threads, crawl.memory);
  add_field_options(*command, options->input.fields);
  add_quiet(*command, context);
  command->callback([options, &context] { context.exit_code = run_clean(*options, context); });
}

}  // namespace kithkin::cli

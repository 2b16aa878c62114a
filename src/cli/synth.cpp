// kithkin synth: a corpus whose truth is known. docs/cli/synth.md is its page; tests/cli runs it.
#include <cstdio>
#include <memory>

#include <kithkin/synth.h>

#include "cli/command.h"

namespace kithkin::cli {
namespace {

constexpr const char* kSynthFooter =
    "\nWrites into DIR:\n"
    "  documents.jsonl     id, url, title, text, date, lang, source; with --shards K as many "
    "files\n"
    "                      under documents/\n"
    "  truth.pairs.tsv     id_a id_b label resemblance: each copy with its original, labelled "
    "with\n"
    "                      the kind of copy; \"template\" and \"translation\" are no copies\n"
    "  truth.clusters.tsv  id cluster, for every document\n"
    "  truth.stories.tsv   id cluster, for documents on an event that others are on too\n\n"
    "The same options give the same bytes on any machine and any number of threads.\n\n"
    "Examples:\n"
    "  kithkin synth --documents 100000 --out corpus/\n"
    "  kithkin dedup corpus/documents.jsonl --out result/\n"
    "  kithkin evaluate --labels corpus/truth.clusters.tsv result/\n"
    "  kithkin synth --documents 5000 --seed-text mine.jsonl --duplicates 0.5 --out mine/\n";

int run_synth(const SynthOptions& options, const Context& context) {
  TerminalProgress progress(context.quiet);
  const auto summary = synthesize_crawl(options, progress);
  progress.clear_bar();
  if (!summary) return fail(summary.error());
  std::uint64_t copies = 0;
  for (const auto& [label, count] : summary->pairs) {
    if (label != "template" && label != "translation") copies += count;
  }
  char text[200];
  std::snprintf(text, sizeof text, "%llu documents, %llu of them copies, %.1f MB; in ",
                static_cast<unsigned long long>(summary->documents),
                static_cast<unsigned long long>(copies), static_cast<double>(summary->bytes) / 1e6);
  progress.note(text + options.out);
  return kDone;
}

}  // namespace

void add_synth(CLI::App& app, Context& context) {
  auto arguments = std::make_shared<SynthOptions>();
  SynthOptions& options = *arguments;
  CLI::App* command = app.add_subcommand("synth", "Invent a corpus whose truth is known");
  command->footer(kSynthFooter);
  command->add_option("--out", options.out, "Directory for the output; must be empty or new")
      ->required();
  command->add_option("--documents", options.documents, "How many documents")->required();
  command->add_option("--seed", options.seed, "Another seed gives another corpus")
      ->capture_default_str();
  const auto what = "What is in it";
  command
      ->add_option("--languages", options.languages,
                   "Languages with weights, as ar:3,en:2 [sixteen, Arabic first]")
      ->type_name("CODE:WEIGHT,...")
      ->group(what);
  const auto add_share = [&](const char* flag, double& share, const char* help) {
    command->add_option(flag, share, help)->type_name("SHARE")->capture_default_str()->group(what);
  };
  add_share("--duplicates", options.duplicates, "Share of documents that are copies");
  add_share("--templates", options.templates,
            "Share that fill a form which others fill too; no copies");
  add_share("--translations", options.translations,
            "Share that say in another language what an earlier one says; no copies");
  command
      ->add_flag_callback(
          "--no-furniture", [&options] { options.furniture = false; },
          "Articles alone, without what hosts put around them")
      ->group(what);
  command
      ->add_option("--seed-text", options.seed_texts.paths,
                   "Build on these articles (JSONL) instead of invented ones")
      ->type_name("FILE")
      ->group(what);
  const auto output = "Output";
  command->add_flag("--overwrite", options.overwrite, "Replace a former corpus in --out")
      ->group(output);
  command->add_option("--shards", options.shards, "Files for the documents")
      ->capture_default_str()
      ->group(output);
  add_choice<Compression>(
      *command, "--compress", options.compress,
      {{"none", Compression::none}, {"gz", Compression::gzip}, {"zst", Compression::zstd}},
      "Compress the documents", output);
  command->add_option("--threads", options.threads, "Threads to use [all]")
      ->check(CLI::Range(1U, 1024U))
      ->group("Machine");
  add_field_options(*command, options.seed_texts.fields);
  add_quiet(*command, context);
  command->callback([arguments, &context] { context.exit_code = run_synth(*arguments, context); });
}

}  // namespace kithkin::cli

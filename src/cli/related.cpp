// kithkin related: the lists of similar articles, and the stories.
#include <charconv>
#include <cstdio>
#include <memory>
#include <optional>

#include <kithkin/related.h>
#include <kithkin/related_page.h>

#include "cli/command.h"

namespace kithkin::cli {
namespace {

struct RelatedArguments {
  CrawlInput input;
  RelatedCrawlOptions crawl;
  std::string fields = "title:2,text:1";
  std::string measure;
  bool html = false;
  bool strict = false;
};

constexpr const char* kRelatedFooter =
    "\nWrites into DIR:\n"
    "  related.jsonl      a line for every readable document, in input order: its story and its\n"
    "                     list, each entry with a score from 0 to 1 and the terms it is there for\n"
    "  stories.jsonl      articles on one event, in the order of time\n"
    "  stories_log.jsonl  stories that were merged or split\n"
    "  rejected.jsonl     rows that could not be read, and why\n"
    "  summary.json       counts and times\n\n"
    "Copies are found first, as kithkin dedup does: the members of a cluster share a list, and no\n"
    "list holds two of one cluster. A score tells how rarely two random articles of a language "
    "are\n"
    "as alike: .16 is one pair in a hundred, .5 one in a thousand, .76 one in ten thousand. By\n"
    "default a list takes the nearest ten, whatever their score; --min-score .5 leaves out what\n"
    "hardly belongs there, and an empty list is better than a wrong one.\n\n"
    "Exit codes: as kithkin dedup.\n\n"
    "Examples:\n"
    "  kithkin related crawl/*.jsonl.zst --out related/ --min-score 0.5\n"
    "  kithkin related news/ --out related/ --window 30 --half-life 7 --per-host 3\n"
    "  kithkin related crawl/ --query today.jsonl --out related-today/\n"
    "  kithkin related crawl/ --out related/ --vectors embedding\n";

std::optional<double> parse_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "title:2,text:1"; a field that is not named counts for nothing.
bool parse_fields(std::string_view text, RelatedOptions& options) {
  options.title_weight = options.text_weight = 0;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    const std::size_t colon = part.find(':');
    const auto weight =
        colon == std::string_view::npos ? std::optional(1.0) : parse_number(part.substr(colon + 1));
    const std::string_view name = part.substr(0, colon);
    if (!weight || (name != "title" && name != "text")) return false;
    (name == "title" ? options.title_weight : options.text_weight) = *weight;
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
  return options.title_weight + options.text_weight > 0;
}

/// "P@10"
bool parse_measure(std::string_view text, std::uint32_t& measure) {
  if (!text.starts_with("P@")) return false;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), measure);
  return error == std::errc() && end == text.data() + text.size() && measure > 0;
}

std::string summary_line(const RelatedSummary& summary, const std::string& out) {
  char text[400];
  std::snprintf(text, sizeof text,
                "%llu read, %llu articles without their copies, %llu with a list (%.1f entries), "
                "%llu stories, %llu rejected; in ",
                static_cast<unsigned long long>(summary.read),
                static_cast<unsigned long long>(summary.articles),
                static_cast<unsigned long long>(summary.lists),
                summary.lists == 0
                    ? 0.0
                    : static_cast<double>(summary.entries) / static_cast<double>(summary.lists),
                static_cast<unsigned long long>(summary.stories),
                static_cast<unsigned long long>(summary.rejected));
  return text + out;
}

int run_related(RelatedArguments& options, const Context& context) {
  TerminalProgress progress(context.quiet);
  const auto summary = relate_crawl(options.input, options.crawl, progress);
  if (!summary) {
    progress.clear_bar();
    return fail(summary.error());
  }
  if (options.html) {
    const auto page = write_related_page(options.crawl.out);
    if (!page) return fail(page.error());
  }
  progress.note(summary_line(*summary, options.crawl.out));
  if (summary->precision) {
    char line[64];
    std::snprintf(line, sizeof line, "%s\t%.4f\n", options.measure.c_str(), *summary->precision);
    if (!write_out(line)) return kOutput;
  }
  return exit_code(summary->input_errors, context.quiet, options.strict && summary->rejected > 0);
}

void add_list_options(CLI::App& command, RelatedOptions& related) {
  const auto group = "What may stand in a list";
  command.add_option("--top", related.top, "Entries of a list at most")
      ->capture_default_str()
      ->group(group);
  command.add_option("--min-score", related.min_score, "Leave out entries with a score below")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--window", related.window,
                  "Days between an article and an entry at most; 0: any. Articles without a date\n"
                  "stay")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--half-life", related.half_life,
                  "Days between the two after which a score counts half; 0: never")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--diversity", related.diversity,
                  "From 0 to 1: how far entries are chosen to be unlike each other (MMR)")
      ->capture_default_str()
      ->group(group);
  command.add_option("--per-host", related.per_host, "Entries of one host at most; 0: any")
      ->capture_default_str()
      ->group(group);
  command.add_flag("--cross-host-only", related.cross_host_only, "Entries of other hosts only")
      ->group(group);
}

}  // namespace

void add_related(CLI::App& app, Context& context) {
  auto options = std::make_shared<RelatedArguments>();
  CLI::App* command =
      app.add_subcommand("related", "List similar articles for each one, and draw up stories");
  command->footer(kRelatedFooter);
  RelatedCrawlOptions& crawl = options->crawl;
  command
      ->add_option("INPUT", options->input.paths,
                   "JSONL files (also .gz, .zst), directories of them, or - for standard input")
      ->required();
  command->add_option("--out", crawl.out, "Directory for the output; must be empty or new")
      ->required();
  command->add_flag("--overwrite", crawl.overwrite, "Replace a former output in --out")
      ->group("Output");
  command
      ->add_flag("--html", options->html,
                 "Also write related.html, a page to look at, and related_snippet.html, a template "
                 "for sites")
      ->group("Output");
  command
      ->add_option("--query", crawl.queries,
                   "New documents: lists for them, of articles of INPUT (may be repeated)")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--vectors", options->input.fields.vector,
          "Field that holds a vector of each article, an array of numbers by a model of "
          "yours:\nthey take part in the scores and relate articles of different languages")
      ->check([](const std::string& field) {
        return field.empty() ? std::string("a field is needed") : std::string();
      });
  add_list_options(*command, crawl.related);
  command->add_option("--fields", options->fields, "What each field counts for")
      ->capture_default_str()
      ->check([options](const std::string& text) {
        return parse_fields(text, options->crawl.related)
                   ? std::string()
                   : std::string("weights such as title:2,text:1 are needed");
      });
  command
      ->add_option("--measure", options->measure,
                   "P@k: print the share of the first k entries with a label of their article")
      ->check([options](const std::string& text) {
        return parse_measure(text, options->crawl.measure) ? std::string()
                                                           : std::string("P@10 or so is needed");
      });
  command->add_option("--labels", crawl.labels,
                      "For --measure: a TSV \"id cluster\"; several labels have | between them");
  command->add_flag("--strict", options->strict, "Exit 1 when rows were rejected");
  add_match_options(*command, crawl.related.deduplicate);
  add_clean_option(*command, options->input);
  add_field_options(*command, options->input.fields);
  add_quiet(*command, context);
  command->callback([options, &context] { context.exit_code = run_related(*options, context); });
}

}  // namespace kithkin::cli

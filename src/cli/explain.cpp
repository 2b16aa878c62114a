// kithkin explain: two documents side by side. docs/cli/explain.md is its page.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>
#include <vector>

#include "cli/command.h"

namespace kithkin::cli {
namespace {

constexpr const char* kExplainFooter = R"(
Shows why two documents are copies or are not: their relation and measures, then what differs,
numbers and names first, then the passages that stand in both, side by side.

The relation is exact, near, contained or formula, by the options above, or "not copies". A number
or a name that differs is often the whole news: two forecasts of one service share most of their
words and are about two days. Passages are found wherever they stand, also in another order, with
the number of other documents of the input in which their rarest words stand: what only two texts
share is copied, what many share is common. From standard input, which cannot be read again, there
are no such numbers, and no formulas.

Ids are those of the input; where a document has none, its file and line, such as crawl/a.jsonl:7.
Of documents with one id the first is taken.

Examples:
  kithkin explain crawl/ paper-31 paper-87
  kithkin explain old.jsonl.gz new.jsonl.gz 4711 4712 --threshold 0.5 --width 160
  kithkin explain crawl/ paper-31 paper-87 --color always | less -R
)";

struct ExplainArguments {
  std::vector<std::string> inputs_and_ids;
  CrawlInput input;
  DeduplicateOptions deduplicate;
  std::uint32_t width = 0;
  std::string color = "auto";
};

/// CLI11 has no words for "some, and then two".
class UsageOfExplain final : public CLI::Formatter {
  std::string make_usage(const CLI::App* /*app*/, std::string name) const override {
    return "Usage: " + name + " [OPTIONS] INPUT... ID_A ID_B\n";
  }
};

std::uint32_t width_to_use() {
  constexpr std::uint32_t kElsewhere = 100;
  struct winsize size {};
  const bool known = ::isatty(STDOUT_FILENO) != 0 &&
                     ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kElsewhere;
}

bool wants_color(const std::string& when) {
  if (when != "auto") return when == "always";
  const char* no_color = std::getenv("NO_COLOR");  // https://no-color.org
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0') &&
         (terminal == nullptr || std::string_view(terminal) != "dumb");
}

Result<std::map<std::string, Document>> find(const CrawlInput& input,
                                             const std::vector<std::string>& ids, bool quiet) {
  TerminalProgress progress(quiet);  // its bar is gone before the page is written
  return find_documents(input, ids, progress);
}

/// Files and directories; standard input and pipes are gone once they are read.
bool can_be_read_again(const std::vector<std::string>& paths) {
  return std::all_of(paths.begin(), paths.end(), [](const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    return path != "-" &&
           (std::filesystem::is_regular_file(status) || std::filesystem::is_directory(status));
  });
}

int run_explain(ExplainArguments arguments, const Context& context) {
  auto& inputs = arguments.inputs_and_ids;
  if (inputs.size() < 3) {
    return fail(
        {ErrorCode::invalid_argument, "explain takes INPUT... ID_A ID_B: inputs and two ids"});
  }
  const std::vector<std::string> ids(inputs.end() - 2, inputs.end());
  inputs.resize(inputs.size() - 2);
  arguments.input.paths = inputs;
  const auto documents = find(arguments.input, ids, context.quiet);
  if (!documents) return fail(documents.error());
  int code = kDone;
  for (const std::string& id : ids) {
    if (documents->contains(id)) continue;
    code = fail({ErrorCode::input, "no document has the id " + id});
  }
  if (code != kDone) return code;
  const Document &a = documents->at(ids[0]), &b = documents->at(ids[1]);
  auto explanation = explain(a.text, b.text, arguments.deduplicate);
  if (!explanation) return fail(explanation.error());
  if (can_be_read_again(inputs)) {
    TerminalProgress progress(true);
    const auto done =
        explain_in_crawl(arguments.input, a, b, arguments.deduplicate, progress, *explanation);
    if (!done) return fail(done.error());
  }
  const std::uint32_t width = arguments.width != 0 ? arguments.width : width_to_use();
  const bool color = wants_color(arguments.color);
  return write_out(render_explanation(a, b, *explanation, width, color)) ? kDone : kOutput;
}

}  // namespace

void add_explain(CLI::App& app, Context& context) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* command = app.add_subcommand("explain", "Show two documents side by side");
  command->footer(kExplainFooter);
  command->formatter(std::make_shared<UsageOfExplain>());
  command
      ->add_option("INPUT", arguments->inputs_and_ids,
                   "JSONL files (also .gz, .zst), directories of them, or - for standard input;\n"
                   "the last two arguments are the ids of the documents")
      ->option_text("... ID_A ID_B")
      ->required();
  command->add_option("--width", arguments->width, "Columns to use [the terminal's, or 100]")
      ->check(CLI::Range(20, 10'000))
      ->option_text("N");
  command->add_option("--color", arguments->color, "Bold and dim text [on a terminal]")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->option_text("auto|always|never");
  add_match_options(*command, arguments->deduplicate);
  add_clean_option(*command, arguments->input);
  add_field_options(*command, arguments->input.fields);
  add_quiet(*command, context);
  command->callback(
      [arguments, &context] { context.exit_code = run_explain(*arguments, context); });
}

}  // namespace kithkin::cli

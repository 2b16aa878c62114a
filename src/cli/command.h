// What every subcommand shares: exit codes, messages, progress on a terminal.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include <kithkin/kithkin.h>

namespace kithkin::cli {

/// Documented in docs/cli/README.md.
enum ExitCode : int {
  kDone = 0,
  kRejects = 1,  // done, but rows were rejected and --strict was given, or labels left out
  kUsage = 2,
  kInput = 3,
  kOutput = 4,
  kInterrupted = 130,
};

/// What main() and the subcommands hand each other. A subcommand's callback sets `exit_code`.
struct Context {
  bool quiet = false;
  int exit_code = kDone;
};

/// Each declares its subcommand with its options and its callback. `context` outlives the app.
void add_dedup(CLI::App& app, Context& context);
void add_clean(CLI::App& app, Context& context);
void add_compare(CLI::App& app, Context& context);
void add_related(CLI::App& app, Context& context);
void add_explain(CLI::App& app, Context& context);
void add_evaluate(CLI::App& app, Context& context);
void add_synth(CLI::App& app, Context& context);

/// Prints "kithkin: <error>" on standard error and returns the exit code that goes with it.
int fail(const Error& error);

/// The exit code of a job that is done: some inputs failed (named here when warnings were quiet),
/// or rows were rejected where that counts.
int exit_code(const std::vector<Error>& input_errors, bool is_quiet, bool has_strict_rejects);

/// Writes all of `text` to standard output; false (after a message) when that cannot be done.
bool write_out(std::string_view text);

/// Declares --quiet.
void add_quiet(CLI::App& command, Context& context);

/// Declares --id-field, --text-field and the others.
void add_field_options(CLI::App& command, FieldNames& fields);

/// Declares --threshold, --containment, --shingle, --seed, --sketch, --threads and --memory.
void add_match_options(CLI::App& command, DeduplicateOptions& options);

/// Declares --no-clean.
void add_clean_option(CLI::App& command, CrawlInput& input);

/// Declares --threads and --memory.
void add_machine_options(CLI::App& command, unsigned& threads, std::uint64_t& memory);

/// Declares an option that takes one of some names; the first is the default.
template <class Value>
void add_choice(CLI::App& command, const std::string& flag, Value& target,
                const std::vector<std::pair<std::string, Value>>& choices, const std::string& what,
                const std::string& group) {
  std::vector<std::string> names;
  for (const auto& choice : choices)
    names.push_back(choice.first);
  const auto choose = [&target, choices](const std::string& name) {
    for (const auto& choice : choices) {
      if (choice.first == name) target = choice.second;
    }
  };
  command.add_option_function<std::string>(flag, choose, what)
      ->check(CLI::IsMember(names))
      ->type_name("")
      ->option_text(CLI::detail::join(names, "|") + " [" + names[0] + "]")
      ->group(group);
}

/// Progress for people: a bar on a terminal, plain lines elsewhere, warnings either way, nothing
/// but errors when quiet. Its cancelled() turns true on the first Ctrl-C.
class TerminalProgress final : public Progress {
 public:
  explicit TerminalProgress(bool quiet);
  ~TerminalProgress() override;
  void begin(std::string_view pass, std::uint64_t total) override;
  void advance(std::uint64_t done) override;
  void warn(const Error& what) override;
  void note(std::string_view what) override;
  [[nodiscard]] bool cancelled() const override;
  void clear_bar();

 private:
  bool quiet_ = false;
  bool terminal_ = false;
  bool bar_shown_ = false;
  std::string pass_;
  std::uint64_t total_ = 0;
  std::uint64_t warnings_ = 0;
  double began_ = 0, drawn_ = 0;

  static constexpr std::uint64_t kMostWarnings = 20;  // shown; all are in rejected.jsonl
};

}  // namespace kithkin::cli

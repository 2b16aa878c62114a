// The tool: one subcommand a file.
#include <csignal>
#include <exception>

#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace kithkin::cli;
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error like others (exit 4)
  Context context;
  CLI::App app(
      "Finds the copies in a crawl of articles in any language, says for each one what it is a "
      "copy of\nand how we know, and lists for each article those on the same matter.\n\n"
      "  kithkin dedup crawl/*.jsonl.zst --out deduped/     drop the copies, write the clusters\n"
      "  kithkin clean crawl/ --out cleaned/                take the furniture off the articles\n"
      "  kithkin related crawl/ --out related/              list similar articles, draw up "
      "stories\n"
      "  kithkin compare crawl/ --pairs pairs.tsv           measure pairs you name\n"
      "  kithkin explain crawl/ ID_A ID_B                   two articles side by side\n"
      "  kithkin evaluate --labels labels.tsv deduped/      hold clusters against labels\n"
      "  kithkin synth --documents 100000 --out corpus/     invent a corpus whose truth is known\n",
      "kithkin");
  app.set_version_flag("--version", "kithkin " KITHKIN_VERSION);
  app.require_subcommand(1);
  app.failure_message([](const CLI::App* at, const CLI::Error& error) {
    const auto commands = at->get_subcommands();
    const std::string command = commands.empty() ? "" : commands[0]->get_name() + " ";
    return std::string("kithkin: ") + error.what() + "\nTry: kithkin " + command + "--help\n";
  });
  add_dedup(app, context);
  add_clean(app, context);
  add_compare(app, context);
  add_related(app, context);
  add_explain(app, context);
  add_evaluate(app, context);
  add_synth(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  } catch (const std::exception& error) {  // memory that is not to be had, above all
    return fail({kithkin::ErrorCode::limit, std::string("stopped: ") + error.what(), "", 0});
  }
  return context.exit_code;
}

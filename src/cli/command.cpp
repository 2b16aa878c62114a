// Messages, progress and the options that commands share.
#include "cli/command.h"

#include <atomic>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <optional>
#include <sys/ioctl.h>
#include <unistd.h>

namespace kithkin::cli {
namespace {

std::atomic<bool> interrupted{false};

void on_interrupt(int signal) {
  if (interrupted.exchange(true)) {  // the second time: no more waiting
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;  // no SA_RESTART: a blocked read returns
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int terminal_width() {
  struct winsize size {};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

std::string amount(double bytes) {
  const char* units[] = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 1000 && unit < 4)
    bytes /= 1000, ++unit;
  char out[32];
  std::snprintf(out, sizeof out, unit > 0 && bytes < 100 ? "%.1f %s" : "%.0f %s", bytes,
                units[unit]);
  return out;
}

std::string minutes(double seconds) {
  char out[32];
  const auto whole = static_cast<long>(seconds + 0.5);
  std::snprintf(out, sizeof out, "%ld:%02ld", whole / 60, whole % 60);
  return out;
}

/// "500M", "1.5GB", "64 KiB" or plain bytes, by powers of 1024; nothing when it is none, or 0.
std::optional<std::uint64_t> parse_size(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string unit(end, text.data() + text.size());
  while (!unit.empty() && unit.front() == ' ')
    unit.erase(0, 1);
  for (char& c : unit)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (unit.ends_with("IB"))
    unit.resize(unit.size() - 2);
  else if (unit.ends_with("B"))
    unit.resize(unit.size() - 1);
  const std::size_t power = unit.empty() ? 0 : std::string("KMGT").find(unit) + 1;
  if (error != std::errc() || unit.size() > 1 || (power == 0 && !unit.empty())) return std::nullopt;
  const double bytes = number * std::pow(1024.0, static_cast<double>(power));
  if (!(bytes >= 1 && bytes < 1e18)) return std::nullopt;
  return static_cast<std::uint64_t>(bytes);
}

void say(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

}  // namespace

int fail(const Error& error) {
  say("kithkin: " + error.describe() +
      (error.code == ErrorCode::cancelled ? "; nothing was written" : ""));
  switch (error.code) {
    case ErrorCode::invalid_argument: return kUsage;
    case ErrorCode::input:
    case ErrorCode::limit: return kInput;
    case ErrorCode::output: return kOutput;
    case ErrorCode::cancelled: return kInterrupted;
  }
  return kInput;
}

int exit_code(const std::vector<Error>& input_errors, bool is_quiet, bool has_strict_rejects) {
  if (is_quiet) {
    for (const Error& error : input_errors)
      fail(error);
  }
  if (!input_errors.empty()) return kInput;
  return has_strict_rejects ? kRejects : kDone;
}

bool write_out(std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(STDOUT_FILENO, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      say(std::string("kithkin: standard output cannot be written: ") + std::strerror(errno));
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

void add_quiet(CLI::App& command, Context& context) {
  command.add_flag("--quiet", context.quiet, "Say nothing but errors");
}

void add_field_options(CLI::App& command, FieldNames& fields) {
  const auto add = [&](const char* flag, std::string& name, const char* what) {
    command.add_option(flag, name, std::string("Field that holds ") + what)
        ->capture_default_str()
        ->group("Fields (a dotted path for nested ones)");
  };
  add("--id-field", fields.id, "the id");
  add("--url-field", fields.url, "the address");
  add("--title-field", fields.title, "the title");
  add("--text-field", fields.text, "the text; the only one that must be there");
  add("--date-field", fields.date, "the date: ISO 8601, RFC 822, epoch seconds or milliseconds");
  add("--lang-field", fields.lang, "the language");
  add("--source-field", fields.source, "the source, for --keep source:...");
  add("--html-field", fields.html, "a whole page in HTML, to take the text out of");
}

void add_clean_option(CLI::App& command, CrawlInput& input) {
  command
      .add_flag_callback(
          "--no-clean", [&input] { input.clean = false; },
          "Compare the texts as they are, with the furniture of their pages")
      ->group("What counts as a copy");
}

void add_machine_options(CLI::App& command, unsigned& threads, std::uint64_t& memory) {
  command.add_option("--threads", threads, "Threads to use [all]")
      ->check(CLI::Range(1U, 1024U))
      ->group("Machine");
  command
      .add_option_function<std::string>(
          "--memory", [&memory](const std::string& text) { memory = parse_size(text).value_or(0); },
          "Memory for sorting and buffers, such as 500M or 4G [a quarter of the machine's];\n"
          "more than fits goes to temporary files")
      ->check([](const std::string& text) {
        return parse_size(text) ? std::string()
                                : "\"" + text + "\" is no size: write 500M, 1.5G or bytes";
      })
      ->type_name("SIZE")
      ->group("Machine");
  const std::map<std::string, Simd> names = {{"auto", Simd::automatic},
                                             {"scalar", Simd::scalar},
                                             {"avx2", Simd::avx2},
                                             {"avx512", Simd::avx512}};
  command
      .add_option_function<std::string>(
          "--simd",
          [names](const std::string& name) {
            const Result<void> chosen = use_simd(names.at(name));
            if (!chosen) throw CLI::ValidationError("--simd", chosen.error().message);
          },
          "Vector instructions to use; the output is the same with all")
      ->check(CLI::IsMember(names))
      ->type_name("")
      ->option_text("auto|scalar|avx2|avx512 [auto]")
      ->group("Machine");
}

void add_match_options(CLI::App& command, DeduplicateOptions& options) {
  const auto group = "What counts as a copy";
  // Before the thresholds: what is given by name is taken in this order, and they have the last
  // word.
  add_choice<MatchOptions>(
      command, "--profile", options.match, {{"web", kWebProfile}, {"news", kNewsProfile}},
      "Thresholds for crawls of pages (0.6 and 0.8), or for news (0.3 and 0.5), which finds "
      "agency\n"
      "copy that was cut and rewritten; --threshold and --containment given beside it win",
      group);
  command
      .add_option("--threshold", options.match.threshold,
                  "Least resemblance (share of common shingles) of a near copy")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--containment", options.match.containment,
                  "Least share of the shorter text that stands in the longer one; 0 turns it off")
      ->capture_default_str()
      ->group(group);
  add_choice<bool>(command, "--keep-formula", options.keep_formula, {{"off", false}, {"on", true}},
                   "off: texts that fill one formula with different facts are no copies; on: they\n"
                   "count as copies where they resemble each other enough",
                   group);
  command.add_option("--shingle", options.shingle, "Words in a shingle")
      ->capture_default_str()
      ->group(group);
  add_choice<SketchKind>(command, "--sketch", options.sketch,
                         {{"minhash", SketchKind::minhash}, {"simhash", SketchKind::simhash}},
                         "How candidates are found; copies are decided on the shingles either way",
                         group);
  command.add_option("--seed", options.seed, "Seed of the sketch")
      ->check([](const std::string& text) {
        const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
        return is_number ? std::string() : "\"" + text + "\" is no number from 0 up";
      })
      ->capture_default_str()
      ->group(group);
  add_machine_options(command, options.threads, options.memory);
}

TerminalProgress::TerminalProgress(bool quiet)
    : quiet_(quiet), terminal_(::isatty(STDERR_FILENO) != 0) {
  catch_interrupts();
}

TerminalProgress::~TerminalProgress() {
  clear_bar();
  if (warnings_ > kMostWarnings && !quiet_) {
    say("kithkin: " + std::to_string(warnings_ - kMostWarnings) + " more warnings were not shown");
  }
}

void TerminalProgress::clear_bar() {
  if (!bar_shown_) return;
  std::fputs("\r\x1b[K", stderr);
  bar_shown_ = false;
}

void TerminalProgress::begin(std::string_view pass, std::uint64_t total) {
  clear_bar();
  pass_ = pass;
  total_ = total;
  began_ = now();
  drawn_ = 0;
  if (!quiet_ && !terminal_) say("kithkin: " + pass_);
}

void TerminalProgress::advance(std::uint64_t done) {
  if (quiet_ || !terminal_) return;
  const double time = now();
  if (time - drawn_ < 0.1) return;
  drawn_ = time;
  const double elapsed = time - began_;
  std::string line = pass_;
  const bool bytes = total_ > 100000;
  if (total_ > 0) {
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
    line += "  " + std::to_string(static_cast<int>(share * 100)) + " %";
    if (bytes && elapsed > 0.3) line += "  " + amount(static_cast<double>(done) / elapsed) + "/s";
    if (share > 0.01 && elapsed > 1) line += "  " + minutes(elapsed / share - elapsed) + " left";
    const int room = std::min(30, terminal_width() - static_cast<int>(line.size()) - 4);
    if (room >= 10) {
      const int full = static_cast<int>(share * room);
      line += "  [" + std::string(static_cast<std::size_t>(full), '=') +
              std::string(static_cast<std::size_t>(room - full), ' ') + "]";
    }
  } else {
    line += "  " + std::to_string(done);
  }
  std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
  std::fflush(stderr);
  bar_shown_ = true;
}

void TerminalProgress::warn(const Error& what) {
  if (++warnings_ > kMostWarnings || quiet_) return;
  clear_bar();
  say("kithkin: " + what.describe());
}

void TerminalProgress::note(std::string_view what) {
  if (quiet_) return;
  clear_bar();
  say("kithkin: " + std::string(what));
}

bool TerminalProgress::cancelled() const { return interrupted; }

}  // namespace kithkin::cli

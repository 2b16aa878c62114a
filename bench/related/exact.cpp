// How fast the search for related articles is, and what it misses: beside an exact index that
// measures the same likeness (plain_index.h), on the same articles, one thread each.
//
//   exact [--queries K] [--runs N] [--exact-up-to N] [--floor SPEEDUP RECALL] CRAWL...
//
// Each crawl is read and its articles placed as `kithkin related` does it; only copies are left in,
// but for exact ones. Then each language is searched twice: as the tool does it, for all articles;
// and by the exact index, built anew, for K of them (1000), spread over the language, from which
// the time for all is reckoned. The two take turns, N times (3), and medians are printed, one row
// of Markdown a crawl. Seconds are those of the processor, so that a machine with other work counts
// for little; `had the core` tells how much of the clock's they were at worst.
//
// With --exact-up-to, the tool searches languages of more than N articles in cells
// (relate/cells.h), as it does by itself beyond NeighborSearch::kMostExact.
//
// Recall is the share of the exact ten nearest that the tool's ten hold; of those at the same
// distance as the tenth, any will do. With --floor the exit code is 1 where a crawl stays below.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "base/try.h"
#include "engine/crawl_reader.h"
#include "engine/job.h"
#include "engine/related_lists.h"
#include "engine/relater.h"
#include "relate/neighbors.h"
#include "related/plain_index.h"

namespace kithkin::bench {
namespace {

constexpr std::size_t kTop = 10;
constexpr float kSame = 1e-6F;  // what the order of a sum of floats may make of it

struct Settings {
  std::size_t queries = 1000, runs = 3;
  std::size_t most_exact = NeighborSearch::kMostExact;
  double least_speedup = 0, least_recall = 0;
  std::vector<std::string> crawls;
};

/// Seconds of the processor and by the clock.
struct Seconds {
  double processor = 0, clock = 0;
  Seconds& operator+=(const Seconds& other) {
    processor += other.processor;
    clock += other.clock;
    return *this;
  }
  Seconds operator*(double times) const { return {processor * times, clock * times}; }
};

class Stopwatch {
 public:
  [[nodiscard]] Seconds elapsed() const {
    return {read(CLOCK_PROCESS_CPUTIME_ID) - processor_, read(CLOCK_MONOTONIC) - clock_};
  }

 private:
  static double read(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  }
  double processor_ = read(CLOCK_PROCESS_CPUTIME_ID), clock_ = read(CLOCK_MONOTONIC);
};

struct Recall {
  std::uint64_t found = 0, wanted = 0;
  [[nodiscard]] double share() const {
    return wanted == 0 ? 1 : static_cast<double>(found) / static_cast<double>(wanted);
  }
};

struct Run {
  Seconds tool, exact;
  [[nodiscard]] double speedup() const { return exact.processor / tool.processor; }
};

/// A crawl's articles in their places.
class Crawl {
 public:
  static Result<void> measure(const std::string& path, const Settings& settings, bool& is_good) {
    RelatedOptions options;
    options.deduplicate.threads = 1;
    Progress progress;
    KITHKIN_TRY_ASSIGN(JobContext job, JobContext::make(options.deduplicate, "", progress));
    CrawlInput input;
    input.paths = {path};
    CrawlReader reader(job, input);
    KITHKIN_TRY(reader.list({}, input.paths, ""));
    KITHKIN_TRY(reader.sketch({}));
    DocumentSet articles(reader.catalog().size());
    for (std::uint32_t d = 0; d < reader.catalog().size(); ++d)
      articles.insert(reader.catalog().twin(d));
    articles.freeze();
    Relater relater(job, reader, options);
    KITHKIN_TRY(relater.read(articles, UINT32_MAX));

    Crawl crawl(relater, options, settings.most_exact, progress);
    std::vector<Run> runs(settings.runs);
    Recall recall;
    for (Run& run : runs) {
      recall = {};
      for (LanguageArticles& language : relater.languages())
        KITHKIN_TRY(crawl.search(language, settings.queries, run, recall));
    }
    const double speedup = report(path, relater.size(), runs, recall);
    is_good =
        is_good && speedup >= settings.least_speedup && recall.share() >= settings.least_recall;
    return {};
  }

 private:
  Crawl(const Relater& relater, const RelatedOptions& options, std::size_t most_exact,
        Progress& progress)
      : relater_(relater), options_(options), most_exact_(most_exact), progress_(progress) {}

  Result<void> search(const LanguageArticles& language, std::size_t queries, Run& run,
                      Recall& recall) {
    const ArticleSet& articles = language.articles;
    const CopyPairs no_copies;
    const RelatedLists chooser(relater_, no_copies, options_);
    const Stopwatch tool;
    NeighborSearch search{1, &progress_};
    search.most_exact = most_exact_;
    search.weigh = [&](std::uint32_t a, std::uint32_t b, float similarity) {
      return chooser.weigh(articles.numbers[a], articles.numbers[b], similarity,
                           language.calibration);
    };
    NeighborLists lists(articles.size(), chooser.pool());
    KITHKIN_TRY(find_neighbors(articles, search, lists));
    KITHKIN_TRY(measure_again(articles, articles, search, lists));
    run.tool += tool.elapsed();

    const Stopwatch building;
    KITHKIN_TRY_ASSIGN(PlainIndex index, PlainIndex::build(articles));
    run.exact += building.elapsed();
    Seconds searching;
    queries = std::min(queries, articles.size());
    for (std::size_t q = 0; q < queries; ++q) {
      const auto article = static_cast<std::uint32_t>(q * articles.size() / queries);
      const Stopwatch exact;
      KITHKIN_TRY_ASSIGN(const std::vector<Neighbor> nearest, index.search(article, kTop));
      searching += exact.elapsed();
      compare(lists.of(article), nearest, index.similarities(), recall);
    }
    run.exact += searching * (static_cast<double>(articles.size()) / static_cast<double>(queries));
    return {};
  }

  static void compare(std::span<const Neighbor> list, std::span<const Neighbor> nearest,
                      std::span<const float> similarities, Recall& recall) {
    if (nearest.empty()) return;
    const float least = nearest.back().similarity - kSame;
    std::uint64_t found = 0;
    for (const Neighbor& neighbor : list.first(std::min(list.size(), kTop)))
      found += similarities[neighbor.article] >= least ? 1 : 0;
    recall.found += std::min<std::uint64_t>(found, nearest.size());
    recall.wanted += nearest.size();
  }

  /// Prints the row of a crawl. Returns the speedup.
  static double report(const std::string& path, std::size_t articles, std::vector<Run>& runs,
                       const Recall& recall) {
    double core = 1;
    for (const Run& run : runs) {
      for (const Seconds& seconds : {run.tool, run.exact})
        core = std::min(core, seconds.processor / seconds.clock);
    }
    const auto median = [&](auto value) {
      std::vector<double> values;
      for (const Run& run : runs)
        values.push_back(value(run));
      std::sort(values.begin(), values.end());
      return values[values.size() / 2];
    };
    const double tool = median([](const Run& run) { return run.tool.processor; });
    const double exact = median([](const Run& run) { return run.exact.processor; });
    const auto [low, high] =
        std::minmax_element(runs.begin(), runs.end(),
                            [](const Run& a, const Run& b) { return a.speedup() < b.speedup(); });
    const double speedup = median([](const Run& run) { return run.speedup(); });
    const auto count = static_cast<double>(articles);
    std::printf("| %s | %zu | %.2f | %.0f | %.2f | %.0f | %.2f (%.2f to %.2f) | %.4f | %.0f%% |\n",
                path.substr(path.rfind('/') + 1).c_str(), articles, tool, count / tool, exact,
                count / exact, speedup, low->speedup(), high->speedup(), recall.share(),
                100 * core);
    std::fflush(stdout);
    return speedup;
  }

  const Relater& relater_;
  const RelatedOptions& options_;
  std::size_t most_exact_;
  Progress& progress_;
};

template <class Number>
bool read_number(const char* text, Number& number) {
  const char* end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, number);
  return error == std::errc() && stop == end && number > 0;
}

bool read_settings(int argc, char** argv, Settings& settings) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (!word.starts_with("--")) {
      settings.crawls.emplace_back(word);
    } else if (word == "--queries" && i + 1 < argc) {
      if (!read_number(argv[++i], settings.queries)) return false;
    } else if (word == "--exact-up-to" && i + 1 < argc) {
      if (!read_number(argv[++i], settings.most_exact)) return false;
    } else if (word == "--runs" && i + 1 < argc) {
      if (!read_number(argv[++i], settings.runs)) return false;
    } else if (word == "--floor" && i + 2 < argc) {
      if (!read_number(argv[++i], settings.least_speedup)) return false;
      if (!read_number(argv[++i], settings.least_recall)) return false;
    } else {
      return false;
    }
  }
  return !settings.crawls.empty();
}

int run(int argc, char** argv) {
  Settings settings;
  if (!read_settings(argc, argv, settings)) {
    std::fputs(
        "usage: exact [--queries K] [--runs N] [--exact-up-to N] [--floor SPEEDUP RECALL] "
        "CRAWL...\n",
        stderr);
    return 2;
  }
  std::puts(
      "| crawl | articles | kithkin, s | documents/s/core | exact, s | documents/s/core | "
      "times as fast | recall@10 | had the core |\n"
      "|---|---:|---:|---:|---:|---:|---:|---:|---:|");
  bool is_good = true;
  for (const std::string& crawl : settings.crawls) {
    if (const auto measured = Crawl::measure(crawl, settings, is_good); !measured) {
      std::fprintf(stderr, "%s\n", measured.error().describe().c_str());
      return 3;
    }
  }
  return is_good ? 0 : 1;
}

}  // namespace
}  // namespace kithkin::bench

int main(int argc, char** argv) { return kithkin::bench::run(argc, argv); }

// The whole job on the corpus, as `kithkin dedup` does it: the same call, the same defaults.
#include <benchmark/benchmark.h>
#include <string>

#include <kithkin/crawl.h>

#include "base/file.h"
#include "corpus_file.h"

namespace kithkin::bench {
namespace {

void deduplicate_the_corpus(benchmark::State& state, bool clusters_only) {
  if (!has_corpus(state)) return;
  auto directory = TemporaryDirectory::create("", "kithkin-bench-");
  if (!directory) return state.SkipWithError(directory.error().describe().c_str());
  CrawlInput input;
  input.paths = {corpus_path()};
  DeduplicateCrawlOptions options;
  options.out = directory->file("out");
  options.overwrite = true;
  options.clusters_only = clusters_only;
  options.deduplicate.threads = static_cast<unsigned>(state.range(0));
  Progress silent;
  std::uint64_t bytes = 0, removed = 0;
  for (auto _ : state) {
    const auto summary = deduplicate_crawl(input, options, silent);
    if (!summary) return state.SkipWithError(summary.error().describe().c_str());
    bytes = summary->bytes;
    removed = summary->counts.removed;
  }
  const auto rounds = static_cast<std::int64_t>(state.iterations());
  state.SetBytesProcessed(rounds * static_cast<std::int64_t>(bytes));
  state.counters["removed"] = static_cast<double>(removed);
}

void clusters(benchmark::State& state) { deduplicate_the_corpus(state, true); }
void kept_lines(benchmark::State& state) { deduplicate_the_corpus(state, false); }

BENCHMARK(clusters)
    ->Name("end_to_end/clusters_only")
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(kept_lines)
    ->Name("end_to_end/full")
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kithkin::bench

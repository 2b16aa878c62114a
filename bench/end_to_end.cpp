// The whole job on the corpus, as `kithkin dedup` does it: the same call, the same defaults, and
// with the search for excerpts or the judgement of formulas turned off, which shows what they cost.
#include <benchmark/benchmark.h>
#include <string>

#include <kithkin/crawl.h>
#include <kithkin/simd.h>

#include "base/file.h"
#include "corpus_file.h"

namespace kithkin::bench {
namespace {

struct Variant {
  bool clusters_only = true, excerpts = true, formulas = true, clean = false;
  Simd simd = Simd::automatic;
};

void deduplicate_the_corpus(benchmark::State& state, const Variant& variant) {
  if (!has_corpus(state)) return;
  auto directory = TemporaryDirectory::create("", "kithkin-bench-");
  if (!directory) return state.SkipWithError(directory.error().describe().c_str());
  CrawlInput input;
  input.paths = {corpus_path()};
  input.clean = variant.clean;
  DeduplicateCrawlOptions options;
  options.out = directory->file("out");
  options.overwrite = true;
  options.clusters_only = variant.clusters_only;
  options.deduplicate.keep_formula = !variant.formulas;
  if (!variant.excerpts) options.deduplicate.match.containment = 0;
  options.deduplicate.threads = static_cast<unsigned>(state.range(0));
  if (const auto chosen = use_simd(variant.simd); !chosen)
    return state.SkipWithError(chosen.error().describe().c_str());
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

void clusters(benchmark::State& state) { deduplicate_the_corpus(state, {}); }
void with_cleaning(benchmark::State& state) { deduplicate_the_corpus(state, {.clean = true}); }
void kept_lines(benchmark::State& state) {
  deduplicate_the_corpus(state, {.clusters_only = false, .clean = true});
}
void without_excerpts(benchmark::State& state) {
  deduplicate_the_corpus(state, {.excerpts = false});
}
void without_formulas(benchmark::State& state) {
  deduplicate_the_corpus(state, {.formulas = false});
}
void resemblance_only(benchmark::State& state) {
  deduplicate_the_corpus(state, {.excerpts = false, .formulas = false});
}
void scalar_resemblance_only(benchmark::State& state) {
  deduplicate_the_corpus(state, {.excerpts = false, .formulas = false, .simd = Simd::scalar});
}
void scalar_without_formulas(benchmark::State& state) {
  deduplicate_the_corpus(state, {.formulas = false, .simd = Simd::scalar});
}
void scalar_clusters(benchmark::State& state) {
  deduplicate_the_corpus(state, {.simd = Simd::scalar});
}

void set_up(benchmark::internal::Benchmark* job) {
  job->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
}
BENCHMARK(resemblance_only)->Name("end_to_end/resemblance_only")->Apply(set_up);
BENCHMARK(without_excerpts)->Name("end_to_end/without_excerpts")->Apply(set_up);
BENCHMARK(without_formulas)->Name("end_to_end/without_formulas")->Apply(set_up);
BENCHMARK(clusters)->Name("end_to_end/clusters_only")->Apply(set_up);
BENCHMARK(scalar_resemblance_only)->Name("end_to_end/scalar/resemblance_only")->Apply(set_up);
BENCHMARK(scalar_without_formulas)->Name("end_to_end/scalar/without_formulas")->Apply(set_up);
BENCHMARK(scalar_clusters)->Name("end_to_end/scalar/clusters_only")->Apply(set_up);
BENCHMARK(with_cleaning)->Name("end_to_end/with_cleaning")->Apply(set_up);
BENCHMARK(kept_lines)->Name("end_to_end/full")->Apply(set_up);

}  // namespace
}  // namespace kithkin::bench

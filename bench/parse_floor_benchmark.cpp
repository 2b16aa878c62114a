// The floor under every reader of JSONL: see parse_floor.h.
#include <benchmark/benchmark.h>

#include "corpus_file.h"
#include "parse_floor.h"

namespace kithkin::bench {
namespace {

void parse_floor_of_the_corpus(benchmark::State& state) {
  if (!has_corpus(state)) return;
  ParsedCorpus parsed;
  for (auto _ : state) {
    parsed = parse_floor(corpus_path(), static_cast<unsigned>(state.range(0)));
    if (!parsed.error.empty()) return state.SkipWithError(parsed.error.c_str());
  }
  const auto rounds = static_cast<std::int64_t>(state.iterations());
  state.SetBytesProcessed(rounds * static_cast<std::int64_t>(parsed.file_bytes));
  state.counters["documents"] = static_cast<double>(parsed.documents);
  state.counters["text_bytes"] = static_cast<double>(parsed.text_bytes);
}
BENCHMARK(parse_floor_of_the_corpus)
    ->Name("floor/read_and_parse")
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kithkin::bench

// Google Benchmark's main, which also says what the yardstick was compiled for.
#include <benchmark/benchmark.h>

#include "corpus_file.h"
#include "parse_floor.h"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext("parse_floor", "simdjson on-demand compiled for " +
                                                 kithkin::bench::parse_floor_implementation());
  benchmark::AddCustomContext("corpus", kithkin::bench::corpus_path());
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}

// The corpus that everything is timed on: the JSONL file that KITHKIN_BENCH_CORPUS names.
#pragma once

#include <benchmark/benchmark.h>
#include <cstddef>
#include <string>
#include <vector>

namespace kithkin::bench {

/// The file's path; empty when the variable is not set or the file cannot be read.
const std::string& corpus_path();

/// Whether there is a corpus; else tells the benchmark to skip itself, and how to get one.
bool has_corpus(benchmark::State& state);

/// The first documents of the corpus, for the stages: whole lines, and what is in them.
struct Sample {
  std::string lines;  ///< with RowParser::kPadding readable bytes behind
  std::vector<std::string> texts;
  std::vector<std::string> languages;  ///< of each text
  std::size_t text_bytes = 0;
};

/// About 32 MB of it, read once. Precondition: has_corpus().
const Sample& sample();

}  // namespace kithkin::bench

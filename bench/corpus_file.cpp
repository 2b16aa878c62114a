#include "corpus_file.h"

#include <cstdlib>
#include <fstream>
#include <string_view>
#include <unistd.h>

#include "corpus/block_reader.h"
#include "corpus/row_parser.h"

namespace kithkin::bench {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{32} << 20;

Sample read_sample() {
  Sample out;
  out.lines.resize(kSampleBytes + RowParser::kPadding);
  std::ifstream file(corpus_path(), std::ios::binary);
  file.read(out.lines.data(), static_cast<std::streamsize>(kSampleBytes));
  out.lines.resize(static_cast<std::size_t>(file.gcount()));
  out.lines.resize(out.lines.rfind('\n') + 1);
  out.lines.reserve(out.lines.size() + RowParser::kPadding);
  RowParser parser{FieldNames{}};
  LineCursor cursor(out.lines);
  std::string_view line;
  std::size_t offset = 0;
  Row row;
  std::string reason;
  while (cursor.next(line, offset)) {
    if (!parser.parse(line, row, reason)) continue;
    out.texts.emplace_back(row.text);
    out.languages.emplace_back(row.lang);
    out.text_bytes += row.text.size();
  }
  return out;
}

}  // namespace

const std::string& corpus_path() {
  static const std::string path = [] {
    const char* name = std::getenv("KITHKIN_BENCH_CORPUS");
    return std::string(name != nullptr && ::access(name, R_OK) == 0 ? name : "");
  }();
  return path;
}

bool has_corpus(benchmark::State& state) {
  if (!corpus_path().empty()) return true;
  state.SkipWithError(
      "skipped: KITHKIN_BENCH_CORPUS names no readable file (bench/make_corpus.py makes one)");
  return false;
}

const Sample& sample() {
  static const Sample out = read_sample();
  return out;
}

}  // namespace kithkin::bench

// The stages one by one, each on what the stage before it makes of the sample. Bytes per second
// are bytes of text (of lines, for the first two), so that the stages can be added up; a stage that
// has another unit of its own also gives the time for one of those.
#include <benchmark/benchmark.h>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/radix_sort.h"
#include "corpus/block_reader.h"
#include "corpus/row_parser.h"
#include "corpus_file.h"
#include "match/align.h"
#include "match/candidates.h"
#include "match/passage_set.h"
#include "match/shingle_index.h"
#include "match/verify.h"
#include "sketch/banding.h"
#include "sketch/minhash.h"
#include "sketch/simhash.h"
#include "text/shingle.h"
#include "text/tokenize.h"

namespace kithkin::bench {
namespace {

using benchmark::Counter;

constexpr std::uint32_t kShingle = 5;
constexpr std::uint32_t kLength = 128;
constexpr Banding kBanding{32, 4};

/// "1.9n" is 1.9 nanoseconds for one of them.
void set_time_for_one(benchmark::State& state, const char* name, std::size_t of_them) {
  state.counters[name] =
      Counter(static_cast<double>(of_them), Counter::kIsIterationInvariantRate | Counter::kInvert);
}

void set_text_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(sample().text_bytes));
}

/// What the stages behind the text pass begin with.
struct Fingerprints {
  std::vector<std::vector<TokenHash>> tokens;
  std::vector<std::vector<ShingleHash>> shingles, distinct;
  std::vector<std::vector<std::uint32_t>> signatures;
  std::size_t token_count = 0, shingle_count = 0;
};

const MinHasher& min_hasher() {
  static const MinHasher out = MinHasher::create({kLength, 1}).value();
  return out;
}

const Fingerprints& fingerprints() {
  static const Fingerprints out = [] {
    Fingerprints all;
    Tokenizer tokenizer;
    ShingleSet scratch;
    for (const std::string& text : sample().texts) {
      tokenizer.hash(text, all.tokens.emplace_back());
      make_shingles(all.tokens.back(), kShingle, all.shingles.emplace_back());
      all.distinct.push_back(all.shingles.back());
      all.distinct.back().resize(scratch.keep_distinct(all.distinct.back()));
      min_hasher().sign(all.shingles.back(), all.signatures.emplace_back(kLength));
      all.token_count += all.tokens.back().size();
      all.shingle_count += all.shingles.back().size();
    }
    return all;
  }();
  return out;
}

void read_blocks(benchmark::State& state) {
  if (!has_corpus(state)) return;
  const std::vector<InputFile> files = {{corpus_path(), corpus_path(), 0}};
  std::size_t bytes = 0;
  for (auto _ : state) {
    BlockReader reader(files);
    LineBlock block;
    bytes = 0;
    for (auto any = reader.next(block); any && *any; any = reader.next(block))
      bytes += block.size;
    benchmark::DoNotOptimize(bytes);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(bytes));
}
BENCHMARK(read_blocks)->Name("stage/read_blocks")->Unit(benchmark::kMillisecond);

void parse_rows(benchmark::State& state) {
  if (!has_corpus(state)) return;
  RowParser parser{FieldNames{}};
  Row row;
  std::string reason;
  for (auto _ : state) {
    LineCursor cursor(sample().lines);
    std::string_view line;
    std::size_t offset = 0;
    std::size_t bytes = 0;
    while (cursor.next(line, offset))
      bytes += parser.parse(line, row, reason) ? row.text.size() : 0;
    benchmark::DoNotOptimize(bytes);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(sample().lines.size()));
}
BENCHMARK(parse_rows)->Name("stage/parse_rows")->Unit(benchmark::kMillisecond);

void tokenize_texts(benchmark::State& state) {
  if (!has_corpus(state)) return;
  Tokenizer tokenizer;
  std::vector<TokenHash> tokens;
  for (auto _ : state) {
    for (const std::string& text : sample().texts) {
      tokenizer.hash(text, tokens);
      benchmark::DoNotOptimize(tokens.data());
    }
  }
  set_text_bytes(state);
  set_time_for_one(state, "token", fingerprints().token_count);
}
BENCHMARK(tokenize_texts)->Name("stage/tokenize")->Unit(benchmark::kMillisecond);

/// Scripts differ: in bytes a letter, and in how often a letter changes when it is folded.
void tokenize_language(benchmark::State& state, const char* language) {
  if (!has_corpus(state)) return;
  Tokenizer tokenizer;
  std::vector<TokenHash> tokens;
  std::size_t bytes = 0, token_count = 0;
  for (auto _ : state) {
    bytes = token_count = 0;
    for (std::size_t i = 0; i < sample().texts.size(); ++i) {
      if (sample().languages[i] != language) continue;
      tokenizer.hash(sample().texts[i], tokens);
      bytes += sample().texts[i].size();
      token_count += tokens.size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(bytes));
  set_time_for_one(state, "token", token_count);
}
BENCHMARK_CAPTURE(tokenize_language, ar, "ar")
    ->Name("stage/tokenize/ar")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tokenize_language, en, "en")
    ->Name("stage/tokenize/en")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tokenize_language, fr, "fr")
    ->Name("stage/tokenize/fr")
    ->Unit(benchmark::kMillisecond);

void shingle(benchmark::State& state) {
  if (!has_corpus(state)) return;
  const Fingerprints& all = fingerprints();
  std::vector<ShingleHash> shingles;
  for (auto _ : state) {
    for (const auto& tokens : all.tokens) {
      make_shingles(tokens, kShingle, shingles);
      benchmark::DoNotOptimize(shingles.data());
    }
  }
  set_text_bytes(state);
  set_time_for_one(state, "shingle", all.shingle_count);
}
BENCHMARK(shingle)->Name("stage/shingle")->Unit(benchmark::kMillisecond);

void sign(benchmark::State& state) {
  if (!has_corpus(state)) return;
  const Fingerprints& all = fingerprints();
  std::vector<std::uint32_t> signature(kLength);
  for (auto _ : state) {
    for (const auto& shingles : all.shingles) {
      min_hasher().sign(shingles, signature);
      benchmark::DoNotOptimize(signature.data());
    }
  }
  set_text_bytes(state);
  set_time_for_one(state, "shingle", all.shingle_count);
}
BENCHMARK(sign)->Name("stage/minhash")->Unit(benchmark::kMillisecond);

void make_band_keys(benchmark::State& state) {
  if (!has_corpus(state)) return;
  const Fingerprints& all = fingerprints();
  std::vector<std::uint64_t> keys(kBanding.bands);
  for (auto _ : state) {
    for (const auto& signature : all.signatures) {
      band_keys(signature, kBanding, keys);
      benchmark::DoNotOptimize(keys.data());
    }
  }
  set_text_bytes(state);
  set_time_for_one(state, "document", all.signatures.size());
}
BENCHMARK(make_band_keys)->Name("stage/band_keys")->Unit(benchmark::kMillisecond);

void fingerprint_simhash(benchmark::State& state) {
  if (!has_corpus(state)) return;
  const Fingerprints& all = fingerprints();
  for (auto _ : state) {
    for (const auto& shingles : all.shingles)
      benchmark::DoNotOptimize(simhash(shingles, 1));
  }
  set_text_bytes(state);
  set_time_for_one(state, "shingle", all.shingle_count);
}
BENCHMARK(fingerprint_simhash)->Name("stage/simhash")->Unit(benchmark::kMillisecond);

void keep_distinct_shingles(benchmark::State& state) {
  if (!has_corpus(state)) return;
  const Fingerprints& all = fingerprints();
  ShingleSet scratch;
  std::vector<ShingleHash> shingles;
  for (auto _ : state) {
    for (const auto& repeated : all.shingles) {
      shingles = repeated;
      scratch.keep_distinct(shingles);
      benchmark::DoNotOptimize(shingles.data());
    }
  }
  set_text_bytes(state);
  set_time_for_one(state, "shingle", all.shingle_count);
}
BENCHMARK(keep_distinct_shingles)->Name("stage/distinct_shingles")->Unit(benchmark::kMillisecond);

/// Each document with the next one: a hub of one pair, the dearest case.
void verify_pair(benchmark::State& state) {
  if (!has_corpus(state)) return;
  const Fingerprints& all = fingerprints();
  const std::size_t pairs = all.distinct.size() - 1;
  PassageSet set;
  for (auto _ : state) {
    for (std::size_t i = 0; i < pairs; ++i) {
      set.fill(all.distinct[i]);
      const std::uint32_t shared = set.count_shared(all.distinct[i + 1]);
      benchmark::DoNotOptimize(measure(all.distinct[i].size(), all.distinct[i + 1].size(), shared));
    }
  }
  set_text_bytes(state);
  set_time_for_one(state, "pair", pairs);
}
BENCHMARK(verify_pair)->Name("stage/verify_a_pair")->Unit(benchmark::kMillisecond);

/// The shingles that are held of a document so that excerpts meet it, of those that are looked up.
void hold_shingles(benchmark::State& state) {
  if (!has_corpus(state)) return;
  const Fingerprints& all = fingerprints();
  ShingleIndex index("", SIZE_MAX);  // nothing is written
  std::vector<ShingleHash> looked_up;
  for (const auto& shingles : all.shingles)
    ShingleIndex::select_looked_up(shingles, looked_up);
  if (!index.look_up(looked_up) || !index.make_filter(SIZE_MAX))
    return state.SkipWithError("no memory");
  std::vector<KeyedDocument> held;
  for (auto _ : state) {
    held.clear();
    for (std::uint32_t d = 0; d < all.shingles.size(); ++d)
      index.select(d, all.shingles[d], held);
    index.keep_looked_up(held);
    benchmark::DoNotOptimize(held.data());
  }
  set_text_bytes(state);
  set_time_for_one(state, "shingle", all.shingle_count);
}
BENCHMARK(hold_shingles)->Name("stage/hold_shingles")->Unit(benchmark::kMillisecond);

/// Each document with one in which every twentieth word is another: what judging a pair begins
/// with.
void align_pair(benchmark::State& state) {
  if (!has_corpus(state)) return;
  const Fingerprints& all = fingerprints();
  std::vector<std::vector<WordKey>> edited;
  for (const auto& shingles : all.shingles) {  // as many, and as different, as the words
    std::vector<WordKey> words;
    for (const ShingleHash shingle : shingles)
      words.push_back(word_key(shingle));
    edited.push_back(std::move(words));
  }
  std::vector<WordKey> other;
  Aligner aligner;
  const WordWeights weights;
  for (auto _ : state) {
    for (const auto& words : edited) {
      other = words;
      for (std::size_t i = 0; i < other.size(); i += 20)
        other[i] ^= 2;
      aligner.set_hub(words);
      aligner.align(other);
      benchmark::DoNotOptimize(aligner.substitution(weights));
    }
  }
  set_text_bytes(state);
  set_time_for_one(state, "pair", edited.size());
}
BENCHMARK(align_pair)->Name("stage/align_a_pair")->Unit(benchmark::kMillisecond);

void sort_keys(benchmark::State& state) {
  const auto count = static_cast<std::uint32_t>(state.range(0));
  std::vector<KeyedDocument> unsorted, items, scratch;
  std::uint64_t random = 1;
  for (std::uint32_t d = 0; d < count; ++d)
    unsorted.push_back({splitmix64(random), d});
  for (auto _ : state) {
    state.PauseTiming();
    items = unsorted;
    state.ResumeTiming();
    radix_sort(items, scratch);
    benchmark::DoNotOptimize(items.data());
  }
  state.SetBytesProcessed(
      static_cast<std::int64_t>(state.iterations() * count * sizeof(KeyedDocument)));
  set_time_for_one(state, "key", count);
}
BENCHMARK(sort_keys)->Name("stage/radix_sort")->Arg(1'000'000)->Unit(benchmark::kMillisecond);

/// Of each ten documents one has the keys of the one before it, in three bands of four.
const BandStore& many_keys() {
  static const BandStore store = [] {
    constexpr std::uint32_t kBands = 16, kDocuments = 10'000'000, kAtOnce = 1000;
    BandStore out(kBands, "", SIZE_MAX);
    std::vector<std::uint64_t> keys(kAtOnce * kBands);
    std::uint64_t random = 1;
    for (std::uint32_t d = 0; d < kDocuments; d += kAtOnce) {
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const bool is_copy = i / kBands % 10 == 9 && i % 4 != 0;
        keys[i] = is_copy ? keys[i - kBands] : splitmix64(random);
      }
      if (!out.append(keys)) std::abort();
    }
    return out;
  }();
  return store;
}

/// Proposing among ten million documents by sixteen bands.
void propose(benchmark::State& state) {
  const BandStore& keys = many_keys();
  const auto documents = static_cast<std::uint32_t>(keys.documents());
  DocumentSet eligible(documents);
  std::vector<std::uint32_t> lengths(documents);
  for (std::uint32_t d = 0; d < documents; ++d) {
    eligible.insert(d);
    lengths[d] = 100 + d % 37;
  }
  eligible.freeze();
  ProposeOptions options;
  options.threads = static_cast<unsigned>(state.range(0));
  options.memory = std::size_t{1} << 30;
  std::uint64_t pairs = 0;
  for (auto _ : state) {
    pairs = 0;
    const auto sink = [&](std::span<const std::uint64_t> some) {
      pairs += some.size();
      return Result<void>();
    };
    if (!propose_pairs(keys, eligible, {lengths}, options, sink, [] { return true; }))
      state.SkipWithError("proposing failed");
  }
  state.counters["pairs"] = static_cast<double>(pairs);
}
BENCHMARK(propose)
    ->Name("stage/propose/10_million/16_bands")
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kithkin::bench

// Texts and the catalog, spilled: they come back, and whatever became of their files, an error
// comes or a text that is another.
#include <cstdint>
#include <string>
#include <vector>

#include "engine/catalog.h"
#include "engine/packed_text.h"
#include "engine/text_store.h"
#include "fuzz/fuzz.h"
#include "text/shingle.h"

namespace {

using kithkin::fuzz::Bytes;
using kithkin::fuzz::require;

void texts(Bytes& bytes) {
  constexpr std::uint32_t kShingle = 3;
  const std::string path = kithkin::fuzz::directory().file("texts");
  kithkin::TextStore store(kShingle, nullptr, path, 1);
  struct Text {
    std::vector<kithkin::WordKey> words;
    std::vector<kithkin::ShingleHash> shingles;
  };
  std::vector<Text> added;
  for (std::uint64_t count = 1 + bytes.take() % 16; count > 0; --count) {
    std::vector<kithkin::TokenHash> tokens;
    std::vector<kithkin::NumberToken> numbers;
    Text text;
    const std::uint64_t size = bytes.take(2) % 700, step = bytes.take(),
                        each = 1 + bytes.take() % 9;
    for (std::uint32_t i = 0; i < size; ++i) {
      tokens.push_back(i * step * 0x9E3779B97F4A7C15U);
      text.words.push_back(kithkin::word_key(tokens.back()));
      if (i % each != 0) continue;
      numbers.push_back({i, static_cast<kithkin::WordKey>(i * step) | 1});
      text.words.back() = numbers.back().key;
    }
    kithkin::make_shingles(tokens, kShingle, text.shingles);
    std::vector<kithkin::WordKey> packed(kithkin::packed_size(tokens.size(), numbers.size()));
    kithkin::pack_text(tokens, numbers, packed);
    require(
        static_cast<bool>(store.append(packed, static_cast<std::uint32_t>(text.shingles.size()))));
    added.push_back(std::move(text));
  }
  const bool damaged =
      bytes.take() % 4 != 0 && store.spilled_bytes() > 0 && kithkin::fuzz::damage(path, bytes);
  kithkin::TextBuffer buffer;
  for (std::uint32_t d = 0; d < added.size(); ++d) {
    const auto words = store.words(d, buffer);
    require(words || damaged);
    if (!damaged)
      require(
          std::equal(words->begin(), words->end(), added[d].words.begin(), added[d].words.end()));
    const auto shingles = store.shingles(d, buffer);
    require(shingles || damaged);
    if (!damaged) require(shingles->size() == added[d].shingles.size());
    const auto distinct = store.distinct_shingles(d, buffer);
    if (distinct) require(distinct->size() <= buffer.shingles.size());
  }
}

void catalog(Bytes& bytes) {
  kithkin::Catalog catalog(kithkin::fuzz::directory(), 1, 1);
  std::vector<std::string> ids;
  for (std::uint64_t count = 1 + bytes.take(2) % 3000; count > 0; --count) {
    ids.push_back("id-" + std::string(count % 40, 'x') + std::to_string(count));
    kithkin::DocumentRecord record;
    record.line = static_cast<std::uint32_t>(count);
    require(static_cast<bool>(catalog.add(record, ids.back())));
    require(static_cast<bool>(catalog.describe(1, {count % 100, count % 1000 * 7919})));
  }
  bool damaged = false;
  for (const char* name : {"records", "ids", "contents-0", "contents-1"}) {
    damaged |= bytes.take() % 4 == 0 && catalog.spilled_bytes() > 0 &&
               kithkin::fuzz::damage(kithkin::fuzz::directory().file(name), bytes);
  }
  for (std::uint32_t d = 0; d < catalog.size(); ++d) {
    const auto id = catalog.id(d);
    require(damaged || (id && *id == ids[d]));
  }
  const auto found = catalog.find_exact({});
  require(found || damaged);
  if (!found) return;
  for (std::uint32_t d = 0; d < catalog.size(); ++d)
    require(catalog.twin(d) < catalog.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  bytes.take() % 2 == 0 ? texts(bytes) : catalog(bytes);
  return 0;
}

// Band keys and held shingles, spilled: they come back, and whatever became of their files, pairs
// are of documents that there are, or an error says so.
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/fuzz.h"
#include "match/band_store.h"
#include "match/candidates.h"
#include "match/shingle_index.h"

namespace {

using kithkin::fuzz::Bytes;
using kithkin::fuzz::require;

struct Crawl {
  std::vector<std::uint32_t> lengths;
  kithkin::DocumentSet eligible;
};

Crawl make_crawl(Bytes& bytes) {
  const std::size_t size = 1 + bytes.take(2) % 3000;
  const std::uint64_t step = bytes.take();
  Crawl out{{}, kithkin::DocumentSet(size)};
  for (std::uint32_t d = 0; d < size; ++d) {
    out.lengths.push_back(static_cast<std::uint32_t>(d * step % 997));
    if ((d + step) % 5 != 0) out.eligible.insert(d);
  }
  return out;
}

template <class Propose>
void check_pairs(const Crawl& crawl, bool damaged, Propose propose) {
  const auto sink = [&](std::span<const std::uint64_t> pairs) -> kithkin::Result<void> {
    for (const std::uint64_t packed : pairs) {
      const auto pair = kithkin::CandidatePair::unpack(packed);
      require(pair.hub < crawl.lengths.size() && pair.other < crawl.lengths.size());
      require(pair.hub != pair.other);
      require(crawl.eligible.contains(pair.hub) && crawl.eligible.contains(pair.other));
    }
    return {};
  };
  const auto result = propose(sink);
  require(result || damaged);
}

void bands(Bytes& bytes) {
  const Crawl crawl = make_crawl(bytes);
  const auto count = static_cast<std::uint32_t>(1 + bytes.take() % 4);
  const std::string prefix = kithkin::fuzz::directory().file("band-");
  kithkin::BandStore store(count, prefix, 1);
  const std::uint64_t alike = 1 + bytes.take(2);
  std::vector<std::uint64_t> keys;
  for (std::uint64_t d = 0; d < crawl.lengths.size(); ++d) {
    for (std::uint32_t band = 0; band < count; ++band)
      keys.push_back((d % alike) * 0x9E3779B97F4A7C15U + band);
  }
  require(static_cast<bool>(store.append(keys)));
  bool damaged = false;
  for (std::uint32_t band = 0; band < count && store.spilled_bytes() > 0; ++band)
    damaged |= bytes.take() % 2 == 0 && kithkin::fuzz::damage(prefix + std::to_string(band), bytes);
  std::vector<std::uint64_t> read(crawl.lengths.size());
  for (std::uint32_t band = 0; band < count; ++band) {
    const bool whole = static_cast<bool>(store.read(band, 0, read));
    for (std::size_t d = 0; d < read.size() && !damaged; ++d)
      require(whole && read[d] == keys[d * count + band]);
  }
  kithkin::ProposeOptions options;
  options.hot_bucket = 64;
  options.memory = 1 + bytes.take(2);
  check_pairs(crawl, damaged, [&](const kithkin::PairSink& sink) {
    return kithkin::propose_pairs(store, crawl.eligible, {crawl.lengths}, options, sink,
                                  [] { return true; });
  });
}

void held_shingles(Bytes& bytes) {
  const Crawl crawl = make_crawl(bytes);
  const std::string prefix = kithkin::fuzz::directory().file("held-");
  kithkin::ShingleIndex index(prefix, 1);
  std::uint64_t shingle = bytes.take(8);
  const std::uint64_t step = bytes.take(8), parts = bytes.take() % 2 == 0 ? 0 : UINT64_MAX;
  std::vector<kithkin::KeyedDocument> held;
  for (std::uint32_t d = 0; d < crawl.lengths.size();
       d += static_cast<std::uint32_t>(1 + step % 7)) {
    held.clear();
    for (std::uint64_t n = d % 5; n > 0; --n)
      held.push_back({(shingle += step) & (parts | 0x00FFFFFF0000FFFFU), d});
    require(static_cast<bool>(index.append(held)));
  }
  bool damaged = false;
  for (std::uint32_t part = 0; part < 64 && bytes.take() % 4 == 0 && index.spilled_bytes() > 0;
       ++part)
    damaged |= kithkin::fuzz::damage(prefix + std::to_string(part), bytes);
  check_pairs(crawl, damaged, [&](const kithkin::PairSink& sink) {
    return kithkin::propose_contained(index, crawl.eligible, {crawl.lengths}, 5, 1, sink,
                                      [] { return true; });
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  bytes.take() % 2 == 0 ? bands(bytes) : held_shingles(bytes);
  return 0;
}

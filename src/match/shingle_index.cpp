// See shingle_index.h. Tests: tests/unit/match/shingle_index_test.cpp.
#include "match/shingle_index.h"

#include <algorithm>
#include <cstring>
#include <mutex>

#include "base/parallel.h"
#include "base/try.h"

namespace kithkin {
namespace {

constexpr std::size_t kEntry = 12;  // a shingle and a document, in the spill
constexpr std::uint32_t kPartBits = 6;
static_assert(ShingleIndex::kParts == 1U << kPartBits);

/// The bound under which the lower halves of `expected` of so many shingles fall.
std::uint64_t bound(std::uint32_t expected, std::uint64_t shingles) {
  return (std::uint64_t{expected} << 32) / std::max<std::uint64_t>(shingles, 1);
}

std::uint64_t lower_half(ShingleHash shingle) { return shingle & UINT32_MAX; }

/// Pairs in one bucket: documents that hold `shingle`, longest first.
template <class LooksUp>
void propose_in(std::span<const std::uint32_t> bucket, LooksUp looks_up,
                std::vector<std::uint64_t>& pairs) {
  for (std::size_t i = 1; i < bucket.size(); ++i) {
    if (!looks_up(bucket[i])) continue;
    const std::array<std::size_t, 4> longer = {i - 1, i >= 2 ? i - 2 : 0, 0, i >= 2 ? 1UL : 0UL};
    for (std::size_t n = 0; n < longer.size(); ++n) {
      if (std::find(longer.begin(), longer.begin() + n, longer[n]) == longer.begin() + n)
        pairs.push_back(CandidatePair{bucket[longer[n]], bucket[i]}.packed());
    }
  }
}

}  // namespace

ShingleIndex::ShingleIndex(const std::string& prefix, std::size_t memory) {
  for (std::uint32_t part = 0; part < kParts; ++part)
    parts_.emplace_back(prefix + std::to_string(part), memory / kParts);
}

void ShingleIndex::select(std::span<const ShingleHash> shingles, std::vector<ShingleHash>& out) {
  if (shingles.size() < kLeastShingles) return;
  const std::uint64_t below = bound(kHeld, shingles.size());
  // Every shingle is written where the next held one goes; no branch on what chance decides.
  const std::size_t begin = out.size();
  out.resize(begin + shingles.size());
  ShingleHash* next = out.data() + begin;
  for (const ShingleHash shingle : shingles) {
    *next = shingle;
    next += lower_half(shingle) < below ? 1 : 0;
  }
  out.resize(static_cast<std::size_t>(next - out.data()));
}

bool ShingleIndex::is_looked_up(ShingleHash shingle, std::uint32_t shingles) {
  return shingles >= kLeastShingles && lower_half(shingle) < bound(kLooked, shingles);
}

Result<void> ShingleIndex::append(std::uint32_t document, std::span<const ShingleHash> held) {
  for (const ShingleHash shingle : held) {
    char entry[kEntry];
    std::memcpy(entry, &shingle, sizeof shingle);
    std::memcpy(entry + sizeof shingle, &document, sizeof document);
    KITHKIN_TRY(parts_[shingle >> (64 - kPartBits)].append(entry, kEntry));
  }
  return {};
}

Result<void> ShingleIndex::read(std::uint32_t part, std::vector<KeyedDocument>& out) const {
  const Spill& spill = parts_[part];
  constexpr std::size_t kAtOnce = 4096 * kEntry;
  char buffer[kAtOnce];
  out.clear();
  out.reserve(static_cast<std::size_t>(spill.size() / kEntry));
  for (std::uint64_t at = 0; at < spill.size(); at += kAtOnce) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(kAtOnce, spill.size() - at));
    KITHKIN_TRY(spill.read(at, buffer, size));
    for (std::size_t i = 0; i < size; i += kEntry) {
      KeyedDocument& entry = out.emplace_back();
      std::memcpy(&entry.key, buffer + i, sizeof entry.key);
      std::memcpy(&entry.document, buffer + i + sizeof entry.key, sizeof entry.document);
    }
  }
  return {};
}

std::uint64_t ShingleIndex::spilled_bytes() const {
  std::uint64_t sum = 0;
  for (const Spill& part : parts_)
    sum += part.spilled_bytes();
  return sum;
}

Result<void> propose_contained(const ShingleIndex& index, const DocumentSet& eligible,
                               const LongerFirst& longer,
                               const std::function<std::uint32_t(std::uint32_t)>& shingles,
                               unsigned threads, const PairSink& sink,
                               const std::function<bool()>& done) {
  struct Scratch {
    std::vector<KeyedDocument> items, sorted;
    std::vector<std::uint32_t> bucket;
    std::vector<std::uint64_t> pairs;
  };
  std::vector<Scratch> scratch(threads);
  std::mutex mutex;
  const auto task = [&](unsigned thread, std::size_t part) -> Result<void> {
    Scratch& own = scratch[thread];
    KITHKIN_TRY(index.read(static_cast<std::uint32_t>(part), own.items));
    std::erase_if(own.items,
                  [&](const KeyedDocument& item) { return !eligible.contains(item.document); });
    radix_sort(own.items, own.sorted);
    own.pairs.clear();
    for (std::size_t begin = 0; begin < own.items.size();) {
      const ShingleHash shingle = own.items[begin].key;
      own.bucket.clear();
      std::size_t end = begin;
      for (; end < own.items.size() && own.items[end].key == shingle; ++end) {
        const std::uint32_t document = own.items[end].document;  // a repeat stands beside it
        if (own.bucket.empty() || own.bucket.back() != document) own.bucket.push_back(document);
      }
      begin = end;
      if (own.bucket.size() < 2) continue;
      std::sort(own.bucket.begin(), own.bucket.end(), longer);
      propose_in(
          own.bucket,
          [&](std::uint32_t d) { return ShingleIndex::is_looked_up(shingle, shingles(d)); },
          own.pairs);
    }
    const std::lock_guard lock(mutex);
    KITHKIN_TRY(sink(own.pairs));
    if (!done()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    return {};
  };
  return parallel_for(threads, ShingleIndex::kParts, task);
}

}  // namespace kithkin

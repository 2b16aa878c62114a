// See shingle_index.h. Tests: tests/unit/match/shingle_index_test.cpp.
#include "match/shingle_index.h"

#include <algorithm>
#include <bit>
#include <mutex>

#include "base/parallel.h"
#include "base/try.h"
#include "text/shingle.h"

namespace kithkin {
namespace {

// An entry of a part: the shingle, and instead of its upper bits, which the part tells, by how much
// its document is beyond that of the entry before; kFar where that is more, and then the document
// stands in the next eight bytes.
constexpr std::uint32_t kPartBits = 6, kShingleBits = 64 - kPartBits;
static_assert(ShingleIndex::kParts == 1U << kPartBits);
constexpr std::uint64_t kShingleMask = (std::uint64_t{1} << kShingleBits) - 1;
constexpr std::uint32_t kFar = (1U << kPartBits) - 1;

std::uint64_t lower_half(ShingleHash shingle) { return shingle & UINT32_MAX; }

/// Shingles of a part that stand there once, roughly: only in buckets of two or more are pairs, and
/// most of what is looked up nobody else holds. The others need not be sorted.
class Repeated {
 public:
  /// Moves those to the front that may stand there twice; returns how many.
  std::size_t keep(std::span<KeyedDocument> items) {
    const std::size_t bits = std::bit_ceil(std::max<std::size_t>(items.size() * 4, 64));
    once_.assign(bits / 64, 0);
    twice_.assign(bits / 64, 0);
    // From bit 32 on: those below are what shingles are held by, those on top are the part's.
    const auto place_of = [&](ShingleHash shingle) { return shingle >> 32 & (bits - 1); };
    for (const KeyedDocument& item : items) {
      const std::size_t place = place_of(item.key);
      const std::uint64_t bit = std::uint64_t{1} << place % 64;
      twice_[place / 64] |= once_[place / 64] & bit;
      once_[place / 64] |= bit;
    }
    std::size_t kept = 0;
    for (const KeyedDocument& item : items) {
      const std::size_t place = place_of(item.key);
      items[kept] = item;
      kept += twice_[place / 64] >> place % 64 & 1;
    }
    return kept;
  }

 private:
  std::vector<std::uint64_t> once_, twice_;
};

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

ShingleIndex::ShingleIndex(const std::string& prefix, std::size_t memory)
    : looked_up_(prefix + "looked-up", memory / 4) {
  for (std::uint32_t part = 0; part < kParts; ++part)
    parts_.push_back({Spill(prefix + std::to_string(part), memory / 4 * 3 / kParts)});
}

void ShingleIndex::select_looked_up(std::span<const ShingleHash> shingles,
                                    std::vector<ShingleHash>& out) {
  if (shingles.size() < kLeastShingles) return;
  const auto below = static_cast<std::uint32_t>((std::uint64_t{kLooked} << 32) / shingles.size());
  constexpr std::size_t kAtOnce = 16;  // of long texts most sixteens have none
  std::size_t at = 0;
  const auto take = [&](std::size_t end) {
    for (; at < end; ++at) {
      if (lower_half(shingles[at]) < below) out.push_back(shingles[at]);
    }
  };
  while (at + kAtOnce <= shingles.size()) {
    bool any = false;
    for (std::size_t i = 0; i < kAtOnce; ++i)
      any |= static_cast<std::uint32_t>(shingles[at + i]) < below;
    if (any)
      take(at + kAtOnce);
    else
      at += kAtOnce;
  }
  take(shingles.size());
}

Result<void> ShingleIndex::look_up(std::span<const ShingleHash> shingles) {
  for (const ShingleHash shingle : shingles)
    ++looked_up_in_[ShingleFilter::range_of(shingle)];
  return looked_up_.append(shingles.data(), shingles.size_bytes());
}

Result<void> ShingleIndex::make_filter(std::size_t memory) {
  filter_ = ShingleFilter(looked_up_in_, memory);
  std::vector<ShingleHash> shingles(std::size_t{1} << 13);
  const std::uint64_t count = looked_up_.size() / sizeof shingles[0];
  for (std::uint64_t at = 0; at < count; at += shingles.size()) {
    const auto some = std::span(shingles).first(
        static_cast<std::size_t>(std::min<std::uint64_t>(shingles.size(), count - at)));
    KITHKIN_TRY(looked_up_.read(at * sizeof some[0], some.data(), some.size_bytes()));
    filter_.insert(some);
  }
  return {};
}

void ShingleIndex::select(std::uint32_t document, std::span<const ShingleHash> shingles,
                          std::vector<KeyedDocument>& out) const {
  if (shingles.size() < kLeastShingles) return;
  const std::uint64_t below = (std::uint64_t{kHeld} << 32) / shingles.size();
  // Every shingle is written where the next held one goes; no branch on what chance decides. On
  // the stack: room in a vector is filled with zeros first.
  constexpr std::size_t kAtOnce = 512;
  ShingleHash held[kAtOnce];
  for (std::size_t at = 0; at < shingles.size(); at += kAtOnce) {
    ShingleHash* end = held;
    for (const ShingleHash shingle :
         shingles.subspan(at, std::min(kAtOnce, shingles.size() - at))) {
      *end = shingle;
      end += lower_half(shingle) < below ? 1 : 0;
    }
    ShingleHash* known = held;
    for (const ShingleHash* next = held; next != end; ++next) {
      *known = *next;
      known += filter_.knows_range_of(*next) ? 1 : 0;
    }
    for (const ShingleHash shingle : std::span(held, known))
      out.push_back({shingle, document});
  }
}

Result<void> ShingleIndex::append(std::span<const KeyedDocument> held) {
  for (const auto& [shingle, document] : held) {
    Part& part = parts_[shingle >> kShingleBits];
    const std::uint32_t step = std::min(document - part.last, kFar);
    part.last = document;
    const std::uint64_t entry[2] = {(shingle & kShingleMask) | std::uint64_t{step} << kShingleBits,
                                    document};
    KITHKIN_TRY(part.spill.append(entry, step == kFar ? sizeof entry : sizeof entry[0]));
  }
  return {};
}

Result<void> ShingleIndex::read(std::uint32_t part, std::vector<KeyedDocument>& out) const {
  const Spill& spill = parts_[part].spill;
  const std::uint64_t upper = std::uint64_t{part} << kShingleBits;
  constexpr std::size_t kAtOnce = 4096;
  std::uint64_t entries[kAtOnce];
  out.resize(static_cast<std::size_t>(spill.size() / sizeof entries[0]));
  KeyedDocument* next = out.data();
  std::uint32_t document = 0;
  bool far = false;  // the next eight bytes are the document of an entry
  for (std::uint64_t at = 0; at < spill.size(); at += sizeof entries) {
    const auto size =
        static_cast<std::size_t>(std::min<std::uint64_t>(sizeof entries, spill.size() - at));
    KITHKIN_TRY(spill.read(at, entries, size));
    for (const std::uint64_t entry : std::span(entries).first(size / sizeof entries[0])) {
      if (far) {
        if (entry > UINT32_MAX || entry < std::uint64_t{document} + kFar) return spill.damaged();
        document = static_cast<std::uint32_t>(entry);
        (next++)->document = document;
        far = false;
        continue;
      }
      const auto step = static_cast<std::uint32_t>(entry >> kShingleBits);
      next->key = (entry & kShingleMask) | upper;
      far = step == kFar;
      if (far) continue;
      document += step;
      (next++)->document = document;
    }
  }
  if (far) return spill.damaged();
  out.resize(static_cast<std::size_t>(next - out.data()));
  return {};
}

std::uint64_t ShingleIndex::spilled_bytes() const {
  std::uint64_t sum = 0;
  for (const Part& part : parts_)
    sum += part.spill.spilled_bytes();
  return sum;
}

Result<void> propose_contained(const ShingleIndex& index, const DocumentSet& eligible,
                               const LongerFirst& longer, std::uint32_t shingle, unsigned threads,
                               const PairSink& sink, const std::function<bool()>& done) {
  const auto looks_up = [&](std::uint32_t document, ShingleHash held) {
    return ShingleIndex::is_looked_up(held, shingle_count(longer.lengths[document], shingle));
  };
  struct Scratch {
    std::vector<KeyedDocument> items, sorted;
    Repeated repeated;
    std::vector<std::uint32_t> bucket;
    std::vector<std::uint64_t> pairs;
  };
  std::vector<Scratch> scratch(threads);
  std::mutex mutex;
  const auto task = [&](unsigned thread, std::size_t part) -> Result<void> {
    Scratch& own = scratch[thread];
    KITHKIN_TRY(index.read(static_cast<std::uint32_t>(part), own.items));
    own.items.resize(own.repeated.keep(own.items));
    for (const KeyedDocument& item : own.items) {
      if (item.document >= longer.lengths.size())
        return index.damaged(static_cast<std::uint32_t>(part));
    }
    std::erase_if(own.items,
                  [&](const KeyedDocument& item) { return !eligible.contains(item.document); });
    radix_sort(own.items, own.sorted);
    own.pairs.clear();
    for (std::size_t begin = 0; begin < own.items.size();) {
      const ShingleHash key = own.items[begin].key;
      own.bucket.clear();
      std::size_t end = begin;
      for (; end < own.items.size() && own.items[end].key == key; ++end) {
        const std::uint32_t document = own.items[end].document;  // a repeat stands beside it
        if (own.bucket.empty() || own.bucket.back() != document) own.bucket.push_back(document);
      }
      begin = end;
      if (own.bucket.size() < 2) continue;
      std::sort(own.bucket.begin(), own.bucket.end(), longer);
      propose_in(
          own.bucket, [&](std::uint32_t d) { return looks_up(d, key); }, own.pairs);
    }
    const std::lock_guard lock(mutex);
    KITHKIN_TRY(sink(own.pairs));
    if (!done()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    return {};
  };
  return parallel_for(threads, ShingleIndex::kParts, task);
}

}  // namespace kithkin

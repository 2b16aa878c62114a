// Band by band: leave out keys that stand alone, sort the others, walk the runs of equal ones.
//
//   keys of band 3:   7:d0  7:d4  9:d2  9:d1  9:d9   ->   (d0,d4)  (d9,d1) (d9,d2) (d1,d2)
//
// where d9 is the longest of its bucket: a star around it, and a chain by length. Two edges a
// member at most, so a page template shared by a million documents costs two million pairs a band
// and not half a trillion. Tests: tests/unit/match/candidates_test.cpp.
#include "match/candidates.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

#include "base/large_pages.h"
#include "base/parallel.h"
#include "base/radix_sort.h"
#include "base/try.h"

namespace kithkin {
namespace {

constexpr std::size_t kReadAtOnce = 8192;

void star_and_chain(std::span<const std::uint32_t> piece, std::vector<std::uint64_t>& pairs) {
  for (std::size_t i = 1; i < piece.size(); ++i) {
    pairs.push_back(CandidatePair{piece[0], piece[i]}.packed());
    if (i > 1) pairs.push_back(CandidatePair{piece[i - 1], piece[i]}.packed());
  }
}

/// One thread's work on one band.
class BandWorker {
 public:
  BandWorker(const BandStore& keys, const DocumentSet& eligible, const LongerFirst& longer,
             const ProposeOptions& options)
      : keys_(keys), eligible_(eligible), longer_(longer), options_(options) {}

  /// Of the keys whose upper bits fall into part `part` of `parts`, those that may stand there
  /// twice. Sorting all would move each of them through memory several times, and most stand alone:
  /// so they are put into pieces that fit a cache, and told there by bits.
  Result<void> load(std::uint32_t band, std::uint32_t part, std::uint32_t parts) {
    const std::size_t pieces = std::bit_ceil(eligible_.count() / parts / kPiece + 1);
    const auto piece_of = [&](std::uint64_t key) { return key & (pieces - 1); };
    KITHKIN_TRY(read(band, part, parts));
    ends_.assign(pieces, 0);
    for (const KeyedDocument& item : items_)
      ++ends_[piece_of(item.key)];
    std::size_t sum = 0;
    for (std::size_t& end : ends_)
      sum += std::exchange(end, sum);
    if (sum > room_) {
      loaded_ = nullptr;
      loaded_ = large_array<KeyedDocument>(sum);
      room_ = loaded_ == nullptr ? 0 : sum;
      if (room_ < sum) throw std::bad_alloc();
    }
    for (const KeyedDocument& item : items_)
      loaded_[ends_[piece_of(item.key)]++] = item;
    std::size_t kept = 0, begin = 0;
    for (const std::size_t end : ends_) {
      kept = keep_repeated(begin, end, kept);
      begin = end;
    }
    items_.assign(loaded_.get(), loaded_.get() + kept);
    return {};
  }

  void propose(std::vector<std::uint64_t>& pairs, ProposeCounts& counts) {
    radix_sort(items_, scratch_);
    constexpr std::size_t kAhead = 16;  // lengths are met at random
    for (std::size_t begin = 0; begin < items_.size();) {
      if (begin + kAhead < items_.size())
        __builtin_prefetch(&longer_.lengths[items_[begin + kAhead].document]);
      std::size_t end = begin + 1;
      while (end < items_.size() && items_[end].key == items_[begin].key)
        ++end;
      if (end - begin > 1) propose_bucket(begin, end, pairs, counts);
      begin = end;
    }
  }

 private:
  static constexpr std::size_t kPiece = 16384;  // keys; 256 KB

  /// Once: keys may come from a disk.
  Result<void> read(std::uint32_t band, std::uint32_t part, std::uint32_t parts) {
    if (scratch_.capacity() > items_.capacity()) items_.swap(scratch_);  // sorting swaps them
    items_.clear();
    const std::uint64_t documents = keys_.documents();
    for (std::uint64_t first = 0; first < documents; first += kReadAtOnce) {
      column_.resize(
          static_cast<std::size_t>(std::min<std::uint64_t>(kReadAtOnce, documents - first)));
      KITHKIN_TRY(keys_.read(band, first, column_));
      for (std::size_t i = 0; i < column_.size(); ++i) {
        const auto document = static_cast<std::uint32_t>(first + i);
        const auto in_part = static_cast<std::uint32_t>((column_[i] >> 32) * parts >> 32);
        if (in_part == part && eligible_.contains(document))
          items_.push_back({column_[i], document});
      }
    }
    return {};
  }

  /// Moves those of a piece whose bit another has set too to `to` and on; returns where they end.
  std::size_t keep_repeated(std::size_t begin, std::size_t end, std::size_t to) {
    const std::size_t bits = std::bit_ceil(std::max<std::size_t>((end - begin) * 16, 64));
    once_.assign(bits / 64, 0);
    twice_.assign(bits / 64, 0);
    // The lowest bits are the piece's.
    const auto place_of = [&](std::uint64_t key) { return key >> 24 & (bits - 1); };
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t place = place_of(loaded_[i].key);
      const std::uint64_t bit = std::uint64_t{1} << place % 64;
      twice_[place / 64] |= once_[place / 64] & bit;
      once_[place / 64] |= bit;
    }
    for (std::size_t i = begin; i < end; ++i) {
      const KeyedDocument item = loaded_[i];
      const std::size_t place = place_of(item.key);
      loaded_[to] = item;
      to += twice_[place / 64] >> place % 64 & 1;
    }
    return to;
  }

  void propose_bucket(std::size_t begin, std::size_t end, std::vector<std::uint64_t>& pairs,
                      ProposeCounts& counts) {
    if (end - begin == 2 && options_.hot_bucket >= 2) {  // nearly all are
      const std::uint32_t a = items_[begin].document, b = items_[begin + 1].document;
      return pairs.push_back(make_candidate(a, b, longer_).packed());
    }
    bucket_.clear();
    for (std::size_t i = begin; i < end; ++i)
      bucket_.push_back(items_[i].document);
    if (!propose_in_bucket(bucket_, longer_, options_.hot_bucket, pairs)) return;
    ++counts.hot_buckets;
    counts.hot_documents += bucket_.size();
  }

  const BandStore& keys_;
  const DocumentSet& eligible_;
  const LongerFirst& longer_;
  const ProposeOptions& options_;
  std::vector<std::uint64_t> column_;
  std::vector<std::size_t> ends_;                        // of pieces
  std::unique_ptr<KeyedDocument[], FreeMemory> loaded_;  // of all keys, by pieces
  std::size_t room_ = 0;                                 // there
  std::vector<KeyedDocument> items_,
      scratch_;  // of all as read; then of those that may stand there twice
  std::vector<std::uint64_t> once_, twice_;  // bits by keys of a piece
  std::vector<std::uint32_t> bucket_;
};

}  // namespace

bool propose_in_bucket(std::span<std::uint32_t> bucket, const LongerFirst& longer, std::size_t hot,
                       std::vector<std::uint64_t>& pairs) {
  assert(hot > 0);
  std::sort(bucket.begin(), bucket.end(), longer);
  for (std::size_t begin = 0; begin < bucket.size(); begin += hot) {
    star_and_chain(bucket.subspan(begin, std::min(hot, bucket.size() - begin)), pairs);
  }
  return bucket.size() > hot;
}

Result<ProposeCounts> propose_pairs(const BandStore& keys, const DocumentSet& eligible,
                                    const LongerFirst& longer, const ProposeOptions& options,
                                    const PairSink& sink, const std::function<bool()>& done) {
  ProposeCounts counts;
  std::mutex mutex;
  const std::size_t bytes = std::size_t{eligible.count()} * 3 * sizeof(KeyedDocument);
  const std::size_t share = std::max<std::size_t>(options.memory / options.threads, 1 << 20);
  const auto parts = static_cast<std::uint32_t>(bytes / share + 1);
  std::vector<BandWorker> workers;
  for (unsigned i = 0; i < options.threads; ++i)
    workers.emplace_back(keys, eligible, longer, options);
  const auto task = [&](unsigned thread, std::size_t band) -> Result<void> {
    for (std::uint32_t part = 0; part < parts; ++part) {
      KITHKIN_TRY(workers[thread].load(static_cast<std::uint32_t>(band), part, parts));
      std::vector<std::uint64_t> found;
      ProposeCounts here;
      workers[thread].propose(found, here);
      const std::lock_guard lock(mutex);
      KITHKIN_TRY(sink(found));
      counts.hot_buckets += here.hot_buckets;
      counts.hot_documents += here.hot_documents;
    }
    const std::lock_guard lock(mutex);
    if (!done()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    return {};
  };
  KITHKIN_TRY(parallel_for(options.threads, keys.bands(), task));
  return counts;
}

}  // namespace kithkin

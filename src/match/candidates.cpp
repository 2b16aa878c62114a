// Band by band: sort the keys, walk the runs of equal ones.
//
//   keys of band 3:   7:d0  7:d4  9:d2  9:d1  9:d9   ->   (d0,d4)  (d9,d1) (d9,d2) (d1,d2)
//
// where d9 is the longest of its bucket: a star around it, and a chain by length. Two edges a
// member at most, so a page template shared by a million documents costs two million pairs a band
// and not half a trillion. Tests: tests/unit/match/candidates_test.cpp.
#include "match/candidates.h"

#include <algorithm>
#include <cassert>
#include <mutex>

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

  /// Keys whose upper bits fall into part `part` of `parts`.
  Result<void> load(std::uint32_t band, std::uint32_t part, std::uint32_t parts) {
    items_.clear();
    std::vector<std::uint64_t> column(kReadAtOnce);
    const std::uint64_t documents = keys_.documents();
    for (std::uint64_t first = 0; first < documents; first += kReadAtOnce) {
      column.resize(
          static_cast<std::size_t>(std::min<std::uint64_t>(kReadAtOnce, documents - first)));
      KITHKIN_TRY(keys_.read(band, first, column));
      for (std::size_t i = 0; i < column.size(); ++i) {
        const auto document = static_cast<std::uint32_t>(first + i);
        const auto in_part = static_cast<std::uint32_t>((column[i] >> 32) * parts >> 32);
        if (in_part == part && eligible_.contains(document))
          items_.push_back({column[i], document});
      }
    }
    return {};
  }

  void propose(std::vector<std::uint64_t>& pairs, ProposeCounts& counts) {
    radix_sort(items_, scratch_);
    for (std::size_t begin = 0; begin < items_.size();) {
      std::size_t end = begin + 1;
      while (end < items_.size() && items_[end].key == items_[begin].key)
        ++end;
      if (end - begin > 1) propose_bucket(begin, end, pairs, counts);
      begin = end;
    }
  }

 private:
  void propose_bucket(std::size_t begin, std::size_t end, std::vector<std::uint64_t>& pairs,
                      ProposeCounts& counts) {
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
  std::vector<KeyedDocument> items_, scratch_;
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
  const std::size_t bytes = std::size_t{eligible.count()} * 2 * sizeof(KeyedDocument);
  const std::size_t share = std::max<std::size_t>(options.memory / options.threads, 1 << 20);
  const auto parts = static_cast<std::uint32_t>(bytes / share + 1);
  std::vector<BandWorker> workers(options.threads, BandWorker(keys, eligible, longer, options));
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

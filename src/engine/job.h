// The passes that all doors share, from band keys to clusters.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <kithkin/deduplicate.h>
#include <kithkin/progress.h>

#include "base/file.h"
#include "base/spill.h"
#include "base/try.h"
#include "engine/catalog.h"
#include "engine/crawl_sample.h"
#include "engine/held_texts.h"
#include "engine/memory_plan.h"
#include "match/band_store.h"
#include "match/candidates.h"
#include "match/formula.h"
#include "match/shingle_index.h"
#include "match/text_source.h"
#include "match/verify.h"

namespace kithkin {

/// Seconds by pass, in order. A pass that is begun twice adds up.
using Timings = std::vector<std::pair<std::string, double>>;

/// Adds the time until its end to a pass.
class PassTimer {
 public:
  PassTimer(Timings& timings, std::string pass);
  ~PassTimer();
  PassTimer(const PassTimer&) = delete;

 private:
  Timings& timings_;
  std::string pass_;
  double began_;
};

/// What all passes work with.
struct JobContext {
  DeduplicateOptions options;
  Recipe recipe;
  unsigned threads = 1;
  MemoryPlan memory;
  TemporaryDirectory directory;
  Progress* progress = nullptr;
  Timings timings;

  static Result<JobContext> make(const DeduplicateOptions& options, const std::string& spill_parent,
                                 Progress& progress);
};

/// Records in a spill, to be walked more than once.
template <class Record>
class RecordStore {
 public:
  RecordStore(std::string path, std::size_t memory) : spill_(std::move(path), memory) {}
  Result<void> append(const Record& record) { return spill_.append(&record, sizeof record); }
  [[nodiscard]] std::uint64_t size() const { return spill_.size() / sizeof(Record); }
  /// The error of somebody who finds that there are fewer records than there must be.
  [[nodiscard]] Error damaged() const { return spill_.damaged(); }
  [[nodiscard]] std::uint64_t spilled_bytes() const { return spill_.spilled_bytes(); }

  /// Walks the records in order.
  class Cursor {
   public:
    explicit Cursor(const RecordStore& store) : store_(store) {}

    Result<bool> next(Record& out) {
      if (in_buffer_ == buffer_.size()) {
        const std::uint64_t left = store_.size() - at_;
        if (left == 0) return false;
        buffer_.resize(static_cast<std::size_t>(std::min(left, kAtOnce)));
        KITHKIN_TRY(store_.spill_.read(at_ * sizeof(Record), buffer_.data(),
                                       buffer_.size() * sizeof(Record)));
        at_ += buffer_.size();
        in_buffer_ = 0;
      }
      out = buffer_[in_buffer_++];
      return true;
    }

   private:
    static constexpr std::uint64_t kAtOnce = 4096;
    const RecordStore& store_;
    std::uint64_t at_ = 0;
    std::vector<Record> buffer_;
    std::size_t in_buffer_ = 0;
  };

  Result<void> for_each(const std::function<Result<void>(const Record&)>& visit) const {
    Cursor cursor(*this);
    Record record;
    for (;;) {
      KITHKIN_TRY_ASSIGN(const bool any, cursor.next(record));
      if (!any) return {};
      KITHKIN_TRY(visit(record));
    }
  }

 private:
  Spill spill_;
};
using VerifiedStore = RecordStore<VerifiedPair>;

/// Candidate pairs and the documents in them.
struct Candidates {
  PairSorter pairs;
  DocumentSet documents;
  std::uint64_t count = 0;  ///< set by verify()
  ProposeCounts buckets;
};

/// Fills the index with what it is asked for of the shingles of distinct documents: their texts are
/// read once more, in order. Call when all that is looked up is known.
Result<void> hold_shingles(JobContext& job, const Catalog& catalog, const ShingleSource& texts,
                           ShingleIndex& index);
/// The same from all texts of a crawl, a batch at a time.
Result<void> hold_shingles(JobContext& job, const Catalog& catalog, const HeldTexts& texts,
                           ShingleIndex& index);

/// Proposes pairs of distinct documents, by their band keys and by the shingles they hold.
Result<Candidates> propose(JobContext& job, const Catalog& catalog, const BandStore& keys,
                           const ShingleIndex& index);

/// Pairs over the thresholds among the candidates, and among those alike to a common third: two
/// stores, each sorted.
struct VerifiedPairs {
  VerifiedStore first, closed;
  std::uint64_t spilled_bytes = 0;
};
Result<VerifiedPairs> verify(JobContext& job, const Catalog& catalog, Candidates& candidates,
                             const ShingleSource& shingles);

/// A pair over the thresholds with what the crawl says of it.
struct JudgedPair {
  VerifiedPair verified;
  Evidence evidence;
};

/// Tokens of the two texts of a formula pair that tell them apart.
struct DifferingTokens {
  static constexpr std::size_t kMost = 6;
  std::vector<std::uint32_t> hub, other;  ///< places in the text, ascending
  /// The weightiest passage that stands in both, by its place in the hub; none where its size is 0.
  std::uint32_t shared = 0, shared_size = 0;
};
/// The same as words.
struct DifferingWords {
  std::vector<std::string> hub, other;
  std::string shared;
};
inline constexpr std::size_t kMostExplained = 20000;

/// Copies told from formulas.
struct JudgedPairs {
  RecordStore<VerifiedPair> copies;
  RecordStore<JudgedPair> formulas;
  std::vector<DifferingTokens> differing;  ///< of the first formulas, where pairs are asked for
  std::uint64_t spilled_bytes = 0;
};

/// Decides in two rounds: aligns the pairs and takes those that differ in next to nothing for one
/// article each, counts over those articles how common shingles are, and decides again.
/// `documents` are the candidates; of those that are none, the sampled ones are counted. With
/// options.keep_formula all are copies.
Result<JudgedPairs> judge(JobContext& job, const Catalog& catalog,
                          const std::vector<const VerifiedStore*>& verified,
                          const DocumentSet& documents, const TextSource& texts,
                          CrawlSample& sample);

/// Which document stands for which.
class Assignment {
 public:
  Assignment(const Catalog& catalog, std::vector<std::uint32_t> stands_for, DocumentSet placed,
             std::vector<std::uint32_t> shared);

  /// The representative of a document's cluster; itself when it is one or is alone.
  [[nodiscard]] std::uint32_t representative(std::uint32_t document) const {
    return stands_for_[catalog_->twin(document)];
  }
  /// Shingles a document shares with its representative. Precondition: neither is the other's twin.
  [[nodiscard]] std::uint32_t shared(std::uint32_t document) const {
    return shared_[placed_.place(catalog_->twin(document))];
  }

 private:
  const Catalog* catalog_;
  std::vector<std::uint32_t> stands_for_;  // by document; meaningful for twins
  DocumentSet placed_;                     // twins that are represented by another
  std::vector<std::uint32_t> shared_;      // by place among them
};

Result<Assignment> assign_clusters(JobContext& job, const Catalog& catalog,
                                   const JudgedPairs& judged);

/// One cluster: documents in input order.
struct ClusterView {
  std::uint32_t representative = 0;
  std::span<const std::uint32_t> documents;  ///< all members, the representative among them
};

/// Visits clusters of two documents or more, at least one of them new, by representative. Returns
/// how many.
Result<std::uint64_t> for_each_cluster(
    JobContext& job, const Catalog& catalog, const Assignment& assignment,
    const std::function<Result<void>(const ClusterView&)>& visit);

/// The relation and the measures of a member to its representative.
Member describe_member(const Catalog& catalog, const Assignment& assignment,
                       const ShingleSource& shingles, const MatchOptions& match,
                       std::uint32_t document);

/// Visits every verified pair of documents, a < b, by (a, b): copies and formulas with exact copies
/// put in for each other, and the exact copies among themselves. Where that would be more than
/// kMostExpanded pairs for one verified pair (or kMostTwins documents in one exact group), only the
/// pairs with the twin that stands for the group are given.
inline constexpr std::size_t kMostExpanded = 1024;
inline constexpr std::size_t kMostTwins = 32;
/// `words` are those of the first formulas, as many as are known.
Result<void> for_each_pair(JobContext& job, const Catalog& catalog, const JudgedPairs& judged,
                           std::span<const DifferingWords> words,
                           const std::function<Result<void>(const Pair&)>& visit);

}  // namespace kithkin

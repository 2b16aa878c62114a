// The passes, each a few lines: the algorithms live in match and cluster, this sees to order,
// memory, progress and time.
#include "engine/job.h"

#include <algorithm>
#include <chrono>

#include "base/parallel.h"
#include "base/try.h"
#include "cluster/cluster.h"
#include "engine/output_directory.h"
#include "engine/packed_text.h"
#include "match/closure.h"

namespace kithkin {
namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

PassTimer::PassTimer(Timings& timings, std::string pass)
    : timings_(timings), pass_(std::move(pass)), began_(now()) {}

PassTimer::~PassTimer() {
  const double took = now() - began_;
  for (auto& [name, seconds] : timings_) {
    if (name != pass_) continue;
    seconds += took;
    return;
  }
  timings_.emplace_back(pass_, took);
}

Result<JobContext> JobContext::make(const DeduplicateOptions& options,
                                    const std::string& spill_parent, Progress& progress) {
  JobContext job;
  job.options = options;
  KITHKIN_TRY_ASSIGN(job.recipe, make_recipe(options));
  job.threads = options.threads != 0 ? options.threads : hardware_threads();
  KITHKIN_TRY_ASSIGN(job.memory, MemoryPlan::make(options.memory, job.threads));
  KITHKIN_TRY_ASSIGN(job.directory,
                     TemporaryDirectory::create(spill_parent, std::string(kTemporaryPrefix)));
  job.progress = &progress;
  return job;
}

namespace {

struct HoldItem {
  std::uint32_t batch = 0;
  HeldTexts::Batch texts;
  std::vector<KeyedDocument> held;
};

/// `select(thread, item)` puts into item.held what documents from item.batch * kBatch on may hold.
template <class Select>
Result<void> hold_batches(JobContext& job, const Catalog& catalog, ShingleIndex& index,
                          Select select) {
  KITHKIN_TRY(index.make_filter(job.memory.sorting));
  const std::uint64_t documents = catalog.size();
  std::uint32_t next = 0;
  // Inlined into the pipeline it makes gcc 12 warn of an error that is never made.
  const std::function<Result<bool>(HoldItem&)> produce = [&](HoldItem& item) -> Result<bool> {
    item.batch = next++;
    return std::uint64_t{item.batch} * HeldTexts::kBatch < documents;
  };
  KITHKIN_TRY(ordered_pipeline<HoldItem>(
      job.threads, produce,
      [&](unsigned thread, HoldItem& item) -> Result<void> {
        item.held.clear();
        KITHKIN_TRY(select(thread, item));
        index.keep_looked_up(item.held);
        return {};
      },
      [&](HoldItem& item) -> Result<void> {
        if (job.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
        return index.append(item.held);
      }));
  index.drop_filter();
  return {};
}

}  // namespace

Result<void> hold_shingles(JobContext& job, const Catalog& catalog, const ShingleSource& texts,
                           ShingleIndex& index) {
  const DocumentSet distinct = catalog.distinct();
  std::vector<TextBuffer> buffers(job.threads);
  return hold_batches(job, catalog, index, [&](unsigned thread, HoldItem& item) -> Result<void> {
    const std::uint32_t first = item.batch * HeldTexts::kBatch;
    const std::uint32_t end = first + std::min(HeldTexts::kBatch, catalog.size() - first);
    for (std::uint32_t d = first; d < end; ++d) {
      if (!distinct.contains(d)) continue;
      KITHKIN_TRY_ASSIGN(const auto shingles, texts.shingles(d, buffers[thread]));
      index.select(d, shingles, item.held);
    }
    return {};
  });
}

Result<void> hold_shingles(JobContext& job, const Catalog& catalog, const HeldTexts& texts,
                           ShingleIndex& index) {
  const DocumentSet distinct = catalog.distinct();
  std::vector<TextBuffer> buffers(job.threads);
  return hold_batches(job, catalog, index, [&](unsigned thread, HoldItem& item) -> Result<void> {
    KITHKIN_TRY(texts.read(item.batch, item.texts));
    std::uint32_t document = item.batch * HeldTexts::kBatch;
    for (const std::span<const WordKey> text : item.texts.texts) {
      if (distinct.contains(document)) {
        const auto shingles = unpack_shingles(text, job.recipe.shingle, buffers[thread]);
        index.select(document, shingles, item.held);
      }
      ++document;
    }
    return {};
  });
}

namespace {

Result<void> propose_excerpts(JobContext& job, const Catalog& catalog, const ShingleIndex& index,
                              const std::function<bool()>& done, const PairSink& sink) {
  PairSorter meetings(job.directory.file("meetings-"), job.memory.sorting, false);
  KITHKIN_TRY(propose_contained(
      index, catalog.distinct(), {catalog.tokens()}, job.recipe.shingle, job.threads,
      [&](std::span<const std::uint64_t> pairs) -> Result<void> {
        for (const std::uint64_t pair : pairs)
          KITHKIN_TRY(meetings.add(pair));
        return {};
      },
      done));
  KITHKIN_TRY(meetings.sort());
  const std::uint32_t needed = shared_needed(job.options.match.containment);
  std::uint64_t last = UINT64_MAX, next = 0;
  std::uint32_t times = 0;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const bool any, meetings.next(next));
    if (!any) return {};
    times = next == last ? times + 1 : 1;
    last = next;
    if (times == needed) KITHKIN_TRY(sink(std::span(&next, 1)));
  }
}

/// Remembers pairs for a while: copies meet in most of their bands, and need to be sorted once.
class RecentPairs {
 public:
  /// False when the pair is known to have been here.
  bool insert(std::uint64_t pair) {
    return std::exchange(pairs_[mix64(pair) >> (64 - kBits)], pair) != pair;
  }

 private:
  static constexpr unsigned kBits = 17;
  static constexpr std::uint64_t kNone = UINT64_MAX;  // a document with itself
  std::vector<std::uint64_t> pairs_ = std::vector<std::uint64_t>(std::size_t{1} << kBits, kNone);
};

}  // namespace

Result<Candidates> propose(JobContext& job, const Catalog& catalog, const BandStore& keys,
                           const ShingleIndex& index) {
  const PassTimer timer(job.timings, "propose");
  job.progress->begin("propose pairs", keys.bands() + ShingleIndex::kParts);
  Candidates out{PairSorter(job.directory.file("pairs-"), job.memory.pairs, true),
                 DocumentSet(catalog.size()),
                 0,
                 {}};
  RecentPairs recent;
  const auto sink = [&](std::span<const std::uint64_t> pairs) -> Result<void> {
    for (const std::uint64_t packed : pairs) {
      if (!recent.insert(packed)) continue;
      const CandidatePair pair = CandidatePair::unpack(packed);
      out.documents.insert(pair.hub);
      out.documents.insert(pair.other);
      KITHKIN_TRY(out.pairs.add(packed));
    }
    return {};
  };
  std::uint64_t bands = 0;
  const auto done = [&] {
    job.progress->advance(++bands);
    return !job.progress->cancelled();
  };
  const ProposeOptions options{job.threads, job.memory.sorting, ProposeOptions{}.hot_bucket};
  KITHKIN_TRY_ASSIGN(out.buckets, propose_pairs(keys, catalog.distinct(), {catalog.tokens()},
                                                options, sink, done));
  if (job.options.match.containment > 0) {
    KITHKIN_TRY(propose_excerpts(job, catalog, index, done, sink));
  }
  KITHKIN_TRY(out.pairs.sort());
  out.documents.freeze();
  return out;
}

namespace {

/// Takes from a sorter what does not stand in a sorted store.
class NotIn {
 public:
  NotIn(PairSorter& pairs, const VerifiedStore& without) : pairs_(pairs), known_(without) {}

  Result<bool> next(std::uint64_t& out) {
    for (;;) {
      KITHKIN_TRY_ASSIGN(const bool any, pairs_.next(out));
      if (!any) return false;
      while (more_known_ && (!started_ || last_.pair.packed() < out)) {
        started_ = true;
        KITHKIN_TRY_ASSIGN(more_known_, known_.next(last_));
      }
      if (!more_known_ || last_.pair.packed() != out) return true;
    }
  }

 private:
  PairSorter& pairs_;
  VerifiedStore::Cursor known_;
  VerifiedPair last_;
  bool started_ = false, more_known_ = true;
};

}  // namespace

Result<VerifiedPairs> verify(JobContext& job, const Catalog& catalog, Candidates& candidates,
                             const ShingleSource& shingles) {
  const PassTimer timer(job.timings, "verify");
  job.progress->begin("verify pairs", 0);
  VerifiedPairs out{{job.directory.file("verified-first"), job.memory.results / 2},
                    {job.directory.file("verified-closed"), job.memory.results / 2},
                    0};
  const LongerFirst longer{catalog.tokens()};
  Closure closure(longer, job.directory.file("closure-"), job.memory.sorting);
  const auto done = [&](std::uint64_t count) {
    job.progress->advance(count);
    return !job.progress->cancelled();
  };
  const auto are_known = [&](std::uint64_t packed) {
    const CandidatePair pair = CandidatePair::unpack(packed);
    return pair.hub < catalog.size() && candidates.documents.contains(pair.hub) &&
           pair.other < catalog.size() && candidates.documents.contains(pair.other);
  };
  const auto next = [&](std::uint64_t& pair) -> Result<bool> {
    KITHKIN_TRY_ASSIGN(const bool any, candidates.pairs.next(pair));
    if (any && !are_known(pair)) return candidates.pairs.damaged();
    candidates.count += any ? 1 : 0;
    return any;
  };
  const auto keep = [&](const VerifiedPair& pair) -> Result<void> {
    KITHKIN_TRY(out.first.append(pair));
    return closure.add(pair);
  };
  KITHKIN_TRY(verify_pairs(next, shingles, job.options.match, job.threads, keep, done));

  PairSorter around(job.directory.file("around-"), job.memory.pairs, true);
  KITHKIN_TRY(closure.propose([&](std::span<const std::uint64_t> pairs) -> Result<void> {
    for (const std::uint64_t pair : pairs)
      KITHKIN_TRY(around.add(pair));
    return {};
  }));
  KITHKIN_TRY(around.sort());
  NotIn unknown(around, out.first);
  KITHKIN_TRY(verify_pairs(
      [&](std::uint64_t& pair) -> Result<bool> {
        KITHKIN_TRY_ASSIGN(const bool any, unknown.next(pair));
        if (any && !are_known(pair)) return around.damaged();
        return any;
      },
      shingles, job.options.match, job.threads,
      [&](const VerifiedPair& pair) { return out.closed.append(pair); }, done));
  out.spilled_bytes = candidates.pairs.spilled_bytes() + around.spilled_bytes() +
                      closure.spilled_bytes() + out.first.spilled_bytes() +
                      out.closed.spilled_bytes();
  return out;
}

Assignment::Assignment(const Catalog& catalog, std::vector<std::uint32_t> stands_for,
                       DocumentSet placed, std::vector<std::uint32_t> shared)
    : catalog_(&catalog),
      stands_for_(std::move(stands_for)),
      placed_(std::move(placed)),
      shared_(std::move(shared)) {}

}  // namespace kithkin

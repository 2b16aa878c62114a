// The hub's shingles go into a PassageSet once; the others of its star are counted against it: a
// microsecond or so a pair of 340 shingles. Tests: tests/unit/match/verify_test.cpp against
// std::set.
#include "match/verify.h"

#include <algorithm>
#include <utility>

#include "base/parallel.h"
#include "base/try.h"
#include "match/passage_set.h"

namespace kithkin {

std::uint32_t least_shared(std::uint32_t size_a, std::uint32_t size_b,
                           const MatchOptions& options) {
  const double smaller = std::min(size_a, size_b);
  const double both = static_cast<double>(size_a) + size_b;
  double least = options.threshold * both / (1 + options.threshold);
  if (options.containment > 0) least = std::min(least, options.containment * smaller);
  return static_cast<std::uint32_t>(std::max(least - 1, 0.0));
}

Measures measure(std::uint64_t size_a, std::uint64_t size_b, std::uint64_t shared) {
  if (size_a == 0 || size_b == 0) return {};
  const auto common = static_cast<double>(shared);
  return {common / static_cast<double>(size_a + size_b - shared),
          common / static_cast<double>(size_a), common / static_cast<double>(size_b)};
}

Relation decide(const Measures& measures, bool exact, const MatchOptions& options) {
  if (exact) return Relation::exact;
  if (measures.resemblance >= options.threshold) return Relation::near;
  // The shorter text has the larger containment.
  const double containment = std::max(measures.containment_a, measures.containment_b);
  if (options.containment > 0 && containment >= options.containment) return Relation::contained;
  return Relation::none;
}

Result<void> check_matching(const MatchOptions& match, std::uint32_t shingle) {
  const auto bad = [](const char* what) { return Error{ErrorCode::invalid_argument, what, "", 0}; };
  if (!(match.threshold > 0 && match.threshold <= 1)) {
    return bad("the threshold is a resemblance over 0 and at most 1");
  }
  if (!(match.containment >= 0 && match.containment <= 1)) {
    return bad("the containment threshold lies between 0 (off) and 1");
  }
  if (shingle < 1 || shingle > 64) return bad("a shingle has 1 to 64 tokens");
  return {};
}

bool may_drop(double resemblance, double own_containment, const MatchOptions& options) {
  return resemblance >= options.threshold ||
         (options.containment > 0 && own_containment >= options.containment);
}

namespace {

/// Pairs of one or more hubs, and what was found.
struct Batch {
  std::vector<std::uint64_t> pairs;
  std::vector<VerifiedPair> copies;
};

constexpr std::size_t kBatch = 1024;

class BatchVerifier {
 public:
  BatchVerifier(const ShingleSource& source, const MatchOptions& options)
      : source_(source), options_(options) {}

  Result<void> verify(Batch& batch) {
    batch.copies.clear();
    bool loaded = false;
    std::uint32_t hub = 0;
    for (const std::uint64_t packed : batch.pairs) {
      const CandidatePair pair = CandidatePair::unpack(packed);
      if (!loaded || pair.hub != hub) {
        KITHKIN_TRY(load(pair.hub));
        hub = pair.hub;
        loaded = true;
      }
      KITHKIN_TRY_ASSIGN(const auto other, source_.shingles(pair.other, buffer_));
      VerifiedPair verified{pair, 0, source_.count(pair.hub), source_.count(pair.other)};
      verified.shared =
          count_if(other, least_shared(verified.size_hub, verified.size_other, options_));
      if (other.size() != verified.size_other && verified.shared > 0)
        verified.shared = hub_set_.count_shared(other.first(buffer_.set.keep_distinct(other)));
      if (decide(verified.measures(), false, options_) != Relation::none) {
        batch.copies.push_back(verified);
      }
    }
    return {};
  }

 private:
  Result<void> load(std::uint32_t hub) {
    KITHKIN_TRY_ASSIGN(const auto shingles, source_.shingles(hub, hub_buffer_));
    hub_set_.fill(shingles);
    return {};
  }

  /// How many of these stand in the hub, repeats and all; 0 as soon as fewer than `least` can: two
  /// of three candidates are no copies, and most of those soon show it.
  [[nodiscard]] std::uint32_t count_if(std::span<const ShingleHash> other, std::uint32_t least) {
    constexpr std::size_t kAtOnce = 32;
    std::size_t possible = other.size();
    for (std::size_t at = 0; at < other.size(); at += kAtOnce) {
      const auto some = other.subspan(at, std::min(kAtOnce, other.size() - at));
      possible -= some.size() - hub_set_.count_shared(some);
      if (possible < least) return 0;
    }
    return static_cast<std::uint32_t>(possible);
  }

  const ShingleSource& source_;
  const MatchOptions& options_;
  PassageSet hub_set_;
  TextBuffer hub_buffer_, buffer_;
};

}  // namespace

Result<void> verify_pairs(const std::function<Result<bool>(std::uint64_t&)>& next,
                          const ShingleSource& shingles, const MatchOptions& options,
                          unsigned threads,
                          const std::function<Result<void>(const VerifiedPair&)>& sink,
                          const std::function<bool(std::uint64_t)>& done) {
  std::vector<BatchVerifier> verifiers(threads, BatchVerifier(shingles, options));
  std::uint64_t count = 0;
  const auto produce = [&](Batch& batch) -> Result<bool> {
    batch.pairs.clear();
    std::uint64_t pair = 0;
    while (batch.pairs.size() < kBatch) {
      KITHKIN_TRY_ASSIGN(const bool any, next(pair));
      if (!any) break;
      batch.pairs.push_back(pair);
    }
    return !batch.pairs.empty();
  };
  const auto work = [&](unsigned thread, Batch& batch) { return verifiers[thread].verify(batch); };
  const auto commit = [&](Batch& batch) -> Result<void> {
    for (const VerifiedPair& pair : batch.copies)
      KITHKIN_TRY(sink(pair));
    count += batch.pairs.size();
    if (!done(count)) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    return {};
  };
  return ordered_pipeline<Batch>(threads, produce, work, commit);
}

}  // namespace kithkin

// Find the copies in a collection, say what each is a copy of and how we know.
//
// Three doors to one job: a span of documents in memory, a stream of documents, and a crawl on
// disk (kithkin/crawl.h). All three give the same clusters for the same documents in the same
// order, whatever the number of threads or the memory allowed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <kithkin/document.h>
#include <kithkin/progress.h>
#include <kithkin/recipe.h>
#include <kithkin/relation.h>
#include <kithkin/result.h>

namespace kithkin {

/// Which member of a cluster is kept. Ties end in the id, bytewise, then in input order.
enum class Keep : std::uint8_t {
  longest,   ///< most tokens
  first,     ///< first in input order
  earliest,  ///< earliest date; documents without one come last
  source,    ///< by the order of `sources`, then longest
};

struct DeduplicateOptions {
  MatchOptions match{};
  Keep keep = Keep::longest;
  std::vector<std::string> sources{};  ///< for Keep::source: best first; others come after them
  std::uint32_t shingle = 5;           ///< tokens in a shingle, 1 to 64
  bool keep_formula = false;           ///< let formula texts be clustered as copies are
  SketchKind sketch = SketchKind::minhash;
  std::uint64_t seed = 1;
  bool pairs = false;           ///< also report the verified pairs (docs/decisions/0006)
  unsigned threads = 0;         ///< 0: as many as the machine runs at once
  std::uint64_t memory = 0;     ///< bytes; 0: a quarter of the machine's
  std::string temporary_dir{};  ///< where to spill; empty: the system's
};

/// The recipe these options lead to: bands and rows are chosen from the threshold so that a pair
/// at the threshold is proposed with probability at least 0.95 (by MinHash, and for thresholds of
/// 0.03 and more; predicted_recall() tells).
/// Fails with invalid_argument on options out of range.
Result<Recipe> make_recipe(const DeduplicateOptions& options);

/// The chance that a pair of this resemblance is proposed by the recipe's bands (or, for simhash,
/// its Hamming tables, under the normal approximation for sets of equal size).
double predicted_recall(const Recipe& recipe, double resemblance);

struct Member {
  std::uint64_t document = 0;  ///< number in input order, from 0
  std::string id;
  Relation relation = Relation::near;
  bool old = false;  ///< of the documents that were deduplicated against; not counted, not removed
  double resemblance = 1;                    ///< with the representative, exact
  double containment = 1;                    ///< share of this member that stands in it
  double containment_of_representative = 1;  ///< share of it that stands in this member
};

struct Cluster {
  std::vector<Member> members;  ///< the representative first, then in input order
  double min_resemblance = 1;
};

struct Pair {
  std::uint64_t a = 0, b = 0;  ///< document numbers, a < b
  Relation relation = Relation::near;
  Measures measures;
  FormulaReason reason;  ///< of a formula
};

struct Counts {
  std::uint64_t read = 0, kept = 0, removed = 0, rejected = 0, clusters = 0;
};

struct Report {
  Recipe recipe;
  Counts counts;
  std::vector<Cluster> clusters;       ///< two members or more each, by representative
  std::vector<Pair> pairs;             ///< where asked for, by (a, b)
  std::vector<std::uint64_t> removed;  ///< document numbers, ascending
};

/// Deduplicates documents that are in memory.
Result<Report> deduplicate(std::span<const Document> documents,
                           const DeduplicateOptions& options = {});

/// Deduplicates a stream: texts are fingerprinted as they come and not held.
/// Move-only; add() and finish() belong to one thread at a time.
class Deduplicator {
 public:
  static Result<Deduplicator> create(const DeduplicateOptions& options = {});
  Deduplicator(Deduplicator&&) noexcept;
  Deduplicator& operator=(Deduplicator&&) noexcept;
  ~Deduplicator();

  /// Fails with `output` when spilling fails, with `limit` on a text over 4 GiB. The document gets
  /// the next number, from 0.
  Result<void> add(const Document& document);

  /// Proposes, verifies and clusters all that was added. Call once.
  Result<Report> finish(Progress* progress = nullptr);

 private:
  struct State;
  explicit Deduplicator(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kithkin

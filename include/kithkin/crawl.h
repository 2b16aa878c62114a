// Jobs over a crawl on disk: JSONL in, JSONL out, with memory that does not grow with the texts.
// These are what the `kithkin` tool calls; docs/formats.md describes every file.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kithkin/deduplicate.h>
#include <kithkin/document.h>
#include <kithkin/explain.h>
#include <kithkin/progress.h>
#include <kithkin/recipe.h>
#include <kithkin/relation.h>
#include <kithkin/result.h>

namespace kithkin {

/// Files, directories (searched for *.jsonl, *.ndjson, *.json, each also .gz or .zst) and "-" for
/// standard input, read in this order; paths inside a directory in bytewise order.
struct CrawlInput {
  std::vector<std::string> paths;
  FieldNames fields;
  bool clean = true;  ///< read articles without the furniture of their pages (kithkin/clean.h)
};

enum class Compression : std::uint8_t { none, gzip, zstd };

struct DeduplicateCrawlOptions {
  DeduplicateOptions deduplicate;
  std::string out;                   ///< the output directory, required
  std::vector<std::string> against;  ///< older crawls or former outputs
  bool overwrite = false;            ///< replace a former output in a directory that is not empty
  bool clusters_only = false;        ///< write no kept lines
  bool annotate = false;             ///< keep every line and add its cluster to it
  bool split_like_input = false;     ///< one kept file per input file, under kept/
  Compression compress = Compression::none;  ///< of the kept lines
};

struct CrawlSummary {
  Recipe recipe;
  Counts counts;
  std::uint64_t old_documents = 0;    ///< read from `against`, not counted in `counts`
  std::uint64_t bytes = 0;            ///< of input, after decompression
  std::uint64_t candidate_pairs = 0;  ///< proposed, each once
  std::uint64_t verified_pairs = 0;   ///< found to be copies
  std::uint64_t formula_pairs = 0;    ///< as alike, and found to be formulas
  std::uint64_t hot_buckets = 0;      ///< buckets over the cap, cut into pieces
  std::uint64_t spilled_bytes = 0;    ///< written to temporary files
  std::vector<std::pair<std::string, double>> seconds;  ///< by pass, in order
  std::vector<Error> input_errors;  ///< files that could not be read to their end
};

/// The spine: reads the crawl, finds the copies, writes the output directory.
/// Rows that cannot be read are listed in rejected.jsonl and reported to progress.warn().
/// Fails with `invalid_argument`, `output` or `cancelled`, leaving no output behind; files that
/// cannot be read are left out, the others are finished, and `input_errors` names them.
Result<CrawlSummary> deduplicate_crawl(const CrawlInput& input,
                                       const DeduplicateCrawlOptions& options, Progress& progress);

/// A pair to compare, by the ids of its documents.
struct IdPair {
  std::string id_a, id_b;
};

/// Reads a TSV whose header begins "id_a id_b"; further columns are ignored.
Result<std::vector<IdPair>> read_id_pairs(const std::string& path);

struct Comparison {
  bool found_a = false, found_b = false;
  Relation relation = Relation::none;
  Measures measures;
  FormulaReason reason;  ///< of a formula
  /// How related the two are, 0 to 1 (kithkin/related.h); 1 for copies, 0 between languages.
  double related_score = 0;
};

/// Compares each pair exactly, in order, with the whole crawl behind it: what is a formula only the
/// crawl can tell. An id that stands twice in the input means its first
/// document; an id that is not there leaves its `found` false.
struct CompareResult {
  std::vector<Comparison> comparisons;
  std::vector<std::string> unknown_ids;  ///< each once, in order of appearance
  std::vector<Error> input_errors;
};
Result<CompareResult> compare_crawl(const CrawlInput& input, const std::vector<IdPair>& pairs,
                                    const DeduplicateOptions& options, Progress& progress);

/// Adds to an explanation of two documents what only the crawl knows: whether they are a formula,
/// and in how many documents each shared passage stands. Reads the crawl twice, so not from
/// standard input. Fails as compare_crawl() does.
Result<void> explain_in_crawl(const CrawlInput& input, const Document& a, const Document& b,
                              const DeduplicateOptions& options, Progress& progress,
                              Explanation& explanation);

/// Finds documents by id; the first document of that id wins. Missing ids are absent. Their texts
/// are cleaned where `input.clean` says so and the input can be read again.
Result<std::map<std::string, Document>> find_documents(const CrawlInput& input,
                                                       const std::vector<std::string>& ids,
                                                       Progress& progress);

}  // namespace kithkin

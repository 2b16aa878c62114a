// "Similar articles" for a whole crawl: for each article those on the same matter, never copies of
// it nor of each other, each with a score and the reasons for it; and articles on one event drawn
// together into stories. The jobs that the `kithkin related` tool calls; docs/cli/related.md tells
// how to use them, docs/formats.md describes every file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <kithkin/crawl.h>
#include <kithkin/deduplicate.h>
#include <kithkin/progress.h>
#include <kithkin/result.h>

namespace kithkin {

struct RelatedOptions {
  DeduplicateOptions deduplicate{};  ///< how copies are told; threads, memory and seed
  std::uint32_t top = 10;            ///< entries of a list at most, 1 to 1000
  double min_score = 0;              ///< entries below it are left out, 0 to 1
  double window = 0;                 ///< days between two articles at most; 0: any
  double half_life = 0;              ///< days after which a score counts half; 0: none
  double diversity = 0;              ///< 0 to 1: how much likeness within a list is avoided (MMR)
  std::uint32_t per_host = 0;        ///< entries of one host at most; 0: any
  bool cross_host_only = false;      ///< entries of other hosts only
  double title_weight = 2, text_weight = 1;  ///< of the fields, 0 to 1000
};

struct RelatedCrawlOptions {
  RelatedOptions related;
  std::string out;  ///< the output directory, required
  bool overwrite = false;
  /// Lists for these new documents against the crawl, instead of for the crawl. Files as in
  /// CrawlInput::paths.
  std::vector<std::string> queries;
  /// Measure the share of the first `measure` entries that bear the label of their list; 0: do not.
  std::uint32_t measure = 0;
  std::string labels{};  ///< TSV "id cluster"; several labels of an id have "|" between them
};

/// What became of the articles' vectors (FieldNames::vector).
struct RelatedVectors {
  std::string field;
  std::uint64_t dimensions = 0;  ///< numbers of a vector
  std::uint64_t used = 0;        ///< articles whose vector takes part
  std::uint64_t missing = 0;     ///< articles that have none
  std::uint64_t unusable = 0;    ///< articles whose vector takes no part
};

struct RelatedSummary {
  std::uint64_t read = 0;      ///< rows, readable or not
  std::uint64_t rejected = 0;  ///< rows that could not be read
  std::uint64_t articles = 0;  ///< documents without their copies
  std::uint64_t lists = 0;     ///< articles with at least one entry
  std::uint64_t entries = 0;
  std::uint64_t stories = 0;  ///< of two articles or more
  std::uint64_t merges = 0, splits = 0;
  std::vector<std::pair<std::string, std::uint64_t>> languages;  ///< articles, most first
  std::optional<double> precision;                               ///< as `measure` asks
  std::optional<RelatedVectors> vectors;  ///< where a field is named for them
  std::uint64_t bytes = 0;                ///< of input, after decompression
  std::uint64_t spilled_bytes = 0;
  std::vector<std::pair<std::string, double>> seconds;  ///< by pass, in order
  std::vector<Error> input_errors;  ///< files that could not be read to their end
};

/// Fails with invalid_argument on options out of range.
Result<void> check_related_options(const RelatedOptions& options);

/// Finds the copies, then the neighbors, then the stories, and writes related.jsonl, stories.jsonl,
/// stories_log.jsonl, rejected.jsonl and summary.json. Where `input.fields.vector` names a field,
/// the articles' own dense vectors take part: an article without a usable one is told to
/// progress.warn(), and relates by its text. Fails as deduplicate_crawl() does, and with `input`
/// when vectors are asked for and no article has one, leaving no output behind.
Result<RelatedSummary> relate_crawl(const CrawlInput& input, const RelatedCrawlOptions& options,
                                    Progress& progress);

}  // namespace kithkin

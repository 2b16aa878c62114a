// A corpus with its truth: invented articles of any number, with copies made as the world makes
// them, and files that say who is a copy of whom, in which way and how alike. docs/cli/synth.md
// tells how to use it, docs/formats.md describes every file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kithkin/crawl.h>
#include <kithkin/progress.h>
#include <kithkin/result.h>

namespace kithkin {

/// How a copy was made of its source.
enum class CopyKind : std::uint8_t {
  exact,        ///< word for word
  dateline,     ///< another place and agency in front, or the first words gone
  byline,       ///< a line with a name before or behind
  truncated,    ///< the first part only
  extended,     ///< more text behind
  updated,      ///< numbers changed, a paragraph exchanged, another added
  moved,        ///< the same paragraphs in another order
  quoted,       ///< the whole stands inside another, longer article
  substituted,  ///< words replaced by others
  ocr,          ///< letters misread, dropped, doubled; spaces lost
  punctuation,  ///< quotes, dashes and spaces written with other characters
};
inline constexpr std::size_t kCopyKinds = 11;

/// The name above.
constexpr std::string_view to_string(CopyKind kind) noexcept {
  constexpr std::string_view kNames[kCopyKinds] = {
      "exact", "dateline", "byline",      "truncated", "extended",   "updated",
      "moved", "quoted",   "substituted", "ocr",       "punctuation"};
  return kNames[static_cast<std::size_t>(kind)];
}

struct SynthOptions {
  std::string out;              ///< the output directory, required
  std::uint64_t documents = 0;  ///< how many, required; up to 10^12
  std::uint64_t seed = 1;
  std::uint32_t shards = 1;    ///< files the documents are dealt to, 1 to 100,000
  std::string languages{};     ///< "ar:3,en:2", code and weight; empty: a mixture led by Arabic
  double duplicates = 0.3;     ///< share of documents that are copies
  double templates = 0.04;     ///< share that fill a form which others fill too, and are no copies
  double translations = 0.03;  ///< share that say in another language what an earlier one says
  bool furniture = true;       ///< pages with headers, footers and boxes around the article
  /// Build on these articles instead of invented ones: paths and field names of a crawl. Without
  /// paths all is invented.
  CrawlInput seed_texts{};
  Compression compress = Compression::none;  ///< of the documents
  unsigned threads = 0;                      ///< 0: as many as the machine runs at once
  bool overwrite = false;                    ///< replace a former corpus in `out`
};

struct SynthSummary {
  std::uint64_t documents = 0;
  std::uint64_t clusters = 0;  ///< a document without copies is one
  std::uint64_t bytes = 0;     ///< of the documents, before compression
  /// By label, in the order of CopyKind, then "template" and "translation".
  std::vector<std::pair<std::string, std::uint64_t>> pairs;
};

/// Writes documents.jsonl (or shards of it under documents/), truth.pairs.tsv, truth.clusters.tsv
/// and truth.stories.tsv. The bytes depend on the options but not on threads or machine, and
/// without `seed_texts` a larger corpus begins with all of a smaller one. Memory: about a megabyte
/// a thread, and the texts of `seed_texts`.
/// Fails with `invalid_argument`, `input`, `output` or `cancelled`, leaving no output behind.
Result<SynthSummary> synthesize_crawl(const SynthOptions& options, Progress& progress);

}  // namespace kithkin

// Cleaning a crawl: each article without the furniture of its page, by what the crawl itself
// teaches. No list of words in any language, no class names, no rules for sites.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kithkin/crawl.h>
#include <kithkin/progress.h>
#include <kithkin/result.h>

namespace kithkin {

enum class RemovalKind : std::uint8_t {
  host_repeat,       ///< stands on many articles of the host
  related_box,       ///< titles of other articles, with their heading
  embedded_article,  ///< another article of the crawl, behind a heading
  code,              ///< CSS, scripts, tags and the like
  page_repeat,       ///< stands further up on the same page
  byline,            ///< dateline, author, agency, source or tags: a label at either end
};
inline constexpr std::size_t kRemovalKinds = 6;

/// "host-repeat", "related-box", ...
std::string_view to_string(RemovalKind kind);

struct CleanCrawlOptions {
  std::string out;             ///< the output directory, required
  bool overwrite = false;      ///< replace a former output in a directory that is not empty
  bool keep_original = false;  ///< add the text as it came to each line
  Compression compress = Compression::none;  ///< of cleaned.jsonl
  unsigned threads = 0;                      ///< 0: as many as the machine runs at once
  std::uint64_t memory = 0;                  ///< bytes; 0: a quarter of the machine's
};

struct CleanSummary {
  std::uint64_t read = 0;      ///< rows, readable or not
  std::uint64_t rejected = 0;  ///< rows that could not be read
  std::uint64_t changed = 0;   ///< articles from which something was removed
  std::uint64_t empty = 0;     ///< of these and of HTML pages, those with not a word left
  std::uint64_t text_bytes = 0;
  std::array<std::uint64_t, kRemovalKinds> spans{}, bytes{};  ///< removed, by kind
  std::uint64_t related = 0;                                  ///< entries of boxes, all pages
  std::uint64_t input_bytes = 0;                              ///< after decompression
  std::uint64_t spilled_bytes = 0;
  std::vector<std::pair<std::string, double>> seconds;  ///< by pass, in order
  std::vector<Error> input_errors;  ///< files that could not be read to their end
};

/// Learns from the whole crawl, then writes cleaned.jsonl, furniture.jsonl, rejected.jsonl and
/// summary.json (docs/formats.md). Fails as deduplicate_crawl() does, leaving no output behind.
Result<CleanSummary> clean_crawl(const CrawlInput& input, const CleanCrawlOptions& options,
                                 Progress& progress);

}  // namespace kithkin

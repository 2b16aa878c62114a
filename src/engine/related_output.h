// What a related job writes, line by line. docs/formats.md is the contract.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <kithkin/related.h>

#include "engine/related_lists.h"
#include "engine/relater.h"
#include "relate/story.h"
#include "relate/term_reader.h"

namespace kithkin {

/// Writes the lines of related.jsonl; shared by threads.
class RelatedOutput {
 public:
  /// All outlive this. `founders`: by article, that of its story.
  RelatedOutput(const Relater& relater, const Catalog& catalog,
                const std::vector<std::uint32_t>& founders)
      : relater_(relater), catalog_(catalog), founders_(founders) {}

  /// One per thread.
  struct Scratch {
    std::vector<RelatedEntry> list;
    TermReader reader;
    TextTerms terms;
    std::unordered_map<TermHash, std::string> words;  // reasons as they are written
  };

  /// {"id", "title", "url", "date", "lang", "story", "related": [...]}: a document with
  /// `scratch.list`, the list of its article.
  Result<void> append_line(const CrawlReader::Met& met, std::uint32_t article, Scratch& scratch,
                           std::string& out) const;

 private:
  Result<void> append_entry(const RelatedEntry& entry, std::uint32_t article,
                            const Scratch& scratch, std::string& out) const;
  const Relater& relater_;
  const Catalog& catalog_;
  const std::vector<std::uint32_t>& founders_;
};

struct StoryMember {
  std::uint32_t document = 0;
  std::uint32_t voice = 0;  ///< the document that speaks for its cluster
  std::int64_t date = 0;
};

/// {"story", "title", "size", "first", "last", "members": [{"id", "cluster"}]}
Result<void> append_story(std::string& out, std::uint32_t founder,
                          std::span<const StoryMember> members, const Relater& relater,
                          const Catalog& catalog);

/// {"event": "merge" | "split", "story", "other", "at", "moved"}; StoryEvent by articles.
Result<void> append_event(std::string& out, const StoryEvent& event, const Relater& relater,
                          const Catalog& catalog);

/// The whole of summary.json.
std::string format_summary(const RelatedSummary& summary, const Recipe& recipe,
                           const DeduplicateOptions& options, std::uint64_t peak_memory);

/// "2015-07-23T08:05:00Z"; "" for an unknown date and for one beyond the years 1 to 9999.
std::string format_date(std::int64_t seconds);

}  // namespace kithkin

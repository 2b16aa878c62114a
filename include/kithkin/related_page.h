// What kithkin related found, to be looked at: a page to read, and a snippet for a site to embed.
#pragma once

#include <cstdint>
#include <string>

#include <kithkin/result.h>

namespace kithkin {

/// How much of it is shown. The page says how much is not.
struct RelatedPageOptions {
  std::uint64_t lists = 500;    ///< articles with their lists, the first of related.jsonl
  std::uint64_t entries = 20;   ///< of a list
  std::uint64_t stories = 100;  ///< the largest
  std::uint64_t members = 20;   ///< of a story
};

/// Reads related.jsonl and stories.jsonl in `directory` and writes related.html and
/// related_snippet.html beside them, replacing former ones, when both are whole. The page needs
/// neither scripts nor a network; the snippet is a template and an example of it. The same files
/// give the same bytes.
///
/// Both files are read once, and held are one line and what is shown. Fails with `input` where a
/// file is missing or damaged, naming it and the line, and with `output`.
Result<void> write_related_page(const std::string& directory,
                                const RelatedPageOptions& options = {});

}  // namespace kithkin

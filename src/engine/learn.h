// Learning what furniture the pages of a crawl have. Threads outline pages; a learner takes them in
// input order.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <kithkin/crawl.h>

#include "clean/cleaner.h"
#include "clean/furniture.h"
#include "clean/outline.h"
#include "corpus/block_reader.h"
#include "corpus/input_list.h"
#include "corpus/row_parser.h"
#include "engine/job.h"

namespace kithkin {

/// How the recipe names it.
inline constexpr const char* kCleaning = "crawl/2";

/// The site a row comes from.
inline HostKey host_of(const Row& row) { return host_key(row.url, row.source); }

/// Pages one after another, as they are learned from.
struct OutlinedPages {
  struct Page {
    HostKey host = 0;
    std::uint64_t title = 0;
    std::uint32_t outline_end = 0;  // in `outlines`
    std::vector<Removal> removals;  // whatever others say
  };
  std::vector<Page> pages;
  std::vector<LineKeys> outlines;  // of all pages

  void clear() { pages.clear(), outlines.clear(); }
};

/// Rows to pages. Scratch space: one per thread.
class PageOutliner {
 public:
  /// Appends the page of a row. Fails as Cleaner::clean_alone().
  Result<void> outline(const Row& row, OutlinedPages& out);

  /// The same where all tokens of its text are at hand.
  Result<void> outline(const Row& row, std::span<const TokenSpan> words, OutlinedPages& out);

 private:
  Result<void> append(const Row& row, OutlinedPages& out);

  Outliner outliner_;
  Cleaner cleaner_{nullptr};
  std::vector<OutlineLine> lines_;
};

/// A learner with what memory `job` has for things to come later.
FurnitureLearner make_learner(const JobContext& job, const std::vector<InputFile>& files);

/// Hands all pages over. Fails as FurnitureLearner::add().
Result<void> learn_pages(const OutlinedPages& pages, FurnitureLearner& learner);

/// A block as the learning walk met it.
struct KnownBlock {
  std::uint32_t first_document = 0;
  std::span<const std::uint32_t> rejects;  ///< lines of the block, from 1, that are no documents
};

/// What the learning walk leaves for those to come.
class Learned {
 public:
  Furniture furniture;
  std::uint64_t text_bytes = 0;  ///< of all documents, as they came

  /// Blocks come in input order, and the documents of each behind it.
  void add_block(const LineBlock& block, std::span<const std::uint32_t> rejects);
  void add_document(bool is_line) { is_line_.push_back(is_line); }
  [[nodiscard]] std::uint32_t documents() const {
    return static_cast<std::uint32_t>(is_line_.size());
  }

  /// None where the crawl has changed since. Valid while this lives.
  [[nodiscard]] std::optional<KnownBlock> find(const LineBlock& block) const;

  /// Whether a document loses nothing and its text is a field of its line: cleaned, the line is
  /// what it was.
  [[nodiscard]] bool stays(std::uint32_t document) const {
    return document < is_line_.size() && is_line_[document] && furniture.stays(document);
  }

 private:
  struct Block {
    std::uint32_t file = 0;
    std::uint32_t first_document = 0;
    std::uint64_t offset = 0, size = 0;
    std::uint64_t first_reject = 0;
  };
  std::vector<Block> blocks_;           // in input order
  std::vector<std::uint32_t> rejects_;  // of all blocks
  std::vector<bool> is_line_;           // by document
};

/// Reads all files and learns. `visit` (may be empty) hears the id of every readable row, in order:
/// its place is its document number. Rows and files that cannot be read are passed over in silence;
/// the next walk reports them.
Result<Learned> learn_furniture(JobContext& job, const std::vector<InputFile>& files,
                                const CrawlInput& input,
                                const std::function<Result<void>(const std::string& id)>& visit);

}  // namespace kithkin

// Walking a crawl: every pass over the input goes through here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/crawl.h>

#include "base/parallel.h"
#include "base/try.h"
#include "corpus/block_reader.h"
#include "corpus/input_list.h"
#include "corpus/row_parser.h"
#include "engine/catalog.h"

namespace kithkin {

/// The files of a crawl, and which documents are in each.
struct CrawlFiles {
  std::vector<InputFile> files;
  std::vector<std::uint32_t> first_document;  ///< of each file, and one past the last

  [[nodiscard]] std::uint64_t bytes() const;
  /// The file a document stands in. Precondition: first_document is complete.
  [[nodiscard]] std::size_t file_of(std::uint32_t document) const;
};

/// Runs `work(thread, item)` over the blocks of `files`, `commit(item)` in input order; Item has a
/// LineBlock `block`. `prepare(item)` is called in input order before the work; false ends the
/// scan. Files that fail go to `errors`. Progress in bytes of the files as they are.
template <class Item, class Prepare, class Work, class Commit>
Result<void> scan_blocks(const std::vector<InputFile>& files, unsigned threads, Progress& progress,
                         std::vector<Error>& errors, Prepare prepare, Work work, Commit commit) {
  BlockReader reader(files);
  const auto produce = [&](Item& item) -> Result<bool> {
    KITHKIN_TRY_ASSIGN(const bool any, reader.next(item.block));
    item.consumed = reader.consumed();
    if (!any) return false;
    return prepare(item);
  };
  const auto finish = [&](Item& item) -> Result<void> {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    KITHKIN_TRY(commit(item));
    progress.advance(item.consumed);
    return {};
  };
  KITHKIN_TRY(ordered_pipeline<Item>(threads, produce, work, finish));
  errors.insert(errors.end(), reader.errors().begin(), reader.errors().end());
  return {};
}

/// Calls visit(line, offset, is_cut) for every line of a block that is not blank, until it fails.
/// `lines` counts all so far, this one included. Of a line that is cut the block says why.
template <class Visit>
Result<void> for_each_line(const LineBlock& block, std::uint64_t& lines, Visit visit) {
  LineCursor cursor = block.lines();
  std::string_view line;
  std::size_t offset = 0;
  while (cursor.next(line, offset)) {
    ++lines;
    if (is_blank(line)) continue;
    KITHKIN_TRY(visit(line, offset, !block.cut.empty() && offset + line.size() == block.size));
  }
  return {};
}

/// A document's line inside a block, by the catalog: no line is searched for twice.
struct PlacedLine {
  std::uint32_t document = 0;
  std::uint64_t begin = 0;  ///< in the block
  std::uint32_t size = 0;   ///< bytes
};

/// Tells which documents stand in each block of a later pass. Blocks must come in order.
class LinePlacer {
 public:
  LinePlacer(const Catalog& catalog, const CrawlFiles& files) : catalog_(catalog), files_(files) {}

  /// Replaces `lines` with those of the block, and is true. Fails with `input` when the catalog
  /// cannot be read, or when the file is shorter than it was when it was read first.
  Result<bool> place(const LineBlock& block, std::vector<PlacedLine>& lines);

 private:
  const Catalog& catalog_;
  const CrawlFiles& files_;
  std::uint32_t next_ = 0;
};

/// Calls visit(row, file, line number) for every readable row of the crawl, one after another,
/// until it returns false. Rows that cannot be read are passed over with a warning.
struct CrawlRows {
  std::vector<Error> input_errors;
};
Result<CrawlRows> for_each_row(
    const CrawlInput& input, Progress& progress,
    const std::function<Result<bool>(const Row&, const std::string& id)>& visit);

/// The id of a row: its own, or "file:line".
std::string row_id(const Row& row, const std::string& file, std::uint64_t line);

}  // namespace kithkin

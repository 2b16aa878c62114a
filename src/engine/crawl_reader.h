// Reading a crawl: a walk for its rows, which are fingerprinted and held as hashes of their words;
// where articles are to be cleaned first, they are fingerprinted from what was held, or by another
// walk. What dedup, compare and related share.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <kithkin/crawl.h>

#include "base/try.h"
#include "clean/cleaner.h"
#include "corpus/row_parser.h"
#include "engine/catalog.h"
#include "engine/crawl_sample.h"
#include "engine/crawl_scan.h"
#include "engine/fingerprint.h"
#include "engine/held_texts.h"
#include "engine/job.h"
#include "engine/learn.h"
#include "engine/page_text.h"
#include "engine/sketches.h"
#include "engine/text_store.h"
#include "match/band_store.h"
#include "match/shingle_index.h"

namespace kithkin {

/// Who wants to hear of the first walk, in input order.
struct CrawlVisitor {
  std::function<void(std::uint32_t document, const std::string& id)> document;
  /// Rows of the new files that could not be read; they have been warned of.
  std::function<Result<void>(const Error&)> reject;
};

/// A block of a later walk.
struct WalkItem {
  LineBlock block;
  std::uint64_t consumed = 0;
  std::vector<PlacedLine> lines;
};

class CrawlReader {
 public:
  /// Both outlive the reader. Sets how the recipe cleans.
  CrawlReader(JobContext& job, const CrawlInput& input);

  /// Finds the files: those of `against`, which are older, before those of `paths`; none below
  /// `exclude`. Fails with `input` when none of `paths` can be read.
  Result<void> list(const std::vector<std::string>& against, const std::vector<std::string>& paths,
                    const std::string& exclude);

  /// The first walk, and what follows where articles are to be cleaned; call once, after list().
  /// Exact copies are known afterwards.
  Result<void> sketch(const CrawlVisitor& visitor);

  /// Pairs by what the first walk found, of which nothing is left then. Call once, after sketch().
  Result<Candidates> propose();

  /// The texts of these documents, as they were held. `wanted` is frozen and outlives the reader.
  /// Call once.
  Result<const TextSource*> fetch_texts(const DocumentSet& wanted);

  /// Where a document is met again.
  struct Met {
    std::uint32_t document = 0;
    const Row& row;
    std::string_view text;  ///< as it is compared
  };

  /// Walks the documents of `wanted` (all where it is null) once more, after sketch(): for each
  /// block begin(thread, item), then visit(thread, item, Met) for its documents, on any thread, and
  /// commit(item) in input order. Item is a WalkItem and more. Fails with `input` where a file has
  /// changed.
  template <class Item, class Begin, class Visit, class Commit>
  Result<void> walk(const std::string& pass, const DocumentSet* wanted, Begin begin, Visit visit,
                    Commit commit);

  /// Sets the file and line of an error to those of a document, after sketch(). Fails with `input`.
  Result<void> locate(std::uint32_t document, Error& error) const;

  /// The words behind differing tokens, by one more walk (none where there are none).
  Result<std::vector<DifferingWords>> spell(const JudgedPairs& judged);

  [[nodiscard]] const CrawlFiles& files() const { return files_; }
  [[nodiscard]] const Catalog& catalog() const { return catalog_; }
  [[nodiscard]] CrawlSample& sample() { return sample_; }
  [[nodiscard]] std::vector<Error>& input_errors() { return input_errors_; }

  /// Files of `against` come first.
  [[nodiscard]] std::size_t old_files() const { return old_files_; }
  [[nodiscard]] bool is_old_file(std::size_t file) const { return file < old_files_; }
  /// Of the new files: bytes after decompression, and rows, readable or not.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t spilled_bytes() const {
    return spilled_before_ + catalog_.spilled_bytes() + keys_.spilled_bytes() +
           index_.spilled_bytes() + sample_.shingles().spilled_bytes() + held_.spilled_bytes() +
           (store_ ? store_->spilled_bytes() : 0) + (furniture_ ? furniture_->spilled_bytes() : 0);
  }

 private:
  struct ReadItem;
  struct SketchItem;
  struct PackedItem;
  /// A thread's tools.
  struct Worker {
    RowReader reader;
    Fingerprinter fingerprinter;
    Cleaner cleaner{nullptr};
    CleanedPage page{};
    std::string article{};
    PageOutliner outliner{};
    Tokenizer tokenizer{};
    std::vector<TokenSpan> spans{};
    std::vector<TokenHash> tokens{};
    std::vector<NumberToken> numbers{};
  };

  Result<void> make_workers();
  void hold_texts(HeldTexts::Beyond beyond);
  void pack_texts(unsigned thread, PackedTexts& packed);
  /// The text of a row as it is compared. Fails with `input` when what was learned is lost.
  Result<std::string_view> article(Worker& worker, const Row& row, std::uint32_t document) const;

  Result<void> read(const CrawlVisitor& visitor, FurnitureLearner* learner);
  Result<void> read_block(unsigned thread, ReadItem& item);
  Result<void> read_line(unsigned thread, std::string_view line, std::size_t offset,
                         ReadItem& item);
  Result<void> read_page(Worker& worker, const Row& row, ReadItem& item) const;
  void begin_files(std::size_t last);
  Result<void> commit_rows(ReadItem& item, const CrawlVisitor& visitor);
  Result<void> hold(const PackedTexts& packed);
  Result<void> commit_pages(const ReadItem& item, FurnitureLearner& learner);

  Result<void> clean_held();
  Result<void> sketch_held();
  Result<void> sketch_again();
  Result<void> commit_sketches(const Sketches& sketches);
  /// A row that the first walk could read. Fails with `input` when its file has changed since.
  Result<void> parse_again(Worker& worker, const LineBlock& block, const PlacedLine& placed,
                           Row& row) const;
  Result<void> select_texts(const DocumentSet& wanted);
  [[nodiscard]] bool is_held() const { return held_.where() != HeldTexts::Where::nowhere; }
  [[nodiscard]] SketchOptions wanted_of_sketches() const {
    return {job_->options.match.containment > 0, !job_->options.keep_formula};
  }

  JobContext* job_;
  const CrawlInput& input_;
  Catalog catalog_;
  BandStore keys_;
  ShingleIndex index_;
  CrawlSample sample_;
  CrawlFiles files_;
  std::size_t old_files_ = 0;
  std::optional<Furniture> furniture_;
  std::vector<Worker> workers_;
  HeldTexts held_;
  std::vector<ContentHash> contents_;  // by document, while texts are held that have no sketch yet
  std::optional<TextStore> store_;
  std::vector<Error> input_errors_;
  std::uint64_t lines_before_ = 0;  // of the present file, before the present block
  std::uint64_t bytes_ = 0, rows_ = 0;
  std::uint64_t spilled_before_ = 0;          // by what is gone
  std::atomic<std::uint32_t> documents_ = 0;  // committed so far
  std::atomic<HeldTexts::Where> hold_{};      // texts of blocks to come
};

template <class Item, class Begin, class Visit, class Commit>
Result<void> CrawlReader::walk(const std::string& pass, const DocumentSet* wanted, Begin begin,
                               Visit visit, Commit commit) {
  job_->progress->begin(pass, files_.bytes());
  LinePlacer placer(catalog_, files_);
  std::vector<Error> ignored;  // reported by the first walk
  return scan_blocks<Item>(
      files_.files, job_->threads, *job_->progress, ignored,
      [&](Item& item) { return placer.place(item.block, item.lines); },
      [&](unsigned thread, Item& item) -> Result<void> {
        begin(thread, item);
        Row row;
        for (const PlacedLine& placed : item.lines) {
          if (wanted != nullptr && !wanted->contains(placed.document)) continue;
          Worker& worker = workers_[thread];
          KITHKIN_TRY(parse_again(worker, item.block, placed, row));
          KITHKIN_TRY_ASSIGN(const std::string_view text, article(worker, row, placed.document));
          KITHKIN_TRY(visit(thread, item, Met{placed.document, row, text}));
        }
        return {};
      },
      commit);
}

}  // namespace kithkin

// Reading a crawl: a walk for fingerprints, and where texts could not be held, one for those of the
// candidates. What dedup and compare share.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <kithkin/crawl.h>

#include "clean/cleaner.h"
#include "corpus/row_parser.h"
#include "engine/catalog.h"
#include "engine/crawl_sample.h"
#include "engine/crawl_scan.h"
#include "engine/fingerprint.h"
#include "engine/held_texts.h"
#include "engine/job.h"
#include "engine/page_text.h"
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

class CrawlReader {
 public:
  /// Both outlive the reader. Sets how the recipe cleans.
  CrawlReader(JobContext& job, const CrawlInput& input);

  /// Finds the files: those of `against`, which are older, before those of `paths`; none below
  /// `exclude`. Fails with `input` when none of `paths` can be read.
  Result<void> list(const std::vector<std::string>& against, const std::vector<std::string>& paths,
                    const std::string& exclude);

  /// The first walk, behind one that learns where articles are to be cleaned; call once, after
  /// list(). Exact copies are known afterwards.
  Result<void> sketch(const CrawlVisitor& visitor);

  /// The texts of these documents: from memory when the first walk's could be held, else by a
  /// second walk. `wanted` is frozen and outlives the reader. Call once.
  Result<const TextSource*> fetch_texts(const DocumentSet& wanted);

  /// The words behind differing tokens, by one more walk (none where there are none).
  Result<std::vector<DifferingWords>> spell(const JudgedPairs& judged);

  [[nodiscard]] const CrawlFiles& files() const { return files_; }
  [[nodiscard]] const Catalog& catalog() const { return catalog_; }
  [[nodiscard]] const BandStore& keys() const { return keys_; }
  [[nodiscard]] const ShingleIndex& index() const { return index_; }
  [[nodiscard]] CrawlSample& sample() { return sample_; }
  [[nodiscard]] std::vector<Error>& input_errors() { return input_errors_; }

  /// Files of `against` come first.
  [[nodiscard]] std::size_t old_files() const { return old_files_; }
  [[nodiscard]] bool is_old_file(std::size_t file) const { return file < old_files_; }
  /// Of the new files: bytes after decompression, and rows, readable or not.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t spilled_bytes() const {
    return catalog_.spilled_bytes() + keys_.spilled_bytes() + index_.spilled_bytes() +
           sample_.shingles().spilled_bytes() + (store_ ? store_->spilled_bytes() : 0) +
           (furniture_ ? furniture_->spilled_bytes() : 0);
  }

 private:
  struct SketchItem;
  struct TextItem;
  struct WordsItem;
  /// A thread's tools.
  struct Worker {
    RowReader reader;
    Fingerprinter fingerprinter;
    Cleaner cleaner;
    CleanedPage page{};
    std::string article{};
  };

  Result<void> make_workers();
  /// The text of a row as it is compared. Fails with `input` when what was learned is lost.
  Result<std::string_view> article(Worker& worker, const Row& row) const;
  Result<void> sketch_block(Worker& worker, SketchItem& item) const;
  Result<void> sketch_line(Worker& worker, std::string_view line, std::size_t offset,
                           SketchItem& item) const;
  void begin_files(std::size_t last);
  Result<void> commit_sketches(SketchItem& item, const CrawlVisitor& visitor);
  /// A row that the first walk could read. Fails with `input` when its file has changed since.
  Result<void> parse_again(Worker& worker, const LineBlock& block, const PlacedLine& placed,
                           Row& row) const;
  Result<void> text_block(Worker& worker, const DocumentSet& wanted, TextItem& item) const;
  Result<void> read_texts(const DocumentSet& wanted);
  [[nodiscard]] bool tells_formulas() const { return !job_->options.keep_formula; }
  [[nodiscard]] bool finds_contained() const { return job_->options.match.containment > 0; }

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
  HeldTexts held_{0, 0};
  std::optional<TextStore> store_;
  std::vector<Error> input_errors_;
  std::uint64_t lines_before_ = 0;  // of the present file, before the present block
  std::uint64_t bytes_ = 0, rows_ = 0;
  std::atomic<std::uint32_t> documents_ = 0;  // committed so far
  std::atomic<bool> hold_ = false;            // blocks to come carry their texts
};

}  // namespace kithkin

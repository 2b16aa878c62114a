// See crawl_reader.h. Work on a block is done on any thread; what depends on the order of documents
// (numbers, ids, the sample) waits for the commit.
#include "engine/crawl_reader.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/chunk_pool.h"
#include "base/try.h"
#include "engine/packed_text.h"

namespace kithkin {

/// A block of the first walk: its rows, and their pages or their sketches.
struct CrawlReader::ReadItem {
  struct Reject {
    std::uint32_t line = 0;  // of the block, from 1
    std::string reason;
  };
  LineBlock block;
  std::uint64_t consumed = 0;
  std::uint64_t lines = 0;
  std::vector<DocumentRecord> records;  // lines of the block; ids in `ids`
  std::vector<std::optional<std::string>> ids;
  std::vector<Reject> rejects;
  bool learns = false, holds = false;
  OutlinedPages pages;
  std::vector<ContentHash> contents;  // of pages whose texts are held
  Sketches sketches;
  std::uint32_t documents_before = 0;  // at least so many
  PackedTexts packed;                  // where texts are held
};

/// A block of a walk for sketches; or documents whose texts are held.
struct CrawlReader::SketchItem : WalkItem {
  Sketches sketches;
  PackedTexts packed;
  HeldTexts::Batch held;
  std::uint32_t batch = 0;  // of those
};

/// A block of the walk for held texts that lose more than their pages show.
struct CrawlReader::PackedItem : WalkItem {
  std::vector<std::uint32_t> documents;
  std::vector<ContentHash> contents;
  PackedTexts packed;
};

namespace {

void pack(std::span<const TokenHash> tokens, std::span<const NumberToken> numbers,
          PackedTexts& out) {
  pack_text(tokens, numbers, out.add(packed_size(tokens.size(), numbers.size())));
}

void pack(const Fingerprinter& text, PackedTexts& out) { text.pack(out.add(text.packed_size())); }

/// Whether so many of a crawl's documents lose furniture that their texts are better not held
/// before it is known: what was held of them is thrown away.
bool are_most(std::uint32_t documents, std::uint32_t all) {
  constexpr std::uint32_t kTold = 1000;
  return all >= kTold && documents > all / 4 * 3;
}

}  // namespace

CrawlReader::CrawlReader(JobContext& job, const CrawlInput& input)
    : job_(&job),
      input_(input),
      catalog_(job.directory, job.memory.catalog, job.memory.sorting),
      keys_(job.recipe.bands, job.directory.file("band-"), job.memory.keys()),
      index_(job.directory.file("index-"), job.memory.index()),
      sample_(job.directory.file("sample"), job.memory.sample),
      held_(job.recipe.shingle, 1, 0, HeldTexts::Beyond::give_up, 0, "") {
  if (input.clean) job.recipe.cleaning = kCleaning;
}

Result<void> CrawlReader::list(const std::vector<std::string>& against,
                               const std::vector<std::string>& paths, const std::string& exclude) {
  const auto interrupted = [this] { return job_->progress->cancelled(); };
  KITHKIN_TRY_ASSIGN(InputList old, list_inputs(against, job_->directory, interrupted, exclude));
  KITHKIN_TRY_ASSIGN(InputList fresh, list_inputs(paths, job_->directory, interrupted, exclude));
  if (fresh.files.empty() && !fresh.errors.empty()) return fresh.errors.front();
  old_files_ = old.files.size();
  for (InputList* list : {&old, &fresh}) {
    files_.files.insert(files_.files.end(), list->files.begin(), list->files.end());
    for (Error& error : list->errors) {
      job_->progress->warn(error);
      input_errors_.push_back(std::move(error));
    }
  }
  return {};
}

Result<void> CrawlReader::make_workers() {
  for (unsigned i = 0; i < job_->threads; ++i) {
    KITHKIN_TRY_ASSIGN(Fingerprinter fingerprinter, Fingerprinter::create(job_->recipe));
    workers_.push_back({RowReader(input_), std::move(fingerprinter)});
  }
  return {};
}

/// A word takes about eight bytes in the file; compressed files tell nothing, and find out on the
/// way.
void CrawlReader::hold_texts(HeldTexts::Beyond beyond) {
  // What learning would take is free where nothing is learned.
  const std::size_t memory = job_->memory.shingles + (input_.clean ? 0 : job_->memory.learned);
  held_ = HeldTexts(job_->recipe.shingle, files_.bytes() / 8, memory, beyond, job_->threads,
                    job_->directory.file("held"));
  hold_ = held_.where();
}

/// Begins a batch of texts that a thread packs.
void CrawlReader::pack_texts(unsigned thread, PackedTexts& packed) {
  KeyArena& arena = held_.arena(thread);
  const bool in_memory = hold_ == HeldTexts::Where::memory;
  if (!in_memory) arena.clear();
  packed.begin(in_memory ? &arena : nullptr);
}

Result<std::string_view> CrawlReader::article(Worker& worker, const Row& row,
                                              std::uint32_t document) const {
  if (!furniture_) return row.text;
  KITHKIN_TRY(worker.cleaner.clean(row.text, row.title, host_of(row), worker.page, document));
  if (worker.page.removals.empty()) return row.text;
  remove(row.text, worker.page.removals, worker.article);
  return std::string_view(worker.article);
}

/// A row as it is learned from. Its text is held as if nothing were to be learned, which is how
/// most will stay.
Result<void> CrawlReader::read_page(Worker& worker, const Row& row, ReadItem& item) const {
  constexpr std::size_t kLarge = std::size_t{1} << 18;  // tokens
  if (!item.holds) return worker.outliner.outline(row, item.pages);
  if (worker.spans.capacity() > kLarge)
    worker.spans = {}, worker.tokens = {}, worker.numbers = {};  // a giant text passed by
  worker.tokenizer.locate(row.text, worker.spans, worker.numbers);
  KITHKIN_TRY(worker.outliner.outline(row, worker.spans, item.pages));
  const std::vector<Removal>& removals = item.pages.pages.back().removals;
  if (removals.empty()) {
    worker.tokens.resize(worker.spans.size());
    std::transform(worker.spans.begin(), worker.spans.end(), worker.tokens.begin(),
                   [](const TokenSpan& token) { return token.hash; });
  } else {
    remove(row.text, removals, worker.article);
    worker.tokenizer.hash(worker.article, worker.tokens, worker.numbers);
  }
  item.contents.push_back(hash_content(worker.tokens));
  pack(worker.tokens, worker.numbers, item.packed);
  return {};
}

Result<void> CrawlReader::read_line(unsigned thread, std::string_view line, std::size_t offset,
                                    ReadItem& item) {
  Worker& worker = workers_[thread];
  Row row;
  std::string reason;
  if (!worker.reader.read(line, row, reason)) {
    item.rejects.push_back({static_cast<std::uint32_t>(item.lines), std::move(reason)});
    return {};
  }
  DocumentRecord record;
  record.offset = item.block.offset + offset;
  record.line = static_cast<std::uint32_t>(item.lines);
  record.line_size = static_cast<std::uint32_t>(line.size());
  record.date = row.date.value_or(DocumentRecord::kNoDate);
  record.source_rank = source_rank(job_->options, row.source);
  item.records.push_back(record);
  item.ids.emplace_back(row.id ? std::optional(std::string(*row.id)) : std::nullopt);
  if (item.learns) return read_page(worker, row, item);
  worker.fingerprinter.read(row.text);
  pack(worker.fingerprinter, item.packed);
  item.sketches.add(worker.fingerprinter, wanted_of_sketches(), item.documents_before);
  return {};
}

Result<void> CrawlReader::read_block(unsigned thread, ReadItem& item) {
  item.records.clear(), item.ids.clear(), item.rejects.clear();
  item.pages.clear(), item.contents.clear();
  item.sketches.clear();
  item.holds = hold_ != HeldTexts::Where::nowhere;
  pack_texts(thread, item.packed);
  item.lines = 0;
  return for_each_line(
      item.block, item.lines,
      [&](std::string_view line, std::size_t offset, bool is_cut) -> Result<void> {
        if (!is_cut) return read_line(thread, line, offset, item);
        item.rejects.push_back({static_cast<std::uint32_t>(item.lines), item.block.cut});
        return {};
      });
}

/// The next document is the first of every file up to `last` that has none yet.
void CrawlReader::begin_files(std::size_t last) {
  while (files_.first_document.size() <= last) {
    if (files_.first_document.size() == old_files_) catalog_.mark_old();
    files_.first_document.push_back(catalog_.size());
  }
}

Result<void> CrawlReader::commit_rows(ReadItem& item, const CrawlVisitor& visitor) {
  const std::uint32_t file = item.block.file;
  const std::string& name = files_.files[file].name;
  begin_files(file);
  if (item.block.first_of_file) lines_before_ = 0;
  if (lines_before_ + item.lines > UINT32_MAX) {
    return Error{ErrorCode::limit, "has more than 4,294,967,295 lines: split it", name, 0};
  }
  for (std::size_t i = 0; i < item.records.size(); ++i) {
    DocumentRecord& record = item.records[i];
    record.line += static_cast<std::uint32_t>(lines_before_);
    const std::string id =
        item.ids[i] ? std::move(*item.ids[i]) : name + ":" + std::to_string(record.line);
    if (visitor.document) visitor.document(catalog_.size(), id);
    KITHKIN_TRY(catalog_.add(record, id));
  }
  for (const ReadItem::Reject& reject : item.rejects) {
    const Error error{ErrorCode::input, reject.reason, name, lines_before_ + reject.line};
    job_->progress->warn(error);
    if (visitor.reject && !is_old_file(file)) KITHKIN_TRY(visitor.reject(error));
  }
  lines_before_ += item.lines;
  if (!is_old_file(file)) {
    bytes_ += item.block.size;
    rows_ += item.records.size() + item.rejects.size();
  }
  return {};
}

Result<void> CrawlReader::commit_pages(const ReadItem& item, FurnitureLearner& learner) {
  KITHKIN_TRY(learn_pages(item.pages, learner));
  if (!is_held()) return {};
  KITHKIN_TRY(hold(item.packed));
  contents_.insert(contents_.end(), item.contents.begin(), item.contents.end());
  if (are_most(learner.repeating(), learner.documents())) held_.give_up();
  return {};
}

Result<void> CrawlReader::hold(const PackedTexts& packed) {
  return packed.for_each([this](std::size_t, std::span<const WordKey> text, bool in_arena) {
    return held_.add(text, in_arena);
  });
}

Result<void> CrawlReader::commit_sketches(const Sketches& sketches) {
  const SketchOptions wanted = wanted_of_sketches();
  KITHKIN_TRY(sketches.for_each([&](const Sketches::Sketch& sketch) -> Result<void> {
    const std::uint32_t document = catalog_.described();
    KITHKIN_TRY(catalog_.describe(sketch.tokens, sketch.content));
    if (wanted.tells_formulas && WordSample::takes(sketch.content, document))
      KITHKIN_TRY(sample_.add(document, sketch.content, sketch.words, sketch.shingles));
    return wanted.finds_contained ? index_.look_up(sketch.looked_up) : Result<void>();
  }));
  documents_ = catalog_.described();
  return keys_.append(sketches.keys());
}

/// The first walk: rows to the catalog, and their pages to `learner`; without one, their sketches
/// to the stores.
Result<void> CrawlReader::read(const CrawlVisitor& visitor, FurnitureLearner* learner) {
  job_->progress->begin(
      learner != nullptr ? "read and learn the furniture" : "read and fingerprint", files_.bytes());
  hold_texts(learner != nullptr ? HeldTexts::Beyond::give_up : HeldTexts::Beyond::go_to_file);
  const std::size_t errors_before = input_errors_.size();
  KITHKIN_TRY(scan_blocks<ReadItem>(
      files_.files, job_->threads, *job_->progress, input_errors_,
      [&](ReadItem& item) -> Result<bool> {
        item.learns = learner != nullptr;
        item.documents_before = documents_;
        return true;
      },
      [this](unsigned thread, ReadItem& item) { return read_block(thread, item); },
      [&](ReadItem& item) -> Result<void> {
        KITHKIN_TRY(commit_rows(item, visitor));
        if (learner != nullptr) {
          KITHKIN_TRY(commit_pages(item, *learner));
        } else {
          KITHKIN_TRY(commit_sketches(item.sketches));
          KITHKIN_TRY(hold(item.packed));
        }
        hold_ = held_.where();
        return {};
      }));
  for (std::size_t i = errors_before; i < input_errors_.size(); ++i)
    job_->progress->warn(input_errors_[i]);
  begin_files(files_.files.size());
  return {};
}

/// Puts in their places the held texts of which something was learned.
Result<void> CrawlReader::clean_held() {
  DocumentSet open(catalog_.size());
  for (std::uint32_t d = 0; d < catalog_.size(); ++d) {
    if (!furniture_->is_decided(d)) open.insert(d);
  }
  open.freeze();
  if (open.count() == 0) return {};
  if (are_most(open.count(), catalog_.size())) {
    held_.give_up();
    return {};
  }
  return walk<PackedItem>(
      "clean", &open,
      [this](unsigned thread, PackedItem& item) {
        item.documents.clear(), item.contents.clear();
        pack_texts(thread, item.packed);
      },
      [&](unsigned thread, PackedItem& item, const Met& met) -> Result<void> {
        Worker& worker = workers_[thread];
        worker.tokenizer.hash(met.text, worker.tokens, worker.numbers);
        item.documents.push_back(met.document);
        item.contents.push_back(hash_content(worker.tokens));
        pack(worker.tokens, worker.numbers, item.packed);
        return {};
      },
      [&](PackedItem& item) -> Result<void> {
        return item.packed.for_each([&](std::size_t n, auto text, bool in_arena) -> Result<void> {
          held_.replace(item.documents[n], text, in_arena);
          contents_[item.documents[n]] = item.contents[n];
          return {};
        });
      });
}

/// Sketches of texts that are held, as they were cleaned.
Result<void> CrawlReader::sketch_held() {
  job_->progress->begin("fingerprint", held_.batches());
  std::uint32_t next = 0;
  KITHKIN_TRY(ordered_pipeline<SketchItem>(
      job_->threads,
      [&](SketchItem& item) -> Result<bool> {
        item.batch = next++;
        return item.batch < held_.batches();
      },
      [&](unsigned thread, SketchItem& item) -> Result<void> {
        Fingerprinter& fingerprinter = workers_[thread].fingerprinter;
        item.sketches.clear();
        KITHKIN_TRY(held_.read(item.batch, item.held));
        std::uint32_t document = item.batch * HeldTexts::kBatch;
        for (const std::span<const WordKey> text : item.held.texts) {
          fingerprinter.recall(text, contents_[document]);
          item.sketches.add(fingerprinter, wanted_of_sketches(), document++);
        }
        return {};
      },
      [&](SketchItem& item) -> Result<void> {
        if (job_->progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
        job_->progress->advance(item.batch);
        return commit_sketches(item.sketches);
      }));
  contents_ = {};
  return {};
}

/// Sketches by another walk, where texts could not be held while the crawl taught.
Result<void> CrawlReader::sketch_again() {
  contents_ = {};
  hold_texts(HeldTexts::Beyond::go_to_file);
  return walk<SketchItem>(
      "fingerprint", nullptr,
      [this](unsigned thread, SketchItem& item) {
        item.sketches.clear();
        pack_texts(thread, item.packed);
      },
      [&](unsigned thread, SketchItem& item, const Met& met) -> Result<void> {
        Fingerprinter& fingerprinter = workers_[thread].fingerprinter;
        fingerprinter.read(met.text);
        pack(fingerprinter, item.packed);
        item.sketches.add(fingerprinter, wanted_of_sketches(), met.document);
        return {};
      },
      [&](SketchItem& item) -> Result<void> {
        KITHKIN_TRY(hold(item.packed));
        hold_ = held_.where();
        return commit_sketches(item.sketches);
      });
}

Result<void> CrawlReader::sketch(const CrawlVisitor& visitor) {
  const KeptRegions keeps_regions;  // of what learning gives back, fingerprints take as much
  KITHKIN_TRY(make_workers());
  if (input_.clean) {
    const PassTimer timer(job_->timings, "learn");
    FurnitureLearner learner = make_learner(*job_, files_.files);
    KITHKIN_TRY(read(visitor, &learner));
    KITHKIN_TRY_ASSIGN(furniture_, learner.finish());
    for (Worker& worker : workers_)
      worker.cleaner = Cleaner(&*furniture_);
  }
  const PassTimer timer(job_->timings, "sketch");
  if (!input_.clean) {
    KITHKIN_TRY(read(visitor, nullptr));
  } else {
    if (is_held()) KITHKIN_TRY(clean_held());
    KITHKIN_TRY(is_held() ? sketch_held() : sketch_again());
  }
  held_.finish();
  KITHKIN_TRY(catalog_.find_exact(job_->options));
  return wanted_of_sketches().finds_contained ? hold_shingles(*job_, catalog_, held_, index_)
                                              : Result<void>();
}

Result<void> CrawlReader::parse_again(Worker& worker, const LineBlock& block,
                                      const PlacedLine& placed, Row& row) const {
  std::string reason;
  if (worker.reader.read(block.text().substr(placed.begin, placed.size), row, reason)) return {};
  return Error{ErrorCode::input, "has changed while it was read", files_.files[block.file].name, 0};
}

Result<void> CrawlReader::locate(std::uint32_t document, Error& error) const {
  KITHKIN_TRY_ASSIGN(const DocumentRecord record, catalog_.record(document));
  error.file = files_.files[files_.file_of(document)].name;
  error.line = record.line;
  return {};
}

Result<Candidates> CrawlReader::propose() {
  KITHKIN_TRY_ASSIGN(Candidates candidates, kithkin::propose(*job_, catalog_, keys_, index_));
  spilled_before_ += keys_.spilled_bytes() + index_.spilled_bytes();
  keys_ = BandStore(job_->recipe.bands, job_->directory.file("band-"), 0);
  index_ = ShingleIndex(job_->directory.file("index-"), 0);
  return candidates;
}

Result<const TextSource*> CrawlReader::fetch_texts(const DocumentSet& wanted) {
  const PassTimer timer(job_->timings, "shingles");
  if (held_.where() == HeldTexts::Where::memory) {
    held_.count_shingles(wanted, job_->threads);
    return &held_;
  }
  store_.emplace(job_->recipe.shingle, &wanted, job_->directory.file("texts"),
                 job_->memory.shingles);
  if (wanted.count() > 0) KITHKIN_TRY(select_texts(wanted));
  held_.give_up();
  return &*store_;
}

/// Takes what is wanted from the file of all texts.
Result<void> CrawlReader::select_texts(const DocumentSet& wanted) {
  struct Selected {
    HeldTexts::Batch held;
    std::uint32_t batch = 0;
    std::vector<std::pair<std::span<const WordKey>, std::uint32_t>> texts;  // and their shingles
  };
  job_->progress->begin("select candidates", held_.batches());
  std::vector<TextBuffer> buffers(job_->threads);
  std::uint32_t next = 0;
  return ordered_pipeline<Selected>(
      job_->threads,
      [&](Selected& item) -> Result<bool> {
        item.batch = next++;
        return item.batch < held_.batches();
      },
      [&](unsigned thread, Selected& item) -> Result<void> {
        TextBuffer& buffer = buffers[thread];
        item.texts.clear();
        KITHKIN_TRY(held_.read(item.batch, item.held));
        std::uint32_t document = item.batch * HeldTexts::kBatch;
        for (const std::span<const WordKey> text : item.held.texts) {
          if (!wanted.contains(document++)) continue;
          const auto shingles = unpack_shingles(text, job_->recipe.shingle, buffer);
          item.texts.emplace_back(text, buffer.set.keep_distinct(shingles));
        }
        return {};
      },
      [&](Selected& item) -> Result<void> {
        if (job_->progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
        job_->progress->advance(item.batch);
        for (const auto& [text, shingles] : item.texts)
          KITHKIN_TRY(store_->append(text, shingles));
        return {};
      });
}

}  // namespace kithkin

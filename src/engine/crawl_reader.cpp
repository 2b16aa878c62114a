// See crawl_reader.h. Work on a block is done on any thread; what depends on the order of documents
// (numbers, ids, the sample) waits for the commit.
#include "engine/crawl_reader.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/chunk_pool.h"
#include "base/try.h"

namespace kithkin {

/// A block with what fingerprinting made of it.
struct CrawlReader::SketchItem {
  struct Reject {
    std::uint32_t line = 0;  // of the block, from 1
    std::string reason;
  };
  LineBlock block;
  std::uint64_t consumed = 0;
  std::vector<DocumentRecord> records;  // lines of the block; ids in `ids`
  std::vector<std::optional<std::string>> ids;
  std::vector<std::uint32_t> tokens;
  std::vector<ContentHash> contents;
  std::vector<std::uint64_t> keys;
  bool hold_texts = false;
  KeyArena* arena = nullptr;  // for texts, while they are held
  std::vector<std::span<const WordKey>> packed;
  std::uint32_t documents_before = 0;           // at least so many
  std::optional<std::uint32_t> first_document;  // as the learning walk counted
  std::vector<WordKey> words;                   // of documents that may belong to the sample
  std::vector<ShingleHash> shingles;
  std::vector<std::uint32_t> word_counts, shingle_counts;
  std::vector<ShingleHash> held;  // for the index
  std::vector<std::uint32_t> held_counts;
  std::vector<Reject> rejects;
  std::uint64_t lines = 0;
};

namespace {

/// Appends a list and its size.
template <class Hash>
void append(std::span<const Hash> list, std::vector<Hash>& lists,
            std::vector<std::uint32_t>& sizes) {
  lists.insert(lists.end(), list.begin(), list.end());
  sizes.push_back(static_cast<std::uint32_t>(list.size()));
}

/// Empties, and lets go of the room that a giant text needed.
template <class Hash>
void empty(std::vector<Hash>& lists) {
  constexpr std::size_t kLarge = std::size_t{1} << 20;
  if (lists.capacity() > kLarge) lists = {};
  lists.clear();
}

/// Takes the first so many off.
template <class Hash>
std::span<const Hash> take(std::span<const Hash>& from, std::uint32_t count) {
  const auto first = from.first(count);
  from = from.subspan(count);
  return first;
}

struct TextItem : WalkItem {
  std::vector<WordKey> packed;
  std::vector<std::uint32_t> packed_sizes, shingles;  // by document
};

/// Packs a text; empty when there is no room for it.
std::span<const WordKey> pack(const Fingerprinter& text, KeyArena& arena) {
  const std::span<WordKey> out = arena.take(text.packed_size());
  if (!out.empty()) text.pack(out);
  return out;
}

}  // namespace

CrawlReader::CrawlReader(JobContext& job, const CrawlInput& input)
    : job_(&job),
      input_(input),
      catalog_(job.directory, job.memory.catalog),
      keys_(job.recipe.bands, job.directory.file("band-"), job.memory.bands / 2),
      index_(job.directory.file("index-"), job.memory.bands / 2),
      sample_(job.directory.file("sample"), job.memory.sample) {
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
    workers_.push_back({RowReader(input_), std::move(fingerprinter),
                        Cleaner(learned_ ? &learned_->furniture : nullptr)});
  }
  return {};
}

Result<std::string_view> CrawlReader::article(Worker& worker, const Row& row,
                                              std::optional<std::uint32_t> document) const {
  if (!learned_) return row.text;
  KITHKIN_TRY(worker.cleaner.clean(row.text, row.title, host_of(row), worker.page, document));
  if (worker.page.removals.empty()) return row.text;
  remove(row.text, worker.page.removals, worker.article);
  return std::string_view(worker.article);
}

Result<void> CrawlReader::sketch_line(Worker& worker, std::string_view line, std::size_t offset,
                                      SketchItem& item) const {
  Row row;
  std::string reason;
  if (!worker.reader.read(line, row, reason)) {
    item.rejects.push_back({static_cast<std::uint32_t>(item.lines), std::move(reason)});
    return {};
  }
  std::optional<std::uint32_t> document = item.first_document;
  if (document) *document += static_cast<std::uint32_t>(item.records.size());
  KITHKIN_TRY_ASSIGN(const std::string_view text, article(worker, row, document));
  DocumentRecord record;
  record.offset = item.block.offset + offset;
  record.line = static_cast<std::uint32_t>(item.lines);
  record.line_size = static_cast<std::uint32_t>(line.size());
  record.date = row.date.value_or(DocumentRecord::kNoDate);
  record.source_rank = source_rank(job_->options, row.source);
  item.records.push_back(record);
  item.ids.emplace_back(row.id ? std::optional(std::string(*row.id)) : std::nullopt);
  worker.fingerprinter.read(text);
  item.tokens.push_back(worker.fingerprinter.tokens());
  item.contents.push_back(worker.fingerprinter.content());
  worker.fingerprinter.append_keys(item.keys);
  if (item.arena != nullptr) item.packed.push_back(pack(worker.fingerprinter, *item.arena));
  if (finds_contained()) {
    const std::size_t before = item.held.size();
    ShingleIndex::select(worker.fingerprinter.shingles(), item.held);
    item.held_counts.push_back(static_cast<std::uint32_t>(item.held.size() - before));
  }
  // Whether it belongs to the sample its number decides, which is known when blocks are in order.
  if (!tells_formulas()) return {};
  const bool may_be_sampled = WordSample::takes(item.contents.back(), item.documents_before);
  std::span<const WordKey> words;
  std::span<const ShingleHash> shingles;
  if (may_be_sampled) words = worker.fingerprinter.distinct_words();
  if (may_be_sampled) shingles = worker.fingerprinter.judging_shingles();
  append(words, item.words, item.word_counts);
  append(shingles, item.shingles, item.shingle_counts);
  return {};
}

Result<void> CrawlReader::sketch_block(Worker& worker, SketchItem& item) const {
  item.records.clear(), item.ids.clear(), item.tokens.clear(), item.contents.clear();
  item.keys.clear(), item.rejects.clear();
  item.word_counts.clear(), item.shingle_counts.clear();
  item.packed.clear();
  item.held.clear(), item.held_counts.clear();
  empty(item.shingles), empty(item.words);
  item.lines = 0;
  return for_each_line(
      item.block, item.lines,
      [&](std::string_view line, std::size_t offset, bool is_cut) -> Result<void> {
        if (!is_cut) return sketch_line(worker, line, offset, item);
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

Result<void> CrawlReader::commit_sketches(SketchItem& item, const CrawlVisitor& visitor) {
  const std::uint32_t file = item.block.file;
  const std::string& name = files_.files[file].name;
  begin_files(file);
  if (item.block.first_of_file) lines_before_ = 0;
  if (lines_before_ + item.lines > UINT32_MAX) {
    return Error{ErrorCode::limit, "has more than 4,294,967,295 lines: split it", name, 0};
  }
  std::span<const WordKey> words = item.words;
  std::span<const ShingleHash> shingles = item.shingles, held = item.held;
  for (std::size_t i = 0; i < item.records.size(); ++i) {
    DocumentRecord& record = item.records[i];
    record.line += static_cast<std::uint32_t>(lines_before_);
    const std::string id =
        item.ids[i] ? std::move(*item.ids[i]) : name + ":" + std::to_string(record.line);
    const std::uint32_t document = catalog_.size();
    KITHKIN_TRY(catalog_.add(record, id, item.tokens[i], item.contents[i]));
    if (visitor.document) visitor.document(document, id);
    if (tells_formulas()) {
      const auto own_words = take(words, item.word_counts[i]);
      const auto own_shingles = take(shingles, item.shingle_counts[i]);
      if (WordSample::takes(item.contents[i], document)) {
        KITHKIN_TRY(sample_.add(document, item.contents[i], own_words, own_shingles));
      }
    }
    if (finds_contained()) KITHKIN_TRY(index_.append(document, take(held, item.held_counts[i])));
  }
  documents_ = catalog_.size();
  KITHKIN_TRY(keys_.append(item.keys));
  for (const std::span<const WordKey> packed : item.packed)
    held_.add(packed);
  hold_ = !held_.has_given_up();
  for (const SketchItem::Reject& reject : item.rejects) {
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

Result<void> CrawlReader::sketch(const CrawlVisitor& visitor) {
  const KeptRegions keeps_regions;  // of what learning gives back, fingerprints take as much
  if (input_.clean) {
    KITHKIN_TRY_ASSIGN(learned_, learn_furniture(*job_, files_.files, input_, {}));
  }
  const PassTimer timer(job_->timings, "sketch");
  KITHKIN_TRY(make_workers());
  job_->progress->begin("read and fingerprint", files_.bytes());
  // A word takes about eight bytes in the file; compressed files tell nothing, and find out on the
  // way.
  held_ = HeldTexts(job_->recipe.shingle, files_.bytes() / 8, job_->memory.shingles, job_->threads);
  hold_ = !held_.has_given_up();
  const std::size_t errors_before = input_errors_.size();
  KITHKIN_TRY(scan_blocks<SketchItem>(
      files_.files, job_->threads, *job_->progress, input_errors_,
      [this](SketchItem& item) -> Result<bool> {
        item.hold_texts = hold_;
        item.documents_before = documents_;
        item.first_document.reset();
        const auto known = learned_ ? learned_->find(item.block) : std::nullopt;
        if (known) item.first_document = known->first_document;
        return true;
      },
      [this](unsigned thread, SketchItem& item) {
        KeyArena& arena = held_.arena(thread);
        if (!item.hold_texts) arena.clear();
        item.arena = item.hold_texts ? &arena : nullptr;
        return sketch_block(workers_[thread], item);
      },
      [&](SketchItem& item) { return commit_sketches(item, visitor); }));
  if (held_.has_given_up()) held_ = HeldTexts(job_->recipe.shingle, 1, 0, 0);
  for (std::size_t i = errors_before; i < input_errors_.size(); ++i) {
    job_->progress->warn(input_errors_[i]);
  }
  begin_files(files_.files.size());
  return catalog_.find_exact(job_->options);
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

Result<const TextSource*> CrawlReader::fetch_texts(const DocumentSet& wanted) {
  const PassTimer timer(job_->timings, "shingles");
  if (!held_.has_given_up()) {
    held_.count_shingles(wanted, job_->threads);
    return &held_;
  }
  store_.emplace(job_->recipe.shingle, &wanted, job_->directory.file("texts"),
                 job_->memory.shingles);
  if (wanted.count() > 0) KITHKIN_TRY(read_texts(wanted));
  if (store_->documents() != wanted.count()) {
    return Error{ErrorCode::input, "an input has changed while it was read", "", 0};
  }
  return &*store_;
}

Result<void> CrawlReader::read_texts(const DocumentSet& wanted) {
  return walk<TextItem>(
      "read candidates", &wanted,
      [](TextItem& item) {
        item.packed.clear(), item.packed_sizes.clear();
        item.shingles.clear();
      },
      [&](unsigned thread, TextItem& item, const Met& met) -> Result<void> {
        Fingerprinter& fingerprinter = workers_[thread].fingerprinter;
        fingerprinter.read(met.text);
        const std::size_t size = fingerprinter.packed_size(), before = item.packed.size();
        item.packed.resize(before + size);
        fingerprinter.pack(std::span(item.packed).subspan(before));
        item.packed_sizes.push_back(static_cast<std::uint32_t>(size));
        item.shingles.push_back(
            static_cast<std::uint32_t>(fingerprinter.distinct_shingles().size()));
        return {};
      },
      [&](TextItem& item) -> Result<void> {
        std::span<const WordKey> packed = item.packed;
        for (std::size_t i = 0; i < item.packed_sizes.size(); ++i)
          KITHKIN_TRY(store_->append(take(packed, item.packed_sizes[i]), item.shingles[i]));
        return {};
      });
}

namespace {

/// Tokens that are wanted as they are written, and where they go: to the words of either text, or
/// to the passage that both share.
struct WantedWord {
  std::uint32_t document = 0, token = 0;
  std::uint32_t pair = 0;
  bool of_hub = false;
  std::uint32_t passage = 0;  // its size; 0 for a word
  bool operator<(const WantedWord& o) const {
    return std::tie(document, token, pair, passage) <
           std::tie(o.document, o.token, o.pair, o.passage);
  }
};

Result<std::vector<WantedWord>> list_words(const JudgedPairs& judged) {
  std::vector<WantedWord> out;
  RecordStore<JudgedPair>::Cursor cursor(judged.formulas);
  JudgedPair pair;
  for (std::uint32_t n = 0; n < judged.differing.size(); ++n) {
    KITHKIN_TRY(cursor.next(pair));
    for (const std::uint32_t token : judged.differing[n].hub)
      out.push_back({pair.verified.pair.hub, token, n, true, 0});
    for (const std::uint32_t token : judged.differing[n].other)
      out.push_back({pair.verified.pair.other, token, n, false, 0});
    const DifferingTokens& tokens = judged.differing[n];
    if (tokens.shared_size == 0) continue;
    out.push_back({pair.verified.pair.hub, tokens.shared, n, true, tokens.shared_size});
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

namespace {

struct WordsItem : WalkItem {
  std::vector<std::string> words;  // of the block, in the order in which they are wanted
};

}  // namespace

Result<std::vector<DifferingWords>> CrawlReader::spell(const JudgedPairs& judged) {
  std::vector<DifferingWords> out(judged.differing.size());
  KITHKIN_TRY_ASSIGN(const std::vector<WantedWord> wanted, list_words(judged));
  if (wanted.empty()) return out;
  DocumentSet documents(catalog_.size());
  for (const WantedWord& word : wanted)
    documents.insert(word.document);
  const auto first_of = [&](std::uint32_t document) {
    return std::lower_bound(wanted.begin(), wanted.end(), WantedWord{document, 0, 0, false, 0});
  };
  const auto spell_document = [&](unsigned, WordsItem& item, const Met& met) -> Result<void> {
    Tokenizer tokenizer;
    std::vector<TokenSpan> spans;
    tokenizer.locate(met.text, spans);
    for (auto at = first_of(met.document); at != wanted.end() && at->document == met.document;
         ++at) {
      const auto span_at = [&](std::size_t token) {
        return spans[std::min(token, spans.size() - 1)];
      };
      const TokenSpan first = span_at(at->token);
      const TokenSpan last = span_at(at->token + std::max(at->passage, 1U) - 1);
      item.words.emplace_back(met.text.substr(first.begin, last.end - first.begin));
    }
    return {};
  };
  std::size_t done = 0;
  KITHKIN_TRY(walk<WordsItem>(
      "read the words that differ", &documents, [](WordsItem& item) { item.words.clear(); },
      spell_document,
      [&](WordsItem& item) -> Result<void> {
        for (std::string& word : item.words) {
          const WantedWord& want = wanted[done++];
          DifferingWords& words = out[want.pair];
          if (want.passage > 0)
            words.shared = std::move(word);
          else
            (want.of_hub ? words.hub : words.other).push_back(std::move(word));
        }
        return {};
      }));
  return out;
}

}  // namespace kithkin

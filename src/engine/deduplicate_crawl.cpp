// The spine: a crawl on disk in, an output directory out. The input is walked for fingerprints, for
// the shingles of candidates where the first walk's could not be held, and for the kept lines, with
// the passes of job.h between; texts are never held. CrawlJob::run() is the list of passes.
#include <algorithm>
#include <atomic>
#include <map>

#include <kithkin/crawl.h>

#include "base/try.h"
#include "engine/crawl_output.h"
#include "engine/crawl_scan.h"
#include "engine/fingerprint.h"
#include "engine/held_texts.h"
#include "engine/job.h"
#include "engine/kept_names.h"
#include "engine/output_directory.h"
#include "engine/text_store.h"

namespace kithkin {
namespace {

/// A block with what fingerprinting made of it.
struct SketchItem {
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
  std::vector<TokenHash> texts;        // of all documents, while they are held
  std::uint32_t documents_before = 0;  // at least so many
  std::vector<TokenHash> words;        // of documents that may belong to the sample
  std::vector<ShingleHash> shingles;
  std::vector<std::uint32_t> word_counts, shingle_counts;
  std::vector<Reject> rejects;
  std::uint64_t lines = 0;
};

struct TextItem {
  LineBlock block;
  std::uint64_t consumed = 0;
  std::vector<PlacedLine> lines;
  std::vector<TokenHash> tokens;
  std::vector<ShingleHash> shingles;
  std::vector<std::uint32_t> token_counts, shingle_counts;  // by wanted line
};

struct KeepItem {
  LineBlock block;
  std::uint64_t consumed = 0;
  std::vector<PlacedLine> lines;
  std::string kept;
  std::uint64_t count = 0;  // lines in `kept`
};

/// A thread's tools.
struct Worker {
  RowParser parser;
  Fingerprinter fingerprinter;
};

class CrawlJob {
 public:
  CrawlJob(const CrawlInput& input, const DeduplicateCrawlOptions& options, JobContext context,
           OutputDirectory& out)
      : input_(input),
        options_(options),
        job_(std::move(context)),
        out_(out),
        catalog_(job_.directory, job_.memory.catalog),
        keys_(job_.recipe.bands, job_.directory.file("band-"), job_.memory.bands),
        sample_(job_.directory.file("sample"), job_.memory.sample) {}

  Result<CrawlSummary> run();

 private:
  Result<void> list();
  Result<void> make_workers();
  Result<void> sketch();
  void sketch_block(Worker& worker, SketchItem& item) const;
  void sketch_line(Worker& worker, std::string_view line, std::size_t offset,
                   SketchItem& item) const;
  void begin_files(std::size_t last);
  Result<void> commit_sketches(SketchItem& item);
  Result<const TextSource*> fetch_texts(const DocumentSet& wanted, TextStore& store);
  Result<void> read_texts(const DocumentSet& wanted, TextStore& store);
  Result<void> text_block(Worker& worker, const DocumentSet& wanted, TextItem& item) const;
  Result<void> write_clusters(const Assignment& assignment, const ShingleSource& shingles);
  Result<void> write_pairs(const JudgedPairs& judged);
  Result<void> write_kept(const Assignment& assignment, const ShingleSource& shingles);
  Result<void> keep_lines(const Assignment& assignment, const ShingleSource& shingles,
                          KeepItem& item) const;
  Result<void> count(const Assignment& assignment);
  void note_spill(std::uint64_t bytes);

  [[nodiscard]] bool is_old_file(std::size_t file) const { return file < old_files_; }

  const CrawlInput& input_;
  const DeduplicateCrawlOptions& options_;
  JobContext job_;
  OutputDirectory& out_;
  Catalog catalog_;
  BandStore keys_;
  CrawlFiles files_;
  std::size_t old_files_ = 0;  // files of `against` come first
  std::vector<Worker> workers_;
  std::uint64_t lines_before_ = 0;  // of the present file, before the present block
  std::optional<OutputFile> rejected_;
  HeldTexts held_{0, 0};
  CrawlSample sample_;
  std::atomic<std::uint32_t> documents_ = 0;
  std::atomic<bool> hold_ = false;  // blocks to come carry their shingles
  CrawlSummary summary_;
};

Result<void> CrawlJob::list() {
  const auto interrupted = [this] { return job_.progress->cancelled(); };
  std::vector<std::string> against;
  for (const std::string& path : options_.against) {
    KITHKIN_TRY_ASSIGN(const auto former, former_output(path));
    if (former.empty()) against.push_back(path);
    against.insert(against.end(), former.begin(), former.end());
  }
  KITHKIN_TRY_ASSIGN(InputList old,
                     list_inputs(against, job_.directory, interrupted, options_.out));
  KITHKIN_TRY_ASSIGN(InputList fresh,
                     list_inputs(input_.paths, job_.directory, interrupted, options_.out));
  if (fresh.files.empty() && !fresh.errors.empty()) return fresh.errors.front();
  old_files_ = old.files.size();
  for (InputList* list : {&old, &fresh}) {
    files_.files.insert(files_.files.end(), list->files.begin(), list->files.end());
    for (Error& error : list->errors) {
      job_.progress->warn(error);
      summary_.input_errors.push_back(std::move(error));
    }
  }
  for (const InputFile& file : files_.files) {
    if (!out_.would_replace(file.path)) continue;
    return Error{ErrorCode::invalid_argument,
                 "is an input and would be replaced: choose another --out", file.name, 0};
  }
  return {};
}

Result<void> CrawlJob::make_workers() {
  for (unsigned i = 0; i < job_.threads; ++i) {
    KITHKIN_TRY_ASSIGN(Fingerprinter fingerprinter, Fingerprinter::create(job_.recipe));
    workers_.push_back({RowParser(input_.fields), std::move(fingerprinter)});
  }
  return {};
}

void CrawlJob::sketch_line(Worker& worker, std::string_view line, std::size_t offset,
                           SketchItem& item) const {
  Row row;
  std::string reason;
  if (!worker.parser.parse(line, row, reason)) {
    item.rejects.push_back({static_cast<std::uint32_t>(item.lines), std::move(reason)});
    return;
  }
  DocumentRecord record;
  record.offset = item.block.offset + offset;
  record.line = static_cast<std::uint32_t>(item.lines);
  record.line_size = static_cast<std::uint32_t>(line.size());
  record.date = row.date.value_or(DocumentRecord::kNoDate);
  record.source_rank = source_rank(job_.options, row.source);
  item.records.push_back(record);
  item.ids.emplace_back(row.id ? std::optional(std::string(*row.id)) : std::nullopt);
  worker.fingerprinter.read(row.text);
  item.tokens.push_back(worker.fingerprinter.tokens());
  item.contents.push_back(worker.fingerprinter.content());
  worker.fingerprinter.append_keys(item.keys);
  const auto tokens = worker.fingerprinter.token_hashes();
  if (item.hold_texts) item.texts.insert(item.texts.end(), tokens.begin(), tokens.end());
  // Whether it belongs to the sample its number decides, which is known when blocks are in order.
  const bool may_be_sampled = WordSample::takes(item.contents.back(), item.documents_before);
  std::span<const std::uint64_t> words, shingles;
  if (may_be_sampled) words = worker.fingerprinter.distinct_tokens();
  if (may_be_sampled) shingles = worker.fingerprinter.distinct_shingles();
  item.words.insert(item.words.end(), words.begin(), words.end());
  item.word_counts.push_back(static_cast<std::uint32_t>(words.size()));
  item.shingles.insert(item.shingles.end(), shingles.begin(), shingles.end());
  item.shingle_counts.push_back(static_cast<std::uint32_t>(shingles.size()));
}

void CrawlJob::sketch_block(Worker& worker, SketchItem& item) const {
  item.records.clear(), item.ids.clear(), item.tokens.clear(), item.contents.clear();
  item.keys.clear(), item.rejects.clear();
  item.word_counts.clear(), item.shingle_counts.clear();
  constexpr std::size_t kLarge = std::size_t{1} << 20;
  for (auto* list : {&item.texts, &item.words, &item.shingles}) {
    if (list->capacity() > kLarge) *list = {};  // a giant text passed by
    list->clear();
  }
  item.lines = 0;
  LineCursor cursor = item.block.lines();
  std::string_view line;
  std::size_t offset = 0;
  while (cursor.next(line, offset)) {
    ++item.lines;
    if (is_blank(line)) continue;
    const bool is_cut = !item.block.cut.empty() && offset + line.size() == item.block.size;
    if (is_cut) {
      item.rejects.push_back({static_cast<std::uint32_t>(item.lines), item.block.cut});
    } else {
      sketch_line(worker, line, offset, item);
    }
  }
}

/// The next document is the first of every file up to `last` that has none yet.
void CrawlJob::begin_files(std::size_t last) {
  while (files_.first_document.size() <= last) {
    if (files_.first_document.size() == old_files_) catalog_.mark_old();
    files_.first_document.push_back(catalog_.size());
  }
}

Result<void> CrawlJob::commit_sketches(SketchItem& item) {
  const std::uint32_t file = item.block.file;
  const std::string& name = files_.files[file].name;
  begin_files(file);
  if (item.block.first_of_file) lines_before_ = 0;
  if (lines_before_ + item.lines > UINT32_MAX) {
    return Error{ErrorCode::limit, "has more than 4,294,967,295 lines: split it", name, 0};
  }
  std::span<const TokenHash> words = item.words;
  std::span<const ShingleHash> shingles = item.shingles;
  for (std::size_t i = 0; i < item.records.size(); ++i) {
    DocumentRecord& record = item.records[i];
    record.line += static_cast<std::uint32_t>(lines_before_);
    const std::string id =
        item.ids[i] ? std::move(*item.ids[i]) : name + ":" + std::to_string(record.line);
    const std::uint32_t document = catalog_.size();
    KITHKIN_TRY(catalog_.add(record, id, item.tokens[i], item.contents[i]));
    if (WordSample::takes(item.contents[i], document)) {
      KITHKIN_TRY(sample_.add(document, item.contents[i], words.first(item.word_counts[i]),
                              shingles.first(item.shingle_counts[i])));
    }
    words = words.subspan(item.word_counts[i]);
    shingles = shingles.subspan(item.shingle_counts[i]);
  }
  documents_ = catalog_.size();
  KITHKIN_TRY(keys_.append(item.keys));
  if (item.hold_texts) held_.add(item.texts, item.tokens);
  hold_ = !held_.has_given_up();
  std::string out;
  for (const SketchItem::Reject& reject : item.rejects) {
    const std::uint64_t line = lines_before_ + reject.line;
    job_.progress->warn({ErrorCode::input, reject.reason, name, line});
    if (is_old_file(file)) continue;
    append_rejected(out, name, line, reject.reason);
    ++summary_.counts.rejected;
  }
  lines_before_ += item.lines;
  if (!is_old_file(file)) {
    summary_.bytes += item.block.size;
    summary_.counts.read += item.records.size() + item.rejects.size();
  }
  return rejected_->write(out);
}

Result<void> CrawlJob::sketch() {
  const PassTimer timer(job_.timings, "sketch");
  job_.progress->begin("read and fingerprint", files_.bytes());
  KITHKIN_TRY_ASSIGN(rejected_, out_.create("rejected.jsonl"));
  // A token's hash takes about as many bytes as its word does in the file; compressed files tell
  // nothing, and find out on the way.
  held_ = HeldTexts(files_.bytes(), job_.memory.shingles);
  hold_ = !held_.has_given_up();
  const std::size_t errors_before = summary_.input_errors.size();
  KITHKIN_TRY(scan_blocks<SketchItem>(
      files_.files, job_.threads, *job_.progress, summary_.input_errors,
      [this](SketchItem& item) -> Result<bool> {
        item.hold_texts = hold_;
        item.documents_before = documents_;
        return true;
      },
      [this](unsigned thread, SketchItem& item) -> Result<void> {
        sketch_block(workers_[thread], item);
        return {};
      },
      [this](SketchItem& item) { return commit_sketches(item); }));
  for (std::size_t i = errors_before; i < summary_.input_errors.size(); ++i) {
    job_.progress->warn(summary_.input_errors[i]);
  }
  begin_files(files_.files.size());
  return rejected_->close();
}

Result<void> CrawlJob::text_block(Worker& worker, const DocumentSet& wanted, TextItem& item) const {
  item.tokens.clear(), item.token_counts.clear();
  item.shingles.clear(), item.shingle_counts.clear();
  Row row;
  std::string reason;
  for (const PlacedLine& placed : item.lines) {
    if (!wanted.contains(placed.document)) continue;
    if (!worker.parser.parse(item.block.text().substr(placed.begin, placed.size), row, reason)) {
      return Error{ErrorCode::input, "has changed while it was read",
                   files_.files[item.block.file].name, 0};
    }
    worker.fingerprinter.read(row.text);
    const auto tokens = worker.fingerprinter.token_hashes();
    item.tokens.insert(item.tokens.end(), tokens.begin(), tokens.end());
    item.token_counts.push_back(static_cast<std::uint32_t>(tokens.size()));
    const auto shingles = worker.fingerprinter.distinct_shingles();
    item.shingles.insert(item.shingles.end(), shingles.begin(), shingles.end());
    item.shingle_counts.push_back(static_cast<std::uint32_t>(shingles.size()));
  }
  return {};
}

/// From memory when the first walk's were held, else by a second walk into `store`.
Result<const TextSource*> CrawlJob::fetch_texts(const DocumentSet& wanted, TextStore& store) {
  const PassTimer timer(job_.timings, "shingles");
  if (!held_.has_given_up()) {
    KITHKIN_TRY(held_.make_shingles(wanted, job_.recipe.shingle, job_.threads));
    return &held_;
  }
  if (wanted.count() > 0) KITHKIN_TRY(read_texts(wanted, store));
  if (store.documents() != wanted.count()) {
    return Error{ErrorCode::input, "an input has changed while it was read", "", 0};
  }
  return &store;
}

Result<void> CrawlJob::read_texts(const DocumentSet& wanted, TextStore& store) {
  job_.progress->begin("read candidates", files_.bytes());
  LinePlacer placer(catalog_, files_);
  std::vector<Error> ignored;  // reported by the first walk
  return scan_blocks<TextItem>(
      files_.files, job_.threads, *job_.progress, ignored,
      [&](TextItem& item) { return placer.place(item.block, item.lines); },
      [&](unsigned thread, TextItem& item) { return text_block(workers_[thread], wanted, item); },
      [&](TextItem& item) -> Result<void> {
        std::span<const TokenHash> tokens = item.tokens;
        std::span<const ShingleHash> shingles = item.shingles;
        for (std::size_t i = 0; i < item.token_counts.size(); ++i) {
          KITHKIN_TRY(store.append(tokens.first(item.token_counts[i]),
                                   shingles.first(item.shingle_counts[i])));
          tokens = tokens.subspan(item.token_counts[i]);
          shingles = shingles.subspan(item.shingle_counts[i]);
        }
        return {};
      });
}

Result<void> CrawlJob::write_clusters(const Assignment& assignment, const ShingleSource& shingles) {
  const PassTimer timer(job_.timings, "write");
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("clusters.jsonl"));
  const auto visit = [&](const ClusterView& view) -> Result<void> {
    if (job_.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    return write_cluster(file, view, catalog_, files_, assignment, shingles, job_.options.match);
  };
  KITHKIN_TRY_ASSIGN(summary_.counts.clusters, for_each_cluster(job_, catalog_, assignment, visit));
  return file.close();
}

Result<void> CrawlJob::write_pairs(const JudgedPairs& judged) {
  const PassTimer timer(job_.timings, "write");
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("pairs.jsonl"));
  KITHKIN_TRY(for_each_pair(job_, catalog_, judged, [&](const Pair& pair) -> Result<void> {
    std::string line;
    KITHKIN_TRY(append_pair(line, pair, catalog_));
    if (job_.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    return file.write(line);
  }));
  return file.close();
}

Result<void> CrawlJob::keep_lines(const Assignment& assignment, const ShingleSource& shingles,
                                  KeepItem& item) const {
  item.kept.clear();
  item.count = 0;
  if (is_old_file(item.block.file)) return {};
  for (const PlacedLine& placed : item.lines) {
    const std::uint32_t representative = assignment.representative(placed.document);
    const std::string_view line = item.block.text().substr(placed.begin, placed.size);
    if (options_.annotate) {
      const Member member =
          describe_member(catalog_, assignment, shingles, job_.options.match, placed.document);
      KITHKIN_TRY_ASSIGN(const std::string cluster, catalog_.id(representative));
      append_annotated(item.kept, line, cluster, member.relation);
    } else if (representative == placed.document) {
      item.kept += line;
    } else {
      continue;
    }
    item.kept += '\n';
    ++item.count;
  }
  return {};
}

Result<void> CrawlJob::write_kept(const Assignment& assignment, const ShingleSource& shingles) {
  const PassTimer timer(job_.timings, "keep");
  job_.progress->begin("write kept lines", files_.bytes());
  std::vector<std::string> names(files_.files.size(), "kept.jsonl");
  if (options_.split_like_input) {
    names = kept_names(std::span(files_.files).subspan(old_files_));
    names.insert(names.begin(), old_files_, "");
  }
  std::optional<OutputFile> file;
  std::string open_name;
  const auto switch_to = [&](const std::string& name) -> Result<void> {
    if (file && open_name == name) return {};
    if (file) KITHKIN_TRY(file->close());
    KITHKIN_TRY_ASSIGN(
        file, out_.create(name + std::string(suffix(options_.compress)), options_.compress));
    open_name = name;
    return {};
  };
  if (!options_.split_like_input) KITHKIN_TRY(switch_to("kept.jsonl"));
  LinePlacer placer(catalog_, files_);
  std::vector<Error> ignored;  // reported by the first walk
  KITHKIN_TRY(scan_blocks<KeepItem>(
      files_.files, job_.threads, *job_.progress, ignored,
      [&](KeepItem& item) { return placer.place(item.block, item.lines); },
      [&](unsigned, KeepItem& item) { return keep_lines(assignment, shingles, item); },
      [&](KeepItem& item) -> Result<void> {
        if (is_old_file(item.block.file)) return {};
        KITHKIN_TRY(switch_to(names[item.block.file]));
        summary_.counts.kept += item.count;
        return file->write(item.kept);
      }));
  return file ? file->close() : Result<void>();
}

/// The balance: rows read were counted by the first walk, kept ones where they were written,
/// removed ones by the assignment. Nothing may be lost between them.
Result<void> CrawlJob::count(const Assignment& assignment) {
  Counts& counts = summary_.counts;
  summary_.old_documents = catalog_.old_documents();
  for (std::uint32_t d = catalog_.old_documents(); d < catalog_.size(); ++d) {
    const bool removed = !options_.annotate && assignment.representative(d) != d;
    if (removed)
      ++counts.removed;
    else if (options_.clusters_only)
      ++counts.kept;
  }
  if (counts.read == counts.kept + counts.removed + counts.rejected) return {};
  return Error{ErrorCode::output,
               "the counts do not add up (" + std::to_string(counts.read) + " read, " +
                   std::to_string(counts.kept) + " kept, " + std::to_string(counts.removed) +
                   " removed, " + std::to_string(counts.rejected) +
                   " rejected): was an input changed while it was read?",
               options_.out, 0};
}

void CrawlJob::note_spill(std::uint64_t bytes) {
  summary_.spilled_bytes += bytes;
  if (summary_.spilled_bytes == 0) return;
  job_.progress->note("spilled " + std::to_string(summary_.spilled_bytes) +
                      " bytes to temporary files");
}

Result<CrawlSummary> CrawlJob::run() {
  auto whole = std::make_optional<PassTimer>(job_.timings, "total");
  KITHKIN_TRY(list());
  KITHKIN_TRY(make_workers());
  KITHKIN_TRY(sketch());
  KITHKIN_TRY(catalog_.find_exact(job_.options));
  KITHKIN_TRY_ASSIGN(Candidates candidates, propose(job_, catalog_, keys_));
  TextStore store(&candidates.documents, job_.directory.file("texts"), job_.memory.shingles);
  KITHKIN_TRY_ASSIGN(const TextSource* source, fetch_texts(candidates.documents, store));
  const TextSource& texts = *source;
  KITHKIN_TRY_ASSIGN(const VerifiedPairs verified, verify(job_, catalog_, candidates, texts));
  KITHKIN_TRY_ASSIGN(const JudgedPairs judged,
                     judge(job_, catalog_, verified, candidates.documents, texts, sample_));
  KITHKIN_TRY_ASSIGN(const Assignment assignment, assign_clusters(job_, catalog_, judged));
  KITHKIN_TRY(write_clusters(assignment, texts));
  if (job_.options.pairs) KITHKIN_TRY(write_pairs(judged));
  if (!options_.clusters_only) KITHKIN_TRY(write_kept(assignment, texts));
  KITHKIN_TRY(count(assignment));

  summary_.recipe = job_.recipe;
  summary_.candidate_pairs = candidates.count;
  summary_.verified_pairs = judged.copies.size();
  summary_.formula_pairs = judged.formulas.size();
  summary_.hot_buckets = candidates.buckets.hot_buckets;
  note_spill(catalog_.spilled_bytes() + keys_.spilled_bytes() + store.spilled_bytes() +
             verified.spilled_bytes + judged.spilled_bytes + sample_.shingles().spilled_bytes());
  whole.reset();
  summary_.seconds = job_.timings;
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("summary.json"));
  KITHKIN_TRY(file.write(format_summary(summary_, options_, peak_memory())));
  KITHKIN_TRY(file.close());
  return std::move(summary_);
}

}  // namespace

Result<CrawlSummary> deduplicate_crawl(const CrawlInput& input,
                                       const DeduplicateCrawlOptions& options, Progress& progress) {
  if (input.paths.empty()) {
    return Error{ErrorCode::invalid_argument, "no input: name files, directories or -", "", 0};
  }
  if (options.out.empty()) {
    return Error{ErrorCode::invalid_argument, "an output directory is needed", "", 0};
  }
  if (options.clusters_only && options.annotate) {
    return Error{ErrorCode::invalid_argument,
                 "annotated lines and no lines at all: choose one of annotate and clusters-only",
                 "", 0};
  }
  KITHKIN_TRY(make_recipe(options.deduplicate));
  KITHKIN_TRY_ASSIGN(OutputDirectory out, OutputDirectory::open(options.out, options.overwrite));
  KITHKIN_TRY_ASSIGN(JobContext job, JobContext::make(options.deduplicate, options.out, progress));
  KITHKIN_TRY_ASSIGN(CrawlSummary summary, CrawlJob(input, options, std::move(job), out).run());
  KITHKIN_TRY(out.commit());
  return summary;
}

}  // namespace kithkin

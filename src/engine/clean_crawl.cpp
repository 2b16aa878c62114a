// Cleaning a crawl on disk: one walk learns, the next takes the pages apart that may lose
// something, copies the lines of the others and writes. A page's lines are made on any thread; ids
// that are file and line, which only the order tells, are put in front of them when blocks are
// committed.
#include <algorithm>
#include <optional>

#include <kithkin/clean.h>

#include "base/json_writer.h"
#include "base/spill.h"
#include "base/try.h"
#include "clean/cleaner.h"
#include "engine/crawl_output.h"
#include "engine/crawl_scan.h"
#include "engine/job.h"
#include "engine/learn.h"
#include "engine/output_directory.h"
#include "engine/page_text.h"

namespace kithkin {
namespace {

/// Ids by document number; the ids themselves in a spill.
class IdStore {
 public:
  IdStore(std::string path, std::size_t memory) : bytes_(std::move(path), memory) {}

  Result<void> add(const std::string& id) {
    ends_.push_back(bytes_.size() + id.size());
    return bytes_.append(id.data(), id.size());
  }
  Result<std::string> get(std::uint32_t document) const {
    const std::uint64_t begin = document == 0 ? 0 : ends_[document - 1];
    std::string id(static_cast<std::size_t>(ends_[document] - begin), '\0');
    KITHKIN_TRY(bytes_.read(begin, id.data(), id.size()));
    return id;
  }
  [[nodiscard]] std::uint64_t spilled_bytes() const { return bytes_.spilled_bytes(); }

 private:
  Spill bytes_;
  std::vector<std::uint64_t> ends_;
};

struct CleanItem {
  /// A row of the block: an article, or the reason why it is none.
  struct Entry {
    std::uint32_t line = 0;  // of the block, from 1
    std::optional<std::string> id;
    std::string reject;
    std::uint32_t spans_end = 0;  // in `spans`
  };
  LineBlock block;
  std::uint64_t consumed = 0;
  std::string cleaned;              // whole lines
  std::optional<KnownBlock> known;  // from the learning walk
  std::uint32_t documents = 0;      // so far
  std::uint64_t copied = 0;         // documents without an entry, as nothing is to say of them
  std::vector<Entry> entries;
  std::vector<std::string> spans;  // lines of furniture.jsonl but for their beginning, the id
  CleanSummary counts;
  std::uint64_t lines = 0;
};

struct CleanWorker {
  RowReader reader;
  Cleaner cleaner;
  CleanedPage page{};
  std::string text{};
};

class CleanJob {
 public:
  CleanJob(const CrawlInput& input, const CleanCrawlOptions& options, JobContext context,
           OutputDirectory& out)
      : input_(input),
        options_(options),
        job_(std::move(context)),
        out_(out),
        ids_(job_.directory.file("ids"), job_.memory.catalog) {}

  Result<CleanSummary> run();

 private:
  Result<void> list();
  Result<void> write();
  Result<void> clean_block(CleanWorker& worker, CleanItem& item) const;
  bool copy_line(std::string_view line, CleanItem& item) const;
  Result<void> clean_line(CleanWorker& worker, std::string_view line, CleanItem& item) const;
  Result<void> append_cleaned(const CleanWorker& worker, std::string_view line, const Row& row,
                              CleanItem& item) const;
  Result<void> append_spans(const CleanWorker& worker, const Row& row, CleanItem& item) const;
  Result<std::string> why(const Removal& removal, HostKey host) const;
  Result<void> commit(CleanItem& item);
  void add_counts(const CleanSummary& counts);

  const CrawlInput& input_;
  const CleanCrawlOptions& options_;
  JobContext job_;
  OutputDirectory& out_;
  std::vector<InputFile> files_;
  std::optional<Learned> learned_;
  IdStore ids_;
  std::optional<OutputFile> cleaned_, spans_, rejected_;
  std::uint64_t lines_before_ = 0;
  CleanSummary summary_;
};

Result<void> CleanJob::list() {
  KITHKIN_TRY_ASSIGN(InputList list,
                     list_inputs(
                         input_.paths, job_.directory,
                         [this] { return job_.progress->cancelled(); }, options_.out));
  if (list.files.empty() && !list.errors.empty()) return list.errors.front();
  files_ = std::move(list.files);
  for (Error& error : list.errors) {
    job_.progress->warn(error);
    summary_.input_errors.push_back(std::move(error));
  }
  return out_.refuse_to_replace(files_);
}

Result<std::string> CleanJob::why(const Removal& removal, HostKey host) const {
  const std::string count = std::to_string(removal.detail);
  switch (removal.kind) {
    case RemovalKind::host_repeat:
      return "stands on " + count + " of the " +
             std::to_string(learned_->furniture.articles(host)) + " articles of this host";
    case RemovalKind::related_box:
      return removal.detail == 0 ? std::string("behind a heading that stands before such lists")
                                 : "titles of other articles: " + count;
    case RemovalKind::embedded_article: {
      KITHKIN_TRY_ASSIGN(const std::string id,
                         ids_.get(static_cast<std::uint32_t>(removal.detail)));
      return "the text of " + id + ", behind a heading";
    }
    case RemovalKind::code: return std::string("code or markup");
    case RemovalKind::page_repeat: return "stands at byte " + count + " already";
    case RemovalKind::byline:
      return removal.detail == 0 ? std::string("a label between the article and what was cut off")
                                 : "its label stands on " + count + " of the " +
                                       std::to_string(learned_->furniture.articles(host)) +
                                       " articles of this host";
  }
  return std::string();
}

Result<void> CleanJob::append_spans(const CleanWorker& worker, const Row& row,
                                    CleanItem& item) const {
  for (const Removal& removal : worker.page.removals) {
    const auto [begin, end] = removal.span;
    const auto kind = static_cast<std::size_t>(removal.kind);
    ++item.counts.spans[kind];
    item.counts.bytes[kind] += end - begin;
    KITHKIN_TRY_ASSIGN(const std::string reason, why(removal, host_of(row)));
    std::string span;
    JsonWriter json(span);
    json.begin_object().key("kind").string(to_string(removal.kind));
    json.key("start").integer(begin).key("end").integer(end);
    json.key("text").string(row.text.substr(begin, end - begin));
    json.key("why").string(reason).end_object();
    item.spans.push_back(std::move(span));
  }
  return {};
}

/// The line with the text replaced, and what is known besides before its last brace. A page whose
/// text was in no field gets one.
Result<void> CleanJob::append_cleaned(const CleanWorker& worker, std::string_view line,
                                      const Row& row, CleanItem& item) const {
  std::string& out = item.cleaned;
  const std::string_view token = row.text_token;
  const bool has_token = !token.empty();
  const std::size_t at = has_token ? static_cast<std::size_t>(token.data() - line.data()) : 0;
  const std::size_t brace = line.rfind('}');
  const bool is_changed = !worker.page.removals.empty() || row.is_page;
  const auto append_text = [&] {
    if (is_changed || !has_token)
      append_json_string(out, worker.page.removals.empty() ? row.text : worker.text);
    else
      out += token;
  };
  out += line.substr(0, at);
  if (has_token) append_text();
  out += line.substr(at + token.size(), brace - at - token.size());
  if (!has_token) {
    out += ',';
    append_json_string(out, input_.fields.text);
    out += ':';
    append_text();
  }
  // What offsets count in: the text as it came, or as it was taken out of a page.
  if (options_.keep_original && line.find("\"original_text\":") == std::string_view::npos) {
    out += ",\"original_text\":";
    if (has_token && !row.is_page)
      out += token;
    else
      append_json_string(out, row.text);
  }
  if (!worker.page.related.empty() &&
      line.find("\"observed_related\":") == std::string_view::npos) {
    out += ",\"observed_related\":";
    JsonWriter json(out);
    json.begin_array();
    for (const ObservedRelated& related : worker.page.related) {
      json.begin_object().key("title").string(related.title);
      if (related.document) {
        KITHKIN_TRY_ASSIGN(const std::string id, ids_.get(*related.document));
        json.key("id").string(id);
      }
      json.end_object();
    }
    json.end_array();
    item.counts.related += worker.page.related.size();
  }
  out += line.substr(brace);
  out += '\n';
  return {};
}

Result<void> CleanJob::clean_line(CleanWorker& worker, std::string_view line,
                                  CleanItem& item) const {
  CleanItem::Entry entry;
  entry.line = static_cast<std::uint32_t>(item.lines);
  Row row;
  if (!worker.reader.read(line, row, entry.reject)) {
    entry.spans_end = static_cast<std::uint32_t>(item.spans.size());
    item.entries.push_back(std::move(entry));
    return {};
  }
  if (row.id) entry.id = std::string(*row.id);
  std::optional<std::uint32_t> document;
  if (item.known) document = item.known->first_document + item.documents;
  ++item.documents;
  KITHKIN_TRY(worker.cleaner.clean(row.text, row.title, host_of(row), worker.page, document));
  if (!worker.page.removals.empty()) {
    remove(row.text, worker.page.removals, worker.text);
    ++item.counts.changed;
  }
  const bool was_touched = row.is_page || !worker.page.removals.empty();
  if (was_touched &&
      !worker.cleaner.has_words(worker.page.removals.empty() ? row.text : worker.text))
    ++item.counts.empty;
  KITHKIN_TRY(append_cleaned(worker, line, row, item));
  KITHKIN_TRY(append_spans(worker, row, item));
  entry.spans_end = static_cast<std::uint32_t>(item.spans.size());
  item.entries.push_back(std::move(entry));
  return {};
}

/// Copies a line that the learning walk has shown to stay as it is, unparsed; false for others.
bool CleanJob::copy_line(std::string_view line, CleanItem& item) const {
  if (!item.known || options_.keep_original) return false;
  std::span<const std::uint32_t>& rejects = item.known->rejects;
  if (!rejects.empty() && rejects.front() == item.lines) {
    rejects = rejects.subspan(1);
    return false;
  }
  if (!learned_->stays(item.known->first_document + item.documents)) return false;
  ++item.documents, ++item.copied;
  item.cleaned += line;
  item.cleaned += '\n';
  return true;
}

Result<void> CleanJob::clean_block(CleanWorker& worker, CleanItem& item) const {
  item.cleaned.clear(), item.entries.clear(), item.spans.clear();
  item.counts = {};
  item.lines = item.documents = 0;
  item.copied = 0;
  return for_each_line(
      item.block, item.lines, [&](std::string_view line, std::size_t, bool is_cut) -> Result<void> {
        if (!is_cut) return copy_line(line, item) ? Result<void>() : clean_line(worker, line, item);
        item.entries.push_back({static_cast<std::uint32_t>(item.lines), std::nullopt,
                                item.block.cut, static_cast<std::uint32_t>(item.spans.size())});
        return {};
      });
}

void CleanJob::add_counts(const CleanSummary& counts) {
  summary_.changed += counts.changed;
  summary_.empty += counts.empty;
  summary_.related += counts.related;
  for (std::size_t kind = 0; kind < kRemovalKinds; ++kind) {
    summary_.spans[kind] += counts.spans[kind];
    summary_.bytes[kind] += counts.bytes[kind];
  }
}

Result<void> CleanJob::commit(CleanItem& item) {
  const std::string& name = files_[item.block.file].name;
  if (item.block.first_of_file) lines_before_ = 0;
  std::string out;
  std::uint32_t span = 0;
  for (const CleanItem::Entry& entry : item.entries) {
    const std::uint64_t line = lines_before_ + entry.line;
    ++summary_.read;
    if (!entry.reject.empty()) {
      ++summary_.rejected;
      job_.progress->warn({ErrorCode::input, entry.reject, name, line});
      std::string rejected;
      append_rejected(rejected, name, line, entry.reject);
      KITHKIN_TRY(rejected_->write(rejected));
    }
    for (; span < entry.spans_end; ++span) {
      out += "{\"id\":";
      append_json_string(out, entry.id ? *entry.id : name + ":" + std::to_string(line));
      out += ',';
      out += std::string_view(item.spans[span]).substr(1);
      out += '\n';
    }
  }
  KITHKIN_TRY(spans_->write(out));
  KITHKIN_TRY(cleaned_->write(item.cleaned));
  lines_before_ += item.lines;
  summary_.read += item.copied;
  summary_.input_bytes += item.block.size;
  add_counts(item.counts);
  return {};
}

Result<void> CleanJob::write() {
  const PassTimer timer(job_.timings, "clean");
  job_.progress->begin("clean", CrawlFiles{files_, {}}.bytes());
  const std::string name = "cleaned.jsonl" + std::string(suffix(options_.compress));
  KITHKIN_TRY_ASSIGN(cleaned_, out_.create(name, options_.compress));
  KITHKIN_TRY_ASSIGN(spans_, out_.create("furniture.jsonl"));
  KITHKIN_TRY_ASSIGN(rejected_, out_.create("rejected.jsonl"));
  std::vector<CleanWorker> workers;
  for (unsigned i = 0; i < job_.threads; ++i)
    workers.push_back({RowReader(input_), Cleaner(&learned_->furniture)});
  KITHKIN_TRY(scan_blocks<CleanItem>(
      files_, job_.threads, *job_.progress, summary_.input_errors,
      [this](CleanItem& item) -> Result<bool> {
        item.known = learned_->find(item.block);
        return true;
      },
      [&](unsigned thread, CleanItem& item) { return clean_block(workers[thread], item); },
      [&](CleanItem& item) { return commit(item); }));
  KITHKIN_TRY(cleaned_->close());
  KITHKIN_TRY(spans_->close());
  return rejected_->close();
}

std::string format(const CleanSummary& summary) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("counts").begin_object();
  json.key("read").integer(summary.read).key("cleaned").integer(summary.changed);
  json.key("empty").integer(summary.empty).key("rejected").integer(summary.rejected);
  json.key("related").integer(summary.related).end_object();
  json.key("removed").begin_object();
  for (std::size_t kind = 0; kind < kRemovalKinds; ++kind) {
    json.key(to_string(static_cast<RemovalKind>(kind))).begin_object();
    json.key("spans").integer(summary.spans[kind]);
    json.key("bytes").integer(summary.bytes[kind]).end_object();
  }
  json.end_object();
  write_seconds(json, summary.seconds);
  json.key("bytes").integer(summary.input_bytes).key("text_bytes").integer(summary.text_bytes);
  json.key("peak_memory").integer(peak_memory());
  write_input_errors(json, summary.input_errors);
  json.end_object();
  out += '\n';
  return out;
}

Result<CleanSummary> CleanJob::run() {
  auto whole = std::make_optional<PassTimer>(job_.timings, "total");
  KITHKIN_TRY(list());
  KITHKIN_TRY_ASSIGN(learned_, learn_furniture(job_, files_, input_, [this](const std::string& id) {
                       return ids_.add(id);
                     }));
  summary_.text_bytes = learned_->text_bytes;
  const std::size_t errors_before = summary_.input_errors.size();
  KITHKIN_TRY(write());
  for (std::size_t i = errors_before; i < summary_.input_errors.size(); ++i)
    job_.progress->warn(summary_.input_errors[i]);
  whole.reset();
  summary_.seconds = job_.timings;
  summary_.spilled_bytes = learned_->furniture.spilled_bytes() + ids_.spilled_bytes();
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("summary.json"));
  KITHKIN_TRY(file.write(format(summary_)));
  KITHKIN_TRY(file.close());
  return std::move(summary_);
}

}  // namespace

Result<CleanSummary> clean_crawl(const CrawlInput& input, const CleanCrawlOptions& options,
                                 Progress& progress) {
  if (input.paths.empty()) {
    return Error{ErrorCode::invalid_argument, "no input: name files, directories or -", "", 0};
  }
  if (options.out.empty()) {
    return Error{ErrorCode::invalid_argument, "an output directory is needed", "", 0};
  }
  DeduplicateOptions job_options;
  job_options.threads = options.threads;
  job_options.memory = options.memory;
  KITHKIN_TRY_ASSIGN(OutputDirectory out, OutputDirectory::open(options.out, options.overwrite));
  KITHKIN_TRY_ASSIGN(JobContext job, JobContext::make(job_options, options.out, progress));
  KITHKIN_TRY_ASSIGN(CleanSummary summary, CleanJob(input, options, std::move(job), out).run());
  KITHKIN_TRY(out.commit());
  return summary;
}

}  // namespace kithkin

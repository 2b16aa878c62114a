// See learn.h.
#include "engine/learn.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>

#include "base/try.h"
#include "engine/crawl_scan.h"
#include "engine/page_text.h"

namespace kithkin {
namespace {

struct LearnItem {
  struct Document {
    std::uint32_t line = 0;  // of the block, from 1
    bool is_line = false;    // its text is a field of the line
    std::optional<std::string> id;
  };
  LineBlock block;
  std::uint64_t consumed = 0;
  OutlinedPages pages;
  std::vector<Document> documents;     // of the pages
  std::vector<std::uint32_t> rejects;  // lines that are no pages
  std::uint64_t text_bytes = 0;
  std::uint64_t lines = 0;
};

struct LearnWorker {
  RowReader reader;
  PageOutliner outliner{};
};

Result<void> outline_line(LearnWorker& worker, std::string_view line, LearnItem& item) {
  Row row;
  std::string reason;
  if (!worker.reader.read(line, row, reason)) {
    item.rejects.push_back(static_cast<std::uint32_t>(item.lines));
    return {};
  }
  item.text_bytes += row.text.size();
  item.documents.push_back({static_cast<std::uint32_t>(item.lines),
                            !row.text_token.empty() && !row.is_page,
                            row.id ? std::optional(std::string(*row.id)) : std::nullopt});
  return worker.outliner.outline(row, item.pages);
}

Result<void> outline_block(LearnWorker& worker, LearnItem& item) {
  item.pages.clear(), item.documents.clear();
  item.rejects.clear();
  item.lines = item.text_bytes = 0;
  return for_each_line(item.block, item.lines,
                       [&](std::string_view line, std::size_t, bool is_cut) -> Result<void> {
                         return is_cut ? Result<void>() : outline_line(worker, line, item);
                       });
}

}  // namespace

Result<void> PageOutliner::outline(const Row& row, OutlinedPages& out) {
  outliner_.read(row.text, lines_);
  return append(row, out);
}

Result<void> PageOutliner::outline(const Row& row, std::span<const TokenSpan> words,
                                   OutlinedPages& out) {
  outliner_.read(row.text, words, lines_);
  return append(row, out);
}

Result<void> PageOutliner::append(const Row& row, OutlinedPages& out) {
  OutlinedPages::Page page;
  page.host = host_of(row);
  page.title = outliner_.key_of(row.title);
  KITHKIN_TRY(cleaner_.clean_alone(row.text, lines_, page.removals));
  append_keys(lines_, out.outlines);
  page.outline_end = static_cast<std::uint32_t>(out.outlines.size());
  out.pages.push_back(std::move(page));
  return {};
}

FurnitureLearner make_learner(const JobContext& job, const std::vector<InputFile>& files) {
  return FurnitureLearner(job.directory.file("learn-"),
                          job.memory.bands + job.memory.pairs + job.memory.results,
                          job.memory.learned, CrawlFiles{files, {}}.bytes());
}

Result<void> learn_pages(const OutlinedPages& pages, FurnitureLearner& learner) {
  std::uint32_t begin = 0;
  for (const OutlinedPages::Page& page : pages.pages) {
    const std::span outline(pages.outlines.data() + begin, page.outline_end - begin);
    KITHKIN_TRY(learner.add(page.host, page.title, outline, page.removals));
    begin = page.outline_end;
  }
  return {};
}

void Learned::add_block(const LineBlock& block, std::span<const std::uint32_t> rejects) {
  blocks_.push_back({block.file, documents(), block.offset, block.size, rejects_.size()});
  rejects_.insert(rejects_.end(), rejects.begin(), rejects.end());
}

std::optional<KnownBlock> Learned::find(const LineBlock& block) const {
  const auto at = std::lower_bound(
      blocks_.begin(), blocks_.end(), block, [](const Block& known, const LineBlock& wanted) {
        return std::tie(known.file, known.offset) < std::tie(wanted.file, wanted.offset);
      });
  const bool is_known = at != blocks_.end() && at->file == block.file &&
                        at->offset == block.offset && at->size == block.size;
  if (!is_known) return std::nullopt;
  const auto next = std::next(at);
  const std::uint64_t end = next == blocks_.end() ? rejects_.size() : next->first_reject;
  return KnownBlock{at->first_document,
                    std::span(rejects_).subspan(at->first_reject, end - at->first_reject)};
}

Result<Learned> learn_furniture(JobContext& job, const std::vector<InputFile>& files,
                                const CrawlInput& input,
                                const std::function<Result<void>(const std::string& id)>& visit) {
  const PassTimer timer(job.timings, "learn");
  job.progress->begin("learn the furniture", CrawlFiles{files, {}}.bytes());
  FurnitureLearner learner = make_learner(job, files);
  Learned learned;
  std::vector<LearnWorker> workers;
  for (unsigned i = 0; i < job.threads; ++i)
    workers.push_back({.reader = RowReader(input)});
  std::uint64_t lines_before = 0;
  const auto commit = [&](LearnItem& item) -> Result<void> {
    if (item.block.first_of_file) lines_before = 0;
    learned.add_block(item.block, item.rejects);
    learned.text_bytes += item.text_bytes;
    KITHKIN_TRY(learn_pages(item.pages, learner));
    for (const LearnItem::Document& document : item.documents) {
      learned.add_document(document.is_line);
      if (!visit) continue;
      KITHKIN_TRY(visit(document.id ? *document.id
                                    : files[item.block.file].name + ":" +
                                          std::to_string(lines_before + document.line)));
    }
    lines_before += item.lines;
    return {};
  };
  std::vector<Error> ignored;
  KITHKIN_TRY(scan_blocks<LearnItem>(
      files, job.threads, *job.progress, ignored, [](LearnItem&) -> Result<bool> { return true; },
      [&](unsigned thread, LearnItem& item) { return outline_block(workers[thread], item); },
      commit));
  KITHKIN_TRY_ASSIGN(learned.furniture, learner.finish());
  return learned;
}

}  // namespace kithkin

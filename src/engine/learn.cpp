// See learn.h. Threads outline pages; the learner takes them in input order.
#include "engine/learn.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>

#include "base/try.h"
#include "clean/cleaner.h"
#include "clean/outline.h"
#include "engine/crawl_scan.h"
#include "engine/page_text.h"

namespace kithkin {
namespace {

struct Page {
  HostKey host = 0;
  std::uint64_t title = 0;
  std::uint32_t line = 0;         // of the block, from 1
  std::uint32_t outline_end = 0;  // in the item's outlines
  bool is_line = false;           // its text is a field of the line
  std::vector<Removal> removals;  // whatever others say
  std::optional<std::string> id;
};

struct LearnItem {
  LineBlock block;
  std::uint64_t consumed = 0;
  std::vector<Page> pages;
  std::vector<LineKeys> outlines;      // of all pages
  std::vector<std::uint32_t> rejects;  // lines that are no pages
  std::uint64_t text_bytes = 0;
  std::uint64_t lines = 0;
};

struct LearnWorker {
  RowReader reader;
  Outliner outliner{};
  Cleaner cleaner{nullptr};
  std::vector<OutlineLine> outline{};
  bool wants_ids = false;
};

Result<void> outline_line(LearnWorker& worker, std::string_view line, LearnItem& item) {
  Row row;
  std::string reason;
  if (!worker.reader.read(line, row, reason)) {
    item.rejects.push_back(static_cast<std::uint32_t>(item.lines));
    return {};
  }
  item.text_bytes += row.text.size();
  Page page;
  page.is_line = !row.text_token.empty() && !row.is_page;
  page.host = host_of(row);
  page.line = static_cast<std::uint32_t>(item.lines);
  if (row.id && worker.wants_ids) page.id = std::string(*row.id);
  page.title = worker.outliner.key_of(row.title);
  worker.outliner.read(row.text, worker.outline);
  KITHKIN_TRY(worker.cleaner.clean_alone(row.text, worker.outline, page.removals));
  append_keys(worker.outline, item.outlines);
  page.outline_end = static_cast<std::uint32_t>(item.outlines.size());
  item.pages.push_back(std::move(page));
  return {};
}

Result<void> outline_block(LearnWorker& worker, LearnItem& item) {
  item.pages.clear();
  item.outlines.clear();
  item.rejects.clear();
  item.lines = item.text_bytes = 0;
  return for_each_line(item.block, item.lines,
                       [&](std::string_view line, std::size_t, bool is_cut) -> Result<void> {
                         return is_cut ? Result<void>() : outline_line(worker, line, item);
                       });
}

}  // namespace

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
  // Bands and shingles come later, so that their memory is free for sorting.
  FurnitureLearner learner(job.directory.file("learn-"), job.memory.bands + job.memory.shingles,
                           job.memory.learned, CrawlFiles{files, {}}.bytes());
  Learned learned;
  std::vector<LearnWorker> workers;
  for (unsigned i = 0; i < job.threads; ++i)
    workers.push_back({.reader = RowReader(input), .wants_ids = visit != nullptr});
  std::uint64_t lines_before = 0;
  const auto commit = [&](LearnItem& item) -> Result<void> {
    if (item.block.first_of_file) lines_before = 0;
    learned.add_block(item.block, item.rejects);
    learned.text_bytes += item.text_bytes;
    std::uint32_t begin = 0;
    for (const Page& page : item.pages) {
      const std::span outline(item.outlines.data() + begin, page.outline_end - begin);
      KITHKIN_TRY(learner.add(page.host, page.title, outline, page.removals));
      learned.add_document(page.is_line);
      begin = page.outline_end;
      if (!visit) continue;
      KITHKIN_TRY(visit(page.id ? *page.id
                                : files[item.block.file].name + ":" +
                                      std::to_string(lines_before + page.line)));
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

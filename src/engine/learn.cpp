// See learn.h. Threads outline pages; the learner takes them in input order.
#include "engine/learn.h"

#include <algorithm>
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
  std::vector<Removal> removals;  // whatever others say
  std::optional<std::string> id;
};

struct LearnItem {
  LineBlock block;
  std::uint64_t consumed = 0;
  std::vector<Page> pages;
  std::vector<LineKeys> outlines;  // of all pages
  std::uint64_t lines = 0;
};

struct Worker {
  RowReader reader;
  Outliner outliner{};
  Cleaner cleaner{nullptr};
  std::vector<OutlineLine> outline{};
};

Result<void> outline_line(Worker& worker, std::string_view line, LearnItem& item) {
  Row row;
  std::string reason;
  if (!worker.reader.read(line, row, reason)) return {};
  Page page;
  page.host = host_of(row);
  page.line = static_cast<std::uint32_t>(item.lines);
  if (row.id) page.id = std::string(*row.id);
  page.title = worker.outliner.key_of(row.title);
  worker.outliner.read(row.text, worker.outline);
  KITHKIN_TRY(worker.cleaner.clean_alone(row.text, worker.outline, page.removals));
  append_keys(worker.outline, item.outlines);
  page.outline_end = static_cast<std::uint32_t>(item.outlines.size());
  item.pages.push_back(std::move(page));
  return {};
}

Result<void> outline_block(Worker& worker, LearnItem& item) {
  item.pages.clear();
  item.outlines.clear();
  item.lines = 0;
  return for_each_line(item.block, item.lines,
                       [&](std::string_view line, std::size_t, bool is_cut) -> Result<void> {
                         return is_cut ? Result<void>() : outline_line(worker, line, item);
                       });
}

}  // namespace

std::optional<std::uint32_t> Learned::first_document(const LineBlock& block) const {
  const auto at = std::lower_bound(
      blocks_.begin(), blocks_.end(), block, [](const Block& known, const LineBlock& wanted) {
        return std::tie(known.file, known.offset) < std::tie(wanted.file, wanted.offset);
      });
  const bool is_known = at != blocks_.end() && at->file == block.file && at->offset == block.offset;
  return is_known ? std::optional(at->first_document) : std::nullopt;
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
  std::uint32_t documents = 0;
  std::vector<Worker> workers;
  for (unsigned i = 0; i < job.threads; ++i)
    workers.push_back({RowReader(input)});
  std::uint64_t lines_before = 0;
  const auto commit = [&](LearnItem& item) -> Result<void> {
    if (item.block.first_of_file) lines_before = 0;
    learned.add_block(item.block, documents);
    documents += static_cast<std::uint32_t>(item.pages.size());
    std::uint32_t begin = 0;
    for (const Page& page : item.pages) {
      const std::span outline(item.outlines.data() + begin, page.outline_end - begin);
      KITHKIN_TRY(learner.add(page.host, page.title, outline, page.removals));
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

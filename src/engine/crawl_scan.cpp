// See crawl_scan.h.
#include "engine/crawl_scan.h"

#include <algorithm>

#include "engine/page_text.h"

namespace kithkin {

std::uint64_t CrawlFiles::bytes() const {
  std::uint64_t sum = 0;
  for (const InputFile& file : files)
    sum += file.size;
  return sum;
}

std::size_t CrawlFiles::file_of(std::uint32_t document) const {
  const auto after = std::upper_bound(first_document.begin(), first_document.end(), document);
  return static_cast<std::size_t>(after - first_document.begin()) - 1;
}

Result<bool> LinePlacer::place(const LineBlock& block, std::vector<PlacedLine>& lines) {
  lines.clear();
  if (next_ < files_.first_document[block.file]) {
    return Error{ErrorCode::input, "has changed while it was read", files_.files[block.file].name,
                 0};
  }
  while (next_ < files_.first_document[block.file + 1]) {
    KITHKIN_TRY_ASSIGN(const DocumentRecord record, catalog_.record(next_));
    if (record.offset >= block.offset + block.size) break;
    if (record.offset < block.offset ||
        record.offset + record.line_size > block.offset + block.size) {
      return Error{ErrorCode::input, "has changed while it was read", files_.files[block.file].name,
                   record.line};
    }
    lines.push_back({next_++, record.offset - block.offset, record.line_size});
  }
  return true;
}

std::string row_id(const Row& row, const std::string& file, std::uint64_t line) {
  if (row.id) return std::string(*row.id);
  return file + ":" + std::to_string(line);
}

namespace {

struct PlainItem {
  LineBlock block;
  std::uint64_t consumed = 0;
};

}  // namespace

Result<CrawlRows> for_each_row(
    const CrawlInput& input, Progress& progress,
    const std::function<Result<bool>(const Row&, const std::string& id)>& visit) {
  CrawlRows out;
  TemporaryDirectory spill;
  if (needs_spill(input.paths)) {
    KITHKIN_TRY_ASSIGN(spill, TemporaryDirectory::create("", "kithkin-"));
  }
  KITHKIN_TRY_ASSIGN(InputList list,
                     list_inputs(input.paths, spill, [&] { return progress.cancelled(); }));
  out.input_errors = std::move(list.errors);
  const CrawlFiles files{list.files, {}};
  progress.begin("read", files.bytes());
  RowReader reader(input);
  std::uint64_t line_number = 0;
  bool going = true;
  const auto commit = [&](PlainItem& item) -> Result<void> {
    if (item.block.first_of_file) line_number = 0;
    const std::string& name = files.files[item.block.file].name;
    Row row;
    std::string reason;
    return for_each_line(
        item.block, line_number,
        [&](std::string_view line, std::size_t, bool is_cut) -> Result<void> {
          if (!going) return {};
          if (is_cut || !reader.read(line, row, reason)) {
            progress.warn({ErrorCode::input, is_cut ? item.block.cut : reason, name, line_number});
            return {};
          }
          KITHKIN_TRY_ASSIGN(going, visit(row, row_id(row, name, line_number)));
          return {};
        });
  };
  KITHKIN_TRY(scan_blocks<PlainItem>(
      files.files, 1, progress, out.input_errors, [&](PlainItem&) -> Result<bool> { return going; },
      [](unsigned, PlainItem&) { return Result<void>(); }, commit));
  return out;
}

}  // namespace kithkin

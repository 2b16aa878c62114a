// See page_store.h. Tests: tests/unit/clean/furniture_test.cpp.
#include "clean/page_store.h"

#include "base/try.h"

namespace kithkin {

Result<void> PageStore::add(LearnedPage page, std::span<const LineKeys> lines,
                            std::span<const Removal> removals) {
  page.lines = static_cast<std::uint32_t>(lines.size());
  page.removals = static_cast<std::uint32_t>(removals.size());
  offsets_.push_back(bytes_.size());
  pack_lines(lines, packed_);
  KITHKIN_TRY(bytes_.append(&page, sizeof page));
  KITHKIN_TRY(bytes_.append(removals.data(), removals.size_bytes()));
  return bytes_.append(packed_.data(), packed_.size());
}

Result<void> PageStore::read(std::uint32_t document, LearnedPage& page) const {
  return bytes_.read(offsets_[document], &page, sizeof page);
}

Result<void> PageStore::read(std::uint32_t document, LearnedPage& page,
                             std::vector<LineKeys>& lines) {
  KITHKIN_TRY(read(document, page));
  const std::uint64_t begin =
      offsets_[document] + sizeof page + page.removals * std::uint64_t{sizeof(Removal)};
  const std::uint64_t end = document + 1 < size() ? offsets_[document + 1] : bytes_.size();
  packed_.resize(end - begin + kUnpackSlack);
  KITHKIN_TRY(bytes_.read(begin, packed_.data(), end - begin));
  lines.resize(page.lines);
  unpack_lines(packed_.data(), lines);
  return {};
}

Result<void> PageStore::read(std::uint32_t document, std::vector<Removal>& removals) const {
  LearnedPage page;
  KITHKIN_TRY(read(document, page));
  removals.resize(page.removals);
  return bytes_.read(offsets_[document] + sizeof page, removals.data(),
                     removals.size() * sizeof(Removal));
}

}  // namespace kithkin

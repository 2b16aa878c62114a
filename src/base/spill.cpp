// See spill.h. Tests: tests/unit/base/spill_test.cpp.
#include "base/spill.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "base/try.h"

namespace kithkin {

Spill::Spill(std::string path, std::size_t memory)
    : path_(std::move(path)), memory_(std::max<std::size_t>(memory, 4096)) {}

Result<void> Spill::append(const void* data, std::size_t size) {
  if (buffer_.size() + size > memory_ && !buffer_.empty()) KITHKIN_TRY(flush());
  const auto* bytes = static_cast<const char*>(data);
  buffer_.insert(buffer_.end(), bytes, bytes + size);
  return {};
}

Result<void> Spill::flush() {
  if (!file_.is_open()) {
    KITHKIN_TRY_ASSIGN(file_, File::create(path_));
  }
  KITHKIN_TRY(file_.write({buffer_.data(), buffer_.size()}));
  flushed_ += buffer_.size();
  buffer_.clear();
  return {};
}

Result<void> Spill::read(std::uint64_t offset, void* out, std::size_t size) const {
  assert(offset + size <= this->size());
  auto* bytes = static_cast<char*>(out);
  if (offset < flushed_) {
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(size, flushed_ - offset));
    KITHKIN_TRY(file_.read_at(offset, bytes, part));
    offset += part;
    bytes += part;
    size -= part;
  }
  if (size > 0) std::memcpy(bytes, buffer_.data() + (offset - flushed_), size);
  return {};
}

}  // namespace kithkin

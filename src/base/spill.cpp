// See spill.h. Tests: tests/unit/base/spill_test.cpp.
#include "base/spill.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "base/try.h"

namespace kithkin {

namespace {

std::unique_ptr<char[], FreeMemory> make_chunk(std::size_t size) {
  auto chunk = size >= kLargePage
                   ? large_array<char>(size)
                   : std::unique_ptr<char[], FreeMemory>(static_cast<char*>(std::malloc(size)));
  if (chunk == nullptr) throw std::bad_alloc();
  return chunk;
}

}  // namespace

Spill::Spill(std::string path, std::size_t memory, std::size_t chunk)
    : path_(std::move(path)),
      memory_(std::max<std::size_t>(memory, 4096)),
      chunk_(std::min(memory_, chunk)) {}

Result<void> Spill::append_slowly(const void* data, std::size_t size) {
  if (held_ + size > memory_ && held_ > 0) KITHKIN_TRY(flush());
  const auto* bytes = static_cast<const char*>(data);
  while (size > 0) {
    if (left_ == 0) {
      const std::size_t chunk = held_ / chunk_;
      if (chunk == chunks_.size()) chunks_.push_back(make_chunk(chunk_));
      next_ = chunks_[chunk].get();
      left_ = chunk_;
    }
    const std::size_t part = std::min(size, left_);
    std::memcpy(next_, bytes, part);
    bytes += part;
    next_ += part;
    left_ -= part;
    held_ += part;
    size -= part;
  }
  return {};
}

Result<void> Spill::flush() {
  if (!file_.is_open()) {
    KITHKIN_TRY_ASSIGN(file_, File::create(path_));
  }
  for (std::size_t done = 0; done < held_; done += chunk_) {
    const std::size_t part = std::min(chunk_, held_ - done);
    KITHKIN_TRY(file_.write({chunks_[done / chunk_].get(), part}));
  }
  flushed_ += held_;
  held_ = 0;
  left_ = 0;
  chunks_.resize(std::min(chunks_.size(), memory_ / chunk_ + 1));  // one giant record passed by
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
  for (auto at = static_cast<std::size_t>(offset - flushed_); size > 0;) {
    const std::size_t part = std::min(size, chunk_ - at % chunk_);
    std::memcpy(bytes, chunks_[at / chunk_].get() + at % chunk_, part);
    bytes += part;
    at += part;
    size -= part;
  }
  return {};
}

}  // namespace kithkin

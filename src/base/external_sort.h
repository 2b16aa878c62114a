// Sorting more records than memory holds: sorted runs on disk, then a merge.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <queue>
#include <string>
#include <type_traits>
#include <vector>

#include <kithkin/result.h>

#include "base/file.h"
#include "base/radix_sort.h"
#include "base/try.h"

namespace kithkin {

/// Add records, call sort(), then take them with next() in the order of operator<. Equal records
/// come together; with `unique`, once. Records are plain data. One thread at a time. At most
/// kMostRuns files of a level are open: that many runs are merged into one of the next level.
template <class Record>
class ExternalSorter {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  /// Runs go to files `prefix`0, `prefix`1, ... once `memory` bytes are full.
  ExternalSorter(std::string prefix, std::size_t memory, bool unique = false)
      : prefix_(std::move(prefix)),
        capacity_(std::max<std::size_t>(memory / kBytesEach, 1024)),
        unique_(unique) {}

  /// Fails with `output`.
  Result<void> add(const Record& record) {
    if (buffer_.size() >= capacity_) KITHKIN_TRY(flush());
    buffer_.push_back(record);
    return {};
  }

  Result<void> sort() {
    if (runs_.empty()) {
      sort_buffer();
      return {};
    }
    if (!buffer_.empty()) KITHKIN_TRY(flush());
    buffer_ = {};
    return begin_merge();
  }

  /// Takes the next record; false at the end. Fails with `input` when a run cannot be read.
  Result<bool> next(Record& out) {
    for (;;) {
      KITHKIN_TRY_ASSIGN(const bool any, take(out));
      if (!any) return false;
      const bool repeat = unique_ && has_last_ && !(last_ < out);
      last_ = out;
      has_last_ = true;
      if (!repeat) return true;
    }
  }

  [[nodiscard]] std::uint64_t spilled_bytes() const { return spilled_; }
  /// The error of somebody who finds that a record is none that was added: where a disk is bad.
  [[nodiscard]] Error damaged() const {
    return {ErrorCode::input, "is damaged: other bytes were written there", prefix_, 0};
  }

 private:
  struct Run {
    File file;
    std::uint64_t offset = 0, end = 0;
    std::vector<Record> buffer;
    std::size_t at = 0;
    std::size_t buffer_capacity = 0;
    unsigned level = 0;  // how often its records were merged
  };
  struct Head {
    Record record{};
    std::size_t run;
    bool operator<(const Head& other) const {  // std::priority_queue: the greatest on top
      if (other.record < record) return true;
      if (record < other.record) return false;
      return other.run < run;
    }
  };

  void sort_buffer() {
    if constexpr (kAreNumbers)
      radix_sort(buffer_);
    else
      std::sort(buffer_.begin(), buffer_.end());
    if (!unique_) return;
    const auto same = [](const Record& a, const Record& b) { return !(a < b) && !(b < a); };
    buffer_.erase(std::unique(buffer_.begin(), buffer_.end(), same), buffer_.end());
  }

  /// The buffer becomes a run.
  Result<void> flush() {
    sort_buffer();
    KITHKIN_TRY_ASSIGN(auto run, create_run(0));
    KITHKIN_TRY(append(*run, buffer_));
    runs_.push_back(std::move(run));
    buffer_.clear();
    while (runs_.size() >= kMostRuns &&
           runs_[runs_.size() - kMostRuns]->level == runs_.back()->level) {
      KITHKIN_TRY(merge_last());
    }
    return {};
  }

  Result<std::unique_ptr<Run>> create_run(unsigned level) {
    auto run = std::make_unique<Run>();
    run->level = level;
    KITHKIN_TRY_ASSIGN(run->file, File::create(prefix_ + std::to_string(created_++)));
    return run;
  }

  Result<void> append(Run& run, const std::vector<Record>& records) {
    const std::size_t bytes = records.size() * sizeof(Record);
    KITHKIN_TRY(run.file.write({reinterpret_cast<const char*>(records.data()), bytes}));
    run.end += bytes;
    spilled_ += bytes;
    return {};
  }

  /// The last kMostRuns runs, all of one level, become one of the next.
  Result<void> merge_last() {
    std::vector<std::unique_ptr<Run>> before;
    const auto first = runs_.end() - static_cast<std::ptrdiff_t>(kMostRuns);
    std::move(runs_.begin(), first, std::back_inserter(before));
    runs_.erase(runs_.begin(), first);
    KITHKIN_TRY_ASSIGN(auto merged, create_run(runs_.back()->level + 1));
    KITHKIN_TRY(begin_merge());
    std::vector<Record> out;
    Record record{};
    for (;;) {
      KITHKIN_TRY_ASSIGN(const bool any, take(record));
      if (any) out.push_back(record);
      if (out.size() == kMergeBuffer || !any) {
        KITHKIN_TRY(append(*merged, out));
        out.clear();
      }
      if (!any) break;
    }
    for (const auto& run : runs_)
      KITHKIN_TRY(run->file.remove());
    runs_ = std::move(before);
    runs_.push_back(std::move(merged));
    return {};
  }

  Result<void> begin_merge() {
    const std::size_t share = std::clamp<std::size_t>(capacity_ / runs_.size(), 512, kMergeBuffer);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      runs_[i]->buffer_capacity = share;
      KITHKIN_TRY(advance(i));
    }
    return {};
  }

  /// Puts the next record of a run on the heap.
  Result<void> advance(std::size_t index) {
    Run& run = *runs_[index];
    if (run.at == run.buffer.size()) {
      const std::uint64_t left = (run.end - run.offset) / sizeof(Record);
      if (left == 0) return {};
      run.buffer.resize(
          static_cast<std::size_t>(std::min<std::uint64_t>(left, run.buffer_capacity)));
      run.at = 0;
      const std::size_t bytes = run.buffer.size() * sizeof(Record);
      KITHKIN_TRY(run.file.read_at(run.offset, run.buffer.data(), bytes));
      run.offset += bytes;
    }
    heads_.push({run.buffer[run.at++], index});
    return {};
  }

  Result<bool> take(Record& out) {
    if (runs_.empty()) {
      if (at_ == buffer_.size()) return false;
      out = buffer_[at_++];
      return true;
    }
    if (heads_.empty()) return false;
    const Head head = heads_.top();
    heads_.pop();
    KITHKIN_TRY(advance(head.run));
    out = head.record;
    return true;
  }

  static constexpr bool kAreNumbers = std::is_same_v<Record, std::uint64_t>;
  static constexpr std::size_t kBytesEach = sizeof(Record) * (kAreNumbers ? 2 : 1);
  static constexpr std::size_t kMostRuns = 64;
  static constexpr std::size_t kMergeBuffer = std::size_t{1} << 16;  // records

  std::string prefix_;
  std::size_t capacity_;
  bool unique_;
  std::vector<Record> buffer_;
  std::size_t at_ = 0;
  std::vector<std::unique_ptr<Run>> runs_;
  std::uint64_t created_ = 0;  // files so far
  std::priority_queue<Head> heads_;
  Record last_{};
  bool has_last_ = false;
  std::uint64_t spilled_ = 0;
};

}  // namespace kithkin

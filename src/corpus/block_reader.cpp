// A block is read, and cut behind its last newline; the rest begins the next block. A line longer
// than a block makes the block grow. Tests: tests/unit/corpus/block_reader_test.cpp.
#include "corpus/block_reader.h"

#include <algorithm>
#include <cstring>

#include "corpus/row_parser.h"

namespace kithkin {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

BlockReader::BlockReader(const std::vector<InputFile>& files, std::size_t block_size)
    : files_(files), block_size_(block_size) {}

bool BlockReader::open_next() {
  while (file_ < files_.size()) {
    const InputFile& file = files_[file_++];
    auto source = ByteSource::open(file.path);
    if (source) {
      source_ = std::move(source).value();
      offset_ = 0;
      at_start_ = true;
      failure_.clear();
      return true;
    }
    Error error = std::move(source).error();
    error.file = file.name;
    errors_.push_back(std::move(error));
    consumed_before_ += file.size;
  }
  return false;
}

void BlockReader::close() {
  consumed_before_ += files_[file_ - 1].size;
  source_.reset();
}

/// Reads on until the block holds a line end, or the file ends.
void BlockReader::fill(LineBlock& block) {
  std::size_t size = rest_.size();
  block.bytes.resize(
      std::max(block.bytes.size(), std::max(block_size_, size * 2) + RowParser::kPadding));
  std::copy(rest_.begin(), rest_.end(), block.bytes.begin());
  rest_.clear();
  std::size_t searched = 0;
  for (;;) {
    const std::size_t room = block.bytes.size() - RowParser::kPadding - size;
    if (room == 0) {
      const void* end = memrchr(block.bytes.data() + searched, '\n', size - searched);
      if (end != nullptr) break;
      searched = size;
      block.bytes.resize(block.bytes.size() * 2);
      continue;
    }
    auto got = source_->read(block.bytes.data() + size, room);
    if (!got) {
      failure_ = got.error().message;
      errors_.push_back({ErrorCode::input, failure_, files_[file_ - 1].name, 0});
    }
    if (!got || *got == 0) {
      close();
      break;
    }
    size += *got;
  }
  block.size = size;
}

Result<bool> BlockReader::next(LineBlock& block) {
  constexpr std::size_t kLargeBlock = std::size_t{32} << 20;
  if (block.bytes.size() > kLargeBlock) block.bytes = {};
  for (;;) {
    if (!source_ && !open_next()) return false;
    block.file = static_cast<std::uint32_t>(file_ - 1);
    block.offset = offset_;
    block.first_of_file = at_start_;
    block.cut.clear();
    fill(block);
    std::size_t end = block.size;
    if (source_) {
      const void* newline = memrchr(block.bytes.data(), '\n', block.size);
      end = static_cast<std::size_t>(static_cast<const char*>(newline) - block.bytes.data()) + 1;
      rest_.assign(block.bytes.data() + end, block.bytes.data() + block.size);
    } else if (!failure_.empty() && end > 0 && block.bytes[end - 1] != '\n') {
      block.cut = failure_;
    }
    block.size = end;
    offset_ += end;
    const bool marked = at_start_ && block.text().starts_with(kByteOrderMark);
    block.mark = marked ? kByteOrderMark.size() : 0;
    at_start_ = false;
    if (end > 0 || block.first_of_file) return true;
  }
}

bool LineCursor::next(std::string_view& line, std::size_t& offset) {
  if (at_ >= text_.size()) return false;
  const std::size_t end = std::min(text_.find('\n', at_), text_.size());
  line = text_.substr(at_, end - at_);
  offset = at_;
  at_ = end + 1;
  return true;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == line.npos; }

}  // namespace kithkin

// A block is read, and cut behind its last newline; the rest begins the next block. A line longer
// than a block makes the block grow, up to a limit; what is longer still is passed over. Tests:
// tests/unit/corpus/block_reader_test.cpp.
#include "corpus/block_reader.h"

#include <algorithm>
#include <cstring>

#include "corpus/row_parser.h"

namespace kithkin {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

BlockReader::BlockReader(const std::vector<InputFile>& files, std::size_t block_size,
                         std::size_t longest_line)
    : files_(files), block_size_(block_size), longest_line_(longest_line) {}

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

/// Up to `size` bytes more of the present file; 0 at its end, or when it cannot be read on, and
/// then it is closed.
std::size_t BlockReader::read_more(char* out, std::size_t size) {
  auto got = source_->read(out, size);
  if (!got) {
    failure_ = got.error().message;
    errors_.push_back({ErrorCode::input, failure_, files_[file_ - 1].name, 0});
  }
  if (got && *got > 0) return *got;
  close();
  return 0;
}

/// Reads on until the block holds a line end or the longest line, or the file ends.
void BlockReader::fill(LineBlock& block) {
  std::size_t size = rest_.size();
  const std::size_t most = longest_line_ + 1;
  const std::size_t begin = std::max(block_size_, std::min(size * 2, most)) + RowParser::kPadding;
  if (block.bytes.size() != begin) block.bytes = std::vector<char>(begin);
  std::copy(rest_.begin(), rest_.end(), block.bytes.begin());
  rest_.clear();
  std::size_t searched = 0;
  while (source_) {
    const std::size_t room = block.bytes.size() - RowParser::kPadding - size;
    if (room > 0) {
      size += read_more(block.bytes.data() + size, room);
      continue;
    }
    const void* end = memrchr(block.bytes.data() + searched, '\n', size - searched);
    if (end != nullptr || size >= most) break;
    searched = size;
    block.bytes.resize(std::min(size * 2, most) + RowParser::kPadding);
  }
  block.size = size;
}

/// Passes over the rest of a line of which the block holds the beginning; returns how long it was.
std::uint64_t BlockReader::skip_line(LineBlock& block) {
  block.cut = "the line is longer than " + std::to_string(longest_line_) + " bytes";
  std::uint64_t length = block.size;
  block.size = std::min(block.size, block_size_);
  block.bytes.resize(block.size + RowParser::kPadding);
  block.bytes.shrink_to_fit();
  std::vector<char> more(block_size_);
  while (source_) {
    const std::size_t got = read_more(more.data(), more.size());
    const void* newline = std::memchr(more.data(), '\n', got);
    if (newline == nullptr) {
      length += got;
      continue;
    }
    const char* next = static_cast<const char*>(newline) + 1;
    rest_.assign(next, static_cast<const char*>(more.data() + got));
    return length + static_cast<std::uint64_t>(next - more.data());
  }
  return length;
}

Result<bool> BlockReader::next(LineBlock& block) {
  for (;;) {
    if (!source_ && !open_next()) return false;
    block.file = static_cast<std::uint32_t>(file_ - 1);
    block.offset = offset_;
    block.first_of_file = at_start_;
    block.cut.clear();
    fill(block);
    const void* newline = memrchr(block.bytes.data(), '\n', block.size);
    if (source_ && newline == nullptr) {
      offset_ += skip_line(block);
    } else {
      if (source_) {
        const auto end = static_cast<const char*>(newline) + 1;
        rest_.assign(end, static_cast<const char*>(block.bytes.data() + block.size));
        block.size = static_cast<std::size_t>(end - block.bytes.data());
      } else if (!failure_.empty() && block.size > 0 && !block.text().ends_with('\n')) {
        block.cut = "the file ends in this line: " + failure_;
      }
      offset_ += block.size;
    }
    const bool marked = at_start_ && block.text().starts_with(kByteOrderMark);
    block.mark = marked ? kByteOrderMark.size() : 0;
    at_start_ = false;
    if (block.size > 0 || block.first_of_file) return true;
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

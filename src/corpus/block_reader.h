// A crawl as blocks of whole lines: the unit in which the work is shared out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/result.h>

#include "corpus/byte_source.h"
#include "corpus/input_list.h"

namespace kithkin {

/// Takes the lines of a block one after another, without their ends; blank ones too.
class LineCursor {
 public:
  explicit LineCursor(std::string_view text, std::size_t begin = 0) : text_(text), at_(begin) {}
  bool next(std::string_view& line, std::size_t& offset);

 private:
  std::string_view text_;
  std::size_t at_;
};

/// Whole lines of one file. The bytes are followed by RowParser::kPadding readable ones.
struct LineBlock {
  std::vector<char> bytes;
  std::size_t size = 0;      ///< bytes in use
  std::uint32_t file = 0;    ///< index into the list of inputs
  std::uint64_t offset = 0;  ///< of the first byte in the (decompressed) file
  bool first_of_file = false;
  std::string cut;  ///< why the last line is not whole; empty when it is

  std::size_t mark = 0;  ///< bytes of a byte order mark in front of the first line

  [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
  [[nodiscard]] LineCursor lines() const { return LineCursor(text(), mark); }
};

/// Reads the files one after another. One thread at a time.
class BlockReader {
 public:
  /// `files` outlives the reader.
  explicit BlockReader(const std::vector<InputFile>& files, std::size_t block_size = kBlockSize,
                       std::size_t longest_line = kLongestLine);

  /// Fills `block` (reusing its memory) with the next lines; false when all files are read. A
  /// file that cannot be opened or read on is noted in errors() and the next one begins.
  Result<bool> next(LineBlock& block);

  [[nodiscard]] const std::vector<Error>& errors() const { return errors_; }
  /// Bytes of the files consumed, compressed as they are.
  [[nodiscard]] std::uint64_t consumed() const {
    return consumed_before_ + (source_ ? source_->consumed() : 0);
  }

  static constexpr std::size_t kBlockSize = std::size_t{1} << 20;
  /// Of a longer line only the beginning is given, as one that was cut.
  static constexpr std::size_t kLongestLine = std::size_t{1} << 30;

 private:
  bool open_next();
  void fill(LineBlock& block);
  std::size_t read_more(char* out, std::size_t size);
  std::uint64_t skip_line(LineBlock& block);
  void close();

  const std::vector<InputFile>& files_;
  std::size_t block_size_, longest_line_;
  std::size_t file_ = 0;  // the next one to open
  std::unique_ptr<ByteSource> source_;
  std::vector<char> rest_;  // the beginning of a line that the last block did not end
  std::uint64_t offset_ = 0;
  bool at_start_ = false;
  std::string failure_;  // why the present file ended early
  std::vector<Error> errors_;
  std::uint64_t consumed_before_ = 0;
};

/// Nothing but spaces, tabs and carriage returns.
bool is_blank(std::string_view line);

}  // namespace kithkin

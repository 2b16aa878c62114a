// Blocks of whole lines: whatever the size of the blocks, the lines and their places are those of
// the files.
#include "corpus/block_reader.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "corpus/output_file.h"
#include "corpus/row_parser.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

struct Line {
  std::string text;
  std::uint32_t file = 0;
  std::uint64_t offset = 0;
  bool cut = false;
  bool operator==(const Line&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Line& line) {
  return out << line.file << "@" << line.offset << ": " << line.text.substr(0, 40)
             << (line.cut ? " (cut)" : "");
}

using Lines = std::vector<Line>;

struct Walk {
  Lines lines;
  std::vector<std::string> errors;  // "file name: message"
  std::size_t blocks = 0, first_blocks = 0;
  std::uint64_t consumed = 0;
};

class BlockReaderTest : public testing::Test {
 protected:
  void add(std::string_view bytes, Compression compression = Compression::none) {
    const std::string path = directory_.file("input-" + std::to_string(files_.size()));
    auto out = OutputFile::create(path, compression);
    ASSERT_TRUE(out && out->write(bytes) && out->close());
    files_.push_back({path, path, std::filesystem::file_size(path)});
  }

  void cut_last_file(std::size_t bytes) {
    InputFile& file = files_.back();
    file.size -= bytes;
    std::filesystem::resize_file(file.path, file.size);
  }

  Walk walk(std::size_t block_size, std::size_t longest_line = BlockReader::kLongestLine) const {
    BlockReader reader(files_, block_size, longest_line);
    LineBlock block;
    Walk out;
    for (;;) {
      const auto any = reader.next(block);
      EXPECT_TRUE(any);
      if (!any || !*any) break;
      ++out.blocks;
      out.first_blocks += block.first_of_file ? 1 : 0;
      EXPECT_GE(block.bytes.size(), block.size + RowParser::kPadding);
      LineCursor cursor = block.lines();
      std::string_view line;
      std::size_t offset = 0;
      while (cursor.next(line, offset)) {
        const bool last = offset + line.size() == block.size;
        out.lines.push_back(
            {std::string(line), block.file, block.offset + offset, last && !block.cut.empty()});
      }
    }
    for (const Error& error : reader.errors())
      out.errors.push_back(error.describe());
    out.consumed = reader.consumed();
    return out;
  }

  const TemporaryDirectory directory_ = make_test_directory();
  std::vector<InputFile> files_;
};

/// The lines of the bytes, the obvious way.
Lines expected_lines(std::string_view bytes, std::uint32_t file = 0) {
  Lines out;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    out.push_back({std::string(bytes.substr(at, end - at)), file, at, false});
    at = end + 1;
  }
  return out;
}

std::string many_lines(std::size_t count) {
  std::string out;
  for (std::size_t n = 0; n < count; ++n)
    out += std::string(n * 7919 % 61, static_cast<char>('a' + n % 26)) + "\n";
  return out;
}

constexpr std::size_t kBlockSizes[] = {1,  2,   3,    7,     16,
                                       64, 100, 1000, 65536, BlockReader::kBlockSize};

TEST_F(BlockReaderTest, BlocksOfAnySizeGiveTheSameLines) {
  const std::string bytes = many_lines(500);
  add(bytes);
  for (const std::size_t size : kBlockSizes)
    EXPECT_EQ(walk(size).lines, expected_lines(bytes)) << size;
}

TEST_F(BlockReaderTest, CompressedFilesGiveTheSameLines) {
  const std::string bytes = many_lines(500);
  add(bytes, Compression::gzip);
  add(bytes, Compression::zstd);
  Lines expected = expected_lines(bytes, 0);
  for (const Line& line : expected_lines(bytes, 1))
    expected.push_back(line);
  for (const std::size_t size : kBlockSizes) {
    const Walk got = walk(size);
    EXPECT_EQ(got.lines, expected) << size;
    EXPECT_EQ(got.consumed, files_[0].size + files_[1].size);
  }
}

TEST_F(BlockReaderTest, ALineLongerThanABlockStaysWhole) {
  const std::string bytes = "short\n" + std::string(10'000, 'x') + "\nshort again\n" +
                            std::string(3'000, 'y') + "\n" + std::string(70'000, 'z');
  add(bytes);
  for (const std::size_t size : kBlockSizes)
    EXPECT_EQ(walk(size).lines, expected_lines(bytes)) << size;
}

TEST_F(BlockReaderTest, ALineOfManyBlocksIsReadInReasonableTime) {
  const std::string bytes = std::string(std::size_t{8} << 20, 'x') + "\nend";
  add(bytes);
  EXPECT_EQ(walk(16).lines, expected_lines(bytes));
}

TEST_F(BlockReaderTest, TheLastLineNeedsNoEnd) {
  for (const std::string_view bytes : {"one\ntwo", "one", "one\n\n", "\n", "\n\n\nx"}) {
    files_.clear();
    add(bytes);
    for (const std::size_t size : kBlockSizes)
      EXPECT_EQ(walk(size).lines, expected_lines(bytes)) << size;
  }
}

TEST_F(BlockReaderTest, CarriageReturnsBelongToTheLine) {
  add("one\r\ntwo\r\n\r\n");
  EXPECT_EQ(walk(4).lines,
            (Lines{{"one\r", 0, 0, false}, {"two\r", 0, 5, false}, {"\r", 0, 10, false}}));
  EXPECT_TRUE(is_blank("\r"));
  EXPECT_TRUE(is_blank(" \t\r"));
  EXPECT_TRUE(is_blank(""));
  EXPECT_FALSE(is_blank(" x"));
  EXPECT_FALSE(is_blank("\v"));
}

TEST_F(BlockReaderTest, AByteOrderMarkIsPassedOverAtTheBeginningOfAFileOnly) {
  add("\xEF\xBB\xBF{}\n\xEF\xBB\xBF{}\n");
  add("\xEF\xBB\xBF{}\n");
  for (const std::size_t size : kBlockSizes) {
    EXPECT_EQ(walk(size).lines,
              (Lines{{"{}", 0, 3, false}, {"\xEF\xBB\xBF{}", 0, 6, false}, {"{}", 1, 3, false}}))
        << size;
  }
}

TEST_F(BlockReaderTest, EveryFileBeginsABlock) {
  add("a\nb");
  add("c\n");
  add("d");
  const Walk got = walk(BlockReader::kBlockSize);
  EXPECT_EQ(
      got.lines,
      (Lines{{"a", 0, 0, false}, {"b", 0, 2, false}, {"c", 1, 0, false}, {"d", 2, 0, false}}));
  EXPECT_EQ(got.first_blocks, 3U);
}

TEST_F(BlockReaderTest, AnEmptyFileIsABlockWithoutLines) {
  add("");
  add("", Compression::gzip);
  add("", Compression::zstd);
  add("x\n");
  const Walk got = walk(16);
  EXPECT_EQ(got.first_blocks, 4U);
  EXPECT_EQ(got.lines, (Lines{{"x", 3, 0, false}}));
  EXPECT_TRUE(got.errors.empty());
}

TEST_F(BlockReaderTest, NoFilesAreNoBlocks) { EXPECT_EQ(walk(16).blocks, 0U); }

TEST_F(BlockReaderTest, AFileThatCannotBeOpenedIsNotedAndTheNextOneRead) {
  add("a\n");
  files_.push_back({"the name", directory_.file("missing"), 0});
  add("b\n");
  const Walk got = walk(16);
  EXPECT_EQ(got.lines, (Lines{{"a", 0, 0, false}, {"b", 2, 0, false}}));
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_EQ(got.errors[0].find("the name: cannot be opened"), 0U) << got.errors[0];
}

TEST_F(BlockReaderTest, TheLineInWhichAFileIsCutIsMarked) {
  std::string bytes;
  for (int n = 0; bytes.size() < 2'000'000; ++n)
    bytes += std::to_string(n * 2654435761U) + " line\n";
  add(bytes, Compression::gzip);
  cut_last_file(1000);
  add("next\n");
  for (const std::size_t size : {std::size_t{64}, std::size_t{65536}, BlockReader::kBlockSize}) {
    const Walk got = walk(size);
    ASSERT_EQ(got.errors.size(), 1U);
    EXPECT_EQ(got.errors[0], files_[0].name + ": the gzip stream is truncated");
    ASSERT_GT(got.lines.size(), 1000U);
    const Lines all = expected_lines(bytes);
    std::size_t cut = 0;
    for (std::size_t i = 0; i + 1 < got.lines.size(); ++i) {
      if (got.lines[i].cut) {
        ++cut;
        EXPECT_EQ(i + 2, got.lines.size());
        EXPECT_TRUE(all[i].text.starts_with(got.lines[i].text));
      } else {
        ASSERT_EQ(got.lines[i], all[i]);
      }
    }
    EXPECT_LE(cut, 1U);
    EXPECT_EQ(got.lines.back(), (Line{"next", 1, 0, false}));
  }
}

TEST_F(BlockReaderTest, OfALineBeyondTheLongestOnlyTheBeginningIsGiven) {
  constexpr std::size_t kLongest = 100;
  for (const std::size_t length : {99U, 100U, 101U, 5000U, 70000U}) {
    for (const char* end : {"\n", "\nafter\n", ""}) {
      files_.clear();
      const std::string before = "one\ntwo\n" + std::string(kLongest, 'y') + "\n";
      const std::string bytes = before + std::string(length, 'x') + end;
      add(bytes);
      const Lines all = expected_lines(bytes);
      for (const std::size_t size : {1U, 7U, 64U, 100U}) {
        const Walk got = walk(size, kLongest);
        ASSERT_EQ(got.lines.size(), all.size()) << length << " " << size;
        for (std::size_t i = 0; i < all.size(); ++i) {
          const bool is_long = all[i].text.size() > kLongest;
          EXPECT_EQ(got.lines[i].cut, is_long);
          EXPECT_EQ(got.lines[i].offset, all[i].offset);
          EXPECT_TRUE(is_long || got.lines[i] == all[i]);
          EXPECT_TRUE(all[i].text.starts_with(got.lines[i].text));
        }
        EXPECT_TRUE(got.errors.empty());
        EXPECT_EQ(got.consumed, bytes.size());
      }
    }
  }
}

TEST_F(BlockReaderTest, ABlockThatGrewShrinksAgain) {
  add(std::string(100000, 'x') + "\n" + many_lines(5000));
  BlockReader reader(files_, 1000);
  LineBlock block;
  std::size_t largest = 0;
  while (*reader.next(block))
    largest = std::max(largest, block.bytes.capacity());
  EXPECT_GT(largest, 100000U);
  EXPECT_LT(block.bytes.capacity(), 3000U);
}

TEST_F(BlockReaderTest, AFileCutInItsOnlyLineGivesThatLineMarked) {
  add(std::string(1000, 'x') + "no end", Compression::gzip);
  cut_last_file(4);  // in the checksum: all bytes are there, and nobody knows that
  const Walk got = walk(16);
  ASSERT_EQ(got.lines.size(), 1U);
  EXPECT_TRUE(got.lines[0].cut);
  EXPECT_EQ(got.lines[0].text.size(), 1006U);
}

TEST_F(BlockReaderTest, AFileCutBetweenLinesHasNoCutLine) {
  add("one\ntwo\n", Compression::gzip);
  cut_last_file(4);
  const Walk got = walk(16);
  EXPECT_EQ(got.lines, (Lines{{"one", 0, 0, false}, {"two", 0, 4, false}}));
  EXPECT_EQ(got.errors.size(), 1U);
}

}  // namespace
}  // namespace kithkin

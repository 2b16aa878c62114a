// Lines out, compressed or not: they read back equal, and come out as the same bytes every time.
#include "corpus/output_file.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/byte_source.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

constexpr Compression kAll[] = {Compression::none, Compression::gzip, Compression::zstd};

class OutputFileTest : public testing::Test {
 protected:
  std::string path(std::string_view name) const { return directory_.file(name); }

  std::string write(const std::vector<std::string>& pieces, Compression compression) const {
    const std::string name = path("out");
    auto out = OutputFile::create(name, compression);
    EXPECT_TRUE(out);
    for (const auto& piece : pieces)
      EXPECT_TRUE(out->write(piece));
    EXPECT_TRUE(out->close());
    return name;
  }

  static std::string raw(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  static std::string read(const std::string& name) {
    auto source = ByteSource::open(name);
    EXPECT_TRUE(source);
    std::string out, buffer(100'000, '\0');
    for (;;) {
      const auto got = (*source)->read(buffer.data(), buffer.size());
      EXPECT_TRUE(got);
      if (!got || *got == 0) return out;
      out.append(buffer, 0, *got);
    }
  }

  const TemporaryDirectory directory_ = make_test_directory();
};

std::vector<std::string> lines(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t n = 0; n < count; ++n)
    out.push_back("{\"id\":" + std::to_string(n) + ",\"text\":\"" +
                  std::string(n % 97, static_cast<char>('a' + n % 26)) + "\"}\n");
  return out;
}

std::string joined(const std::vector<std::string>& pieces) {
  std::string out;
  for (const auto& piece : pieces)
    out += piece;
  return out;
}

TEST_F(OutputFileTest, LinesReadBackAsTheyWereWritten) {
  for (const std::size_t count : {0U, 1U, 1000U, 30'000U}) {
    for (const Compression compression : kAll) {
      EXPECT_EQ(read(write(lines(count), compression)), joined(lines(count)))
          << count << suffix(compression);
    }
  }
}

TEST_F(OutputFileTest, PiecesAsLargeAsTheBufferOrLargerAreFine) {
  constexpr std::size_t kBuffer = std::size_t{1} << 18;
  const std::vector<std::string> pieces = {
      "small", std::string(kBuffer - 1, 'x'),     std::string(kBuffer, 'y'),
      "",      std::string(5 * kBuffer + 3, 'z'), "end"};
  for (const Compression compression : kAll)
    EXPECT_EQ(read(write(pieces, compression)), joined(pieces)) << suffix(compression);
}

TEST_F(OutputFileTest, TheSameLinesAreTheSameBytes) {
  for (const Compression compression : kAll) {
    const std::string once = raw(write(lines(20'000), compression));
    const std::string again = raw(write(lines(20'000), compression));
    EXPECT_EQ(once, again) << suffix(compression);
  }
}

// A crawl is written block by block, and blocks differ with the machine: the bytes must not.
TEST_F(OutputFileTest, TheSameLinesInOtherPiecesAreTheSameBytes) {
  const std::string all = joined(lines(60'000));
  for (const Compression compression : kAll) {
    const std::string once = raw(write({all}, compression));
    for (const std::size_t size : {1'000U, 262'143U, 262'144U, 300'000U, 1'000'000U}) {
      std::vector<std::string> pieces;
      for (std::size_t at = 0; at < all.size(); at += size)
        pieces.push_back(all.substr(at, size));
      EXPECT_EQ(raw(write(pieces, compression)), once) << size << suffix(compression);
    }
  }
}

TEST_F(OutputFileTest, CompressedFilesAreSmallerAndHaveTheirMagicNumbers) {
  const std::string plain = joined(lines(20'000));
  const std::string gz = raw(write({plain}, Compression::gzip));
  const std::string zst = raw(write({plain}, Compression::zstd));
  EXPECT_TRUE(gz.starts_with("\x1F\x8B"));
  EXPECT_TRUE(zst.starts_with("\x28\xB5\x2F\xFD"));
  EXPECT_LT(gz.size(), plain.size() / 4);
  EXPECT_LT(zst.size(), plain.size() / 4);
}

TEST_F(OutputFileTest, AFormerFileIsReplaced) {
  write({std::string(1000, 'x')}, Compression::none);
  EXPECT_EQ(raw(write({"short"}, Compression::none)), "short");
}

TEST_F(OutputFileTest, WhatCannotBeCreatedIsNamed) {
  const std::string name = path("missing/folder");
  const auto out = OutputFile::create(name, Compression::none);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, ErrorCode::output);
  EXPECT_EQ(out.error().file, name);
}

TEST_F(OutputFileTest, AFullDiskIsToldAtTheLatestWhenTheFileIsClosed) {
  if (!std::ifstream("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
  for (const Compression compression : kAll) {
    auto out = OutputFile::create("/dev/full", compression);
    ASSERT_TRUE(out);
    Result<void> status;
    for (int n = 0; n < 10 && status; ++n)
      status = out->write(std::string(200'000, static_cast<char>(n)));
    if (status) status = out->close();
    ASSERT_FALSE(status) << suffix(compression);
    EXPECT_EQ(status.error().code, ErrorCode::output);
    EXPECT_EQ(status.error().file, "/dev/full");
  }
}

TEST_F(OutputFileTest, SuffixesAreThoseThatInputsHave) {
  EXPECT_EQ(suffix(Compression::none), "");
  EXPECT_EQ(suffix(Compression::gzip), ".gz");
  EXPECT_EQ(suffix(Compression::zstd), ".zst");
}

}  // namespace
}  // namespace kithkin

// Plain, gzip and zstd bytes, whole and damaged. Compressed files are made by OutputFile; what it
// makes is read by other programs in tests/cli.
#include "corpus/byte_source.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "corpus/output_file.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

struct ReadBack {
  std::string bytes;
  std::string error;  // empty: none
  bool operator==(const ReadBack&) const = default;
};

std::ostream& operator<<(std::ostream& out, const ReadBack& r) {
  return out << r.bytes.size() << " bytes, error \"" << r.error << '"';
}

class ByteSourceTest : public testing::Test {
 protected:
  std::string file(std::string_view name, std::string_view bytes) const {
    const std::string path = directory_.file(name);
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  std::string compressed(std::string_view bytes, Compression compression) const {
    const std::string path = directory_.file("compressed");
    auto out = OutputFile::create(path, compression);
    EXPECT_TRUE(out && out->write(bytes) && out->close());
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string gzip(std::string_view bytes) const { return compressed(bytes, Compression::gzip); }
  std::string zstd(std::string_view bytes) const { return compressed(bytes, Compression::zstd); }

  ReadBack read(std::string_view bytes, std::size_t at_once = 4096) const {
    const std::string path = file("input", bytes);
    auto source = ByteSource::open(path);
    if (!source) return {"", source.error().message};
    ReadBack out;
    std::string buffer(at_once, '\0');
    for (;;) {
      const auto got = (*source)->read(buffer.data(), buffer.size());
      if (!got) {
        EXPECT_EQ(got.error().code, ErrorCode::input);
        EXPECT_EQ(got.error().file, path);
        out.error = got.error().message;
        return out;
      }
      EXPECT_LE(*got, at_once);
      if (*got == 0) break;
      out.bytes.append(buffer, 0, *got);
    }
    EXPECT_EQ((*source)->consumed(), bytes.size());
    return out;
  }

  const TemporaryDirectory directory_ = make_test_directory();
};

std::string noise(std::size_t size) {
  std::mt19937_64 random(size);
  std::string out;
  while (out.size() < size)
    out += static_cast<char>(random());
  return out;
}

std::string text(std::size_t size) {
  std::string out;
  for (int n = 0; out.size() < size; ++n)
    out += "line " + std::to_string(n) + "\n";
  out.resize(size);
  return out;
}

const std::string kSkippable = std::string("\x50\x2A\x4D\x18\x05\x00\x00\x00", 8) + "skip!";

TEST_F(ByteSourceTest, PlainBytesComeAsTheyAre) {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 4U, 5U, 4095U, 4096U, 4097U, 600'000U}) {
    EXPECT_EQ(read(noise(size)), (ReadBack{noise(size), ""})) << size;
  }
}

TEST_F(ByteSourceTest, CompressedBytesComeDecompressed) {
  for (const std::size_t size : {0U, 1U, 2U, 5U, 4096U, 300'000U, 3'000'000U}) {
    for (const std::string& bytes : {noise(size), text(size)}) {
      EXPECT_EQ(read(gzip(bytes)), (ReadBack{bytes, ""})) << size;
      EXPECT_EQ(read(zstd(bytes)), (ReadBack{bytes, ""})) << size;
    }
  }
}

TEST_F(ByteSourceTest, ReadsOfAnySizeGiveTheSame) {
  const std::string bytes = text(20'000);
  for (const std::size_t at_once : {1U, 2U, 7U, 4096U, 1'000'000U}) {
    EXPECT_EQ(read(bytes, at_once).bytes, bytes);
    EXPECT_EQ(read(gzip(bytes), at_once).bytes, bytes);
    EXPECT_EQ(read(zstd(bytes), at_once).bytes, bytes);
  }
}

TEST_F(ByteSourceTest, ConcatenatedMembersAndFramesAreOneStream) {
  const std::string a = text(400'000), b = noise(400'000), c = text(3);
  EXPECT_EQ(read(gzip(a) + gzip(b) + gzip("") + gzip(c)), (ReadBack{a + b + c, ""}));
  EXPECT_EQ(read(zstd(a) + zstd(b) + zstd("") + zstd(c)), (ReadBack{a + b + c, ""}));
}

TEST_F(ByteSourceTest, ManySmallMembersAndFramesAreOneStream) {
  std::string members, frames, expected;
  for (int n = 0; n < 400; ++n) {
    const std::string line = "line " + std::to_string(n) + "\n";
    expected += line;
    members += gzip(line);
    frames += zstd(line);
  }
  EXPECT_EQ(read(members), (ReadBack{expected, ""}));
  EXPECT_EQ(read(frames), (ReadBack{expected, ""}));
}

TEST_F(ByteSourceTest, SkippableFramesAreSkipped) {
  const std::string a = text(1000), b = text(2000);
  EXPECT_EQ(read(kSkippable + zstd(a) + kSkippable + zstd(b) + kSkippable), (ReadBack{a + b, ""}));
  EXPECT_EQ(read(kSkippable), (ReadBack{"", ""}));
}

TEST_F(ByteSourceTest, ZeroPaddingBehindGzipIsIgnored) {
  const std::string a = text(1000);
  EXPECT_EQ(read(gzip(a) + std::string(512, '\0')), (ReadBack{a, ""}));
  EXPECT_EQ(read(gzip(a) + std::string(512, '\0') + gzip(a)), (ReadBack{a + a, ""}));
}

TEST_F(ByteSourceTest, CompressionIsToldByTheBytesAndNotByTheName) {
  const std::string bytes = text(1000);
  const auto first_of = [](const std::string& path) {
    auto source = ByteSource::open(path);
    char c = 0;
    EXPECT_TRUE(source && (*source)->read(&c, 1));
    return std::pair(c, source && (*source)->is_plain());
  };
  EXPECT_EQ(first_of(file("plain.jsonl.gz", bytes)), std::pair('l', true));
  EXPECT_EQ(first_of(file("gzip.jsonl", gzip(bytes))), std::pair('l', false));
  EXPECT_EQ(first_of(file("zstd.jsonl.gz", zstd(bytes))), std::pair('l', false));
}

TEST_F(ByteSourceTest, TheFirstBytesOfAMagicNumberAreNotYetOne) {
  for (const std::string_view bytes : {"\x1F", "\x28\xB5\x2F", "\x28", "\x50\x2A\x4D"}) {
    EXPECT_EQ(read(bytes), (ReadBack{std::string(bytes), ""}));
  }
}

/// Cut anywhere: what could be read is a beginning of the whole, and the cut is told.
void expect_cut(const std::string& whole, const ReadBack& got, const std::string& error,
                std::size_t at) {
  EXPECT_EQ(got.error, error) << at;
  EXPECT_TRUE(whole.starts_with(got.bytes)) << at;
}

TEST_F(ByteSourceTest, TruncatedGzipGivesWhatItHasAndSaysSo) {
  const std::string whole = text(30'000), bytes = gzip(whole);
  for (std::size_t size = 2; size < bytes.size(); size += 1 + size / 60) {
    expect_cut(whole, read(bytes.substr(0, size)), "the gzip stream is truncated", size);
  }
  expect_cut(whole, read(bytes.substr(0, bytes.size() - 1)), "the gzip stream is truncated", 0);
  EXPECT_EQ(read(bytes.substr(0, bytes.size() - 8)).bytes, whole);  // only the checksum is missing
}

TEST_F(ByteSourceTest, TruncatedZstdGivesWhatItHasAndSaysSo) {
  const std::string whole = noise(700'000), bytes = zstd(whole);
  for (std::size_t size = 4; size < bytes.size(); size += 1 + size / 20) {
    expect_cut(whole, read(bytes.substr(0, size)), "the zstd stream is truncated", size);
  }
  expect_cut(whole, read(bytes.substr(0, bytes.size() - 1)), "the zstd stream is truncated", 0);
  EXPECT_GT(read(bytes.substr(0, bytes.size() / 2)).bytes.size(), 200'000U);
}

// A fuzzer's find: of zstd, what did not fit the first read at the end of the file was lost.
TEST_F(ByteSourceTest, WhatATruncatedFileHasComesInReadsOfAnySize) {
  const std::string whole = text(300'000);
  for (const std::string& good : {gzip(whole), zstd(whole)}) {
    const std::string cut = good.substr(0, good.size() - 5);
    const ReadBack all = read(cut, whole.size());
    EXPECT_GT(all.bytes.size(), 2 * whole.size() / 3);
    EXPECT_NE(all.error.find("truncated"), std::string::npos) << all.error;
    EXPECT_EQ(read(cut, 1000), all);
    EXPECT_EQ(read(cut, 70'000), all);
  }
}

// Another: of gzip, what the last bytes of the file stand for was lost where it did not fit the
// first read. Here most of them stand for 258.
TEST_F(ByteSourceTest, SoItDoesWhereFewBytesStandForMany) {
  const std::string whole(60'000, 'a');
  const std::string good = gzip(whole);
  for (std::size_t size = good.size() - 40; size < good.size(); ++size) {
    const std::string cut = good.substr(0, size);
    const ReadBack all = read(cut, whole.size());
    EXPECT_NE(all.error.find("truncated"), std::string::npos) << all.error;
    for (const std::size_t at_once : {1, 64, 257, 4096})
      EXPECT_EQ(read(cut, at_once), all) << size;
  }
}

TEST_F(ByteSourceTest, ASecondMemberOrFrameCanBeCutToo) {
  const std::string a = text(1000), b = noise(1000);
  const std::string gz = gzip(a) + gzip(b), zst = zstd(a) + zstd(b);
  const ReadBack from_gzip = read(gz.substr(0, gz.size() - 300));
  EXPECT_EQ(from_gzip.error, "the gzip stream is truncated");
  EXPECT_TRUE(from_gzip.bytes.starts_with(a));
  const ReadBack from_zstd = read(zst.substr(0, zst.size() - 300));
  EXPECT_EQ(from_zstd.error, "the zstd stream is truncated");
  EXPECT_TRUE(from_zstd.bytes.starts_with(a));
}

TEST_F(ByteSourceTest, DamageIsToldAfterWhatCameBefore) {
  const std::string a = text(100'000), b = noise(100'000);
  std::string gz = gzip(a) + gzip(b), zst = zstd(a) + zstd(b);
  gz[gz.size() - 5] = static_cast<char>(gz[gz.size() - 5] ^ 0x55);  // the checksum
  const ReadBack from_gzip = read(gz);
  EXPECT_EQ(from_gzip.error, "the gzip stream is damaged");
  EXPECT_EQ(from_gzip.bytes, a + b);
  zst[zstd(a).size() + 1] = 0;  // the magic number of the second frame
  const ReadBack from_zstd = read(zst);
  EXPECT_EQ(from_zstd.error, "the zstd stream is damaged");
  EXPECT_EQ(from_zstd.bytes, a);
}

// A fuzzer's find: of zstd, what stood in the same read as the damage was lost.
TEST_F(ByteSourceTest, WhatCameBeforeDamageDoesNotDependOnHowMuchIsReadAtOnce) {
  constexpr int kTimes = 8;
  const std::string whole = text(1'000'000);
  std::mt19937_64 random(11);
  int failed = 0;
  std::size_t delivered = 0;
  for (const std::string& good : {gzip(whole), zstd(whole)}) {
    for (int n = 0; n < kTimes; ++n) {
      std::string bytes = good;
      bytes[good.size() / 2 + random() % (good.size() / 2)] ^= 0x55;
      const ReadBack little = read(bytes, 1000);
      EXPECT_EQ(read(bytes, std::size_t{1} << 20), little);
      EXPECT_EQ(read(bytes, 300'000), little);
      failed += little.error.empty() ? 0 : 1;
      delivered += little.bytes.size();
    }
  }
  EXPECT_GT(failed, kTimes) << "zstd has no checksum here, and does not notice all";
  EXPECT_GT(delivered, kTimes * whole.size());
}

TEST_F(ByteSourceTest, GarbageBehindAStreamIsDamage) {
  const std::string a = text(1000);
  for (const std::string& bytes : {gzip(a) + "garbage", zstd(a) + "garbage behind it"}) {
    const ReadBack got = read(bytes);
    EXPECT_EQ(got.bytes, a);
    EXPECT_NE(got.error.find("damaged"), std::string::npos) << got.error;
  }
}

TEST_F(ByteSourceTest, AnyBytesChangedAnywhereAreNoCrash) {
  const std::string whole = text(5000);
  std::mt19937_64 random(9);
  for (const std::string& good : {gzip(whole), zstd(whole)}) {
    for (int n = 0; n < 300; ++n) {
      std::string bytes = good;
      for (int i = 0; i < 3; ++i)
        bytes[4 + random() % (bytes.size() - 4)] = static_cast<char>(random());
      EXPECT_LT(read(bytes).bytes.size(), std::size_t{1} << 24);
    }
  }
}

TEST_F(ByteSourceTest, WhatCannotBeOpenedIsNamed) {
  const auto missing = ByteSource::open(directory_.file("missing"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::input);
  EXPECT_EQ(missing.error().file, directory_.file("missing"));
  const auto directory = ByteSource::open(directory_.path());
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().message, "is a directory");
}

}  // namespace
}  // namespace kithkin

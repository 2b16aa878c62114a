// A spill reads back what was appended, wherever it went.
#include "base/spill.h"

#include <cstring>
#include <filesystem>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

std::string random_bytes(Random& random, std::size_t size) {
  std::string out(size, '\0');
  for (auto& c : out)
    c = static_cast<char>(random.word());
  return out;
}

std::string read(const Spill& spill, std::uint64_t offset, std::size_t size) {
  std::string out(size, '?');
  const auto result = spill.read(offset, out.data(), size);
  EXPECT_TRUE(result) << result.error().describe();
  return out;
}

TEST(Spill, ThatFitsItsMemoryNeverTouchesTheDisk) {
  const TemporaryDirectory directory = make_test_directory();
  Spill spill(directory.file("bytes"), 1 << 20);
  ASSERT_TRUE(spill.append("hello ", 6));
  ASSERT_TRUE(spill.append("world", 5));
  EXPECT_EQ(spill.size(), 11U);
  EXPECT_EQ(spill.spilled_bytes(), 0U);
  EXPECT_FALSE(std::filesystem::exists(directory.file("bytes")));
  EXPECT_EQ(read(spill, 0, 11), "hello world");
  EXPECT_EQ(read(spill, 4, 4), "o wo");
}

TEST(Spill, WritesToDiskBeyondItsMemory) {
  const TemporaryDirectory directory = make_test_directory();
  Spill spill(directory.file("bytes"), 4096);
  Random random(1);
  const std::string all = random_bytes(random, 10000);
  for (std::size_t at = 0; at < all.size(); at += 100)
    ASSERT_TRUE(spill.append(all.data() + at, 100));
  EXPECT_GT(spill.spilled_bytes(), 0U);
  EXPECT_EQ(std::filesystem::file_size(directory.file("bytes")), spill.spilled_bytes());
  EXPECT_LE(spill.size() - spill.spilled_bytes(), 4096U);
  EXPECT_EQ(read(spill, 0, all.size()), all);
}

TEST(Spill, ReadsAcrossTheBorderOfDiskAndMemory) {
  const TemporaryDirectory directory = make_test_directory();
  Spill spill(directory.file("bytes"), 4096);
  Random random(2);
  const std::string all = random_bytes(random, 6000);
  ASSERT_TRUE(spill.append(all.data(), 3000));
  ASSERT_TRUE(spill.append(all.data() + 3000, 3000));
  const std::uint64_t border = spill.spilled_bytes();
  ASSERT_EQ(border, 3000U);
  for (const int shift : {-2, -1, 0, 1, 2}) {
    const std::uint64_t begin = border + static_cast<std::uint64_t>(shift);
    for (const std::size_t size : {0, 1, 2, 3, 4, 100})
      EXPECT_EQ(read(spill, begin, size), all.substr(begin, size)) << shift << " " << size;
  }
}

TEST(Spill, ReadsBackPiecesOfAnySizeInAnyOrder) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const TemporaryDirectory directory = make_test_directory();
    Random random(seed);
    Spill spill(directory.file("bytes"), 4096);
    std::string all;
    while (all.size() < 50000) {
      const std::string piece = random_bytes(random, random.below(random.chance(0.1) ? 9000 : 700));
      ASSERT_TRUE(spill.append(piece.data(), piece.size()));
      all += piece;
    }
    ASSERT_EQ(spill.size(), all.size());
    for (int i = 0; i < 200; ++i) {
      const std::size_t begin = random.below(all.size());
      const std::size_t size = random.below(all.size() - begin + 1);
      ASSERT_EQ(read(spill, begin, size), all.substr(begin, size)) << seed;
    }
  }
}

TEST(Spill, ReadsBackWhatItHoldsInManyChunks) {
  const TemporaryDirectory directory = make_test_directory();
  Random random(9);
  for (const std::size_t memory : {std::size_t{4096}, 3 * kChunk / 2, 400 * kChunk}) {
    Spill spill(directory.file(std::to_string(memory)), memory);
    std::string all;
    while (all.size() < 100 * kChunk) {
      std::string piece(random.below(200'000), '\0');
      for (std::size_t i = 0; i < piece.size(); i += 8)
        piece[i] = static_cast<char>(random.below(256));
      ASSERT_TRUE(spill.append(piece.data(), piece.size()));
      all += piece;
    }
    ASSERT_EQ(spill.spilled_bytes() > 0, memory < all.size());
    for (int i = 0; i < 50; ++i) {
      const std::size_t begin = random.below(all.size());
      std::string out(random.below(all.size() - begin + 1), '\0');
      ASSERT_TRUE(spill.read(begin, out.data(), out.size()));
      ASSERT_TRUE(out == all.substr(begin, out.size()));
    }
  }
}

TEST(Spill, FailsWithOutputWhenItsDirectoryIsGone) {
  std::optional<TemporaryDirectory> directory = make_test_directory();
  Spill spill(directory->file("bytes"), 4096);
  directory.reset();
  const std::string piece(3000, 'x');
  ASSERT_TRUE(spill.append(piece.data(), piece.size())) << "this much fits";
  const auto result = spill.append(piece.data(), piece.size());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::output);
  EXPECT_FALSE(result.error().file.empty());
}

}  // namespace
}  // namespace kithkin

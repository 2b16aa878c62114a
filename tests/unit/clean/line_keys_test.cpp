// Lines come out of their few bytes as they went in.
#include "clean/line_keys.h"

#include <gtest/gtest.h>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

std::vector<LineKeys> unpacked(std::vector<char> packed, std::size_t count) {
  packed.resize(packed.size() + kUnpackSlack);
  std::vector<LineKeys> lines(count);
  unpack_lines(packed.data(), lines);
  return lines;
}

TEST(LineKeys, ComeOutOfTheirBytesAsTheyWentIn) {
  constexpr std::uint64_t kKeys[] = {0, 1, 42, UINT64_MAX, std::uint64_t{1} << 63};
  constexpr std::uint32_t kSizes[] = {0, 1, 300, UINT32_MAX};
  constexpr LineKeys::Label kKinds[] = {LineKeys::Label::none, LineKeys::Label::label,
                                        LineKeys::Label::name, LineKeys::Label::prose};
  Random random(1);
  std::vector<char> packed(7);
  for (int round = 0; round < 2000; ++round) {
    std::vector<LineKeys> lines(random.below(20));
    for (LineKeys& line : lines) {
      for (std::uint64_t* key : {&line.key, &line.shape, &line.label, &line.rest, &line.ends})
        *key = kKeys[random.below(5)];
      if (random.below(2) == 0) line.shape = line.key;
      line.bytes = kSizes[random.below(4)];
      line.kind = kKinds[random.below(4)];
    }
    pack_lines(lines, packed);
    ASSERT_EQ(unpacked(packed, lines.size()), lines) << round;
  }
}

TEST(LineKeys, TakeNoRoomForWhatALineHasNot) {
  std::vector<char> packed;
  const auto size = [&](const LineKeys& line) {
    pack_lines({&line, 1}, packed);
    return packed.size();
  };
  EXPECT_EQ(size({}), 5U);
  EXPECT_EQ(size({.key = 2, .shape = 2, .bytes = 70}), 13U);
  EXPECT_EQ(size({.key = 2, .shape = 4, .ends = 9, .bytes = 70}), 29U);
  EXPECT_EQ(size({.key = 2, .shape = 4, .label = 6, .rest = 8, .ends = 9}), 45U);
}

}  // namespace
}  // namespace kithkin

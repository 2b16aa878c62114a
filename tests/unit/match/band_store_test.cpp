// Keys come back from where they went, in memory and on disk.
#include "match/band_store.h"

#include <gtest/gtest.h>
#include <optional>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

void expect_keys_come_back(std::uint32_t bands, std::size_t documents, std::size_t memory,
                           bool spilled) {
  const TemporaryDirectory directory = make_test_directory();
  BandStore store(bands, directory.file("band-"), memory);
  Random random(bands + documents);
  const auto keys = random.words(bands * documents);
  for (std::size_t done = 0; done < documents;) {  // in batches of any size, also none
    const std::size_t batch = std::min(documents - done, std::size_t{random.below(700)});
    const auto result = store.append(std::span(keys).subspan(done * bands, batch * bands));
    ASSERT_TRUE(result) << result.error().describe();
    done += batch;
  }
  EXPECT_EQ(store.bands(), bands);
  EXPECT_EQ(store.documents(), documents);
  EXPECT_EQ(store.spilled_bytes() > 0, spilled);
  for (std::uint32_t band = 0; band < bands; ++band) {
    for (int i = 0; i < 20; ++i) {
      const std::size_t first = i == 0 ? 0 : random.below(documents);
      std::vector<std::uint64_t> out(i == 0 ? documents : random.below(documents - first + 1));
      ASSERT_TRUE(store.read(band, first, out));
      for (std::size_t d = 0; d < out.size(); ++d)
        ASSERT_EQ(out[d], keys[(first + d) * bands + band]) << band << " " << first + d;
    }
  }
}

TEST(BandStore, GivesKeysBackFromMemory) { expect_keys_come_back(32, 500, 1 << 20, false); }

TEST(BandStore, GivesKeysBackFromDisk) { expect_keys_come_back(20, 3000, 1, true); }

TEST(BandStore, TakesASingleBand) { expect_keys_come_back(1, 2000, 1, true); }

TEST(BandStore, OfNoDocumentsIsEmpty) {
  const TemporaryDirectory directory = make_test_directory();
  BandStore store(4, directory.file("band-"), 1 << 20);
  ASSERT_TRUE(store.append({}));
  EXPECT_EQ(store.documents(), 0U);
}

TEST(BandStore, FailsWithOutputWhenItsDirectoryIsGone) {
  std::optional<TemporaryDirectory> directory = make_test_directory();
  BandStore store(2, directory->file("band-"), 1);
  directory.reset();
  const std::vector<std::uint64_t> keys(2000, 7);
  Result<void> result = store.append(keys);
  if (result) result = store.append(keys);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::output);
}

}  // namespace
}  // namespace kithkin

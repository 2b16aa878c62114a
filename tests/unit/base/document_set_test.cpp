// Places in a set of documents against counting.
#include "base/document_set.h"

#include <gtest/gtest.h>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

TEST(DocumentSet, PlaceIsTheNumberOfSmallerMembers) {
  for (const std::size_t size : {1, 2, 63, 64, 65, 127, 128, 129, 1000, 5000}) {
    for (const double density : {0.0, 0.01, 0.5, 1.0}) {
      Random random(size);
      DocumentSet set(size);
      std::vector<bool> naive(size, false);
      for (std::uint32_t d = 0; d < size; ++d) {
        if (!random.chance(density)) continue;
        set.insert(d);
        naive[d] = true;
      }
      set.freeze();
      std::uint32_t before = 0;
      for (std::uint32_t d = 0; d < size; ++d) {
        ASSERT_EQ(set.contains(d), naive[d]);
        ASSERT_EQ(set.place(d), before) << size << " " << d;
        before += naive[d] ? 1 : 0;
      }
      EXPECT_EQ(set.count(), before);
    }
  }
}

TEST(DocumentSet, InsertingTwiceIsInsertingOnce) {
  DocumentSet set(100);
  set.insert(70);
  set.insert(70);
  set.freeze();
  EXPECT_EQ(set.count(), 1U);
  EXPECT_EQ(set.place(99), 1U);
}

TEST(DocumentSet, MayBeFrozenAgainAfterMoreInserts) {
  DocumentSet set(200);
  set.insert(3);
  set.freeze();
  set.insert(150);
  set.insert(0);
  set.freeze();
  EXPECT_EQ(set.count(), 3U);
  EXPECT_EQ(set.place(150), 2U);
}

TEST(DocumentSet, OverNoDocumentsIsEmpty) {
  DocumentSet set;
  EXPECT_EQ(set.count(), 0U);
  set.freeze();
  EXPECT_EQ(set.count(), 0U);
}

}  // namespace
}  // namespace kithkin

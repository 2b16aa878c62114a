// The table against sets of what was said in each place.
#include "match/slot_table.h"

#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

using Words = std::vector<WordKey>;

WordKey word_of(std::uint64_t number) { return word_key(mix64(number + 1)); }

/// A place in context number `context`, where one text says `a` and the other `b`.
Place place(std::uint64_t context, std::uint64_t a, std::uint64_t b) {
  const Words before = {word_of(context), word_of(1)}, after = {word_of(2), word_of(3)};
  return make_place(before, after, Words{word_of(a)}, Words{word_of(b)});
}

/// The bits that a place has for what its texts say.
std::set<std::uint64_t> fillers(Place place) { return {place & 63, place >> 6 & 63}; }

TEST(MakePlace, IsTheSameWhicheverTextComesFirst) {
  for (std::uint64_t n = 0; n < 100; ++n)
    ASSERT_EQ(place(7, n, n + 1), place(7, n + 1, n));
}

TEST(MakePlace, KnowsTheOrderOfTheWordsAroundIt) {
  const Words ab = {word_of(1), word_of(2)}, ba = {word_of(2), word_of(1)}, x = {word_of(8)},
              y = {word_of(9)};
  const std::set<std::uint64_t> contexts = {
      make_place(ab, ab, x, y) >> 12, make_place(ab, ba, x, y) >> 12,
      make_place(ba, ab, x, y) >> 12, make_place(ba, ba, x, y) >> 12};
  EXPECT_EQ(contexts.size(), 4U);
  EXPECT_EQ(make_place(ab, ba, x, y) >> 12, make_place(ab, ba, y, ab) >> 12)
      << "and not what stands in it";
}

TEST(SlotTable, HasASlotWhereFourThingsWereSaid) {
  for (std::uint64_t context = 0; context < 200; ++context) {
    SlotTable table(100, 0, 1);
    std::set<std::uint64_t> said;
    for (std::uint64_t n = 0; n < 8; ++n) {
      table.add(place(context, 100, 101 + n));
      said.merge(fillers(place(context, 100, 101 + n)));
      ASSERT_EQ(table.is_slot(place(context, 7, 8)), said.size() >= 4) << n;
    }
  }
}

TEST(SlotTable, HasNoneWhereTwoOrThreeThingsWereSaidHoweverOften) {
  SlotTable table(3000, 0, 1);
  for (std::uint64_t n = 0; n < 3000; ++n)
    table.add(place(5, 100 + n % 2, 101 + n % 2));
  EXPECT_FALSE(table.is_slot(place(5, 100, 101)));
}

/// Places of which some are filled with many things and most with two.
std::vector<Place> random_places(std::size_t contexts) {
  Random random(1);
  std::vector<Place> out;
  for (std::uint64_t context = 0; context < contexts; ++context) {
    const std::uint64_t things = random.chance(.9) ? 2 : 2 + random.below(9);
    for (std::uint64_t n = 1; n < things; ++n)
      out.push_back(place(context, 10, 10 + n));
  }
  return out;
}

TEST(SlotTable, KnowsAllSlotsAndTakesFewOtherPlacesForOne) {
  const std::vector<Place> places = random_places(20'000);
  SlotTable table(places.size(), 0, 1);
  std::map<std::uint64_t, std::set<std::uint64_t>> said;
  for (const Place p : places) {
    table.add(p);
    said[p >> 12].merge(fillers(p));
  }
  std::size_t slots = 0, others = 0, wrong = 0;
  for (const Place p : places) {
    const bool is_slot = said[p >> 12].size() >= SlotTable::kLeastFillers;
    if (is_slot) {
      ASSERT_TRUE(table.is_slot(p));
    }
    ++(is_slot ? slots : others);
    wrong += table.is_slot(p) && !is_slot ? 1 : 0;
  }
  EXPECT_GT(slots, 1000U);
  EXPECT_LT(wrong, others / 50);
}

TEST(SlotTable, SaysTheSameInAnyNumberOfParts) {
  const std::vector<Place> places = random_places(20'000);
  SlotTable whole(places.size(), 0, 1);
  for (const Place p : places)
    whole.add(p);
  for (const std::uint32_t parts : {2U, 3U, 5U}) {
    std::vector<int> said(places.size());
    for (std::uint32_t part = 0; part < parts; ++part) {
      SlotTable table(places.size(), part, parts);
      for (const Place p : places)
        table.add(p);
      for (std::size_t i = 0; i < places.size(); ++i)
        said[i] += table.is_slot(places[i]) ? 1 : 0;
    }
    for (std::size_t i = 0; i < places.size(); ++i)
      ASSERT_EQ(said[i], whole.is_slot(places[i]) ? 1 : 0) << parts;
  }
}

TEST(SlotTable, NeedsAPartMoreTheLessMemoryThereIs) {
  constexpr std::uint64_t kMany = 1 << 20;  // places: 16 MB
  EXPECT_EQ(SlotTable::parts_for(kMany, 1 << 24), 1U);
  EXPECT_EQ(SlotTable::parts_for(kMany, 1 << 23), 2U);
  EXPECT_EQ(SlotTable::parts_for(kMany, 0), 512U) << "a block each";
  EXPECT_EQ(SlotTable::parts_for(0, 0), 1U);
}

}  // namespace
}  // namespace kithkin

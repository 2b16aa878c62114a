// Dates as crawls write them: three grammars, zones, the limits of the calendar, and garbage.
#include "corpus/date.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>

namespace kithkin {
namespace {

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kJuly23 = 1437609600;  // 2015-07-23T00:00:00Z
constexpr std::int64_t kMorning = kJuly23 + 8 * 3600 + 5 * 60;

void expect_date(std::string_view text, std::int64_t seconds) {
  EXPECT_EQ(parse_date(text), std::optional(seconds)) << text;
}
void expect_none(std::string_view text) { EXPECT_EQ(parse_date(text), std::nullopt) << text; }

TEST(DateIso, DatesAreMidnightInUtc) {
  expect_date("1970-01-01", 0);
  expect_date("2015-07-23", kJuly23);
  expect_date("20150723", kJuly23);
  expect_date("2015/07/23", kJuly23);
  expect_date("1969-12-31", -kDay);
}

TEST(DateIso, TimesComeWithOrWithoutSecondsAndFractions) {
  expect_date("2015-07-23T08:05:00", kMorning);
  expect_date("2015-07-23T08:05", kMorning);
  expect_date("2015-07-23 08:05:00", kMorning);
  expect_date("2015-07-23t08:05:00z", kMorning);
  expect_date("2015-07-23T08:05:00.5Z", kMorning);
  expect_date("2015-07-23T08:05:00,123456789Z", kMorning);
  expect_date("20150723T080500Z", kMorning);
  expect_date("20150723T0805", kMorning);
}

TEST(DateIso, ZonesMoveTheTime) {
  expect_date("2015-07-23T08:05:00Z", kMorning);
  expect_date("2015-07-23T11:05:00+03:00", kMorning);
  expect_date("2015-07-23T11:05:00+0300", kMorning);
  expect_date("2015-07-23T11:05:00+03", kMorning);
  expect_date("2015-07-23T11:05:00 +0300", kMorning);
  expect_date("2015-07-23T00:35:00-07:30", kMorning);
  expect_date("2015-07-24T00:00:00+14:00", kJuly23 + 10 * 3600);
}

TEST(DateIso, SpaceAroundIsIgnored) { expect_date("  2015-07-23T08:05:00Z ", kMorning); }

TEST(DateRfc822, IsReadWithAndWithoutTheDayOfTheWeek) {
  expect_date("Thu, 23 Jul 2015 08:05:00 +0000", kMorning);
  expect_date("Thu, 23 Jul 2015 08:05:00 GMT", kMorning);
  expect_date("Thu, 23 Jul 2015 11:05:00 +0300", kMorning);
  expect_date("23 Jul 2015 08:05:00 GMT", kMorning);
  expect_date("23 Jul 2015 08:05 UTC", kMorning);
  expect_date("23 Jul 2015", kJuly23);
  expect_date("Thursday, 23 July 2015 08:05:00 GMT", kMorning);
  expect_date("thu, 23 JUL 2015 08:05:00 GMT", kMorning);
}

TEST(DateRfc822, KnowsTheZonesOfTheStandard) {
  expect_date("Thu, 23 Jul 2015 03:05:00 EST", kMorning);
  expect_date("Thu, 23 Jul 2015 04:05:00 EDT", kMorning);
  expect_date("Thu, 23 Jul 2015 00:05:00 PST", kMorning);
  expect_date("Thu, 23 Jul 2015 01:05:00 PDT", kMorning);
  expect_none("Thu, 23 Jul 2015 01:05:00 XYZ");
}

TEST(DateRfc822, TwoDigitsOfAYearMeanTheNearOne) {
  expect_date("Thu, 23 Jul 15 08:05:00 GMT", kMorning);
  expect_date("01 Jan 70 00:00:00 GMT", 0);
}

TEST(DateEpoch, SecondsAndMillisecondsAreToldByTheirSize) {
  expect_date("1437638700", kMorning);
  expect_date("1437638700000", kMorning);
  expect_date("1437638700.75", kMorning);
  expect_date("1437638700999", kMorning);
  EXPECT_EQ(epoch_seconds(1437638700), kMorning);
  EXPECT_EQ(epoch_seconds(1437638700123), kMorning);
  EXPECT_EQ(epoch_seconds(0), 0);
  EXPECT_EQ(epoch_seconds(-1), -1);
  EXPECT_EQ(epoch_seconds(-0.5), -1);
  EXPECT_EQ(epoch_seconds(99'999'999'999), 99'999'999'999);
  EXPECT_EQ(epoch_seconds(100'000'000'000), 100'000'000);
}

// "1412101500" is 2014-09-30T18:25:00Z, and could be taken for the 15th of October 1412, 00 hours.
TEST(DateEpoch, SecondsThatLookLikeACompactDateAreSeconds) {
  expect_date("1412101500", 1412101500);
  expect_date("1404040404", 1404040404);
  expect_date("1507312359", 1507312359);
  for (std::int64_t seconds = 1'000'000'000; seconds < 2'000'000'000; seconds += 100'003) {
    if (parse_date(std::to_string(seconds)) == std::optional(seconds)) continue;
    expect_date(std::to_string(seconds), seconds);
    break;  // one of them says it
  }
}

TEST(DateEpoch, MillisecondsThatLookLikeACompactDateAreMilliseconds) {
  for (std::int64_t ms = 1'000'000'000'000; ms < 2'000'000'000'000; ms += 100'000'003) {
    if (parse_date(std::to_string(ms)) == std::optional(ms / 1000)) continue;
    expect_date(std::to_string(ms), ms / 1000);
    break;
  }
}

TEST(DateCalendar, MonthsHaveTheirLengths) {
  expect_date("2015-01-31", 1422662400);
  expect_none("2015-01-32");
  expect_none("2015-04-31");
  expect_none("2015-02-29");
  expect_none("2015-00-10");
  expect_none("2015-13-10");
  expect_none("2015-07-00");
  expect_none("31 Feb 2015");
}

TEST(DateCalendar, LeapYearsFollowGregory) {
  expect_date("2016-02-29", 1456704000);
  expect_date("2000-02-29", 951782400);
  expect_none("1900-02-29");
  expect_none("2100-02-29");
}

TEST(DateCalendar, ClocksHaveLimits) {
  expect_date("2015-07-23T24:00:00Z", kJuly23 + kDay);  // the end of the day
  expect_date("2015-06-30T23:59:60Z", 1435708800);      // a leap second
  expect_none("2015-07-23T25:00:00Z");
  expect_none("2015-07-23T08:60:00Z");
  expect_none("2015-07-23T08:05:61Z");
  expect_none("2015-07-23T08:05:00+24:00");
  expect_none("2015-07-23T08:05:00+03:60");
  expect_none("2015-07-23T24:30:00Z");
}

TEST(DateCalendar, FarYearsAreDays) {
  expect_date("0001-01-01", -62135596800);
  expect_date("9999-12-31T23:59:59Z", 253402300799);
}

TEST(Date, GarbageIsNoDate) {
  for (const std::string_view text : {"",
                                      " ",
                                      "-",
                                      "yesterday",
                                      "2015",
                                      "07/2015",
                                      "23.07.2015",
                                      "2015-07-23T",
                                      "2015-07-23x",
                                      "2015-07-23T08:05:00Zx",
                                      "2015-7-23",
                                      "T08:05",
                                      "Thu",
                                      "Thu,",
                                      "Thu, 23",
                                      "Thu, 23 Jul",
                                      "23 Foo 2015",
                                      "Thu, 23 Jul 2015 08:05:00 GMT extra",
                                      "1437638700x",
                                      "14376 38700",
                                      "0x55b0a1ac",
                                      "--1437638700",
                                      "٢٠١٥-٠٧-٢٣",
                                      "\xFF\xFE",
                                      "nan",
                                      "infinity",
                                      "-infinity",
                                      "nan(abcdef)",
                                      "1e999"}) {
    expect_none(text);
  }
}

TEST(Date, NoTextOfAnyKindIsAProblem) {
  const std::string_view pool = "0123456789-/:.,TZ+ JulThuGMT\xFF";
  std::uint64_t state = 1;
  for (int n = 0; n < 200'000; ++n) {
    std::string text;
    for (state = state * 6364136223846793005ULL + 1; text.size() < (state >> 33) % 24;) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += pool[(state >> 33) % pool.size()];
    }
    const auto date = parse_date(text);
    if (date) {
      ASSERT_TRUE(*date > -300'000'000'000 && *date < 9'000'000'000'000'000'000) << text;
    }
  }
}

}  // namespace
}  // namespace kithkin

#include "synth/page.h"

#include <gtest/gtest.h>

#include "base/json_writer.h"
#include "corpus/date.h"
#include "synth/random.h"

namespace kithkin {
namespace {

TEST(AppendJsonUtf8, writes_what_the_checking_writer_writes) {
  const std::string_view pieces[] = {"a", "word", "\"", "\\", "\n",       "\x01", "\x1f",  " ",
                                     "é", "中",   "😀",  "~",  "12345678", "ـ",    "\u00A0"};
  Random random(3);
  for (int i = 0; i < 3000; ++i) {
    std::string text, fast, slow;
    for (std::uint32_t n = random.below(30); n > 0; --n)
      text += pieces[random.below(std::size(pieces))];
    append_json_utf8(fast, text);
    append_json_string(slow, text);
    ASSERT_EQ(fast, slow);
  }
}

TEST(AppendIsoDate, is_read_back) {
  Random random(4);
  for (int i = 0; i < 20000; ++i) {
    const auto seconds = static_cast<std::int64_t>(random.below64(250000000000ULL));  // year 9892
    std::string out;
    append_iso_date(seconds, out);
    ASSERT_EQ(parse_date(out), seconds) << out;
  }
  std::string leap;
  append_iso_date(951782400, leap);
  EXPECT_EQ(leap, "2000-02-29T00:00:00Z");
}

TEST(AppendPage, a_line_has_its_members_in_order) {
  std::string out;
  append_page({"i", "u", "t", "a\nb", "", "ar", "h"}, out);
  EXPECT_EQ(out, R"({"id":"i","url":"u","title":"t","text":"a\nb","lang":"ar","source":"h"})"
                 "\n");
  out.clear();
  append_page({"i", "", "", "x", "2015-01-01T00:00:00Z", "", ""}, out);
  EXPECT_EQ(out, R"({"id":"i","url":"","title":"","text":"x","date":"2015-01-01T00:00:00Z",)"
                 R"("lang":"","source":""})"
                 "\n");
}

}  // namespace
}  // namespace kithkin

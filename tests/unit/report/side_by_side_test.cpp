// render_explanation(): what is said, and that no text can break the page it stands on.
#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/explain.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "text/width.h"

namespace kithkin {
namespace {

Document document(std::string id, std::string text) {
  Document out;
  out.id = std::move(id);
  out.text = std::move(text);
  return out;
}

std::string render(const Document& a, const Document& b, std::uint32_t width = 100,
                   bool color = false) {
  const auto explanation = explain(a.text, b.text);
  EXPECT_TRUE(explanation);
  return explanation ? render_explanation(a, b, *explanation, width, color) : "";
}

std::string render(std::string text_a, std::string text_b, std::uint32_t width = 100) {
  return render(document("a", std::move(text_a)), document("b", std::move(text_b)), width);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == '\n') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  EXPECT_EQ(out.back(), "") << "the last line is ended";
  out.pop_back();
  return out;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// The page as it is read, without isolates and marks.
std::string visible(std::string text) {
  for (const std::string_view mark : {"\u2068", "\u2069", "\u200E", "\u200F"}) {
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark)) {
      text.erase(at, mark.size());
    }
  }
  return text;
}

/// No line is too wide, every isolate is closed on its line, nothing steers the terminal.
void expect_safe(const std::string& page, int width) {
  for (const std::string& line : lines_of(page)) {
    int cells = 0, open = 0;
    for (std::size_t i = 0; i < line.size();) {
      const Decoded d = decode_utf8(line, i);
      ASSERT_TRUE(d.valid);
      ASSERT_NE(appearance(d.code_point), Appearance::control) << line;
      if (d.code_point == 0x2068) ++open;
      if (d.code_point == 0x2069) --open;
      ASSERT_TRUE(open == 0 || open == 1) << "isolates are not nested: " << line;
      cells += cell_width(d.code_point);
      i += d.size;
    }
    EXPECT_EQ(open, 0) << line;
    EXPECT_LE(cells, width) << line;
  }
}

const std::string kFerry =
    "The harbor office of Elwin said on Monday that the new ferry line will open on 3 May "
    "with 12 crossings a day, and that every seat on the first boat was sold.";
const std::string kFerryChanged =
    "The harbor office of Elwin said on Tuesday that the new ferry line will open on 9 May "
    "with 15 crossings a day, and that every seat on the first boat was sold.";
const std::string kLibrary =
    "افتتحت بلدية المرفأ يوم الأحد مكتبة عامة جديدة تضم ٤٥٠٠ كتاب، وقال مدير المكتبة إن الدخول "
    "مجاني للجميع طوال أيام الأسبوع.";
const std::string kLibraryChanged =
    "افتتحت بلدية المرفأ يوم الاثنين مكتبة عامة جديدة تضم ٥٢٠٠ كتاب، وقال مدير المكتبة إن "
    "الدخول مجاني للجميع طوال أيام الأسبوع.";
const std::string kWeather =
    "市内の図書館は月曜日に休館しますが、火曜日からは夜八時まで開いています。";

TEST(RenderExplanation, SaysWhoTheTwoAreAndWhatTheyAreToEachOther) {
  Document a = document("paper-1", kFerry), b = document("paper-2", kFerry + " More tomorrow.");
  a.title = "A ferry to Cape Dorn";
  a.date = 1'700'000'000;
  a.source = "The Elwin Post";
  const std::string page = visible(render(a, b));
  for (const char* part :
       {"paper-1", "paper-2", "A ferry to Cape Dorn", "2023-11-14 · The Elwin Post · 33 words",
        "35 words", "near: resemblance", "100 % of A stands in B", "shingles: 29 in A"}) {
    EXPECT_TRUE(contains(page, part)) << part << "\n" << page;
  }
}

TEST(RenderExplanation, TellsNumbersThenNamesThenWordsThenPassages) {
  const std::string page = visible(render(kFerry, kFerryChanged + " Nobody complained."));
  std::size_t last = 0;
  for (const char* part :
       {"What differs", "numbers", "3 · 12", "9 · 15", "names", "Monday", "Tuesday", "\nwords\n",
        "Nobody complained", "What they share", "The harbor office"}) {
    const std::size_t at = page.find(part);
    ASSERT_NE(at, page.npos) << part << "\n" << page;
    EXPECT_GE(at, last) << part << "\n" << page;
    last = at;
  }
}

TEST(RenderExplanation, NeverRoundsUpToAll) {
  std::string a;
  for (int i = 0; i < 3000; ++i)
    a += "w" + std::to_string(i) + " ";
  const std::string page = render(a, a + "end");
  EXPECT_TRUE(contains(page, "resemblance 0.999;")) << page.substr(0, 300);
  EXPECT_TRUE(contains(page, "100 % of A stands in B, 99 % of B stands in A"));
}

TEST(RenderExplanation, CallsTheSameWordsExact) {
  const std::string page = render(kFerry, kFerry);
  EXPECT_TRUE(contains(page, "exact: the same words in the same order"));
  EXPECT_TRUE(contains(page, "No word stands in one that does not stand in the other."));
}

TEST(RenderExplanation, SaysThatAPassageWasMoved) {
  const std::string first = "Farmers beyond the river asked for more water this year.";
  const std::string page = render(first + "\n" + kFerry, kFerry + "\n" + first);
  EXPECT_TRUE(contains(page, "1 · 10 words · in another place in B")) << page;
  EXPECT_TRUE(contains(page, "2 · 33 words\n")) << page;
}

TEST(RenderExplanation, ShortensALongPassageInTheMiddle) {
  std::string text;
  for (int i = 0; i < 200; ++i)
    text += "w" + std::to_string(i) + " ";
  const std::string page = visible(render(text, text));
  EXPECT_TRUE(contains(page, "w39"));
  EXPECT_FALSE(contains(page, "w40"));
  EXPECT_TRUE(contains(page, "… 136 words …"));
  EXPECT_FALSE(contains(page, "w175"));
  EXPECT_TRUE(contains(page, "w176"));
}

TEST(RenderExplanation, ShowsALongListInPart) {
  std::string a, b;
  for (int i = 0; i < 2000; ++i) {
    a += "left" + std::to_string(i) + " and ";
    b += "right" + std::to_string(i) + " or ";
  }
  const std::string page = render(a, b);
  EXPECT_TRUE(contains(page, " more")) << page;
  EXPECT_LT(lines_of(page).size(), 60U);
}

TEST(RenderExplanation, NeverExceedsTheWidth) {
  const std::string texts[] = {kFerry,
                               kFerryChanged,
                               kLibrary,
                               kLibraryChanged,
                               kWeather,
                               "",
                               "x",
                               std::string(5000, 'y'),
                               kLibrary + " " + kFerry + kWeather};
  for (const std::string& a : texts) {
    for (const std::string& b : texts) {
      for (const std::uint32_t width : {0U, 20U, 35U, 59U, 60U, 61U, 80U, 133U}) {
        expect_safe(render(a, b, width), static_cast<int>(std::max(width, 20U)));
      }
    }
  }
}

TEST(RenderExplanation, NeutralizesEscapeSequencesWhereverTheyStand) {
  const std::string evil = "\x1b[2J\x1b]0;owned\x07 \u009B5m \u202Eabc\u2069\u2069 \r\b\x7f\n";
  Document a = document("id" + evil, evil + kFerry + evil),
           b = document(evil, kFerryChanged + evil);
  for (Document* d : {&a, &b})
    d->title = d->source = d->lang = d->url = evil;
  for (const std::uint32_t width : {30U, 80U}) {
    const std::string page = render(a, b, width);
    expect_safe(page, static_cast<int>(width));
    EXPECT_FALSE(contains(page, "\x1b"));
    EXPECT_FALSE(contains(page, "\u202E"));
  }
}

TEST(RenderExplanation, IsSafeForRandomBytes) {
  std::uint64_t state = 6;
  const auto bytes = [&] {
    std::string out;
    for (int i = 0; i < 300; ++i) {
      const std::uint64_t r = splitmix64(state);
      unsigned char buffer[4];
      char32_t c = static_cast<char32_t>(r >> 8) % (r % 3 == 0 ? 0x110000 : 0x3000);
      if (c >= 0xD800 && c <= 0xDFFF) c = U' ';
      if (r % 50 == 0) out += static_cast<char>(r >> 40);
      out.append(reinterpret_cast<const char*>(buffer), encode_utf8(c, buffer));
    }
    return out;
  };
  for (int round = 0; round < 100; ++round) {
    const std::string common = bytes();
    const Document a = document(bytes(), bytes() + common), b = document(bytes(), common + bytes());
    expect_safe(render(a, b, 40), 40);
    expect_safe(render(a, b, 90), 90);
  }
}

TEST(RenderExplanation, SetsPassagesFromTheRightAgainstTheRightEdge) {
  for (const std::string& line : lines_of(render(kLibrary, kLibrary, 80))) {
    if (!contains(line, "المرفأ")) continue;
    EXPECT_EQ(display_width(visible(line)), 38 + 3 + 38) << line;
  }
}

TEST(RenderExplanation, KeepsTheBarBetweenTheColumnsInItsPlace) {
  for (const std::string& line : lines_of(visible(render(kLibrary + kWeather, kFerry, 90)))) {
    const std::size_t bar = line.find("│");
    if (bar == line.npos) continue;
    EXPECT_EQ(display_width(line.substr(0, bar)), 43 + 1) << line;
  }
}

TEST(RenderExplanation, StacksTheTwoOnNarrowTerminals) {
  EXPECT_FALSE(contains(render(kFerry, kFerryChanged, 59), "│"));
  EXPECT_TRUE(contains(render(kFerry, kFerryChanged, 60), "│"));
}

TEST(RenderExplanation, UsesEscapesForColorOnlyWhereAsked) {
  const Document a = document("a", kFerry), b = document("b", kFerryChanged);
  EXPECT_FALSE(contains(render(a, b, 80, false), "\x1b"));
  std::string colored = render(a, b, 80, true);
  EXPECT_TRUE(contains(colored, "\x1b[1m"));
  for (const std::string_view code : {"\x1b[1m", "\x1b[2m", "\x1b[0m"}) {
    for (auto at = colored.find(code); at != colored.npos; at = colored.find(code)) {
      colored.erase(at, code.size());
    }
  }
  EXPECT_EQ(colored, render(a, b, 80, false));
}

TEST(RenderExplanation, SaysOfEmptyTextsThatTheyShareNothing) {
  const std::string page = visible(render("", kFerry));
  EXPECT_TRUE(contains(page, "0 words"));
  EXPECT_TRUE(contains(page, "not copies: resemblance 0.000"));
  EXPECT_TRUE(contains(page, "No passage of a shingle or more."));
}

TEST(RenderExplanation, LeavesOutDatesBeyondTheCalendar) {
  Document a = document("a", kFerry);
  for (const std::int64_t date : {INT64_MIN, INT64_MAX}) {
    a.date = date;
    expect_safe(render(a, a), 100);
  }
}

}  // namespace
}  // namespace kithkin

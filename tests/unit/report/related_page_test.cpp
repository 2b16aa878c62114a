// write_related_page(): what stands on the pages, that no text can break them, and what is said of
// what is left out.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <string_view>

#include <kithkin/related_page.h>

#include "base/json_writer.h"

namespace kithkin {
namespace {

std::string json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string entry(std::string_view id, std::string_view title, std::string_view url = "",
                  const std::string& more = "") {
  return "{\"id\":" + json(id) + ",\"title\":" + json(title) + ",\"url\":" + json(url) +
         ",\"date\":\"2024-05-02T08:00:00Z\",\"score\":0.837" + more + "}";
}

std::string list(std::string_view id, std::string_view title, const std::string& entries,
                 const std::string& more = "") {
  return "{\"id\":" + json(id) + ",\"title\":" + json(title) + more + ",\"related\":[" + entries +
         "]}\n";
}

std::string story(std::string_view id, std::string_view title, int size,
                  const std::string& more = "") {
  std::string out = "{\"story\":" + json(id) + ",\"title\":" + json(title) +
                    ",\"size\":" + std::to_string(size) + more + ",\"members\":[";
  for (int i = 0; i < size; ++i) {
    out += (i == 0 ? "{\"id\":" : ",{\"id\":") + json(std::string(id) + std::to_string(i)) +
           ",\"cluster\":\"x\"}";
  }
  return out + "]}\n";
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
    ++found;
  return found;
}
bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

class RelatedPageTest : public testing::Test {
 protected:
  RelatedPageTest() {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }
  ~RelatedPageTest() override { std::filesystem::remove_all(directory_); }

  void put(const std::string& name, std::string_view bytes) {
    std::ofstream(directory_ + "/" + name, std::ios::binary) << bytes;
  }
  std::string get(const std::string& name) {
    std::ifstream in(directory_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// The page of these files; what can be seen of it, without the head.
  std::string page(std::string_view lists, std::string_view stories = "",
                   const RelatedPageOptions& options = {}) {
    put("related.jsonl", lists);
    put("stories.jsonl", stories);
    const auto result = write_related_page(directory_, options);
    EXPECT_TRUE(result) << (result ? "" : result.error().describe());
    const std::string whole = get("related.html");
    return whole.substr(std::min(whole.find("<body>"), whole.size()));
  }
  std::string snippet(std::string_view lists) {
    page(lists);
    return get("related_snippet.html");
  }
  std::size_t files() {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(directory_), {}));
  }

  const std::string directory_ = testing::TempDir() + "kithkin_related_page_test_" +
                                 testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(RelatedPageTest, AnEntryOfAnotherLanguageSaysWhich) {
  const std::string html = page(list(
      "a", "Ferry sinks", entry("b", "غرق عبارة", "", R"(,"lang":"ar")") + "," + entry("c", "C"),
      R"(,"lang":"en")"));
  EXPECT_EQ(count(html, "<li lang=\"ar\">"), 1U) << html;
  EXPECT_EQ(count(html, "<li>"), 1U);
}

TEST_F(RelatedPageTest, AListTellsItsArticleItsEntriesAndWhy) {
  const std::string html =
      page(list("a", "Ferry sinks",
                entry("b", "Captain held", "https://www.b.example/2",
                      R"(,"same_story":true,"reasons":[{"term":"ferry","weight":3},)"
                      R"({"term":"captain","weight":2}])"),
                R"(,"url":"https://a.example/1","date":"2024-05-01T00:00:00Z","lang":"en")"));
  EXPECT_TRUE(has(html,
                  "<article id=\"list-1\" lang=\"en\" dir=\"ltr\">\n<h3><a "
                  "href=\"https://a.example/1\"><bdi dir=\"ltr\">Ferry sinks</bdi></a></h3>"))
      << html;
  EXPECT_TRUE(has(html,
                  "<bdi dir=\"ltr\">a.example</bdi> · "
                  "<time datetime=\"2024-05-01T00:00:00Z\">2024-05-01</time>"));
  EXPECT_TRUE(has(html, "<a href=\"https://www.b.example/2\"><bdi dir=\"ltr\">Captain held"));
  EXPECT_TRUE(has(html, "inline-size:83%\"></span></span>0.83</span>"));
  EXPECT_TRUE(has(html, ">same story</span>"));
  EXPECT_TRUE(has(html, "<bdi dir=\"ltr\">ferry</bdi> · <bdi dir=\"ltr\">captain</bdi>"));
}

TEST_F(RelatedPageTest, ScoresAreNeverRoundedUp) {
  const auto shown = [&](const std::string& score, const std::string& expected) {
    return has(page(list("a", "A", "{\"id\":\"b\",\"score\":" + score + "}")),
               "</span></span>" + expected + "</span>");
  };
  EXPECT_TRUE(shown("0.9999", "0.99"));
  EXPECT_TRUE(shown("1", "1.00"));
  EXPECT_TRUE(shown("0.07", "0.07"));
  EXPECT_TRUE(shown("0.29", "0.29"));
  EXPECT_TRUE(shown("0", "0.00"));
}

TEST_F(RelatedPageTest, WhatWasFoundIsCounted) {
  const std::string html = page(list("a", "A", entry("b", "B")) + list("b", "B", "") +
                                    list("c", "C", entry("a", "A")) + list("d", "D", ""),
                                story("s", "S", 2) + story("t", "T", 1));
  EXPECT_TRUE(has(html, "4 articles · 2 lists of related articles · 1 story<")) << html;
  EXPECT_TRUE(has(html, "2 articles have no related ones."));
  EXPECT_EQ(count(html, "id=\"list-"), 2U);
  EXPECT_EQ(count(html, "id=\"story-"), 1U);  // an article alone is no story
}

TEST_F(RelatedPageTest, StoriesComeLargestFirstWithTheTitlesOfTheirMembers) {
  const std::string html =
      page(list("big0", "First of big", "", R"(,"url":"https://m.example/")") +
               list("big1", "Second of big", entry("x", "X"), R"(,"story":"big")") +
               list("big1", "Another document with that id", ""),
           story("small", "Small", 2) +
               story("big", "Big", 3, R"(,"first":"2024-05-01T01:00:00Z","last":"2024-05-04")") +
               story("like", "Like small", 2));
  const std::size_t big = html.find(">Big<"), small = html.find(">Small<"),
                    like = html.find(">Like small<");
  EXPECT_LT(big, small);
  EXPECT_LT(small, like);
  EXPECT_TRUE(has(html, "<a href=\"https://m.example/\"><bdi dir=\"ltr\">First of big</bdi></a>"));
  EXPECT_TRUE(has(html, "<bdi dir=\"ltr\">Second of big</bdi>"));
  EXPECT_TRUE(has(html, "<bdi dir=\"ltr\">big2</bdi>"));  // of which nothing is known
  EXPECT_FALSE(has(html, "Another document"));
  EXPECT_TRUE(has(html,
                  "3 articles</bdi> · <time datetime=\"2024-05-01T01:00:00Z\">2024-05-01"
                  "</time> – <time datetime=\"2024-05-04\">2024-05-04</time>"));
  EXPECT_TRUE(has(html, "<a href=\"#story-1\">its story</a>"));
  EXPECT_TRUE(has(html, "<a href=\"#list-1\">its list</a>"));
}

TEST_F(RelatedPageTest, NothingOfAnArticleIsMarkup) {
  const std::string evil = "</bdi></style><script>alert('x')</script><img src=\"x\">&lt;";
  const std::string url = "https://a.example/\"onclick=\"alert(1)\"><script>";
  const std::string reasons = ",\"same_story\":true,\"reasons\":[{\"term\":" + json(evil) + "}]";
  const std::string fields = ",\"url\":" + json(url) + ",\"date\":" + json("<img src=x>") +
                             ",\"lang\":" + json(evil) + ",\"story\":" + json(evil);
  page(list(evil, evil, entry(evil, evil, url, reasons), fields) +
           list("n", "", "{\"id\":" + json(evil) + "}"),
       story(evil, evil, 2, ",\"first\":" + json("<img src=x>") + ",\"last\":" + json("<b")));
  for (const char* name : {"related.html", "related_snippet.html"}) {
    const std::string html = get(name);
    EXPECT_FALSE(has(html, "<script")) << name;
    EXPECT_FALSE(has(html, "<img")) << name;
    EXPECT_FALSE(has(html, "\"onclick")) << name;
    EXPECT_EQ(count(html, "<bdi"), count(html, "</bdi>")) << name;
    EXPECT_EQ(count(html, "<style>"), count(html, "</style>")) << name;
    EXPECT_TRUE(has(html, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")) << name;
    EXPECT_TRUE(has(html, "&amp;lt;")) << name;
    EXPECT_FALSE(has(html, "<b>") || has(html, "<b<")) << name;
  }
}

TEST_F(RelatedPageTest, OtherAddressesThanThoseOfTheWebAreNoLinks) {
  const std::string bad = "javascript:alert(1)";
  const std::string lists =
      list("a", "A", entry("b", "B", bad) + "," + entry("c", "C", "data:text/html,x"),
           ",\"url\":" + json(bad));
  EXPECT_FALSE(has(page(lists), "<a href=\"j"));
  EXPECT_FALSE(has(page(lists), "<a href=\"d"));
  EXPECT_FALSE(has(page(lists), "javascript:"));
  const std::string html = snippet(lists);
  EXPECT_FALSE(has(html, "alert"));
  EXPECT_TRUE(has(html, "<li><bdi dir=\"ltr\">B</bdi>"));
}

TEST_F(RelatedPageTest, AnArabicArticleReadsFromTheRightAndTheLatinInItFromTheLeft) {
  const std::string title = "iPhone 16 يصل إلى الأسواق العربية";
  const std::string html =
      page(list("a", title, entry("b", "Apple في دبي اليوم") + "," + entry("c", "Apple in Dubai")));
  EXPECT_TRUE(has(html, "<article id=\"list-1\" lang=\"und-Arab\" dir=\"rtl\">")) << html;
  EXPECT_TRUE(has(html, "<h3><bdi dir=\"rtl\">" + title + "</bdi></h3>"));
  EXPECT_TRUE(has(html, "<bdi dir=\"rtl\">Apple في دبي اليوم</bdi>"));
  EXPECT_TRUE(has(html, "<bdi dir=\"ltr\">Apple in Dubai</bdi>"));
  EXPECT_TRUE(has(get("related_snippet.html"),
                  "aria-label=\"Related articles\" dir=\"rtl\">\n"
                  "  <h2><bdi>Related articles</bdi></h2>\n  <ul lang=\"und-Arab\">"));
}

TEST_F(RelatedPageTest, NothingStandsOnTheLeftOrTheRightByStyle) {
  page(list("a", "A", entry("b", "B")));
  for (const char* name : {"related.html", "related_snippet.html"}) {
    const std::string html = get(name);
    for (const char* side : {"-left", "-right", "left:", "right:", "text-align"})
      EXPECT_FALSE(has(html, side)) << name << " " << side;
  }
}

TEST_F(RelatedPageTest, BidiControlsDoNotReachThePage) {
  const std::string steering = "a\u202Eb\u2069c\u2066d\u200Ee";
  page(list("x", steering, entry("y", steering, "https://a.example/")));
  for (const char* name : {"related.html", "related_snippet.html"}) {
    const std::string html = get(name);
    EXPECT_TRUE(has(html, ">abcde</bdi>")) << name;
    for (const char* control : {"\u202E", "\u2069", "\u2066", "\u200E"})
      EXPECT_FALSE(has(html, control)) << name;
  }
}

TEST_F(RelatedPageTest, OfATitleThatDoesNotEndTheBeginningIsShown) {
  std::string title, url = "https://a.example/";
  for (int i = 0; i < 100'000; ++i)
    title += "水";
  url.append(5000, 'x');
  const std::string html = page(
      list("a", title, entry("b", title, url, ",\"reasons\":[{\"term\":" + json(title) + "}]")),
      story("s", title, 2));
  EXPECT_EQ(count(html, "水"), 4U * 300);
  EXPECT_EQ(count(html, "水…</bdi>"), 4U);
  EXPECT_FALSE(has(html, "xxx"));
}

TEST_F(RelatedPageTest, NothingIsLoadedFromAnywhere) {
  page(list("a", "A", entry("b", "B", "https://b.example/")), story("s", "S", 2));
  for (const char* name : {"related.html", "related_snippet.html"}) {
    const std::string html = get(name);
    for (const char* way : {"<script", "<link", "src=", "@import", "url(", "<img", "<iframe"})
      EXPECT_FALSE(has(html, way)) << name << " " << way;
  }
}

TEST_F(RelatedPageTest, WhatIsOverTheLimitsIsCountedAndNotShown) {
  std::string lists, stories, entries;
  for (int i = 0; i < 7; ++i)
    entries += (i == 0 ? "" : ",") + entry("e" + std::to_string(i), "E");
  for (int i = 0; i < 1200; ++i)
    lists += list("l" + std::to_string(i), "L", entries);
  for (int i = 0; i < 12; ++i)
    stories += story("s" + std::to_string(i), "S" + std::to_string(i), 5 + i % 2);
  const std::string html = page(lists, stories, {3, 2, 4, 1});
  EXPECT_EQ(count(html, "id=\"list-"), 3U);
  EXPECT_EQ(count(html, "class=\"score\""), 6U);
  EXPECT_EQ(count(html, "id=\"story-"), 4U);
  EXPECT_TRUE(has(html, "Shown: the first 3 of 1,200. Not shown: 1,197. "));
  EXPECT_TRUE(has(html, "Shown: the largest 4 of 12. Not shown: 8. "));
  EXPECT_EQ(count(html, "and 5 more, not shown"), 3U + 4U);  // 7 - 2 entries, 6 - 1 members
  for (const char* title : {">S1<", ">S3<", ">S5<", ">S7<"})
    EXPECT_TRUE(has(html, title)) << title;
  EXPECT_TRUE(has(html, "<bdi dir=\"ltr\">s10</bdi>"));   // its first member
  EXPECT_FALSE(has(html, "<bdi dir=\"ltr\">s11</bdi>"));  // its second
}

TEST_F(RelatedPageTest, FiveHundredListsAndAHundredStoriesAreShownUnlessOtherwiseAsked) {
  std::string lists, stories;
  for (int i = 0; i < 501; ++i)
    lists += list("l" + std::to_string(i), "L", entry("e", "E"));
  for (int i = 0; i < 101; ++i)
    stories += story("s" + std::to_string(i), "S", 2);
  const std::string html = page(lists, stories);
  EXPECT_EQ(count(html, "id=\"list-"), 500U);
  EXPECT_EQ(count(html, "id=\"story-"), 100U);
  EXPECT_EQ(count(html, "Not shown: 1. "), 2U);
  EXPECT_FALSE(has(page(lists.substr(lists.find('\n') + 1)), "ot shown"));
}

TEST_F(RelatedPageTest, WithNothingToShowThePageSaysSo) {
  const std::string empty = page("", "");
  EXPECT_TRUE(has(empty, "0 articles · 0 lists of related articles · 0 stories"));
  EXPECT_EQ(count(empty, "There are none."), 2U);
  EXPECT_TRUE(has(empty, "</html>"));
  const std::string html = snippet(list("a", "A", ""));
  EXPECT_TRUE(has(html, "there is no example"));
  EXPECT_TRUE(has(html, "{{#related}}"));
  EXPECT_FALSE(has(html, "The example: begin"));
}

TEST_F(RelatedPageTest, TheSnippetHoldsATemplateAndTheFirstListThatHasEntries) {
  const std::string html =
      snippet(list("a", "Lonely", "") +
              list("b", "Ferry <sinks>", entry("c", "Captain held", "https://c.example/")) +
              list("d", "Later", entry("e", "Elsewhere")));
  const std::size_t begin = html.find("\n<template>"), end = html.find("</template>");
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::string inside = html.substr(begin, end - begin);
  for (const char* name : {"{{heading}}", "{{lang}}", "{{dir}}", "{{#related}}", "{{/related}}",
                           "{{title}}", "{{url}}", "{{date}}", "{{day}}"}) {
    EXPECT_TRUE(has(inside, name)) << name;
    EXPECT_TRUE(has(html.substr(0, begin), name)) << name << " is not explained";
  }
  EXPECT_TRUE(has(html, "<nav class=\"kithkin-related\" aria-label=\"Related articles\""));
  EXPECT_TRUE(has(html, "under the article <bdi dir=\"ltr\">Ferry &lt;sinks&gt;</bdi>"));
  EXPECT_TRUE(has(html,
                  "<li><a href=\"https://c.example/\"><bdi dir=\"ltr\">Captain held</bdi></a> "
                  "<time datetime=\"2024-05-02T08:00:00Z\">2024-05-02</time></li>"));
  EXPECT_FALSE(has(html, "Lonely"));
  EXPECT_FALSE(has(html, "Elsewhere"));
}

TEST_F(RelatedPageTest, TheSnippetHasItsExampleAlsoWhereNoListsAreShown) {
  const std::string html = page(list("a", "A", entry("b", "Bee")), "", {0, 20, 0, 20});
  EXPECT_FALSE(has(html, "Bee"));
  EXPECT_TRUE(has(html, "Shown: none of 1. Not shown: 1. "));
  EXPECT_TRUE(has(get("related_snippet.html"), "Bee"));
}

TEST_F(RelatedPageTest, TheSameFilesGiveTheSameBytes) {
  const std::string lists = list("a", "A", entry("b", "B")) + list("b", "B", entry("a", "A"));
  page(lists, story("s", "S", 3));
  const std::string first_page = get("related.html"), first_snippet = get("related_snippet.html");
  page(lists, story("s", "S", 3));
  EXPECT_FALSE(first_page.empty());
  EXPECT_EQ(get("related.html"), first_page);
  EXPECT_EQ(get("related_snippet.html"), first_snippet);
  EXPECT_EQ(files(), 4U);  // two read, two written, and nothing left behind
}

TEST_F(RelatedPageTest, AFileThatIsNotThereIsAnErrorThatNamesIt) {
  const auto without_both = write_related_page(directory_);
  ASSERT_FALSE(without_both);
  EXPECT_EQ(without_both.error().code, ErrorCode::input);
  EXPECT_EQ(without_both.error().file, directory_ + "/stories.jsonl");
  put("stories.jsonl", "");
  const auto without_lists = write_related_page(directory_);
  ASSERT_FALSE(without_lists);
  EXPECT_EQ(without_lists.error().file, directory_ + "/related.jsonl");
}

TEST_F(RelatedPageTest, DamageLeavesAFormerPageAsItWas) {
  page(list("a", "A", entry("b", "B")));
  const std::string former = get("related.html");
  put("related.jsonl", list("c", "C", entry("d", "D")) + "{\"id\":\n");
  const auto result = write_related_page(directory_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().file, directory_ + "/related.jsonl");
  EXPECT_EQ(result.error().line, 2U);
  EXPECT_EQ(get("related.html"), former);
  EXPECT_EQ(files(), 4U);
}

}  // namespace
}  // namespace kithkin

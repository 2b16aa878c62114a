// Which rows are read as pages, and what a row says then.
#include "engine/page_text.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kithkin {
namespace {

const std::string kStory =
    "Heavy rain has cut off eleven villages in the valley since Monday, the district said.\n"
    "The road over the pass is closed, and the ferry that would replace it runs only by day.\n"
    "Schools will stay shut until Friday at least, while teachers see to those who live nearby.";

/// A page that holds the story.
std::string page(std::string_view title = "Rain cuts off villages") {
  std::string out = "<!DOCTYPE html><html><head><title>" + std::string(title) +
                    "</title></head><body><nav><a href=/>Home</a></nav><article>";
  for (std::size_t at = 0; at < kStory.size();) {
    const std::size_t end = std::min(kStory.find('\n', at), kStory.size());
    out += "<p>" + kStory.substr(at, end - at) + "</p>";
    at = end + 1;
  }
  return out + "</article></body></html>";
}

PageText page_text(bool clean) {
  CrawlInput input;
  input.clean = clean;
  return PageText(input);
}

/// A row that says what it did before.
void expect_untouched(PageText& pages, const Row& row) {
  Row taken = row;
  std::string reason;
  EXPECT_TRUE(pages.take(taken, reason));
  EXPECT_EQ(taken.text, row.text);
  EXPECT_EQ(taken.text.data(), row.text.data());
  EXPECT_EQ(taken.title, row.title);
  EXPECT_FALSE(taken.is_page) << row.text;
}

/// Takes a row that is a page with the story.
Row expect_story(PageText& pages, Row row) {
  std::string reason;
  EXPECT_TRUE(pages.take(row, reason)) << reason;
  EXPECT_EQ(row.text, kStory);
  EXPECT_TRUE(row.is_page);
  return row;
}

TEST(PageText, LeavesPlainText) {
  for (const bool clean : {false, true}) {
    PageText pages = page_text(clean);
    Row row;
    row.title = "A title";
    for (const std::string_view text :
         {std::string_view(), std::string_view("\n"), std::string_view(kStory),
          std::string_view("<3 and more")}) {
      row.text = text;
      expect_untouched(pages, row);
    }
  }
}

TEST(PageText, TakesThePageOfTheFieldNamedForIt) {
  const std::string html = page();
  for (const bool clean : {false, true}) {
    PageText pages = page_text(clean);
    Row row;
    row.html = html;
    row.text = "A teaser.";
    EXPECT_EQ(expect_story(pages, row).title, "Rain cuts off villages");
  }
}

TEST(PageText, TakesATextThatIsAPageWhereArticlesAreCleaned) {
  const std::string html = page(), below = " \r\n\t" + html;
  for (const std::string_view text : {std::string_view(html), std::string_view(below)}) {
    Row row;
    row.text = text;
    PageText pages = page_text(true), others = page_text(false);
    EXPECT_EQ(expect_story(pages, row).title, "Rain cuts off villages");
    expect_untouched(others, row);
  }
}

TEST(PageText, LeavesTextThatDoesNotBeginWithATag) {
  PageText pages = page_text(true);
  const std::string behind = "They wrote: " + page(), once = "<p>It rained here";
  Row row;
  for (const std::string_view text : {std::string_view(behind), std::string_view(once)}) {
    row.text = text;
    expect_untouched(pages, row);
  }
}

TEST(PageText, KeepsTheTitleThatTheRowHas) {
  const std::string html = page();
  PageText pages = page_text(true);
  Row row;
  row.html = html;
  row.title = "The row's own";
  EXPECT_EQ(expect_story(pages, row).title, "The row's own");
}

TEST(PageText, PrefersTheFieldToTheText) {
  const std::string html = page(), other = page("Something else");
  PageText pages = page_text(true);
  Row row;
  row.html = html;
  row.text = other;
  EXPECT_EQ(expect_story(pages, row).title, "Rain cuts off villages");
}

TEST(PageText, OfAPageWithoutAnArticleIsEmpty) {
  PageText pages = page_text(true);
  Row row;
  row.html = "<html><body></body></html>";
  row.text = "A teaser.";
  std::string reason;
  EXPECT_TRUE(pages.take(row, reason));
  EXPECT_TRUE(row.text.empty());
  EXPECT_TRUE(row.is_page);
}

TEST(PageText, TakesOneRowAfterTheOther) {
  PageText pages = page_text(true);
  const std::string plain = kStory.substr(0, 20);
  for (int n = 0; n < 3; ++n) {
    const std::string html = page("Title " + std::to_string(n));
    Row row;
    row.html = html;
    EXPECT_EQ(expect_story(pages, row).title, "Title " + std::to_string(n));
    Row other;
    other.text = plain;
    expect_untouched(pages, other);
  }
}

TEST(PageText, RefusesAPageThatIsTooMuchForTheParser) {
  std::string html = "<html><body>";
  html.reserve((std::size_t{64} << 20) + 100);
  while (html.size() <= std::size_t{64} << 20)
    html += "Some words that make it too long. ";
  PageText pages = page_text(true);
  Row row;
  row.html = html;
  row.text = "A teaser.";
  std::string reason;
  EXPECT_FALSE(pages.take(row, reason));
  EXPECT_FALSE(reason.empty());
  const std::string small = page();
  row.html = small;
  expect_story(pages, row);
}

}  // namespace
}  // namespace kithkin

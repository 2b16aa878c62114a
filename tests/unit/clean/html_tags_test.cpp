// The tokenizer at the odd corners of HTML, and what tame_html makes of pages that go deep.
#include "clean/html_tags.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {
namespace {

std::vector<std::string> tags(std::string_view html) {
  std::vector<std::string> out;
  HtmlTagScanner scanner(html);
  HtmlTag tag;
  while (scanner.next(tag))
    out.emplace_back(html.substr(tag.begin, tag.end - tag.begin));
  return out;
}

using Tags = std::vector<std::string>;

TEST(HtmlTagScanner, EndsTagsWhereTheyEnd) {
  EXPECT_EQ(tags("a <b> c </b > d"), (Tags{"<b>", "</b >"}));
  EXPECT_EQ(tags("<a title='>' x=\"/>\" y=a>b"), (Tags{"<a title='>' x=\"/>\" y=a>"}));
  EXPECT_EQ(tags("<a x='1'y = '>'>"), (Tags{"<a x='1'y = '>'>"}));
  EXPECT_EQ(tags("<a ='>"), (Tags{"<a ='>"})) << "a name may begin with the sign";
  EXPECT_EQ(tags("<a b'>c'"), (Tags{"<a b'>"})) << "no quote without the sign";
  EXPECT_EQ(tags("<a x=>b"), (Tags{"<a x=>"}));
}

TEST(HtmlTagScanner, SeesNoTagsWhereThereAreNone) {
  EXPECT_EQ(tags("a < b <3 <"), Tags{});
  EXPECT_EQ(tags("<a href='x"), Tags{}) << "cut";
}

TEST(HtmlTagScanner, PassesOverCommentsAndDeclarations) {
  EXPECT_EQ(tags("<!-- <p> -- > --><b>"), (Tags{"<!-- <p> -- > -->", "<b>"}));
  EXPECT_EQ(tags("<!--><b><!---><i><!----><u>"),
            (Tags{"<!-->", "<b>", "<!--->", "<i>", "<!---->", "<u>"}));
  EXPECT_EQ(tags("<!-- x --!><b>"), (Tags{"<!-- x --!>", "<b>"}));
  EXPECT_EQ(tags("<!DOCTYPE html><?xml ?></3><b>"),
            (Tags{"<!DOCTYPE html>", "<?xml ?>", "</3>", "<b>"}));
  EXPECT_EQ(tags("<!-- <b>"), (Tags{"<!-- <b>"}));
}

TEST(HtmlTagScanner, CountsAttributes) {
  HtmlTag tag;
  ASSERT_TRUE(HtmlTagScanner("<IMG a b=c d = 'e f'/>").next(tag));
  EXPECT_EQ(tag.attributes, 3U);
  EXPECT_TRUE(tag.self_closing);
  EXPECT_TRUE(tag.is("img"));
  EXPECT_FALSE(tag.is("im"));
}

TEST(HtmlTagScanner, FindsTheEndOfRawText) {
  const std::string_view html = "if (a</scripts) '</scr' </SCRIPT ><b>";
  HtmlTagScanner scanner(html);
  EXPECT_EQ(scanner.skip_raw_text("script"), "if (a</scripts) '</scr' ");
  HtmlTag tag;
  ASSERT_TRUE(scanner.next(tag));
  EXPECT_EQ(html.substr(tag.begin, tag.end - tag.begin), "</SCRIPT >");
}

std::string tame(const std::string& html) {
  std::string storage;
  const auto result = tame_html(html, storage);
  EXPECT_TRUE(result);
  return result ? std::string(*result) : "";
}

std::string repeat(std::string_view what, int times) {
  std::string out;
  for (int i = 0; i < times; ++i)
    out += what;
  return out;
}

/// The most elements that are open at once, of a page whose tags are balanced.
std::size_t depth(std::string_view html) {
  std::size_t open = 0, most = 0;
  HtmlTagScanner scanner(html);
  for (HtmlTag tag; scanner.next(tag);) {
    if (tag.kind == HtmlTag::Kind::start) most = std::max(most, ++open);
    if (tag.kind == HtmlTag::Kind::end && open > 0) --open;
  }
  return most;
}

TEST(TameHtml, LeavesPagesAsTheyAre) {
  for (const std::string& html :
       {std::string("<div><p>a<p>b</div>"), repeat("<p>", 2000),
        repeat("<ul><li>x<li>y</ul>", 2000), repeat("<div></div>", 2000),
        repeat("<svg><path/></svg>", 2000), repeat("<script><!--<div>--></script>", 2000),
        repeat("<br>", 2000)}) {
    std::string storage;
    const auto result = tame_html(html, storage);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->data(), html.data()) << html.substr(0, 30);
  }
}

TEST(TameHtml, EmptiesScriptsAndStyles) {
  EXPECT_EQ(tame("a<script x=1>'<div>'</script>b<STYLE>x</style>c<script>d"),
            "a<script x=1></script>b<STYLE></style>c<script>");
  EXPECT_EQ(tame("<svg><style>a</style></svg>"), "<svg><style>a</style></svg>")
      << "which is no raw text there";
}

TEST(TameHtml, FlattensWhatNestsTooDeep) {
  for (const std::string_view tags :
       {"<div>", "<span>x", "<ul><li>", "<li><dd>", "<table>", "<svg><foreignObject>", "<b>",
        "<a href=x>", "<div></span>"}) {
    const std::string html = tame(repeat(tags, 5000) + "text");
    EXPECT_LE(depth(html), kMostHtmlDepth) << tags;
    EXPECT_NE(html.find("text"), std::string::npos) << tags;
  }
}

TEST(TameHtml, ClosesWhatWasLeftOpenInside) {
  const std::string html = tame(repeat("<span><div></span>", 1000));
  EXPECT_EQ(html, repeat("<span><div></div></span>", 1000));
}

TEST(TameHtml, KeepsTheTitleAndDropsScripts) {
  EXPECT_EQ(tame("<title>a<b></title><script>'<i>'</script><style>x</style>" + repeat("<u>", 600)),
            "<title>a<b></title>");
}

TEST(TameHtml, MakesNoTagsOfText) { EXPECT_EQ(tame("<<!-- -->b>" + repeat("<u>", 600)), "< b>"); }

TEST(TameHtml, DropsTheAttributesOfATagThatHasTooMany) {
  EXPECT_EQ(tame("<div" + repeat(" a", 300) + ">x</div>"), "<div>x</div>");
}

}  // namespace
}  // namespace kithkin

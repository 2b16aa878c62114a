// What article_of_html takes and leaves, on pages made up here: by structure, by statistics, in
// many scripts, and on input that is no page.
#include "clean/html.h"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace kithkin {
namespace {

HtmlArticle article(std::string_view html) {
  auto found = article_of_html(html);
  EXPECT_TRUE(found) << found.error().describe();
  return found ? std::move(found).value() : HtmlArticle{};
}

std::string text(std::string_view html) { return article(html).text; }

constexpr std::string_view kFlood =
    "Heavy rain has cut off eleven villages in the valley since Monday, the district said.";
constexpr std::string_view kRoads =
    "The road over the pass is closed, and the ferry that would replace it runs only by day.";
constexpr std::string_view kSchools =
    "Schools will stay shut until Friday at least, while teachers see to those who live nearby.";

std::string p(std::string_view text) { return "<p>" + std::string(text) + "</p>"; }

/// Three paragraphs, with something between the second and the third.
std::string story(const std::string& between = "") {
  return p(kFlood) + p(kRoads) + between + p(kSchools);
}

std::string joined(std::initializer_list<std::string_view> all) {
  std::string out;
  for (const std::string_view line : all)
    out += (out.empty() ? "" : "\n") + std::string(line);
  return out;
}

const std::string kStory = joined({kFlood, kRoads, kSchools});

std::string links(int count) {
  std::string out = "<ul>";
  for (int i = 0; i < count; ++i)
    out += "<li><a href=/" + std::to_string(i) + ">Something that happened elsewhere</a></li>";
  return out + "</ul>";
}

// Blocks.

TEST(HtmlText, HasALineForEachParagraph) { EXPECT_EQ(text(story()), kStory); }

TEST(HtmlText, CollapsesWhiteSpaceAndJoinsInlineElements) {
  EXPECT_EQ(text("<p>Heavy   rain\n has <b>cut</b> off\t<i>ele</i>ven vil<span>lages</span> in "
                 "the&nbsp;&#32;valley since Monday.  "),
            "Heavy rain has cut off eleven villages in the valley since Monday.");
}

TEST(HtmlText, BreaksLinesAtBr) {
  EXPECT_EQ(text("<p>Heavy rain has cut off eleven villages, <br> the district said.<br><br>More "
                 "rain is expected tonight.<br></p>"),
            "Heavy rain has cut off eleven villages,\nthe district said.\nMore rain is expected "
            "tonight.");
}

TEST(HtmlText, DecodesEntities) {
  EXPECT_EQ(text("<p>R&amp;D costs &lt; 5&nbsp;&euro;, caf&eacute;s &#x2014; and all that &#8220;"
                 "good&#8221; food &copy 2020 for everyone.</p>"),
            "R&D costs < 5 €, cafés — and all that “good” food © 2020 for everyone.");
}

TEST(HtmlText, LeavesOutCharactersThatAreNotSeen) {
  EXPECT_EQ(text("<p>Heavy rain has cut off elev&shy;en vil&#8203;lages in the val&#x202E;ley "
                 "since Monday.</p>"),
            "Heavy rain has cut off eleven villages in the valley since Monday.");
}

TEST(HtmlText, KeepsTheLinesOfPre) {
  const std::string code = "<pre>\nfor x in all:\n    print(x)\n\nprint('done')\n</pre>";
  EXPECT_EQ(text(story(code)),
            joined({kFlood, kRoads, "for x in all:\n    print(x)\n\nprint('done')", kSchools}));
}

TEST(HtmlText, KeepsListsBetweenParagraphs) {
  EXPECT_EQ(text(story("<ul><li>Roads<li>Schools<li>Power lines</ul>")),
            joined({kFlood, kRoads, "Roads", "Schools", "Power lines", kSchools}));
}

TEST(HtmlText, HasALineForEachRowOfATable) {
  EXPECT_EQ(text(story("<table><tr><th>Village<th>Rain<tr><td>Upper Sill<td>112 mm</table>")),
            joined({kFlood, kRoads, "Village Rain", "Upper Sill 112 mm", kSchools}));
}

TEST(HtmlText, FindsTheArticleInATableThatLaysOutThePage) {
  EXPECT_EQ(text("<table><tr><td>" + links(8) + "<td>" + story() + "<td>" + links(8) + "</table>"),
            kStory);
}

TEST(HtmlText, KeepsHeadingsOverWhatIsKept) {
  EXPECT_EQ(text(p(kFlood) + "<h2>What is closed</h2>" + p(kRoads) + "<h3>Schools</h3>" +
                 p(kSchools) + "<h2>Read more</h2>" + links(4)),
            joined({kFlood, "What is closed", kRoads, "Schools", kSchools}));
}

TEST(HtmlText, KeepsQuotesWithTheLineThatSaysWhoseTheyAre) {
  const std::string quote =
      "<blockquote><p>We have never seen the river this high, not even in the "
      "year of the great flood.</p>&mdash; The ferryman <a href=x>Monday</a>"
      "</blockquote>";
  EXPECT_EQ(
      text(story(quote)),
      joined({kFlood, kRoads,
              "We have never seen the river this high, not even in the year of the great flood.",
              "— The ferryman Monday", kSchools}));
}

TEST(HtmlText, KeepsShortLinesAmongParagraphs) {
  EXPECT_EQ(text(story("<p>“Not yet,” she said</p>")),
            joined({kFlood, kRoads, "“Not yet,” she said", kSchools}));
}

TEST(HtmlText, ReadsParagraphsThatAreBoxes) {
  std::string html;
  for (const std::string_view paragraph : {kFlood, kRoads, kSchools})
    html += "<div><div><span>" + std::string(paragraph) + "</span></div></div>";
  EXPECT_EQ(text("<div>" + html + "</div>"), kStory);
}

TEST(HtmlText, ReadsParagraphsThatAreLineBreaks) {
  EXPECT_EQ(text("<div>" + links(5) + "</div><div>" + std::string(kFlood) + "<br><br>" +
                 std::string(kRoads) + "<br><br>" + std::string(kSchools) + "</div>"),
            kStory);
}

TEST(HtmlText, JoinsTheSectionsOfAnArticle) {
  EXPECT_EQ(
      text("<body>" + links(9) + "<div><section>" + p(kFlood) + p(kRoads) +
           "</section><section><h2>Schools</h2>" + p(kSchools) + p(kFlood) + "</section></div>"),
      joined({kFlood, kRoads, "Schools", kSchools, kFlood}));
}

TEST(HtmlText, ReadsTheBaseOfRubyOnly) {
  EXPECT_EQ(text("<p>大雨<ruby>警報<rp>(</rp><rt>けいほう</rt><rp>)</rp></"
                 "ruby>が県内の全域に出されました。"
                 "住民は避難しています。</p>"),
            "大雨警報が県内の全域に出されました。住民は避難しています。");
}

// What goes by structure.

TEST(HtmlStructure, IsDroppedWhereItIsNoText) {
  for (const std::string_view tag :
       {"script", "style", "noscript", "template", "nav", "aside", "footer", "button", "textarea",
        "label", "iframe", "object", "svg", "video", "canvas", "figcaption"}) {
    const std::string between = "<" + std::string(tag) + ">" +
                                "It is a sentence of some length that nobody should ever find.</" +
                                std::string(tag) + ">";
    EXPECT_EQ(text(story(between)), kStory) << tag;
  }
}

TEST(HtmlStructure, IsDroppedWhereItIsHidden) {
  for (const std::string_view attribute :
       {"hidden", "aria-hidden=true", "style='color: red; DISPLAY : none'",
        "style=visibility:hidden", "role=navigation", "role='presentation complementary'",
        "role=dialog", "role=contentinfo", "role=Banner"}) {
    const std::string between = "<div " + std::string(attribute) +
                                "><p>It is a sentence of some length that nobody should ever "
                                "find.</p></div>";
    EXPECT_EQ(text(story(between)), kStory) << attribute;
  }
}

TEST(HtmlStructure, IsKeptWhereItOnlyLooksHidden) {
  for (const std::string_view attribute :
       {"aria-hidden=false", "style='display:block'", "style='x-display:none'", "role=article"}) {
    EXPECT_EQ(text("<div " + std::string(attribute) + ">" + story() + "</div>"), kStory)
        << attribute;
  }
}

TEST(HtmlStructure, OfABodyThatAScriptWouldShowIsRead) {
  EXPECT_EQ(text("<body style='visibility:hidden' hidden>" + story()), kStory);
}

TEST(HtmlStructure, TellsTheArticleFromLongerComments) {
  std::string comments;
  for (int i = 0; i < 12; ++i)
    comments += "<div><b>Reader</b>" +
                p("I have lived here for years and nothing like this was "
                  "ever seen, whatever they say of it.") +
                "</div>";
  EXPECT_EQ(text("<article>" + story() + "</article><div>" + comments + "</div>"), kStory);
}

TEST(HtmlStatistics, TellTheArticleFromLongerComments) {
  std::string comments;
  for (int i = 0; i < 12; ++i)
    comments += "<div class=c><div>A reader, two days ago</div>" +
                p("I have lived here for years and nothing like this was ever seen, whatever they "
                  "say of it.") +
                "<div>Answer</div></div>";
  EXPECT_EQ(text("<div><div>" + story() + "</div><div>" + comments + "</div></div>"), kStory);
}

TEST(HtmlStructure, BelievesArticleBodyWhereTextAgrees) {
  EXPECT_EQ(text("<div>" + p("Subscribe now and read all that we write, every day of the week.") +
                 "<div itemprop='articleBody'>" + story() + "</div></div>"),
            kStory);
  EXPECT_EQ(text("<div itemprop=articleBody>Soon.</div><div>" + story() + "</div>"), kStory);
}

// What goes by statistics.

TEST(HtmlStatistics, DropBoxesOfLinksBetweenParagraphs) {
  EXPECT_EQ(text(story("<div><h4>More</h4>" + links(4) + "</div>")), kStory);
}

TEST(HtmlStatistics, DropBylinesTagsAndNotices) {
  EXPECT_EQ(text("<div><div>By <a href=a>A. Writer</a></div><div>Monday 14:02</div>" + story() +
                 "<div>Tags: <a href=t>rain</a> <a href=t>roads</a></div><div>Share this</div>"
                 "</div>"),
            kStory);
}

TEST(HtmlStatistics, DropCaptionsInBoxesOfTheirOwn) {
  EXPECT_EQ(text(story() + story("<div><img src=x><div><span>The ferry at its landing below the "
                                 "pass, as seen from the bridge.</span></div></div>")),
            kStory + "\n" + kStory);
}

TEST(HtmlStatistics, DropTeasersBesideTheArticle) {
  std::string teasers = "<ul>";
  for (int i = 0; i < 8; ++i)
    teasers +=
        "<li><a href=x>Minister resigns</a> after a week of talks that brought nothing, as "
        "those close to her had said they would.</li>";
  EXPECT_EQ(text("<div>" + teasers + "</ul></div><div>" + story() + story() + "</div>"),
            kStory + "\n" + kStory);
}

TEST(HtmlStatistics, FindNothingInAPageOfLinks) {
  EXPECT_EQ(text("<h1>Sections</h1>" + links(40) +
                 "<div><a href=x>A long link that says a whole "
                 "sentence about what stands behind it.</a></div><p>© 2020</p>"),
            "");
}

// Scripts.

TEST(HtmlScripts, ArabicIsReadWithItsMarksAndPunctuation) {
  EXPECT_EQ(
      text("<html dir=rtl><ul><li><a href=x>الرئيسية</a><li><a href=x>رياضة</a></ul><article>"
           "<p>قطعت السيول الطرق في وادي السدر منذ صباح اليوم، وأُغلقت المدارس.</p><p>متى تفتح "
           "الطرق من جديد؟ لا أحد يعرف ذلك حتى الآن في القرى المعزولة.</p></article>"),
      "قطعت السيول الطرق في وادي السدر منذ صباح اليوم، وأُغلقت المدارس.\nمتى تفتح الطرق من "
      "جديد؟ لا أحد يعرف ذلك حتى الآن في القرى المعزولة.");
}

TEST(HtmlScripts, HebrewIsRead) {
  EXPECT_EQ(text("<div><a href=x>ראשי</a> | <a href=x>ספורט</a></div><div><p>השיטפונות חסמו את "
                 "הכבישים בעמק מאז הבוקר, ובתי הספר נסגרו.</p><p>הגשר הישן נסגר גם הוא, והמעבורת "
                 "פועלת רק ביום.</p></div>"),
            "השיטפונות חסמו את הכבישים בעמק מאז הבוקר, ובתי הספר נסגרו.\nהגשר הישן נסגר גם הוא, "
            "והמעבורת פועלת רק ביום.");
}

TEST(HtmlScripts, ChineseParagraphsAreProseThoughTheyAreShort) {
  EXPECT_EQ(
      text("<ul><li><a href=x>首页</a><li><a href=x>国际新闻</a></ul><div><p>连日暴雨切断了山谷中"
           "十一个村庄的道路。</p><p>学校将停课至周五。</"
           "p><p>渡轮只在白天开行，居民被告知留在家中。</p>"
           "</div>"),
      "连日暴雨切断了山谷中十一个村庄的道路。\n学校将停课至周五。\n渡轮只在白天开行，居民被告知留在"
      "家中。");
}

TEST(HtmlScripts, JapaneseIsRead) {
  EXPECT_EQ(
      text(
          "<nav>ホーム</nav><div><p>大雨のため谷の十一の村が孤立しています。</p><p>学校は金曜日まで"
          "休みになります。</p></div><div><a href=x>関連記事はこちら</a></div>"),
      "大雨のため谷の十一の村が孤立しています。\n学校は金曜日まで休みになります。");
}

TEST(HtmlScripts, ThaiIsReadThoughItsSentencesHaveNoEnd) {
  const std::string a =
      "ฝนตกหนักตั้งแต่วันจันทร์ทำให้ถนนในหุบเขาถูกตัดขาด หมู่บ้านสิบเอ็ดแห่งไม่สามารถติดต่อกับภายนอกได้ "
      "เจ้าหน้าที่กำลังเร่งให้ความช่วยเหลือประชาชนในพื้นที่";
  const std::string b =
      "โรงเรียนทุกแห่งในอำเภอจะปิดจนถึงวันศุกร์เป็นอย่างน้อย ส่วนเรือข้ามฟากเปิดให้บริการเฉพาะเวลากลางวัน "
      "จนกว่าระดับน้ำจะลดลงสู่ภาวะปกติ";
  EXPECT_EQ(text("<ul><li><a href=x>หน้าแรก</a></ul><div>" + p(a) + p(b) + "</div>"),
            joined({a, b}));
}

TEST(HtmlScripts, DevanagariAndEthiopicEndTheirSentences) {
  const std::string hindi = "भारी बारिश से घाटी के ग्यारह गाँवों का संपर्क टूट गया है।";
  const std::string amharic = "ከባድ ዝናብ በሸለቆው ውስጥ የሚገኙ አሥራ አንድ መንደሮችን መንገድ ከሰኞ ጀምሮ ዘግቷል።";
  EXPECT_EQ(text(p(hindi)), hindi);
  EXPECT_EQ(text(p(amharic)), amharic);
}

// Titles.

TEST(HtmlTitle, IsTheDeclaredOneThenTheOnlyHeadingThenTheWindows) {
  const std::string head = "<title>Flood | The Valley Post</title>";
  const std::string meta = "<meta property='og:title' content='Flood &amp; rain'>";
  EXPECT_EQ(article(head + meta + "<h1>The flood</h1>" + story()).title, "Flood & rain");
  EXPECT_EQ(article(head + "<h1>The <i>flood</i><br>again</h1>" + story()).title,
            "The flood again");
  EXPECT_EQ(article(head + "<h1>One</h1><h1>Two</h1>" + story()).title, "Flood | The Valley Post");
  EXPECT_EQ(article(story()).title, "");
}

TEST(HtmlTitle, IsNoPartOfTheText) {
  EXPECT_EQ(text("<article><h1>The flood</h1>" + story() + "</article>"), kStory);
}

TEST(HtmlTitle, IsNotThatOfADrawing) {
  EXPECT_EQ(article("<body><svg><title>Icon</title></svg>" + story()).title, "");
}

// What is no page.

TEST(BadHtml, GivesNothing) {
  for (const std::string_view html :
       {"", " \n", "<", "</", "<!", "<!--", "<a", "<a href='", "</p>", "<html>", "<head><title>",
        "<!DOCTYPE html>", "<frameset><frame src=a><frame src=b></frameset>"}) {
    EXPECT_EQ(text(html), "") << html;
  }
}

TEST(BadHtml, IsReadAsFarAsItGoes) {
  EXPECT_EQ(text("</div></td>" + story() + "</html>"), kStory);
  EXPECT_EQ(text("<div><div><b>" + story() + "<p"), kStory);
  EXPECT_EQ(text(std::string(kFlood)), kFlood) << "a text without a tag";
}

TEST(BadHtml, MayHoldNulBytesAndBytesThatAreNotUtf8) {
  const std::string nul("\0", 1);
  EXPECT_EQ(text("<p>Heavy rain" + nul + " has cut off eleven \xFF\xC3villages in the valley.</p>"),
            "Heavy rain has cut off eleven \xEF\xBF\xBD\xEF\xBF\xBDvillages in the valley.");
  EXPECT_EQ(text("<p>Heavy rain has cut off eleven villages in the valley. More is\xE2\x82"),
            "Heavy rain has cut off eleven villages in the valley. More is\xEF\xBF\xBD");
}

TEST(BadHtml, MayNestWithoutEnd) {
  for (const std::string_view tag : {"<div>",
                                     "<span>",
                                     "<b>",
                                     "<a href=x>",
                                     "<ul><li>",
                                     "<li><dd>",
                                     "<table><td>",
                                     "<table>",
                                     "<blockquote>",
                                     "<section><p>",
                                     "<font color=red>",
                                     "<x-y>",
                                     "<svg>",
                                     "<math><mi>",
                                     "<button>",
                                     "<template>",
                                     "<select>",
                                     "<ruby><rt>",
                                     "<span><div></span>",
                                     "<frameset><xmp>"}) {
    std::string html;
    for (int i = 0; i < 30000; ++i)
      html += tag;
    EXPECT_TRUE(article_of_html(html + story())) << tag;
  }
}

TEST(BadHtml, KeepsItsTextWhereNestingIsFlattened) {
  std::string html;
  for (int i = 0; i < 20000; ++i)
    html += "<div>";
  EXPECT_EQ(text(html + story()), kStory);
}

TEST(BadHtml, IsRefusedWhereItIsTooLarge) {
  const auto bytes = article_of_html(std::string((std::size_t{64} << 20) + 1, 'x'));
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, ErrorCode::limit);
  std::string tags;
  for (int i = 0; i <= 1'000'000; ++i)
    tags += "<p>";
  const auto many = article_of_html(tags);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, ErrorCode::limit);
}

// Telling pages from texts.

TEST(LooksLikeHtml, SaysYesToPages) {
  for (const std::string_view page :
       {"<!DOCTYPE html><p>x", "\xEF\xBB\xBF \n<HTML>", "<body>", "<div><p>One.</p></div>",
        "It <b>rained</b> all day.<br>", "<!-- saved --><p>a<p>b</p>"}) {
    EXPECT_TRUE(looks_like_html(page)) << page;
  }
}

TEST(LooksLikeHtml, SaysNoToTexts) {
  for (const std::string_view page :
       {"", "It rained.", "a < b and b > c", "<wow> he </wow> said <wow>", "Use <b> for bold.",
        "List<String> a; List<Int> b; List<Map> c;", "if (a<b && c>d) <p"}) {
    EXPECT_FALSE(looks_like_html(page)) << page;
  }
}

}  // namespace
}  // namespace kithkin

// What is debris and what is not, by examples; then what holds for any bytes.
#include "clean/debris.h"

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "unit/base/random.h"

namespace kithkin {
namespace {

std::vector<ByteSpan> debris_of(std::string_view text) {
  std::vector<ByteSpan> spans;
  find_debris(text, spans);
  return spans;
}

/// The text without its debris.
std::string clean(std::string_view text) {
  std::string out;
  std::uint64_t at = 0;
  for (const ByteSpan& span : debris_of(text)) {
    out += text.substr(at, span.begin - at);
    at = span.end;
  }
  return out += text.substr(at);
}

void expect_stays(std::string_view text) { EXPECT_EQ(clean(text), text); }

/// `debris` goes whole from the middle of a line, whatever the language of the line is.
void expect_goes(std::string_view debris) {
  for (const auto& [before, after] : std::vector<std::array<std::string, 2>>{
           {"وصل الوفد أمس. ", " ثم غادر"}, {"They came. ", " Then they left."}}) {
    EXPECT_EQ(clean(before + std::string(debris) + after), before + after) << debris;
  }
}

TEST(FindDebris, TakesStyleRulesWithTheirSelectors) {
  expect_goes(".photo-box{ display:block;top: 67%; }.photo-box img{ margin: auto; }");
  expect_goes(".photo-box { color: red } #main .photo, #main a:hover > b { top: 0; left: 1px }");
  expect_goes(".a{}");
  expect_goes(".vote input[type=radio] { width: auto; }");
  expect_goes("h1, h2 { font-size: 12px }");
}

TEST(FindDebris, FindsARuleThatIsGluedToLettersOfAnotherScript) {
  EXPECT_EQ(clean("المكرمة.photo-box{ top:0; }وصل"), "المكرمة}وصل");
  EXPECT_EQ(clean("北京.photo-box{ top:0; }，上海"), "北京}，上海");
  EXPECT_EQ(clean("وصل body{margin:0} ثم ul li a{ top:0; } غادر"), "وصل  ثم  غادر");
}

TEST(FindDebris, CutsASelectorFromTheWordThatItIsGluedTo) {
  EXPECT_EQ(clean("Here is the Photo.photo-box{ top:0; } of it"), "Here is the Photo of it");
}

TEST(FindDebris, TakesTheCommentsOfARule) {
  expect_goes("/* Styles */table.Box{ top:0; left:0 } /* end */");
}

TEST(FindDebris, TakesRulesInRules) {
  expect_goes("@media only screen and (max-width: 600px) { .a{color:red} .b { top: 0 } }");
  expect_goes(R"(@font-face{font-family:"Example";src:url(a.woff2) format("woff2");})");
  expect_goes("@page { margin: 2cm } P { top: 0.21cm } A:link { top: 1cm }");
  expect_goes("@import url(\"foo.css\");");
  expect_goes("@keyframes turn { 0% { top: 0; } 100% { top: 9px; } }");
}

TEST(FindDebris, TakesRulesOverManyLines) {
  EXPECT_EQ(clean("One.\n.a h1,\n.b h1,\n.c\n{\n  top: 0;\n  left: 0\n}\n/* end */\nTwo.\n"),
            "One.\nTwo.\n");
}

TEST(FindDebris, TakesScripts) {
  expect_goes("adtag.cmd.push(function() { adtag.display('div-1'); });");
  expect_goes("(adqueue = window.adqueue || []).push({});");
  expect_goes(R"(var first = "abc"; var second = 5;)");
  expect_goes("window.layer = window.layer || [];");
  expect_goes(R"(document.write("<b>hello</b>");)");
  expect_goes(R"(document.write("<b>hello</b>"))");
  expect_goes("jQuery(document).ready(function($){ $('.x').click(function(){ hide(); }); });");
  expect_goes("new box.Widget({version: 2, type: 'wide'}).render().setUser('x').start();");
  expect_goes("(function() { var s = d.make('script'); s.src = '//x.org'; d.add(s); })();");
  expect_goes("layer.push({'event': 'x', 'page': {'id': 5}});");
  expect_goes("if (a > b) { c(); } else { d(); }");
  expect_goes("setTimeout(function(){ show(1); }, 500);");
  expect_goes("!function(d,s){var j=d.makeOne(s);j.id=s;}(document,\"script\");");
  expect_goes("function tag(){layer.push(arguments);} tag('js', new Date()); tag('id', 'U-1');");
}

TEST(FindDebris, TakesAScriptOverManyLinesWithItsComments) {
  EXPECT_EQ(clean("一。\n  function go(e) {\n    // 评论\n    if (e.key == 13) {\n      run();\n"
                  "    } else {\n      stop('x');\n    }\n  }\n二。\n"),
            "一。\n二。\n");
}

TEST(FindDebris, TakesACallInALineOfAnotherScript) {
  EXPECT_EQ(clean("خبر document.write(\"hello\") خبر"), "خبر  خبر");
}

TEST(FindDebris, TakesDataInJson) {
  expect_goes(R"({"@context":"https://example.org","name":"عنوان","n":[1,{"a":null}]})");
  expect_goes(R"([{"a":1},{"b":2}])");
  expect_goes(R"({"headline":"قال "نعم" ثم","b":"c"})");
  expect_goes(R"(var all = {"a": {"b": "}"}};)");
}

TEST(FindDebris, TakesTags) {
  expect_goes(R"(<div class="x">)");
  expect_goes("</p>");
  expect_goes("<img\nsrc='a.jpg' alt=\"a > b\" hidden>");
  expect_goes("<hr/>");
  expect_goes("<!-- a comment -->");
  expect_goes("<!DOCTYPE html>");
  expect_goes("<?xml version=\"1.0\"?>");
  EXPECT_EQ(clean("of <em>great</em> value"), "of great value");
  EXPECT_EQ(clean("a <![CDATA[ b ]]> c"), "a  b  c");
  EXPECT_EQ(clean("a //<![CDATA[ var x = \"1\"; //]]> b"), "a  b");
  EXPECT_EQ(clean("either. &lt;br /&gt; This"), "either.  This");
}

TEST(FindDebris, TakesEntities) {
  expect_goes("&nbsp;");
  expect_goes("&#160;&#x2022;");
  expect_goes("&quot;");
  expect_goes("&amp;nbsp;");
}

TEST(FindDebris, LeavesNumbersThatStandForLetters) {
  expect_stays("S&#227;o Paulo, a communiqu&#xE9;, &#1575;&#1604;&#1610;&#1608;&#1605;");
  expect_stays("an entity of no number &#12z;");
}

TEST(FindDebris, TakesResidueOfTemplates) {
  expect_goes("{{ title }} {{start_at|upper}}");
  expect_goes("{% if x %}");
  expect_goes("${user.name}");
  expect_goes("%3Cdiv%20class%3D%22x%22%3E");
  EXPECT_EQ(clean("See [caption id=\"a_1\" align=\"left\"]Photo[/caption] here"), "See Photo here");
  EXPECT_EQ(clean("See [gallery ids=1,2 size=big] here"), "See  here");
}

std::string base64(std::size_t size) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  Random random(5);
  std::string out;
  while (out.size() < size)
    out += kDigits[random.index(kDigits.size())];
  return out;
}

TEST(FindDebris, TakesEncodedData) {
  expect_goes("data:image/png;base64," + base64(40) + "==");
  expect_goes(base64(300) + "==");
}

TEST(FindDebris, LeavesAMarkWhereWordsWouldMeet) {
  EXPECT_EQ(clean("one<br>two"), "one>two");
  EXPECT_EQ(clean("one&nbsp;two"), "one;two");
  EXPECT_EQ(clean("one</td><td>two"), "one>two");
  EXPECT_EQ(clean("وصل<br/>ثم"), "وصل>ثم");
  EXPECT_EQ(clean("one.<br>two"), "one.two");
  EXPECT_EQ(clean("one%3Cdiv%20x%3E"), "one");
  EXPECT_EQ(clean("ثم%3Cdiv%20xثم"), "ثم%ثم");
}

TEST(FindDebris, LeavesNoMarkInAWord) {
  EXPECT_EQ(clean("the 21<sup>st</sup> century"), "the 21st century");
  EXPECT_EQ(clean("H<sub>2</sub>O"), "H2>O") << "what follows the word is another, for all we know";
}

TEST(FindDebris, TakesTheLineThatDebrisHasForItself) {
  EXPECT_EQ(clean("one\n  <br> &nbsp; \ntwo"), "one\ntwo");
  EXPECT_EQ(clean("one\n<p>\n</p>\n"), "one\n");
  EXPECT_EQ(clean("one.<br>\ntwo"), "one.\ntwo");
}

TEST(FindDebris, AppendsToWhatTheCallerHas) {
  std::vector<ByteSpan> spans = {{7, 9}};
  find_debris("a <br/> b", spans);
  EXPECT_EQ(spans, (std::vector<ByteSpan>{{7, 9}, {2, 7}}));
}

TEST(FindDebris, LeavesProse) {
  expect_stays("The law {as amended} holds (see below); Q&A; AT&T; R&D; it (they) will; end.");
  expect_stays("She said {note: see the letter} and {he}; then <sigh> and <3 ;) {: :} <- ->.");
  expect_stays("Prices: $5; 10%; £7 (5% more); [sic]; [and/or]; and[/or] that.");
  expect_stays("Write to <ann@example.org> or see <https://example.org/a?b=c&d=e>.");
  expect_stays("See 44 U.S.C. 3552(b)(6); 19 U.S.C. 1862(d); 29 C.F.R. 4.133(b); or art. 4(a);");
  expect_stays("Discipline(s) sportive(s) concernée(s) ; « citation » ; l'article R. 123-4 ;");
  expect_stays("Acme Corp <ACM.N> and <Acme Holdings Plc> of <ACM>, <REED L> said.");
  expect_stays("for Acme Marketing Inc <em>\nand tool -n <id> -v <id>");
}

TEST(FindDebris, LeavesMathematics) {
  expect_stays(
      "a < b and c > d, a<b, {1, 2, 3}, {x : x > 0}, {a: 1} or {a:1}, f(x) = {1; 2; 3}, {a; b};");
  expect_stays("1° Si PU = 5, PA = PU ; t 1 = 0 ; R 1 = V x 1 000 x L ; x = y;");
  expect_stays("P(A|B) = \\frac{P(B | A)\\, P(A)}{P(B)} and x_{i,j} and x^{n}.");
}

TEST(FindDebris, LeavesOtherScripts) {
  expect_stays("قال {إن الله مع الصابرين}. وأضاف }} ثم {{ وصل iPhone 12 (iOS 16)؛ «نعم»; انتهى");
  expect_stays("ข่าว {ราคา: 5; จำนวน: 6} 中文{说明：一；二}。Сказал {он; она} и ушёл.");
  expect_stays("ثم اكتب `body{margin:0}` في الملف");
}

TEST(FindDebris, LeavesCodeThatIsQuoted) {
  expect_stays("- Run it:\n\n`tool {{path/to/file}} --x='{\"a\": 1}' <br/>`\n");
  expect_stays("```\nvar x = \"abc\";\n<br/>\n```\n");
  expect_stays("The form is '{\"X-Name\": \"Value\"}' here, or \"{{name}}\".");
}

TEST(FindDebris, LeavesExamplesOfManuals) {
  expect_stays(
      "=LOOKUP(\"Gold\"; $A$1:$D$4; 3; 0) or =SUM(1;2;3) of {=IF(A1:A3>0;\"yes\";\"no\")}");
  expect_stays("r2 = RSQ(LN(Data_Y);LN(Data_X))\nSet oDoc = ui.Open(\"Calc\")\n<A1> LEQ 2, <C6>");
  expect_stays("bas.Show(\"{} {}\".format(a.b, c.d))\n{DefA|DefB} {char|char-char}[,...]\n");
  expect_stays("f = Name( [First:=]Value1, [Second:=]Value2 ) [NatNum12 D=ordinal]D\n");
}

TEST(FindDebris, LeavesLinksWithEscapes) {
  expect_stays("See https://example.org/a?q=%3Cdiv%20x%3E and [a](/%3Ewww.example.org/%3c%3C).");
  expect_stays("It returns %D0%B0%D0%B2 for that.");
}

TEST(FindDebris, LeavesWhatIsNotClosed) {
  expect_stays("{ \"a\": 1, and <div class=\"x and a[b c=\"d and {{ e and .x{ top:0;");
  EXPECT_EQ(clean("a <!-- b"), "a  b");
}

// Pieces of debris in any order, so that much of it is closed, and some of it is not.
std::string random_debris(Random& random) {
  constexpr std::string_view kPieces[] = {
      "{",      "}",  "(",        ")",    "<",    ">",    "</",   "/>",     "&",    ";",
      "[",      "]",  "\"",       "'",    "%3C",  "`",    "{{",   "}}",     ":",    "=",
      ".a",     "#b", " ",        " ",    "\n",   "br",   "word", "&nbsp;", "<!--", "-->",
      "م",      "中", "\xC2\xA0", "é",    "😀",    "1",    "x:",   "y;",     "var ", "f(",
      "<a b=c", "/*", "*/",       "\xFF", "\xD9", "\xBD", "\xBD", "\\",     ",",    "data:"};
  std::string text;
  for (std::uint64_t n = random.below(60); n > 0; --n)
    text += kPieces[random.index(std::size(kPieces))];
  return text;
}

bool is_between_letters(std::string_view text, std::uint64_t place) {
  std::uint64_t at = 0;
  while (at < place)
    at += decode_utf8(text, at).size;
  return at == place;
}

TEST(FindDebris, GivesSortedSpansOnBordersOfCharactersForAnyBytes) {
  Random random(11);
  for (int n = 0; n < 100'000; ++n) {
    const std::string text = random_debris(random);
    std::uint64_t end = 0;
    for (const ByteSpan& span : debris_of(text)) {
      ASSERT_LT(span.begin, span.end) << text;
      ASSERT_TRUE(span.begin > end || end == 0) << text;
      ASSERT_LE(span.end, text.size()) << text;
      ASSERT_TRUE(is_between_letters(text, span.begin) && is_between_letters(text, span.end))
          << text;
      end = span.end;
    }
  }
}

// Beginnings are looked up in bits, 64 bytes at a time, which must not tell where a text stands.
TEST(FindDebris, FindsTheSameWhereverATextStands) {
  Random random(13);
  std::string data;
  for (int n = 0; n < 200; ++n)
    data += "aB3dE6gH9+"[random.below(10)];
  const auto shifted = [](std::string_view text, std::size_t by) {
    std::vector<std::array<std::uint64_t, 2>> places;
    for (const ByteSpan& span : debris_of(std::string(by + 1, '\n') + std::string(text)))
      places.push_back({span.begin - by - 1, span.end - by - 1});
    return places;
  };
  std::size_t found = 0;
  for (int n = 0; n < 2000; ++n) {
    std::string text = random_debris(random);
    if (random.chance(.3)) text.insert(random.index(text.size() + 1), " " + data + " ");
    if (text.find('\n') == 0 || text.starts_with(' ')) text.insert(0, "x");
    const auto expected = shifted(text, 0);
    found += expected.size();
    for (int times = 0; times < 4; ++times)
      ASSERT_EQ(shifted(text, 1 + random.below(200)), expected) << text;
  }
  EXPECT_GT(found, 2000U);
}

// What was apart may make debris anew once the debris between is gone, so a second look is not
// always idle; on such random text it finds less than a fiftieth of what the first found.
TEST(FindDebris, FindsLittleInWhatItLeft) {
  Random random(12);
  std::size_t first = 0, second = 0;
  for (int n = 0; n < 100'000; ++n) {
    const std::string text = random_debris(random);
    const std::string once = clean(text);
    first += text.size() - once.size();
    second += once.size() - clean(once).size();
  }
  EXPECT_GT(first, 100'000U);
  EXPECT_LT(second * 50, first);
}

TEST(FindDebris, IsDoneAtOnceWithAMegabyteOfBeginnings) {
  for (const std::string_view piece :
       {"{",    "<",      "&",    "(",    "{:;",    "[",       "%3C", "`",     "a(\"",
        "<!--", "<a b='", "{ ' ", "x=;",  "\"",     "{(",      "/*{", "&amp;", "&lt;a",
        "{a:",  "f({",    ".a,",  "((a)", "x=(y);", "[a b=\"", "`{``"}) {
    std::string text;
    while (text.size() < 1 << 20)
      text += piece;
    debris_of(text);  // ctest's time limit is the expectation
  }
}

}  // namespace
}  // namespace kithkin

// Foreign text in a page: what becomes of markup, addresses, dates and directions.
#include "report/html_text.h"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace kithkin {
namespace {

std::string link(std::string_view url) { return html_link(url).value_or("no link"); }
std::string attributes(std::string_view declared, std::string_view text) {
  return writing_of(declared, text).attributes();
}

TEST(HtmlText, WhatIsMarkupElsewhereIsTextHere) {
  EXPECT_EQ(escape_html("<b class=\"x\" id='y'>&amp;</b>"),
            "&lt;b class=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;");
  EXPECT_EQ(html_text("</style><script>1</script>"),
            "&lt;/style&gt;&lt;script&gt;1&lt;/script&gt;");
}

TEST(HtmlText, BytesThatAreNotUtf8AndControlsAreReplaced) {
  EXPECT_EQ(escape_html("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(escape_html(std::string_view("a\0z\x1B\x7F", 5)), "a\uFFFDz\uFFFD\uFFFD");
  EXPECT_EQ(html_text("caf\xE9"), "caf\uFFFD");
  EXPECT_EQ(html_text("\xD9\x81\xF0\x9F\x98\x80"), "\u0641\U0001F600");
}

TEST(HtmlText, WhatSteersTheDisplayIsLeftOut) {
  EXPECT_EQ(html_text("a\u202Eb\u2069c\u2067d\u200Fe\n\t f"), "abcde f");
  EXPECT_EQ(html_isolate("\u2069\u202E abc"), "<bdi dir=\"ltr\">abc</bdi>");
}

TEST(HtmlText, AnIsolateReadsAsMostOfItsLettersDo) {
  EXPECT_EQ(html_isolate("iPhone يصل إلى الأسواق"),
            "<bdi dir=\"rtl\">iPhone يصل إلى الأسواق</bdi>");
  EXPECT_EQ(html_isolate("בר opens in Haifa"), "<bdi dir=\"ltr\">בר opens in Haifa</bdi>");
  EXPECT_EQ(html_isolate("2024"), "<bdi dir=\"auto\">2024</bdi>");
}

TEST(HtmlText, OnlyAddressesOfTheWebAreLinks) {
  EXPECT_EQ(link("http://a.example/b?c=1&d=\"e\""), "http://a.example/b?c=1&amp;d=&quot;e&quot;");
  EXPECT_EQ(link(" HTTPS://a.example/ "), "HTTPS://a.example/");
  EXPECT_EQ(link("https://a.example/\xFF"), "https://a.example/\uFFFD");
  for (const char* bad : {"",
                          "javascript:alert(1)",
                          " javascript:alert(1)",
                          "JaVaScRiPt:alert(1)",
                          "java\tscript:1",
                          "data:text/html,x",
                          "file:///etc/passwd",
                          "//a.example/",
                          "/a",
                          "a.example",
                          "http:",
                          "http:a.example",
                          "http://",
                          "http:///a",
                          "https://:80/",
                          "ftp://a.example/",
                          "http://a.example/\nb",
                          "http://a\tb/",
                          "http://a b/",
                          "vbscript:http://a.example/"}) {
    EXPECT_EQ(link(bad), "no link") << bad;
    EXPECT_EQ(html_host(bad), "") << bad;
  }
}

TEST(HtmlText, TheHostIsTheOneThatABrowserGoesTo) {
  EXPECT_EQ(html_host("https://www.A.Example:8080/x"), "a.example");
  EXPECT_EQ(html_host("https://good.example@evil.example/x"), "evil.example");
  EXPECT_EQ(html_host("https://evil.example\\@good.example/x"), "evil.example");
  EXPECT_EQ(html_host("https://evil.example?@good.example/x"), "evil.example");
  EXPECT_EQ(html_host("https://evil.example#@good.example/x"), "evil.example");
  EXPECT_EQ(html_host("https://[2001:db8::1]/x"), "[2001:db8::1]");
  EXPECT_EQ(html_host("https://<b>/x"), "&lt;b&gt;");
}

TEST(HtmlText, ADateIsItsDay) {
  EXPECT_EQ(html_day("2024-05-01T10:00:00Z"),
            "<time datetime=\"2024-05-01T10:00:00Z\">2024-05-01</time>");
  EXPECT_EQ(html_day("2024-05-01"), "<time datetime=\"2024-05-01\">2024-05-01</time>");
  EXPECT_EQ(html_day("2024-05-01T\"><b>"),
            "<time datetime=\"2024-05-01T&quot;&gt;&lt;b&gt;\">2024-05-01</time>");
  EXPECT_EQ(html_day("2024-05-012<b>"), "2024-05-012&lt;b&gt;");
  EXPECT_EQ(html_day("May"), "May");
  EXPECT_EQ(html_day(""), "");
}

TEST(HtmlText, ADeclaredLanguageSaysWhereItsLinesBegin) {
  EXPECT_EQ(attributes("ar", "iPhone 15 في الأسواق"), " lang=\"ar\" dir=\"rtl\"");
  EXPECT_EQ(attributes("AR_eg.UTF-8", "خبر"), " lang=\"AR-eg\" dir=\"rtl\"");
  EXPECT_EQ(attributes("fa", "خبر"), " lang=\"fa\" dir=\"rtl\"");
  EXPECT_EQ(attributes("ur", "خبر"), " lang=\"ur\" dir=\"rtl\"");
  EXPECT_EQ(attributes("he", ""), " lang=\"he\" dir=\"rtl\"");
  EXPECT_EQ(attributes("syr", "2024"), " lang=\"syr\" dir=\"rtl\"");
  EXPECT_EQ(attributes("en", "Haifa בר"), " lang=\"en\" dir=\"ltr\"");
  EXPECT_EQ(attributes("pa-Arab-PK", ""), " lang=\"pa-Arab-PK\" dir=\"rtl\"");
  EXPECT_EQ(attributes("pa", ""), " lang=\"pa\" dir=\"ltr\"");
  EXPECT_EQ(attributes("ku-Latn", ""), " lang=\"ku-Latn\" dir=\"ltr\"");
  EXPECT_EQ(attributes("az-Latn", ""), " lang=\"az-Latn\" dir=\"ltr\"");
}

TEST(HtmlText, ALanguageThatNoLetterBearsOutIsNotBelieved) {
  EXPECT_EQ(attributes("en", "يصل إلى الأسواق"), " lang=\"und-Arab\" dir=\"rtl\"");
  EXPECT_EQ(attributes("ar", "Breaking news"), " lang=\"\" dir=\"ltr\"");
}

TEST(HtmlText, WithoutADeclaredLanguageMostLettersDecide) {
  EXPECT_EQ(attributes("", "iPhone يصل إلى الأسواق"), " lang=\"und-Arab\" dir=\"rtl\"");
  EXPECT_EQ(attributes("und", "חדשות"), " lang=\"he\" dir=\"rtl\"");
  EXPECT_EQ(attributes("", "ܫܠܡܐ"), " lang=\"syr\" dir=\"rtl\"");
  EXPECT_EQ(attributes("", "ދިވެހި"), " lang=\"dv\" dir=\"rtl\"");
  EXPECT_EQ(attributes("", "ߒߞߏ"), " lang=\"nqo\" dir=\"rtl\"");
  EXPECT_EQ(attributes("", "新聞"), " lang=\"und-Hani\" dir=\"ltr\"");
  EXPECT_EQ(attributes("", "뉴스"), " lang=\"ko\" dir=\"ltr\"");
  EXPECT_EQ(attributes("", "News"), " lang=\"\" dir=\"ltr\"");
  EXPECT_EQ(attributes("", "2024"), " lang=\"\" dir=\"ltr\"");
}

TEST(HtmlText, ALanguageTagIsNoWayIntoTheMarkup) {
  EXPECT_EQ(attributes("en\" onclick=\"x", "News"), " lang=\"\" dir=\"ltr\"");
  EXPECT_EQ(attributes("<b>", "News"), " lang=\"\" dir=\"ltr\"");
  EXPECT_EQ(attributes("\xFF\xFF", "News"), " lang=\"\" dir=\"ltr\"");
  EXPECT_EQ(attributes("-", "News"), " lang=\"\" dir=\"ltr\"");
  EXPECT_EQ(attributes(std::string(1000, 'a'), "News"), " lang=\"\" dir=\"ltr\"");
}

TEST(HtmlText, NumbersAreGroupedByThousands) {
  EXPECT_EQ(group_digits(0), "0");
  EXPECT_EQ(group_digits(999), "999");
  EXPECT_EQ(group_digits(1000), "1,000");
  EXPECT_EQ(group_digits(1234567), "1,234,567");
}

}  // namespace
}  // namespace kithkin

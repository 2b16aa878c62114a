// One JSON line to a row: which fields are found where, and that nothing that is not JSON gets by,
// wherever in the line it stands.
#include "corpus/row_parser.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {
namespace {

/// What a line gave, with its views copied.
struct Parsed {
  bool ok = false;
  std::string reason;
  std::optional<std::string> id;
  std::string text, source, title, url, lang;
  std::optional<std::int64_t> date;
};

Parsed parse(RowParser& parser, std::string_view line) {
  std::string padded(line);
  padded.append(RowParser::kPadding, 'x');  // the next line, as it were
  Row row;
  Parsed out;
  out.ok = parser.parse(std::string_view(padded).substr(0, line.size()), row, out.reason);
  if (!out.ok) return out;
  if (row.id) out.id = std::string(*row.id);
  out.text = row.text, out.source = row.source, out.title = row.title;
  out.url = row.url, out.lang = row.lang, out.date = row.date;
  return out;
}

Parsed parse(std::string_view line, const FieldNames& names = {}) {
  RowParser parser(names);
  return parse(parser, line);
}

std::string reason(std::string_view line, const FieldNames& names = {}) {
  const Parsed parsed = parse(line, names);
  return parsed.ok ? "accepted" : parsed.reason;
}

/// A line whose text is fine and which holds `value` in a field nobody asked for.
std::string with_unknown(std::string_view value) {
  return R"({"id":"a","other":)" + std::string(value) + R"(,"text":"t"})";
}

FieldNames text_field(std::string name) {
  FieldNames names;
  names.text = std::move(name);
  return names;
}

// Fields ----------------------------------------------------------------------------------------

TEST(RowParser, AllFieldsAreFoundInAnyOrder) {
  const Parsed row = parse(R"({"lang":"ar","text":"the text","source":"s","date":"2015-07-23",)"
                           R"("title":"T","url":"http://x/","id":"a"})");
  ASSERT_TRUE(row.ok) << row.reason;
  EXPECT_EQ(row.id, "a");
  EXPECT_EQ(row.text, "the text");
  EXPECT_EQ(row.source, "s");
  EXPECT_EQ(row.title, "T");
  EXPECT_EQ(row.url, "http://x/");
  EXPECT_EQ(row.lang, "ar");
  EXPECT_EQ(row.date, 1437609600);
}

TEST(RowParser, OnlyTheTextIsRequired) {
  const Parsed row = parse(R"({"text":""})");
  ASSERT_TRUE(row.ok) << row.reason;
  EXPECT_EQ(row.id, std::nullopt);
  EXPECT_EQ(row.date, std::nullopt);
  EXPECT_EQ(reason(R"({"id":"a"})"), R"("text" is missing)");
  EXPECT_EQ(reason("{}"), R"("text" is missing)");
  for (const std::string_view value : {"null", "1", "true", "[\"t\"]", "{\"t\":\"t\"}"}) {
    EXPECT_EQ(reason(R"({"text":)" + std::string(value) + "}"), R"("text" is not a string)");
  }
}

TEST(RowParser, OtherFieldsOfAWrongTypeCountAsAbsent) {
  const Parsed row = parse(R"({"id":["a"],"url":1,"title":null,"date":{"y":1},"lang":true,)"
                           R"("source":["x"],"text":"t"})");
  ASSERT_TRUE(row.ok) << row.reason;
  EXPECT_EQ(row.id, std::nullopt);
  EXPECT_EQ(row.url + row.title + row.lang + row.source, "");
  EXPECT_EQ(row.date, std::nullopt);
}

TEST(RowParser, FieldsCanBeRenamed) {
  FieldNames names;
  names.id = "key", names.text = "body", names.source = "site";
  const Parsed row = parse(R"({"id":"no","key":"yes","text":1,"body":"b","site":"s"})", names);
  ASSERT_TRUE(row.ok) << row.reason;
  EXPECT_EQ(row.id, "yes");
  EXPECT_EQ(row.text, "b");
  EXPECT_EQ(row.source, "s");
  EXPECT_EQ(reason(R"({"text":"t"})", names), R"("body" is missing)");
}

TEST(RowParser, TwoFieldsMayHaveOneName) {
  FieldNames names;
  names.id = names.url = "link";
  const Parsed row = parse(R"({"link":"http://x/","text":"t"})", names);
  EXPECT_EQ(row.id, "http://x/");
  EXPECT_EQ(row.url, "http://x/");
}

TEST(RowParser, EscapesAreTakenOutOfKeysAndValues) {
  const Parsed row = parse(R"({"\u0074ext":"a\n\u00e9\ud83d\ude00\"\\","i\u0064":"\t"})");
  ASSERT_TRUE(row.ok) << row.reason;
  EXPECT_EQ(row.text, "a\né😀\"\\");
  EXPECT_EQ(row.id, "\t");
}

TEST(RowParser, LoneSurrogatesAreReadAsReplacementCharacters) {
  EXPECT_EQ(parse(R"({"text":"a\ud800b"})").text, "a\uFFFDb");
  EXPECT_EQ(parse(R"({"text":"t","id":"\udfff"})").id, "\uFFFD");
  EXPECT_TRUE(parse(with_unknown(R"("\ud800")")).ok);
  EXPECT_TRUE(parse(R"({"\ud800":1,"text":"t"})").ok);
}

// Dotted names ----------------------------------------------------------------------------------

TEST(RowParserPaths, ADottedNameIsAPath) {
  const auto names = text_field("a.b.c");
  EXPECT_EQ(parse(R"({"a":{"x":1,"b":{"c":"deep","d":[]}}})", names).text, "deep");
  EXPECT_EQ(reason(R"({"a":{"b":"no"}})", names), R"("a.b.c" is missing)");
  EXPECT_EQ(reason(R"({"a":[{"b":{"c":"no"}}]})", names), R"("a.b.c" is missing)");
  EXPECT_EQ(reason(R"({"b":{"c":"no"}})", names), R"("a.b.c" is missing)");
}

TEST(RowParserPaths, AKeyThatItselfHoldsTheDotsIsFoundFirst) {
  const auto names = text_field("meta.body");
  for (const std::string_view line : {R"({"meta.body":"flat","meta":{"body":"nested"}})",
                                      R"({"meta":{"body":"nested"},"meta.body":"flat"})"}) {
    EXPECT_EQ(parse(line, names).text, "flat") << line;
  }
  EXPECT_EQ(reason(R"({"meta.body":1,"meta":{"body":"nested"}})", names),
            R"("meta.body" is not a string)");
}

TEST(RowParserPaths, PartOfAPathMayHoldDots) {
  EXPECT_EQ(parse(R"({"a.b":{"c":"t"}})", text_field("a.b.c")).text, "t");
  EXPECT_EQ(parse(R"({"a":{"b.c":"t"}})", text_field("a.b.c")).text, "t");
}

TEST(RowParserPaths, AnObjectCanHoldOneFieldAndBeAnother) {
  FieldNames names;
  names.id = "meta", names.text = "meta.text", names.source = "meta.source.name";
  const Parsed row = parse(R"({"meta":{"text":"t","source":{"name":"s"}}})", names);
  ASSERT_TRUE(row.ok) << row.reason;
  EXPECT_EQ(row.id, std::nullopt);
  EXPECT_EQ(row.text, "t");
  EXPECT_EQ(row.source, "s");
}

TEST(RowParserPaths, NamesThatOnlyBeginAlikeAreOthers) {
  EXPECT_EQ(reason(R"({"tex":"no","textual":"no","a":{"text":"no"}})"), R"("text" is missing)");
  EXPECT_EQ(reason(R"({"ab":{"c":"no"}})", text_field("a.c")), R"("a.c" is missing)");
}

// Ids and dates ---------------------------------------------------------------------------------

TEST(RowParserIds, ANumberIsTakenAsItsDigits) {
  for (const std::string_view digits :
       {"0", "-0", "7", "1e3", "1E+3", "1.0", "1.50", "-12", "9007199254740993",
        "123456789012345678901234567890", "0.1e-7", "1e999"}) {
    for (const std::string_view end : {"}", " }", ",\"text\":\"t\"}"}) {
      const std::string line = R"({"text":"t","id":)" + std::string(digits) + std::string(end);
      EXPECT_EQ(parse(line).id, std::string(digits)) << line;
    }
  }
}

TEST(RowParserIds, ANumberThatJsonDoesNotKnowIsNotJson) {
  for (const std::string_view digits :
       {"007", "00",  "-",   "+1",  ".5",       "1.",        "1.e3", "1e",  "1e+", "0x10", "1_000",
        "1,5", "--1", "1-2", "NaN", "Infinity", "-Infinity", "1a",   "1 2", "-01", "1٢"}) {
    EXPECT_NE(reason(R"({"text":"t","id":)" + std::string(digits) + "}"), "accepted") << digits;
    EXPECT_NE(reason(with_unknown(digits)), "accepted") << digits;
    EXPECT_NE(reason(with_unknown("[{\"a\":" + std::string(digits) + "}]")), "accepted") << digits;
  }
}

TEST(RowParserIds, AnEmptyIdIsNone) {
  EXPECT_EQ(parse(R"({"id":"","text":"t"})").id, std::nullopt);
  EXPECT_EQ(parse(R"({"id":" ","text":"t"})").id, " ");
  EXPECT_EQ(parse(R"({"id":"\u0000","text":"t"})").id, std::string(1, '\0'));
}

TEST(RowParserDates, StringsAndNumbersAreDates) {
  EXPECT_EQ(parse(R"({"text":"t","date":"Thu, 23 Jul 2015 08:05:00 +0300"})").date, 1437627900);
  EXPECT_EQ(parse(R"({"text":"t","date":1437627900})").date, 1437627900);
  EXPECT_EQ(parse(R"({"text":"t","date":1437627900000})").date, 1437627900);
  EXPECT_EQ(parse(R"({"text":"t","date":1437627900.75 })").date, 1437627900);
  EXPECT_EQ(parse(R"({"text":"t","date":-86400})").date, -86400);
  EXPECT_EQ(parse(R"({"text":"t","date":1.4376279e9})").date, 1437627900);
  EXPECT_EQ(parse(R"({"text":"t","date":"soon"})").date, std::nullopt);
}

TEST(RowParserDates, ANumberBeyondAllTimeIsNoDate) {
  EXPECT_EQ(parse(R"({"text":"t","date":1e300})").date, std::nullopt);
  EXPECT_EQ(parse(R"({"text":"t","date":1e999})").date, std::nullopt);
}

// Members that stand twice ----------------------------------------------------------------------

TEST(RowParserTwice, OfMembersThatStandTwiceTheLastCounts) {
  EXPECT_EQ(parse(R"({"text":"one","text":"two"})").text, "two");
  EXPECT_EQ(parse(R"({"text":1,"text":"two"})").text, "two");
  EXPECT_EQ(reason(R"({"text":"one","text":2})"), R"("text" is not a string)");
  EXPECT_EQ(parse(R"({"id":"a","id":7,"text":"t"})").id, "7");
  EXPECT_EQ(parse(R"({"id":"a","id":null,"text":"t"})").id, std::nullopt);
  EXPECT_EQ(parse(R"({"a":{"b":"one"},"a":{"b":"two"}})", text_field("a.b")).text, "two");
}

// What is not JSON ------------------------------------------------------------------------------

TEST(RowParserStrict, ALineThatIsNoObjectIsToldSo) {
  for (const std::string_view line :
       {"[]", "[{\"text\":\"t\"}]", "\"text\"", "1", "true", "null"}) {
    EXPECT_EQ(reason(line), "not a JSON object") << line;
  }
}

TEST(RowParserStrict, GarbageForALineIsNotJson) {
  for (const std::string_view line : {"x",
                                      "{",
                                      "}",
                                      "{]",
                                      "{\"text\"",
                                      "{\"text\":",
                                      "{\"text\":\"t\"",
                                      "{\"text\":\"t",
                                      "{'text':'t'}",
                                      "{text:\"t\"}",
                                      "<html>",
                                      "\xEF\xBB\xBF{",
                                      ",",
                                      "{,}",
                                      "{\"text\" \"t\"}",
                                      "{\"text\"::\"t\"}",
                                      "{\"text\":\"t\",}",
                                      "{\"text\":\"t\",,\"id\":1}",
                                      "{1:\"t\"}",
                                      "{\"text\":\"t\" \"id\":1}",
                                      "{\"text\":\"t\";}",
                                      "{\"text\":\"t\"]"}) {
    EXPECT_EQ(reason(line), "not valid JSON") << line;
  }
}

TEST(RowParserStrict, TrailingContentIsRefused) {
  for (const std::string_view after :
       {"x", "{}", "{\"text\":\"u\"}", ",", "}", "]", "1", "\"\"", " null", "  //", "#"}) {
    EXPECT_EQ(reason(R"({"text":"t"})" + std::string(after)), "not valid JSON") << after;
  }
  for (const std::string_view after : {"", " ", "\t \r", "\r"}) {
    EXPECT_TRUE(parse(R"({"text":"t"})" + std::string(after)).ok);
  }
}

// simdjson's on-demand parser passes over what it is not asked for.
TEST(RowParserStrict, GarbageInsideValuesNobodyAskedForIsRefused) {
  for (const std::string_view value : {"tru",
                                       "truee",
                                       "nul",
                                       "nulll",
                                       "None",
                                       "fals",
                                       "falsey",
                                       "TRUE",
                                       "undefined",
                                       "[",
                                       "]",
                                       "{",
                                       "[1 2]",
                                       "[1,]",
                                       "[,1]",
                                       "[,]",
                                       "[1,,2]",
                                       "{\"a\"}",
                                       "{\"a\":}",
                                       "{\"a\":1,}",
                                       "{\"a\" 1}",
                                       "{a:1}",
                                       "{1:1}",
                                       "{\"a\":1 \"b\":2}",
                                       "[}",
                                       "{]",
                                       "[{]",
                                       "[1}",
                                       "{\"a\":1]",
                                       "\"\\x\"",
                                       "\"\\u12\"",
                                       "\"\\",
                                       "\"a\nb\"",
                                       "\"a\" \"b\"",
                                       "'a'",
                                       "[\"\\q\"]",
                                       "{\"a\":\"\\q\"}",
                                       "{\"\\q\":1}",
                                       "[[[[\"\\q\"]]]]",
                                       "[[[[tru]]]]",
                                       "{\"a\":[{\"b\":nul}]}",
                                       "[true false]",
                                       "[truefalse]",
                                       "\"a\"b",
                                       "1 true",
                                       "[:]",
                                       "{:}",
                                       "{\"a\"::1}",
                                       "\\",
                                       "@",
                                       ""}) {
    EXPECT_NE(reason(with_unknown(value)), "accepted") << value;
  }
}

// Found by mutation: passed over, a string with a colon behind it was taken for a key.
TEST(RowParserStrict, AStringIsNoKeyWhereAValueBelongs) {
  for (const std::string_view line :
       {R"({"text":"t","x":[1,"k":null}]})", R"({"text":"t","x":["k":1]],"id":7})",
        R"({"text":"t","x":{"a":"k":1}},"id":7})", R"({"text":"t","x":"k":{}},"id":7})",
        R"({"text":"t":{}},"id":7})", R"({"text":"t","x":[1,"k":null}],"b":true})"}) {
    EXPECT_EQ(reason(line), "not valid JSON") << line;
  }
}

TEST(RowParserStrict, ControlCharactersBetweenTokensAreRefused) {
  for (const char c : {'\0', '\1', '\v', '\f', '\x1F', '\x7F'}) {
    for (const std::string_view before :
         {R"({"text":"t","id":7)", R"({"text":"t","x":true)", R"({"text":"t","x":"y")",
          R"({"text":"t","x":[])", R"({"text":)", R"({)"}) {
      const std::string rest = before.ends_with('{')   ? "\"text\":\"t\"}"
                               : before.ends_with(':') ? "\"t\"}"
                                                       : "}";
      EXPECT_NE(reason(std::string(before) + c + rest), "accepted") << before << " and " << int{c};
    }
  }
}

TEST(RowParserStrict, EveryKindOfValueNobodyAskedForIsFine) {
  for (const std::string_view value :
       {"true", "false", "null", "[]", "{}", "[ ]", "{ }", "[[],{}]", "[1,2,[3]]", "\"\"",
        "{\"a\":{\"b\":[true,null,-0.5e+3,\"\\u00e9\"]}}", " 1 ", "\t[\t1\t,\t2\t]\t",
        "{\"text\":5}", "\"{\\\"text\\\":1}\"", "\"]}\""}) {
    EXPECT_EQ(reason(with_unknown(value)), "accepted") << value;
  }
}

TEST(RowParserStrict, ControlCharactersInsideStringsAreNamed) {
  const std::string_view named = "a control character (such as NUL) stands in a string unescaped";
  for (const char c : {'\0', '\1', '\t', '\x1F'}) {
    EXPECT_EQ(reason("{\"text\":\"a" + std::string(1, c) + "b\"}"), named);
    EXPECT_EQ(reason("{\"other\":\"a" + std::string(1, c) + "b\",\"text\":\"t\"}"), named);
    EXPECT_EQ(reason("{\"a" + std::string(1, c) + "b\":1,\"text\":\"t\"}"), named);
  }
  EXPECT_NE(reason(std::string("{\"text\":\"t\"\0}", 13)), "accepted");
  EXPECT_NE(reason(std::string("{\"text\":\"t\"}\0", 13)), "accepted");
  EXPECT_NE(reason(std::string(1, '\0')), "accepted");
}

TEST(RowParserStrict, InvalidUtf8IsNamedWhereverItStands) {
  for (const std::string_view bytes : {"\xFF", "\xC3", "\x80", "\xC0\x80", "\xED\xA0\x80",
                                       "\xF4\x90\x80\x80", "\xE2\x82", "\xF0\x9F\x98"}) {
    const std::string bad(bytes);
    EXPECT_EQ(reason("{\"text\":\"a" + bad + "\"}"), "invalid UTF-8");
    EXPECT_EQ(reason("{\"text\":\"t\",\"x\":\"" + bad + "b\"}"), "invalid UTF-8");
    EXPECT_EQ(reason("{\"" + bad + "\":1,\"text\":\"t\"}"), "invalid UTF-8");
    EXPECT_EQ(reason("{\"text\":\"t\"}" + bad), "invalid UTF-8");
  }
}

std::string nested(std::string_view open, std::string_view close, std::size_t levels) {
  std::string out;
  for (std::size_t i = 0; i < levels; ++i)
    out += open;
  if (open.back() == ':') out += "1";
  for (std::size_t i = 0; i < levels; ++i)
    out += close;
  return out;
}

TEST(RowParserStrict, NestingHasALimitThatIsNamed) {
  const std::string_view named = "nested deeper than 512 levels";
  for (const auto& [open, close] : {std::pair("[", "]"), std::pair("{\"a\":", "}")}) {
    EXPECT_EQ(reason(with_unknown(nested(open, close, 500))), "accepted");
    EXPECT_EQ(reason(with_unknown(nested(open, close, 600))), named);
    EXPECT_EQ(reason(with_unknown(nested(open, close, 5'000))), named);
    EXPECT_EQ(reason(with_unknown(nested(open, close, 1'000'000))), named);
  }
  EXPECT_NE(reason(with_unknown(std::string(1'000'000, '['))), "accepted");
}

// One parser, many lines ------------------------------------------------------------------------

TEST(RowParser, NothingIsLeftOfTheLineBefore) {
  RowParser parser({});
  EXPECT_EQ(parse(parser, R"({"id":"a","date":1,"source":"s","text":"one"})").text, "one");
  const Parsed second = parse(parser, R"({"text":"two"})");
  EXPECT_EQ(second.text, "two");
  EXPECT_EQ(second.id, std::nullopt);
  EXPECT_EQ(second.date, std::nullopt);
  EXPECT_EQ(second.source, "");
  EXPECT_FALSE(parse(parser, R"({"text":)").ok);
  const Parsed third = parse(parser, R"({"text":"three"})");
  EXPECT_TRUE(third.ok);
  EXPECT_EQ(third.reason, "");
}

TEST(RowParser, AShortLineAfterAGiantOneIsReadAsEver) {
  RowParser parser({});
  for (const std::size_t size : {std::size_t{100'000}, std::size_t{40} << 20}) {
    const std::string giant(size, 'g');
    EXPECT_EQ(parse(parser, "{\"text\":\"" + giant + "\"}").text.size(), size);
    EXPECT_EQ(parse(parser, R"({"id":"s","text":"short\n"})").text, "short\n");
    EXPECT_EQ(parse(parser, "{\"text\":\"" + giant + "\\n\"}").text.size(), size + 1);
    EXPECT_EQ(parse(parser, R"({"text":"short"})").text, "short");
  }
}

TEST(RowParser, AMovedParserGoesOn) {
  RowParser first({});
  RowParser second(std::move(first));
  EXPECT_EQ(parse(second, R"({"text":"t"})").text, "t");
}

TEST(RowParser, AnyLineCutAnywhereIsRefused) {
  const std::string line = R"({"id":12.5e3,"a":[1,{"b":null}],"text":"x\u00e9\n","c":true})";
  ASSERT_TRUE(parse(line).ok);
  RowParser parser({});
  for (std::size_t size = 0; size < line.size(); ++size) {
    EXPECT_FALSE(parse(parser, line.substr(0, size)).ok) << line.substr(0, size);
  }
}

}  // namespace
}  // namespace kithkin

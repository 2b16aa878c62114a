// The vector of a row: what the parser hands on of a line, and the numbers in it.
#include "corpus/number_array.h"

#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/row_parser.h"

namespace kithkin {
namespace {

struct Read {
  bool is_row = false, ok = false;
  std::string token, reason;
  std::vector<double> numbers;
};

Read read_line(std::string_view line, const std::string& field = "v", std::size_t most = 8) {
  FieldNames names;
  names.vector = field;
  RowParser parser(names);
  std::string padded(line);
  padded.append(RowParser::kPadding, '1');
  Row row;
  Read out;
  out.is_row = parser.parse(std::string_view(padded).substr(0, line.size()), row, out.reason);
  if (!out.is_row) return out;
  out.token = row.vector;
  out.ok = read_number_array(row.vector, most, out.numbers, out.reason);
  return out;
}

/// Of a line with `value` for its vector, first and last in it.
Read read_value(const std::string& value) {
  const Read last = read_line(R"({"text":"t","v":)" + value + "}");
  const Read first = read_line(R"({"v" : )" + value + R"( , "text":"t"})");
  EXPECT_EQ(first.is_row, last.is_row) << value;
  EXPECT_EQ(first.token, last.token) << value;
  EXPECT_EQ(first.numbers, last.numbers) << value;
  EXPECT_EQ(first.reason, last.reason) << value;
  return last;
}

using Numbers = std::vector<double>;

TEST(NumberArray, HoldsTheNumbersOfTheLine) {
  EXPECT_EQ(read_value("[1,-2.5,3e2]").numbers, (Numbers{1, -2.5, 300}));
  EXPECT_EQ(read_value("[ 0.1 ,\t-0\t, 1E-3 ]").numbers, (Numbers{0.1, 0, 0.001}));
  EXPECT_EQ(read_value("[7]").numbers, Numbers{7});
  EXPECT_EQ(read_value("[1e308,-1e-300]").numbers, (Numbers{1e308, -1e-300}));
}

TEST(NumberArray, AnEmptyOneHasNone) {
  for (const std::string value : {"[]", "[ ]"}) {
    const Read read = read_value(value);
    EXPECT_TRUE(read.ok) << value;
    EXPECT_EQ(read.token, value);
    EXPECT_TRUE(read.numbers.empty());
  }
}

TEST(NumberArray, WhatIsNoneIsToldSo) {
  for (const std::string value : {R"("1,2")", "12", "true", "{}", R"({"a":[1]})", "null"})
    EXPECT_EQ(read_value(value).reason, "is not an array") << value;
  for (const std::string value :
       {R"([1,"2"])", "[null]", "[1,[2]]", "[[1,2]]", "[{}]", "[true]", R"(["[1]"])", "[[]]"})
    EXPECT_EQ(read_value(value).reason, "holds what is no number") << value;
  for (const std::string value : {"[1e400]", "[1,-1e999]", "[1e-400]"})
    EXPECT_EQ(read_value(value).reason, "holds a number beyond the range of doubles") << value;
  EXPECT_EQ(read_value("[1,2,3,4,5,6,7,8,9]").reason, "holds more than 8 numbers");
  EXPECT_TRUE(read_value("[1,2,3,4,5,6,7,8]").ok);
}

TEST(NumberArray, ThatIsNoJsonMakesNoRow) {
  for (const std::string value : {"[NaN]", "[1,]", "[,1]", "[1 2]", "[1", "1]", "[01]", "[+1]",
                                  "[.5]", "[1.]", "[Infinity]", "[1,2}", "[tru]", "[\"\\x\"]"}) {
    EXPECT_FALSE(read_line(R"({"text":"t","v":)" + value + "}").is_row) << value;
    EXPECT_FALSE(read_line(R"({"v":)" + value + R"(,"text":"t"})").is_row) << value;
  }
}

TEST(NumberArray, MayStandAnywhereInALine) {
  EXPECT_EQ(read_line(R"({"text":"t","m":{"v":[1,2],"w":[3]}})", "m.v").numbers, (Numbers{1, 2}));
  EXPECT_EQ(read_line(R"({"m.v":[5],"text":"t","m":{"v":[1,2]}})", "m.v").numbers, Numbers{5});
  EXPECT_EQ(read_line(R"({"v":[1],"text":"t","v":[2]})").numbers, Numbers{2});
  const Read absent = read_line(R"({"text":"t"})");
  EXPECT_TRUE(absent.is_row);
  EXPECT_EQ(absent.token, "");
}

TEST(NumberArray, OfDeepNestingIsRefusedAsAnyOther) {
  const auto nested = [](std::size_t levels) {
    return R"({"text":"t","v":)" + std::string(levels, '[') + std::string(levels, ']') + "}";
  };
  FieldNames others;
  others.vector = "w";
  for (const std::size_t levels : {510, 511, 512, 513, 600}) {
    const std::string line = nested(levels);
    RowParser parser(others);
    std::string padded = line + std::string(RowParser::kPadding, ' '), reason;
    Row row;
    const bool is_row = parser.parse(std::string_view(padded).substr(0, line.size()), row, reason);
    EXPECT_EQ(read_line(line).is_row, is_row) << levels;
  }
}

}  // namespace
}  // namespace kithkin

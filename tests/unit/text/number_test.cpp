// One figure has one key however it is printed, and another figure another.
#include "text/number.h"

#include <gtest/gtest.h>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/tokenize.h"

namespace kithkin {
namespace {

WordKey key(std::string_view number) {
  return number_key({reinterpret_cast<const unsigned char*>(number.data()), number.size()});
}

TEST(NumberKey, IsOddAndOfTheDigitsAlone) {
  EXPECT_TRUE(is_number(key("7")));
  EXPECT_EQ(key("2014"), key("2014ad"));
  EXPECT_EQ(key("100"), key("100m"));
  EXPECT_EQ(key("363,378"), key("363.378"));
  EXPECT_EQ(key("1,059,593"), key("1059593"));
}

TEST(NumberKey, OfDecimalsKnowsNoOrder) {
  EXPECT_EQ(key("7.4"), key("7,4"));
  EXPECT_EQ(key("31.3"), key("3r31"));
  EXPECT_NE(key("7.4"), key("7.5"));
  EXPECT_NE(key("7.4"), key("7.44"));
}

TEST(NumberKey, TellsNumbersApart) {
  std::set<WordKey> keys;
  for (int n = 0; n < 20000; ++n)
    keys.insert(key(std::to_string(n)));
  EXPECT_GT(keys.size(), 19997U) << "31 bits leave few to meet by chance";
  EXPECT_NE(key("12"), key("21"));
  EXPECT_NE(key("007"), key("7"));
}

TEST(WordKeys, OfWordsAreEven) {
  for (std::uint64_t n = 0; n < 100; ++n)
    EXPECT_FALSE(is_number(word_key(mix64(n))));
}

TEST(TokenizeNumbers, AreTold) {
  Tokenizer tokenizer;
  std::vector<TokenHash> plain, hashes;
  std::vector<NumberToken> numbers = {{5, 1}};
  const std::string text = "In 2014 \u0662\u0660\u0661\u0664 x7 and 3.14, 4th and no more";
  tokenizer.hash(text, plain);
  tokenizer.hash(text, hashes, numbers);
  EXPECT_EQ(hashes, plain);
  ASSERT_EQ(numbers.size(), 4U);
  EXPECT_EQ(numbers[0].token, 1U);
  EXPECT_EQ(numbers[1].token, 2U);
  EXPECT_EQ(numbers[0].key, numbers[1].key) << "digits of every script";
  EXPECT_EQ(numbers[2].token, 5U);
  EXPECT_EQ(numbers[3].token, 6U);
}

TEST(TokenizeNumbers, AreToldWithThePlacesToo) {
  Tokenizer tokenizer;
  for (const std::string text : {"In 2014 \u0662\u0660\u0661\u0664 x7 and 3.14, 4th and no more",
                                 "12 34\u0E48\u0E38\u0E01 56", ""}) {
    std::vector<TokenHash> hashes;
    std::vector<NumberToken> numbers, placed_numbers = {{5, 1}};
    std::vector<TokenSpan> plain, placed;
    tokenizer.hash(text, hashes, numbers);
    tokenizer.locate(text, plain);
    tokenizer.locate(text, placed, placed_numbers);
    ASSERT_EQ(placed.size(), hashes.size());
    for (std::size_t i = 0; i < placed.size(); ++i) {
      EXPECT_EQ(placed[i].hash, hashes[i]);
      EXPECT_EQ(placed[i].begin, plain[i].begin);
      EXPECT_EQ(placed[i].end, plain[i].end);
    }
    ASSERT_EQ(placed_numbers.size(), numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      EXPECT_EQ(placed_numbers[i].token, numbers[i].token);
      EXPECT_EQ(placed_numbers[i].key, numbers[i].key);
    }
  }
}

// A mark out of order makes the pass go back behind the number before it.
TEST(TokenizeNumbers, AreToldOnceWhereThePassGoesBack) {
  Tokenizer tokenizer;
  std::vector<TokenHash> hashes;
  std::vector<NumberToken> numbers;
  tokenizer.hash("12 34\u0E48\u0E38\u0E01 56", hashes, numbers);
  std::set<std::uint32_t> places;
  for (const NumberToken& number : numbers)
    EXPECT_TRUE(places.insert(number.token).second);
  EXPECT_EQ(places.count(0), 1U);
  EXPECT_LT(*places.rbegin(), hashes.size());
}

}  // namespace
}  // namespace kithkin

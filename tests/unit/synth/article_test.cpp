#include "synth/article.h"

#include <gtest/gtest.h>
#include <map>
#include <sstream>

#include "synth/corpus.h"

namespace kithkin {
namespace {

const LanguageModel& english() { return languages()[1]; }

TextStream long_stream(std::uint64_t words, std::uint64_t facts) {
  TextStream stream;
  stream.words = words;
  stream.facts = facts;
  stream.subject = {facts + 100, 3};
  stream.topic = 3;
  stream.fact_share = 65536 / 20;
  stream.least_paragraphs = stream.most_paragraphs = 40;
  return stream;
}

std::string write(const TextStream& stream, const LanguageModel& model = english()) {
  const Lexicon lexicon(model);
  std::string out;
  ArticleWriter(lexicon).write_text(stream, out);
  return out;
}

TEST(ArticleWriter, words_come_by_rank) {
  const Lexicon lexicon(english());
  TextStream stream = long_stream(1, 2);
  stream.most_paragraphs = stream.least_paragraphs = 400;
  std::istringstream text(write(stream));
  std::map<std::string, double> counts;
  for (std::string word; text >> word;)
    ++counts[word];
  const auto of = [&](std::uint32_t rank) { return counts[std::string(lexicon[rank].view())]; };
  EXPECT_GT(of(0), 2 * of(3));
  EXPECT_GT(of(3), 2 * of(15));
  EXPECT_GT(of(15), 0);
}

TEST(ArticleWriter, pages_of_one_form_differ_in_their_facts_only) {
  ResemblanceMeter meter;
  const std::string page = write(long_stream(1, 2)), other = write(long_stream(1, 3));
  EXPECT_NE(page, other);
  EXPECT_GT(meter.measure(page, other), 0.3);
  EXPECT_LT(meter.measure(page, other), 0.9);
  EXPECT_LT(meter.measure(page, write(long_stream(2, 2))), 0.01);
}

TEST(ArticleWriter, a_translation_has_the_numbers_of_its_source) {
  const auto numbers = [](const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (c >= '0' && c <= '9') out += c;
    }
    return out;
  };
  const std::string source = write(long_stream(1, 2));
  for (const LanguageModel& model : languages()) {
    const std::string translation = write(long_stream(1, 2), model);
    EXPECT_EQ(numbers(translation), numbers(source)) << model.code;
    EXPECT_EQ(std::count(translation.begin(), translation.end(), '\n'), 39) << model.code;
  }
}

TEST(ArticleWriter, what_was_written_before_does_not_matter) {
  const Lexicon lexicon(english());
  ArticleWriter writer(lexicon);
  std::string first, again, other;
  writer.write_text(long_stream(1, 2), first);
  writer.write_title(5, {9, 9}, other);
  writer.write_text(long_stream(7, 8), other);
  writer.write_text(long_stream(1, 2), again);
  EXPECT_EQ(first, again);
}

}  // namespace
}  // namespace kithkin

#include "synth/lexicon.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

#include "base/utf8.h"

namespace kithkin {
namespace {

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const Decoded c = decode_utf8(text, i);
    if (!c.valid) return false;
    i += c.size;
  }
  return true;
}

TEST(Lexicon, words_of_a_language_are_different_and_whole) {
  for (const LanguageModel& model : languages()) {
    const Lexicon lexicon(model);
    std::set<std::string> seen;
    for (std::uint32_t rank = 0; rank < Lexicon::kWords; ++rank) {
      const WordSlot& word = lexicon[rank];
      ASSERT_GT(word.size, 0) << model.code;
      ASSERT_EQ(word.step, word.size + (model.spaced ? 1 : 0)) << model.code;
      ASSERT_TRUE(is_utf8(word.view())) << model.code << " " << rank;
      ASSERT_TRUE(seen.insert(std::string(word.view())).second) << model.code << " " << rank;
    }
  }
}

TEST(Lexicon, frequent_words_are_shorter) {
  for (const LanguageModel& model : languages()) {
    const Lexicon lexicon(model);
    std::size_t frequent = 0, rare = 0;
    for (std::uint32_t i = 0; i < 31; ++i) {
      frequent += lexicon[i].size;
      rare += lexicon[Lexicon::kWords - 1 - i].size;
    }
    EXPECT_LT(frequent, rare) << model.code;
  }
}

TEST(Lexicon, a_rare_word_depends_on_its_key_alone) {
  const Lexicon lexicon(languages()[0]);
  EXPECT_EQ(lexicon.rare_word(7).view(), lexicon.rare_word(7).view());
  EXPECT_NE(lexicon.rare_word(7).view(), lexicon.rare_word(8).view());
}

TEST(Lexicon, first_letters_are_put_in_upper_case) {
  const std::pair<std::string, std::string> cases[] = {
      {"abc", "Abc"}, {"жар", "Жар"}, {"яр", "Яр"}, {"αβ", "Αβ"}, {"ωρ", "Ωρ"},
      {"Abc", "Abc"}, {"كتب", "كتب"}, {"中", "中"}, {"", ""}};
  for (auto [text, capital] : cases) {
    capitalize(text.data(), text.size());
    EXPECT_EQ(text, capital);
  }
}

TEST(ZipfRank, octaves_have_equal_shares_and_all_ranks_occur) {
  constexpr std::uint32_t kOctaves = 5;
  std::vector<std::uint32_t> counts((1U << kOctaves) - 1);
  Random random(1);
  constexpr std::uint32_t kDraws = 100000;
  for (std::uint32_t i = 0; i < kDraws; ++i) {
    const std::uint32_t rank = zipf_rank(random.next(), kOctaves);
    ASSERT_LT(rank, counts.size());
    ++counts[rank];
  }
  for (std::uint32_t octave = 0, rank = 0; octave < kOctaves; ++octave) {
    std::uint32_t sum = 0;
    for (std::uint32_t end = rank + (1U << octave); rank < end; ++rank) {
      EXPECT_GT(counts[rank], 0U);
      sum += counts[rank];
    }
    EXPECT_NEAR(sum, kDraws / kOctaves, kDraws / 100);
  }
}

}  // namespace
}  // namespace kithkin

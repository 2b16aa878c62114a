#include "synth/mutation.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>

#include "base/utf8.h"
#include "match/passage_set.h"
#include "synth/corpus.h"
#include "text/shingle.h"
#include "text/tokenize.h"

namespace kithkin {
namespace {

std::vector<CopyKind> all_kinds() {
  std::vector<CopyKind> out;
  for (std::size_t i = 0; i < kCopyKinds; ++i)
    out.push_back(static_cast<CopyKind>(i));
  return out;
}

/// Paragraphs of different words: "aaa0 aab0 ... \n aaa1 ...".
std::string paragraphs(char first, int count, int words = 40) {
  std::string out;
  for (int p = 0; p < count; ++p) {
    if (p > 0) out += '\n';
    for (int w = 0; w < words; ++w) {
      if (w > 0) out += w % 9 == 0 ? " - " : " ";
      out += first;
      out += static_cast<char>('a' + w % 26);
      out += static_cast<char>('a' + w / 26 + 3 * p);
      if (w % 10 == 0) out += " " + std::to_string(100 + w + p);
    }
  }
  return out;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    out.push_back(line);
  return out;
}

class Mutations : public testing::Test {
 protected:
  std::string make(CopyKind kind, std::uint64_t key = 1) {
    std::string out;
    mutator_.make(kind, source_, donor_, key, out);
    return out;
  }

  const std::string source_ = paragraphs('s', 5), donor_ = paragraphs('d', 3);
  Mutator mutator_;
};

TEST_F(Mutations, all_kinds_but_exact_change_the_bytes_and_are_the_same_again) {
  for (const CopyKind kind : all_kinds()) {
    std::uint64_t unchanged = 0;
    for (std::uint64_t key = 1; key < 50; ++key) {
      const std::string copy = make(kind, key);
      unchanged += copy == source_;
      EXPECT_EQ(copy, make(kind, key)) << to_string(kind);
    }
    // Where there is one misreading only, it may take a letter for itself.
    const std::uint64_t allowed = kind == CopyKind::ocr ? 3 : 0;
    EXPECT_TRUE(kind == CopyKind::exact ? unchanged == 49 : unchanged <= allowed)
        << to_string(kind) << " " << unchanged;
  }
}

TEST_F(Mutations, a_truncated_copy_is_a_beginning) {
  for (std::uint64_t key = 1; key < 50; ++key) {
    const std::string copy = make(CopyKind::truncated, key);
    EXPECT_TRUE(source_.starts_with(copy));
    EXPECT_GT(copy.size(), source_.size() / 5);
  }
}

TEST_F(Mutations, an_extended_copy_begins_with_the_whole_and_a_quoting_one_holds_it) {
  for (std::uint64_t key = 1; key < 50; ++key) {
    EXPECT_TRUE(make(CopyKind::extended, key).starts_with(source_ + "\n"));
    const std::string quoting = make(CopyKind::quoted, key);
    EXPECT_NE(quoting.find(source_), std::string::npos);
    EXPECT_GT(quoting.size(), source_.size() + donor_.size() / 3);
  }
}

TEST_F(Mutations, no_copy_holds_so_much_of_the_donor_that_it_is_one_of_it_too) {
  Tokenizer tokenizer;
  std::vector<TokenHash> tokens;
  std::vector<ShingleHash> shingles, of_copy;
  const auto read = [&](const std::string& text, std::vector<ShingleHash>& out) {
    tokenizer.hash(text, tokens);
    make_shingles(tokens, 5, out);
  };
  const std::string one_line = paragraphs('d', 1, 150);
  for (const std::string& donor : {donor_, one_line}) {
    read(donor, shingles);
    PassageSet set;
    for (const CopyKind kind : all_kinds()) {
      for (std::uint64_t key = 1; key < 30; ++key) {
        std::string copy;
        mutator_.make(kind, source_, donor, key, copy);
        read(copy, of_copy);
        set.fill(of_copy);
        EXPECT_LT(set.count_shared(shingles), shingles.size() * 7 / 10) << to_string(kind);
      }
    }
  }
}

TEST_F(Mutations, moved_paragraphs_are_the_same_ones_in_another_order) {
  const auto paragraphs = lines_of(source_);
  for (std::uint64_t key = 1; key < 20; ++key) {
    auto moved = lines_of(make(CopyKind::moved, key));
    EXPECT_NE(moved, paragraphs);
    EXPECT_TRUE(
        std::is_permutation(moved.begin(), moved.end(), paragraphs.begin(), paragraphs.end()));
  }
}

TEST_F(Mutations, substitution_keeps_the_number_of_words) {
  const auto before = words_of(source_);
  for (std::uint64_t key = 1; key < 20; ++key) {
    const auto after = words_of(make(CopyKind::substituted, key));
    ASSERT_EQ(after.size(), before.size());
    std::size_t changed = 0;
    for (std::size_t i = 0; i < before.size(); ++i)
      changed += before[i] != after[i];
    EXPECT_LT(changed, before.size() / 4);
  }
}

TEST_F(Mutations, an_update_exchanges_one_paragraph_and_changes_numbers) {
  const auto before = lines_of(source_);
  for (std::uint64_t key = 1; key < 20; ++key) {
    const auto after = lines_of(make(CopyKind::updated, key));
    std::size_t of_donor = 0;
    for (const std::string& line : after)
      of_donor += line.starts_with("da");
    EXPECT_GE(of_donor, 1U);
    EXPECT_LE(of_donor, 2U);
    EXPECT_EQ(after.size() - of_donor, before.size() - 1);
  }
}

TEST_F(Mutations, new_punctuation_leaves_the_words) {
  ResemblanceMeter meter;
  for (std::uint64_t key = 1; key < 20; ++key)
    EXPECT_EQ(meter.measure(source_, make(CopyKind::punctuation, key)), 1);
}

TEST_F(Mutations, datelines_and_bylines_touch_the_ends_only) {
  const std::string body = source_.substr(40);
  for (std::uint64_t key = 1; key < 50; ++key) {
    EXPECT_TRUE(make(CopyKind::dateline, key).ends_with(body));
    EXPECT_NE(make(CopyKind::byline, key).find(source_), std::string::npos);
  }
}

TEST_F(Mutations, resemblance_ranges_over_the_scale) {
  ResemblanceMeter meter;
  double least = 1, most = 0;
  for (std::uint64_t key = 1; key < 200; ++key) {
    const double resemblance = meter.measure(source_, make(CopyKind::ocr, key));
    least = std::min(least, resemblance);
    most = std::max(most, resemblance);
  }
  EXPECT_LT(least, 0.6);
  EXPECT_GT(most, 0.9);
}

TEST(Mutator, any_texts_will_do) {
  const std::string texts[] = {"",
                               "w",
                               "\n\n",
                               " ",
                               "5",
                               "one two",
                               "天地人水",
                               "天地 abc 人",
                               "\xff\xfe\x80",
                               "كتاب جديد. 12",
                               "ไทยไทย",
                               std::string("a\0b", 3)};
  Mutator mutator;
  std::string out;
  for (const CopyKind kind : all_kinds()) {
    for (const std::string& source : texts) {
      for (const std::string& donor : texts) {
        for (std::uint64_t key = 0; key < 20; ++key)
          mutator.make(kind, source, donor, key, out);
      }
    }
  }
}

TEST(Mutator, copies_of_utf8_are_utf8) {
  const std::string source =
      "天地人水火山石木 金土日月، كتاب جديد يقول \"نعم\" - हिंदी में शब्द 123.\nเมืองไทย ชัย";
  const std::string donor = "星风云雨雪电光声 слово другое ελληνικα";
  Mutator mutator;
  std::string out;
  for (const CopyKind kind : all_kinds()) {
    for (std::uint64_t key = 0; key < 200; ++key) {
      mutator.make(kind, source, donor, key, out);
      for (std::size_t i = 0; i < out.size();) {
        const Decoded c = decode_utf8(out, i);
        ASSERT_TRUE(c.valid) << to_string(kind) << " " << key << ": " << out;
        i += c.size;
      }
    }
  }
}

}  // namespace
}  // namespace kithkin

// Texts come back as tokens and as shingles without repeats, from the spill and from memory.
#include <algorithm>
#include <gtest/gtest.h>
#include <optional>
#include <span>
#include <vector>

#include "engine/held_texts.h"
#include "engine/text_store.h"
#include "text/shingle.h"
#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using Hashes = std::vector<std::uint64_t>;
using Words = std::vector<WordKey>;

constexpr std::uint32_t kShingle = 2;

/// Few words, so that shingles repeat, and some documents without any.
std::vector<Hashes> make_documents(std::size_t count, Random& random) {
  std::vector<Hashes> out(count);
  for (Hashes& tokens : out) {
    const std::size_t size = random.chance(.1) ? 0 : random.below(80);
    for (std::size_t i = 0; i < size; ++i)
      tokens.push_back(random.below(6));
  }
  return out;
}

Hashes distinct_shingles(const Hashes& tokens) {
  Hashes all, out;
  make_shingles(tokens, kShingle, all);
  for (const ShingleHash shingle : all) {
    if (std::find(out.begin(), out.end(), shingle) == out.end()) out.push_back(shingle);
  }
  return out;
}

DocumentSet every_third(std::size_t count) {
  DocumentSet set(count);
  for (std::uint32_t d = 1; d < count; d += 3)
    set.insert(d);
  set.freeze();
  return set;
}

Words to_words(const Hashes& tokens) {
  Words out;
  for (const TokenHash token : tokens)
    out.push_back(word_key(token << 32));
  return out;
}

void expect_text(const TextSource& source, std::uint32_t document, const Hashes& tokens) {
  Words words = {42};
  const auto got = source.words(document, words);
  ASSERT_TRUE(got) << got.error().describe();
  ASSERT_EQ(Words(got->begin(), got->end()), to_words(tokens)) << document;
  Hashes buffer = {42};
  const auto shingles = source.shingles(document, buffer);
  ASSERT_TRUE(shingles) << shingles.error().describe();
  ASSERT_EQ(Hashes(shingles->begin(), shingles->end()), distinct_shingles(tokens)) << document;
  ASSERT_EQ(source.count(document), shingles->size());
}

TEST(TextStore, GivesBackAllDocuments) {
  for (const std::size_t memory : {std::size_t{1}, std::size_t{1} << 20}) {
    const TemporaryDirectory directory = make_test_directory();
    Random random(1);
    const auto documents = make_documents(500, random);
    TextStore store(nullptr, directory.file("texts"), memory);
    for (const Hashes& tokens : documents)
      ASSERT_TRUE(store.append(to_words(tokens), distinct_shingles(tokens)));
    EXPECT_EQ(store.documents(), 500U);
    EXPECT_EQ(store.spilled_bytes() > 0, memory == 1);
    for (std::uint32_t d = 0; d < 500; ++d)
      expect_text(store, d, documents[d]);
  }
}

TEST(TextStore, GivesBackASetOfDocuments) {
  const TemporaryDirectory directory = make_test_directory();
  Random random(2);
  const auto documents = make_documents(500, random);
  const DocumentSet wanted = every_third(500);
  TextStore store(&wanted, directory.file("texts"), 1);
  for (std::uint32_t d = 0; d < 500; ++d) {
    ASSERT_TRUE(!wanted.contains(d) ||
                store.append(to_words(documents[d]), distinct_shingles(documents[d])));
  }
  EXPECT_EQ(store.documents(), wanted.count());
  for (std::uint32_t d = 1; d < 500; d += 3)
    expect_text(store, d, documents[d]);
}

TEST(TextStore, FailsWithOutputWhenItsDirectoryIsGone) {
  std::optional<TemporaryDirectory> directory = make_test_directory();
  TextStore store(nullptr, directory->file("texts"), 1);
  directory.reset();
  const Hashes many(1000, 7);
  Result<void> result = store.append(to_words(many), many);
  if (result) result = store.append(to_words(many), many);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::output);
}

Hashes all_shingles(const Hashes& tokens) {
  Hashes out;
  make_shingles(tokens, kShingle, out);
  return out;
}

/// Fills in blocks of any number of documents, also none.
void fill(HeldTexts& held, const std::vector<Hashes>& documents, bool with_words, Random& random) {
  for (std::size_t done = 0; done < documents.size();) {
    Hashes shingles;
    Words words;
    std::vector<std::uint32_t> shingle_sizes, word_sizes;
    for (std::size_t left = random.below(9); left > 0 && done < documents.size(); --left, ++done) {
      const Hashes own = all_shingles(documents[done]);
      shingles.insert(shingles.end(), own.begin(), own.end());
      shingle_sizes.push_back(static_cast<std::uint32_t>(own.size()));
      if (!with_words) continue;
      const Words own_words = to_words(documents[done]);
      words.insert(words.end(), own_words.begin(), own_words.end());
      word_sizes.push_back(static_cast<std::uint32_t>(own_words.size()));
    }
    held.add(shingles, shingle_sizes, words, word_sizes);
  }
}

TEST(HeldTexts, GiveBackWhatTheyWereGiven) {
  for (unsigned threads = 1; threads <= 4; ++threads) {
    Random random(threads);
    const auto documents = make_documents(500, random);
    const DocumentSet wanted = every_third(500);
    HeldTexts held(1000, 1 << 20);
    fill(held, documents, true, random);
    ASSERT_FALSE(held.has_given_up());
    held.make_distinct(wanted, threads);
    for (std::uint32_t d = 1; d < 500; d += 3)
      expect_text(held, d, documents[d]);
  }
}

TEST(HeldTexts, MayDoWithoutWords) {
  Random random(9);
  const auto documents = make_documents(100, random);
  HeldTexts held(1000, 1 << 20);
  fill(held, documents, false, random);
  held.make_distinct(every_third(100), 1);
  Hashes buffer;
  for (std::uint32_t d = 1; d < 100; d += 3) {
    const auto shingles = held.shingles(d, buffer);
    ASSERT_TRUE(shingles);
    EXPECT_EQ(Hashes(shingles->begin(), shingles->end()), distinct_shingles(documents[d]));
  }
}

TEST(HeldTexts, GiveUpAtOnceWhereTooMuchIsExpected) {
  EXPECT_TRUE(HeldTexts(101, 1200).has_given_up()) << "twelve bytes for a word and a shingle";
  EXPECT_FALSE(HeldTexts(100, 1200).has_given_up());
}

TEST(HeldTexts, GiveUpOnTheWayWhenTheyExceedTheirMemory) {
  HeldTexts held(0, 1200);
  const std::vector<std::uint32_t> sizes = {20, 30};
  held.add(Hashes(50, 7), sizes, Words(50, 7), sizes);
  EXPECT_FALSE(held.has_given_up());
  held.add(Hashes(50, 7), sizes, Words(50, 7), sizes);
  EXPECT_FALSE(held.has_given_up()) << "1200 bytes are allowed";
  held.add(Hashes(1, 7), std::vector<std::uint32_t>{1}, {}, {});
  EXPECT_TRUE(held.has_given_up());
  held.add({}, {}, {}, {});
  EXPECT_TRUE(held.has_given_up()) << "and for good";
}

TEST(HashArena, GivesRoomThatDoesNotOverlap) {
  HashArena<std::uint64_t> arena;
  const auto first = arena.take(5);
  std::fill(first.begin(), first.end(), 1);
  const auto large = arena.take(10'000'000);
  ASSERT_EQ(large.size(), 10'000'000U);
  large[0] = large[9'999'999] = 2;
  const auto after = arena.take(3);
  std::fill(after.begin(), after.end(), 3);
  EXPECT_EQ(first[4], 1U);
  EXPECT_EQ(large[0], 2U);
  EXPECT_EQ(large[9'999'999], 2U);
}

}  // namespace
}  // namespace kithkin

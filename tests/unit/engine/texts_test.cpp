// Texts come back as tokens and as shingles without repeats, from the spill and from memory.
#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/held_texts.h"
#include "engine/packed_text.h"
#include "engine/text_store.h"
#include "text/shingle.h"
#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using Hashes = std::vector<std::uint64_t>;
using Words = std::vector<WordKey>;

constexpr std::uint32_t kShingle = 2;

/// A text as the tokenizer gives it.
struct Text {
  Hashes tokens;
  std::vector<NumberToken> numbers;

  [[nodiscard]] Words words() const {
    Words out;
    for (const TokenHash token : tokens)
      out.push_back(word_key(token));
    for (const NumberToken& number : numbers)
      out[number.token] = number.key;
    return out;
  }
  [[nodiscard]] Words packed() const {
    Words out(packed_size(tokens.size(), numbers.size()));
    pack_text(tokens, numbers, out);
    return out;
  }
  [[nodiscard]] Hashes distinct_shingles() const {
    Hashes all, out;
    make_shingles(tokens, kShingle, all);
    for (const ShingleHash shingle : all) {
      if (std::find(out.begin(), out.end(), shingle) == out.end()) out.push_back(shingle);
    }
    return out;
  }
};

/// Few words, so that shingles repeat, numbers among them, and some documents without any.
std::vector<Text> make_documents(std::size_t count, Random& random) {
  std::vector<Text> out(count);
  for (Text& text : out) {
    const std::size_t size = random.chance(.1) ? 0 : random.below(80);
    for (std::uint32_t i = 0; i < size; ++i) {
      text.tokens.push_back(random.below(random.chance(.5) ? 6 : 600) << 33 | random.below(9));
      if (random.chance(.1))
        text.numbers.push_back({i, static_cast<WordKey>(random.below(50)) | 1});
    }
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

void expect_text(const TextSource& source, std::uint32_t document, const Text& text) {
  TextBuffer buffer;
  buffer.words = {42};
  buffer.shingles = {42};
  const auto words = source.words(document, buffer);
  ASSERT_TRUE(words) << words.error().describe();
  ASSERT_EQ(Words(words->begin(), words->end()), text.words()) << document;
  const auto shingles = source.distinct_shingles(document, buffer);
  ASSERT_TRUE(shingles) << shingles.error().describe();
  ASSERT_EQ(Hashes(shingles->begin(), shingles->end()), text.distinct_shingles()) << document;
  ASSERT_EQ(source.count(document), shingles->size());
}

Result<void> append(TextStore& store, const Text& text) {
  return store.append(text.packed(), static_cast<std::uint32_t>(text.distinct_shingles().size()));
}

TEST(TextStore, GivesBackAllDocuments) {
  for (const std::size_t memory : {std::size_t{1}, std::size_t{1} << 20}) {
    const TemporaryDirectory directory = make_test_directory();
    Random random(1);
    const auto documents = make_documents(500, random);
    TextStore store(kShingle, nullptr, directory.file("texts"), memory);
    for (const Text& text : documents)
      ASSERT_TRUE(append(store, text));
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
  TextStore store(kShingle, &wanted, directory.file("texts"), 1);
  for (std::uint32_t d = 0; d < 500; ++d)
    ASSERT_TRUE(!wanted.contains(d) || append(store, documents[d]));
  EXPECT_EQ(store.documents(), wanted.count());
  for (std::uint32_t d = 1; d < 500; d += 3)
    expect_text(store, d, documents[d]);
}

TEST(TextStore, FailsWithOutputWhenItsDirectoryIsGone) {
  std::optional<TemporaryDirectory> directory = make_test_directory();
  TextStore store(kShingle, nullptr, directory->file("texts"), 1);
  directory.reset();
  const Text many{Hashes(2000, 7), {}};
  Result<void> result = append(store, many);
  if (result) result = append(store, many);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::output);
}

// On a bad disk a text may say that it has more words than there are, or more numbers among them.
TEST(TextStore, FindsThatItsFileIsDamaged) {
  const TemporaryDirectory directory = make_test_directory();
  const std::string path = directory.file("texts");
  const Text text{Hashes(1500, 2ULL << 33), {{0, 7}}};
  TextStore store(kShingle, nullptr, path, 1);
  for (int n = 0; n < 3; ++n)
    ASSERT_TRUE(append(store, text));
  ASSERT_GT(store.spilled_bytes(), 2 * text.packed().size() * sizeof(WordKey) - 1);
  const auto put = [&](std::size_t place, WordKey key) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(place * sizeof key));
    file.write(reinterpret_cast<const char*>(&key), sizeof key);
  };
  TextBuffer buffer;
  const auto message = [&](const auto& result) {
    return result ? "none" : result.error().describe();
  };
  const std::string damaged = path + ": is damaged: other bytes were written there";
  ASSERT_TRUE(store.words(0, buffer));
  put(1, 2);  // the number is none
  EXPECT_EQ(message(store.words(0, buffer)), damaged);
  EXPECT_EQ(message(store.shingles(0, buffer)), "none") << "it has as many words as it had";
  put(0, 1502);
  EXPECT_EQ(message(store.words(0, buffer)), damaged);
  EXPECT_EQ(message(store.shingles(0, buffer)), damaged);
  EXPECT_EQ(message(store.words(1, buffer)), "none");
}

std::span<const WordKey> place(const Words& packed, KeyArena& arena) {
  const auto out = arena.take(packed.size());
  std::copy(packed.begin(), packed.end(), out.begin());
  return out;
}

TEST(HeldTexts, GiveBackWhatTheyWereGiven) {
  for (unsigned threads = 1; threads <= 4; ++threads) {
    Random random(threads);
    const auto documents = make_documents(500, random);
    const DocumentSet wanted = every_third(500);
    HeldTexts held(kShingle, 1000, 1 << 20, threads);
    for (const Text& text : documents)
      held.add(place(text.packed(), held.arena(random.below(threads))));
    ASSERT_FALSE(held.has_given_up());
    held.count_shingles(wanted, threads);
    for (std::uint32_t d = 1; d < 500; d += 3)
      expect_text(held, d, documents[d]);
  }
}

TEST(HeldTexts, GiveBackWhatWasPutInAPlace) {
  Random random(9);
  const auto documents = make_documents(200, random), others = make_documents(200, random);
  HeldTexts held(kShingle, 1000, 1 << 20, 2);
  for (const Text& text : documents)
    held.add(place(text.packed(), held.arena(random.below(2))));
  for (std::uint32_t d = 1; d < 200; d += 3)
    held.replace(d, place(others[d].packed(), held.arena(1)));
  ASSERT_FALSE(held.has_given_up());
  DocumentSet all(200);
  for (std::uint32_t d = 0; d < 200; ++d)
    all.insert(d);
  all.freeze();
  held.count_shingles(all, 2);
  for (std::uint32_t d = 0; d < 200; ++d) {
    const Text& expected = d % 3 == 1 ? others[d] : documents[d];
    const auto packed = held.packed(d);
    EXPECT_EQ(Words(packed.begin(), packed.end()), expected.packed());
    expect_text(held, d, expected);
  }
}

TEST(HeldTexts, GiveUpWhereWhatIsPutInAPlaceIsTooMuch) {
  HeldTexts held(kShingle, 0, 400, 1);
  const Words small(20, 7), large(90, 7);
  held.add(small);
  held.replace(0, small);
  EXPECT_FALSE(held.has_given_up());
  held.replace(0, large);
  EXPECT_TRUE(held.has_given_up()) << "what was there before is not given back";
}

TEST(HeldTexts, GiveUpAtOnceWhereTooMuchIsExpected) {
  EXPECT_TRUE(HeldTexts(kShingle, 101, 400, 1).has_given_up()) << "four bytes for a word";
  EXPECT_FALSE(HeldTexts(kShingle, 100, 400, 1).has_given_up());
}

TEST(HeldTexts, GiveUpOnTheWayWhenTheyExceedTheirMemory) {
  constexpr std::size_t kDocument = 16;  // where it stands
  HeldTexts held(kShingle, 0, 400 + 4 * kDocument, 1);
  const Words small(20, 7), large(30, 7), smallest(1, 7);
  for (const Words& packed : {small, large, small, large})
    held.add(packed);
  EXPECT_FALSE(held.has_given_up()) << "so much is allowed";
  held.add(smallest);
  EXPECT_TRUE(held.has_given_up());
  held.add(smallest);
  EXPECT_TRUE(held.has_given_up()) << "and for good";
}

TEST(HeldTexts, GiveUpWhereAThreadHadNoRoom) {
  HeldTexts held(kShingle, 0, 1 << 20, 1);
  held.add({});
  EXPECT_TRUE(held.has_given_up());
}

TEST(KeyArena, GivesRoomThatDoesNotOverlap) {
  KeyArena arena;
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

// Texts come back as tokens and as shingles without repeats, from the spill and from memory.
#include <algorithm>
#include <filesystem>
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

using Where = HeldTexts::Where;
using Beyond = HeldTexts::Beyond;

HeldTexts hold(std::size_t memory, Beyond beyond = Beyond::give_up, std::string path = "",
               unsigned threads = 2) {
  return HeldTexts(kShingle, 0, memory, beyond, threads, std::move(path));
}

TEST(HeldTexts, GiveBackWhatTheyWereGiven) {
  for (unsigned threads = 1; threads <= 4; ++threads) {
    Random random(threads);
    const auto documents = make_documents(500, random);
    const DocumentSet wanted = every_third(500);
    HeldTexts held = hold(1 << 20, Beyond::give_up, "", threads);
    for (const Text& text : documents)
      ASSERT_TRUE(held.add(place(text.packed(), held.arena(random.index(threads))), true));
    ASSERT_EQ(held.where(), Where::memory);
    held.count_shingles(wanted, threads);
    for (std::uint32_t d = 1; d < 500; d += 3)
      expect_text(held, d, documents[d]);
  }
}

/// Compares all batches with `documents`.
void expect_batches(const HeldTexts& held, const std::vector<Text>& documents) {
  ASSERT_EQ(held.documents(), documents.size());
  HeldTexts::Batch batch;
  std::size_t at = 0;
  for (std::uint32_t n = 0; n < held.batches(); ++n) {
    const auto read = held.read(n, batch);
    ASSERT_TRUE(read) << read.error().describe();
    for (const std::span<const WordKey> text : batch.texts)
      ASSERT_EQ(Words(text.begin(), text.end()), documents[at++].packed()) << at;
  }
  EXPECT_EQ(at, documents.size());
}

TEST(HeldTexts, AreReadBatchByBatchWhereverTheyAre) {
  const TemporaryDirectory directory = make_test_directory();
  Random random(3);
  for (const std::size_t count : {0, 1, 255, 256, 257, 3000}) {
    const auto documents = make_documents(count, random);
    for (const std::size_t memory : {0, 20'000, 1 << 20}) {
      HeldTexts held = hold(memory, Beyond::go_to_file, directory.file("held"));
      for (const Text& text : documents) {
        ASSERT_TRUE(held.add(place(text.packed(), held.arena(random.index(2))), true));
      }
      const Where expected = memory == 1 << 20 ? Where::memory : Where::file;
      EXPECT_TRUE(count < 3000 || held.where() == expected);
      held.finish();
      expect_batches(held, documents);
      const std::uint64_t spilled = held.spilled_bytes();
      held.give_up();
      EXPECT_EQ(held.spilled_bytes(), spilled);
      EXPECT_FALSE(std::filesystem::exists(directory.file("held")));
    }
  }
}

TEST(HeldTexts, WithoutRoomInAnArenaGoToTheFile) {
  const TemporaryDirectory directory = make_test_directory();
  Random random(4);
  const auto documents = make_documents(20, random);
  HeldTexts held = hold(1 << 20, Beyond::go_to_file, directory.file("held"));
  for (const Text& text : documents) {
    EXPECT_EQ(held.where(), Where::memory);
    if (&text == &documents.back()) break;
    ASSERT_TRUE(held.add(place(text.packed(), held.arena(0)), true));
  }
  ASSERT_TRUE(held.add(documents.back().packed(), false));
  EXPECT_EQ(held.where(), Where::file);
  expect_batches(held, documents);
}

TEST(HeldTexts, BeginInTheFileWhereTooMuchIsExpected) {
  const auto where = [](std::uint64_t expected, Beyond beyond) {
    return HeldTexts(kShingle, expected, 400, beyond, 1, "").where();
  };
  EXPECT_EQ(where(101, Beyond::give_up), Where::nowhere) << "four bytes for a word";
  EXPECT_EQ(where(101, Beyond::go_to_file), Where::file);
  EXPECT_EQ(where(100, Beyond::give_up), Where::memory);
}

TEST(HeldTexts, GiveUpOnTheWayWhenTheyExceedTheirMemory) {
  constexpr std::size_t kDocument = 16;  // where it stands
  HeldTexts held = hold(400 + 4 * kDocument);
  const Words small(20, 7), large(30, 7), smallest(1, 7);
  for (const Words& packed : {small, large, small, large})
    ASSERT_TRUE(held.add(packed, true));
  EXPECT_EQ(held.where(), Where::memory) << "so much is allowed";
  ASSERT_TRUE(held.add(smallest, true));
  EXPECT_EQ(held.where(), Where::nowhere);
  ASSERT_TRUE(held.add(smallest, true));
  EXPECT_EQ(held.where(), Where::nowhere) << "and for good";
}

TEST(HeldTexts, GiveBackWhatWasPutInAPlace) {
  Random random(9);
  auto documents = make_documents(200, random);
  const auto others = make_documents(200, random);
  HeldTexts held = hold(1 << 20);
  for (const Text& text : documents)
    ASSERT_TRUE(held.add(place(text.packed(), held.arena(random.index(2))), true));
  for (std::uint32_t d = 1; d < 200; d += 3) {
    held.replace(d, place(others[d].packed(), held.arena(1)), true);
    documents[d] = others[d];
  }
  ASSERT_EQ(held.where(), Where::memory);
  expect_batches(held, documents);
  const DocumentSet wanted = every_third(200);
  held.count_shingles(wanted, 2);
  for (std::uint32_t d = 1; d < 200; d += 3)
    expect_text(held, d, documents[d]);
}

TEST(HeldTexts, GiveUpWhereThereIsNoRoomForWhatIsPutInAPlace) {
  const Words small(20, 7), large(90, 7);
  HeldTexts held = hold(400), other = hold(400);
  ASSERT_TRUE(held.add(small, true));
  held.replace(0, small, true);
  EXPECT_EQ(held.where(), Where::memory);
  held.replace(0, large, true);
  EXPECT_EQ(held.where(), Where::nowhere) << "what was there before is not given back";
  ASSERT_TRUE(other.add(small, true));
  other.replace(0, small, false);
  EXPECT_EQ(other.where(), Where::nowhere) << "no arena had room";
}

TEST(HeldTexts, FailWithOutputWhenTheirDirectoryIsGone) {
  std::optional<TemporaryDirectory> directory = make_test_directory();
  HeldTexts held = hold(0, Beyond::go_to_file, directory->file("held"));
  directory.reset();
  const Words many(300'000, 7);
  Result<void> result = held.add(many, false);
  if (result) result = held.add(many, false);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::output);
}

// Sizes and numbers of words come from the disk.
TEST(HeldTexts, FindThatTheirFileIsDamaged) {
  const TemporaryDirectory directory = make_test_directory();
  const std::string path = directory.file("held");
  const Text text{Hashes(1500, 2ULL << 33), {{0, 7}}};
  HeldTexts held = hold(0, Beyond::go_to_file, path);
  for (int n = 0; n < 1000; ++n)
    ASSERT_TRUE(held.add(text.packed(), false));
  ASSERT_EQ(text.packed().size(), 1502U);
  const auto message_with = [&](std::size_t place, WordKey key) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    WordKey was = 0;
    const auto at = static_cast<std::streamoff>(place * sizeof key);
    file.seekg(at).read(reinterpret_cast<char*>(&was), sizeof was);
    file.seekp(at).write(reinterpret_cast<const char*>(&key), sizeof key).flush();
    HeldTexts::Batch batch;
    const auto result = held.read(0, batch);
    file.seekp(at).write(reinterpret_cast<const char*>(&was), sizeof was).flush();
    return result ? "none" : result.error().describe();
  };
  const std::string damaged = path + ": is damaged: other bytes were written there";
  EXPECT_EQ(message_with(0, 1502), "none");
  EXPECT_EQ(message_with(0, 0), damaged);
  EXPECT_EQ(message_with(0, 1503), damaged) << "the next begins elsewhere";
  EXPECT_EQ(message_with(0, UINT32_MAX), damaged);
  EXPECT_EQ(message_with(1, 1502), damaged) << "as many words as it is long";
  EXPECT_EQ(message_with(1503 * 255, 3006), damaged) << "beyond the batch";
}

TEST(PackedTexts, AreInTheArenaOrInABuffer) {
  Random random(5);
  const auto documents = make_documents(100, random);
  KeyArena arena;
  PackedTexts texts;
  for (KeyArena* const own : {&arena, static_cast<KeyArena*>(nullptr), &arena}) {
    texts.begin(own);
    for (const Text& text : documents)
      pack_text(text.tokens, text.numbers, texts.add(text.packed().size()));
    std::size_t count = 0;
    ASSERT_TRUE(texts.for_each([&](std::size_t n, auto text, bool in_arena) -> Result<void> {
      EXPECT_EQ(n, count++);
      EXPECT_EQ(in_arena, own != nullptr);
      EXPECT_EQ(Words(text.begin(), text.end()), documents[n].packed());
      return {};
    }));
    EXPECT_EQ(count, 100U);
  }
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

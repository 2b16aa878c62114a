// Shingles come back without repeats, from the spill and from memory.
#include "engine/shingle_store.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <optional>
#include <span>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using Shingles = std::vector<ShingleHash>;

/// With repeats, and some documents without any.
std::vector<Shingles> make_documents(std::size_t count, Random& random) {
  std::vector<Shingles> out(count);
  for (Shingles& shingles : out) {
    const std::size_t size = random.chance(.1) ? 0 : random.below(80);
    for (std::size_t i = 0; i < size; ++i)
      shingles.push_back(random.below(60));
  }
  return out;
}

Shingles without_repeats(const Shingles& shingles) {
  Shingles out;
  for (const ShingleHash shingle : shingles) {
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

void expect_read(const ShingleSource& source, std::uint32_t document, const Shingles& expected) {
  Shingles buffer = {42};
  const auto shingles = source.read(document, buffer);
  ASSERT_TRUE(shingles) << shingles.error().describe();
  ASSERT_EQ(Shingles(shingles->begin(), shingles->end()), expected) << document;
  ASSERT_EQ(source.count(document), expected.size());
}

TEST(ShingleStore, GivesBackTheShinglesOfAllDocuments) {
  for (const std::size_t memory : {std::size_t{1}, std::size_t{1} << 20}) {
    const TemporaryDirectory directory = make_test_directory();
    Random random(1);
    const auto documents = make_documents(500, random);
    ShingleStore store(nullptr, directory.file("shingles"), memory);
    for (const Shingles& shingles : documents)
      ASSERT_TRUE(store.append(shingles));
    EXPECT_EQ(store.documents(), 500U);
    EXPECT_EQ(store.spilled_bytes() > 0, memory == 1);
    for (std::uint32_t d = 0; d < 500; ++d)
      expect_read(store, d, documents[d]);
  }
}

TEST(ShingleStore, GivesBackTheShinglesOfASetOfDocuments) {
  const TemporaryDirectory directory = make_test_directory();
  Random random(2);
  const auto documents = make_documents(500, random);
  const DocumentSet wanted = every_third(500);
  ShingleStore store(&wanted, directory.file("shingles"), 1);
  for (std::uint32_t d = 0; d < 500; ++d) {
    ASSERT_TRUE(!wanted.contains(d) || store.append(documents[d])) << d;
  }
  EXPECT_EQ(store.documents(), wanted.count());
  for (std::uint32_t d = 1; d < 500; d += 3)
    expect_read(store, d, documents[d]);
}

TEST(ShingleStore, FailsWithOutputWhenItsDirectoryIsGone) {
  std::optional<TemporaryDirectory> directory = make_test_directory();
  ShingleStore store(nullptr, directory->file("shingles"), 1);
  directory.reset();
  const Shingles many(1000, 7);
  Result<void> result = store.append(many);
  if (result) result = store.append(many);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::output);
}

/// Fills in blocks of any number of documents, also none.
void fill(HeldShingles& held, const std::vector<Shingles>& documents, Random& random) {
  for (std::size_t done = 0; done < documents.size();) {
    Shingles block;
    std::vector<std::uint32_t> sizes;
    for (std::size_t left = random.below(9); left > 0 && done < documents.size(); --left, ++done) {
      block.insert(block.end(), documents[done].begin(), documents[done].end());
      sizes.push_back(static_cast<std::uint32_t>(documents[done].size()));
    }
    held.add(std::move(block), sizes);
  }
}

TEST(HeldShingles, GiveBackWhatTheyWereGivenWithoutRepeats) {
  for (unsigned threads = 1; threads <= 4; ++threads) {
    Random random(threads);
    const auto documents = make_documents(500, random);
    const DocumentSet wanted = every_third(500);
    HeldShingles held(1000, 1 << 20);
    fill(held, documents, random);
    ASSERT_FALSE(held.has_given_up());
    held.make_distinct(wanted, threads);
    for (std::uint32_t d = 1; d < 500; d += 3)
      expect_read(held, d, without_repeats(documents[d]));
  }
}

TEST(HeldShingles, GiveUpAtOnceWhereTooMuchIsExpected) {
  EXPECT_TRUE(HeldShingles(1001, 1000).has_given_up());
  EXPECT_FALSE(HeldShingles(1000, 1000).has_given_up());
}

TEST(HeldShingles, GiveUpOnTheWayWhenTheyExceedTheirMemory) {
  HeldShingles held(0, 800);
  const std::vector<std::uint32_t> sizes = {20, 30};
  held.add(Shingles(50, 7), sizes);
  EXPECT_FALSE(held.has_given_up());
  held.add(Shingles(50, 7), sizes);
  EXPECT_FALSE(held.has_given_up()) << "800 bytes are allowed";
  held.add(Shingles(1, 7), std::vector<std::uint32_t>{1});
  EXPECT_TRUE(held.has_given_up());
  held.add({}, {});
  EXPECT_TRUE(held.has_given_up()) << "and for good";
}

}  // namespace
}  // namespace kithkin

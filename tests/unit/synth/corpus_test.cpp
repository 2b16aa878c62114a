#include "synth/corpus.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "synth/languages.h"

namespace kithkin {
namespace {

SynthBlock write(const SynthCorpus& corpus, std::uint64_t first, std::uint64_t last) {
  SynthWriter writer(corpus);
  SynthBlock block;
  block.first = first;
  block.last = last;
  writer.write(block);
  return block;
}

SynthCorpus make_corpus(const SynthOptions& options = {}) {
  return {options, parse_languages(kDefaultLanguages).value(), {}};
}

std::uint64_t hash(const std::string& bytes) { return hash_bytes(bytes.data(), bytes.size()); }

// A change of these is a change of every published corpus: say so in the changelog. Resemblance, in
// the second, also knows the Unicode version of the tables.
TEST(SynthCorpus, has_the_same_bytes_on_every_machine) {
  const SynthCorpus corpus = make_corpus();
  const SynthBlock block = write(corpus, 0, 1500);
  EXPECT_EQ(hash(block.documents), 9069481594532213721ULL);
  EXPECT_EQ(hash(block.pairs), 12379538826091229738ULL);
  EXPECT_EQ(hash(block.clusters), 7678273552363902050ULL);
  EXPECT_EQ(hash(block.stories), 3591661146059524856ULL);
}

TEST(SynthCorpus, a_document_does_not_depend_on_those_written_before_it) {
  const SynthCorpus corpus = make_corpus();
  const SynthBlock whole = write(corpus, 0, 400);
  std::string documents, pairs, clusters, stories;
  for (std::uint64_t i = 0; i < 400; i += 7) {
    const SynthBlock part = write(corpus, i, std::min<std::uint64_t>(i + 7, 400));
    documents += part.documents;
    pairs += part.pairs;
    clusters += part.clusters;
    stories += part.stories;
  }
  EXPECT_EQ(documents, whole.documents);
  EXPECT_EQ(pairs, whole.pairs);
  EXPECT_EQ(clusters, whole.clusters);
  EXPECT_EQ(stories, whole.stories);
}

TEST(SynthCorpus, far_documents_cost_no_more_than_near_ones) {
  const SynthCorpus corpus = make_corpus();
  const SynthBlock block = write(corpus, 999'999'999'000, 999'999'999'200);
  EXPECT_NE(block.documents.find("\"id\":\"s999999999199\""), std::string::npos);
  EXPECT_FALSE(block.pairs.empty());
}

TEST(SynthCorpus, the_furniture_is_not_in_the_truth) {
  SynthOptions bare;
  bare.furniture = false;
  const SynthBlock with = write(make_corpus(), 0, 500), without = write(make_corpus(bare), 0, 500);
  EXPECT_GT(with.documents.size(), without.documents.size());
  EXPECT_EQ(with.pairs, without.pairs);
}

TEST(ResemblanceMeter, is_the_share_of_common_shingles) {
  ResemblanceMeter meter;
  EXPECT_EQ(meter.measure("a b c d e f", "a b c d e g"), 1.0 / 3);  // abcde; bcdef, bcdeg
  EXPECT_EQ(meter.measure("a b c d e f", "a b c d e f"), 1);
  EXPECT_EQ(meter.measure("a b c d e f", "A, b; c - d e\nf"), 1);
  EXPECT_EQ(meter.measure("a b c", "d e f"), 0);
  EXPECT_EQ(ResemblanceMeter(2).measure("a b c", "a b d"), 1.0 / 3);  // ab; bc, bd
  EXPECT_EQ(meter.measure("", ""), 0);
  EXPECT_EQ(meter.measure("", "a"), 0);
}

}  // namespace
}  // namespace kithkin

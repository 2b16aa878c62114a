// A text that was held gives the sketch that it gave when it was read.
#include "engine/sketches.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <kithkin/deduplicate.h>

#include "engine/packed_text.h"
#include "engine/recipe.h"
#include "unit/base/random.h"

namespace kithkin {
namespace {

/// Words with numbers and repeats among them; of some texts none.
std::string make_text(Random& random) {
  std::string out;
  for (std::uint64_t left = random.chance(.05) ? 0 : 1 + random.below(120); left > 0; --left) {
    if (random.chance(.1))
      out += std::to_string(random.below(3000)) + ' ';
    else
      out += "w" + std::to_string(random.below(random.chance(.5) ? 5 : 5000)) + "x ";
  }
  return out;
}

Recipe recipe_of(SketchKind kind) {
  DeduplicateOptions options;
  options.sketch = kind;
  return make_recipe(options).value();
}

using Sketched = std::vector<std::uint64_t>;

/// All that a batch of one says.
Sketched all_of(const Sketches& sketches) {
  Sketched out(sketches.keys().begin(), sketches.keys().end());
  EXPECT_TRUE(sketches.for_each([&](const Sketches::Sketch& sketch) -> Result<void> {
    out.insert(out.end(), {sketch.tokens, sketch.content.high, sketch.content.low,
                           sketch.words.size(), sketch.shingles.size(), sketch.looked_up.size()});
    out.insert(out.end(), sketch.words.begin(), sketch.words.end());
    out.insert(out.end(), sketch.shingles.begin(), sketch.shingles.end());
    out.insert(out.end(), sketch.looked_up.begin(), sketch.looked_up.end());
    return {};
  }));
  return out;
}

TEST(Fingerprinter, RecallsWhatItRead) {
  Random random(1);
  for (const SketchKind kind : {SketchKind::minhash, SketchKind::simhash}) {
    const Recipe recipe = recipe_of(kind);
    Fingerprinter reads = Fingerprinter::create(recipe).value();
    Fingerprinter recalls = Fingerprinter::create(recipe).value();
    Sketches read, recalled;
    for (int n = 0; n < 2000; ++n) {
      reads.read(make_text(random));
      std::vector<WordKey> packed(reads.packed_size());
      reads.pack(packed);
      recalls.recall(packed, reads.content());
      const auto words = reads.words(), same = recalls.words();
      ASSERT_TRUE(std::equal(words.begin(), words.end(), same.begin(), same.end()));
      read.clear(), recalled.clear();
      read.add(reads, {true, true}, 0);
      recalled.add(recalls, {true, true}, 0);
      ASSERT_EQ(all_of(read), all_of(recalled));
    }
  }
}

TEST(Sketches, GiveEachItsOwn) {
  Random random(2);
  Fingerprinter fingerprinter = Fingerprinter::create(recipe_of(SketchKind::minhash)).value();
  for (const SketchOptions options : {SketchOptions{true, true}, SketchOptions{}}) {
    std::vector<Sketched> alone;
    Sketches batch, one;
    std::vector<std::uint64_t> keys;
    for (int n = 0; n < 100; ++n) {
      const std::string text = make_text(random);
      fingerprinter.read(text);
      batch.add(fingerprinter, options, 0);
      fingerprinter.read(text);
      one.clear();
      one.add(fingerprinter, options, 0);
      keys.insert(keys.end(), one.keys().begin(), one.keys().end());
      alone.push_back(all_of(one));
      alone.back().erase(alone.back().begin(),
                         alone.back().begin() + static_cast<std::ptrdiff_t>(one.keys().size()));
    }
    ASSERT_EQ(batch.size(), 100U);
    EXPECT_TRUE(std::equal(keys.begin(), keys.end(), batch.keys().begin(), batch.keys().end()));
    Sketched expected;
    for (const Sketched& own : alone)
      expected.insert(expected.end(), own.begin(), own.end());
    Sketched all = all_of(batch);
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(keys.size()));
    EXPECT_EQ(all, expected);
  }
}

}  // namespace
}  // namespace kithkin

// Runs and slots against a slow reference, substitution by hand and by its definition.
#include "match/align.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <ostream>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {

bool operator==(const AlignedRun& x, const AlignedRun& y) {
  return std::tie(x.a, x.b, x.size) == std::tie(y.a, y.b, y.size);
}
bool operator==(const Slot& x, const Slot& y) {
  return std::tie(x.a, x.size_a, x.b, x.size_b) == std::tie(y.a, y.size_a, y.b, y.size_b);
}
void PrintTo(const AlignedRun& run, std::ostream* out) {
  *out << run.size << " at " << run.a << "=" << run.b;
}
void PrintTo(const Slot& slot, std::ostream* out) {
  *out << slot.size_a << " at " << slot.a << " for " << slot.size_b << " at " << slot.b;
}

namespace {

using Text = std::vector<WordKey>;
using Runs = std::vector<AlignedRun>;
using Slots = std::vector<Slot>;

WordKey word(std::uint64_t number) { return word_key(mix64(number + 1)); }

/// A word for each letter.
Text text(std::string_view letters) {
  Text out;
  for (const char letter : letters)
    out.push_back(word(static_cast<unsigned char>(letter)));
  return out;
}

Text random_text(Random& random, std::size_t size, std::size_t vocabulary) {
  Text out;
  for (std::size_t i = 0; i < size; ++i)
    out.push_back(word(random.below(vocabulary)));
  return out;
}

/// The text with a few words replaced, left out or put in, and now and then a stretch moved.
Text revise(Random& random, const Text& old, double changes, std::size_t vocabulary) {
  Text out;
  for (const WordKey token : old) {
    if (random.chance(changes / 3)) out.push_back(word(random.below(vocabulary)));
    if (random.chance(changes / 3)) continue;
    out.push_back(random.chance(changes / 3) ? word(random.below(vocabulary)) : token);
  }
  if (out.size() > 1 && random.chance(.3)) {
    const auto at = [&] { return out.begin() + random.index(out.size()); };
    auto first = at(), second = at();
    if (second < first) std::swap(first, second);
    std::rotate(out.begin(), first, second);
  }
  return out;
}

struct Pair {
  Text hub, other;
};

Pair random_pair(std::uint64_t seed, std::size_t longest) {
  Random random(seed);
  const std::size_t vocabulary = 2 + random.below(2 * longest);  // from many repeats to few
  Pair out;
  out.hub = random_text(random, random.below(longest + 1), vocabulary);
  out.other = revise(random, out.hub, .6 * random.unit(), vocabulary);
  return out;
}

struct Anchor {
  std::uint32_t a = 0, b = 0;
};

bool is_same_triple(const Text& x, std::size_t i, const Text& y, std::size_t j) {
  return i + 3 <= x.size() && j + 3 <= y.size() &&
         std::equal(x.begin() + static_cast<std::ptrdiff_t>(i),
                    x.begin() + static_cast<std::ptrdiff_t>(i + 3),
                    y.begin() + static_cast<std::ptrdiff_t>(j));
}

/// How often the triple at `at` stands in another text.
int count_triple(const Text& from, std::size_t at, const Text& in) {
  int count = 0;
  for (std::size_t i = 0; i < in.size(); ++i)
    count += is_same_triple(from, at, in, i) ? 1 : 0;
  return count;
}

bool is_anchor(const Pair& p, std::size_t a, std::size_t b) {
  return is_same_triple(p.hub, a, p.other, b) && count_triple(p.hub, a, p.hub) == 1 &&
         count_triple(p.other, b, p.other) == 1;
}

std::vector<Anchor> anchors_slowly(const Pair& p) {
  std::vector<Anchor> out;
  for (std::uint32_t a = 0; a < p.hub.size(); ++a) {
    for (std::uint32_t b = 0; b < p.other.size(); ++b) {
      if (is_anchor(p, a, b)) out.push_back({a, b});
    }
  }
  return out;
}

/// Chain to runs: an anchor that the run before reaches into is part of it or gives way to it.
Runs widen_slowly(const Pair& p, const std::vector<Anchor>& chain) {
  Runs out;
  std::uint32_t end_a = 0, end_b = 0;
  for (const Anchor& anchor : chain) {
    if (anchor.a < end_a || anchor.b < end_b) continue;
    std::uint32_t back = 0, size = 3;
    while (anchor.a - back > end_a && anchor.b - back > end_b &&
           p.hub[anchor.a - back - 1] == p.other[anchor.b - back - 1]) {
      ++back;
    }
    while (anchor.a + size < p.hub.size() && anchor.b + size < p.other.size() &&
           p.hub[anchor.a + size] == p.other[anchor.b + size]) {
      ++size;
    }
    out.push_back({anchor.a - back, anchor.b - back, back + size});
    end_a = anchor.a + size;
    end_b = anchor.b + size;
  }
  return out;
}

/// All longest chains of anchors, one after the other: there may be several, and the aligner is
/// free to take any.
class LongestChains {
 public:
  explicit LongestChains(const Pair& p)
      : pair_(p), anchors_(anchors_slowly(p)), length_(anchors_.size(), 1) {
    for (std::size_t i = anchors_.size(); i-- > 0;) {
      for (std::size_t j = i + 1; j < anchors_.size(); ++j) {
        if (follows(i, j)) length_[i] = std::max(length_[i], length_[j] + 1);
      }
      longest_ = std::max(longest_, length_[i]);
    }
  }

  /// Whether one of them widens to these runs.
  bool give(const Runs& runs, std::size_t last = SIZE_MAX) {
    if (chain_.size() == longest_) return widen_slowly(pair_, chain_) == runs;
    for (std::size_t i = last + 1; i < anchors_.size(); ++i) {
      if (chain_.size() + length_[i] != longest_) continue;
      if (last != SIZE_MAX && !follows(last, i)) continue;
      chain_.push_back(anchors_[i]);
      if (give(runs, i)) return true;
      chain_.pop_back();
    }
    return false;
  }

 private:
  [[nodiscard]] bool follows(std::size_t i, std::size_t j) const {
    return anchors_[i].a < anchors_[j].a && anchors_[i].b < anchors_[j].b;
  }

  const Pair& pair_;
  std::vector<Anchor> anchors_;
  std::vector<std::size_t> length_;  // of the longest chain from each
  std::size_t longest_ = 0;
  std::vector<Anchor> chain_;
};

/// A text beside another, by an aligner that has seen neither.
struct Aligned {
  explicit Aligned(const Pair& p) {
    aligner.set_hub(p.hub);
    aligner.align(p.other);
  }
  [[nodiscard]] Runs runs() const { return {aligner.runs().begin(), aligner.runs().end()}; }
  [[nodiscard]] Slots slots() const { return {aligner.slots().begin(), aligner.slots().end()}; }

  Aligner aligner;
};

Aligned align(std::string_view hub, std::string_view other) {
  const Pair p{text(hub), text(other)};
  return Aligned(p);  // whose runs and slots do not look at the texts again
}

TEST(Runs, AreThoseOfALongestChainOfAnchorsWidened) {
  int several = 0;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const Pair p = random_pair(seed, 40);
    const Runs runs = Aligned(p).runs();
    ASSERT_TRUE(LongestChains(p).give(runs)) << seed << " " << testing::PrintToString(runs);
    several += runs.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(several, 1000) << "or little was tested";
}

TEST(Runs, AreEqualInOrderAndAsLongAsCanBe) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const Pair p = random_pair(seed, 600);
    std::uint32_t end_a = 0, end_b = 0;
    const Aligned aligned(p);
    for (const AlignedRun& run : aligned.runs()) {
      ASSERT_GE(run.a, end_a);
      ASSERT_GE(run.b, end_b);
      const bool can_begin_before = run.a > end_a && run.b > end_b;
      ASSERT_FALSE(can_begin_before && p.hub[run.a - 1] == p.other[run.b - 1]);
      bool has_anchor = false;
      for (std::uint32_t i = 0; i < run.size; ++i) {
        ASSERT_EQ(p.hub[run.a + i], p.other[run.b + i]);
        has_anchor = has_anchor || (i + 3 <= run.size && is_anchor(p, run.a + i, run.b + i));
      }
      ASSERT_TRUE(has_anchor);
      end_a = run.a + run.size;
      end_b = run.b + run.size;
      ASSERT_FALSE(end_a < p.hub.size() && end_b < p.other.size() &&
                   p.hub[end_a] == p.other[end_b]);
    }
  }
}

TEST(Runs, OfATextAndItselfAreOne) {
  EXPECT_EQ(align("abc", "abc").runs(), (Runs{{0, 0, 3}}));
  EXPECT_EQ(align("abcabcd", "abcabcd").runs(), (Runs{{0, 0, 7}})) << "bca, cab and bcd are unique";
}

TEST(Runs, NeedThreeWordsThatStandOnceInEachText) {
  EXPECT_EQ(align("ab", "ab").runs(), Runs{});
  EXPECT_EQ(align("abXcd", "abYcd").runs(), Runs{});
  EXPECT_EQ(align("abcXabc", "abc").runs(), Runs{}) << "twice in the hub";
  EXPECT_EQ(align("abc", "abcXabc").runs(), Runs{}) << "twice in the other";
  EXPECT_EQ(align("abcXabcYabc", "abc").runs(), Runs{}) << "and three times is not once again";
  EXPECT_EQ(align("abc", "abcXabcYabc").runs(), Runs{});
}

TEST(Runs, OfTextsUnderThreeWordsOrEmptyAreNone) {
  for (const std::string_view few : {"", "a", "ab"}) {
    for (const std::string_view other : {"", "a", "ab", "abc", "abcdef"}) {
      EXPECT_EQ(align(few, other).runs(), Runs{}) << few << " " << other;
      EXPECT_EQ(align(other, few).runs(), Runs{}) << other << " " << few;
    }
  }
}

TEST(Runs, OfAMovedStretchAreThoseOfTheLongerPart) {
  EXPECT_EQ(align("abcdefghij", "ghijabcdef").runs(), (Runs{{0, 4, 6}}));
  EXPECT_EQ(align("abcdefghij", "efghijabcd").runs(), (Runs{{4, 0, 6}}));
}

TEST(Slots, AreTheGapsBetweenRunsThatNeitherTextClosesAndNoneIsTooLong) {
  int slots = 0, others = 0;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const Pair p = random_pair(seed, 150);
    const Aligned aligned(p);
    const Runs runs = aligned.runs();
    Slots expected;
    for (std::size_t i = 0; i + 1 < runs.size(); ++i) {
      const std::uint32_t a = runs[i].a + runs[i].size, b = runs[i].b + runs[i].size;
      const std::uint32_t size_a = runs[i + 1].a - a, size_b = runs[i + 1].b - b;
      const bool is_slot = size_a >= 1 && size_a <= 32 && size_b >= 1 && size_b <= 32;
      if (is_slot) expected.push_back({a, size_a, b, size_b});
      ++(is_slot ? slots : others);
    }
    ASSERT_EQ(aligned.slots(), expected) << seed;
  }
  EXPECT_GT(slots, 1000);
  EXPECT_GT(others, 1000);
}

TEST(Slots, StandBetweenTwoRuns) {
  EXPECT_EQ(align("abcXdef", "abcYdef").slots(), (Slots{{3, 1, 3, 1}}));
  EXPECT_EQ(align("abcXXdefVghi", "abcYdefWWWghi").slots(), (Slots{{3, 2, 3, 1}, {8, 1, 7, 3}}));
}

TEST(Slots, AreNeitherAtTheBeginningNorAtTheEnd) {
  EXPECT_EQ(align("XabcdefV", "YabcdefW").slots(), Slots{});
  EXPECT_EQ(align("XabcdefV", "YabcdefW").runs(), (Runs{{1, 1, 6}}));
}

TEST(Slots, AreEmptyOnNeitherSide) {
  EXPECT_EQ(align("abcXdef", "abcdef").slots(), Slots{}) << "left out";
  EXPECT_EQ(align("abcdef", "abcXdef").slots(), Slots{}) << "put in";
  EXPECT_EQ(align("abcXdef", "abcdef").runs().size(), 2U);
}

TEST(Slots, HoldThirtyTwoWordsAtTheMost) {
  const std::string most = "abc" + std::string(32, 'A') + "def";
  const std::string more = "abc" + std::string(33, 'A') + "def";
  EXPECT_EQ(align(most, "abcXdef").slots(), (Slots{{3, 32, 3, 1}}));
  EXPECT_EQ(align("abcXdef", most).slots(), (Slots{{3, 1, 3, 32}}));
  EXPECT_EQ(align(more, "abcXdef").slots(), Slots{});
  EXPECT_EQ(align("abcXdef", more).slots(), Slots{});
}

/// From 1024 documents: digits stand in all and weigh 1, lower case in 32 and weighs 2, capitals
/// in one and weigh 3.
const WordWeights& weights() {
  static const WordWeights made = [] {
    WordSample sample;
    for (std::uint64_t document = 0; document < 1024; ++document) {
      Text words = text("0123456789");
      const auto add = [&](std::string_view more) {
        for (const WordKey hash : text(more))
          words.push_back(hash);
      };
      if (document < 32) add("abcdefghijklmnopqrstuvwxyz");
      if (document == 0) add("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
      sample.add({0, document}, words);
    }
    return sample.finish();
  }();
  return made;
}

std::uint32_t substitution(const Pair& p, const WordWeights& by) {
  return Aligned(p).aligner.substitution(by);
}

/// Either text may be the hub.
std::uint32_t substitution(std::string_view hub, std::string_view other) {
  const Pair there{text(hub), text(other)}, back{text(other), text(hub)};
  const std::uint32_t out = substitution(there, weights());
  EXPECT_EQ(substitution(back, weights()), out) << hub << " " << other;
  return out;
}

TEST(Substitution, StandsOnTheseWeights) {
  EXPECT_EQ(weights().of(text("5")[0]), 256U);
  EXPECT_EQ(weights().of(text("e")[0]), 512U);
  EXPECT_EQ(weights().of(text("E")[0]), 768U);
}

TEST(Substitution, OfARareWordForARareOneIsWhatItWeighsOverTheLeast) {
  EXPECT_EQ(substitution("abcXdef", "abcYdef"), 65536U * 2 / 12) << "six words of 2 are aligned";
  EXPECT_EQ(substitution("123X456", "123Y456"), 65536U * 2 / 6);
  EXPECT_EQ(substitution("ABCXDEF", "ABCYDEF"), 65536U * 2 / 18);
}

TEST(Substitution, IsTheLesserSide) {
  EXPECT_EQ(substitution("abcXdef", "abcydef"), 65536U * 1 / 12) << "rare for middling";
  EXPECT_EQ(substitution("abcXVdef", "abcYdef"), 65536U * 2 / 12) << "two for one";
  EXPECT_EQ(substitution("abcXVdef", "abcYWdef"), 65536U * 4 / 12);
}

TEST(Substitution, OfARareWordForACommonOneIsNothing) {
  EXPECT_EQ(substitution("abcXdef", "abc7def"), 0U);
  EXPECT_EQ(substitution("abcXdef", "abc789def"), 0U) << "however many";
  EXPECT_EQ(substitution("abcX8def", "abcY7def"), 65536U * 2 / 12) << "nor does it take away";
}

TEST(Substitution, OfWordsThatStandElsewhereInTheOtherTextIsNothing) {
  EXPECT_EQ(substitution("YabcXdef", "abcYdef"), 0U);
  EXPECT_EQ(substitution("abcXdefY", "abcYdef"), 0U);
  EXPECT_EQ(substitution("abcXdef", "abcYdefgX"), 0U);
  EXPECT_EQ(substitution("abcXVdefY", "abcYWdef"), 65536U * 2 / 12) << "one of two";
}

TEST(Substitution, AtTheEndsIsNothing) {
  EXPECT_EQ(substitution("XabcdefV", "YabcdefW"), 0U);
  EXPECT_EQ(substitution("XabcVdef", "YabcWdef"), 65536U * 2 / 12) << "but between them it is not";
}

TEST(Substitution, OfWordsLeftOutOrPutInIsNothing) {
  EXPECT_EQ(substitution("abcXdef", "abcdef"), 0U);
  EXPECT_EQ(substitution("abcXdefghi", "abcdefVghi"), 0U) << "not even of both, in two places";
}

TEST(Substitution, IsSummedOverTheSlots) {
  EXPECT_EQ(substitution("abcXdefVghi", "abcYdefWghi"), 65536U * 4 / 18);
  EXPECT_EQ(substitution("abcXdefVghi", "abcYdef7ghi"), 65536U * 2 / 18)
      << "the lesser side of each, not of the sums";
  EXPECT_EQ(substitution("abcX7defVghi", "abc8Ydef9ghi"), 65536U * 2 / 18);
}

/// So many different rare words.
std::string rare(char first, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += static_cast<char>(first + static_cast<char>(i % 13));
  return out;
}

TEST(Substitution, OfMoreThanThirtyTwoWordsIsNothing) {
  const auto of = [](std::size_t count) {
    return substitution("abc" + rare('A', count) + "def", "abc" + rare('N', count) + "def");
  };
  EXPECT_EQ(of(32), 65536U * 64 / 12);
  EXPECT_EQ(of(33), 0U);
}

TEST(Substitution, OfALongPassageForAShorterOneIsNothing) {
  const auto of = [](std::size_t hub, std::size_t other) {
    return substitution("abc" + rare('A', hub) + "def", "abc" + rare('N', other) + "def");
  };
  EXPECT_GT(of(8, 1), 0U);
  EXPECT_EQ(of(9, 1), 0U);
  EXPECT_EQ(of(1, 9), 0U);
  EXPECT_GT(of(9, 6), 0U) << "half as long again";
  EXPECT_EQ(of(10, 6), 0U);
  EXPECT_GT(of(20, 30), 0U);
}

TEST(Substitution, MayBeMoreThanWhatIsAligned) {
  EXPECT_EQ(substitution("123ABCDEFGHI456", "123JKLMNOPQR456"), 65536U * 18 / 6);
}

TEST(Substitution, OfEqualTextsIsZero) {
  for (const std::string_view same : {"abc", "abcXdef", "XYZ123abcABC"})
    EXPECT_EQ(substitution(same, same), 0U) << same;
}

TEST(Substitution, OfTextsUnderThreeWordsOrEmptyIsZero) {
  for (const std::string_view few : {"", "X", "XY"}) {
    for (const std::string_view other : {"", "Y", "YX", "YV", "abcYdef"})
      EXPECT_EQ(substitution(few, other), 0U) << few << " " << other;
  }
}

TEST(Substitution, WithoutASampleTakesEveryWordForARareOne) {
  const Pair p{text("123X456"), text("123745X6")};
  EXPECT_EQ(substitution(p, {}), 0U) << "X stands elsewhere";
  EXPECT_EQ(substitution({text("123X456"), text("1237456")}, {}), 65536U * 2 / 18);
}

/// A text in which every kind of word comes up, and a revision that puts words for words.
Pair random_weighted_pair(Random& random) {
  constexpr std::string_view kLetters =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const Text alphabet = text(kLetters);
  Pair out;
  const std::size_t size = random.below(120);
  for (std::size_t i = 0; i < size; ++i) {
    out.hub.push_back(alphabet[random.below(alphabet.size())]);
    out.other.push_back(random.chance(.12) ? alphabet[random.below(alphabet.size())]
                                           : out.hub.back());
  }
  return out;
}

std::uint64_t weigh_slowly(const Text& words, const Slot& slot, bool is_hub, const Text& other) {
  const std::set<WordKey> there(other.begin(), other.end());
  const std::uint32_t begin = is_hub ? slot.a : slot.b, size = is_hub ? slot.size_a : slot.size_b;
  std::uint64_t sum = 0;
  for (std::uint32_t i = begin; i < begin + size; ++i) {
    if (!there.contains(words[i])) sum += weights().of(words[i]) - 256;
  }
  return sum;
}

TEST(Substitution, IsWhatItsDefinitionSays) {
  Random random(1);
  int nonzero = 0;
  for (int round = 0; round < 2000; ++round) {
    const Pair p = random_weighted_pair(random);
    Aligned aligned(p);
    std::uint64_t put = 0, all = 0;
    for (const Slot& slot : aligned.slots()) {
      put += std::min(weigh_slowly(p.hub, slot, true, p.other),
                      weigh_slowly(p.other, slot, false, p.hub));
    }
    for (const AlignedRun& run : aligned.runs()) {
      for (std::uint32_t i = 0; i < run.size; ++i)
        all += weights().of(p.hub[run.a + i]);
    }
    const std::uint64_t expected = all == 0 ? 0 : put * 65536 / all;
    ASSERT_EQ(aligned.aligner.substitution(weights()), expected) << round;
    nonzero += expected != 0 ? 1 : 0;
  }
  EXPECT_GT(nonzero, 300);
}

std::vector<Place> places(const Text& hub, const Text& other) {
  std::vector<Place> out;
  Aligned({hub, other}).aligner.find_places(out);
  return out;
}
std::vector<Place> places(std::string_view hub, std::string_view other) {
  const std::vector<Place> out = places(text(hub), text(other));
  EXPECT_EQ(out, places(text(other), text(hub))) << "either text may be the hub";
  return out;
}
Place place(std::string_view before, std::string_view after, std::string_view a,
            std::string_view b) {
  return make_place(text(before), text(after), text(a), text(b));
}
using Places = std::vector<Place>;

TEST(Places, StandBetweenTheTwoNearestWordsOnEachSide) {
  EXPECT_EQ(places("abcXdef", "abcYdef"), (Places{place("cb", "de", "X", "Y")}));
  EXPECT_EQ(places("abcXXdef", "abcYdef"), (Places{place("cb", "de", "XX", "Y")}));
}

TEST(Places, HaveWordsOfTheirOwnOnEachSide) {
  EXPECT_EQ(places("abcXdef", "abcdef"), Places{}) << "left out";
  EXPECT_EQ(places("abcXYdef", "abcYXdef"), Places{}) << "in another order";
  EXPECT_EQ(places("XabcdefV", "YabcdefW"), Places{}) << "at the ends";
  EXPECT_EQ(places("abcXdefVghi", "abcYdefWghi").size(), 2U);
}

TEST(Places, HoldEightWordsAtTheMost) {
  EXPECT_EQ(places("abcXdef", "abcABCDEFGHdef").size(), 1U);
  EXPECT_EQ(places("abcXdef", "abcABCDEFGHIdef"), Places{});
}

TEST(Places, DoNotKnowNumbers) {
  const auto with = [](std::string_view letters, std::size_t at) {
    Text out = text(letters);
    out[at] |= 1;
    return out;
  };
  // In front, behind, and in the place itself: another year is another fact of its own.
  const Places plain = places("abcXdef", "abcYdef");
  EXPECT_EQ(places(with("abc7Xdef", 3), with("abc7Ydef", 3)), plain);
  EXPECT_EQ(places(with("abcX7def", 4), with("abcY7def", 4)), plain);
  EXPECT_EQ(places(with("abcX7def", 4), with("abcY8def", 4)), plain);
  EXPECT_EQ(places(with("abc7def", 3), with("abc8def", 3)), Places{});
}

/// What each text lacks of the other by sets of all their words, without an alignment.
std::uint32_t missing_slowly(const Pair& p) {
  const auto sum = [](const Text& words, const Text& other) {
    const std::set<WordKey> there(other.begin(), other.end());
    std::uint64_t out = 0;
    for (const WordKey word : words)
      out += there.contains(word) ? 0 : weights().of(word) - 256;
    return out;
  };
  const std::uint64_t shorter = std::min(p.hub.size(), p.other.size());
  if (shorter == 0) return 0;
  const std::uint64_t lesser = std::min(sum(p.hub, p.other), sum(p.other, p.hub));
  return static_cast<std::uint32_t>(lesser * 65536 / (shorter * 512));
}

TEST(Missing, IsTheLesserOfWhatEachTextLacks) {
  const auto missing = [](std::string_view hub, std::string_view other) {
    return Aligned({text(hub), text(other)}).aligner.missing(weights());
  };
  EXPECT_EQ(missing("ABCD", "ABEFGHIJ"), 65536U * 2 / 4) << "two of the four shorter ones";
  EXPECT_EQ(missing("ABEFGHIJ", "ABCD"), 65536U * 2 / 4);
  EXPECT_EQ(missing("ABCD", "ABCD"), 0U);
  EXPECT_EQ(missing("AB", "ABEFGHIJ"), 0U) << "nothing of an excerpt";
  EXPECT_EQ(missing("", "ABEF"), 0U);
  EXPECT_EQ(missing("AB", "12"), 0U) << "common words weigh nothing";
}

TEST(Missing, EqualsWhatSetsOfAllWordsSay) {
  Random random(4);
  int nonzero = 0;
  for (int round = 0; round < 2000; ++round) {
    Pair p = random_weighted_pair(random);
    if (random.chance(.3)) p.other.resize(p.other.size() / 2);
    if (random.chance(.3))
      std::rotate(p.hub.begin(), p.hub.begin() + static_cast<std::ptrdiff_t>(p.hub.size() / 3),
                  p.hub.end());
    const std::uint32_t expected = missing_slowly(p);
    ASSERT_EQ(Aligned(p).aligner.missing(weights()), expected) << round;
    nonzero += expected != 0 ? 1 : 0;
  }
  EXPECT_GT(nonzero, 200);
}

void expect_like_a_fresh_one(Aligner& used, const Pair& p) {
  Aligned fresh(p);
  ASSERT_EQ(Runs(used.runs().begin(), used.runs().end()), fresh.runs());
  ASSERT_EQ(Slots(used.slots().begin(), used.slots().end()), fresh.slots());
  ASSERT_EQ(used.substitution(weights()), fresh.aligner.substitution(weights()));
  ASSERT_EQ(used.missing(weights()), fresh.aligner.missing(weights()));
  std::vector<Place> places, expected;
  used.find_places(places);
  fresh.aligner.find_places(expected);
  ASSERT_EQ(places, expected);
}

TEST(Aligner, WithOneHubForManyGivesWhatAFreshOneGives) {
  Random random(2);
  Aligner used;
  for (int hub = 0; hub < 60; ++hub) {
    Pair p = random_weighted_pair(random);
    used.set_hub(p.hub);
    for (int other = 0; other < 20; ++other) {
      // Of its own hub and of strangers, longer and shorter: all leave marks in the table.
      const Pair stranger = random_weighted_pair(random);
      if (random.chance(.3)) {
        p.other = stranger.other;
      } else {
        p.other = p.hub;
        for (WordKey& token : p.other) {
          if (random.chance(.1) && !stranger.hub.empty())
            token = stranger.hub[random.below(stranger.hub.size())];
        }
      }
      used.align(p.other);
      expect_like_a_fresh_one(used, p);
      if (HasFailure()) return;
    }
  }
}

TEST(Aligner, AfterAGiantTextAlignsSmallOnes) {
  Random random(3);
  const Pair small{text("abcXdefghi"), text("abcYdefghi")};
  const Text giant = random_text(random, 300000, 1 << 30);
  Text revised = giant;
  for (std::size_t i = 100; i < revised.size(); i += 100)
    revised[i] = word((1ULL << 40) + i);
  Aligner used;
  used.set_hub(giant);
  used.align(revised);
  EXPECT_EQ(used.runs().size(), 3000U);
  EXPECT_EQ(used.slots().size(), 2999U);
  EXPECT_NE(used.substitution(weights()), 0U);
  used.align(small.other);
  expect_like_a_fresh_one(used, {giant, small.other});
  used.set_hub(small.hub);
  used.align(small.other);
  expect_like_a_fresh_one(used, small);
  used.align(giant);
  expect_like_a_fresh_one(used, {small.hub, giant});
  used.align(small.other);
  expect_like_a_fresh_one(used, small);
}

/// Digits as numbers, everything else as words.
Text text_with_numbers(std::string_view letters) {
  Text out = text(letters);
  for (std::size_t i = 0; i < letters.size(); ++i)
    out[i] |= letters[i] >= '0' && letters[i] <= '9' ? 1 : 0;
  return out;
}

std::uint32_t number_slots(std::string_view a, std::string_view b) {
  const Text in_a = text_with_numbers(a), in_b = text_with_numbers(b);
  Aligner aligner;
  aligner.set_hub(in_a);
  aligner.align(in_b);
  return aligner.number_slots();
}

TEST(NumberSlots, AreThoseWithANumberOfItsOwnOnEitherSide) {
  EXPECT_EQ(number_slots("abc1def", "abc2def"), 1U);
  EXPECT_EQ(number_slots("abc1def3ghi", "abc2def4ghi"), 2U);
  EXPECT_EQ(number_slots("abc1xdef", "abcy2def"), 1U) << "among words";
  EXPECT_EQ(number_slots("abc1def", "abcxdef"), 0U) << "a word for a number";
  EXPECT_EQ(number_slots("abcxdef", "abcydef"), 0U);
  EXPECT_EQ(number_slots("abc1def2", "abc2def1"), 1U) << "though each stands in the other text";
  EXPECT_EQ(number_slots("abc1rstuvwxydef2", "abc2jklmnopqdef1"), 0U)
      << "in a long slot that matters";
  EXPECT_EQ(number_slots("abc12def3", "abc31def2"), 0U) << "one of them stayed";
  EXPECT_EQ(number_slots("1abcdef", "2abcdef"), 0U) << "ends do not count";
  EXPECT_EQ(number_slots("abcdef", "abcdef"), 0U);
}

}  // namespace
}  // namespace kithkin

// explain(): shared passages against the definition done slowly, differences by what a reader
// would want to be told, measures and relation.
#include "report/explain.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/explain.h>

#include "base/hash.h"

namespace kithkin {

void PrintTo(const SharedRun& run, std::ostream* out) {
  *out << "{" << run.a << ", " << run.b << ", " << run.tokens << "}";
}

namespace {

using Hashes = std::vector<TokenHash>;

/// The definition: of all runs of free tokens the longest, then the first; until there is none.
class SlowTiling {
 public:
  SlowTiling(const Hashes& a, const Hashes& b, std::uint32_t least)
      : a_(a), b_(b), least_(least), free_a_(a.size(), true), free_b_(b.size(), true) {}

  std::vector<SharedRun> run() {
    std::vector<SharedRun> out;
    for (SharedRun best = find_longest(); best.tokens >= least_; best = find_longest()) {
      std::fill_n(free_a_.begin() + best.a, best.tokens, false);
      std::fill_n(free_b_.begin() + best.b, best.tokens, false);
      out.push_back(best);
    }
    std::sort(out.begin(), out.end(), [](const auto& x, const auto& y) { return x.a < y.a; });
    return out;
  }

 private:
  SharedRun find_longest() const {
    SharedRun best;
    for (std::uint32_t i = 0; i < a_.size(); ++i) {
      for (std::uint32_t j = 0; j < b_.size(); ++j) {
        std::uint32_t n = 0;
        while (i + n < a_.size() && j + n < b_.size() && a_[i + n] == b_[j + n] && free_a_[i + n] &&
               free_b_[j + n]) {
          ++n;
        }
        if (n > best.tokens) best = {i, j, n};
      }
    }
    return best;
  }

  const Hashes &a_, &b_;
  std::uint32_t least_;
  std::vector<bool> free_a_, free_b_;
};

Hashes random_tokens(std::size_t n, std::uint64_t alphabet, std::uint64_t& state) {
  Hashes out(n);
  for (TokenHash& token : out)
    token = mix64(splitmix64(state) % alphabet + 1);
  return out;
}

/// Two sequences made of the same pieces in another order, with noise between.
std::pair<Hashes, Hashes> shuffled_pieces(std::uint64_t& state) {
  std::vector<Hashes> pieces;
  for (int i = 0; i < 5; ++i)
    pieces.push_back(random_tokens(splitmix64(state) % 12, 9, state));
  std::pair<Hashes, Hashes> out;
  for (Hashes* side : {&out.first, &out.second}) {
    for (int i = 0; i < 6; ++i) {
      const Hashes& piece = pieces[splitmix64(state) % pieces.size()];
      side->insert(side->end(), piece.begin(), piece.end());
      const Hashes noise = random_tokens(splitmix64(state) % 3, 1000, state);
      side->insert(side->end(), noise.begin(), noise.end());
    }
  }
  return out;
}

TEST(SharedRuns, AreThoseOfTheDefinitionOnRandomSequences) {
  std::uint64_t state = 1;
  for (int round = 0; round < 600; ++round) {
    const Hashes a = random_tokens(splitmix64(state) % 48, 5, state);
    const Hashes b = random_tokens(splitmix64(state) % 48, 5, state);
    const auto least = static_cast<std::uint32_t>(2 + splitmix64(state) % 4);
    if (std::min(a.size(), b.size()) < least) continue;
    ASSERT_EQ(find_shared_runs(a, b, least), SlowTiling(a, b, least).run()) << "round " << round;
  }
}

TEST(SharedRuns, AreThoseOfTheDefinitionWhenPiecesMoved) {
  std::uint64_t state = 2;
  for (int round = 0; round < 300; ++round) {
    const auto [a, b] = shuffled_pieces(state);
    if (std::min(a.size(), b.size()) < 3) continue;
    ASSERT_EQ(find_shared_runs(a, b, 3), SlowTiling(a, b, 3).run()) << "round " << round;
  }
}

/// What holds whatever the caps cut off.
void expect_sound(const Hashes& a, const Hashes& b, const std::vector<SharedRun>& runs) {
  std::vector<bool> in_a(a.size()), in_b(b.size());
  for (const SharedRun& run : runs) {
    for (std::uint32_t i = 0; i < run.tokens; ++i) {
      ASSERT_EQ(a[run.a + i], b[run.b + i]) << "runs are equal";
      ASSERT_FALSE(in_a[run.a + i] || in_b[run.b + i]) << "runs are disjoint";
      in_a[run.a + i] = in_b[run.b + i] = true;
    }
  }
  for (const SharedRun& run : runs) {
    const std::uint32_t end_a = run.a + run.tokens, end_b = run.b + run.tokens;
    if (run.a > 0 && run.b > 0 && !in_a[run.a - 1] && !in_b[run.b - 1]) {
      ASSERT_NE(a[run.a - 1], b[run.b - 1]) << "runs are maximal to the left";
    }
    if (end_a < a.size() && end_b < b.size() && !in_a[end_a] && !in_b[end_b]) {
      ASSERT_NE(a[end_a], b[end_b]) << "runs are maximal to the right";
    }
  }
}

TEST(SharedRuns, AreEqualDisjointAndMaximalInLongRepetitiveSequences) {
  std::uint64_t state = 3;
  for (int round = 0; round < 20; ++round) {
    const Hashes a = random_tokens(3000, 2 + splitmix64(state) % 6, state);
    const Hashes b = random_tokens(3000, 2 + splitmix64(state) % 6, state);
    expect_sound(a, b, find_shared_runs(a, b, 5));
  }
}

TEST(SharedRuns, OfOneWordRepeatedAMillionTimesAreFoundInTime) {
  const Hashes million(1'000'000, 7);
  EXPECT_EQ(find_shared_runs(million, million, 5), (std::vector<SharedRun>{{0, 0, 1'000'000}}));
  const Hashes a(100'000, 7);
  Hashes b = a;
  for (std::size_t i = 40; i < b.size(); i += 50)
    b[i] = 9;
  const auto runs = find_shared_runs(a, b, 5);
  expect_sound(a, b, runs);
  EXPECT_GT(runs.size(), 1'000U);
}

TEST(SharedRuns, ThatRecurFarMoreOftenThanIsTriedAreStillMatchedOneToOne) {
  std::uint64_t state = 4;
  const Hashes piece = random_tokens(12, 1000, state);
  Hashes a, b;
  for (int i = 0; i < 200; ++i) {
    for (Hashes* side : {&a, &b}) {
      side->insert(side->end(), piece.begin(), piece.end());
      side->push_back(splitmix64(state));
    }
  }
  EXPECT_EQ(find_shared_runs(a, b, 5).size(), 200U);
}

TEST(SharedRuns, OfASequenceShorterThanTheLeastAreThatSequenceWhole) {
  const Hashes a{1, 2}, b{9, 9, 1, 2, 9};
  EXPECT_EQ(find_shared_runs(a, b, 5), (std::vector<SharedRun>{{0, 2, 2}}));
  EXPECT_TRUE(find_shared_runs(a, Hashes{1, 9, 2}, 5).empty());
  EXPECT_TRUE(find_shared_runs(a, Hashes{}, 5).empty());
}

// --- Texts -------------------------------------------------------------------------------------

Explanation must_explain(std::string_view a, std::string_view b, std::uint32_t shingle = 5) {
  DeduplicateOptions options;
  options.shingle = shingle;
  auto result = explain(a, b, options);
  EXPECT_TRUE(result);
  return result ? *result : Explanation{};
}

std::string_view cut(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

std::vector<std::string> listed(std::string_view text, const std::vector<Difference>& differences) {
  std::vector<std::string> out;
  for (const Difference& d : differences) {
    constexpr const char* kPrefixes[] = {"number ", "name ", "word ", "moved "};
    out.push_back(kPrefixes[static_cast<int>(d.kind)] + std::string(cut(text, d.span)));
  }
  return out;
}

using Strings = std::vector<std::string>;

TEST(Explain, CallsTheSameWordsExactWhateverTheirPunctuation) {
  const Explanation e =
      must_explain("The ferry left, late: at nine o'clock.", "the FERRY left late at nine o’clock");
  EXPECT_EQ(e.relation, Relation::exact);
  EXPECT_EQ(e.measures.resemblance, 1);
  ASSERT_EQ(e.shared.size(), 1U);
  EXPECT_EQ(e.shared[0].tokens, 7U);
  EXPECT_TRUE(e.only_a.empty());
  EXPECT_TRUE(e.only_b.empty());
}

TEST(Explain, MeasuresTheShingleSets) {
  // abc bcd cde | bcd cde def efg
  const Explanation e = must_explain("aa bb cc dd ee", "bb cc dd ee ff gg", 3);
  EXPECT_EQ(e.shingles_a, 3U);
  EXPECT_EQ(e.shingles_b, 4U);
  EXPECT_EQ(e.shared_shingles, 2U);
  EXPECT_EQ(e.tokens_a, 5U);
  EXPECT_EQ(e.tokens_b, 6U);
  EXPECT_DOUBLE_EQ(e.measures.resemblance, 2.0 / 5);
  EXPECT_DOUBLE_EQ(e.measures.containment_a, 2.0 / 3);
  EXPECT_DOUBLE_EQ(e.measures.containment_b, 2.0 / 4);
  EXPECT_EQ(e.relation, Relation::none);
}

TEST(Explain, CountsAShingleThatComesAgainOnce) {
  // abc bca cab abc bca | abc bcx
  const Explanation e = must_explain("aa bb cc aa bb cc aa", "aa bb cc xx", 3);
  EXPECT_EQ(e.shingles_a, 3U);
  EXPECT_EQ(e.shingles_b, 2U);
  EXPECT_EQ(e.shared_shingles, 1U);
  EXPECT_DOUBLE_EQ(e.measures.resemblance, 1.0 / 4);
}

TEST(Explain, CallsAnExcerptContainedUnlessThatIsTurnedOff) {
  const std::string part = "one two three four five six seven eight nine ten";
  const std::string whole = part + " and then a long story of other things follows it here";
  EXPECT_EQ(must_explain(part, whole).relation, Relation::contained);
  DeduplicateOptions options;
  options.match.containment = 0;
  EXPECT_EQ(explain(part, whole, options)->relation, Relation::none);
  options.match.threshold = 0.3;
  EXPECT_EQ(explain(part, whole, options)->relation, Relation::near);
}

TEST(Explain, FindsArabicPassagesWithAndWithoutHarakat) {
  const std::string a = "أَعْلَنَتِ الوِزَارَةُ عَنْ خُطَّةٍ جَدِيدَةٍ لِحِمَايَةِ السَّوَاحِلِ";
  const std::string b = "اعلنت الوزارة عن خطة جديدة لحماية السواحل";
  const Explanation e = must_explain(a, b);
  EXPECT_EQ(e.relation, Relation::exact);
  ASSERT_EQ(e.shared.size(), 1U);
  EXPECT_EQ(cut(a, e.shared[0].a), a);
  EXPECT_EQ(cut(b, e.shared[0].b), b);
}

TEST(Explain, FindsParagraphsThatWereMoved) {
  const std::string one = "the council will meet on the first day of spring";
  const std::string two = "farmers beyond the river asked for more water this year";
  const std::string a = one + ".\n\n" + two + ".", b = two + ".\n\n" + one + ".";
  const Explanation e = must_explain(a, b);
  ASSERT_EQ(e.shared.size(), 2U);
  EXPECT_EQ(cut(a, e.shared[0].a), one);
  EXPECT_EQ(cut(b, e.shared[0].b), one);
  EXPECT_EQ(cut(a, e.shared[1].a), two);
  EXPECT_EQ(cut(b, e.shared[1].b), two);
  EXPECT_TRUE(e.only_a.empty());
}

TEST(Explain, TellsNumbersFirstThenNamesThenWords) {
  const std::string a = "Late on Sunday the tanker Halcyon ran aground near Port Elwin with 12 men";
  const std::string b =
      "Late on Monday the freighter Osprey ran aground near Cape Dorn with 15 men";
  const Explanation e = must_explain(a, b);
  EXPECT_EQ(listed(a, e.only_a), (Strings{"number 12", "name Sunday", "name Halcyon",
                                          "name Port Elwin", "word tanker"}));
  EXPECT_EQ(listed(b, e.only_b), (Strings{"number 15", "name Monday", "name Osprey",
                                          "name Cape Dorn", "word freighter"}));
}

TEST(Explain, TellsNumbersInDigitsOfEveryScript) {
  const std::string a = "ارتفع عدد الزوار في المعرض هذا العام إلى ١٢٠٠ زائر";
  const std::string b = "ارتفع عدد الزوار في المعرض هذا العام إلى 1500 زائر";
  const Explanation e = must_explain(a, b);
  EXPECT_EQ(listed(a, e.only_a), Strings{"number ١٢٠٠"});
  EXPECT_EQ(listed(b, e.only_b), Strings{"number 1500"});
}

TEST(Explain, SeesNoDifferenceBetweenDigitsOfTwoScripts) {
  const Explanation e = must_explain("بلغ العدد ١٢٠٠ في هذا العام", "بلغ العدد 1200 في هذا العام");
  EXPECT_EQ(e.relation, Relation::exact);
}

TEST(Explain, DoesNotTakeACapitalAtTheBeginningOfASentenceForAName) {
  const std::string a =
      "It rained. Nobody came! \"Wait?\" Everyone left.\n\nTents fell and Anna wept";
  const Explanation e = must_explain(a, "");
  EXPECT_EQ(listed(a, e.only_a),
            (Strings{"name Anna",
                     "word It rained. Nobody came! \"Wait?\" Everyone left.\n\nTents fell and",
                     "word wept"}));
}

TEST(Explain, KnowsThatAnAbbreviationEndsNoSentence) {
  const std::string a = "today Dr. Weller and J. Amsel spoke in the U.S. Senate";
  EXPECT_EQ(listed(a, must_explain(a, "").only_a),
            (Strings{"name Dr. Weller", "name J. Amsel", "name U.S. Senate", "word today",
                     "word and", "word spoke in the"}));
}

TEST(Explain, HasNoNamesInScriptsWithoutCase) {
  const std::string a = "زار أحمد القرية";
  EXPECT_EQ(listed(a, must_explain(a, "").only_a), Strings{"word زار أحمد القرية"});
}

TEST(Explain, DoesNotCallAWordDifferentThatOnlyMoved) {
  const std::string a = "in the evening quietly the old mayor of the town opened the new bridge";
  const std::string b = "in the evening the old mayor of the town opened the new bridge quietly";
  const Explanation e = must_explain(a, b);
  EXPECT_EQ(listed(a, e.only_a), Strings{"moved quietly"});
  EXPECT_EQ(listed(b, e.only_b), Strings{"moved quietly"});
}

TEST(Explain, CallsNumbersThatChangedPlacesDifferent) {
  const std::string a = "the home side won by 3 to 2 after extra time in the final";
  const std::string b = "the home side won by 2 to 3 after extra time in the final";
  const Explanation e = must_explain(a, b);
  ASSERT_FALSE(e.only_a.empty());
  ASSERT_FALSE(e.only_b.empty());
  EXPECT_EQ(e.only_a[0].kind, DifferenceKind::number);
  EXPECT_EQ(e.only_b[0].kind, DifferenceKind::number);
}

TEST(Explain, AlignsTheWordsBetweenTwoChangesThatAreClose) {
  const std::string a =
      "officials say that at least 12 people and 4 dogs were pulled out of the snow";
  const std::string b =
      "officials say that at least 15 people and 7 dogs were pulled out of the snow";
  const Explanation e = must_explain(a, b);
  EXPECT_EQ(listed(a, e.only_a), (Strings{"number 12", "number 4"}));
  EXPECT_EQ(listed(b, e.only_b), (Strings{"number 15", "number 7"}));
}

TEST(Explain, ShowsOnlyTheCharacterThatChangedInScriptsWithoutSpaces) {
  const std::string a = "市内の図書館は月曜日に休館します";
  const std::string b = "市内の図書館は火曜日に休館します";
  const Explanation e = must_explain(a, b);
  EXPECT_EQ(listed(a, e.only_a), Strings{"word 月"});
  EXPECT_EQ(listed(b, e.only_b), Strings{"word 火"});
}

TEST(Explain, SaysNothingOfEmptyTexts) {
  for (const auto& [a, b] : {std::pair{"", ""}, {"", "some words here"}, {" ... ", "!"}}) {
    const Explanation e = must_explain(a, b);
    EXPECT_EQ(e.relation, Relation::none);
    EXPECT_EQ(e.measures.resemblance, 0);
    EXPECT_TRUE(e.shared.empty());
    EXPECT_TRUE(e.only_a.empty());
  }
}

TEST(Explain, FindsATextShorterThanAShingleInALongerOne) {
  const std::string a = "blue door", b = "behind the blue door there was a garden";
  const Explanation e = must_explain(a, b);
  EXPECT_EQ(e.relation, Relation::none);
  EXPECT_EQ(e.shingles_a, 1U);
  ASSERT_EQ(e.shared.size(), 1U);
  EXPECT_EQ(cut(b, e.shared[0].b), "blue door");
  EXPECT_TRUE(e.only_a.empty());
}

TEST(Explain, TellsNothingTwice) {
  std::uint64_t state = 5;
  const auto text = [&] {
    constexpr const char* kWords[] = {"red ", "Red ", "old ", "sea. ", "No. ", "7 ", "8 ", "a "};
    std::string out;
    for (int i = 0; i < 200; ++i)
      out += kWords[splitmix64(state) % 8];
    return out;
  };
  for (int round = 0; round < 50; ++round) {
    const Explanation e = must_explain(text(), text(), 4);
    std::uint64_t tokens = 0;
    std::vector<Span> spans;
    const auto add = [&](Span span, std::uint64_t n) {
      tokens += n;
      spans.push_back(span);
    };
    for (const SharedPassage& passage : e.shared)
      add(passage.a, passage.tokens);
    for (const Difference& difference : e.only_a)
      add(difference.span, difference.tokens);
    EXPECT_LE(tokens, e.tokens_a);  // aligned words are in neither list
    std::ranges::sort(spans, {}, &Span::begin);
    for (std::size_t i = 1; i < spans.size(); ++i)
      ASSERT_LE(spans[i - 1].end, spans[i].begin);
  }
}

TEST(Explain, TakesTextThatIsNotUtf8) {
  const std::string a = "caf\xE9 one two three four five", b = "caf\xFF one two three four five";
  EXPECT_EQ(must_explain(a, b).shared.size(), 1U);
}

TEST(Explain, RefusesOptionsOutOfRange) {
  const auto refuses = [](MatchOptions match, std::uint32_t shingle) {
    DeduplicateOptions options;
    options.match = match;
    options.shingle = shingle;
    const auto result = explain("a", "b", options);
    return !result && result.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_FALSE(refuses({}, 1));
  EXPECT_TRUE(refuses({}, 0));
  EXPECT_TRUE(refuses({}, 65));
  EXPECT_TRUE(refuses({0, 0.8}, 5));
  EXPECT_TRUE(refuses({0.6, 1.5}, 5));
}

}  // namespace
}  // namespace kithkin

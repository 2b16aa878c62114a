// Shared passages by greedy tiling, and what is left by alignment.
//
//   a  the fire killed 12 men in the old harbor      b  in the old harbor the fire killed 15 men
//      `- run 1 ------'        `- run 2 -------'        `- run 2 -------' `- run 1 ------'
//
// Tiling (Wise, "YAP3", 1996) takes the longest run that both texts share, then the longest of
// what is left, and so on; unlike an alignment it finds passages that were moved. Every run holds
// a shingle that both have, so the places to look are the meetings of two sorted lists of
// shingles. Meetings on one diagonal (equal a - b) of one run are found one after the other and
// extended once; runs wait in a queue, longest first; one that is partly taken when its turn comes
// goes back in pieces.
//
// Tests: tests/unit/report/explain_test.cpp, against the definition done slowly.
#include "report/explain.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <numeric>
#include <queue>
#include <string>
#include <tuple>
#include <utility>

#include <kithkin/explain.h>

#include "base/try.h"
#include "base/utf8.h"
#include "match/passage_set.h"
#include "match/shingle_set.h"
#include "match/verify.h"
#include "text/shingle.h"
#include "text/tokenize.h"
#include "text/width.h"

namespace kithkin {
namespace {

using Tokens = std::span<const TokenHash>;

constexpr std::size_t kPlacesTried = 16;

struct Occurrence {
  ShingleHash shingle = 0;
  std::uint32_t position = 0;
  auto operator<=>(const Occurrence&) const = default;
};
using Occurrences = std::span<const Occurrence>;

struct OfLesserShingle {
  bool operator()(const Occurrence& a, const Occurrence& b) const { return a.shingle < b.shingle; }
};

std::vector<Occurrence> sorted_occurrences(Tokens tokens, std::uint32_t length) {
  std::vector<ShingleHash> shingles;
  make_shingles(tokens, length, shingles);
  std::vector<Occurrence> out(shingles.size());
  for (std::uint32_t i = 0; i < out.size(); ++i)
    out[i] = {shingles[i], i};
  std::sort(out.begin(), out.end());
  return out;
}

/// A place where the texts may agree, by its diagonal.
struct Meeting {
  std::int64_t diagonal = 0;  // a - b
  std::uint32_t a = 0;
  auto operator<=>(const Meeting&) const = default;
};

/// The places in b that are tried for the occurrence of this rank in a: those of about its rank,
/// and none where b has far fewer. So one word a million times meets itself on a few diagonals.
Occurrences around_rank(Occurrences in_b, std::size_t rank) {
  if (rank >= in_b.size() + kPlacesTried / 2) return {};
  const std::size_t tried = std::min(kPlacesTried, in_b.size());
  const std::size_t first = rank - std::min(rank, kPlacesTried / 2);
  return in_b.subspan(std::min(first, in_b.size() - tried), tried);
}

std::vector<Meeting> find_meetings(Tokens a, Tokens b, std::uint32_t length) {
  const auto all_a = sorted_occurrences(a, length), all_b = sorted_occurrences(b, length);
  std::vector<Meeting> out;
  std::size_t rank = 0;
  for (std::size_t i = 0; i < all_a.size(); ++i) {
    const Occurrence& at = all_a[i];
    rank = i > 0 && all_a[i - 1].shingle == at.shingle ? rank + 1 : 0;
    const auto [begin, end] = std::equal_range(all_b.begin(), all_b.end(), at, OfLesserShingle());
    for (const Occurrence& other : around_rank(Occurrences(begin, end), rank)) {
      out.push_back({std::int64_t{at.position} - other.position, at.position});
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The longest run through the tokens at `i` and `j`; of no tokens where they differ.
SharedRun extend(Tokens a, Tokens b, std::uint32_t i, std::uint32_t j) {
  std::uint32_t before = 0, after = 0;
  while (i + after < a.size() && j + after < b.size() && a[i + after] == b[j + after])
    ++after;
  if (after == 0) return {};
  while (before < std::min(i, j) && a[i - before - 1] == b[j - before - 1])
    ++before;
  return {i - before, j - before, before + after};
}

struct LongestFirst {
  bool operator()(const SharedRun& x, const SharedRun& y) const {
    return std::tie(x.tokens, y.a, y.b) < std::tie(y.tokens, x.a, x.b);
  }
};

class Tiling {
 public:
  Tiling(Tokens a, Tokens b, std::uint32_t least)
      : a_(a), b_(b), least_(least), taken_a_(a.size()), taken_b_(b.size()) {}

  std::vector<SharedRun> run() {
    queue_runs();
    while (!queue_.empty()) {
      const SharedRun next = queue_.top();
      queue_.pop();
      take_or_cut(next);
    }
    std::ranges::sort(out_, {}, &SharedRun::a);
    return std::move(out_);
  }

 private:
  void queue_runs() {
    std::int64_t diagonal = std::numeric_limits<std::int64_t>::min();
    std::uint32_t end = 0;  // of the last run on this diagonal
    for (const Meeting& meeting : find_meetings(a_, b_, least_)) {
      if (meeting.diagonal == diagonal && meeting.a < end) continue;
      const auto at_b = static_cast<std::uint32_t>(meeting.a - meeting.diagonal);
      const SharedRun run = extend(a_, b_, meeting.a, at_b);
      if (run.tokens < least_) continue;  // two shingles of one hash
      diagonal = meeting.diagonal;
      end = run.a + run.tokens;
      queue_.push(run);
    }
  }

  /// Takes a run that is free; of others, puts the free pieces back.
  void take_or_cut(const SharedRun& run) {
    for (std::uint32_t begin = 0; begin < run.tokens;) {
      std::uint32_t end = begin;
      while (end < run.tokens && !taken_a_[run.a + end] && !taken_b_[run.b + end])
        ++end;
      const SharedRun piece{run.a + begin, run.b + begin, end - begin};
      if (piece == run) return take(run);
      if (piece.tokens >= least_) queue_.push(piece);
      begin = end + 1;
    }
  }

  void take(const SharedRun& run) {
    std::fill_n(taken_a_.begin() + run.a, run.tokens, true);
    std::fill_n(taken_b_.begin() + run.b, run.tokens, true);
    out_.push_back(run);
  }

  Tokens a_, b_;
  std::uint32_t least_;
  std::vector<bool> taken_a_, taken_b_;
  std::priority_queue<SharedRun, std::vector<SharedRun>, LongestFirst> queue_;
  std::vector<SharedRun> out_;
};

/// How a token stands to the other text.
enum class Standing : std::uint8_t {
  loose,      // outside of all runs
  displaced,  // between two runs whose stretch was aligned, and has no partner there
  shared,     // in a run, or aligned
  moved,      // has no partner, but its like stands among the other text's tokens without one
};

/// One of the two texts.
struct Side {
  std::string_view text;
  std::span<const TokenSpan> tokens;
  std::vector<Standing> standing = std::vector<Standing>(tokens.size());

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(tokens.size()); }
  [[nodiscard]] bool stands_alone(std::size_t i) const { return standing[i] != Standing::shared; }
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
  }
  void mark(std::size_t begin, std::size_t count, Standing how) {
    std::fill_n(standing.begin() + static_cast<std::ptrdiff_t>(begin), count, how);
  }
};

/// What lies between two runs, or between a run and the text's edge.
struct Gap {
  std::size_t begin = 0, size = 0;
};

/// Gaps up to this many tokens are aligned, by a table of their square.
constexpr std::size_t kAlignable = 64;

/// Marks a longest common subsequence of two gaps as shared and the rest as displaced.
void align(Side& a, Gap in_a, Side& b, Gap in_b) {
  std::array<std::array<std::uint8_t, kAlignable + 1>, kAlignable + 1> best{};  // of the suffixes
  const auto equal = [&](std::size_t i, std::size_t j) {
    return a.tokens[in_a.begin + i].hash == b.tokens[in_b.begin + j].hash;
  };
  for (std::size_t i = in_a.size; i-- > 0;) {
    for (std::size_t j = in_b.size; j-- > 0;) {
      best[i][j] = std::max(best[i + 1][j], best[i][j + 1]);
      if (equal(i, j)) best[i][j] = static_cast<std::uint8_t>(best[i + 1][j + 1] + 1);
    }
  }
  a.mark(in_a.begin, in_a.size, Standing::displaced);
  b.mark(in_b.begin, in_b.size, Standing::displaced);
  for (std::size_t i = 0, j = 0; i < in_a.size && j < in_b.size;) {
    if (equal(i, j)) {
      a.mark(in_a.begin + i++, 1, Standing::shared);
      b.mark(in_b.begin + j++, 1, Standing::shared);
    } else {
      best[i + 1][j] >= best[i][j + 1] ? ++i : ++j;
    }
  }
}

/// Aligns the short gaps that lie between the same neighbors in both texts.
void align_gaps(Side& a, Side& b, std::span<const SharedRun> runs) {
  std::vector<SharedRun> all{{0, 0, 0}};  // the edges stand as empty runs
  all.insert(all.end(), runs.begin(), runs.end());
  all.push_back({a.size(), b.size(), 0});
  std::vector<std::size_t> by_b(all.size());
  std::iota(by_b.begin(), by_b.end(), std::size_t{0});
  std::sort(by_b.begin() + 1, by_b.end() - 1,
            [&](std::size_t x, std::size_t y) { return all[x].b < all[y].b; });
  for (std::size_t i = 1; i < by_b.size(); ++i) {
    if (by_b[i] != by_b[i - 1] + 1) continue;  // not neighbors in a
    const SharedRun last = all[by_b[i - 1]], next = all[by_b[i]];
    const Gap in_a{last.a + last.tokens, next.a - last.a - last.tokens};
    const Gap in_b{last.b + last.tokens, next.b - last.b - last.tokens};
    if (std::max(in_a.size, in_b.size) <= kAlignable) align(a, in_a, b, in_b);
  }
}

bool has_digit(std::string_view word) {
  const auto tokens = tokenize(word);
  return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
    return token.folded.find_first_of("0123456789") != std::string::npos;
  });
}

bool has_capital(std::string_view word) { return is_capital(decode_utf8(word, 0).code_point); }

/// "Dr", "J", "U.S": a period after it ends no sentence.
bool is_abbreviation(std::string_view word) {
  if (!has_capital(word) || word.size() > 3) return false;
  return word.size() == 1 || !is_capital(static_cast<unsigned char>(word[1]));
}

constexpr const char* kSentenceEnds[] = {"!",  "?",    "…",      "؟",    "۔",   "。", "！",
                                         "？", "\n\n", "\n\r\n", ": \"", ": “", ": «"};

/// Whether a capital may be due to the beginning of a sentence, of a paragraph or of a speech.
bool begins_sentence(const Side& side, std::size_t i) {
  if (i == 0) return true;
  const std::uint32_t begin = side.tokens[i - 1].end, end = side.tokens[i].begin;
  const std::string_view between = side.text.substr(begin, std::max(begin, end) - begin);
  const auto holds = [&](const char* mark) { return between.find(mark) != between.npos; };
  if (std::any_of(std::begin(kSentenceEnds), std::end(kSentenceEnds), holds)) return true;
  return holds(".") && !(between[0] == '.' && is_abbreviation(side.word(i - 1)));
}

DifferenceKind kind_of(const Side& side, std::size_t i) {
  if (side.standing[i] == Standing::moved) return DifferenceKind::moved;
  if (has_digit(side.word(i))) return DifferenceKind::number;
  if (has_capital(side.word(i)) && !begins_sentence(side, i)) return DifferenceKind::name;
  return DifferenceKind::word;
}

std::vector<TokenHash> hashes_alone(const Side& side) {
  std::vector<TokenHash> out;
  for (std::size_t i = 0; i < side.size(); ++i) {
    if (side.stands_alone(i)) out.push_back(side.tokens[i].hash);
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Words that merely stand elsewhere are no news. Numbers are, where their stretch was aligned:
/// "won 3 to 2" against "won 2 to 3".
void mark_moved(Side& side, std::span<const TokenHash> others) {
  for (std::size_t i = 0; i < side.size(); ++i) {
    if (!side.stands_alone(i)) continue;
    if (!std::binary_search(others.begin(), others.end(), side.tokens[i].hash)) continue;
    if (side.standing[i] == Standing::displaced && has_digit(side.word(i))) continue;
    side.standing[i] = Standing::moved;
  }
}

/// Bytes of the tokens [begin, end), without what neighbors cover of them (bigrams overlap).
Span uncovered(std::span<const TokenSpan> tokens, std::size_t begin, std::size_t end) {
  Span span{tokens[begin].begin, tokens[end - 1].end};
  if (begin > 0) span.begin = std::max<std::uint64_t>(span.begin, tokens[begin - 1].end);
  if (end < tokens.size()) span.end = std::min<std::uint64_t>(span.end, tokens[end].begin);
  return span;
}

std::vector<Difference> list_differences(const Side& side) {
  std::vector<Difference> out;
  for (std::size_t end = 0; end < side.size();) {
    const std::size_t begin = end++;
    if (!side.stands_alone(begin)) continue;
    const DifferenceKind kind = kind_of(side, begin);
    while (end < side.size() && side.stands_alone(end) && kind_of(side, end) == kind)
      ++end;
    const Span span = uncovered(side.tokens, begin, end);
    if (span.begin < span.end) out.push_back({kind, span, end - begin});
  }
  std::ranges::stable_sort(out, {}, &Difference::kind);
  return out;
}

void measure_shingles(Tokens a, Tokens b, std::uint32_t k, Explanation& out) {
  std::vector<ShingleHash> shingles_a, shingles_b;
  make_shingles(a, k, shingles_a);
  make_shingles(b, k, shingles_b);
  ShingleSet scratch;
  shingles_a.resize(scratch.keep_distinct(shingles_a));
  shingles_b.resize(scratch.keep_distinct(shingles_b));
  PassageSet set;
  set.fill(shingles_a);
  out.shingles_a = shingles_a.size();
  out.shingles_b = shingles_b.size();
  out.shared_shingles = set.count_shared(shingles_b);
  out.measures = measure(out.shingles_a, out.shingles_b, out.shared_shingles);
}

Result<void> check(std::string_view a, std::string_view b, const DeduplicateOptions& options) {
  KITHKIN_TRY(check_matching(options.match, options.shingle));
  if (std::max(a.size(), b.size()) > std::numeric_limits<std::uint32_t>::max()) {
    return Error{ErrorCode::limit, "a text is longer than 4 GiB", {}, 0};
  }
  return {};
}

std::vector<TokenHash> hashes_of(std::span<const TokenSpan> tokens) {
  std::vector<TokenHash> out;
  std::ranges::transform(tokens, std::back_inserter(out), &TokenSpan::hash);
  return out;
}

void find_differences(Side& a, Side& b, std::span<const SharedRun> runs, Explanation& out) {
  for (const SharedRun& run : runs) {
    a.mark(run.a, run.tokens, Standing::shared);
    b.mark(run.b, run.tokens, Standing::shared);
  }
  align_gaps(a, b, runs);
  const auto alone_a = hashes_alone(a), alone_b = hashes_alone(b);
  mark_moved(a, alone_b);
  mark_moved(b, alone_a);
  out.only_a = list_differences(a);
  out.only_b = list_differences(b);
}

/// Tokens, each with the marks that end it: folding takes them off, a reader wants to see them.
std::vector<TokenSpan> locate_with_marks(std::string_view text) {
  std::vector<TokenSpan> out;
  Tokenizer().locate(text, out);
  for (TokenSpan& token : out) {
    while (token.end < text.size()) {
      const Decoded next = decode_utf8(text, token.end);
      if (cell_width(next.code_point) != 0) break;
      token.end += next.size;
    }
  }
  return out;
}

}  // namespace

std::vector<SharedRun> find_shared_runs(Tokens a, Tokens b, std::uint32_t least) {
  least = static_cast<std::uint32_t>(std::min({std::size_t{least}, a.size(), b.size()}));
  if (least == 0) return {};
  return Tiling(a, b, least).run();
}

Result<Explanation> explain(std::string_view text_a, std::string_view text_b,
                            const DeduplicateOptions& options) {
  KITHKIN_TRY(check(text_a, text_b, options));
  const auto a = locate_with_marks(text_a), b = locate_with_marks(text_b);
  const auto hashes_a = hashes_of(a), hashes_b = hashes_of(b);
  Explanation out;
  out.tokens_a = a.size();
  out.tokens_b = b.size();
  measure_shingles(hashes_a, hashes_b, options.shingle, out);
  out.relation = decide(out.measures, !a.empty() && hashes_a == hashes_b, options.match);
  const auto runs = find_shared_runs(hashes_a, hashes_b, options.shingle);
  for (const SharedRun& run : runs) {
    out.shared.push_back({{a[run.a].begin, a[run.a + run.tokens - 1].end},
                          {b[run.b].begin, b[run.b + run.tokens - 1].end},
                          run.tokens});
  }
  Side side_a{text_a, a}, side_b{text_b, b};
  find_differences(side_a, side_b, runs, out);
  return out;
}

}  // namespace kithkin

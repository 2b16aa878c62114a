// Why anchors of three tokens and not of a shingle's five: between the facts of a formula stand
// only a few words. Why not a longest common subsequence: it takes the square of the length, and
// likes to align what does not belong together. Tests: tests/unit/match/align_test.cpp.
#include "match/align.h"

#include <algorithm>
#include <array>
#include <bit>

namespace kithkin {
namespace {

constexpr std::size_t kAnchor = 3;  // tokens

/// Not mixed: the table below takes the upper bits of a product, which is mixing enough.
std::uint64_t anchor_key(std::span<const WordKey> tokens, std::size_t at) {
  return (tokens[at] * 0x9e3779b97f4a7c15ULL + tokens[at + 1]) * 0xbf58476d1ce4e5b9ULL +
         tokens[at + 2];  // in 64 bits: the constants are
}

std::size_t anchors_in(std::span<const WordKey> tokens) {
  return tokens.size() < kAnchor ? 0 : tokens.size() - kAnchor + 1;
}

}  // namespace

/// Where a key stands in the table, or would go.
std::uint32_t& Aligner::find(std::uint64_t key) {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = key * 0x94d049bb133111ebULL >> shift_;
  while (table_[at] != 0 && anchors_[table_[at] - 1].key != key)
    at = (at + 1) & mask;
  return table_[at];
}

void Aligner::set_hub(std::span<const WordKey> hub) {
  hub_ = hub;
  hub_words_.set_text(hub);
  mark_ = 0;
  const std::size_t count = anchors_in(hub);
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(count * 4, 16));
  constexpr std::size_t kLargestKept = std::size_t{1} << 18;
  if (table_.capacity() > kLargestKept && size <= kLargestKept) table_ = {}, anchors_ = {};
  table_.assign(size, 0);
  shift_ = 64 - std::countr_zero(size);
  anchors_.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    anchors_[i] = {anchor_key(hub, i), 0, 0};
    std::uint32_t& place = find(anchors_[i].key);
    if (place == 0)
      place = i + 1;
    else
      anchors_[place - 1].mark = kTwice;
  }
}

void Aligner::align(std::span<const WordKey> other) {
  other_ = other;
  other_words_.set_text(other);
  ++mark_;
  met_.clear();
  const std::size_t count = anchors_in(other);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t place = find(anchor_key(other, i));
    if (place == 0) continue;
    Anchor& anchor = anchors_[place - 1];
    if (anchor.mark == kTwice) continue;
    if (anchor.mark == mark_) {
      anchor.b = kTwice;
    } else {
      anchor.mark = mark_;
      anchor.b = i;
      met_.push_back({place - 1, i});
    }
  }
  std::erase_if(met_, [&](const Meeting& met) { return anchors_[met.a].b == kTwice; });
  chain();
  widen();
  find_slots();
}

/// Of the anchors met, which come in b's order, the longest chain in a's order too.
void Aligner::chain() {
  constexpr std::uint32_t kNone = UINT32_MAX;
  tails_.clear();
  before_.assign(met_.size(), kNone);
  for (std::uint32_t n = 0; n < met_.size(); ++n) {
    auto at = tails_.end();
    if (!tails_.empty() && met_[tails_.back()].a >= met_[n].a) {
      at = std::lower_bound(tails_.begin(), tails_.end(), met_[n].a,
                            [&](std::uint32_t t, std::uint32_t a) { return met_[t].a < a; });
    }
    if (at != tails_.begin()) before_[n] = *(at - 1);
    if (at == tails_.end())
      tails_.push_back(n);
    else
      *at = n;
  }
  chain_.clear();
  for (std::uint32_t n = tails_.empty() ? kNone : tails_.back(); n != kNone; n = before_[n])
    chain_.push_back(n);
  std::reverse(chain_.begin(), chain_.end());
}

void Aligner::widen() {
  runs_.clear();
  std::uint32_t end_a = 0, end_b = 0;
  for (const std::uint32_t n : chain_) {
    auto [a, b] = met_[n];
    if (a < end_a || b < end_b) continue;  // in the run before
    std::uint32_t size = 0;
    while (a > end_a && b > end_b && hub_[a - 1] == other_[b - 1])
      --a, --b, ++size;
    while (a + size < hub_.size() && b + size < other_.size() && hub_[a + size] == other_[b + size])
      ++size;
    runs_.push_back({a, b, size});
    end_a = a + size;
    end_b = b + size;
  }
}

void Aligner::find_slots() {
  slots_.clear();
  for (std::size_t i = 1; i < runs_.size(); ++i) {
    const std::uint32_t a = runs_[i - 1].a + runs_[i - 1].size;
    const std::uint32_t b = runs_[i - 1].b + runs_[i - 1].size;
    const Slot slot{a, runs_[i].a - a, b, runs_[i].b - b};
    if (slot.size_a == 0 || slot.size_b == 0) continue;
    if (slot.size_a <= kLongestSlot && slot.size_b <= kLongestSlot) slots_.push_back(slot);
  }
}

namespace {

/// Whether both hold numbers, and none in common.
bool have_other_numbers(std::span<const WordKey> a, std::span<const WordKey> b) {
  const auto is_in_b = [&](WordKey word) { return std::find(b.begin(), b.end(), word) != b.end(); };
  bool in_a = false;
  for (const WordKey word : a) {
    if (!is_number(word)) continue;
    if (is_in_b(word)) return false;
    in_a = true;
  }
  return in_a && std::any_of(b.begin(), b.end(), is_number);
}

}  // namespace

std::uint32_t Aligner::number_slots() {
  if (slots_.empty()) return 0;
  const auto has_own_number = [](std::span<const WordKey> words, WordLookup& other) {
    return std::any_of(words.begin(), words.end(),
                       [&](WordKey word) { return is_number(word) && !other.contains(word); });
  };
  std::uint32_t count = 0;
  for (const Slot& slot : slots_) {
    const auto hub = hub_.subspan(slot.a, slot.size_a), other = other_.subspan(slot.b, slot.size_b);
    // In a short slot one stands for the other, wherever else in the texts last year is named too.
    const bool swapped = slot.is_short() && have_other_numbers(hub, other);
    count += swapped || (has_own_number(hub, other_words_) && has_own_number(other, hub_words_));
  }
  return count;
}

namespace {

/// Puts the first words that are no numbers into `out`, as many as there is room for.
template <class Iterator>
std::size_t take_words(Iterator at, Iterator end, std::span<WordKey> out) {
  std::size_t size = 0;
  for (; at != end && size < out.size(); ++at) {
    if (!is_number(*at)) out[size++] = *at;
  }
  return size;
}

bool has_own_word(std::span<const WordKey> words, std::span<const WordKey> other) {
  return std::any_of(words.begin(), words.end(), [&](WordKey word) {
    return std::find(other.begin(), other.end(), word) == other.end();
  });
}

}  // namespace

void Aligner::find_places(std::vector<Place>& out) const {
  out.clear();
  std::array<WordKey, 2> before, after;
  std::array<WordKey, Slot::kShort> in_hub, in_other;
  for (std::size_t i = 1; i < runs_.size(); ++i) {
    const AlignedRun& left = runs_[i - 1];
    const AlignedRun& right = runs_[i];
    const Slot slot{left.a + left.size, right.a - left.a - left.size, left.b + left.size,
                    right.b - left.b - left.size};
    if (!slot.is_short()) continue;
    const auto a = hub_.subspan(slot.a, slot.size_a), b = other_.subspan(slot.b, slot.size_b);
    const std::span<const WordKey> x(in_hub.data(), take_words(a.begin(), a.end(), in_hub));
    const std::span<const WordKey> y(in_other.data(), take_words(b.begin(), b.end(), in_other));
    if (!has_own_word(x, y) || !has_own_word(y, x)) continue;
    const auto run = hub_.subspan(left.a, left.size), next = hub_.subspan(right.a, right.size);
    if (take_words(run.rbegin(), run.rend(), before) < before.size()) continue;
    if (take_words(next.begin(), next.end(), after) < after.size()) continue;
    out.push_back(make_place(before, after, x, y));
  }
}

std::uint32_t Aligner::substitution(const WordWeights& weights) {
  if (slots_.empty()) return 0;
  std::uint64_t put = 0, aligned = 0;
  for (const Slot& slot : slots_) {
    if (!slot.is_even()) continue;
    put += std::min(weights.of_missing(hub_.subspan(slot.a, slot.size_a), other_words_),
                    weights.of_missing(other_.subspan(slot.b, slot.size_b), hub_words_));
  }
  if (put == 0) return 0;
  for (const AlignedRun& run : runs_) {
    for (const WordKey word : hub_.subspan(run.a, run.size))
      aligned += weights.of(word);
  }
  return static_cast<std::uint32_t>(std::min<std::uint64_t>((put << 16) / aligned, UINT32_MAX));
}

std::uint32_t Aligner::missing(const WordWeights& weights) {
  std::size_t aligned = 0;  // and so in both
  for (const AlignedRun& run : runs_)
    aligned += run.size;
  if (aligned == hub_.size() || aligned == other_.size()) return 0;
  std::uint64_t in_hub = 0, in_other = 0;
  std::uint32_t a = 0, b = 0;
  const auto add_up_to = [&](std::uint32_t end_a, std::uint32_t end_b) {
    in_hub += weights.of_missing(hub_.subspan(a, end_a - a), other_words_);
    in_other += weights.of_missing(other_.subspan(b, end_b - b), hub_words_);
  };
  for (const AlignedRun& run : runs_) {
    add_up_to(run.a, run.b);
    a = run.a + run.size;
    b = run.b + run.size;
  }
  add_up_to(static_cast<std::uint32_t>(hub_.size()), static_cast<std::uint32_t>(other_.size()));
  constexpr std::uint64_t kRange = WordWeights::kMost - WordWeights::kLeast;
  const std::uint64_t most = std::min(hub_.size(), other_.size()) * kRange;
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>((std::min(in_hub, in_other) << 16) / most, UINT32_MAX));
}

}  // namespace kithkin

// See word_weights.h. Two words that meet in both rows of the table are counted as one; with a
// million places a row, that makes few of the rare words of a hundred thousand documents commoner
// than they are. Tests: tests/unit/match/word_weights_test.cpp.
#include "match/word_weights.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/vector_clones.h"

namespace kithkin {
namespace {

constexpr std::size_t kRow = std::size_t{1} << 20;  // 32 bits less the 12 shifted off
constexpr std::uint16_t kFull = UINT16_MAX;
constexpr std::uint32_t kAll = 8192;  // documents before sampling begins

std::size_t first_place(WordKey word) { return word & (kRow - 1); }
std::size_t second_place(WordKey word) { return kRow + (word * 0x9e3779b1U >> 12); }

}  // namespace

std::uint32_t log2_fixed(std::uint64_t x) {
  if (x == 0) return 0;
  const auto whole = static_cast<std::uint32_t>(std::bit_width(x) - 1);
  std::uint64_t mantissa = whole >= 31 ? x >> (whole - 31) : x << (31 - whole);  // 1.31
  std::uint32_t out = whole;
  for (int bit = 0; bit < 8; ++bit) {
    mantissa = mantissa * mantissa >> 31;
    out <<= 1;
    if (mantissa >> 32 == 0) continue;
    mantissa >>= 1;
    out |= 1;
  }
  return out;
}

std::uint32_t WordWeights::of(WordKey word) const {
  if (weights_.empty()) return kMost;
  return std::max(weights_[first_place(word)], weights_[second_place(word)]);
}

namespace {

/// In vectors: no way out in the middle of a piece.
KITHKIN_LOOPS bool stands_in_loops(const WordKey* text, std::size_t size, WordKey word) {
  constexpr std::size_t kPiece = 128;
  for (; size >= kPiece; text += kPiece, size -= kPiece) {
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < kPiece; ++i)
      found |= text[i] == word ? 1U : 0U;
    if (found != 0) return true;
  }
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < size; ++i)
    found |= text[i] == word ? 1U : 0U;
  return found != 0;
}

KITHKIN_VECTOR_CLONES(bool, stands_in, (const WordKey* text, std::size_t size, WordKey word),
                      (text, size, word))

}  // namespace

bool WordLookup::contains(WordKey word) {
  if (left_ > 1) {
    --left_;
    return stands_in(text_.data(), text_.size(), word);
  }
  if (left_ == 1) {
    set_.fill(text_);
    left_ = 0;
  }
  return set_.contains(word);
}

std::uint64_t WordWeights::of_missing(std::span<const WordKey> words, WordLookup& other) const {
  std::uint64_t sum = 0;
  for (const WordKey word : words)
    sum += other.contains(word) ? 0 : of(word) - kLeast;
  return sum;
}

WordSample::WordSample() : counts_(2 * kRow) {}

bool WordSample::takes(const ContentHash& content, std::uint32_t document) {
  const int level = std::bit_width(document / kAll);
  return level == 0 || content.high >> (64 - level) == 0;
}

bool WordSample::add(const ContentHash& content, std::span<const WordKey> words) {
  if (!seen_.insert(content.low).second) return false;
  // The table is larger than caches: first all places are asked for, then they are counted in.
  constexpr std::size_t kAtOnce = 128;
  for (std::size_t begin = 0; begin < words.size(); begin += kAtOnce) {
    const auto some = words.subspan(begin, std::min(kAtOnce, words.size() - begin));
    for (const WordKey word : some) {
      __builtin_prefetch(&counts_[first_place(word)], 1);
      __builtin_prefetch(&counts_[second_place(word)], 1);
    }
    for (const WordKey word : some) {
      for (const std::size_t place : {first_place(word), second_place(word)})
        counts_[place] += counts_[place] != kFull ? 1 : 0;
    }
  }
  return true;
}

WordWeights WordSample::finish() {
  WordWeights out;
  out.weights_ = std::exchange(counts_, {});
  const std::uint64_t documents = seen_.size();
  seen_ = {};
  const std::uint32_t whole = log2_fixed(documents + 1);
  std::vector<std::uint16_t> weights;  // by count
  for (std::uint64_t count = 0; count <= std::min<std::uint64_t>(documents, kFull); ++count) {
    const std::uint32_t common = log2_fixed(std::max<std::uint64_t>(count, 1));
    const std::uint32_t above = (WordWeights::kMost - WordWeights::kLeast) * (whole - common);
    const std::uint32_t weight = WordWeights::kLeast + (whole == 0 ? 0 : above / whole);
    weights.push_back(static_cast<std::uint16_t>(weight));
  }
  for (std::uint16_t& place : out.weights_)
    place = weights[std::min<std::size_t>(place, weights.size() - 1)];
  return out;
}

}  // namespace kithkin

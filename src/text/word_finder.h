// Words that need no thought, found by bits: nearly all words of nearly all texts.
//
//   text     Don't shout, e.g. 3.14 times
//   words    #####.#####..###..####.#####     what is in words that the tables can fold
//   parts    .....#.....##...##....#.....     what surely parts words
//
// Stretches between parts are words if they hold nothing but word bytes. Where words end is
// anyone's guess, and a wrong guess of the branch predictor costs as much as hashing a word: so
// ends are found 64 bytes at a time, without a branch for each.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "text/tables.h"

namespace kithkin {

/// Works through a text a segment at a time. Scratch space: one per thread, reused.
class WordFinder {
 public:
  /// What a character does to words. A joiner joins letters or digits and parts what else there is.
  enum class Role : std::uint8_t { word, part, joiner, hard };

  /// `text` outlives its use.
  void set_text(std::string_view text) {
    text_ = text;
    segment_end_ = 0;
    next_ = edges_count_ = 0;
  }

  /// Walks on from `at`, a place to whose right nothing on its left matters. Hands every word to
  /// `emit(folded, size, begin, end)`, with its folded bytes, sixteen of which at least may be read
  /// whatever follows the word, and its place in the text; until a stretch comes that needs more
  /// thought. Returns where that begins, or the end of the text.
  template <class Emit>
  std::uint32_t take(std::uint32_t at, Emit emit) {
    for (;;) {
      if (at >= segment_end_) {
        if (at >= text_.size()) return at;
        prepare(at);
      }
      const std::uint32_t from = at - base_;
      while (next_ < edges_count_ && edges_[next_ + 1] <= from)
        next_ += 2;
      for (; next_ < edges_count_; next_ += 2) {
        const std::uint32_t begin = std::max(edges_[next_], from), end = edges_[next_ + 1];
        if (!is_plain(begin, end)) return base_ + begin;
        Word word{folded_.data() + begin, end - begin, end};
        if (!are_clear(dropped_, begin, end)) word = shorten(begin, end);
        if (word.size > 0) emit(word.folded, word.size, base_ + begin, base_ + word.end);
      }
      at = std::max(at, segment_end_);
    }
  }

 private:
  static constexpr std::uint32_t kBlock = 64;
  static constexpr std::uint32_t kSegment = 8192;
  using Bits = std::array<std::uint64_t, kSegment / kBlock + 2>;  // a bit a byte, and some to spare

  /// Whether these bits of a stretch are clear; never of a longer one than a block, which are rare
  /// enough to be left to others.
  static bool are_clear(const Bits& bits, std::uint32_t begin, std::uint32_t end) {
    const std::uint32_t size = end - begin, shift = begin % kBlock;
    if (size >= kBlock) return false;
    const std::uint64_t* const from = &bits[begin / kBlock];
    const std::uint64_t here = from[0] >> shift | from[1] << 1 << (kBlock - 1 - shift);
    return (here & ((std::uint64_t{1} << size) - 1)) == 0;
  }
  [[nodiscard]] bool is_plain(std::uint32_t begin, std::uint32_t end) const {
    return are_clear(hard_, begin, end);
  }

  struct Word {
    const unsigned char* folded = nullptr;
    std::uint32_t size = 0, end = 0;  // where its last byte ends that is not dropped
  };
  /// A word that is shorter when it is folded.
  Word shorten(std::uint32_t begin, std::uint32_t end);

  void prepare(std::uint32_t at);
  [[nodiscard]] const unsigned char* bytes(std::uint32_t block) const;
  void classify_ascii(std::uint32_t blocks);
  void classify_others(std::uint32_t block);
  void classify_wide(std::uint32_t at);
  void classify_any(std::uint32_t at, std::uint32_t size);
  [[nodiscard]] Role join(WordClass joiner, std::uint32_t at, std::uint32_t size) const;
  void find_edges(std::uint32_t blocks);

  std::string_view text_;
  std::uint32_t base_ = 0, segment_end_ = 0;  // of the segment, in the text
  // Of the segment, by byte:
  std::array<unsigned char, kSegment + 2 * kBlock> folded_{};  // right where `words_` is set
  std::array<unsigned char, 2 * kBlock> tail_{};  // the text's last block, spaces behind
  std::uint32_t tail_block_ = 0;
  std::array<unsigned char, 2 * kBlock> shortened_{};
  Bits words_{}, parts_{};  // in plain words; what surely parts words
  Bits hard_{};             // neither
  Bits dropped_{};          // of `words_`, what folding takes off
  Bits ascii_{};            // neither letters, digits nor spaces
  Bits leads_{};            // first bytes of characters that are not ASCII
  std::array<std::uint32_t, kSegment + 2 * kBlock> edges_{};  // begin, end, begin, end, ...
  std::size_t next_ = 0, edges_count_ = 0;
};

}  // namespace kithkin

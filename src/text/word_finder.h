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
#include "text/text_kernels.h"

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

  /// Words of a segment: word n is [edges[2n], edges[2n + 1]) of `folded`, and by `places` of the
  /// text from `base` on. Eight bytes more than a word's own, sixteen at least, may be read
  /// whatever follows it.
  struct Words {
    const unsigned char* folded = nullptr;
    const std::uint32_t* edges = nullptr;
    const std::uint32_t* places = nullptr;
    std::size_t count = 0;
    std::uint32_t base = 0;
  };

  /// Walks on from `at`, a place to whose right nothing on its left matters. Hands words to
  /// `emit(Words)` until a stretch comes that needs more thought. Returns where that begins, or the
  /// end of the text.
  template <class Emit>
  std::uint32_t take(std::uint32_t at, Emit emit) {
    for (;;) {
      if (at >= segment_end_) {
        if (at >= text_.size()) return at;
        prepare(at);
      }
      const std::size_t last = plain_until(at - base_);
      if (next_ < last) {
        const std::uint32_t* const edges = drops_ ? shorter_.data() : edges_.data();
        emit(Words{folded_.data(), edges + next_, &edges_[next_], (last - next_) / 2, base_});
      }
      next_ = last;
      if (last < edges_count_) return base_ + edges_[last];
      at = std::max(at, segment_end_);
    }
  }

 private:
  static constexpr std::uint32_t kBlock = kTextBlock;
  static constexpr std::uint32_t kSegment = 8192;
  using Bits = std::array<std::uint64_t, kSegment / kBlock + 2>;  // a bit a byte, and some to spare

  /// The bits of a stretch that is shorter than a block.
  static std::uint64_t bits_of(const Bits& bits, std::uint32_t begin, std::uint32_t end) {
    const std::uint32_t shift = begin % kBlock;
    const std::uint64_t* const from = &bits[begin / kBlock];
    const std::uint64_t here = from[0] >> shift | from[1] << 1 << (kBlock - 1 - shift);
    return here & ((std::uint64_t{1} << (end - begin)) - 1);
  }

  /// Passes over stretches that end by `from`; returns the edge at which the first begins that is
  /// not plain from there on, or how many edges there are.
  std::size_t plain_until(std::uint32_t from);
  [[nodiscard]] std::uint32_t next_hard(std::uint32_t from) const;
  void close_up(std::uint32_t begin, std::uint32_t size, std::uint64_t dropped);
  void shorten(std::size_t edge);
  void shorten_all();

  void prepare(std::uint32_t at);
  [[nodiscard]] const unsigned char* bytes(std::uint32_t block) const;
  void classify(std::uint32_t blocks);
  void classify_others(std::uint32_t block);
  void classify_joiners(std::uint32_t block, std::uint64_t joiners);
  void classify_wide(std::uint32_t at);
  void classify_any(std::uint32_t at, std::uint32_t size, char32_t c);
  [[nodiscard]] Role join(WordClass joiner, std::uint32_t at, std::uint32_t size) const;
  void find_edges(std::uint32_t blocks);
  void leave_last_to_next(std::uint32_t size);

  std::string_view text_;
  std::uint32_t base_ = 0, segment_end_ = 0;  // of the segment, in the text
  // Of the segment, by byte:
  std::array<unsigned char, kSegment + 2 * kBlock> folded_{};  // right where `words_` is set
                                                               // for `drops_` in `shorter_`
  std::array<unsigned char, 2 * kBlock> tail_{};  // the text's last block, spaces behind
  std::uint32_t tail_block_ = 0;
  Bits words_{}, parts_{};  // in plain words; what surely parts words
  Bits hard_{};             // neither
  Bits dropped_{};          // of `words_`, what folding takes off
  bool drops_ = false;      // whether that is anything
  Bits ascii_{};            // neither letters, digits nor spaces
  Bits joiners_{};          // of `ascii_`
  Bits leads_{};            // first bytes of characters that are not ASCII and not told apart yet
  using Edges = std::array<std::uint32_t, kSegment + 2 * kBlock + kSpareEdges>;
  Edges edges_{};    // begin, end, begin, end, ...
  Edges shorter_{};  // the same of words in `folded_`, if `drops_`
  std::size_t next_ = 0, edges_count_ = 0;
};

}  // namespace kithkin

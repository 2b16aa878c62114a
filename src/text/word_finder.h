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

  /// Words of a segment that are as long folded as they are written: word n is
  /// [edges[2n], edges[2n + 1]) of `folded`, and of the text from `base` on. Eight bytes more than
  /// a word's own, sixteen at least, may be read whatever follows it.
  struct Words {
    const unsigned char* folded = nullptr;
    const std::uint32_t* edges = nullptr;
    std::size_t count = 0;
    std::uint32_t base = 0;
  };

  /// Walks on from `at`, a place to whose right nothing on its left matters. Hands every word to
  /// `sink`: many at once to emit_words(Words), those that are shorter folded to
  /// emit_within(folded, size, begin, end) with their places in the text; until a stretch comes
  /// that needs more thought. Returns where that begins, or the end of the text.
  template <class Sink>
  std::uint32_t take(std::uint32_t at, Sink& sink) {
    for (;;) {
      if (at >= segment_end_) {
        if (at >= text_.size()) return at;
        prepare(at);
      }
      const std::uint32_t from = at - base_, hard = next_hard(from);
      while (next_ < edges_count_ && edges_[next_ + 1] <= from)
        next_ += 2;
      if (next_ < edges_count_) edges_[next_] = std::max(edges_[next_], from);
      std::size_t last = edges_count_;  // of those that come before what is hard
      if (hard < segment_end_ - base_) {
        last = next_;
        while (edges_[last + 1] <= hard)
          last += 2;
      }
      if (drops_)
        take_shorter(last, sink);
      else if (next_ < last)
        sink.emit_words({folded_.data(), edges_.data() + next_, (last - next_) / 2, base_});
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

  /// Where the next hard byte is from there on, or the end of the segment or farther.
  [[nodiscard]] std::uint32_t next_hard(std::uint32_t from) const;

  /// Words up to edge `last` of a segment in which folding takes bytes off.
  template <class Sink>
  void take_shorter(std::size_t last, Sink& sink) {
    for (std::size_t edge = next_; edge < last; edge += 2) {
      const std::uint32_t begin = edges_[edge], end = edges_[edge + 1];
      Word word{folded_.data() + begin, end - begin, end};
      if (word.size >= kBlock)
        word = shorten_long(begin, end);
      else if (const std::uint64_t dropped = bits_of(dropped_, begin, end))
        word = shorten(begin, end, dropped);
      if (word.size > 0) sink.emit_within(word.folded, word.size, base_ + begin, base_ + word.end);
    }
  }

  struct Word {
    const unsigned char* folded = nullptr;
    std::uint32_t size = 0, end = 0;  // where its last byte ends that is not dropped
  };
  /// A word that is shorter when it is folded.
  Word shorten(std::uint32_t begin, std::uint32_t end, std::uint64_t dropped);
  Word shorten_long(std::uint32_t begin, std::uint32_t end);

  void prepare(std::uint32_t at);
  [[nodiscard]] const unsigned char* bytes(std::uint32_t block) const;
  void classify(std::uint32_t blocks);
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
  std::array<unsigned char, kSegment + 2 * kBlock> shortened_{};
  Bits words_{}, parts_{};  // in plain words; what surely parts words
  Bits hard_{};             // neither
  Bits dropped_{};          // of `words_`, what folding takes off
  bool drops_ = false;      // whether that is anything
  Bits ascii_{};            // neither letters, digits nor spaces
  Bits leads_{};            // first bytes of characters that are not ASCII and not told apart yet
  std::array<std::uint32_t, kSegment + 2 * kBlock + kSpareEdges>
      edges_{};  // begin, end, begin, end, ...
  std::size_t next_ = 0, edges_count_ = 0;
};

}  // namespace kithkin

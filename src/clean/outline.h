// A page as cleaning sees it: its lines, each with keys by which it is known again elsewhere.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/tokenize.h"

namespace kithkin {

/// A line that is not blank. Keys are of folded words, so neither bullets nor punctuation, case or
/// vowel marks count; 0 where there is none. What can be neither title nor label is known by its
/// bytes: paragraphs, and lines in the middle of one that was broken to a width. Keys are even.
struct OutlineLine {
  std::uint64_t key = 0;    ///< of all words
  std::uint64_t shape = 0;  ///< the same, any number as good as any other
  std::uint64_t label = 0;  ///< of the words before the first mark: "Tags: rain", "Home > Sports"
  std::uint64_t rest = 0;   ///< of those behind it
  std::uint64_t word =
      0;  ///< of the words before the first blank of a short line without a mark: "By Jane"
  std::uint64_t ends =
      0;  ///< 32 bits each of the first and the last 48 bytes, if there are so many
  std::uint32_t begin = 0, end = 0;            ///< bytes of the text, the line break included
  std::uint32_t text_begin = 0, text_end = 0;  ///< without the blanks around
  std::uint32_t words_begin = 0;               ///< behind the bullet, or text_begin
  std::uint32_t rest_begin = 0;                ///< where the words behind the mark begin
  std::uint32_t rest_tokens = 0, rest_characters = 0;
  std::uint32_t tokens = 0;      ///< an estimate where the line is long
  std::uint32_t characters = 0;  ///< code points without the blanks around
  char32_t bullet = 0;           ///< the symbol in front, with a blank behind it; 0 for none
  bool is_name = false;          ///< short, more than the word, and without a mark
  bool begins_with_number = false;
  bool ends_sentence = false;  ///< by Unicode's sentence terminals, also before closing quotes

  [[nodiscard]] std::uint32_t bytes() const { return text_end - text_begin; }
};

/// Lines of more characters are paragraphs: known again by their bytes, never titles or headings.
inline constexpr std::uint32_t kLongLine = 250;

/// Whether lines were broken to a width: of those that another follows at once, most are of nearly
/// one length and end no sentence.
bool is_wrapped(std::span<const OutlineLine> lines);

/// Whether a line stands between blank ones, or has a bullet.
bool stands_apart(std::span<const OutlineLine> lines, std::size_t line);

/// Lines with words at either end of a page, in which labels and names stand.
inline constexpr std::size_t kEndLines = 6;

/// Scratch space: one per thread.
class Outliner {
 public:
  /// Replaces `lines` with those of `text` (at most 4 GiB).
  void read(std::string_view text, std::vector<OutlineLine>& lines);

  /// The same where all tokens of the text are at hand.
  void read(std::string_view text, std::span<const TokenSpan> words,
            std::vector<OutlineLine>& lines);

  /// The key of a line that would say just this; 0 for no words or too many.
  std::uint64_t key_of(std::string_view title);

  /// Replaces `words` with the distinct words of a text, sorted.
  void words_of(std::string_view text, std::vector<TokenHash>& words);

 private:
  void mark(std::string_view text);
  void measure(std::string_view text, OutlineLine& line) const;
  void describe_long(std::string_view text, OutlineLine& line);
  static bool describe_by_bytes(std::string_view text, std::span<OutlineLine> lines,
                                std::size_t at);
  void describe_run(std::string_view text, std::span<OutlineLine> lines);
  static std::span<const TokenSpan> take_words(std::uint32_t end,
                                               std::span<const TokenSpan>& words);
  void find_lines(std::string_view text, std::vector<OutlineLine>& lines);
  template <class DescribeRun>
  void describe_lines(std::string_view text, std::span<OutlineLine> lines, DescribeRun describe);
  void describe_short(std::string_view text, std::uint32_t from, std::span<const TokenSpan> words,
                      OutlineLine& line) const;
  [[nodiscard]] bool may_have_mark(std::string_view text, const OutlineLine& line) const;
  static void describe_unmarked(std::string_view run, std::span<const TokenSpan> words,
                                OutlineLine& line);
  static void describe_marked(std::string_view text, std::uint32_t from,
                              std::span<const TokenSpan> words, std::size_t mark,
                              OutlineLine& line);
  static void describe_word(std::string_view own, std::uint32_t shift,
                            std::span<const TokenSpan> words, OutlineLine& line);
  Tokenizer tokenizer_;
  std::vector<TokenSpan> tokens_;
  std::vector<std::uint64_t> breaks_, trails_, marks_;  // of the text, a bit a byte
};

}  // namespace kithkin

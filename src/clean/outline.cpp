// See outline.h. Short lines are read word by word, since a title in a box is seldom the same bytes
// as above its article; paragraphs by their bytes, ten times as fast.
//
//   "  • Floods: 12 dead\n"   key(floods 12 dead)   shape(floods # dead)
//                             label(floods)         rest(12 dead)
//
// Tests: tests/unit/clean/outline_test.cpp.
#include "clean/outline.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <utility>

#include "base/hash.h"
#include "base/utf8.h"
#include "base/vector_clones.h"
#include "clean/ascii.h"
#include "clean/line_limits.h"
#include "text/text_kernels.h"
#include "text/width.h"

namespace kithkin {
namespace {

constexpr std::uint64_t kEmptyKey = 0x9e3779b97f4a7c15ULL;
constexpr std::uint32_t kLongestQuestion = 120;  // characters of a title
constexpr std::uint64_t kFirstWord = 0x776f7264ULL;
constexpr std::uint64_t kAnyNumber = 0x6e756d626572ULL;

std::uint64_t add_word(std::uint64_t key, std::uint64_t word) {
  key = (key ^ word) * 0xd6e8feb86659fd93ULL;
  return key ^ (key >> 32);
}

/// Odd keys are left to others.
std::uint64_t even(std::uint64_t key) { return key & ~std::uint64_t{1}; }

/// The key of some words after `key`.
std::uint64_t add_words(std::uint64_t key, const std::vector<TokenSpan>& words) {
  for (const TokenSpan& word : words)
    key = add_word(key, word.hash);
  return key;
}

bool is_blank_byte(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

/// Takes the blanks off both ends; no-break spaces too.
void trim(std::string_view text, std::uint32_t& begin, std::uint32_t& end) {
  const auto no_break_at = [&](std::uint32_t at) { return text.substr(at, 2) == "\xC2\xA0"; };
  for (;;) {
    if (begin < end && is_blank_byte(text[begin]))
      ++begin;
    else if (begin + 2 <= end && no_break_at(begin))
      begin += 2;
    else
      break;
  }
  for (;;) {
    if (begin < end && is_blank_byte(text[end - 1]))
      --end;
    else if (begin + 2 <= end && no_break_at(end - 2))
      end -= 2;
    else
      break;
  }
}

/// Letters of Cyrillic and Arabic, without asking ICU.
bool is_common_letter(char32_t c) { return (c >= 0x400 && c < 0x482) || (c >= 0x620 && c < 0x64B); }

/// Whether a line ends as sentences do, before closing quotes and brackets too. Titles may ask and
/// exclaim.
bool ends_with_terminal(std::string_view line, bool may_be_title) {
  std::size_t end = line.size();
  while (end > 0) {
    if (ascii::is_alnum(line[end - 1])) return false;
    std::size_t begin = end - 1;
    while (begin > 0 && (static_cast<unsigned char>(line[begin]) & 0xC0) == 0x80)
      --begin;
    const char32_t c = decode_utf8(line, begin).code_point;
    if (is_common_letter(c)) return false;
    if (may_be_title && (c == '?' || c == '!' || c == U'\u061F')) return false;
    const SentencePart part = sentence_part(c);
    if (part == SentencePart::end || c == U'\u2026') return true;
    if (part != SentencePart::close) return false;
    end = begin;
  }
  return false;
}

/// Whether a sign may begin with this byte; letters of most scripts are told without decoding.
bool may_be_sign(char byte) {
  const auto b = static_cast<unsigned char>(byte);
  if (b >= 0x80) return b == 0xC2 || b == 0xE2 || b == 0xE3 || b == 0xEF;
  return !(b >= '0' && b <= '9') && !((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
}

constexpr ByteSet kBreaks = byte_set([](unsigned char byte) { return byte == '\n'; });
/// Bytes that go on with a character.
constexpr ByteSet kTrails = byte_set([](unsigned char byte) { return (byte & 0xC0) == 0x80; });

/// Bytes of the symbols and the blanks behind them in front of a line; 0 where none are.
std::uint32_t bullet_size(std::string_view line) {
  std::uint32_t size = 0, words = 0;
  while (size < line.size() && may_be_sign(line[size])) {
    const Decoded c = decode_utf8(line, size);
    const bool blank = is_blank_byte(line[size]) || c.code_point == 0xA0;
    if (!blank && !is_bullet(c.code_point)) break;
    size += c.size;
    if (blank) words = size;
  }
  return words;
}

bool is_number(std::string_view text, const TokenSpan& token) {
  const char first = text[token.begin];
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return first >= '0' && first <= '9';
  if (byte < 0xE0) {  // of the digits in two bytes all are of Arabic, Persian and N'Ko
    const auto next = static_cast<unsigned char>(ascii::at(text, token.begin + 1));
    return (byte == 0xD9 && next >= 0xA0 && next <= 0xA9) ||
           (byte == 0xDB && next >= 0xB0 && next <= 0xB9) ||
           (byte == 0xDF && next >= 0x80 && next <= 0x89);
  }
  return is_decimal_digit(decode_utf8(text, token.begin).code_point);
}

/// Full stops and commas, which part a text and no path.
bool is_stop(char32_t c) {
  return c == ',' || c == ';' || c == U'\u060C' || c == U'\u061B' ||
         sentence_part(c) == SentencePart::end;
}

/// Whether a sign at `at` between two blanks parts the steps of a path ("Home > Sports"): at the
/// blank before it.
bool is_step(std::string_view line, std::size_t at) {
  if (at + 2 >= line.size() || !may_be_sign(line[at + 1])) return false;
  std::size_t after = at + 1;
  while (after < line.size()) {
    const Decoded sign = decode_utf8(line, after);
    if (!is_bullet(sign.code_point) || is_stop(sign.code_point)) break;
    after += sign.size;
  }
  return after > at + 1 && after < line.size() && line[after] == ' ';
}

/// What marks may begin with, or the sign in one that parts the steps of a path.
const ByteSet kMarks = byte_set([](unsigned char byte) {
  return may_be_sign(static_cast<char>(byte)) &&
         (byte >= 0x80 || byte == ':' || (is_bullet(byte) && !is_stop(byte)));
});

constexpr std::size_t kLookedAt = 200;  // bytes for a mark: no label is longer

/// The first mark in the bytes [begin, end), or npos.
std::size_t mark_between(std::string_view line, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at) {
    const char c = line[at];
    if (c == ':' && (at + 1 == line.size() || is_blank_byte(line[at + 1]))) return at;
    if (c == '\xEF' && line.substr(at, 3) == "\xEF\xBC\x9A") return at;  // fullwidth colon
    if (c == ' ' && is_step(line, at)) return at + 1;
  }
  return std::string_view::npos;
}

/// Where the first colon stands that has a blank or nothing behind it, or the first sign between
/// two blanks that parts the steps of a path; npos for none. Marks stand between words, and what is
/// one byte between two is mostly a blank.
/// The places of words count from `from`.
std::size_t find_mark(std::string_view line, std::uint32_t from, std::span<const TokenSpan> words) {
  const std::size_t last = std::min(line.size(), kLookedAt);
  std::size_t begin = 0;
  for (const TokenSpan& word : words) {
    const std::size_t end = std::min<std::size_t>(word.begin - from, last);
    if (end > begin + 1) {
      const std::size_t mark = mark_between(line, begin, end);
      if (mark != std::string_view::npos) return mark;
    }
    begin = word.end - from;
    if (begin >= last) return std::string_view::npos;
  }
  return mark_between(line, begin, last);
}

/// Bytes that begin a character. Eight at a time, 31 times before sums of bytes could overflow.
std::uint32_t count_characters(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  std::size_t at = 0;
  std::uint64_t inner = 0;  // bytes that go on with a character
  while (at + 8 <= text.size()) {
    std::uint64_t sums = 0;
    for (int n = 0; n < 31 && at + 8 <= text.size(); ++n, at += 8) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + at, sizeof bytes);
      sums += (bytes >> 7) & (~bytes >> 6) & kOnes;
    }
    inner += (sums * kOnes) >> 56;
  }
  for (; at < text.size(); ++at)
    inner += (text[at] & 0xC0) == 0x80 ? 1 : 0;
  return static_cast<std::uint32_t>(text.size() - inner);
}

/// How many bits of [begin, end) are set.
KITHKIN_LOOPS std::uint32_t count_bits_loops(const std::vector<std::uint64_t>& bits,
                                             std::uint32_t begin, std::uint32_t end) {
  if (begin == end) return 0;
  std::uint32_t block = begin / kTextBlock;
  const std::uint32_t last = (end - 1) / kTextBlock;
  const std::uint64_t none_behind = ~std::uint64_t{0} >> (kTextBlock - 1 - (end - 1) % kTextBlock);
  std::uint64_t here = bits[block] & ~std::uint64_t{0} << (begin % kTextBlock);
  std::uint32_t count = 0;
  for (; block < last; here = bits[++block])
    count += static_cast<std::uint32_t>(std::popcount(here));
  return count + static_cast<std::uint32_t>(std::popcount(here & none_behind));
}

// Not for vectors, but for what counts bits.
KITHKIN_VECTOR_CLONES(std::uint32_t, count_bits,
                      (const std::vector<std::uint64_t>& bits, std::uint32_t begin,
                       std::uint32_t end),
                      (bits, begin, end))

/// The first bit of [from, end) that is set, or `end`.
std::uint32_t next_bit(const std::vector<std::uint64_t>& bits, std::uint32_t from,
                       std::uint32_t end) {
  if (from >= end) return end;
  std::uint32_t block = from / kTextBlock;
  const std::uint32_t last = (end - 1) / kTextBlock;
  std::uint64_t here = bits[block] & ~std::uint64_t{0} << (from % kTextBlock);
  while (here == 0 && block < last)
    here = bits[++block];
  if (here == 0) return end;
  return std::min(end, block * kTextBlock + static_cast<std::uint32_t>(std::countr_zero(here)));
}

constexpr std::size_t kEnd = 48;          // bytes
constexpr std::size_t kLongestWord = 96;  // bytes

/// Products that do not wait for each other.
std::uint64_t hash_end(const char* bytes) {
  constexpr std::uint64_t kFactors[] = {0x9e3779b97f4a7c15ULL, 0xd6e8feb86659fd93ULL,
                                        0xbf58476d1ce4e5b9ULL, 0x94d049bb133111ebULL,
                                        0xff51afd7ed558ccdULL, 0xc4ceb9fe1a85ec53ULL};
  static_assert(kEnd == sizeof kFactors);
  std::uint64_t sum = 0;
  for (const std::uint64_t factor : kFactors) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    sum += word * factor;
    bytes += sizeof word;
  }
  return mix64(sum) >> 32;
}

std::uint64_t hash_ends(std::string_view line) {
  return hash_end(line.data()) << 32 | hash_end(line.data() + line.size() - kEnd);
}

/// Where the words behind a mark begin, their quote in front of them included.
std::uint32_t begin_of_rest(std::string_view line, std::size_t mark, std::uint32_t token) {
  std::uint32_t begin = token;
  const std::size_t behind = mark + decode_utf8(line, mark).size;
  while (begin > behind && !is_blank_byte(line[begin - 1]))
    --begin;
  return begin;
}

/// Whether a line surely begins with a letter: ASCII's, or one of the scripts of two bytes.
bool begins_with_letter(std::string_view line) {
  const auto byte = static_cast<unsigned char>(line.front());
  return ascii::is_letter(line.front()) || (byte > 0xC3 && byte < 0xE0);
}

}  // namespace

bool is_wrapped(std::span<const OutlineLine> lines) {
  std::uint32_t width = 0, full = 0, followed = 0;
  for (const OutlineLine& line : lines) {
    if (line.characters <= kWidestWrapped) width = std::max(width, line.characters);
  }
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].end < lines[i + 1].begin) continue;
    ++followed;
    const bool is_full = lines[i].characters <= width && 4 * lines[i].characters >= 3 * width;
    full += is_full && !lines[i].ends_sentence ? 1 : 0;
  }
  return full > 2 && 2 * full >= followed;
}

bool stands_apart(std::span<const OutlineLine> lines, std::size_t line) {
  if (lines[line].bullet != 0) return true;
  const bool above = line == 0 || lines[line - 1].end < lines[line].begin;
  const bool below = line + 1 == lines.size() || lines[line].end < lines[line + 1].begin;
  return above && below;
}

/// What is told by bytes alone.
void Outliner::measure(std::string_view text, OutlineLine& line) const {
  const std::string_view own = text.substr(line.text_begin, line.bytes());
  line.words_begin = line.text_begin + bullet_size(own);
  if (line.words_begin > line.text_begin) line.bullet = decode_utf8(own, 0).code_point;
  line.characters = line.bytes() - count_bits(trails_, line.text_begin, line.text_end);
  if (own.size() >= kEnd) line.ends = hash_ends(own);
  line.ends_sentence = ends_with_terminal(own, line.characters <= kLongestQuestion);
}

void Outliner::describe_long(std::string_view text, OutlineLine& line) {
  const std::string_view own = text.substr(line.text_begin, line.bytes());
  line.key = line.shape = hash_bytes(own.data(), own.size());
  line.tokens = line.bytes() / 8;
  const std::size_t blank = own.substr(0, kLongestWord).find(' ');
  if (blank == std::string_view::npos) return;
  tokenizer_.locate(own.substr(0, blank), tokens_);
  if (!tokens_.empty()) line.word = add_words(kFirstWord, tokens_);
}

/// Whether a mark may stand where find_mark() looks for it: most lines have none.
bool Outliner::may_have_mark(std::string_view text, const OutlineLine& line) const {
  const std::uint32_t end = std::min<std::uint32_t>(line.text_end, line.text_begin + kLookedAt + 1);
  std::uint32_t at = line.text_begin;
  while ((at = next_bit(marks_, at, end)) < end) {
    const bool is_behind_blank = at > line.text_begin && text[at - 1] == ' ';
    if (text[at] == ':' || text[at] == '\xEF' || is_behind_blank) return true;
    ++at;
  }
  return false;
}

/// `words` are those of the line, their places counted from `from`, as the line's own are from the
/// text.
void Outliner::describe_short(std::string_view text, std::uint32_t from,
                              std::span<const TokenSpan> words, OutlineLine& line) const {
  const std::string_view own = text.substr(line.text_begin, line.bytes());
  const std::string_view run = text.substr(from);
  line.tokens = static_cast<std::uint32_t>(words.size());
  if (words.empty()) return;
  line.begins_with_number = is_number(run, words.front());
  const std::uint32_t shift = line.text_begin - from;
  const std::size_t mark =
      may_have_mark(text, line) ? find_mark(own, shift, words) : std::string_view::npos;
  if (mark == std::string_view::npos)
    describe_unmarked(run, words, line);
  else
    describe_marked(text, from, words, mark, line);
  describe_word(own, shift, words, line);
}

/// The keys of a line without a mark.
void Outliner::describe_unmarked(std::string_view run, std::span<const TokenSpan> words,
                                 OutlineLine& line) {
  std::uint64_t key = kEmptyKey, shape = kEmptyKey;
  for (const TokenSpan& word : words) {
    key = add_word(key, word.hash);
    shape = add_word(shape, is_number(run, word) ? kAnyNumber : word.hash);
  }
  line.key = key;
  line.shape = shape;
}

/// The same of one with a mark, which may be a label.
void Outliner::describe_marked(std::string_view text, std::uint32_t from,
                               std::span<const TokenSpan> words, std::size_t mark,
                               OutlineLine& line) {
  const std::string_view own = text.substr(line.text_begin, line.bytes());
  const std::string_view run = text.substr(from);
  const std::uint32_t shift = line.text_begin - from;
  line.key = line.shape = kEmptyKey;
  std::uint64_t rest = kEmptyKey;
  for (const TokenSpan& word : words) {
    const std::uint32_t begin = word.begin - shift;
    if (begin > mark && line.label == 0) {
      line.label = line.shape;
      line.rest_begin = line.text_begin + begin_of_rest(own, mark, begin);
    }
    line.key = add_word(line.key, word.hash);
    line.shape = add_word(line.shape, is_number(run, word) ? kAnyNumber : word.hash);
    if (begin > mark) rest = add_word(rest, word.hash), ++line.rest_tokens;
  }
  if (line.label == kEmptyKey) line.label = 0;  // nothing before the mark
  if (line.label != 0) {
    line.rest = rest;
    line.rest_characters =
        count_characters(text.substr(line.rest_begin, line.text_end - line.rest_begin));
  }
  if (line.label == 0) line.label = line.shape;  // "Read also:"
}

/// Places of words count from `shift` bytes before the line.
void Outliner::describe_word(std::string_view own, std::uint32_t shift,
                             std::span<const TokenSpan> words, OutlineLine& line) {
  constexpr std::uint32_t kLongestName = 48;  // characters
  const std::size_t blank = own.substr(0, kLongestWord).find(' ');
  if (blank == std::string_view::npos || words.front().end - shift > blank) return;
  line.word = kFirstWord;
  for (const TokenSpan& word : words) {
    if (word.end - shift > blank) break;
    line.word = add_word(line.word, word.hash);
  }
  line.is_name = line.characters <= kLongestName && line.label == 0;
}

/// Describes a line of a text that was broken to a width, if it is one of a paragraph: as long as
/// those are, neither at an end of the page nor between blank lines. Such lines are most of the
/// short ones of a crawl that has any.
bool Outliner::describe_by_bytes(std::string_view text, std::span<OutlineLine> lines,
                                 std::size_t at) {
  constexpr std::uint32_t kLeast = 40;  // characters
  OutlineLine& line = lines[at];
  if (line.characters < kLeast || stands_apart(lines, at)) return false;
  const std::string_view own = text.substr(line.text_begin, line.bytes());
  if (!begins_with_letter(own) || own.find(':') != std::string_view::npos) return false;
  line.key = line.shape = hash_bytes(own.data(), own.size());
  line.tokens = line.bytes() / 8;
  return true;
}

/// Takes off `words` those that begin before `end`.
std::span<const TokenSpan> Outliner::take_words(std::uint32_t end,
                                                std::span<const TokenSpan>& words) {
  std::size_t count = 0;
  while (count < words.size() && words[count].begin < end)
    ++count;
  const auto taken = words.first(count);
  words = words.subspan(count);
  return taken;
}

/// Lines one after another that are not long, read in one go: most are so short that beginning
/// costs as much as reading them.
void Outliner::describe_run(std::string_view text, std::span<OutlineLine> lines) {
  const std::uint32_t begin = lines.front().text_begin;
  tokenizer_.locate(text.substr(begin, lines.back().text_end - begin), tokens_);
  std::span<const TokenSpan> words = tokens_;
  for (OutlineLine& line : lines)
    describe_short(text, begin, take_words(line.text_end - begin, words), line);
}

/// Finds in one go what each line would be searched for.
void Outliner::mark(std::string_view text) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t blocks = (text.size() + kTextBlock - 1) / kTextBlock;
  for (const auto& [set, bits] : {std::pair(&kBreaks, &breaks_), std::pair(&kTrails, &trails_),
                                  std::pair(&kMarks, &marks_)}) {
    bits->resize(blocks);
    mark_bytes(bytes, text.size(), *set, bits->data());
  }
}

void Outliner::find_lines(std::string_view text, std::vector<OutlineLine>& lines) {
  lines.clear();
  mark(text);
  const auto size = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t at = 0; at < size;) {
    const std::uint32_t line_break = next_bit(breaks_, at, size);
    std::uint32_t begin = at, end = line_break;
    trim(text, begin, end);
    const std::uint32_t next = std::min(line_break + 1, size);
    if (begin != end) {
      OutlineLine& line = lines.emplace_back();
      line.begin = at;
      line.end = next;
      line.text_begin = begin;
      line.text_end = end;
      measure(text, line);
    }
    at = next;
  }
}

/// Lines that are read word by word are given to describe(lines) in runs.
template <class DescribeRun>
void Outliner::describe_lines(std::string_view text, std::span<OutlineLine> lines,
                              DescribeRun describe) {
  constexpr std::uint32_t kMostAtOnce = std::uint32_t{1} << 16;  // bytes
  const bool wrapped = is_wrapped(lines);
  const auto is_by_bytes = [&](std::size_t i) {
    if (lines[i].characters > kLongLine) {
      describe_long(text, lines[i]);
      return true;
    }
    const bool is_inside = i >= kEndLines && i + kEndLines < lines.size();
    return wrapped && is_inside && describe_by_bytes(text, lines, i);
  };
  std::size_t first = 0;  // of a run
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool is_known = is_by_bytes(i);
    const bool is_much = lines[i].end - lines[first].begin > kMostAtOnce;
    if (i > first && (is_known || is_much)) describe(lines.subspan(first, i - first));
    if (is_known)
      first = i + 1;
    else if (is_much)
      first = i;
  }
  if (first < lines.size()) describe(lines.subspan(first));
  for (OutlineLine& line : lines) {
    for (std::uint64_t* key : {&line.key, &line.shape, &line.label, &line.rest, &line.word})
      *key = even(*key);
  }
}

void Outliner::read(std::string_view text, std::vector<OutlineLine>& lines) {
  find_lines(text, lines);
  describe_lines(text, lines, [&](std::span<OutlineLine> run) { describe_run(text, run); });
}

void Outliner::read(std::string_view text, std::span<const TokenSpan> words,
                    std::vector<OutlineLine>& lines) {
  find_lines(text, lines);
  describe_lines(text, lines, [&](std::span<OutlineLine> run) {
    take_words(run.front().text_begin, words);  // of lines in between
    for (OutlineLine& line : run)
      describe_short(text, 0, take_words(line.text_end, words), line);
  });
}

std::uint64_t Outliner::key_of(std::string_view title) {
  if (count_characters(title) > kLongLine) return 0;
  tokenizer_.locate(title, tokens_);
  return tokens_.empty() ? 0 : even(add_words(kEmptyKey, tokens_));
}

void Outliner::words_of(std::string_view text, std::vector<TokenHash>& words) {
  tokenizer_.hash(text, words);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

}  // namespace kithkin

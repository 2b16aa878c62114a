// See outline.h. Short lines are read word by word, since a title in a box is seldom the same bytes
// as above its article; paragraphs by their bytes, ten times as fast.
//
//   "  • Floods: 12 dead\n"   key(floods 12 dead)   shape(floods # dead)
//                             label(floods)         rest(12 dead)
//
// Tests: tests/unit/clean/outline_test.cpp.
#include "clean/outline.h"

#include <algorithm>

#include "base/hash.h"
#include "base/utf8.h"
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

/// Whether a line ends as sentences do, before closing quotes and brackets too. Titles may ask and
/// exclaim.
bool ends_with_terminal(std::string_view line, bool may_be_title) {
  std::size_t end = line.size();
  while (end > 0) {
    std::size_t begin = end - 1;
    while (begin > 0 && (static_cast<unsigned char>(line[begin]) & 0xC0) == 0x80)
      --begin;
    const char32_t c = decode_utf8(line, begin).code_point;
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
  if (static_cast<unsigned char>(first) < 0x80) return first >= '0' && first <= '9';
  return is_decimal_digit(decode_utf8(text, token.begin).code_point);
}

/// Full stops and commas, which part a text and no path.
bool is_stop(char32_t c) {
  return c == ',' || c == ';' || c == U'\u060C' || c == U'\u061B' ||
         sentence_part(c) == SentencePart::end;
}

/// Where the first colon stands that has a blank or nothing behind it, or the first sign between
/// two blanks that parts the steps of a path ("Home > Sports"); npos for none.
std::size_t find_mark(std::string_view line) {
  constexpr std::size_t kLookedAt = 200;  // bytes: no label is longer
  const std::size_t end = std::min(line.size(), kLookedAt);
  for (std::size_t at = 0; at < end; ++at) {
    const char c = line[at];
    if (c == ':' && (at + 1 == line.size() || is_blank_byte(line[at + 1]))) return at;
    if (c == '\xEF' && line.substr(at, 3) == "\xEF\xBC\x9A") return at;  // fullwidth colon
    if (c != ' ' || at + 2 >= line.size() || !may_be_sign(line[at + 1])) continue;
    std::size_t after = at + 1;
    for (Decoded sign = decode_utf8(line, after); after < line.size();
         sign = decode_utf8(line, after)) {
      if (!is_bullet(sign.code_point) || is_stop(sign.code_point)) break;
      after += sign.size;
    }
    if (after > at + 1 && after < line.size() && line[after] == ' ') return at + 1;
  }
  return std::string_view::npos;
}

std::uint32_t count_characters(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

constexpr std::size_t kEnd = 48;  // bytes

std::uint64_t hash_ends(std::string_view line) {
  const auto half = [](std::string_view end) { return hash_bytes(end.data(), end.size()) >> 32; };
  return half(line.substr(0, kEnd)) << 32 | half(line.substr(line.size() - kEnd));
}

/// Where the words behind a mark begin, their quote in front of them included.
std::uint32_t begin_of_rest(std::string_view line, std::size_t mark, std::uint32_t token) {
  std::uint32_t begin = token;
  const std::size_t behind = mark + decode_utf8(line, mark).size;
  while (begin > behind && !is_blank_byte(line[begin - 1]))
    --begin;
  return begin;
}

}  // namespace

void Outliner::describe(std::string_view text, OutlineLine& line) {
  const std::string_view own = text.substr(line.text_begin, line.bytes());
  line.words_begin = line.text_begin + bullet_size(own);
  if (line.words_begin > line.text_begin) line.bullet = decode_utf8(own, 0).code_point;
  line.characters = count_characters(own);
  if (own.size() >= kEnd) line.ends = hash_ends(own);
  line.ends_sentence = ends_with_terminal(own, line.characters <= kLongestQuestion);
  if (line.characters > kLongLine) {
    line.key = line.shape = hash_bytes(own.data(), own.size());
    line.tokens = line.bytes() / 8;
    return;
  }
  tokenizer_.locate(own, tokens_);
  line.tokens = static_cast<std::uint32_t>(tokens_.size());
  if (tokens_.empty()) return;
  line.begins_with_number = is_number(own, tokens_.front());
  const std::size_t mark = find_mark(own);
  line.key = line.shape = kEmptyKey;
  std::uint64_t rest = kEmptyKey;
  for (const TokenSpan& token : tokens_) {
    if (token.begin > mark && line.label == 0) {
      line.label = line.shape;
      line.rest_begin = line.text_begin + begin_of_rest(own, mark, token.begin);
    }
    line.key = add_word(line.key, token.hash);
    line.shape = add_word(line.shape, is_number(own, token) ? kAnyNumber : token.hash);
    if (token.begin > mark) rest = add_word(rest, token.hash), ++line.rest_tokens;
  }
  if (line.label == kEmptyKey) line.label = 0;  // nothing before the mark
  if (line.label != 0) {
    line.rest = rest;
    line.rest_characters =
        count_characters(text.substr(line.rest_begin, line.text_end - line.rest_begin));
  }
  if (mark != std::string_view::npos && line.label == 0) line.label = line.shape;  // "Read also:"
}

void Outliner::describe_word(std::string_view own, OutlineLine& line) {
  constexpr std::size_t kLongestWord = 96;    // bytes
  constexpr std::uint32_t kLongestName = 48;  // characters
  const std::size_t blank = own.substr(0, kLongestWord).find(' ');
  if (blank == std::string_view::npos) return;
  tokenizer_.locate(own.substr(0, blank), tokens_);
  if (tokens_.empty()) return;
  line.word = add_words(kFirstWord, tokens_);
  line.is_name = line.characters <= kLongestName && line.label == 0;
}

void Outliner::read(std::string_view text, std::vector<OutlineLine>& lines) {
  lines.clear();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t line_break = std::min(text.find('\n', at), text.size());
    OutlineLine line;
    line.begin = line.text_begin = static_cast<std::uint32_t>(at);
    line.text_end = static_cast<std::uint32_t>(line_break);
    at = std::min(line_break + 1, text.size());
    line.end = static_cast<std::uint32_t>(at);
    trim(text, line.text_begin, line.text_end);
    if (line.text_begin == line.text_end) continue;
    describe(text, line);
    describe_word(text.substr(line.text_begin, line.bytes()), line);
    lines.push_back(line);
  }
}

std::uint64_t Outliner::key_of(std::string_view title) {
  if (count_characters(title) > kLongLine) return 0;
  tokenizer_.locate(title, tokens_);
  return tokens_.empty() ? 0 : add_words(kEmptyKey, tokens_);
}

void Outliner::words_of(std::string_view text, std::vector<TokenHash>& words) {
  tokenizer_.hash(text, words);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

}  // namespace kithkin

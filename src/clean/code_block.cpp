// Counts what code has and prose has not, outside of strings and comments:
//
//   { display:block; height:0px; }   2 parts, both key: value    rules
//   { "a": [1, 2] }                  a string before a colon     data
//   { x = f(1); y.hide(); }          2 parts with = or a call    statements
//   { 1, 2, 3 }  { see below }       nothing of it               prose or mathematics
//
// Tests: tests/unit/clean/debris_test.cpp.
#include "clean/code_block.h"

#include <algorithm>
#include <array>

#include "clean/ascii.h"

namespace kithkin {
namespace {

using namespace ascii;  // NOLINT: the kinds of bytes are this file's alphabet

constexpr std::size_t kLongestBlock = 64 << 10;
constexpr std::size_t kLongestString = 8 << 10;  // of one string in code
constexpr int kDeepest = 24;

/// Walks a block and counts.
class BlockReader {
 public:
  BlockReader(std::string_view text, std::size_t begin, bool has_line_comments)
      : text_(text), begin_(begin), has_line_comments_(has_line_comments) {}

  Block read() {
    const std::size_t limit = std::min(text_.size(), begin_ + kLongestBlock);
    for (at_ = begin_; at_ < limit && depth_ <= kDeepest;) {
      step();
      if (depth_ == 0) return {kind(), at_};
    }
    return {BlockKind::kNone, begin_ + 1};
  }

  [[nodiscard]] bool has_seen_line_comment() const { return has_seen_line_comment_; }

 private:
  void step() {
    const char c = text_[at_];
    if (const std::size_t blank = blank_size(text_, at_); blank != 0 || c == '\n') {
      at_ += std::max<std::size_t>(blank, 1);
    } else if (is_quote(c)) {
      read_string();
    } else if (c == '/' && skip_comment()) {
      // skipped
    } else if (is_ident(c)) {
      read_word();
    } else {
      read_sign(c);
      ++at_;
    }
  }

  void read_string() {
    const bool is_hopeless = text_[at_] == unclosed_quote_ && at_ < unclosed_until_;
    const std::size_t end = is_hopeless ? 0 : string_end(text_, at_);
    if (end == 0 && !is_hopeless) {  // nor will the next one close, which saves looking again
      unclosed_quote_ = text_[at_];
      unclosed_until_ = at_ + kLongestString;
    }
    ++marks_;
    has_content_ = has_part_ = true;
    if (end == 0) {
      ++at_;
      return;
    }
    if (is_key_place_ && at(text_, skip_spaces(text_, end)) == ':') ++keys_;
    is_key_place_ = false;
    strings_ += end - at_;
    at_ = end;
  }

  bool skip_comment() {
    constexpr std::size_t kLongest = 1000;
    const char next = at(text_, at_ + 1);
    const std::string_view near = text_.substr(0, at_ + kLongest);
    std::size_t end = std::string_view::npos;
    if (next == '*' && !has_open_comment_) {
      end = near.find("*/", at_ + 2);
      has_open_comment_ = end == std::string_view::npos;
      if (!has_open_comment_) end += 2;
    } else if (next == '/' && has_line_comments_ && text_[at_ - 1] != ':') {
      has_seen_line_comment_ = true;
      end = near.find('\n', at_ + 2);
      has_line_comments_ = end != std::string_view::npos;
    }
    if (end == std::string_view::npos) return false;
    strings_ += end - at_;
    at_ = end;
    return true;
  }

  void read_word() {
    const std::size_t begin = at_;
    while (is_ident(at(text_, at_)) || at(text_, at_) == '-')
      ++at_;
    ++words_;
    has_content_ = has_part_ = true;
    const std::size_t next = skip_blanks(text_, at_);
    if (is_key_place_ && at(text_, next) == ':' && at(text_, next + 1) != '=' &&
        !is_digit(text_[begin])) {
      ++pairs_;
      glued_pairs_ += next == at_ ? 1 : 0;
      is_pair_ = true;
    }
    if (at(text_, at_) == '(' && !is_digit(text_[begin])) {
      ++calls_;
      is_statement_ = true;
    }
    is_key_place_ = false;
  }

  void read_sign(char c) {
    if (is_foreign(c)) ++foreign_;
    if (c == '{' || c == '}') {
      if (c == '}' && has_part_) end_part();  // the last one goes without ;
      depth_ += c == '{' ? 1 : -1;
      if (c == '{' && depth_ <= kDeepest) parentheses_[static_cast<std::size_t>(depth_)] = 0;
      if (at_ > begin_) has_content_ |= depth_ > 0;
      start_part();
    } else if (c == ';' && parentheses_[static_cast<std::size_t>(depth_)] == 0) {
      ++semicolons_;
      ++marks_;
      end_part();
    } else {
      int& parentheses = parentheses_[static_cast<std::size_t>(depth_)];
      if (c == '(') ++parentheses;
      if (c == ')') parentheses = std::max(0, parentheses - 1);
      if (c != ',') has_part_ = true;
      if (c == ',') is_key_place_ = true;
      if (c == '*' || c == '_' || c == '-') return;  // a key may begin with them
      if (c != ',') is_key_place_ = false;
      if (c == '=') {
        ++equals_;
        is_statement_ = true;
      }
      if (c != ',' && c != '.' && is_punctuation(c)) ++marks_;
      has_content_ = true;
    }
  }

  void end_part() {
    if (has_part_) {
      ++parts_;
      pair_parts_ += is_pair_ ? 1 : 0;
      statement_parts_ += is_statement_ ? 1 : 0;
    }
    start_part();
  }

  void start_part() {
    has_part_ = is_pair_ = is_statement_ = false;
    is_key_place_ = true;
  }

  [[nodiscard]] BlockKind kind() const {
    if (!has_content_) return BlockKind::kEmpty;
    const std::size_t size = at_ - begin_ - strings_;
    // Strings of data are a text's own now and then, with quotes that close them too early.
    const bool is_listed_data = keys_ > 1 && keys_ * 24 >= words_;
    if (foreign_ * 32 > size && !is_listed_data) return BlockKind::kNone;
    if (keys_ > 0 && (keys_ + pairs_) * 12 >= words_) return BlockKind::kData;
    if (marks_ * 5 < words_) return BlockKind::kNone;
    if (pair_parts_ > 0 && semicolons_ > 0 && pair_parts_ * 10 >= parts_ * 9) {
      return BlockKind::kRules;
    }
    if (semicolons_ > 0 && statement_parts_ > 0 && marks_ * 2 >= words_) {
      return BlockKind::kStatements;
    }
    if (glued_pairs_ > 0 && pair_parts_ * 2 >= parts_) return BlockKind::kPairs;
    if (calls_ + equals_ > 0 && marks_ >= words_) return BlockKind::kCalls;
    return BlockKind::kNone;
  }

  std::string_view text_;
  std::size_t begin_, at_ = 0;
  bool has_seen_line_comment_ = false;
  bool has_line_comments_, has_open_comment_ = false;  // the latter is searched for once
  int depth_ = 0;
  std::array<int, kDeepest + 2> parentheses_{};  // open ones, by depth: their ; end no statement
  char unclosed_quote_ = '\0';
  std::size_t unclosed_until_ = 0;
  bool has_content_ = false;
  bool is_key_place_ = true;  // where a key of key: value may stand
  bool has_part_ = false, is_pair_ = false, is_statement_ = false;  // since the last ; or brace
  std::size_t words_ = 0, marks_ = 0, foreign_ = 0, strings_ = 0;
  std::size_t keys_ = 0, pairs_ = 0, glued_pairs_ = 0, calls_ = 0, equals_ = 0, semicolons_ = 0;
  std::size_t parts_ = 0, pair_parts_ = 0, statement_parts_ = 0;
};

}  // namespace

std::size_t string_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::size_t limit = std::min(text.size(), at + kLongestString);
  for (std::size_t i = at + 1; i < limit && text[i] != '\n'; ++i) {
    if (text[i] == quote) return i + 1;
    if (text[i] == '\\') ++i;
  }
  return 0;
}

Block read_block(std::string_view text, std::size_t begin) {
  BlockReader reader(text, begin, true);
  const Block block = reader.read();
  if (block.kind != BlockKind::kNone || !reader.has_seen_line_comment()) return block;
  // Where line breaks were lost, a comment to the line's end would swallow the closing brace.
  return BlockReader(text, begin, false).read();
}

std::size_t closing_end(std::string_view text, std::size_t at, int depth) {
  const std::size_t limit = std::min(text.size(), at + 4096);
  while (at < limit) {
    const char c = text[at];
    if (is_quote(c)) {
      const std::size_t end = string_end(text, at);
      at = end == 0 ? at + 1 : end;
      continue;
    }
    if (is_foreign(c) && blank_size(text, at) == 0) return 0;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && --depth == 0) return at + 1;
    at += std::max<std::size_t>(blank_size(text, at), 1);
  }
  return 0;
}

}  // namespace kithkin

// Backs up from where code is certain to where it begins.
//
//   Photo. .box h1, .box p{        tokens: p{  .box  h1,  .box  and then "Photo." is no selector
//   Photo. var x = a.b(function(){ operands and operators: ) ( function ( b . a = x, and the word
//                                  before a name when it stands free
//
// Tests: tests/unit/clean/debris_test.cpp.
#include "clean/code_head.h"

#include <algorithm>

#include "clean/ascii.h"

namespace kithkin {
namespace {

using namespace ascii;  // NOLINT: the kinds of bytes are this file's alphabet

constexpr std::size_t kNone = std::string_view::npos;

bool is_any_of(char c, std::string_view set) { return set.find(c) != kNone; }

/// The quote that opens the string whose closing quote is at `close`.
std::size_t opening_quote(std::string_view text, std::size_t close, std::size_t floor) {
  for (std::size_t i = close; i-- > floor && text[i] != '\n';)
    if (text[i] == text[close]) return i;
  return kNone;
}

/// The bracket that opens what the one at `close` closes, at most 2048 bytes before it.
std::size_t opening_bracket(std::string_view text, std::size_t close, std::size_t floor) {
  floor = std::max(floor, close - std::min<std::size_t>(close, 2048));
  int depth = 0;
  for (std::size_t i = close + 1; i > floor;) {
    const char c = text[i - 1];
    if (is_quote(c)) {
      const std::size_t quote = opening_quote(text, i - 1, floor);
      i = quote == kNone ? i - 1 : quote;
      continue;
    }
    const std::size_t blank = blank_size_before(text, i);
    if (is_foreign(c) && blank == 0) return kNone;
    if (is_any_of(c, ")]}") && ++depth > 24) return kNone;
    if (is_any_of(c, "([{") && --depth == 0) return i - 1;
    i -= std::max<std::size_t>(blank, 1);
  }
  return kNone;
}

/// Whether Latin prose does not reach the place `at` from the left.
bool is_border(std::string_view text, std::size_t at, std::size_t floor) {
  const std::size_t before = skip_blanks_back(text, at, floor);
  if (before == floor || text[before - 1] == '\n' || is_foreign(text[before - 1])) return true;
  if (is_alnum(text[before - 1]) || is_any_of(text[before - 1], ",'\"-_$\\^}")) return false;
  return before < at || is_any_of(text[before - 1], ";{>");
}

bool is_selector_byte(char c) {
  return is_alnum(c) || is_any_of(c, "_-.#:*>+~,()[]=\"'^$|@%\\/!&");
}

bool begins_name(std::string_view token, std::size_t i) {
  const char c = at(token, i + 1);
  return is_letter(c) || c == '_' || c == '-';
}

/// A token that prose does not have: .name #name @name [name= a:name.
bool is_sure_token(std::string_view token) {
  if (is_any_of(token[0], ".#@") && begins_name(token, 0)) return true;
  if (token[0] == ':' && begins_name(token, token.starts_with("::") ? 1 : 0)) return true;
  if (token[0] == '[' && token.find('=') != kNone) return true;
  for (std::size_t i = 1; i + 1 < token.size(); ++i) {
    if (is_any_of(token[i], "#:[") && begins_name(token, i) && is_alnum(token[i - 1])) return true;
  }
  return false;
}

bool is_element(std::string_view token) {
  return token.size() <= 10 && is_lower(token[0]) &&
         std::all_of(token.begin(), token.end(), [](char c) { return is_lower(c) || is_digit(c); });
}

/// Walks tokens from a brace to the left.
class SelectorWalk {
 public:
  SelectorWalk(std::string_view text, std::size_t brace, std::size_t floor)
      : text_(text), floor_(floor), next_(brace), begin_(brace) {}

  Head walk() {
    for (int n = 0; n < 200 && weak_ < 12; ++n) {
      const std::size_t end = skip_line_break(skip_blanks_back(text_, next_, floor_));
      std::size_t begin = end;
      while (begin > floor_ && is_selector_byte(text_[begin - 1])) {
        if (begin < end && text_.substr(begin - 1, 2) == "*/") {  // a comment's end
          ++begin;
          break;
        }
        --begin;
      }
      if (begin == end || text_.substr(begin + 1, end - begin - 1).find('@') != kNone) break;
      take(begin, end, n == 0);
      next_ = begin;
    }
    finish();
    return {begin_, 0, is_sure_, is_border(text_, begin_, floor_)};
  }

 private:
  /// A list of selectors may go over lines, each of which but the last ends in a comma.
  [[nodiscard]] std::size_t skip_line_break(std::size_t end) const {
    if (end <= floor_ || text_[end - 1] != '\n' || weak_ > 0) return end;
    const std::size_t before = skip_blanks_back(text_, end - 1, floor_);
    return before > floor_ && text_[before - 1] == ',' ? before : end;
  }

  void take(std::size_t begin, std::size_t end, bool is_first) {
    std::string_view token = text_.substr(begin, end - begin);
    const bool is_next = next_ == begin_ || is_first;  // what follows is taken already
    const bool is_listed = token.back() == ',';
    if (is_listed) token.remove_suffix(1);
    if (token.empty()) return;
    const std::size_t dot = std::min(token.find('.'), token.find('#'));
    // "Photo.box{": a name of an element is small and short, else it is a word of the text.
    if (dot != kNone && dot > 0 && begins_name(token, dot) && (is_first || is_listed)) {
      const bool is_element_name = is_element(token.substr(0, dot)) || token[0] == '*';
      begin_ = is_element_name && weak_ == 0 ? begin : begin + dot;
      is_sure_ = true;
    } else if (is_sure_token(token)) {
      const bool is_at = token[0] == '@';
      if (weak_ > 3 && !is_at) return;
      begin_ = begin;
      weak_ = 0;
      is_sure_ = true;
    } else if (is_next && weak_ == 0 && (is_first || is_listed || is_combinator(token)) &&
               (is_element(token) || is_combinator(token))) {
      begin_ = begin;
    } else if (is_first && follows(begin) && std::all_of(token.begin(), token.end(), is_alnum)) {
      begin_ = begin;
    } else {
      ++weak_;
      if (!is_element(token)) weak_element_ = false;
    }
  }

  /// A few more names of elements, when nothing else stands before them.
  void finish() {
    if (weak_ > 0 && weak_ <= 2 && weak_element_ && is_border(text_, next_, floor_)) {
      std::size_t begin = next_;
      while (begin < begin_ && blank_size(text_, begin) != 0)
        begin += blank_size(text_, begin);
      begin_ = begin;
    }
  }

  /// Whether other debris ends right before.
  [[nodiscard]] bool follows(std::size_t begin) const {
    return floor_ > 0 && skip_blanks_back(text_, begin, floor_) == floor_;
  }

  static bool is_combinator(std::string_view token) {
    return token.size() == 1 && is_any_of(token[0], ">+~*");
  }

  std::string_view text_;
  std::size_t floor_, next_, begin_;
  int weak_ = 0;
  bool weak_element_ = true, is_sure_ = false;
};

/// Walks operands and operators from a place to the left.
class ExpressionWalk {
 public:
  ExpressionWalk(std::string_view text, std::size_t end, std::size_t floor)
      : text_(text), floor_(floor), at_(end), head_{end, 0, false, false} {}

  Head walk() {
    for (int n = 0; n < 200; ++n)
      if (!step()) break;
    head_.is_border = is_border(text_, head_.begin, floor_);
    return head_;
  }

 private:
  enum class Right { kEnd, kOperand, kGroup, kOperator };

  bool step() {
    const std::size_t end = skip_blanks_back(text_, at_, floor_);
    if (end == floor_ || text_[end - 1] == '\n') return false;
    const char c = text_[end - 1];
    const bool is_glued = end == at_;
    if (is_ident(c)) return take_name(end, is_glued);
    if (is_quote(c))
      return right_ != Right::kOperand &&
             take_until(opening_quote(text_, end - 1, floor_), Right::kOperand);
    if (c == ')' || c == ']') {
      if (right_ == Right::kOperand || (right_ == Right::kGroup && !is_glued)) return false;
      is_first_group_ = right_ == Right::kEnd;
      return take_until(opening_bracket(text_, end - 1, floor_), Right::kGroup);
    }
    return take_operator(c, end, is_glued);
  }

  bool take_until(std::size_t begin, Right right) {
    if (begin == kNone) return false;
    right_ = right;
    at_ = begin;
    commit();
    return true;
  }

  bool take_name(std::size_t end, bool is_glued) {
    std::size_t begin = end;
    while (begin > floor_ && is_ident(text_[begin - 1]))
      --begin;
    if (is_digit(text_[begin]) && right_ != Right::kOperator && right_ != Right::kEnd) return false;
    if (right_ == Right::kGroup && !is_glued && !is_first_group_) return false;
    if (right_ == Right::kOperand) return take_free_word(begin, end);
    head_.is_sure |= right_ == Right::kGroup && is_glued;
    return take_until(begin, Right::kOperand);
  }

  /// The word of `var x`, `function f(`, `new X`: small letters, and nothing of prose before it.
  bool take_free_word(std::size_t begin, std::size_t end) {
    const std::string_view word = text_.substr(begin, end - begin);
    if (has_word_ || !std::all_of(word.begin(), word.end(), is_lower)) return false;
    if (begin > floor_ && text_[begin - 1] == '@') --begin;
    const std::size_t before = skip_blanks_back(text_, begin, floor_);
    const bool is_operand = before > floor_ && is_any_of(text_[before - 1], "=(,:?&|[!");
    if (!is_operand && !is_border(text_, begin, floor_)) return false;
    has_word_ = !is_operand;
    return take_until(begin, Right::kOperand);
  }

  bool take_operator(char c, std::size_t end, bool is_glued) {
    const char before = end - 1 > floor_ ? text_[end - 2] : '\0';
    if (c == '>' && before != '=') return false;
    if (!is_any_of(c, "=+-*/|&?!,:([.>")) return false;
    if (c == '.' && (!is_glued || !(is_ident(before) || is_any_of(before, ")]\"'")))) return false;
    if (has_word_ || (c != '.' && is_any_of(before, "\\^"))) return false;
    at_ = end - 1;
    right_ = Right::kOperator;
    if (c == '(' || c == '[') {
      ++head_.open;
      right_ = Right::kGroup;
      head_.is_sure |= is_ident(before) && !is_digit(before);
    }
    if (c == ',' || c == ':' || c == '?') is_listing_ = true;
    if (is_any_of(c, "=([")) is_listing_ = false;
    if (c == '=') head_.is_sure = true;
    if (is_any_of(c, "([!")) commit();
    return true;
  }

  void commit() {
    if (!is_listing_) head_.begin = at_;
  }

  std::string_view text_;
  std::size_t floor_, at_;
  Head head_;
  Right right_ = Right::kEnd;
  bool is_listing_ = false;  // after a comma: no part of it unless an = or ( comes before
  bool is_first_group_ = false, has_word_ = false;
};

}  // namespace

Head selector_before(std::string_view text, std::size_t brace, std::size_t floor) {
  return SelectorWalk(text, brace, floor).walk();
}

Head expression_before(std::string_view text, std::size_t end, std::size_t floor) {
  return ExpressionWalk(text, end, floor).walk();
}

}  // namespace kithkin

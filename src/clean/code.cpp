// A brace is the anchor: what stands inside says whether it is code, and of which kind; then the
// head is looked for to the left and the tail to the right.
//
//   words .a{ top:0; } .b p{ top:1px; } words      two rules, one by one
//   words a.b.push(function() { c.d("e"); }); words   block, head a.b.push(function(), tail );
//   words var x = "y"; words                       no brace: the ; is the anchor
//
// Tests: tests/unit/clean/debris_test.cpp.
#include "clean/code.h"

#include <algorithm>

#include "clean/ascii.h"
#include "clean/code_block.h"
#include "clean/code_head.h"

namespace kithkin {
namespace {

using namespace ascii;  // NOLINT: the kinds of bytes are this file's alphabet

bool is_among(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// Past further calls, closing brackets and the ; that belong to what ends at `end`.
std::size_t tail_end(std::string_view text, std::size_t end, int open) {
  if (open > 0) {
    const std::size_t closed = closing_end(text, end, open);
    if (closed != 0) end = closed;
  }
  for (int n = 0; n < 16; ++n) {
    std::size_t next = 0;
    if (at(text, end) == '(') next = closing_end(text, end + 1, 1);
    if (at(text, end) == '.' && is_letter(at(text, end + 1))) {
      const std::size_t name = skip_ident(text, end + 1);
      if (at(text, name) == '(') next = closing_end(text, name + 1, 1);
    }
    if (at(text, end) == ')') next = end + 1;
    if (next == 0) break;
    end = next;
  }
  const std::size_t semicolon = skip_blanks(text, end);
  return at(text, semicolon) == ';' ? semicolon + 1 : end;
}

/// With the /* comments */ right before and after.
CodeSpan with_comments(std::string_view text, CodeSpan span, std::size_t floor) {
  constexpr std::size_t kLongest = 2000;
  const std::size_t before = skip_blanks_back(text, span.begin, floor);
  if (before > floor + 4 && text.substr(before - 2, 2) == "*/") {
    const std::size_t begin = text.substr(0, before - 2).rfind("/*");
    if (begin != std::string_view::npos && begin >= floor && begin + kLongest > before) {
      span.begin = begin;
    }
  }
  const std::size_t after = skip_spaces(text, span.end);
  if (text.substr(after, 2) == "/*") {
    const std::size_t end = text.substr(0, after + kLongest).find("*/", after + 2);
    if (end != std::string_view::npos) span.end = end + 2;
  }
  return span;
}

/// One word right before a block, as in `else {`, where nothing of prose precedes it.
std::size_t word_before(std::string_view text, std::size_t end, std::size_t floor) {
  std::size_t begin = end;
  while (begin > floor && is_lower(text[begin - 1]))
    --begin;
  const std::size_t before = skip_blanks_back(text, begin, floor);
  const bool is_free = before == floor || is_among(text[before - 1], "\n;}");
  return is_free ? begin : end;
}

bool takes_selector(BlockKind kind, const Head& head, bool is_glued, char before) {
  const bool is_weak = head.is_border || (is_glued && is_lower(before));
  switch (kind) {
    case BlockKind::kRules: return true;
    case BlockKind::kPairs: return head.is_sure || is_weak;
    case BlockKind::kEmpty: return head.is_sure && is_glued;
    default: return false;
  }
}

bool takes_expression(BlockKind kind, const Head& head, bool is_closed) {
  switch (kind) {
    case BlockKind::kData:
    case BlockKind::kStatements: return true;
    case BlockKind::kRules:
    case BlockKind::kPairs: return head.is_sure;
    case BlockKind::kCalls: return head.is_sure;
    case BlockKind::kEmpty: return head.is_sure && is_closed;
    default: return false;
  }
}

/// Whether the name that ends at `end` is written as names of functions are: a.name, aName, a_name.
bool is_code_name(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view name = text.substr(begin, end - begin);
  bool has_small = false, has_joint = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    has_small |= is_lower(name[i]);
    const bool is_inner = i > 0 && i + 1 < name.size();
    has_joint |= name[i] == '$' || (is_inner && name[i] == '_') ||
                 (is_inner && is_upper(name[i]) && is_lower(name[i - 1]));
  }
  return has_small && has_joint;
}

/// Whether the call whose ( is at `open` is code: its name is, or what it is called with.
bool is_code_call(std::string_view text, std::size_t begin, std::size_t open) {
  std::size_t name = open;
  while (name > begin && is_ident(text[name - 1]))
    --name;
  if (open - name < 2 && at(text, name) != '$') return false;
  if (is_digit(text[name])) return false;
  const bool is_member = name > begin + 1 && text[name - 1] == '.' &&
                         (is_ident(text[name - 2]) || is_among(text[name - 2], ")]"));
  const bool is_quoted = is_quote(at(text, open + 1));
  return is_member || is_quoted || is_code_name(text, name, open);
}

/// The = that assigns in the statement [begin, end), or `end`.
std::size_t assignment(std::string_view text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (is_among(text[i], "([{\"'")) return end;
    if (text[i] != '=' || i == begin) continue;
    const bool is_comparison = at(text, i + 1) == '=' || is_among(text[i - 1], "=<>!");
    return is_comparison ? end : i;
  }
  return end;
}

bool is_code_assignment(std::string_view text, std::size_t begin, std::size_t equals,
                        std::size_t end) {
  const std::size_t left_end = skip_blanks_back(text, equals, begin);
  const std::string_view left = text.substr(begin, left_end - begin);
  const std::size_t value = skip_blanks(text, equals + 1);
  if (value >= end || left.empty() || !is_letter(left[0])) return false;
  const bool is_quoted = is_quote(text[value]) && is_quote(text[end - 1]);
  const bool is_list = is_among(text[end - 1], "]}");
  const bool is_declared = left.find(' ') != std::string_view::npos;
  const bool is_named =
      left.find('.') != std::string_view::npos || is_code_name(text, begin, left_end);
  std::size_t name = value;
  while (is_ident(at(text, name)) || at(text, name) == '.')
    ++name;
  const bool is_call = at(text, name) == '(' && name >= value + 3;
  const bool is_constant = is_named && is_declared;
  return is_quoted || ((is_declared || is_named) && (is_list || is_call)) || is_constant;
}

}  // namespace

CodeSpan code_at_brace(std::string_view text, std::size_t brace, std::size_t floor) {
  const Block block = read_block(text, brace);
  if (block.kind == BlockKind::kNone) return {};
  std::size_t end = skip_blanks_back(text, brace, floor);
  if (end > floor && text[end - 1] == '\n') end = skip_blanks_back(text, end - 1, floor);
  const char before = end > floor ? text[end - 1] : '\0';
  if (is_among(before, "\\_^")) return {};  // a formula
  if (is_quote(before)) return {};          // quoted, or a string's part
  const bool is_rule = block.kind == BlockKind::kRules || block.kind == BlockKind::kPairs ||
                       block.kind == BlockKind::kEmpty;
  if (is_rule && !(before != '\0' && is_among(before, "=(,[?|&:"))) {
    const Head head = selector_before(text, end, floor);
    if (takes_selector(block.kind, head, end == brace, before)) {
      return with_comments(text, {head.begin == end ? brace : head.begin, block.end}, floor);
    }
  }
  const bool ends_sentence = end < brace && is_among(before, ".!");
  Head head = ends_sentence ? Head{end, 0, false, false} : expression_before(text, end, floor);
  const bool is_word = is_ident(before);
  if (is_word) {
    head = {word_before(text, end, floor), 0, false, false};
    if (block.kind == BlockKind::kStatements && head.begin == end) return {};
  }
  const bool is_closed = before == ')' || head.open > 0 || at(text, block.end) == ';';
  if (is_word && block.kind != BlockKind::kStatements && block.kind != BlockKind::kData) return {};
  if (!takes_expression(block.kind, head, is_closed)) return {};
  const std::size_t begin = head.begin == end ? brace : head.begin;
  return with_comments(text, {begin, tail_end(text, block.end, head.open)}, floor);
}

CodeSpan statement_at(std::string_view text, std::size_t semicolon, std::size_t floor) {
  if (semicolon == floor) return {};
  const char before = text[semicolon - 1];
  if (!is_ident(before) && !is_among(before, ")]\"'")) return {};
  if (is_ident(before)) {  // a mere word, mostly
    std::size_t i = semicolon;
    const std::size_t limit = std::max(floor, semicolon - std::min<std::size_t>(semicolon, 200));
    while (i > limit && !is_among(text[i - 1], "=\n{}"))
      --i;
    if (i == limit || text[i - 1] != '=') return {};
  }
  const Head head = expression_before(text, semicolon, floor);
  if (head.open > 0 || head.begin == semicolon) return {};
  const std::size_t equals = assignment(text, head.begin, semicolon);
  if (equals != semicolon) {
    // Right after other code a simple one is enough.
    const bool follows = floor > 0 && skip_blanks_back(text, head.begin, floor) == floor;
    if (!follows && !is_code_assignment(text, head.begin, equals, semicolon)) return {};
    return {head.begin, semicolon + 1};
  }
  if (before != ')') return {};
  int depth = 0;
  std::size_t open = semicolon;
  while (open > head.begin) {
    --open;
    depth += text[open] == ')' ? 1 : text[open] == '(' ? -1 : 0;
    if (depth == 0) break;
  }
  if (!is_code_call(text, head.begin, open)) return {};
  return {head.begin, semicolon + 1};
}

CodeSpan call_at(std::string_view text, std::size_t open, std::size_t floor) {
  if (open == floor || !is_letter(text[open - 1]) || !is_quote(at(text, open + 1))) return {};
  const Head head = expression_before(text, open, floor);
  const std::size_t end = closing_end(text.substr(0, open + 1000), open + 1, 1);
  if (end == 0 || head.open > 0) return {};
  const std::string_view name = text.substr(head.begin, open - head.begin);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot < 2 || dot + 3 > name.size()) return {};
  // Examples in Latin letters look the same: it has to write markup, or stand in another script.
  const bool has_markup = text.substr(open, end - open).find('<') != std::string_view::npos;
  const std::size_t left = skip_blanks_back(text, head.begin, floor);
  const bool is_foreign_line = left > floor && is_foreign(text[left - 1]) && is_lower(name[0]) &&
                               name.find('=') == std::string_view::npos;
  if (!has_markup && !is_foreign_line) return {};
  const std::size_t semicolon = skip_blanks(text, end);
  return {head.begin, at(text, semicolon) == ';' ? semicolon + 1 : end};
}

}  // namespace kithkin

// One pass that stops at the rare bytes with which debris begins, and asks what stands there.
//
//   text .a{ top:0; } .b{ top:0; } text<br>text &nbsp;
//        --------------------------    ---      ------
//
// Pieces with nothing but blanks between them are one. Of <br> the > stays, because letters stand
// on both sides. Tests: tests/unit/clean/debris_test.cpp.
#include "clean/debris.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "base/utf8.h"
#include "clean/ascii.h"
#include "clean/code.h"
#include "clean/markup.h"
#include "text/text_kernels.h"

namespace kithkin {
namespace {

using namespace ascii;  // NOLINT: the kinds of bytes are this file's alphabet

constexpr std::size_t kStep = kTextBlock;

constexpr ByteSet kBegins = byte_set([](unsigned char byte) {
  return std::string_view("{<&;[]%(`").find(static_cast<char>(byte)) != std::string_view::npos;
});

/// What parts base64; all else of ASCII may stand in it.
constexpr ByteSet kParts =
    byte_set([](unsigned char byte) { return !is_base64(static_cast<char>(byte)); });

/// A letter or digit, to which another would be joined. Of other scripts all is but the blanks and
/// marks of Latin-1, General Punctuation and the CJK block.
bool joins(char32_t c) {
  if (c < 0x80) return is_alnum(static_cast<char>(c));
  if (c < 0xC0) return false;
  return !(c >= 0x2000 && c < 0x2070) && !(c >= 0x3000 && c < 0x3040) && c != 0x060C &&
         c != 0x061B && c != 0x061F && c != 0xFEFF;
}

bool joins_before(std::string_view text, std::size_t end) {
  if (end == 0) return false;
  std::size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80)
    --begin;
  return joins(decode_utf8(text, begin).code_point);
}

bool joins_after(std::string_view text, std::size_t begin) {
  return begin < text.size() && joins(decode_utf8(text, begin).code_point);
}

class DebrisFinder {
 public:
  DebrisFinder(std::string_view text, std::vector<ByteSpan>& spans)
      : text_(text), spans_(spans), first_(spans.size()), markup_(text) {}

  void find() {
    mark();
    std::size_t i = 0, sample = kStep;
    while (i < text_.size()) {
      const std::size_t stop = std::min(sample, text_.size());
      i = next_begin(i, stop);
      if (i < stop) {
        i = look(i);
      } else if (i < text_.size()) {
        // Encoded data has no byte to begin with, but is longer than the steps of this.
        const CodeSpan data = base64(i);
        if (data.end > i) i = add(data);
        sample = i + kStep;
      }
      if (i >= sample) sample = i + kStep;
    }
    finish();
  }

 private:
  void mark() {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text_.data());
    const std::size_t blocks = text_.size() / kTextBlock + 2;  // as many as a step may look at
    begins_.resize(blocks), parts_.resize(blocks);
    mark_bytes(bytes, text_.size(), kBegins, begins_.data());
    mark_bytes(bytes, text_.size(), kParts, parts_.data());
  }

  /// The first byte in [i, stop) with which debris may begin, or `stop`. Precondition: stop is at
  /// most a step away.
  [[nodiscard]] std::size_t next_begin(std::size_t i, std::size_t stop) const {
    const std::uint64_t bits = step_of(begins_, i);
    return bits == 0 ? stop : std::min(stop, i + static_cast<std::size_t>(std::countr_zero(bits)));
  }

  /// The bits of a step from `i` on.
  static std::uint64_t step_of(const std::vector<std::uint64_t>& bits, std::size_t i) {
    const std::size_t block = i / kTextBlock, bit = i % kTextBlock;
    return bits[block] >> bit | bits[block + 1] << 1 << (kTextBlock - 1 - bit);
  }

  /// What begins at the rare byte at `i`; returns where to go on.
  std::size_t look(std::size_t i) {
    if (text_[i] == '`') {
      const std::size_t end = markup_.quoted_code_end(i);
      return end == 0 ? i + 1 : end;
    }
    const CodeSpan span = piece(i);
    return span.end > span.begin && span.end > i ? add(span) : i + 1;
  }

  CodeSpan piece(std::size_t i) {
    const auto ends = [&](std::size_t end) { return CodeSpan{end == 0 ? 0 : i, end}; };
    switch (text_[i]) {
      case '<': return after_slashes(ends(markup_.tag_end(i)));
      case '&': return ends(markup_.entity_end(i));
      case '[': return ends(markup_.shortcode_end(i));
      case ']': return after_slashes(ends(markup_.section_end(i)));
      case '(': return call_at(text_, i, floor_);
      case '%': return to_span(escaped_run(text_, i, floor_));
      case ';': {
        const CodeSpan data = to_span(data_uri(text_, i, floor_));
        return data.end > data.begin ? data : statement_at(text_, i, floor_);
      }
      default: break;
    }
    if (const std::size_t end = markup_.template_end(i); end != 0) {
      return {i > floor_ && text_[i - 1] == '$' ? i - 1 : i, end};
    }
    return code_at_brace(text_, i, floor_);
  }

  /// With the slashes that hide <!-- and ]]> from a script.
  [[nodiscard]] CodeSpan after_slashes(CodeSpan span) const {
    const std::string_view piece = text_.substr(span.begin, span.end - span.begin);
    const bool is_hidden = piece.starts_with("<!") || piece == "]]>";
    const bool has_slashes = span.begin >= floor_ + 2 && text_.substr(span.begin - 2, 2) == "//";
    if (is_hidden && has_slashes && at(text_, span.begin - 3) != ':') span.begin -= 2;
    return span;
  }

  CodeSpan base64(std::size_t i) {
    if (text_.size() - i < kStep || step_of(parts_, i) != 0) return {i, i};  // too short
    if (i < refused_until_) return {i, i};  // the letters it would look at again
    const Run run = base64_run(text_, i, floor_);
    if (run.end == run.begin) refused_until_ = base64_letters_end(text_, i);
    return to_span(run);
  }

  static CodeSpan to_span(const Run& run) { return {run.begin, run.end}; }

  /// Joins it to the last piece when only blanks lie between; returns its end.
  std::size_t add(CodeSpan span) {
    const bool has_last = spans_.size() > first_;
    if (has_last && skip_blanks_back(text_, span.begin, floor_) == floor_) {
      spans_.back().end = span.end;
    } else {
      spans_.push_back({span.begin, span.end});
    }
    floor_ = span.end;
    return span.end;
  }

  /// Grows pieces to whole lines, or leaves a mark standing where words would meet.
  void finish() {
    std::size_t kept = first_;
    for (std::size_t i = first_; i < spans_.size(); ++i) {
      ByteSpan span = spans_[i];
      if (!take_line(span)) leave_mark(span);
      if (span.begin == span.end) continue;
      if (kept > first_ && spans_[kept - 1].end == span.begin) {
        spans_[kept - 1].end = span.end;
      } else {
        spans_[kept++] = span;
      }
    }
    spans_.resize(kept);
  }

  bool take_line(ByteSpan& span) const {
    const std::size_t begin = skip_blanks_back(text_, span.begin, 0);
    const std::size_t end = skip_blanks(text_, span.end);
    if (begin > 0 && text_[begin - 1] != '\n') return false;
    if (end < text_.size() && text_[end] != '\n') return false;
    span = {begin, end < text_.size() ? end + 1 : end};
    return true;
  }

  /// Whether a piece is a tag that is closed before the next blank: 21<sup>st</sup> is one word.
  [[nodiscard]] bool is_inside_word(const ByteSpan& span) const {
    constexpr std::size_t kWord = 32;
    const std::string_view tag = text_.substr(span.begin, span.end - span.begin);
    if (tag.find('<', 1) != std::string_view::npos || tag.front() != '<' || tag.back() != '>')
      return false;
    const std::string_view name = tag.substr(1, tag.find_first_of(" >", 1) - 1);
    const std::string_view behind = text_.substr(span.end, kWord);
    const std::size_t close = behind.find("</");
    return close != std::string_view::npos && behind.substr(close + 2).starts_with(name) &&
           behind.substr(0, close).find_first_of(" \n<") == std::string_view::npos;
  }

  /// Mostly the last byte; where that is a letter, the last mark in the piece, which is nearly as
  /// good: what follows it stays as well.
  void leave_mark(ByteSpan& span) const {
    if (!joins_before(text_, span.begin) || !joins_after(text_, span.end)) return;
    if (is_inside_word(span)) return;
    if (is_punctuation(text_[span.end - 1])) {
      --span.end;
    } else if (is_punctuation(text_[span.begin])) {
      ++span.begin;
    } else {
      while (span.end > span.begin && !is_punctuation(text_[span.end - 1]))
        --span.end;
      if (span.end > span.begin) --span.end;
    }
  }

  std::string_view text_;
  std::vector<ByteSpan>& spans_;
  std::size_t first_, floor_ = 0;
  std::size_t refused_until_ = 0;              // letters that were no base64
  std::vector<std::uint64_t> begins_, parts_;  // a bit a byte: what debris begins with, kParts
  Markup markup_;
};

}  // namespace

void find_debris(std::string_view text, std::vector<ByteSpan>& spans) {
  DebrisFinder(text, spans).find();
}

}  // namespace kithkin

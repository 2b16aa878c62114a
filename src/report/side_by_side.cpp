// An explanation for a terminal: who the two are, what differs, what they share, in two columns.
//
//   A  one-id                   │ B  other-id
//   near: resemblance 0.873; 94 % of A stands in B, 91 % of B stands in A
//   what differs
//   numbers
//   12 · 40                     │ 15
//   shared passages
//   1 of 2 · 31 words
//   the text as A has it        │ the text as B has it
//
// Everything is made of Lines: text that is ready to be written, and how many cells it takes.
// Article text becomes a Line in one place only (add_article), where it has been cleaned, wrapped
// and isolated (UAX #9), so no escape sequence of an article reaches the terminal, and no
// right-to-left word moves the bar between the columns. A passage that reads from the right is set
// against the right edge of its column.
// Tests: tests/unit/report/side_by_side_test.cpp.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kithkin/explain.h>

#include "text/tokenize.h"
#include "text/width.h"

namespace kithkin {
namespace {

constexpr int kLeastForColumns = 60;
constexpr int kLeastWidth = 20;
constexpr std::size_t kMostPassages = 40;
constexpr std::size_t kLinesOfTitle = 3, kLinesOfPassage = 30, kLinesOfList = 8;

enum class Style : std::uint8_t { plain, bold, dim };

/// Text that is ready to be written, without its line feed.
struct Line {
  std::string text;
  int width = 0;
  Style style = Style::plain;
};
using Lines = std::vector<Line>;

std::string count(std::uint64_t n, const char* noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

/// Article text as lines, at most `most` of them and an ellipsis.
void add_article(Lines& lines, std::string_view text, int width, std::size_t most) {
  const std::string clean = clean_for_display(text);
  const Direction direction = first_direction(clean);
  for (const auto piece : wrap_for_display(clean, width)) {
    if (most-- == 0) return lines.push_back({"…", 1, Style::dim});
    const int used = display_width(piece);
    const int pad = direction == Direction::right_to_left ? width - used : 0;
    lines.push_back({std::string(static_cast<std::size_t>(pad), ' ') + isolate(piece, direction),
                     pad + used, Style::plain});
  }
}

/// Short pieces of article text one after the other, dots between them.
class Flow {
 public:
  explicit Flow(int width) : width_(width) {}

  [[nodiscard]] std::size_t lines() const { return lines_.size(); }

  /// `times` is told where it is not 1.
  void add(std::string_view text, std::size_t times = 1) {
    const std::string clean = clean_for_display(text);
    if (clean.empty()) return;
    const std::string suffix = times > 1 ? " ×" + std::to_string(times) : "";
    const int suffix_width = display_width(suffix);
    const int needed = display_width(clean) + suffix_width;
    if (current_.width > 0 && current_.width + 3 + needed <= width_) {
      put(" · ", 3);
    } else {
      flush();
    }
    for (const auto piece : wrap_for_display(clean, width_ - suffix_width)) {
      if (needed > width_) flush();
      put(isolate(piece, first_direction(clean)), display_width(piece));
    }
    put(suffix, suffix_width);
  }

  Lines take() {
    flush();
    return std::move(lines_);
  }

 private:
  void put(const std::string& text, int width) {
    current_.text += text;
    current_.width += width;
  }
  void flush() {
    if (current_.width > 0) lines_.push_back(std::exchange(current_, {}));
  }

  int width_;
  Lines lines_;
  Line current_;
};

/// The page that is being made: full lines and pairs of columns.
class Page {
 public:
  Page(std::uint32_t width, bool color)
      : width_(static_cast<int>(std::clamp<std::uint32_t>(width, kLeastWidth, 10'000))),
        color_(color) {}

  [[nodiscard]] bool stacked() const { return width_ < kLeastForColumns; }
  [[nodiscard]] int column() const { return stacked() ? width_ : (width_ - 3) / 2; }

  /// Text of our own, wrapped.
  void say(std::string_view text, Style style = Style::plain) {
    for (const auto line : wrap_for_display(text, width_)) {
      end_line({std::string(line), display_width(line), style});
    }
  }
  void blank() { out_ += '\n'; }

  /// A's lines beside B's, or above them.
  void columns(const Lines& a, const Lines& b) {
    if (stacked()) {
      stack("A", a);
      return stack("B", b);
    }
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
      const Line left = i < a.size() ? a[i] : Line{};
      put(left);
      out_.append(static_cast<std::size_t>(column() - left.width), ' ');
      const bool has_right = i < b.size() && b[i].width > 0;
      put({has_right ? " │ " : " │", 3, Style::dim});
      end_line(has_right ? b[i] : Line{});
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void stack(const char* label, const Lines& lines) {
    end_line({label, 1, Style::bold});
    for (const Line& line : lines)
      end_line(line);
  }
  void end_line(const Line& line) {
    put(line);
    out_ += '\n';
  }
  void put(const Line& line) {
    const bool styled = color_ && line.style != Style::plain && !line.text.empty();
    if (styled) out_ += line.style == Style::bold ? "\x1b[1m" : "\x1b[2m";
    out_ += line.text;
    if (styled) out_ += "\x1b[0m";
  }

  int width_;
  bool color_;
  std::string out_;
};

/// Both ends of a text that is too long to be shown whole.
struct Shortened {
  std::string_view head, tail;
  std::size_t left_out = 0;  // words; 0: all is in `head`
};

Shortened shorten(std::string_view text, std::size_t head_words, std::size_t tail_words) {
  std::vector<TokenSpan> tokens;
  Tokenizer().locate(text, tokens);
  const std::size_t kept = head_words + tail_words;
  if (tokens.size() <= kept + kept / 4) return {text, {}, 0};
  return {text.substr(0, tokens[head_words].begin),
          text.substr(tokens[tokens.size() - tail_words].begin), tokens.size() - kept};
}

std::string_view slice(const Document& document, Span span) {
  return std::string_view(document.text).substr(span.begin, span.end - span.begin);
}

std::string date_of(const Document& document) {
  using namespace std::chrono;
  constexpr std::int64_t kMost = 100'000'000'000;  // far beyond any article, and safe to convert
  if (!document.date || *document.date > kMost || *document.date < -kMost) return "";
  const year_month_day day(floor<days>(sys_seconds(seconds(*document.date))));
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return buffer;
}

Lines describe(const char* label, const Document& document, std::uint64_t words, const Page& page) {
  Lines lines;
  if (!page.stacked()) lines.push_back({label, 1, Style::bold});
  add_article(lines, document.id, page.column(), kLinesOfTitle);
  add_article(lines, document.title, page.column(), kLinesOfTitle);
  Flow facts(page.column());
  for (const auto& fact : {date_of(document), document.source, count(words, "word")}) {
    if (!fact.empty()) facts.add(fact);
  }
  for (Line& line : facts.take())
    lines.push_back(std::move(line));
  return lines;
}

/// Never rounds up, so that "100 %" and "1.000" mean all.
std::string percent(double share) {
  const int whole = static_cast<int>(share * 100 + 1e-9);
  return whole == 0 && share > 0 ? "less than 1 %" : std::to_string(whole) + " %";
}

std::string verdict(const Explanation& e) {
  if (e.relation == Relation::exact) return "exact: the same words in the same order";
  char resemblance[16];
  std::snprintf(resemblance, sizeof resemblance, "%.3f",
                std::floor(e.measures.resemblance * 1000 + 1e-9) / 1000);
  std::string out(e.relation == Relation::none ? "not copies" : to_string(e.relation));
  return out + ": resemblance " + resemblance + "; " + percent(e.measures.containment_a) +
         " of A stands in B, " + percent(e.measures.containment_b) + " of B stands in A";
}

/// Why a formula is one, in words.
std::string tell_reason(const FormulaReason& reason) {
  char text[200];
  std::snprintf(
      text, sizeof text,
      "As alike as copies, but one template with different facts: words put for others %.3f "
      "of the aligned weight, rarity of what is shared %.2f, rare in both %.2f",
      reason.substituted, reason.rarity, reason.rare_share);
  return text;
}

/// The differences of one kind, each once.
Lines list(const Document& document, const std::vector<Difference>& differences,
           DifferenceKind kind, int width) {
  std::vector<std::pair<std::string, std::size_t>> items;
  std::map<std::string, std::size_t> known;
  for (const Difference& difference : differences) {
    if (difference.kind != kind) continue;
    const Shortened text = shorten(slice(document, difference.span), 12, 6);
    std::string item(text.head);
    if (text.left_out > 0) item.append(" … ").append(text.tail);
    const auto [it, added] = known.emplace(item, items.size());
    if (added) items.emplace_back(std::move(item), 0);
    ++items[it->second].second;
  }
  Flow flow(width);
  std::size_t shown = 0;
  for (; shown < items.size() && flow.lines() < kLinesOfList; ++shown) {
    flow.add(items[shown].first, items[shown].second);
  }
  Lines lines = flow.take();
  const std::string more = "… and " + std::to_string(items.size() - shown) + " more";
  if (shown < items.size()) lines.push_back({more, display_width(more), Style::dim});
  return lines;
}

std::uint64_t count_moved(const std::vector<Difference>& differences) {
  std::uint64_t words = 0;
  for (const Difference& d : differences)
    words += d.kind == DifferenceKind::moved ? d.tokens : 0;
  return words;
}

void tell_differences(Page& page, const Document& a, const Document& b, const Explanation& e) {
  page.blank();
  page.say("What differs", Style::bold);
  constexpr std::pair<DifferenceKind, const char*> kKinds[] = {{DifferenceKind::number, "numbers"},
                                                               {DifferenceKind::name, "names"},
                                                               {DifferenceKind::word, "words"}};
  bool any = false;
  for (const auto& [kind, heading] : kKinds) {
    const Lines in_a = list(a, e.only_a, kind, page.column());
    const Lines in_b = list(b, e.only_b, kind, page.column());
    if (in_a.empty() && in_b.empty()) continue;
    any = true;
    page.say(heading, Style::dim);
    const Lines nothing{{"–", 1, Style::dim}};
    page.columns(in_a.empty() ? nothing : in_a, in_b.empty() ? nothing : in_b);
  }
  if (!any) page.say("No word stands in one that does not stand in the other.");
  const std::uint64_t moved_a = count_moved(e.only_a), moved_b = count_moved(e.only_b);
  if (moved_a + moved_b == 0) return;
  page.say("In both, but in another place: " + count(moved_a, "word") + " of A, " +
               count(moved_b, "word") + " of B.",
           Style::dim);
}

/// Which passages were moved: all but the weightiest that stand in the same order in both.
std::vector<bool> find_moved(const std::vector<SharedPassage>& passages) {
  std::vector<std::uint64_t> weight;  // of the weightiest order that ends here
  std::vector<std::size_t> previous;  // in it; itself for none
  for (std::size_t i = 0; i < passages.size(); ++i) {
    weight.push_back(0);
    previous.push_back(i);
    for (std::size_t j = 0; j < i; ++j) {
      if (passages[j].b.begin > passages[i].b.begin || weight[j] <= weight[i]) continue;
      weight[i] = weight[j];
      previous[i] = j;
    }
    weight[i] += passages[i].tokens;
  }
  std::vector<bool> moved(passages.size(), true);
  if (passages.empty()) return moved;
  auto at = static_cast<std::size_t>(std::ranges::max_element(weight) - weight.begin());
  for (moved[at] = false; previous[at] != at; moved[at] = false)
    at = previous[at];
  return moved;
}

/// The longest passages, by position in a.
std::vector<SharedPassage> choose_passages(std::vector<SharedPassage> passages) {
  if (passages.size() > kMostPassages) {
    std::ranges::stable_sort(passages, std::greater{}, &SharedPassage::tokens);
    passages.resize(kMostPassages);
    std::ranges::sort(passages, {}, [](const SharedPassage& p) { return p.a.begin; });
  }
  return passages;
}

void show_passage(Page& page, std::string_view in_a, std::string_view in_b) {
  Lines columns[2];
  const Shortened texts[2] = {shorten(in_a, 40, 24), shorten(in_b, 40, 24)};
  for (int i : {0, 1})
    add_article(columns[i], texts[i].head, page.column(), kLinesOfPassage);
  if (!page.stacked()) {  // so that the ellipses stand beside each other
    for (Lines& lines : columns)
      lines.resize(std::max(columns[0].size(), columns[1].size()));
  }
  for (int i : {0, 1}) {
    if (texts[i].left_out == 0) continue;
    const std::string ellipsis = "… " + count(texts[i].left_out, "word") + " …";
    columns[i].push_back({ellipsis, display_width(ellipsis), Style::dim});
    add_article(columns[i], texts[i].tail, page.column(), kLinesOfPassage);
  }
  page.columns(columns[0], columns[1]);
}

/// How common a passage is, where the crawl was asked.
std::string tell_rarity(const SharedPassage& passage) {
  if (passage.documents == 0) return "";
  if (passage.documents <= 2) return " · in no other document";
  return " · in " + count(passage.documents - 2, "other document");
}

void tell_passages(Page& page, const Document& a, const Document& b, const Explanation& e) {
  std::uint64_t words = 0;
  for (const SharedPassage& passage : e.shared)
    words += passage.tokens;
  page.blank();
  page.say("What they share", Style::bold);
  if (e.shared.empty()) return page.say("No passage of a shingle or more.");
  page.say(count(e.shared.size(), "passage") + " with " + count(words, "word") + ", of A's " +
           std::to_string(e.tokens_a) + " and B's " + std::to_string(e.tokens_b));
  const auto shown = choose_passages(e.shared);
  const auto moved = find_moved(shown);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    page.blank();
    page.say(std::to_string(i + 1) + " · " + count(shown[i].tokens, "word") +
                 (moved[i] ? " · in another place in B" : "") + tell_rarity(shown[i]),
             Style::dim);
    show_passage(page, slice(a, shown[i].a), slice(b, shown[i].b));
  }
  const std::size_t rest = e.shared.size() - shown.size();
  if (rest > 0) page.say("… and " + count(rest, "shorter passage"), Style::dim);
}

}  // namespace

std::string render_explanation(const Document& a, const Document& b, const Explanation& explanation,
                               std::uint32_t width, bool color) {
  Page page(width, color);
  page.columns(describe("A", a, explanation.tokens_a, page),
               describe("B", b, explanation.tokens_b, page));
  page.blank();
  page.say(verdict(explanation), Style::bold);
  if (explanation.relation == Relation::formula) page.say(tell_reason(explanation.reason));
  page.say("shingles: " + std::to_string(explanation.shingles_a) + " in A, " +
               std::to_string(explanation.shingles_b) + " in B, " +
               std::to_string(explanation.shared_shingles) + " in both",
           Style::dim);
  tell_differences(page, a, b, explanation);
  tell_passages(page, a, b, explanation);
  return page.take();
}

}  // namespace kithkin

// See cleaner.h. Lines are marked step by step, the surest evidence first: code by its own shape,
// what recurs on the host, titles of other articles above whole articles and in boxes (boxes.cpp),
// the short lines at either end, and at last what the page says twice. A line in none of them is
// the article's.
//
//   paragraph ...                      -
//   Source: Agency                     byline            (a label at the end of the article)
//   Read also:                         embedded-article  (its heading)
//   Minister opens bridge              embedded-article  (title of another article)
//   The minister opened ...            embedded-article  (lines of that article)
//   More from this site                related-box       (its heading)
//   * Minister opens bridge            related-box       (title of another article)
//   * Rain expected                    related-box       (bulleted like it)
//
// Tests: tests/unit/clean/cleaner_test.cpp, tests/cli/clean_test.py.
#include "clean/cleaner.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>

#include "base/try.h"
#include "clean/debris.h"
#include "clean/line_limits.h"

namespace kithkin {

std::string_view to_string(RemovalKind kind) {
  switch (kind) {
    case RemovalKind::host_repeat: return "host-repeat";
    case RemovalKind::related_box: return "related-box";
    case RemovalKind::embedded_article: return "embedded-article";
    case RemovalKind::code: return "code";
    case RemovalKind::page_repeat: return "page-repeat";
    case RemovalKind::byline: return "byline";
  }
  return "";
}

void remove(std::string_view text, const std::vector<Removal>& removals, std::string& out) {
  out.clear();
  std::uint64_t at = 0;
  for (const Removal& removal : removals) {
    out.append(text.substr(at, removal.span.begin - at));
    at = removal.span.end;
  }
  out.append(text.substr(at));
}

namespace {

// What an article may not say twice.
constexpr std::uint32_t kLeastRepeatTokens = 4, kLeastCaption = 20;  // characters

bool may_repeat_alone(const OutlineLine& line) {
  return line.tokens >= kLeastRepeatTokens && line.characters >= kLeastCaption && line.label == 0 &&
         line.bullet == 0;
}

}  // namespace

void Cleaner::remove_line(std::size_t line, RemovalKind kind, std::uint64_t detail) {
  marks_[line] = {true, marks_[line].coded, kind, detail};
}

const RepeatedLine* Cleaner::learned(std::uint64_t key) const {
  return furniture_ && key != 0 ? furniture_->recurs(host_, key) : nullptr;
}

/// Whether a line recurs on the host as furniture at the ends of pages does. Whole sentences have
/// to on a quarter of the articles: an outlet may have its formulas.
bool Cleaner::is_repeated(std::size_t line) const {
  const RepeatedLine* repeated = learned(lines_[line].shape);
  if (!repeated) return false;
  const bool sentence = lines_[line].characters >= kSentence && lines_[line].ends_sentence;
  return !sentence || 4 * repeated->articles >= furniture_->articles(host_);
}

/// Whether it is furniture wherever it stands: between paragraphs too, where articles of one kind
/// have subheadings in common.
bool Cleaner::is_furniture(std::size_t line) const {
  return is_repeated(line) &&
         4 * learned(lines_[line].shape)->articles >= furniture_->articles(host_);
}

/// A short line that announces: learned as furniture, or a label with nothing behind it.
bool Cleaner::is_heading(std::size_t line) const {
  const OutlineLine& l = lines_[line];
  if (l.tokens == 0 || l.characters > kMostHeading) return false;
  return is_repeated(line) || (l.label != 0 && l.label == l.shape && is_apart(line));
}

/// Whether a line may stand in a box. One that many pages of the host have may: so may the title of
/// an article that everyone links to.
bool Cleaner::is_entry(std::size_t line) const {
  const OutlineLine& l = lines_[line];
  if (marks_[line].removed && marks_[line].kind != RemovalKind::host_repeat) return false;
  if (links_[line] || l.bullet != 0 || l.tokens == 0) return true;
  return l.characters <= kMostEntry && !l.ends_sentence;
}

/// Whether a line is a piece of an article rather than of furniture, as far as its looks tell.
bool Cleaner::is_prose(std::size_t line) const {
  const OutlineLine& l = lines_[line];
  if (l.tokens == 0) return false;
  if (!is_entry(line)) return true;
  return !links_[line] && l.characters >= (l.label == 0 ? kProse : kMostLabel);
}

void Cleaner::mark_code() {
  constexpr std::uint64_t kCaption = 200;  // bytes that may stand beside code, and are no article
  auto span = debris_.begin();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const OutlineLine& line = lines_[i];
    while (span != debris_.end() && span->end <= line.text_begin)
      ++span;
    std::uint64_t left = line.bytes();
    for (auto at = span; at != debris_.end() && at->begin < line.text_end; ++at)
      left -= std::min<std::uint64_t>(at->end, line.text_end) -
              std::max<std::uint64_t>(at->begin, line.text_begin);
    if (left == 0) remove_line(i, RemovalKind::code, 0);
    marks_[i].coded = left < line.bytes() && left <= kCaption;
  }
}

void Cleaner::mark_repeats_of_host() {
  if (!furniture_) return;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!marks_[i].removed && is_furniture(i))
      remove_line(i, RemovalKind::host_repeat, learned(lines_[i].shape)->articles);
  }
}

/// Whether a line stands for itself: in a text whose lines were broken to a width, only one between
/// blank lines does.
bool Cleaner::is_apart(std::size_t line) const { return !wrapped_ || stands_apart(lines_, line); }

/// What an article may well say twice is left: turns of a conversation, verses, entries of lists
/// and tables, subheadings. A whole paragraph is not among these, nor a caption, a line between
/// paragraphs that says no sentence.
bool Cleaner::may_repeat(std::size_t line) const {
  constexpr std::uint32_t kParagraph = 120;  // characters
  const OutlineLine& l = lines_[line];
  if (marks_[line].removed || !may_repeat_alone(l) || !is_apart(line)) return false;
  if (l.characters >= kParagraph) return true;
  const auto is_paragraph = [&](std::size_t n) {
    const OutlineLine& other = lines_[n];
    return other.key == l.key || other.tokens == 0 || marks_[n].removed || marks_[n].coded ||
           other.characters >= kProse ||
           (other.ends_sentence && other.tokens >= kLeastRepeatTokens);
  };
  return !l.ends_sentence && !l.begins_with_number &&
         ((line > 0 && is_paragraph(line - 1)) ||
          (line + 1 < lines_.size() && is_paragraph(line + 1)));
}

void Cleaner::mark_repeats_of_page() {
  constexpr std::uint32_t kMostTimes = 3;  // what keeps coming is structure
  seen_.clear();
  for (std::uint32_t i = 0; i < lines_.size(); ++i) {
    if (!may_repeat(i)) continue;
    Seen& seen = seen_[lines_[i].key];
    if (++seen.count == 1) seen.first = i;
  }
  std::vector<std::uint32_t> again;
  for (std::uint32_t i = 0; i < lines_.size(); ++i) {
    if (!may_repeat(i)) continue;
    const Seen seen = *seen_.find(lines_[i].key);
    if (seen.first != i && seen.count <= kMostTimes) again.push_back(i);
  }
  for (const std::uint32_t line : again)
    remove_line(line, RemovalKind::page_repeat,
                lines_[seen_.find(lines_[line].key)->first].text_begin);
}

/// Whether a line says what the page's own title does, give or take a site's name: it heads this
/// article, though another printing of it is called just so.
bool Cleaner::is_own_title(const OutlineLine& line) {
  outliner_.words_of(text_.substr(line.text_begin, line.bytes()), line_words_);
  std::vector<TokenHash> shared;
  std::set_intersection(line_words_.begin(), line_words_.end(), title_words_.begin(),
                        title_words_.end(), std::back_inserter(shared));
  return 5 * shared.size() >= 4 * line_words_.size();
}

void Cleaner::find_links() {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const OutlineLine& line = lines_[i];
    if (line.tokens < kLeastTitleTokens || line.characters < kLeastTitle) continue;
    if (line.key == title_ || !is_apart(i)) continue;
    auto titled = furniture_->titled(line.key);
    const bool is_labelled = line.rest_characters >= kLeastTitle &&
                             line.rest_tokens >= kLeastTitleTokens &&
                             line.characters - line.rest_characters <= kMostHeading;
    if (titled.empty() && is_labelled && line.rest != title_)
      titled = furniture_->titled(line.rest);
    if (!titled.empty() && !is_own_title(line)) links_[i] = titled.front();
  }
}

/// Whether a line is a label or a name that recurs on the host, and says which: a source, tags, an
/// author. What a page says more than twice so is its structure: questions and answers.
const RepeatedLine* Cleaner::labels(std::size_t line) const {
  constexpr std::uint32_t kMostTimes = 2;
  const OutlineLine& l = lines_[line];
  if (!furniture_ || l.characters > kMostLabel || l.ends_sentence) return nullptr;
  const std::uint64_t label = l.is_name ? l.word : l.label;
  const auto is_alike = [&](const OutlineLine& other) {
    return (other.is_name ? other.word : other.label) == label;
  };
  const RepeatedLine* repeated =
      l.is_name ? furniture_->names_behind(host_, l.word) : learned(label);
  if (!repeated || std::count_if(lines_.begin(), lines_.end(), is_alike) > kMostTimes)
    return nullptr;
  return repeated;
}

/// Short lines at either end of the article: what recurs on fewer pages than furniture elsewhere
/// has to, labels and names, and any short label between the article and a box or another article.
void Cleaner::mark_ends() {
  const auto goes = [&](std::size_t line, bool is_before_box) {
    constexpr std::uint32_t kMostSource = 30;  // characters
    const OutlineLine& l = lines_[line];
    if (l.tokens == 0) return true;
    if (is_repeated(line)) {
      remove_line(line, RemovalKind::host_repeat, learned(l.shape)->articles);
    } else if (const RepeatedLine* label = labels(line)) {
      remove_line(line, RemovalKind::byline, label->articles);
    } else if (is_before_box && l.label != 0 && l.rest != 0 && l.characters <= kMostSource &&
               !l.ends_sentence) {
      remove_line(line, RemovalKind::byline, 0);
    } else {
      return false;
    }
    return true;
  };
  const std::vector<Mark> before = marks_;
  std::size_t end = lines_.size();
  bool is_before_box = false;
  while (end > 0 && (marks_[end - 1].removed || goes(end - 1, is_before_box))) {
    const RemovalKind kind = marks_[--end].kind;
    is_before_box = marks_[end].removed &&
                    (kind == RemovalKind::related_box || kind == RemovalKind::embedded_article);
  }
  std::size_t begin = 0;
  while (begin < end && (marks_[begin].removed || goes(begin, false)))
    ++begin;
  if (begin == end) marks_ = before;  // something has to be the article
}

/// Rules and stars between lines that go, go with them.
void Cleaner::mark_gaps() {
  for (std::size_t i = 0; i < lines_.size();) {
    std::size_t end = i;
    while (end < lines_.size() && !marks_[end].removed && lines_[end].tokens == 0)
      ++end;
    const bool after = i > 0 && marks_[i - 1].removed;
    const bool before = end < lines_.size() && marks_[end].removed;
    if (end > i && (after || i == 0) && (before || end == lines_.size()) && (after || before)) {
      const Mark& mark = after ? marks_[i - 1] : marks_[end];
      for (std::size_t k = i; k < end; ++k)
        marks_[k] = mark;
    }
    i = std::max(end, i + 1);
  }
}

void Cleaner::collect(CleanedPage& page) const {
  auto debris = debris_.begin();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Mark& mark = marks_[i];
    const std::uint64_t begin = lines_[i].begin, end = lines_[i].end;
    if (mark.removed) {
      std::vector<Removal>& all = page.removals;
      const bool follows = i > 0 && marks_[i - 1].removed;
      if (follows) all.back().span.end = begin;  // blank lines between
      if (follows && all.back().kind == mark.kind && all.back().detail == mark.detail)
        all.back().span.end = end;
      else
        all.push_back({{begin, end}, mark.kind, mark.detail});
      continue;
    }
    while (debris != debris_.end() && debris->end <= begin)
      ++debris;
    for (; debris != debris_.end() && debris->begin < end; ++debris) {
      const ByteSpan piece{std::max(debris->begin, begin), std::min(debris->end, end)};
      page.removals.push_back({piece, RemovalKind::code, 0});
      if (debris->end > end) break;
    }
  }
}

bool Cleaner::has_words(std::string_view text) {
  constexpr std::size_t kBeginning = 256;  // bytes, in which nearly every text has some
  const auto has_any = [&](std::string_view lines) {
    outliner_.read(lines, lines_);
    return std::any_of(lines_.begin(), lines_.end(),
                       [](const OutlineLine& line) { return line.tokens > 0; });
  };
  const std::size_t end = text.find('\n', std::min(kBeginning, text.size()));
  return has_any(text.substr(0, end)) || (end != std::string_view::npos && has_any(text));
}

/// Whether two lines say the same that may not; most pages have none, and no need to look closer.
bool Cleaner::says_twice() {
  std::array<std::uint64_t, 64> seen{};  // a bit for keys of one beginning, which few lines share
  bool may_be = false;
  keys_.clear();
  for (const OutlineLine& line : lines_) {
    if (!may_repeat_alone(line)) continue;
    std::uint64_t& bits = seen[line.key >> 58];
    const std::uint64_t bit = std::uint64_t{1} << (line.key >> 52 & 63);
    may_be = may_be || (bits & bit) != 0;
    bits |= bit;
    keys_.push_back(line.key);
  }
  if (!may_be) return false;
  std::sort(keys_.begin(), keys_.end());
  return std::adjacent_find(keys_.begin(), keys_.end()) != keys_.end();
}

/// `debris_` and `lines_` are those of the text.
Result<void> Cleaner::mark_all(std::string_view title, CleanedPage& page) {
  wrapped_ = is_wrapped(lines_);
  marks_.assign(lines_.size(), {});
  mark_code();
  mark_repeats_of_host();
  links_.assign(lines_.size(), std::nullopt);
  if (furniture_) {
    title_ = outliner_.key_of(title);
    outliner_.words_of(title, title_words_);
    find_links();
    KITHKIN_TRY(mark_embedded());
    mark_boxes(page);
  }
  mark_ends();
  mark_repeats_of_page();
  mark_gaps();
  collect(page);
  return {};
}

Result<void> Cleaner::clean(std::string_view text, std::string_view title, HostKey host,
                            CleanedPage& page, std::optional<std::uint32_t> document) {
  page.removals.clear();
  page.related.clear();
  if (furniture_ && document && furniture_->is_decided(*document))
    return furniture_->removals_of(*document, page.removals);
  text_ = text;
  host_ = host;
  outliner_.read(text, lines_);
  debris_.clear();
  find_debris(text, debris_);
  return mark_all(title, page);
}

Result<void> Cleaner::clean_alone(std::string_view text, std::vector<OutlineLine>& lines,
                                  std::vector<Removal>& removals) {
  assert(!furniture_);
  CleanedPage page;
  text_ = text;
  lines_.swap(lines);
  debris_.clear();
  find_debris(text, debris_);
  Result<void> marked;
  if (!debris_.empty() || says_twice()) marked = mark_all({}, page);
  lines_.swap(lines);
  removals = std::move(page.removals);
  return marked;
}

}  // namespace kithkin

// The part of the cleaner (cleaner.h) that goes by titles: other articles in the page, and boxes
// that list them. A run of titles alone proves little, since articles name others and subheadings
// are called like them; a heading that stands before titles on other pages does, and so does the
// place behind all of the article.
//
// Tests: tests/unit/clean/cleaner_test.cpp.
#include <algorithm>

#include "base/try.h"
#include "clean/cleaner.h"
#include "clean/line_limits.h"

namespace kithkin {

/// A title of another article behind a heading, and then the lines of that article. A page that is
/// made of many is a digest, and stays.
Result<void> Cleaner::mark_embedded() {
  constexpr std::size_t kMostEmbedded = 2, kMostTried = 16;
  std::vector<Embedded> found;
  std::size_t tried = 0;
  for (std::size_t i = 1; i < lines_.size() && tried < kMostTried; ++i) {
    if (!links_[i] || lines_[i].bullet != 0 || links_[i - 1] || !is_heading(i - 1)) continue;
    ++tried;
    Embedded longest{i - 1, 0, 0};  // of namesakes: one may be a shorter version
    for (const std::uint32_t document : furniture_->titled(lines_[i].key)) {
      KITHKIN_TRY_ASSIGN(const std::size_t end, end_of_embedded(i, document));
      if (end > longest.end) longest = {i - 1, end, document};
    }
    if (longest.end == 0) continue;
    found.push_back(longest);
    i = longest.end - 1;
  }
  if (found.size() > kMostEmbedded) return {};
  for (const Embedded& embedded : found) {
    for (std::size_t i = embedded.begin; i < embedded.end; ++i)
      remove_line(i, RemovalKind::embedded_article, embedded.document);
  }
  return {};
}

/// Where the text of another article ends whose title is line `link`; 0 where it is none, or where
/// the page has no prose besides, or is a version of that article itself.
Result<std::size_t> Cleaner::end_of_embedded(std::size_t link, std::uint32_t document) {
  constexpr std::uint64_t kLongestGap = 1500;  // bytes: a caption, glued headlines, a date
  constexpr std::uint64_t kLeastOwn = 40;      // bytes
  KITHKIN_TRY_ASSIGN(const std::uint64_t whole, furniture_->lines_of(document, keys_));
  // Prose alone: short lines may be furniture of both hosts.
  const auto is_theirs = [&](std::size_t line) {
    return is_prose(line) && !marks_[line].removed && Furniture::knows(keys_, lines_[line]);
  };
  std::uint64_t own = 0, own_too = 0;  // bytes of prose besides, and of it what is theirs too
  const auto add_own = [&](std::size_t line) {
    if (marks_[line].removed || !is_prose(line)) return;
    (is_theirs(line) ? own_too : own) += lines_[line].bytes();
  };
  for (std::size_t i = 0; i + 1 < link; ++i)
    add_own(i);
  if (title_ == 0 && own < kLeastOwn) return std::size_t{0};  // it may be the page's own title
  std::size_t end = 0;
  std::uint64_t shared = 0, gap = 0;
  for (std::size_t i = link + 1; i < lines_.size(); ++i) {
    if (is_theirs(i)) {
      shared += lines_[i].bytes();
      gap = 0;
      end = i + 1;
    } else if (shared == 0 && lines_[i].tokens > 0 && (links_[i] || lines_[i].bullet != 0)) {
      return std::size_t{0};  // a list of titles
    } else if (!marks_[i].removed) {
      gap += lines_[i].bytes();
      if (gap > kLongestGap) break;
    }
  }
  constexpr std::uint64_t kMuch = 1500;  // bytes
  const bool is_teaser = 4 * shared < whole && shared < kMuch;
  if (end == 0 || is_teaser) return std::size_t{0};
  const auto again = [&](std::size_t line) {  // a caption that stands in it already
    return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(link),
                       lines_.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const OutlineLine& l) { return l.key == lines_[line].key; });
  };
  const auto goes_on = [&](std::size_t line) {
    return lines_[line].tokens == 0 || marks_[line].coded || again(line) ||
           (!marks_[line].removed && Furniture::knows(keys_, lines_[line]));
  };
  while (end < lines_.size() && goes_on(end))
    ++end;
  for (std::size_t i = end; i < lines_.size(); ++i)
    add_own(i);
  return own >= std::max(kLeastOwn, own_too) ? end : std::size_t{0};
}

/// Whether a line is a heading that stands before links on enough pages.
bool Cleaner::opens_boxes(std::size_t line) const {
  const RepeatedLine* repeated = is_repeated(line) ? learned(lines_[line].shape) : nullptr;
  return repeated && repeated->before_links >= 2 &&
         20 * repeated->before_links >= repeated->articles;
}

/// The entries around a link, the first of its run.
Cleaner::Box Cleaner::box_at(std::size_t link) const {
  constexpr std::size_t kMostBetween = 3;  // of other lines between two links
  const char32_t bullet = lines_[link].bullet;
  std::size_t last = link, count = 0, end = link;
  for (; end < lines_.size() && is_entry(end); ++end) {
    const bool is_far = end > last + kMostBetween && bullet == 0 && !marks_[end].removed;
    if (!links_[end] && is_far) break;
    if (!links_[end]) continue;
    if (lines_[end].bullet != bullet) break;
    last = end;
    ++count;
  }
  Box box{link, last + 1, count};
  if (bullet != 0) {
    while (box.end < end && lines_[box.end].bullet == bullet)
      ++box.end;
    while (box.begin > 0 && lines_[box.begin - 1].bullet == bullet && is_entry(box.begin - 1))
      --box.begin;
  } else if (count >= 2) {
    const bool at_end = end == lines_.size() || marks_[end].removed;
    const bool spaced = last >= link + count;  // others between the links: a date below each
    if (at_end)
      box.end = end;
    else if (spaced)
      box.end = std::min(end, last + 2);
  }
  return box;
}

/// Whether a run of titles is furniture: behind a learned heading or label, or, if there are more
/// than one, behind all of the article. An article may name others, and a subheading be called like
/// one.
bool Cleaner::is_box(const Box& box) const {
  if (box.begin == 0) return false;
  if (is_repeated(box.begin - 1) || learned(lines_[box.begin].label)) return true;
  return box.links >= 2 && box.end > last_prose_;
}

void Cleaner::mark_boxes(CleanedPage& page) {
  last_prose_ = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!marks_[i].removed && is_prose(i)) last_prose_ = i;
  }
  for (std::size_t i = 0; i < lines_.size();) {
    std::size_t end = i + 1;
    if (i > 0 && opens_boxes(i - 1)) {
      end = i;
      while (end < lines_.size() && is_entry(end))
        ++end;
      if (end > i) mark_box(i, end, page);
    } else if (links_[i] && !marks_[i].removed) {
      const Box box = box_at(i);
      if (is_box(box)) mark_box(box.begin, box.end, page);
      end = box.end;
    }
    i = std::max(end, i + 1);
  }
}

/// Lines [begin, end) are a box; the line above may be its heading.
void Cleaner::mark_box(std::size_t begin, std::size_t end, CleanedPage& page) {
  std::uint64_t links = 0;
  char32_t bullet = 0;  // of its links
  for (std::size_t i = begin; i < end; ++i) {
    links += links_[i].has_value();
    if (links_[i]) bullet = lines_[i].bullet;
  }
  const auto is_listed = [&](std::size_t line) {
    return links_[line] || (bullet != 0 && lines_[line].bullet == bullet);
  };
  const OutlineLine& above = lines_[begin - 1];
  const bool short_above =
      above.tokens > 0 && above.characters <= kMostHeading && !above.ends_sentence;
  const bool is_list = end - begin >= 3 && links >= 2;
  if (is_heading(begin - 1) || (is_list && short_above && begin > 1 && !marks_[begin - 1].removed))
    remove_line(begin - 1, RemovalKind::related_box, links);
  for (std::size_t i = begin; i < end; ++i) {
    const OutlineLine& line = lines_[i];
    if (is_listed(i) || (line.tokens > kLeastTitleTokens && !marks_[i].removed)) {
      const bool labelled = links_[i] && furniture_->titled(line.key).empty();
      const std::uint32_t from = labelled ? line.rest_begin : line.words_begin;
      page.related.push_back({text_.substr(from, line.text_end - from), links_[i]});
    }
    if (!marks_[i].removed || is_listed(i)) remove_line(i, RemovalKind::related_box, links);
  }
}

}  // namespace kithkin

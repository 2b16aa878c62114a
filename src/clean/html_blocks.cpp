// Inside the article's element, what is laid out like its prose is the article.
//
//   div                                          group of the article
//     p       It rained for three days.          prose, of the main shape: kept
//     p       "More to come," she said           as short as a label, but in the same group: kept
//     ul      Roads / Schools / Power            an inset of that group: kept
//     div > ul > li > a ...                      a box of links: dropped
//     div > div > p   A street, on Monday.       prose of another shape: dropped (a caption)
//     h2      What comes next                    kept, if what follows is
//
// The shape of a block is the kinds of the elements from the article's element down to it; boxes
// around nothing else do not count. A shape is main with a fifth of the prose. Tests:
// tests/unit/clean/html_test.cpp.
#include "clean/html_blocks.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

#include "clean/html_prose.h"

namespace kithkin {
namespace {

constexpr std::uint64_t kMainShape = 5;  // one in so many letters of prose
constexpr std::uint32_t kShort = 40;     // weight under which a block is like a label

/// Stands among paragraphs as one of them, whatever is in it.
bool is_inset(ElementKind kind) {
  return kind == ElementKind::list || kind == ElementKind::quote || kind == ElementKind::table ||
         kind == ElementKind::pre;
}

class BlockChooser {
 public:
  explicit BlockChooser(const PageMeasure& measure)
      : measure_(measure),
        page_(measure.page()),
        root_(find_article_root(measure)),
        first_block_(page_.elements[root_].first_block),
        end_block_(page_.elements[root_].end_block),
        chosen_(page_.blocks.size()),
        junk_(page_.blocks.size()),
        outer_(page_.blocks.size()),
        groups_(page_.elements.size()) {}

  std::vector<bool> choose() {
    mark_junk();
    count_shapes();
    mark_groups();
    for (std::uint32_t b = first_block_; b < end_block_; ++b) {
      if (junk_[b] || is_heading(measure_.kind_of_block(b))) continue;
      const std::uint32_t inset = inset_of(b);
      chosen_[b] = inset != 0 ? keeps_in(inset, b) : keeps(b);
    }
    choose_headings();
    return std::move(chosen_);
  }

 private:
  [[nodiscard]] const PageElement& element(std::uint32_t e) const { return page_.elements[e]; }

  /// Boxes, lists and tables of links. A list of sentences may have more of them.
  [[nodiscard]] bool is_junk(std::uint32_t e) const {
    const PageSums sums = measure_.sums(e);
    switch (element(e).kind) {
      case ElementKind::paragraph:
      case ElementKind::heading:
      case ElementKind::title:
      case ElementKind::item: return false;
      case ElementKind::list: {
        const std::uint64_t blocks = element(e).end_block - element(e).first_block;
        return sums.is_linked(sums.ends * 10 > blocks * 6 ? 6 : 5);
      }
      default: return sums.is_linked(4);
    }
  }

  void mark_junk() {
    for (std::uint32_t e = root_ + 1; e < element(root_).end;) {
      const bool junk = is_junk(e);
      for (std::uint32_t b = element(e).first_block; junk && b < element(e).end_block; ++b)
        junk_[b] = true;
      e = junk ? element(e).end : e + 1;
    }
  }

  /// The outermost box below the root that holds nothing but this block, or the block's element.
  [[nodiscard]] std::uint32_t outermost(std::uint32_t block) const {
    std::uint32_t e = page_.blocks[block].element;
    while (e != root_) {
      const std::uint32_t up = element(e).parent;
      const PageElement& box = element(up);
      if (up == root_ || box.kind != ElementKind::box || box.end_block != box.first_block + 1)
        break;
      e = up;
    }
    return e;
  }

  [[nodiscard]] std::uint64_t shape(std::uint32_t e) const {
    std::uint64_t hash = 1;
    for (; e != root_; e = element(e).parent)
      hash = hash * 0x100000001b3ULL + 1 + static_cast<std::uint64_t>(element(e).kind);
    return hash;
  }

  void count_shapes() {
    for (std::uint32_t b = first_block_; b < end_block_; ++b) {
      outer_[b] = outermost(b);
      const std::uint64_t prose = junk_[b] ? 0 : measure_.prose(b);
      if (prose == 0) continue;
      total_ += prose;
      most_ = std::max(most_, shapes_[shape(outer_[b])] += prose);
    }
  }

  [[nodiscard]] bool is_main_shape(std::uint32_t e) const {
    const auto found = shapes_.find(shape(e));
    if (found == shapes_.end()) return false;
    return found->second * kMainShape >= total_ || found->second == most_;
  }

  /// Also a paragraph alone in a box where others stand together in theirs.
  [[nodiscard]] bool has_main_shape(std::uint32_t block) const {
    return is_main_shape(outer_[block]) || is_main_shape(page_.blocks[block].element);
  }

  /// The element among whose children a block stands: a box itself for bare text in it.
  [[nodiscard]] std::uint32_t group_of(std::uint32_t block) const {
    const std::uint32_t e = outer_[block];
    if (e == root_) return root_;
    const PageElement& outer = element(e);
    const bool is_bare = outer.kind == ElementKind::box && outer.end_block != outer.first_block + 1;
    return is_bare ? e : outer.parent;
  }

  /// Marks the groups of main prose, and, where such prose stands in insets, the groups of these.
  void mark_groups() {
    first_ = end_block_;
    for (std::uint32_t b = first_block_; b < end_block_; ++b) {
      if (junk_[b] || measure_.prose(b) == 0 || !has_main_shape(b)) continue;
      std::uint32_t group = group_of(b);
      groups_[group] = true;
      while (group != root_ &&
             (is_inset(element(group).kind) || element(group).kind == ElementKind::item)) {
        group = element(group).parent;
        groups_[group] = true;
      }
      first_ = std::min(first_, b);
      last_ = b;
    }
  }

  /// The outermost inset below the root that holds the block, or 0.
  [[nodiscard]] std::uint32_t inset_of(std::uint32_t block) const {
    std::uint32_t inset = 0;
    for (std::uint32_t e = page_.blocks[block].element; e != root_; e = element(e).parent)
      if (is_inset(element(e).kind)) inset = e;
    return inset;
  }

  /// Whether an inset stands in a main group, boxes with little else around it left aside.
  [[nodiscard]] bool is_of_article(std::uint32_t inset, const PageSums& sums) const {
    std::uint32_t up = element(inset).parent;
    while (!groups_[up] && up != root_ && measure_.sums(up).weight * 10 <= sums.weight * 13)
      up = element(up).parent;
    return groups_[up];
  }

  [[nodiscard]] bool is_inside(std::uint32_t block) const {
    return first_ < block && block < last_;
  }

  /// Whether a block in an inset is kept. A quote with prose keeps the line that says whose it is.
  [[nodiscard]] bool keeps_in(std::uint32_t inset, std::uint32_t block) const {
    const PageSums sums = measure_.sums(inset);
    const PageBlock& b = page_.blocks[block];
    if (b.linked * 4 > b.weight * 3 || !is_of_article(inset, sums)) return false;
    const bool is_quote = element(inset).kind == ElementKind::quote && sums.prose > 0;
    return is_inside(block) || measure_.prose(block) > 0 || sums.linked == 0 || is_quote;
  }

  /// Whether another block is kept. At the ends of the article short ones have to look like text.
  [[nodiscard]] bool keeps(std::uint32_t block) const {
    const PageBlock& b = page_.blocks[block];
    const bool is_prose = measure_.prose(block) > 0;
    if (!groups_[group_of(block)] && !(is_prose && has_main_shape(block))) return false;
    const ElementKind kind = element(outer_[block]).kind;
    if (kind == ElementKind::box && !has_main_shape(block)) return false;
    if (b.linked * (b.ends ? 4 : 6) > b.weight * 3) return false;
    if (is_inside(block) || is_prose) return true;
    if (kind == ElementKind::paragraph && b.ends && b.weight >= kShort) return true;
    return b.linked == 0 && (kind == ElementKind::paragraph || b.ends);
  }

  /// Keeps headings over what is kept: from the last, since headings stand over headings.
  void choose_headings() {
    for (std::uint32_t b = end_block_; b-- > first_block_;) {
      const ElementKind kind = measure_.kind_of_block(b);
      if (!is_heading(kind) || junk_[b]) continue;
      if (kind == ElementKind::title && !is_inside(b)) continue;
      const PageBlock& block = page_.blocks[b];
      const PageElement& around = element(element(block.element).parent);
      const bool stands_over = b + 1 < std::min(end_block_, around.end_block) && chosen_[b + 1];
      chosen_[b] = stands_over && block.linked * 2 <= block.weight;
    }
  }

  const PageMeasure& measure_;
  const Page& page_;
  std::uint32_t root_, first_block_, end_block_;
  std::vector<bool> chosen_, junk_;                          // by block
  std::vector<std::uint32_t> outer_;                         // by block
  std::vector<bool> groups_;                                 // by element: holds main prose
  std::unordered_map<std::uint64_t, std::uint64_t> shapes_;  // their prose
  std::uint64_t total_ = 0, most_ = 0;
  std::uint32_t first_ = 0, last_ = 0;  // main prose
};

}  // namespace

std::vector<bool> find_article_blocks(const Page& page) {
  const PageMeasure measure(page);
  if (measure.sums(0).prose == 0) return std::vector<bool>(page.blocks.size());
  return BlockChooser(measure).choose();
}

std::string text_of_blocks(const Page& page, const std::vector<bool>& chosen) {
  std::string out;
  std::uint32_t row = 0;
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    if (!chosen[i]) continue;
    const PageElement& e = page.elements[page.blocks[i].element];
    const bool is_cell = e.kind == ElementKind::cell && e.end_block == e.first_block + 1;
    const std::uint32_t row_here = is_cell ? e.parent : 0;
    if (!out.empty()) out += row_here != 0 && row_here == row ? ' ' : '\n';
    row = row_here;
    out += page.blocks[i].text;
  }
  return out;
}

}  // namespace kithkin

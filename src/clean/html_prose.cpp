// Paragraphs vote for what stands around them, each with its weight: the parent gets the vote
// whole, its parent a half, and so on. The element with most votes wins, less its links, and less
// the more of the page's prose comes before it: what readers wrote below an article can be longer
// than the article.
//
//   div [ p 300  p 250 ]   votes 550
//   ul  [ li [ div [ p 200 ] ]  li [ div [ p 250 ] ]  ... ]   each div 250, the ul a quarter of all
//
// That is Readability's way (Arc90, 2009) without its lists of class names. What the page declares
// (itemprop, article, main) narrows the search where text agrees. Tests:
// tests/unit/clean/html_test.cpp; bench/quality/html_f1.py measures it.
#include "clean/html_prose.h"

#include <algorithm>
#include <unordered_map>

namespace kithkin {
namespace {

constexpr std::uint64_t kLongBlock = 120;  // weight from which a block is prose without an end
constexpr std::uint64_t kSentence = 40;    // and with one
constexpr std::uint64_t kArticle = 200;    // least prose of an element that is declared an article
constexpr double kItemVote = .4;           // items are more often teasers than paragraphs
constexpr std::uint32_t kRecords = 3;      // least that stand beside each other
constexpr double kLate = .8;               // what is lost where all prose comes before
constexpr std::uint32_t kVotes = 4;        // levels
constexpr int kClimb = 3;                  // levels

std::uint64_t prose_of(const PageBlock& block, ElementKind kind) {
  if (is_heading(kind)) return 0;
  if (block.linked * 2 > block.weight) return 0;
  const bool is_sentence = block.sentences > 0 && block.weight >= kSentence;
  return block.weight >= kLongBlock || is_sentence ? block.weight - block.linked : 0;
}

class RootFinder {
 public:
  explicit RootFinder(const PageMeasure& measure)
      : measure_(measure), page_(measure.page()), records_(page_.elements.size()) {}

  std::uint32_t find() {
    mark_records();
    std::uint32_t within = 0;
    if (const std::uint32_t body = declared_body(best_within(0))) return body;
    for (const ElementRole role : {ElementRole::main, ElementRole::article})
      if (const std::uint32_t only = only_one(role)) within = only;
    return climb(best_within(within), within);
  }

 private:
  [[nodiscard]] std::uint32_t parent(std::uint32_t e) const { return page_.elements[e].parent; }

  /// Whose child the block is, whether it is marked up as a paragraph or is bare text in a box.
  [[nodiscard]] std::uint32_t holder(std::uint32_t block) const {
    const std::uint32_t e = page_.blocks[block].element;
    const ElementKind kind = page_.elements[e].kind;
    return kind == ElementKind::box || kind == ElementKind::cell ? e : parent(e);
  }

  /// Comments, teasers: boxes or items that look alike beside each other, each with prose and with
  /// labels (who wrote it, when).
  void mark_records() {
    const auto size = static_cast<std::uint32_t>(page_.elements.size());
    std::vector<bool> may_be(size);
    std::unordered_map<std::uint64_t, std::uint32_t> alike;
    const auto key = [&](std::uint32_t e) {
      return static_cast<std::uint64_t>(parent(e)) << 32 | page_.elements[e].look;
    };
    for (std::uint32_t e = 1; e < size; ++e) {
      const ElementKind kind = page_.elements[e].kind;
      const PageSums sums = measure_.sums(e);
      if (kind != ElementKind::box && kind != ElementKind::item) continue;
      may_be[e] = sums.prose > 0 && sums.linked + sums.headings + sums.prose < sums.weight;
      if (may_be[e]) ++alike[key(e)];
    }
    for (std::uint32_t e = 1; e < size; ++e)
      records_[e] = records_[parent(e)] || (may_be[e] && alike[key(e)] >= kRecords);
  }

  /// What a block has to say.
  [[nodiscard]] double vote_of(std::uint32_t block) const {
    const auto prose = static_cast<double>(measure_.prose(block));
    const bool is_item = measure_.kind_of_block(block) == ElementKind::item;
    return is_item || records_[page_.blocks[block].element] ? prose * kItemVote : prose;
  }

  void vote(std::uint32_t block, std::uint32_t within) {
    double share = vote_of(block);
    std::uint32_t e = page_.blocks[block].element == within ? within : holder(block);
    for (std::uint32_t level = 0; level < kVotes; ++level, share /= 2) {
      votes_[e] += share;
      if (e == within) break;
      e = parent(e);
    }
  }

  std::uint32_t best_within(std::uint32_t within) {
    const PageElement& whole = page_.elements[within];
    votes_.assign(page_.elements.size(), 0);
    std::vector<double> before(page_.blocks.size() + 1);  // votes of the blocks before each
    for (std::uint32_t b = whole.first_block; b < whole.end_block; ++b) {
      before[b + 1] = before[b] + vote_of(b);
      if (measure_.prose(b) > 0) vote(b, within);
    }
    std::uint32_t best = within;
    double most = 0;
    for (std::uint32_t e = within; e < whole.end; ++e) {
      if (votes_[e] == 0) continue;
      const PageSums sums = measure_.sums(e);
      const double linked = static_cast<double>(sums.linked) / static_cast<double>(sums.weight);
      const double late = before[page_.elements[e].first_block] / before[whole.end_block];
      const double score = votes_[e] * (1 - linked) * (1 - kLate * late);
      if (score <= most) continue;
      most = score;
      best = e;
    }
    return best;
  }

  /// What the page declares to be the body of the article, if text agrees.
  [[nodiscard]] std::uint32_t declared_body(std::uint32_t best) const {
    const std::uint64_t prose = measure_.sums(best).prose;
    for (std::uint32_t e = 1; e < page_.elements.size(); ++e) {
      if (page_.elements[e].role != ElementRole::article_body) continue;
      if (measure_.sums(e).prose * 2 > prose) return e;
    }
    return 0;
  }

  /// The one outermost element of the role that has prose, if it has some; else 0.
  [[nodiscard]] std::uint32_t only_one(ElementRole role) const {
    std::uint32_t found = 0;
    for (std::uint32_t e = 1; e < page_.elements.size();) {
      const PageElement& element = page_.elements[e];
      const bool is_one = element.role == role && measure_.sums(e).prose > 0;
      if (is_one && found != 0) return 0;
      if (is_one) found = e;
      e = is_one ? element.end : e + 1;
    }
    return measure_.sums(found).prose >= kArticle ? found : 0;
  }

  [[nodiscard]] std::uint32_t depth(std::uint32_t block, std::uint32_t below) const {
    std::uint32_t levels = 0;
    for (std::uint32_t e = page_.blocks[block].element; e != below && e != 0; e = parent(e))
      ++levels;
    return levels;
  }

  /// Prose of `outer` outside `inner` that stands about as deep as the first of `inner`.
  [[nodiscard]] std::uint64_t like_prose(std::uint32_t outer, std::uint32_t inner) const {
    const PageElement &all = page_.elements[outer], &core = page_.elements[inner];
    std::uint32_t first = core.first_block;
    while (first < core.end_block && measure_.prose(first) == 0)
      ++first;
    if (first == core.end_block) return 0;
    const std::uint32_t usual = depth(first, outer);
    std::uint64_t sum = 0;
    for (std::uint32_t b = all.first_block; b < all.end_block; ++b) {
      if (b == core.first_block) b = core.end_block;
      if (b >= all.end_block) break;
      if (measure_.prose(b) == 0 || measure_.kind_of_block(b) == ElementKind::item) continue;
      const std::uint32_t here = depth(b, outer);
      if (here + 1 >= usual && here <= usual + 1) sum += measure_.prose(b);
    }
    return sum;
  }

  /// Goes up where what is won is prose like what is there, as in an article of several sections.
  [[nodiscard]] std::uint32_t climb(std::uint32_t best, std::uint32_t within) const {
    std::uint32_t up = best;
    for (int level = 0; level < kClimb && up != within; ++level) {
      up = parent(up);
      const PageSums outer = measure_.sums(up), inner = measure_.sums(best);
      const std::uint64_t won = outer.weight - outer.headings - inner.weight + inner.headings;
      const std::uint64_t like = like_prose(up, best);
      if (like > 0 && like * 5 >= won * 4) best = up;
    }
    return best;
  }

  const PageMeasure& measure_;
  const Page& page_;
  std::vector<bool> records_;  // by element: is in one
  std::vector<double> votes_;  // by element
};

}  // namespace

PageMeasure::PageMeasure(const Page& page) : page_(page), sums_(page.blocks.size() + 1) {
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    const PageBlock& block = page.blocks[i];
    sums_[i + 1].weight = sums_[i].weight + block.weight;
    sums_[i + 1].linked = sums_[i].linked + block.linked;
    const ElementKind kind = kind_of_block(static_cast<std::uint32_t>(i));
    sums_[i + 1].headings = sums_[i].headings + (is_heading(kind) ? block.weight : 0);
    sums_[i + 1].prose = sums_[i].prose + prose_of(block, kind);
    sums_[i + 1].ends = sums_[i].ends + (block.ends ? 1 : 0);
  }
}

PageSums PageMeasure::sums(std::uint32_t begin, std::uint32_t end) const {
  const PageSums &a = sums_[begin], &b = sums_[end];
  return {b.weight - a.weight, b.linked - a.linked, b.headings - a.headings, b.prose - a.prose,
          b.ends - a.ends};
}

std::uint32_t find_article_root(const PageMeasure& measure) { return RootFinder(measure).find(); }

}  // namespace kithkin

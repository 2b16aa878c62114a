// See neighbors.h. A block of 16,384 articles is laid out for measuring (similarity.h), then all
// articles up to its last are held against it, four at a time. A pair that is near enough for
// either side is offered to both lists. Lists take the best by (similarity, number), so neither
// threads nor the order of blocks show. neighbors_test.cpp holds it against all pairs one by one.
#include "relate/neighbors.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/parallel.h"
#include "base/try.h"
#include "relate/cell_search.h"
#include "relate/row_reader.h"

namespace kithkin {
namespace {

constexpr std::size_t kNear = 14;
constexpr float kOwnShare = 0.4F;  // of an article in where it is moved to

/// One block of columns: of another set against all rows, of the same set against those that come
/// before its end.
class BlockSearch {
 public:
  struct Side {
    const ArticleSet& articles;
    NeighborLists* lists;  // null where nobody looks
  };
  BlockSearch(Side rows, Side columns, const NeighborSearch& search, std::size_t begin,
              std::size_t end)
      : rows_(rows), columns_(columns), search_(search), begin_(begin), end_(end) {}

  Result<void> run(ArticleBlock& block, std::vector<RowReader>& readers) {
    std::vector<std::uint32_t> members;
    for (std::size_t i = begin_; i < end_; ++i)
      members.push_back(static_cast<std::uint32_t>(i));
    KITHKIN_TRY(fill(columns_.articles, members, block));
    return for_rows(is_within() ? end_ : rows_.articles.size(), search_, readers,
                    [&](RowReader& reader, std::size_t first, std::size_t count) -> Result<void> {
                      const std::size_t place = first_place(first);
                      KITHKIN_TRY(reader.measure(rows_.articles, block, first, count, place));
                      column_least(block.places(), place, reader.least);
                      for (std::size_t row = 0; row < count; ++row)
                        search_row(reader, block, first + row, row);
                      return {};
                    });
  }

 private:
  [[nodiscard]] bool is_within() const { return &rows_.articles == &columns_.articles; }
  [[nodiscard]] bool looks(const Side& side, std::size_t article) const {
    return side.lists != nullptr && article >= search_.first_query;
  }
  [[nodiscard]] bool is_found(std::size_t article) const {
    return search_.first_query == 0 || article < search_.first_query;
  }
  [[nodiscard]] float least(const Side& side, std::size_t article) const {
    return looks(side, article) ? side.lists->least(article)
                                : std::numeric_limits<float>::infinity();
  }

  /// Where the articles begin that come after one: a pair is measured for both.
  [[nodiscard]] std::size_t first_place(std::size_t article) const {
    return !is_within() || article < begin_ ? 0 : (article - begin_) / kLanes * kLanes;
  }

  /// Fresher each time: what no list wants any more is not looked at.
  void column_least(std::size_t places, std::size_t first, std::vector<float>& out) const {
    out.resize(places, std::numeric_limits<float>::infinity());
    for (std::size_t i = first; i < places; ++i)
      out[i] =
          begin_ + i < end_ ? least(columns_, begin_ + i) : std::numeric_limits<float>::infinity();
  }

  void search_row(RowReader& reader, const ArticleBlock& block, std::size_t article,
                  std::size_t row) {
    block.select(reader.scratch(), row, least(rows_, article), reader.least, reader.hits);
    for (const Hit& hit : reader.hits) {
      const std::size_t other = begin_ + hit.place;
      if (other < end_ && (other > article || !is_within())) offer(article, other, hit.similarity);
    }
  }

  /// Asks again what the lists want, which may be more than when the hits were selected.
  void offer(std::size_t a, std::size_t b, float similarity) {
    if (similarity < least(rows_, a) && similarity < least(columns_, b)) return;
    const auto number = [](std::size_t i) { return static_cast<std::uint32_t>(i); };
    if (search_.weigh) {
      similarity = search_.weigh(number(a), number(b), similarity);
      if (similarity <= 0) return;
    }
    if (looks(rows_, a) && is_found(b)) rows_.lists->offer(a, {number(b), similarity});
    if (looks(columns_, b) && is_found(a)) columns_.lists->offer(b, {number(a), similarity});
  }

  Side rows_, columns_;
  const NeighborSearch& search_;
  std::size_t begin_, end_;
};

}  // namespace

Result<ArticleView> ArticleSet::view(std::size_t i, Basis by, ArticleBuffer& buffer) const {
  ArticleView view;
  if (by != Basis::vectors) {
    KITHKIN_TRY(terms->read(numbers[i], buffer.terms));
    view.terms = buffer.terms;
  }
  if (places == nullptr) {
    view.coordinates = place(i);
  } else if (dimensions(by) > 0) {
    KITHKIN_TRY(places->read(numbers[i], buffer.coordinates));
    const std::size_t first = by == Basis::vectors ? latent_size : 0;
    view.coordinates = std::span(buffer.coordinates).subspan(first, dimensions(by));
    view.spaces = by == Basis::both && latent_size > 0 ? 2 : 1;
  }
  return view;
}

NeighborLists::NeighborLists(std::size_t articles, std::size_t keep)
    : keep_(keep),
      neighbors_(articles * keep),
      counts_(articles),
      least_(articles),
      locks_(articles) {
  for (auto& least : least_)
    least.store(kUnlike, std::memory_order_relaxed);
}

class NeighborLists::Lock {
 public:
  explicit Lock(std::atomic_flag& flag) : flag_(flag) {
    while (flag_.test_and_set(std::memory_order_acquire)) {
    }
  }
  ~Lock() { flag_.clear(std::memory_order_release); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  std::atomic_flag& flag_;
};

void NeighborLists::offer(std::size_t article, Neighbor neighbor) {
  if (neighbor.similarity < least(article)) return;
  const Lock lock(locks_[article]);
  insert(article, neighbor);
}

void NeighborLists::offer_once(std::size_t article, Neighbor neighbor) {
  if (neighbor.similarity < least(article)) return;
  const Lock lock(locks_[article]);
  for (const Neighbor& listed : of(article)) {
    if (listed.article == neighbor.article) return;
  }
  insert(article, neighbor);
}

void NeighborLists::insert(std::size_t article, Neighbor neighbor) {
  Neighbor* list = neighbors_.data() + article * keep_;
  std::uint16_t& count = counts_[article];
  if (count < keep_) {
    list[count++] = neighbor;
    if (count == keep_) std::make_heap(list, list + count, is_nearer);
  } else if (is_nearer(neighbor, *list)) {
    std::pop_heap(list, list + count, is_nearer);
    list[count - 1] = neighbor;
    std::push_heap(list, list + count, is_nearer);
  }
  if (count == keep_) least_[article].store(list->similarity, std::memory_order_relaxed);
}

Result<void> find_neighbors(const ArticleSet& articles, const NeighborSearch& search,
                            NeighborLists& lists) {
  if (search.first_query == 0 && articles.size() > search.most_exact && articles.dimensions() > 0)
    return find_neighbors_in_cells(articles, search, lists);
  std::vector<RowReader> readers(search.threads);
  ArticleBlock block;
  const std::size_t size = articles.size(), step = ArticleBlock::most(articles.dimensions());
  const BlockSearch::Side side{articles, &lists};
  for (std::size_t begin = 0; begin < size; begin += step) {
    const std::size_t end = std::min(size, begin + step);
    if (end <= search.first_query) continue;  // nobody in it looks for anybody
    KITHKIN_TRY(BlockSearch(side, side, search, begin, end).run(block, readers));
    search.progress->advance(end * end / 2);
  }
  return {};
}

Result<void> find_neighbors_between(const ArticleSet& rows, NeighborLists* row_lists,
                                    const ArticleSet& columns, NeighborLists* column_lists,
                                    const NeighborSearch& search) {
  std::vector<RowReader> readers(search.threads);
  ArticleBlock block;
  const std::size_t size = columns.size(), step = ArticleBlock::most(columns.dimensions());
  for (std::size_t begin = 0; begin < size; begin += step) {
    const std::size_t end = std::min(size, begin + step);
    KITHKIN_TRY(BlockSearch({rows, row_lists}, {columns, column_lists}, search, begin, end)
                    .run(block, readers));
  }
  return {};
}

Result<void> measure_again(const ArticleSet& articles, const ArticleSet& others,
                           const NeighborSearch& search, NeighborLists& lists) {
  return parallel_for(search.threads, lists.size(), [&](unsigned, std::size_t i) -> Result<void> {
    if (lists.of(i).empty()) return {};
    thread_local ArticleBuffer own_buffer, other_buffer;
    thread_local Measurer measurer;
    KITHKIN_TRY_ASSIGN(const ArticleView article, articles.view(i, own_buffer));
    measurer.set(article);
    for (Neighbor& neighbor : lists.of(i)) {
      KITHKIN_TRY_ASSIGN(const ArticleView other, others.view(neighbor.article, other_buffer));
      neighbor.similarity = measurer.similarity_to(other);
      if (search.weigh) {
        neighbor.similarity =
            search.weigh(static_cast<std::uint32_t>(i), neighbor.article, neighbor.similarity);
      }
    }
    std::sort(lists.of(i).begin(), lists.of(i).end(), is_nearer);
    return {};
  });
}

namespace {

/// Where an article is moved to, in view of those of the sample near to it.
void draw(const ArticleSet& articles, std::size_t article, std::span<const std::uint32_t> sample,
          std::vector<Hit>& hits, std::span<std::int16_t> out) {
  constexpr std::size_t kDimensions = LatentSpace::kDimensions;
  std::erase_if(hits, [&](const Hit& hit) {
    return hit.place >= sample.size() || sample[hit.place] == article;
  });
  const auto nearer = [](const Hit& a, const Hit& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.place < b.place;
  };
  const std::size_t near = std::min(kNear, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(near), hits.end(),
                    nearer);
  std::array<float, kDimensions> own{}, others{};
  for (std::size_t n = 0; n < near; ++n) {
    const auto place = articles.place(sample[hits[n].place]);
    for (std::size_t c = 0; c < kDimensions; ++c)
      others[c] += hits[n].similarity * static_cast<float>(place[c]);
  }
  const auto place = articles.place(article);
  std::copy(place.begin(), place.end(), own.begin());
  const float length = length_of(own) / kCoordinateScale;
  normalize(own);
  if (normalize(others)) {
    for (std::size_t c = 0; c < kDimensions; ++c)
      own[c] = kOwnShare * own[c] + (1 - kOwnShare) * others[c];
    normalize(own);
  }
  for (float& coordinate : own)
    coordinate *= length;
  quantize(own, out);
}

}  // namespace

Result<void> draw_together(ArticleSet& articles, std::span<const std::uint32_t> sample,
                           const NeighborSearch& search) {
  ArticleBlock block;
  KITHKIN_TRY(fill(articles, sample, block));
  std::vector<RowReader> readers(search.threads);
  std::vector<std::int16_t> moved(articles.coordinates.size());
  const std::vector<float> nothing(block.places(), std::numeric_limits<float>::infinity());
  KITHKIN_TRY(
      for_rows(articles.size(), search, readers,
               [&](RowReader& reader, std::size_t first, std::size_t count) -> Result<void> {
                 KITHKIN_TRY(reader.measure(articles, block, first, count));
                 for (std::size_t row = 0; row < count; ++row) {
                   reader.find_nearest(block, row, kNear + 1, nothing);
                   const std::size_t at = (first + row) * LatentSpace::kDimensions;
                   draw(articles, first + row, sample, reader.hits,
                        std::span(moved).subspan(at, LatentSpace::kDimensions));
                 }
                 return {};
               }));
  articles.coordinates = std::move(moved);
  return {};
}

}  // namespace kithkin

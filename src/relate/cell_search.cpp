// See cell_search.h. A pair may be measured several times; lists take each article once, and its
// similarity is the same whoever measured: so neither threads nor the order of cells show.
#include "relate/cell_search.h"

#include <algorithm>
#include <limits>

#include "base/parallel.h"
#include "base/try.h"
#include "relate/cells.h"
#include "relate/row_reader.h"

namespace kithkin {
namespace {

/// A pair for both lists.
void offer(NeighborLists& lists, const NeighborSearch& search, std::uint32_t a, std::uint32_t b,
           float similarity) {
  if (similarity < lists.least(a) && similarity < lists.least(b)) return;
  if (search.weigh) {
    similarity = search.weigh(a, b, similarity);
    if (similarity <= 0) return;
  }
  lists.offer_once(a, {b, similarity});
  lists.offer_once(b, {a, similarity});
}

/// What the members of a cell want. They lie scattered, so once for a task: it may be less than
/// what they want by now, which offer() asks again.
void read_least(const NeighborLists& lists, std::span<const std::uint32_t> members,
                std::size_t places, std::vector<float>& out) {
  out.assign(places, std::numeric_limits<float>::infinity());
  for (std::size_t i = 0; i < members.size(); ++i)
    out[i] = lists.least(members[i]);
}

/// Measures the seekers of a cell against its members.
Result<void> search_cell(const ArticleSet& articles, std::span<const std::uint32_t> members,
                         std::span<const std::uint32_t> seekers, const NeighborSearch& search,
                         ArticleBlock& block, std::vector<RowReader>& readers,
                         NeighborLists& lists) {
  KITHKIN_TRY(fill(articles, members, block));
  return for_rows(seekers.size(), search, readers,
                  [&](RowReader& reader, std::size_t first, std::size_t count) -> Result<void> {
                    const auto rows = seekers.subspan(first, count);
                    KITHKIN_TRY(reader.measure(articles, block, rows));
                    if (first % kRowsPerTask == 0)
                      read_least(lists, members, block.places(), reader.least);
                    for (std::size_t row = 0; row < count; ++row) {
                      block.select(reader.scratch(), row, lists.least(rows[row]), reader.least,
                                   reader.hits);
                      for (const Hit& hit : reader.hits) {
                        if (hit.place < members.size() && members[hit.place] != rows[row])
                          offer(lists, search, rows[row], members[hit.place], hit.similarity);
                      }
                    }
                    return {};
                  });
}

}  // namespace

Result<void> find_neighbors_in_cells(const ArticleSet& articles, const NeighborSearch& search,
                                     NeighborLists& lists) {
  KITHKIN_TRY_ASSIGN(Cells cells, Cells::learn(articles, search));
  std::vector<RowReader> readers(search.threads);
  ArticleBlock block;
  const std::size_t step = ArticleBlock::most(articles.dimensions());
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const auto members = cells.members(cell), seekers = cells.find_seekers(cell);
    for (std::size_t begin = 0; begin < members.size(); begin += step) {
      const auto part = members.subspan(begin, std::min(step, members.size() - begin));
      KITHKIN_TRY(search_cell(articles, part, seekers, search, block, readers, lists));
    }
    const std::uint64_t pairs = std::uint64_t{articles.size()} * articles.size() / 2;
    search.progress->advance(pairs / cells.size() * (cell + 1));
  }
  return {};
}

}  // namespace kithkin

// The cut for sets too large to measure all pairs: an article is measured against those of the
// cells nearest to it (cells.h), and a pair counts for both, whoever looked.
#pragma once

#include "relate/neighbors.h"

namespace kithkin {

/// As find_neighbors(), which calls it: what is listed was measured, but something nearer may have
/// been missed (docs/performance.md has the recall). Precondition: the articles have coordinates,
/// and all look for neighbors.
Result<void> find_neighbors_in_cells(const ArticleSet& articles, const NeighborSearch& search,
                                     NeighborLists& lists);

}  // namespace kithkin

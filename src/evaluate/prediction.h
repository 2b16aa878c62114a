// What was found: which labelled ids stand in one cluster.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "evaluate/labels.h"

namespace kithkin {

struct Prediction {
  std::vector<std::uint32_t> cluster_of;   ///< by number of the id: that of a member of its cluster
  std::vector<bool> clustered;             ///< whether the id stands in the file at all
  std::vector<std::uint32_t> overlapping;  ///< ids that stand in several clusters, ascending
};

/// A cluster goes by the number of its first labelled member; an id in no cluster by its own; an id
/// in several by the first. Fails as read_clusters() does.
Result<Prediction> read_prediction(const std::string& path, const NameTable& ids);

}  // namespace kithkin

// See prediction.h. Tests: tests/unit/evaluate/evaluate_test.cpp.
#include "evaluate/prediction.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>

#include "base/try.h"
#include "corpus/cluster_file.h"

namespace kithkin {

Result<Prediction> read_prediction(const std::string& path, const NameTable& ids) {
  Prediction out{std::vector<std::uint32_t>(ids.size()), std::vector<bool>(ids.size(), false), {}};
  std::iota(out.cluster_of.begin(), out.cluster_of.end(), 0U);
  std::vector<std::uint32_t> own;  // the ids that this cluster was the first to have
  KITHKIN_TRY(read_clusters(path, [&](std::span<const std::string_view> members) {
    own.clear();
    for (const std::string_view member : members) {
      const auto id = ids.find(member);
      if (!id) continue;
      if (!out.clustered[*id]) {
        own.push_back(*id);
        out.cluster_of[*id] = own.front();
        out.clustered[*id] = true;
      } else if (own.empty() || out.cluster_of[*id] != own.front()) {
        out.overlapping.push_back(*id);
      }
    }
  }));
  auto& ids_twice = out.overlapping;
  std::sort(ids_twice.begin(), ids_twice.end());
  ids_twice.erase(std::unique(ids_twice.begin(), ids_twice.end()), ids_twice.end());
  return out;
}

}  // namespace kithkin

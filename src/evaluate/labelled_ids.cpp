// See labelled_ids.h. Tests: tests/unit/evaluate/related_quality_test.cpp.
#include "evaluate/labelled_ids.h"

#include <string_view>
#include <variant>

#include "base/try.h"
#include "evaluate/labels.h"

namespace kithkin {

Result<LabelledIds> LabelledIds::read(const std::string& path) {
  KITHKIN_TRY_ASSIGN(const Labels labels, read_labels(path));
  const auto* clusters = std::get_if<ClusterLabels>(&labels);
  if (clusters == nullptr)
    return Error{ErrorCode::input, "labels \"id<tab>cluster\" are needed", path, 1};
  LabelledIds out;
  for (std::uint32_t i = 0; i < clusters->ids.size(); ++i) {
    std::string_view all = clusters->clusters[clusters->cluster_of[i]];
    auto& own = out.labels_[std::string(clusters->ids[i])];
    for (std::size_t bar = 0; bar != std::string_view::npos;) {
      bar = all.find('|');
      const std::string label(all.substr(0, bar));
      if (own.insert(label).second) out.ids_[label].emplace_back(clusters->ids[i]);
      if (bar != std::string_view::npos) all.remove_prefix(bar + 1);
    }
  }
  return out;
}

bool LabelledIds::share(const std::string& a, const std::string& b) const {
  const auto of_a = labels_.find(a), of_b = labels_.find(b);
  if (of_a == labels_.end() || of_b == labels_.end()) return false;
  for (const std::string& label : of_a->second) {
    if (of_b->second.contains(label)) return true;
  }
  return false;
}

std::size_t LabelledIds::count_alike(const std::string& id, std::size_t most) const {
  const auto own = labels_.find(id);
  if (own == labels_.end()) return 0;
  std::unordered_set<std::string_view> alike;
  for (const std::string& label : own->second) {
    for (const std::string& other : ids_.at(label)) {
      if (alike.size() == most) return most;
      if (other != id) alike.insert(other);
    }
  }
  return alike.size();
}

}  // namespace kithkin

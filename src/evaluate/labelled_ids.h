// What documents are about, by people: ids with one label or several.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <kithkin/result.h>

namespace kithkin {

/// Labels by id, several with "|" between them.
class LabelledIds {
 public:
  /// A TSV whose header begins "id", "cluster". Fails with `input`, naming the line.
  static Result<LabelledIds> read(const std::string& path);
  [[nodiscard]] bool has(const std::string& id) const { return labels_.contains(id); }
  /// Whether two ids have a label in common.
  [[nodiscard]] bool share(const std::string& a, const std::string& b) const;
  /// How many other ids have a label in common with this one, counted up to `most`.
  [[nodiscard]] std::size_t count_alike(const std::string& id, std::size_t most) const;

 private:
  std::unordered_map<std::string, std::unordered_set<std::string>> labels_;
  std::unordered_map<std::string, std::vector<std::string>> ids_;  // by label
};

}  // namespace kithkin

//   {"cluster": "a", "size": 2, ..., "members": [{"id": "a", ...}, {"id": "b", ...}]}   ->   a b
//
// Only members[].id is asked for: what else stands in a line may change without this reader.
// Tests: tests/unit/corpus/cluster_file_test.cpp.
#include "corpus/cluster_file.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "corpus/json_lines.h"

namespace kithkin {
namespace {

namespace dom = simdjson::dom;

std::string file_of(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return path;
  return (std::filesystem::path(path) / "clusters.jsonl").string();
}

}  // namespace

Result<void> read_clusters(const std::string& path, const OnCluster& on_cluster) {
  std::vector<std::string_view> ids;
  const auto take = [&](dom::element cluster) -> std::optional<std::string> {
    dom::array members;
    if (cluster["members"].get(members)) {
      return "no array \"members\": is this a clusters.jsonl?";
    }
    ids.clear();
    for (const dom::element member : members) {
      if (member["id"].get(ids.emplace_back())) {
        return "a member has no \"id\", or one that is not a string";
      }
    }
    on_cluster(ids);
    return std::nullopt;
  };
  return read_json_lines(file_of(path), BadUtf8::refuse, take);
}

}  // namespace kithkin

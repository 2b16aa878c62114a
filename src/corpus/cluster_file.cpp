// A line at a time, each parsed whole, so that damage anywhere in a line is noticed.
//
//   {"cluster": "a", "size": 2, ..., "members": [{"id": "a", ...}, {"id": "b", ...}]}   ->   a b
//
// Only members[].id is asked for: what else stands in a line may change without this reader.
// Tests: tests/unit/corpus/cluster_file_test.cpp.
#include "corpus/cluster_file.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <simdjson.h>
#include <system_error>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/try.h"

namespace kithkin {
namespace {

namespace dom = simdjson::dom;

std::string file_of(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return path;
  return (std::filesystem::path(path) / "clusters.jsonl").string();
}

/// One line to ids, with the position for errors. Keeps its buffers from line to line.
class ClusterParser {
 public:
  explicit ClusterParser(std::string file) : file_(std::move(file)) {}

  /// The ids of a line; they live until the next call.
  Result<std::span<const std::string_view>> parse(std::string& line, std::uint64_t number) {
    const std::size_t size = line.size();
    line.append(simdjson::SIMDJSON_PADDING, '\0');
    dom::element cluster;
    if (const auto wrong = parser_.parse(line.data(), size, false).get(cluster)) {
      return error(std::string("not JSON: ") + simdjson::error_message(wrong), number);
    }
    dom::array members;
    if (cluster["members"].get(members)) {
      return error("no array \"members\": is this a clusters.jsonl?", number);
    }
    ids_.clear();
    for (const dom::element member : members) {
      if (member["id"].get(ids_.emplace_back())) {
        return error("a member has no \"id\", or one that is not a string", number);
      }
    }
    return std::span<const std::string_view>(ids_);
  }

  [[nodiscard]] Error error(std::string message, std::uint64_t number) const {
    return {ErrorCode::input, std::move(message), file_, number};
  }

 private:
  std::string file_;
  dom::parser parser_;
  std::vector<std::string_view> ids_;
};

}  // namespace

Result<void> read_clusters(const std::string& path, const OnCluster& on_cluster) {
  const std::string file = file_of(path);
  ClusterParser parser(file);
  std::ifstream in(file, std::ios::binary);
  if (!in) return parser.error("cannot be opened: " + system_message(), 0);
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    KITHKIN_TRY_ASSIGN(const auto ids, parser.parse(line, number));
    on_cluster(ids);
  }
  if (in.bad()) return parser.error("cannot be read: " + system_message(), 0);
  return {};
}

}  // namespace kithkin

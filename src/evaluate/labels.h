// What people know about documents, as a TSV with a header: which pairs are copies, or which
// cluster each document is in. Ids and names are numbered as they are read, so that what follows
// works on numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include <kithkin/result.h>

namespace kithkin {

/// Numbers distinct strings 0, 1, 2 ... in order of first appearance and owns them. Holds fewer
/// than 2^32. Move-only; concurrent readers are safe.
class NameTable {
 public:
  NameTable() = default;
  NameTable(NameTable&&) = default;
  NameTable& operator=(NameTable&&) = default;

  /// The number of `name`, which is added when it is new.
  std::uint32_t number(std::string_view name);
  /// The number of `name` if it is there.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
  [[nodiscard]] const std::string& operator[](std::uint32_t number) const { return names_[number]; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::deque<std::string> names_;  // a deque: the keys below point into its strings
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

/// One row "id_a id_b label": numbers of two different ids and of the label, and the row's line.
struct PairLabel {
  std::uint32_t a = 0, b = 0, label = 0;
  std::uint64_t line = 0;
};

/// Every row in order, repeated pairs included.
struct PairLabels {
  NameTable ids, labels;
  std::vector<PairLabel> rows;
};

/// cluster_of[i] is the number of the cluster that id i is in.
struct ClusterLabels {
  NameTable ids, clusters;
  std::vector<std::uint32_t> cluster_of;
};

using Labels = std::variant<PairLabels, ClusterLabels>;

/// Reads a file whose header begins with the columns "id_a", "id_b", "label" or "id", "cluster",
/// separated by tabs; further columns are ignored. Lines may end in CR LF, a UTF-8 byte order mark
/// may come first, and blank lines are skipped.
/// Fails with `input` and the line: no such file or header, a row with too few columns or an empty
/// one, a pair of one id with itself, an id in two clusters, no row at all; with `limit` on 2^32
/// ids or more. One pass; memory for the distinct ids and 24 bytes a row.
Result<Labels> read_labels(const std::string& path);

}  // namespace kithkin

// What people know about documents, as a TSV with a header: which pairs are copies, or which
// cluster each document is in. Ids and names are numbered as they are read, so that what follows
// works on numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <kithkin/result.h>

namespace kithkin {

/// Numbers distinct strings 0, 1, 2 ... in order of first appearance and owns them. Holds fewer
/// than 2^32; takes their bytes and some 24 more for each. Concurrent readers are safe.
class NameTable {
 public:
  /// The number of `name`, which is added when it is new.
  std::uint32_t number(std::string_view name);
  /// The number of `name` if it is there.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
  /// Valid until the next name is added.
  [[nodiscard]] std::string_view operator[](std::uint32_t number) const {
    const std::uint64_t begin = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(bytes_).substr(begin, ends_[number] - begin);
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view name, std::uint32_t hash) const;
  void grow();

  std::string bytes_;  // of all names, one behind the other
  std::vector<std::uint64_t> ends_;
  std::vector<std::uint32_t> hashes_;  // by number
  std::vector<std::uint32_t> slots_;   // number + 1; 0 is free; at most half of them taken
};

/// One row "id_a id_b label": numbers of two different ids and of the label, the row's line, and
/// the true resemblance, below 0 where it is not known.
struct PairLabel {
  std::uint32_t a = 0, b = 0, label = 0;
  float resemblance = -1;
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
/// separated by tabs; further columns are ignored, but for a fourth one of pairs that is named
/// "resemblance": a number from 0 to 1, or nothing. Lines may end in CR LF, a UTF-8 byte order mark
/// may come first, and blank lines are skipped.
/// Fails with `input` and the line: no such file or header, a row with too few columns or an empty
/// one, a pair of one id with itself, an id in two clusters, no row at all; with `limit` on 2^32
/// ids or more. One pass; memory for the distinct ids and 24 bytes a row.
Result<Labels> read_labels(const std::string& path);

}  // namespace kithkin

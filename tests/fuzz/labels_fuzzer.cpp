// Whatever a file of labels holds: it is refused, or what was read is sound.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "evaluate/labels.h"
#include "fuzz/fuzz.h"

namespace {

using kithkin::fuzz::require;

void check(const kithkin::NameTable& names) {
  for (std::uint32_t i = 0; i < names.size(); ++i)
    require(!names[i].empty() && names.find(names[i]) == i);
}

void check(const kithkin::PairLabels& labels) {
  check(labels.ids);
  check(labels.labels);
  require(!labels.rows.empty());
  std::uint64_t line = 1;
  for (const kithkin::PairLabel& row : labels.rows) {
    require(row.a < labels.ids.size() && row.b < labels.ids.size() && row.a != row.b);
    require(row.label < labels.labels.size());
    require(row.resemblance == -1 || (row.resemblance >= 0 && row.resemblance <= 1));
    require(row.line > line);
    line = row.line;
  }
}

void check(const kithkin::ClusterLabels& labels) {
  check(labels.ids);
  check(labels.clusters);
  require(labels.ids.size() > 0 && labels.cluster_of.size() == labels.ids.size());
  for (const std::uint32_t cluster : labels.cluster_of)
    require(cluster < labels.clusters.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The header is given most times: found by chance it never is.
  constexpr std::string_view kHeaders[] = {"id_a\tid_b\tlabel\n",
                                           "id_a\tid_b\tlabel\tresemblance\n", "id\tcluster\n", ""};
  kithkin::fuzz::Bytes bytes(data, size);
  const std::string_view header = kHeaders[bytes.take() % 4];
  const std::string path =
      kithkin::fuzz::write_file(std::string(header) + std::string(bytes.rest()));
  const auto labels = kithkin::read_labels(path);
  if (labels) {
    std::visit([](const auto& kind) { check(kind); }, *labels);
  } else {
    require(labels.error().code == kithkin::ErrorCode::input && labels.error().file == path);
  }
  return 0;
}

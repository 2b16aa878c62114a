// Whatever clusters.jsonl holds: ids come out as long as lines are sound, and an error names the
// line.
#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/cluster_file.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using kithkin::fuzz::require;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string path = kithkin::fuzz::write_file(bytes);
  std::uint64_t clusters = 0, letters = 0;
  const auto result = kithkin::read_clusters(path, [&](std::span<const std::string_view> ids) {
    ++clusters;
    for (const std::string_view id : ids)
      letters += std::string(id).size();
  });
  require(letters <= size);
  const auto lines = static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
  require(clusters <= lines);
  if (!result) {
    require(result.error().code == kithkin::ErrorCode::input && result.error().file == path);
    require(result.error().line > clusters && result.error().line <= lines);
  }
  return 0;
}

// What is spilled comes back, in whatever pieces it is written and read; where the file was damaged
// meanwhile, other bytes or an error come, and nothing is read that is not there.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/external_sort.h"
#include "base/spill.h"
#include "fuzz/fuzz.h"

namespace {

using kithkin::fuzz::Bytes;
using kithkin::fuzz::require;

void spill(Bytes& bytes) {
  const std::string path = kithkin::fuzz::directory().file("spill");
  kithkin::Spill spill(path, 4096 + bytes.take() * 64);
  std::string written;
  for (std::uint64_t pieces = bytes.take() % 24; pieces > 0; --pieces) {
    std::string piece(bytes.take(2) % 9000, '\0');
    for (char& c : piece)
      c = static_cast<char>(written.size() + (&c - piece.data()) * 7);
    require(static_cast<bool>(spill.append(piece.data(), piece.size())));
    written += piece;
  }
  require(spill.size() == written.size());
  const bool damaged = bytes.take() % 2 == 0 && kithkin::fuzz::damage(path, bytes);
  for (std::uint64_t reads = 4; reads > 0; --reads) {
    const std::uint64_t at = bytes.below(written.size() + 1);
    std::string out(bytes.below(written.size() - at + 1), '\0');
    const auto read = spill.read(at, out.data(), out.size());
    if (!damaged) require(read && written.compare(at, out.size(), out) == 0);
    if (!read) require(read.error().code == kithkin::ErrorCode::input && read.error().file == path);
  }
}

void sort(Bytes& bytes) {
  const std::string prefix = kithkin::fuzz::directory().file("sort-");
  const bool unique = bytes.take() % 2 == 0;
  kithkin::ExternalSorter<std::uint64_t> sorter(prefix, 1, unique);  // runs of 1,024 numbers
  std::vector<std::uint64_t> added;
  std::uint64_t value = bytes.take(4), step = bytes.take(8);
  const std::uint64_t mask = bytes.take() % 2 == 0 ? 255 : UINT64_MAX;
  for (std::uint64_t count = bytes.take(2) % 5000; count > 0; --count) {
    added.push_back((value = value * 25214903917 + step) & mask);
    require(static_cast<bool>(sorter.add(added.back())));
  }
  bool damaged = false;
  for (int run = 0; run < 5 && bytes.take() % 4 == 0; ++run)
    damaged |= kithkin::fuzz::damage(prefix + std::to_string(run), bytes);
  damaged = damaged && sorter.spilled_bytes() > 0;
  const auto sorted = sorter.sort();
  require(sorted || damaged);
  std::sort(added.begin(), added.end());
  if (unique) added.erase(std::unique(added.begin(), added.end()), added.end());
  for (std::size_t i = 0; sorted; ++i) {
    std::uint64_t next = 0;
    const auto any = sorter.next(next);
    require(any || damaged);
    if (!any || !*any) {
      require(damaged || i == added.size());
      break;
    }
    require(damaged || (i < added.size() && next == added[i]));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  bytes.take() % 2 == 0 ? spill(bytes) : sort(bytes);
  return 0;
}

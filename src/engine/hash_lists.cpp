// See hash_lists.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/hash_lists.h"

#include <utility>

#include "base/try.h"

namespace kithkin {

HashLists::HashLists(std::string path, std::size_t memory) : spill_(std::move(path), memory) {}

Result<void> HashLists::append(std::span<const std::uint64_t> list) {
  KITHKIN_TRY(spill_.append(list.data(), list.size_bytes()));
  begins_.push_back(begins_.back() + list.size());
  return {};
}

Result<std::span<const std::uint64_t>> HashLists::read(std::uint32_t place,
                                                       std::vector<std::uint64_t>& buffer) const {
  buffer.resize(count(place));
  KITHKIN_TRY(spill_.read(begins_[place] * sizeof(std::uint64_t), buffer.data(),
                          buffer.size() * sizeof(std::uint64_t)));
  return std::span<const std::uint64_t>(buffer);
}

}  // namespace kithkin

// Sorting band keys, the one sort whose size is documents times bands, and pairs.
#pragma once

#include <cstdint>
#include <vector>

namespace kithkin {

/// A band key and the document that has it.
struct KeyedDocument {
  std::uint64_t key = 0;
  std::uint32_t document = 0;
};

/// Sorts by (key, document). Precondition: documents of one key ascend, as they do when appended in
/// order. LSD radix sort on the key's upper 32 bits, then equal runs by the rest: O(n) for hashed
/// keys. `scratch` is resized to match and may be reused from call to call.
void radix_sort(std::vector<KeyedDocument>& items, std::vector<KeyedDocument>& scratch);

/// Sorts numbers, in as many passes as the bits take in which they differ. Needs as much memory
/// again.
void radix_sort(std::vector<std::uint64_t>& numbers);

}  // namespace kithkin

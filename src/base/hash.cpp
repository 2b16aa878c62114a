// The only user of xxHash.
#include "base/hash.h"

#include <bit>
#include <xxhash.h>

namespace kithkin {

static_assert(std::endian::native == std::endian::little,
              "fingerprints are defined on little-endian words; a port must swap in hash_token");

ContentHash hash_content(std::span<const TokenHash> tokens) noexcept {
  const XXH128_hash_t h = XXH3_128bits(tokens.data(), tokens.size_bytes());
  return {h.high64, h.low64};
}

std::uint64_t hash_bytes(const void* data, std::size_t size) noexcept {
  return XXH3_64bits(data, size);
}

}  // namespace kithkin

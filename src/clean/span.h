// What a cleaner hands back: pieces of a text, in bytes.
#pragma once

#include <cstdint>

namespace kithkin {

/// The bytes [begin, end) of a text, on borders of characters.
struct ByteSpan {
  std::uint64_t begin = 0, end = 0;

  friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

}  // namespace kithkin

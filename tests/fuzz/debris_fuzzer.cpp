// Whatever the bytes are: spans come in order, lie inside the text, are not empty, and cut no
// character in two.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "clean/debris.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_border(std::string_view text, std::uint64_t place) {
  std::uint64_t at = 0;
  while (at < place)
    at += kithkin::decode_utf8(text, at).size;
  return at == place;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<kithkin::ByteSpan> spans;
  kithkin::find_debris(text, spans);
  std::uint64_t end = 0;
  for (const kithkin::ByteSpan& span : spans) {
    require(span.begin >= end && span.begin < span.end && span.end <= size);
    require(is_border(text, span.begin) && is_border(text, span.end));
    end = span.end;
  }
  return 0;
}

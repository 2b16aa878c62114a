// Whatever the bytes are: tokens come in order, lie inside the text, and are not empty.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <kithkin/text.h>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::uint64_t begin = 0;
  for (const kithkin::Token& token : kithkin::tokenize(text)) {
    require(token.begin >= begin && token.begin < token.end && token.end <= size);
    require(!token.folded.empty());
    begin = token.begin;
  }
  return 0;
}

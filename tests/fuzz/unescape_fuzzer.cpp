// Whatever stands behind a backslash: nothing grows, what was taken out before stays, and simdjson
// says the same of all that it takes.
#include <cstdint>
#include <simdjson.h>
#include <string>
#include <string_view>

#include "corpus/unescape.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using kithkin::fuzz::require;
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  std::string storage;
  storage.reserve(2 * size + 8);
  const auto once = kithkin::unescape_json(raw, storage);
  if (once) {
    require(once->size() <= size);
    if (raw.find('\\') == raw.npos) require(once->data() == raw.data() && storage.empty());
    const std::string kept(*once);
    const auto twice = kithkin::unescape_json(raw, storage);
    require(twice && *twice == kept && *once == kept);
  }
  const std::string quoted = '"' + std::string(raw) + '"';
  static simdjson::dom::parser parser;
  std::string_view theirs;
  if (parser.parse(quoted).get(theirs) == simdjson::SUCCESS) require(once && *once == theirs);
  return 0;
}

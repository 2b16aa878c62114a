// Copies the stretches between backslashes whole; memchr finds the next one.
//
//   Caf\u00e9 \ud83d\ude00 \"x\"   ->   Café 😀 "x"
//
// simdjson has this too, but its on-demand form is chosen at compile time (so a portable binary
// gets its slowest), copies where nothing is escaped, and refuses unpaired surrogates, which
// crawls are full of where a text was cut. Tests: tests/unit/corpus/unescape_test.cpp.
#include "corpus/unescape.h"

#include <cassert>

#include "base/utf8.h"

namespace kithkin {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The four digits of \uXXXX at `at`, or -1.
int hex4(std::string_view s, std::size_t at) {
  if (at + 4 > s.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const int digit = hex_digit(s[i]);
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

bool is_high(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

char simple_escape(char c) {
  switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'b': return '\b';
    case 'f': return '\f';
    case '"':
    case '\\':
    case '/': return c;
    default: return 0;
  }
}

/// Appends the code point of a \u escape at `at` (the backslash); returns its length, 0 if bad.
std::size_t append_unicode(std::string_view raw, std::size_t at, std::string& out) {
  const int unit = hex4(raw, at + 2);
  if (unit < 0) return 0;
  char32_t c = static_cast<char32_t>(unit);
  std::size_t length = 6;
  if (is_high(unit) && raw.substr(at + 6, 2) == "\\u" && is_low(hex4(raw, at + 8))) {
    c = 0x10000 + ((c - 0xD800) << 10) + (static_cast<char32_t>(hex4(raw, at + 8)) - 0xDC00);
    length = 12;
  } else if (is_high(unit) || is_low(unit)) {
    c = 0xFFFD;
  }
  unsigned char bytes[4];
  out.append(reinterpret_cast<const char*>(bytes), encode_utf8(c, bytes));
  return length;
}

}  // namespace

std::optional<std::string_view> unescape_json(std::string_view raw, std::string& storage) {
  std::size_t next = raw.find('\\');
  if (next == std::string_view::npos) return raw;
  assert(storage.capacity() - storage.size() >= raw.size());
  const std::size_t begin = storage.size();
  std::size_t at = 0;
  while (next != std::string_view::npos) {
    storage.append(raw, at, next - at);
    if (next + 1 >= raw.size()) return std::nullopt;
    if (raw[next + 1] == 'u') {
      const std::size_t length = append_unicode(raw, next, storage);
      if (length == 0) return std::nullopt;
      at = next + length;
    } else {
      const char c = simple_escape(raw[next + 1]);
      if (c == 0) return std::nullopt;
      storage += c;
      at = next + 2;
    }
    next = raw.find('\\', at);
  }
  storage.append(raw, at);
  return std::string_view(storage).substr(begin);
}

}  // namespace kithkin

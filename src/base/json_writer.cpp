// See json_writer.h. Tested by tests/unit/base/json_writer_test.cpp.
#include "base/json_writer.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "base/utf8.h"

namespace kithkin {
namespace {

void append_escaped(std::string& out, char c) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

bool is_escaped(unsigned char byte) {
  return byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F;
}

/// Past some bytes that surely stay as they are: eight of ASCII at a time, in each of which sums
/// set the top bit where the character is none of those that are escaped; or characters of one byte
/// and of two.
std::size_t skip_plain(std::string_view text, std::size_t i) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kTop = kOnes << 7, kLow = ~kTop;
  for (;;) {
    const std::size_t begin = i;
    while (i + 8 <= text.size()) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + i, 8);
      const auto differ = [&](char c) {
        return ((bytes ^ kOnes * static_cast<unsigned char>(c)) & kLow) + kLow;
      };
      const std::uint64_t are_plain =
          ((bytes & kLow) + kOnes * 0x60) & differ('"') & differ('\\') & differ(0x7F) & ~bytes;
      if ((are_plain & kTop) != kTop) break;
      i += 8;
    }
    for (int n = 0; n < 8 && i + 2 <= text.size(); ++n) {
      const auto lead = static_cast<unsigned char>(text[i]);
      const bool is_pair = lead >= 0xC2 && lead < 0xE0 && (text[i + 1] & 0xC0) == 0x80;
      if (!is_pair && (lead >= 0x80 || is_escaped(lead))) break;
      i += is_pair ? 2 : 1;
    }
    if (i == begin) return i;
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;  // where what stays as it is begins
  for (std::size_t i = 0;;) {
    i = skip_plain(text, i);
    if (i == text.size()) break;
    const auto byte = static_cast<unsigned char>(text[i]);
    const Decoded decoded = decode_utf8(text, i);
    if (byte >= 0x80 ? decoded.valid : !is_escaped(byte)) {
      i += decoded.size;
      continue;
    }
    out.append(text, plain, i - plain);
    if (byte < 0x80)
      append_escaped(out, text[i]);
    else
      out += "\xEF\xBF\xBD";
    plain = i += decoded.size;
  }
  out.append(text, plain);
  out += '"';
}

void append_json_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, end);
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
  return *this;
}

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  append_json_string(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  separate();
  append_json_number(out_, value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::uint64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

}  // namespace kithkin

// Appends JSON to a string, one value after another; commas are the writer's business. Output is
// the same bytes on every machine: numbers by std::to_chars (shortest form that reads back equal).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kithkin {

/// Appends `text` as a JSON string with its quotes. Non-ASCII is written as it is; bytes that are
/// not UTF-8 become U+FFFD, so that the output is always valid.
void append_json_string(std::string& out, std::string_view text);

/// Appends a number. Infinities and NaN, which JSON lacks, become null.
void append_json_number(std::string& out, double value);

class JsonWriter {
 public:
  /// `out` outlives the writer.
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& number(double value);
  JsonWriter& integer(std::uint64_t value);
  JsonWriter& boolean(bool value);

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string& out_;
  bool needs_comma_ = false;
};

}  // namespace kithkin

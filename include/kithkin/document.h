// One article as a crawl delivers it, and the names its fields go by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace kithkin {

/// An article. All strings are UTF-8. Only `text` is required and only `text` decides what is a
/// copy; `id`, `date` and `source` decide which copy is kept.
struct Document {
  std::string id{};  ///< empty: its number from 1 (in memory) or file:line (in a crawl) is used
  std::string url{};
  std::string title{};
  std::string text{};
  std::optional<std::int64_t> date{};  ///< seconds since 1970-01-01T00:00:00Z
  std::string lang{};
  std::string source{};
};

/// Where a JSON line keeps each field. A name may be a dotted path ("meta.host"); a key that
/// itself contains the dots is found first.
struct FieldNames {
  std::string id = "id";
  std::string url = "url";
  std::string title = "title";
  std::string text = "text";
  std::string date = "date";
  std::string lang = "lang";
  std::string source = "source";
  std::string html{};    ///< a whole page, to take the text out of; empty: none
  std::string vector{};  ///< an array of numbers, for related lists (related.h); empty: none
};

}  // namespace kithkin

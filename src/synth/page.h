// An article as a crawl delivers it: with what its host puts around it, as a line of JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kithkin {

/// The name of a host, the same for the same key: "dokari-ar3.example".
std::string host_name(std::uint64_t key, std::string_view language, std::uint32_t number);

/// Appends "2015-01-31T06:05:00Z". `seconds` since 1970, not before it.
void append_iso_date(std::int64_t seconds, std::string& out);

/// Appends `text` as a JSON string with its quotes. Precondition: it is UTF-8. Several times as
/// fast as append_json_string(), which makes sure of that.
void append_json_utf8(std::string& out, std::string_view text);

/// The members of a line of documents.jsonl, in this order; `date` is left out where it is empty.
struct PageLine {
  std::string_view id, url, title, text, date, lang, source;
};

/// Appends the line with its line break. Precondition: all is UTF-8.
void append_page(const PageLine& page, std::string& out);

}  // namespace kithkin

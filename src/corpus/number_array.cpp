// See number_array.h. The row's parser has checked the JSON, so all that is left is to cut it.
// number_array_test.cpp reads what row_parser.cpp makes of whole lines.
#include "corpus/number_array.h"

#include <charconv>

namespace kithkin {

bool read_number_array(std::string_view token, std::size_t most, std::vector<double>& out,
                       std::string& reason) {
  out.clear();
  const auto fail = [&](std::string why) {
    reason = std::move(why);
    return false;
  };
  if (!token.starts_with('[')) return fail("is not an array");
  constexpr std::string_view kBetween = ", \t\r\n";
  std::size_t at = token.find_first_not_of(kBetween, 1);
  while (at < token.size() && token[at] != ']') {
    const char first = token[at];
    if (first != '-' && (first < '0' || first > '9')) return fail("holds what is no number");
    if (out.size() == most) return fail("holds more than " + std::to_string(most) + " numbers");
    const char* begin = token.data() + at;
    const auto read = std::from_chars(begin, token.data() + token.size(), out.emplace_back());
    if (read.ec != std::errc()) return fail("holds a number beyond the range of doubles");
    at = token.find_first_not_of(kBetween, static_cast<std::size_t>(read.ptr - token.data()));
  }
  return true;
}

}  // namespace kithkin

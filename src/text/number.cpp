// See number.h. Tests: tests/unit/text/number_test.cpp.
#include "text/number.h"

namespace kithkin {
namespace {

bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

}  // namespace

WordKey number_key(std::span<const unsigned char> folded) {
  std::uint64_t in_order = 1, in_any_order = 0;
  std::uint32_t group = 0;  // digits since the last separator
  bool is_first = true;     // of the groups
  bool is_in_order = true;  // every group but the first has three digits
  bool is_parted = false;   // the last character was none
  const auto end_group = [&] {
    is_in_order &= is_first || group == 3;
    is_first = false;
    group = 0;
  };
  for (const unsigned char c : folded) {
    if (!is_digit(c)) {
      is_parted = true;
      continue;
    }
    if (is_parted) end_group();
    is_parted = false;
    ++group;
    in_order = mix64(in_order * 16 + c);
    in_any_order += mix64(c);
  }
  end_group();
  return static_cast<WordKey>(mix64(is_in_order ? in_order : in_any_order) >> 32) | 1U;
}

}  // namespace kithkin

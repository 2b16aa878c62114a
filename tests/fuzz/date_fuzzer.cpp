// Whatever a date is written like, it lies within the years that a number may say; and nothing is
// read behind its end.
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "corpus/date.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using kithkin::fuzz::require;
  constexpr std::int64_t kFarthest = 10'000'000'000'000;
  const std::string text(reinterpret_cast<const char*>(data), size);  // its end is watched
  if (const auto date = kithkin::parse_date(text))
    require(*date >= -kFarthest && *date < kFarthest);
  double number = 0;
  std::memcpy(&number, data, std::min(size, sizeof number));
  if (const auto date = kithkin::epoch_seconds(number))
    require(*date >= -kFarthest && *date < kFarthest);
  return 0;
}

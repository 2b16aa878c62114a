// Draws that are the same on every machine: integers only, no distribution of the standard
// library, whose results differ from one library to the next.
#pragma once

#include <cstdint>

#include "base/hash.h"

namespace kithkin {

/// A number that depends on all three and on nothing else.
constexpr std::uint64_t synth_key(std::uint64_t seed, std::uint64_t index,
                                  std::uint64_t purpose) noexcept {
  return mix64(mix64(seed + purpose * 0x9e3779b97f4a7c15ULL) + index * 0xd1b54a32d192ed03ULL);
}

/// A splitmix64 stream that begins at a key. A value: copy it to draw the same again.
class Random {
 public:
  explicit constexpr Random(std::uint64_t key) : state_(key) {}

  constexpr std::uint64_t next() noexcept { return splitmix64(state_); }

  /// In [0, n), n > 0; uneven by less than n / 2^32.
  constexpr std::uint32_t below(std::uint32_t n) noexcept {
    return static_cast<std::uint32_t>((next() >> 32) * n >> 32);
  }
  /// The same for large n; uneven by less than n / 2^64.
  constexpr std::uint64_t below64(std::uint64_t n) noexcept {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>(Wide{next()} * n >> 64);
  }
  /// In [low, high].
  constexpr std::uint32_t between(std::uint32_t low, std::uint32_t high) noexcept {
    return low + below(high - low + 1);
  }
  /// True in `share` of 65536 draws.
  constexpr bool chance(std::uint32_t share) noexcept { return (next() >> 48) < share; }

 private:
  std::uint64_t state_;
};

/// A rank in [0, 2^octaves - 1) by Zipf's law, counted by octaves: each holds the same share of the
/// draws, and within one all are equal, so that rank r has about the probability
/// 1 / (octaves * (r + 1)). Takes 32 of `bits`.
constexpr std::uint32_t zipf_rank(std::uint64_t bits, std::uint32_t octaves) noexcept {
  const std::uint32_t octave = static_cast<std::uint32_t>((bits & 0xffff) * octaves >> 16);
  const std::uint32_t within = static_cast<std::uint32_t>(bits >> 16 & 0xffff);
  return (std::uint32_t{1} << octave) + (within & ((std::uint32_t{1} << octave) - 1)) - 1;
}

}  // namespace kithkin

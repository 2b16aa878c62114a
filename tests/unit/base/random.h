// Randomness for tests: the same numbers on every machine, which <random>'s distributions are not.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace kithkin {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(mix64(seed + 0x7465737473ULL)) {}

  std::uint64_t word() { return splitmix64(state_); }

  /// Uniform over [0, bound), for bounds far below 2^64.
  std::uint64_t below(std::uint64_t bound) { return word() % bound; }
  std::uint32_t index(std::size_t bound) { return static_cast<std::uint32_t>(below(bound)); }

  /// Uniform over [0, 1).
  double unit() { return static_cast<double>(word() >> 11) * 0x1p-53; }
  bool chance(double probability) { return unit() < probability; }

  std::vector<std::uint64_t> words(std::size_t count) {
    std::vector<std::uint64_t> out(count);
    for (auto& w : out)
      w = word();
    return out;
  }

  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[below(i)]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace kithkin

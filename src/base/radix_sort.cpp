// Three passes of 11, 11 and 10 bits from the low end of the upper half, each stable, so documents
// stay in order within equal keys. Keys are hashes: runs that agree in 32 bits and not in 64 are
// rare, and std::sort sees to them. Tests: tests/unit/base/radix_sort_test.cpp against std::sort.
#include "base/radix_sort.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>
#include <utility>

namespace kithkin {
namespace {

constexpr std::size_t kSmall = 256;

bool by_key(const KeyedDocument& a, const KeyedDocument& b) {
  return std::tie(a.key, a.document) < std::tie(b.key, b.document);
}

template <int shift, int bits>
void pass(const std::vector<KeyedDocument>& from, std::vector<KeyedDocument>& to) {
  constexpr std::uint64_t kMask = (1U << bits) - 1;
  std::array<std::uint32_t, kMask + 1> place{};
  for (const auto& item : from)
    ++place[(item.key >> shift) & kMask];
  std::uint32_t sum = 0;
  for (auto& count : place) {
    const std::uint32_t here = count;
    count = sum;
    sum += here;
  }
  for (const auto& item : from)
    to[place[(item.key >> shift) & kMask]++] = item;
}

void sort_equal_halves(std::vector<KeyedDocument>& items) {
  for (std::size_t begin = 0; begin < items.size();) {
    std::size_t end = begin + 1;
    bool mixed = false;
    while (end < items.size() && items[end].key >> 32 == items[begin].key >> 32) {
      mixed |= items[end].key != items[begin].key;
      ++end;
    }
    if (mixed) std::sort(items.data() + begin, items.data() + end, by_key);
    begin = end;
  }
}

}  // namespace

void radix_sort(std::vector<KeyedDocument>& items, std::vector<KeyedDocument>& scratch) {
  if (items.size() <= kSmall) {
    std::sort(items.begin(), items.end(), by_key);
    return;
  }
  scratch.resize(items.size());
  pass<32, 11>(items, scratch);
  pass<43, 11>(scratch, items);
  pass<54, 10>(items, scratch);
  items.swap(scratch);
  sort_equal_halves(items);
}

void radix_sort(std::vector<std::uint64_t>& numbers) {
  constexpr std::size_t kFew = 1024;
  if (numbers.size() <= kFew) {
    std::sort(numbers.begin(), numbers.end());
    return;
  }
  std::uint64_t differing = 0;
  for (const std::uint64_t number : numbers)
    differing |= number ^ numbers.front();
  std::vector<std::uint64_t> scratch(numbers.size());
  constexpr std::uint64_t kDigit = (1U << 11) - 1;
  while (differing != 0) {
    const int shift = std::countr_zero(differing);
    std::array<std::size_t, kDigit + 1> place{};
    for (const std::uint64_t number : numbers)
      ++place[number >> shift & kDigit];
    std::size_t sum = 0;
    for (std::size_t& count : place)
      sum += std::exchange(count, sum);
    for (const std::uint64_t number : numbers)
      scratch[place[number >> shift & kDigit]++] = number;
    numbers.swap(scratch);
    differing &= ~(kDigit << shift);
  }
}

}  // namespace kithkin

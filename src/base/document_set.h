// A set of document numbers, one bit each, that also counts: which place in the set a member has.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace kithkin {

class DocumentSet {
 public:
  /// Empty, over the numbers [0, size).
  explicit DocumentSet(std::size_t size = 0) : size_(size), words_((size + 63) / 64) {}

  /// The numbers there are, members or not.
  [[nodiscard]] std::size_t size() const { return size_; }

  void insert(std::uint32_t document) { words_[document / 64] |= bit(document); }
  [[nodiscard]] bool contains(std::uint32_t document) const {
    return (words_[document / 64] & bit(document)) != 0;
  }

  /// Makes place() ready; call after the last insert. Adds four bytes to every 64 numbers.
  void freeze() {
    before_.resize(words_.size() + 1);
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      before_[i] = sum;
      sum += static_cast<std::uint32_t>(std::popcount(words_[i]));
    }
    before_.back() = sum;
  }

  /// How many members are smaller. O(1).
  [[nodiscard]] std::uint32_t place(std::uint32_t document) const {
    const std::uint64_t below = words_[document / 64] & (bit(document) - 1);
    return before_[document / 64] + static_cast<std::uint32_t>(std::popcount(below));
  }

  /// Members in all; freeze() first.
  [[nodiscard]] std::uint32_t count() const { return before_.empty() ? 0 : before_.back(); }

 private:
  static std::uint64_t bit(std::uint32_t document) { return std::uint64_t{1} << (document % 64); }
  std::size_t size_;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> before_;
};

}  // namespace kithkin

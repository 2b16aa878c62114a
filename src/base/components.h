// Connected components by union-find.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>

namespace kithkin {

/// Components of documents [0, size): union by the smaller number, paths halved, so a component's
/// root is its smallest member whatever the order of joins. Amortized near O(1) a call.
class Components {
 public:
  /// `parent` is the memory to use, one place a document; any content.
  explicit Components(std::span<std::uint32_t> parent) : parent_(parent) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  std::uint32_t find(std::uint32_t document) {
    while (parent_[document] != document) {
      parent_[document] = parent_[parent_[document]];
      document = parent_[document];
    }
    return document;
  }

  void join(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::span<std::uint32_t> parent_;
};

}  // namespace kithkin

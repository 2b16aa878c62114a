// A text's shingles as those of its copies are looked up: most of them in the text's own order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"
#include "match/shingle_set.h"

namespace kithkin {

/// The shingles of a text, to look up those of another. A copy's shingles mostly follow one another
/// as they do in the text, and another text's mostly are not in the filter: neither needs a table.
/// Scratch space, reused from text to text; one thread at a time.
class PassageSet {
 public:
  /// Empties it and puts these in, which outlive their use.
  void fill(std::span<const ShingleHash> shingles);

  /// Calls visit(shingle, whether it stands in this text) for those of another text, or of its next
  /// piece, repeats and all.
  template <class Visit>
  void for_each(std::span<const ShingleHash> others, Visit visit) {
    const std::size_t size = shingles_.size();
    std::size_t next = next_;
    for (const ShingleHash shingle : others) {
      std::size_t at = next;
      if (next >= size || shingles_[next] != shingle)
        at = filter_.may_contain(shingle) ? find(shingle) : size;
      next = at < size ? at + 1 : next;
      visit(shingle, at < size);
    }
    next_ = next;
  }

  /// How many of another text's shingles stand in this one, repeats and all.
  std::uint32_t count_shared(std::span<const ShingleHash> others) {
    std::uint32_t count = 0;
    for_each(others, [&](ShingleHash, bool is_shared) { count += is_shared ? 1 : 0; });
    return count;
  }

 private:
  /// Where it stands, or how many there are.
  std::size_t find(ShingleHash shingle);
  void make_table();

  std::span<const ShingleHash> shingles_;
  std::size_t next_ = 0;  // the place behind the last one found
  HashFilter filter_;
  std::vector<std::uint32_t> table_;  // places + 1 by hash, 0 for free; made when it pays
  int shift_ = 0;
  std::uint32_t searches_ = 0;  // without a table
};

}  // namespace kithkin

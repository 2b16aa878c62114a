// Which passages stand in more than one article.
//
// Two articles on one matter say it in words of their own. What they share word for word is
// something else: a notice that a host puts on every page, the formula of a kind of report, a
// paragraph both took from an agency. It makes articles look related that are not, so words in such
// passages do not count as an article's terms. Copies have to be known before: of each only one
// article is read here.
//
// A passage is twelve tokens; a third of them, chosen by their hash and so the same ones in every
// article, are sorted, on disk where memory does not hold them, and those that come from more than
// one article are kept: the same ones whatever the memory. Two neighbors among the chosen ones have
// to be shared before the words between them count as taken.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/external_sort.h"
#include "base/hash.h"

namespace kithkin {

class SharedPassages {
 public:
  static constexpr unsigned kTokens = 12;      ///< in a passage
  static constexpr std::uint64_t kChosen = 3;  ///< one passage in so many

  /// Sorts in `memory` bytes, beyond them in files that begin with `prefix`.
  SharedPassages(std::string prefix, std::size_t memory)
      : sorter_(std::in_place, std::move(prefix), memory) {}

  /// Replaces `passages` with those of an article. Any thread.
  static void choose(std::span<const TokenHash> tokens, std::vector<std::uint64_t>& passages);

  /// The passages of one article. One thread; the order does not matter. Fails with `output`.
  Result<void> add(std::span<const std::uint64_t> passages);

  /// Call after the last add(), before mark(). Fails with `output` or `input`.
  Result<void> freeze();

  /// Replaces `shared` with a flag for each token: whether it stands in a passage of two articles.
  void mark(std::span<const TokenHash> tokens, std::vector<bool>& shared) const;

  [[nodiscard]] std::uint64_t spilled_bytes() const { return spilled_; }

 private:
  std::optional<ExternalSorter<std::uint64_t>> sorter_;
  std::vector<std::uint64_t> shared_;  // ascending
  std::uint64_t spilled_ = 0;
};

}  // namespace kithkin

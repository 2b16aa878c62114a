// See shared_passages.h. An article adds a passage once, so one that comes twice is shared.
#include "relate/shared_passages.h"

#include <algorithm>

#include "base/try.h"

namespace kithkin {
namespace {

/// Calls visit(first token, hash) for each chosen passage.
template <class Visit>
void for_each_chosen(std::span<const TokenHash> tokens, Visit visit) {
  constexpr unsigned kSize = SharedPassages::kTokens;
  // A polynomial of the last tokens, one multiplication a step: what leaves is taken off again.
  constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15ULL;
  std::uint64_t power = 1;
  for (unsigned i = 0; i < kSize; ++i)
    power *= kBase;
  std::uint64_t rolling = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    rolling = rolling * kBase + tokens[i];
    if (i >= kSize) rolling -= power * tokens[i - kSize];
    if (i + 1 < kSize) continue;
    const std::uint64_t hash = mix64(rolling);
    if (hash % SharedPassages::kChosen == 0) visit(i + 1 - kSize, hash / SharedPassages::kChosen);
  }
}

}  // namespace

void SharedPassages::choose(std::span<const TokenHash> tokens,
                            std::vector<std::uint64_t>& passages) {
  passages.clear();
  for_each_chosen(tokens, [&](std::size_t, std::uint64_t hash) { passages.push_back(hash); });
  std::sort(passages.begin(), passages.end());
  passages.erase(std::unique(passages.begin(), passages.end()), passages.end());
}

Result<void> SharedPassages::add(std::span<const std::uint64_t> passages) {
  for (const std::uint64_t hash : passages)
    KITHKIN_TRY(sorter_->add(hash));
  return {};
}

Result<void> SharedPassages::freeze() {
  KITHKIN_TRY(sorter_->sort());
  std::uint64_t hash = 0, last = 0;
  for (std::size_t times = 0;;) {
    KITHKIN_TRY_ASSIGN(const bool any, sorter_->next(hash));
    if (!any) break;
    times = times > 0 && hash == last ? times + 1 : 1;
    if (times == 2) shared_.push_back(hash);
    last = hash;
  }
  spilled_ = sorter_->spilled_bytes();
  sorter_.reset();
  return {};
}

void SharedPassages::mark(std::span<const TokenHash> tokens, std::vector<bool>& shared) const {
  shared.assign(tokens.size(), false);
  std::size_t run_begins = 0;
  bool is_running = false;
  for_each_chosen(tokens, [&](std::size_t first, std::uint64_t hash) {
    if (!std::binary_search(shared_.begin(), shared_.end(), hash)) {
      is_running = false;
      return;
    }
    if (is_running) {
      const auto at = shared.begin() + static_cast<std::ptrdiff_t>(run_begins);
      std::fill(at, shared.begin() + static_cast<std::ptrdiff_t>(first + kTokens), true);
    }
    is_running = true;
    run_begins = first;
  });
}

}  // namespace kithkin

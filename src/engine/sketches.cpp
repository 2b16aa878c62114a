// See sketches.h.
#include "engine/sketches.h"

#include "match/shingle_index.h"
#include "match/word_weights.h"

namespace kithkin {
namespace {

/// Empties, and lets go of the room that a giant text needed.
template <class Hash>
void empty(std::vector<Hash>& list) {
  constexpr std::size_t kLarge = std::size_t{1} << 20;
  if (list.capacity() > kLarge) list = {};
  list.clear();
}

template <class Hash>
void append(std::span<const Hash> list, std::vector<Hash>& lists) {
  lists.insert(lists.end(), list.begin(), list.end());
}

}  // namespace

void Sketches::clear() {
  tokens_.clear(), contents_.clear(), ends_.clear();
  keys_.clear(), looked_up_.clear();
  empty(words_), empty(shingles_);
}

void Sketches::add(Fingerprinter& text, const SketchOptions& options, std::uint32_t before) {
  tokens_.push_back(text.tokens());
  contents_.push_back(text.content());
  text.append_keys(keys_);
  if (options.finds_contained) ShingleIndex::select_looked_up(text.shingles(), looked_up_);
  if (options.tells_formulas && WordSample::takes(text.content(), before)) {
    append<WordKey>(text.distinct_words(), words_);
    append<ShingleHash>(text.judging_shingles(), shingles_);
  }
  ends_.push_back({words_.size(), shingles_.size(), looked_up_.size()});
}

}  // namespace kithkin

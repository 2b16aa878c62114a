// text -> tokens -> shingles -> signature -> band keys: the first half of the flow in one place.
#include "engine/fingerprint.h"

#include <algorithm>

#include "base/try.h"
#include "engine/packed_text.h"
#include "match/formula.h"
#include "sketch/simhash.h"

namespace kithkin {

Result<Fingerprinter> Fingerprinter::create(const Recipe& recipe) {
  KITHKIN_TRY_ASSIGN(MinHasher hasher, MinHasher::create({recipe.length, recipe.seed}));
  return Fingerprinter(recipe, std::move(hasher));
}

Fingerprinter::Fingerprinter(const Recipe& recipe, MinHasher hasher)
    : recipe_(recipe), hasher_(std::move(hasher)), signature_(recipe.length) {}

void Fingerprinter::read(std::string_view text) {
  constexpr std::size_t kLarge = std::size_t{1} << 18;
  if (tokens_.capacity() > kLarge)
    tokens_ = {}, shingles_ = {}, words_ = {};  // a giant text passed by
  tokenizer_.hash(text, tokens_, numbers_);
  recalled_ = {};
  count_ = static_cast<std::uint32_t>(tokens_.size());
  content_ = hash_content(tokens_);
  make_shingles(tokens_, recipe_.shingle, shingles_);
}

void Fingerprinter::recall(std::span<const WordKey> packed, const ContentHash& content) {
  recalled_ = packed;
  count_ = packed[0];
  content_ = content;
  make_shingles(packed.subspan(1, count_), recipe_.shingle, shingles_);
}

void Fingerprinter::append_keys(std::vector<std::uint64_t>& keys) {
  const std::size_t begin = keys.size();
  keys.resize(begin + recipe_.bands);
  if (count_ == 0) return;
  const std::span<std::uint64_t> out(keys.data() + begin, recipe_.bands);
  if (recipe_.sketch == SketchKind::simhash) {
    hamming_keys(simhash(shingles_, recipe_.seed), out);
    return;
  }
  hasher_.sign(shingles_, signature_);
  band_keys(signature_, {recipe_.bands, recipe_.rows}, out);
}

std::size_t Fingerprinter::packed_size() const {
  return kithkin::packed_size(tokens_.size(), numbers_.size());
}

void Fingerprinter::pack(std::span<WordKey> out) const { pack_text(tokens_, numbers_, out); }

std::span<const WordKey> Fingerprinter::words() {
  if (!recalled_.empty()) {
    unpack_words(recalled_, words_);
    return words_;
  }
  words_.resize(tokens_.size());
  std::transform(tokens_.begin(), tokens_.end(), words_.begin(), word_key);
  for (const NumberToken& number : numbers_)
    words_[number.token] = number.key;
  return words_;
}

std::span<const WordKey> Fingerprinter::distinct_words() {
  const std::size_t all = words().size();
  return std::span<const WordKey>(words_).first(
      word_set_.keep_distinct(std::span(words_).first(all)));
}

std::span<ShingleHash> Fingerprinter::distinct_shingles() {
  shingles_.resize(set_.keep_distinct(shingles_));
  return shingles_;
}

std::span<ShingleHash> Fingerprinter::judging_shingles() {
  const auto distinct = static_cast<std::uint32_t>(distinct_shingles().size());
  return keep_judging(shingles_, distinct, set_);
}

}  // namespace kithkin

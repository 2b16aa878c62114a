// A word is drawn from a stream keyed by language and rank; when an earlier rank has it already,
// drawn again. Frequent words are short, as they are everywhere (Zipf's law of abbreviation).
// Tests: tests/unit/synth/lexicon_test.cpp.
#include "synth/lexicon.h"

#include <unordered_set>

namespace kithkin {
namespace {

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    const std::string_view piece = list.substr(0, end);
    out.push_back(piece == "_" ? std::string_view() : piece);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

std::string_view draw(const std::vector<std::string_view>& pieces, Random& random) {
  return pieces[random.below(static_cast<std::uint32_t>(pieces.size()))];
}

std::uint64_t key_of(std::string_view code) {
  std::uint64_t key = 0;
  for (const char c : code)
    key = key << 8 | static_cast<unsigned char>(c);
  return key;
}

constexpr std::uint32_t kShortRanks = 31, kMiddleRanks = 511;

}  // namespace

Lexicon::Lexicon(const LanguageModel& model)
    : model_(&model),
      onsets_(split(model.onsets)),
      nuclei_(split(model.nuclei)),
      codas_(split(model.codas)),
      particles_(split(model.particles)) {
  std::unordered_set<std::string> taken;
  words_.reserve(kWords);
  Random random(synth_key(0, key_of(model.code), 1));
  while (words_.size() < kWords) {
    const auto rank = words_.size();
    std::uint32_t syllables = model.long_word;
    if (rank < kShortRanks)
      syllables = model.short_word;
    else if (rank < kMiddleRanks)
      syllables = 2;
    else
      syllables -= random.below(2);
    WordSlot word = make(random, syllables);
    // A script may not have enough short words: after a few tries they get longer.
    for (std::uint32_t tries = 1; !taken.insert(std::string(word.view())).second; ++tries)
      word = make(random, syllables + tries / 4);
    words_.push_back(word);
  }
}

WordSlot Lexicon::make(Random& random, std::uint32_t syllables) const {
  WordSlot word;
  const auto append = [&](std::string_view piece) {
    // One place stays for the space.
    if (piece.empty() || word.size + piece.size() >= WordSlot::kMost) return;
    std::memcpy(word.bytes.data() + word.size, piece.data(), piece.size());
    word.size = static_cast<std::uint8_t>(word.size + piece.size());
  };
  append(draw(particles_, random));
  for (std::uint32_t i = 0; i < syllables; ++i) {
    append(draw(onsets_, random));
    append(draw(nuclei_, random));
    append(draw(codas_, random));
  }
  word.step = word.size;
  if (model_->spaced) word.bytes[word.step++] = ' ';
  return word;
}

WordSlot Lexicon::rare_word(std::uint64_t key) const {
  Random random(key);
  return make(random, 3 + random.below(2));
}

void capitalize(char* text, std::size_t size) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (size > 0 && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  } else if (size > 1 && byte(0) == 0xD0 && byte(1) >= 0xB0 && byte(1) <= 0xBF) {  // а-п
    text[1] = static_cast<char>(byte(1) - 0x20);
  } else if (size > 1 && byte(0) == 0xD1 && byte(1) >= 0x80 && byte(1) <= 0x8F) {  // р-я
    text[0] = static_cast<char>(0xD0);
    text[1] = static_cast<char>(byte(1) + 0x20);
  } else if (size > 1 && byte(0) == 0xCE && byte(1) >= 0xB1 && byte(1) <= 0xBF) {  // α-ο
    text[1] = static_cast<char>(byte(1) - 0x20);
  } else if (size > 1 && byte(0) == 0xCF && byte(1) >= 0x80 && byte(1) <= 0x89) {  // π-ω
    text[0] = static_cast<char>(0xCE);
    text[1] = static_cast<char>(byte(1) + 0x20);
  }
}

}  // namespace kithkin

// Writes a corpus of any size with little work: short documents of Zipfian words in three scripts,
// of which a tenth are copies of earlier ones, a third of these exact.
//
//   scale_corpus DOCUMENTS [SEED] > corpus.jsonl
//
// It asks how a run grows with the number of documents, and nothing of quality: `kithkin synth` is
// for that. The same bytes on every machine.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "synth/random.h"

namespace kithkin::bench {
namespace {

constexpr std::uint32_t kOctaves = 17;
constexpr std::uint32_t kVocabulary = (1U << kOctaves) - 1;
constexpr std::uint32_t kScripts = 3;
constexpr std::uint32_t kLeastWords = 60, kMostWords = 80;
constexpr std::uint32_t kCopies = 65536 / 10, kExact = 65536 / 3;

/// Words of a script, the more frequent the shorter.
std::vector<std::string> make_words(std::uint32_t script) {
  static constexpr std::array<std::array<std::string_view, 16>, kScripts> kSyllables = {{
      {"ba", "de", "ki", "lo", "mu", "na", "re", "si", "to", "va", "ze", "pi", "ho", "ga", "fe",
       "ru"},
      {"با", "دي", "كو", "لا", "مو", "نا", "ري", "سا", "تو", "وا", "زي", "في", "هو", "قا", "شي",
       "عر"},
      {"ба", "де", "ки", "ло", "му", "на", "ре", "си", "то", "ва", "зе", "пи", "хо", "га", "фе",
       "ру"},
  }};
  std::vector<std::string> words(kVocabulary);
  for (std::uint32_t rank = 0; rank < kVocabulary; ++rank) {
    for (std::uint32_t rest = rank + 1; rest > 0; rest >>= 4)
      words[rank] += kSyllables[script][rest & 15];
  }
  return words;
}

class Corpus {
 public:
  explicit Corpus(std::uint64_t seed) : seed_(seed) {
    for (std::uint32_t script = 0; script < kScripts; ++script)
      words_.push_back(make_words(script));
  }

  void append(std::uint64_t document, std::string& out) const {
    Random draw(synth_key(seed_, document, 1));
    const std::uint64_t original = original_of(document);
    out += "{\"id\":\"" + std::to_string(document) + "\",\"text\":\"";
    const bool is_edited = original != document && !draw.chance(kExact);
    append_text(original, is_edited ? &draw : nullptr, out);
    out += "\"}\n";
  }

 private:
  /// The document itself, or, in a tenth, an earlier one that is no copy.
  [[nodiscard]] std::uint64_t original_of(std::uint64_t document) const {
    for (;;) {
      Random draw(synth_key(seed_, document, 2));
      if (document == 0 || !draw.chance(kCopies)) return document;
      document = draw.below64(document);
    }
  }

  /// The text of a document that is no copy; with `edits`, a word or two are others.
  void append_text(std::uint64_t document, Random* edits, std::string& out) const {
    Random draw(synth_key(seed_, document, 3));
    const std::vector<std::string>& words = words_[draw.below(kScripts)];
    const std::uint32_t count = draw.between(kLeastWords, kMostWords);
    std::array<std::uint32_t, 2> edited = {UINT32_MAX, UINT32_MAX};
    if (edits != nullptr) edited = {edits->below(count), edits->below(count)};
    for (std::uint32_t i = 0; i < count; ++i) {
      std::uint32_t rank = zipf_rank(draw.next(), kOctaves);
      if (i == edited[0] || i == edited[1]) rank = zipf_rank(edits->next(), kOctaves);
      if (i > 0) out += ' ';
      out += words[rank];
    }
  }

  std::uint64_t seed_;
  std::vector<std::vector<std::string>> words_;
};

int write(std::uint64_t documents, std::uint64_t seed) {
  const Corpus corpus(seed);
  std::string out;
  for (std::uint64_t document = 0; document < documents; ++document) {
    corpus.append(document, out);
    if (out.size() < (1U << 20) && document + 1 < documents) continue;
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size())
      return std::perror("stdout"), 4;
    out.clear();
  }
  if (std::fflush(stdout) != 0) return std::perror("stdout"), 4;
  return 0;
}

}  // namespace
}  // namespace kithkin::bench

int main(int count, char** arguments) {
  const std::uint64_t documents = count >= 2 ? std::strtoull(arguments[1], nullptr, 10) : 0;
  const std::uint64_t seed = count >= 3 ? std::strtoull(arguments[2], nullptr, 10) : 1;
  if (documents == 0) return std::fputs("usage: scale_corpus DOCUMENTS [SEED]\n", stderr), 2;
  return kithkin::bench::write(documents, seed);
}

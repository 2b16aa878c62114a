// The words behind tokens that tell formula texts apart: texts are hashes by then, so they are read
// once more where they stand in the crawl.
#include <algorithm>
#include <tuple>
#include <utility>

#include "base/try.h"
#include "engine/crawl_reader.h"
#include "text/tokenize.h"

namespace kithkin {
namespace {

/// Tokens that are wanted as they are written, and where they go: to the words of either text, or
/// to the passage that both share.
struct WantedWord {
  std::uint32_t document = 0, token = 0;
  std::uint32_t pair = 0;
  bool of_hub = false;
  std::uint32_t passage = 0;  // its size; 0 for a word
  bool operator<(const WantedWord& o) const {
    return std::tie(document, token, pair, passage) <
           std::tie(o.document, o.token, o.pair, o.passage);
  }
};

Result<std::vector<WantedWord>> list_words(const JudgedPairs& judged) {
  std::vector<WantedWord> out;
  RecordStore<JudgedPair>::Cursor cursor(judged.formulas);
  JudgedPair pair;
  for (std::uint32_t n = 0; n < judged.differing.size(); ++n) {
    KITHKIN_TRY(cursor.next(pair));
    for (const std::uint32_t token : judged.differing[n].hub)
      out.push_back({pair.verified.pair.hub, token, n, true, 0});
    for (const std::uint32_t token : judged.differing[n].other)
      out.push_back({pair.verified.pair.other, token, n, false, 0});
    const DifferingTokens& tokens = judged.differing[n];
    if (tokens.shared_size == 0) continue;
    out.push_back({pair.verified.pair.hub, tokens.shared, n, true, tokens.shared_size});
  }
  std::sort(out.begin(), out.end());
  return out;
}

struct WordsItem : WalkItem {
  std::vector<std::string> words;  // of the block, in the order in which they are wanted
};

}  // namespace

Result<std::vector<DifferingWords>> CrawlReader::spell(const JudgedPairs& judged) {
  std::vector<DifferingWords> out(judged.differing.size());
  KITHKIN_TRY_ASSIGN(const std::vector<WantedWord> wanted, list_words(judged));
  if (wanted.empty()) return out;
  DocumentSet documents(catalog_.size());
  for (const WantedWord& word : wanted)
    documents.insert(word.document);
  const auto first_of = [&](std::uint32_t document) {
    return std::lower_bound(wanted.begin(), wanted.end(), WantedWord{document, 0, 0, false, 0});
  };
  const auto spell_document = [&](unsigned, WordsItem& item, const Met& met) -> Result<void> {
    Tokenizer tokenizer;
    std::vector<TokenSpan> spans;
    tokenizer.locate(met.text, spans);
    for (auto at = first_of(met.document); at != wanted.end() && at->document == met.document;
         ++at) {
      const auto span_at = [&](std::size_t token) {
        return spans[std::min(token, spans.size() - 1)];
      };
      const TokenSpan first = span_at(at->token);
      const TokenSpan last = span_at(at->token + std::max(at->passage, 1U) - 1);
      item.words.emplace_back(met.text.substr(first.begin, last.end - first.begin));
    }
    return {};
  };
  std::size_t done = 0;
  KITHKIN_TRY(walk<WordsItem>(
      "read the words that differ", &documents,
      [](unsigned, WordsItem& item) { item.words.clear(); }, spell_document,
      [&](WordsItem& item) -> Result<void> {
        for (std::string& word : item.words) {
          const WantedWord& want = wanted[done++];
          DifferingWords& words = out[want.pair];
          if (want.passage > 0)
            words.shared = std::move(word);
          else
            (want.of_hub ? words.hub : words.other).push_back(std::move(word));
        }
        return {};
      }));
  return out;
}

}  // namespace kithkin

// What folding costs Snowball: words of real text are stemmed as they are written, by Snowball
// alone, and as they are folded, by Stemmer. Of the pairs of words that the one joins, how many
// does the other? Prints a line a language; texts are in the folder that KITHKIN_DATA names
// (default:
// ../shared/data beside the repository). Skipped where there is no such folder.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <libstemmer.h>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unicode/locid.h>
#include <unicode/unistr.h>
#include <utility>
#include <vector>

#include <kithkin/text.h>

#include "corpus/block_reader.h"
#include "corpus/row_parser.h"
#include "text/stem.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

fs::path stem_data() {
  if (const char* folder = std::getenv("KITHKIN_DATA")) return folder;
  return fs::path(KITHKIN_TESTS_DIR) / "../../shared/data";
}

/// How often a folded word is written in one way or another.
using Spellings = std::map<std::string, std::map<std::string, int>>;

bool is_plain(std::string_view word) {
  return word.size() >= 3 && word.find_first_of("0123456789'._:") == std::string_view::npos;
}

std::string lower(std::string_view word, const std::string& language) {
  auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())));
  std::string out;
  text.toLower(icu::Locale(language.c_str())).toUTF8String(out);
  return out;
}

void collect(const fs::path& path, std::map<std::string, Spellings>& out) {
  const std::vector<InputFile> files = {{path.string(), path.string(), fs::file_size(path)}};
  BlockReader reader(files);
  RowParser parser(FieldNames{});
  LineBlock block;
  while (*reader.next(block)) {
    LineCursor lines(block.text());
    std::string_view line;
    std::size_t offset = 0;
    while (lines.next(line, offset)) {
      Row row;
      std::string reason;
      if (!parser.parse(line, row, reason)) continue;
      const std::string language(declared_language(row.lang).name());
      for (const Token& token : tokenize(row.text)) {
        if (!is_plain(token.folded)) continue;
        const auto written = row.text.substr(token.begin, token.end - token.begin);
        ++out[language][token.folded][lower(written, language)];
      }
    }
  }
}

struct SnowballDelete {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Snowball = std::unique_ptr<sb_stemmer, SnowballDelete>;

/// The stem of a word as it is written, folded afterwards.
std::string stem_written(sb_stemmer* snowball, const std::string& word) {
  const auto* const stem = sb_stemmer_stem(
      snowball, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  const auto tokens = tokenize(
      {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(snowball))});
  return tokens.empty() ? "" : tokens[0].folded;
}

template <class Key>
double pairs(const std::map<Key, double>& sizes) {
  double out = 0;
  for (const auto& [key, size] : sizes)
    out += size * (size - 1) / 2;
  return out;
}

struct Agreement {
  double precision = 0, recall = 0;
};

Agreement compare(const Spellings& words, sb_stemmer* snowball, Stemmer& stemmer) {
  std::map<std::string, double> written, folded;
  std::map<std::pair<std::string, std::string>, double> both;
  for (const auto& [word, spellings] : words) {
    const auto usual =
        std::max_element(spellings.begin(), spellings.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    const std::string a = stem_written(snowball, usual->first), b(stemmer.stem(word));
    ++written[a];
    ++folded[b];
    ++both[{a, b}];
  }
  return {pairs(both) / pairs(folded), pairs(both) / pairs(written)};
}

TEST(StemCorpora, FoldedWordsMeetAsWrittenOnesDo) {
  constexpr std::size_t kFewestWords = 1000;
  std::map<std::string, Spellings> languages;
  for (const char* name : {"related_semeval22.jsonl.gz", "mul_tldr_short.jsonl.zst",
                           "fr_masakhanews.jsonl.gz", "ru_libreoffice_help.jsonl.gz"}) {
    if (fs::exists(stem_data() / name)) collect(stem_data() / name, languages);
  }
  if (languages.empty()) GTEST_SKIP() << "no corpora in " << stem_data() << "; set KITHKIN_DATA";
  for (const auto& [language, words] : languages) {
    const Snowball snowball(sb_stemmer_new(language.c_str(), nullptr));
    Stemmer stemmer(declared_language(language));
    if (!snowball || language == "ar" || words.size() < kFewestWords) continue;
    const auto [precision, recall] = compare(words, snowball.get(), stemmer);
    std::printf("%s  words %6zu  precision %.3f  recall %.3f\n", language.c_str(), words.size(),
                precision, recall);
    EXPECT_GE(precision, .95) << language;
    EXPECT_GE(recall, .85) << language;
  }
}

}  // namespace
}  // namespace kithkin

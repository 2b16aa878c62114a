// How often the language of real text is told right when nothing is declared: the news in the
// folder that KITHKIN_DATA names (default: ../shared/data beside the repository), whose rows
// declare it. Prints a table by file and language; skipped where there is no such folder.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "corpus/block_reader.h"
#include "corpus/row_parser.h"
#include "text/language.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

fs::path language_data() {
  if (const char* folder = std::getenv("KITHKIN_DATA")) return folder;
  return fs::path(KITHKIN_TESTS_DIR) / "../../shared/data";
}

struct Tally {
  int right = 0, unknown = 0, wrong = 0;

  void add(const Language& language, const Language& declared) {
    if (language.code == declared.code)
      ++right;
    else
      ++(language.is_known() ? wrong : unknown);
  }
  [[nodiscard]] double share(int part) const {
    return static_cast<double>(part) / (right + unknown + wrong);
  }
};

/// Of whole texts, and of their first sixty characters.
struct Tallies {
  Tally whole, headline;
};

std::string_view headline(std::string_view text) {
  std::size_t at = 0;
  for (int i = 0; i < 60 && at < text.size(); ++i)
    at += decode_utf8(text, at).size;
  return text.substr(0, at);
}

std::map<std::string, Tallies> tally(const fs::path& path) {
  std::map<std::string, Tallies> out;
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
      if (!parser.parse(line, row, reason) || row.text.empty()) continue;
      const Language declared = declared_language(row.lang);
      Tallies& tallies = out[std::string(declared.name())];
      tallies.whole.add(language_of("", row.text), declared);
      tallies.headline.add(language_of("", headline(row.text)), declared);
    }
  }
  return out;
}

TEST(LanguageCorpora, LanguagesOfNewsAreTold) {
  int found = 0;
  for (const char* name :
       {"am_masakhanews.jsonl.gz", "ar_saudinewsnet.dev.jsonl.zst", "en_masakhanews.jsonl.gz",
        "fr_masakhanews.jsonl.gz", "related_semeval22.jsonl.gz", "sw_masakhanews.jsonl.gz"}) {
    if (!fs::exists(language_data() / name)) continue;
    for (const auto& [language, tallies] : tally(language_data() / name)) {
      ++found;
      const auto& [whole, start] = tallies;
      std::printf("%-30s %s  whole: right %.3f wrong %.3f   60 characters: right %.3f wrong %.3f\n",
                  name, language.c_str(), whole.share(whole.right), whole.share(whole.wrong),
                  start.share(start.right), start.share(start.wrong));
      EXPECT_GE(whole.share(whole.right), .98) << name << " " << language;
      EXPECT_LE(start.share(start.wrong), .1) << name << " " << language;
    }
  }
  if (found == 0) GTEST_SKIP() << "no corpora in " << language_data() << "; set KITHKIN_DATA";
}

}  // namespace
}  // namespace kithkin

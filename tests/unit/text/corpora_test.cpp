// The fast text pass against its definition by ICU on real text in forty languages: samples spread
// over every corpus in the folder that KITHKIN_DATA names (default: ../shared/data beside the
// repository). Skipped where there is no such folder.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "corpus/block_reader.h"
#include "corpus/row_parser.h"
#include "text/normalize.h"
#include "text/tokenize.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

#ifdef __SANITIZE_ADDRESS__
constexpr std::uint64_t kTextPerFile = 100'000;
#else
constexpr std::uint64_t kTextPerFile = 1'000'000;
#endif

fs::path data_folder() {
  if (const char* folder = std::getenv("KITHKIN_DATA")) return folder;
  return fs::path(KITHKIN_TESTS_DIR) / "../../shared/data";
}

std::vector<fs::path> corpora() {
  std::vector<fs::path> out;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(data_folder(), missing)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".jsonl.gz") || name.ends_with(".jsonl.zst")) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<bool> character_borders(std::string_view text) {
  std::vector<bool> out(text.size() + 1);
  for (std::size_t i = 0; i < text.size(); i += decode_utf8(text, i).size)
    out[i] = true;
  out[text.size()] = true;
  return out;
}

/// Empty where the fast pass is right about the text.
std::string fault_of(std::string_view text) {
  const auto tokens = tokenize(text);
  const auto slow = tokenize_with_icu(text);
  for (std::size_t i = 0; i < std::min(tokens.size(), slow.size()); ++i) {
    if (tokens[i].folded == slow[i]) continue;
    return "token " + std::to_string(i) + ": [" + tokens[i].folded + "], ICU has [" + slow[i] + "]";
  }
  if (tokens.size() != slow.size()) {
    return std::to_string(tokens.size()) + " tokens, ICU has " + std::to_string(slow.size());
  }
  const auto borders = character_borders(text);
  std::uint64_t last = 0;
  for (const Token& token : tokens) {
    const bool inside = token.begin < token.end && token.end <= text.size();
    if (!inside || !borders[token.begin] || !borders[token.end]) return "a place out of bounds";
    if (token.begin < last) return "places that do not ascend";
    last = token.begin;
  }
  return {};
}

/// Some of the places, read again by themselves: folding a slice costs a call of ICU.
std::string fault_of_places(std::string_view text) {
  const auto tokens = tokenize(text);
  for (std::size_t i = 0; i < tokens.size(); i += 7) {
    const auto slice = text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
    std::string again;
    for (const Token& token : tokenize(slice))
      again += token.folded + ' ';
    if (again.find(tokens[i].folded) == std::string::npos) {
      return "token " + std::to_string(i) + ": [" + tokens[i].folded + "] reads [" + again +
             "] by itself";
    }
  }
  return {};
}

/// Checks documents spread over the file, about kTextPerFile bytes of text.
void check(const fs::path& path) {
  SCOPED_TRACE(path.filename().string());
  const std::vector<InputFile> files = {{path.string(), path.string(), fs::file_size(path)}};
  BlockReader reader(files);
  FieldNames names;
  if (path.filename().string().starts_with("html_")) names.text = "html";
  RowParser parser(names);
  LineBlock block;
  std::uint64_t number = 0, read = 0, checked = 0;
  int faults = 0;
  while (*reader.next(block)) {
    const double share =
        static_cast<double>(reader.consumed()) / static_cast<double>(files[0].size);
    LineCursor lines(block.text());
    std::string_view line;
    std::size_t offset = 0;
    while (lines.next(line, offset)) {
      ++number;
      Row row;
      std::string reason;
      ASSERT_TRUE(parser.parse(line, row, reason)) << "line " << number << ": " << reason;
      read += row.text.size();
      if (static_cast<double>(checked) > share * static_cast<double>(kTextPerFile)) continue;
      const auto text = row.text.substr(0, std::max<std::uint64_t>(kTextPerFile / 4, 1));
      checked += text.size();
      for (const std::string& wrong : {fault_of(text), fault_of_places(text)}) {
        if (!wrong.empty() && ++faults <= 3) ADD_FAILURE() << "line " << number << ": " << wrong;
      }
    }
  }
  EXPECT_TRUE(reader.errors().empty());
  EXPECT_GE(checked, std::min(read, kTextPerFile / 2));
}

class Corpora : public testing::TestWithParam<std::size_t> {};

// In parts, so that they run beside each other.
TEST_P(Corpora, AreReadAsIcuReadsThem) {
  const auto files = corpora();
  if (files.empty()) GTEST_SKIP() << "no corpora in " << data_folder() << "; set KITHKIN_DATA";
  for (std::size_t i = GetParam(); i < files.size(); i += 4)
    check(files[i]);
}
INSTANTIATE_TEST_SUITE_P(Part, Corpora, testing::Range<std::size_t>(0, 4));

}  // namespace
}  // namespace kithkin

// The library against the known answers on docs/formats.md, which tests/reference/known_answers.py
// recomputes from the definitions.
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "sketch/banding.h"
#include "sketch/minhash.h"
#include "sketch/simhash.h"
#include "text/shingle.h"

namespace kithkin {
namespace {

/// One line of the page.
struct KnownAnswer {
  std::string kind;
  std::vector<std::string> arguments;
  std::string result;
};

std::vector<KnownAnswer> read_known_answers() {
  std::ifstream page(KITHKIN_TESTS_DIR "/../docs/formats.md");
  std::vector<KnownAnswer> out;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) {
      inside = line == "```known-answers";
    } else if (inside) {
      std::istringstream words(line);
      KnownAnswer answer;
      words >> answer.kind;
      for (std::string word; words >> word && word != "->";)
        answer.arguments.push_back(word);
      words >> answer.result;
      out.push_back(std::move(answer));
    }
  }
  return out;
}

std::uint64_t from_hex(const std::string& text) { return std::stoull(text, nullptr, 16); }
std::uint32_t from_decimal(const std::string& text) {
  return static_cast<std::uint32_t>(std::stoul(text));
}

template <class Word>
std::vector<Word> list_from_hex(const std::string& text) {
  std::vector<Word> out;
  if (text == "-") return out;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');)
    out.push_back(static_cast<Word>(from_hex(part)));
  return out;
}

template <class Word>
std::string to_hex(Word word) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (int shift = static_cast<int>(sizeof word) * 8 - 4; shift >= 0; shift -= 4)
    out += kDigits[word >> shift & 15];
  return out;
}

template <class Word>
std::string to_hex(const std::vector<Word>& words) {
  std::string out;
  for (const Word word : words)
    out += (out.empty() ? "" : ",") + to_hex(word);
  return out.empty() ? "-" : out;
}

using Arguments = std::vector<std::string>;

std::string token(const Arguments& a) {
  std::vector<unsigned char> bytes;
  if (a[0] != "-") {
    for (std::size_t i = 0; i < a[0].size(); i += 2)
      bytes.push_back(static_cast<unsigned char>(from_hex(a[0].substr(i, 2))));
  }
  const std::size_t size = bytes.size();
  bytes.resize((size + 7) / 8 * 8);
  return to_hex(hash_token(bytes.data(), size));
}

std::string content(const Arguments& a) {
  const ContentHash hash = hash_content(list_from_hex<TokenHash>(a[0]));
  return to_hex(hash.high) + to_hex(hash.low);
}

std::string shingles(const Arguments& a) {
  std::vector<ShingleHash> out;
  make_shingles(list_from_hex<TokenHash>(a[1]), from_decimal(a[0]), out);
  return to_hex(out);
}

std::string minima(const Arguments& a) {
  const MinHasher hasher = MinHasher::create({from_decimal(a[1]), from_hex(a[0])}).value();
  std::vector<std::uint32_t> signature(from_decimal(a[1]));
  hasher.sign(list_from_hex<ShingleHash>(a[2]), signature);
  return to_hex(signature);
}

std::string keys_of_bands(const Arguments& a) {
  const Banding banding{from_decimal(a[0]), from_decimal(a[1])};
  std::vector<std::uint64_t> keys(banding.bands);
  band_keys(list_from_hex<std::uint32_t>(a[2]), banding, keys);
  return to_hex(keys);
}

std::string fingerprint(const Arguments& a) {
  return to_hex(simhash(list_from_hex<ShingleHash>(a[1]), from_hex(a[0])));
}

std::string keys_of_tables(const Arguments& a) {
  std::vector<std::uint64_t> keys(kHammingTables);
  hamming_keys(from_hex(a[0]), keys);
  return to_hex(keys);
}

TEST(KnownAnswers, AreWhatTheLibraryComputes) {
  const std::map<std::string, std::function<std::string(const Arguments&)>> kinds = {
      {"token", token},
      {"content", content},
      {"shingles", shingles},
      {"minima", minima},
      {"band_keys", keys_of_bands},
      {"simhash", fingerprint},
      {"hamming_keys", keys_of_tables}};
  std::map<std::string, int> seen;
  for (const KnownAnswer& answer : read_known_answers()) {
    ASSERT_TRUE(kinds.contains(answer.kind)) << answer.kind;
    EXPECT_EQ(kinds.at(answer.kind)(answer.arguments), answer.result) << answer.kind;
    ++seen[answer.kind];
  }
  EXPECT_EQ(seen.size(), kinds.size()) << "a kind is missing on the page";
}

}  // namespace
}  // namespace kithkin

// Whatever the bytes are: tokens are what ICU says, come in order, lie inside the text, and are
// hashed as they are spelled.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/fuzz.h"
#include "text/normalize.h"
#include "text/tokenize.h"

namespace {

using kithkin::fuzz::require;

kithkin::TokenHash hash_of(std::string folded) {
  const std::size_t size = folded.size();
  folded.append(8, '\0');  // hashing may read them
  return kithkin::hash_token(reinterpret_cast<const unsigned char*>(folded.data()), size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static kithkin::Tokenizer tokenizer;  // reused, as the pipeline does
  static std::vector<kithkin::Token> tokens;
  static std::vector<kithkin::TokenHash> hashes;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  tokenizer.spell(text, tokens);
  tokenizer.hash(text, hashes);
  const std::vector<std::string> expected = kithkin::tokenize_with_icu(text);
  require(tokens.size() == expected.size() && hashes.size() == expected.size());
  std::uint64_t begin = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    require(tokens[i].folded == expected[i] && hashes[i] == hash_of(expected[i]));
    require(tokens[i].begin >= begin && tokens[i].begin < tokens[i].end && tokens[i].end <= size);
    begin = tokens[i].begin;
  }
  return 0;
}

// See term_reader.h. Most tokens of a text were seen before, so their terms are looked up by the
// token's hash; only new words are spelled out and stemmed.
#include "relate/term_reader.h"

#include <string>

#include "base/utf8.h"

namespace kithkin {
namespace {

constexpr std::size_t kMostRemembered = std::size_t{1} << 18;  // words of a language, per thread
constexpr std::size_t kGram = 4;                               // characters

/// Whether a word, spelled by itself, is the token that it was in its text. A pair of characters
/// may not be: a Thai sara am, taken apart, gives its first half to the pair before it.
bool is_token(std::string word, TokenHash token) {
  const std::size_t size = word.size();
  word.resize(size + 8, '\0');  // what hashing may read
  return hash_token(reinterpret_cast<const unsigned char*>(word.data()), size) == token;
}

/// Terms of a word: [begin, end) of a pool.
struct Range {
  std::uint32_t begin = 0, end = 0;
};

/// Words by their hash. Open addressing, doubled when half full: every token of a crawl is looked
/// up here.
class SeenWords {
 public:
  [[nodiscard]] const Range* find(TokenHash word) const {
    const Slot& slot = slots_[slot_of(word)];
    return slot.is_used ? &slot.range : nullptr;
  }
  /// Precondition: the word is not there.
  void add(TokenHash word, Range range) {
    if (++size_ * 2 > slots_.size()) grow();
    slots_[slot_of(word)] = {word, range, true};
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  void clear() { *this = {}; }

 private:
  struct Slot {
    TokenHash word = 0;
    Range range;
    bool is_used = false;
  };
  [[nodiscard]] std::size_t slot_of(TokenHash word) const {
    std::size_t at = mix64(word) & (slots_.size() - 1);
    while (slots_[at].is_used && slots_[at].word != word)
      at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    std::vector<Slot> before(slots_.size() * 2);
    before.swap(slots_);
    for (const Slot& slot : before) {
      if (slot.is_used) slots_[slot_of(slot.word)] = slot;
    }
  }
  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  std::size_t size_ = 0;
};

}  // namespace

struct TermReader::Dialect {
  explicit Dialect(const Language& of)
      : language(of), stemmer(of), seed(hash_bytes(&of, sizeof of)) {}

  [[nodiscard]] TermHash hash(std::string_view term) const {
    return static_cast<TermHash>(mix64(hash_bytes(term.data(), term.size()) ^ seed) >> 32);
  }
  Range learn(TokenHash token, std::string_view word);
  void add_grams(std::string_view word);

  Language language;
  Stemmer stemmer;
  std::uint64_t seed;
  SeenWords seen;
  std::vector<TermHash> pool;
};

/// The runs of four characters of a word; all of a shorter one, and of a number.
void TermReader::Dialect::add_grams(std::string_view word) {
  std::vector<std::size_t> begins;
  bool has_digit = false;
  for (std::size_t at = 0; at < word.size(); at += decode_utf8(word, at).size) {
    begins.push_back(at);
    has_digit = has_digit || (word[at] >= '0' && word[at] <= '9');
  }
  begins.push_back(word.size());
  if (begins.size() <= kGram + 1 || has_digit) {
    pool.push_back(hash(word));
    return;
  }
  for (std::size_t i = 0; i + kGram < begins.size(); ++i)
    pool.push_back(hash(word.substr(begins[i], begins[i + kGram] - begins[i])));
}

Range TermReader::Dialect::learn(TokenHash token, std::string_view word) {
  if (seen.size() >= kMostRemembered) seen.clear(), pool.clear();
  const auto begin = static_cast<std::uint32_t>(pool.size());
  if (stemmer.is_identity())
    add_grams(word);
  else
    pool.push_back(hash(stemmer.stem(word)));
  const Range range{begin, static_cast<std::uint32_t>(pool.size())};
  seen.add(token, range);
  return range;
}

TermReader::TermReader() = default;
TermReader::~TermReader() = default;
TermReader::TermReader(TermReader&&) noexcept = default;

TermReader::Dialect& TermReader::dialect_of(const Language& language) {
  for (const auto& dialect : dialects_) {
    if (dialect->language == language) return *dialect;
  }
  return *dialects_.emplace_back(std::make_unique<Dialect>(language));
}

void TermReader::read(std::string_view text, const Language& language, TextTerms& out) {
  Dialect& dialect = dialect_of(language);
  tokenizer_.locate(text, out.tokens);
  in_place_.clear();
  out.terms.clear();
  out.ends.clear();
  for (const TokenSpan& token : out.tokens) {
    Range range;
    if (const Range* seen = dialect.seen.find(token.hash)) {
      range = *seen;
    } else {
      tokenizer_.spell(text.substr(token.begin, token.end - token.begin), spelled_);
      if (!spelled_.empty() && is_token(spelled_.front().folded, token.hash)) {
        range = dialect.learn(token.hash, spelled_.front().folded);
      } else {
        if (in_place_.empty()) tokenizer_.spell(text, in_place_);
        const auto place = static_cast<std::size_t>(&token - out.tokens.data());
        range = dialect.learn(token.hash, in_place_[place].folded);
      }
    }
    out.terms.insert(out.terms.end(), dialect.pool.begin() + range.begin,
                     dialect.pool.begin() + range.end);
    out.ends.push_back(static_cast<std::uint32_t>(out.terms.size()));
  }
}

}  // namespace kithkin

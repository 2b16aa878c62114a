// One pass over UTF-8 that folds, finds words by UAX #29, and hashes them.
//
//   "Don’t  ملكُ 3.14 東京都"  ->  [don't] [ملك] [3.14] [東京] [京都]
//
// Each code point is looked up once: what it folds to, and which part it plays in a word. Words
// are a small state machine (Segmenter): letters, digits and underscores append; a character that
// only joins (period, apostrophe) is appended on trial and taken back when no letter follows.
// Words of plain letters and digits between plain separators, nearly all text, do not even get
// there: the WordFinder finds them by bits, and what it leaves plain_words() tries once more.
//
// Folding code point by code point is right as long as the result is in NFC by the quick check of
// UAX #15: no mark out of order, none that may compose with what precedes. Where one is, the pass
// goes back to the last separator and folds cluster by cluster with ICU until the next
// (fold_carefully). Proof and tests: normalize.cpp, tests/unit/text/tokenize_test.cpp.
#include "text/tokenize.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>

#include "base/utf8.h"
#include "text/normalize.h"
#include "text/tables.h"

namespace kithkin {
namespace {

using enum WordClass;
using Flag = CharacterEntry::Flag;

constexpr bool is_word_part(WordClass c) { return c <= numeric; }
/// A word that ends in this may go on with a letter, a digit or an underscore.
constexpr bool is_open(WordClass c) { return is_word_part(c) || c == extend_num_let; }
constexpr bool is_joiner(WordClass c) { return c >= mid_letter && c <= double_quote; }
constexpr bool is_letter(WordClass c) { return c <= hebrew; }

/// A source code point with what the table says of it.
struct Glyph {
  CharacterEntry entry;
  std::uint32_t begin = 0, end = 0;  // bytes of the source
};

bool composes(char32_t first, char32_t second) {
  const std::uint64_t pair = static_cast<std::uint64_t>(first) << 32 | second;
  return std::binary_search(tables::kCompositions,
                            tables::kCompositions + tables::kCompositionCount, pair);
}

/// Collects folded code points into words and hands each finished word to the sink.
template <class Sink>
class Segmenter {
 public:
  Segmenter(std::vector<unsigned char>& buffer, Sink& sink) : buffer_(buffer), sink_(sink) {
    if (buffer_.size() < 4096) buffer_.resize(4096);
  }

  /// True where nothing that came before can matter to what comes next.
  [[nodiscard]] bool clean() const { return clean_; }

  /// Where rewind() would go back to, and the tokens by then; `here` when the place is clean.
  struct Origin {
    std::uint32_t at = 0;
    std::size_t count = 0;
  };
  [[nodiscard]] Origin origin(std::uint32_t here) const {
    return clean_ ? Origin{here, sink_.count()} : origin_;
  }
  void set_origin(const Origin& origin) { origin_ = origin; }

  /// Takes back all since the last clean place; returns where in the source that was.
  std::uint32_t rewind() {
    sink_.truncate(origin_.count);
    state_ = State::idle;
    size_ = 0;
    clean_ = true;
    return origin_.at;
  }

  /// Takes a folded code point of `glyph.entry.size` bytes. False when NFC cannot be decided by
  /// the table: a mark out of order, or one that composes with what precedes.
  template <bool checked>
  bool push(const Glyph& glyph) {
    const CharacterEntry& e = glyph.entry;
    if constexpr (checked) {
      if ((e.flags & (Flag::kNonstarter | Flag::kMaybe)) && !in_order(e)) return false;
    }
    if (clean_) leave_clean(glyph);
    switch (e.word_class) {
      case letter:
      case hebrew:
      case numeric: push_word_part(glyph); break;
      case separator:
        finish();
        clean_ = true;
        break;
      case extend: push_extend(glyph); break;
      case mid_letter:
      case mid_num:
      case mid_num_let:
      case single_quote:
      case double_quote: push_joiner(glyph); break;
      case extend_num_let: push_underscore(glyph); break;
      case bigram: push_bigram(glyph); break;
      case hangul:
        if (state_ != State::word || last_ != hangul) begin_anew(glyph);
        take(glyph);
        break;
      case alone:
        begin_anew(glyph);
        take(glyph);
        break;
    }
    return true;
  }

  void finish() {
    if (state_ == State::word)
      finish_word();
    else if (state_ == State::run)
      finish_run();
    state_ = State::idle;
    size_ = 0;
  }

 private:
  enum class State : std::uint8_t { idle, word, run };

  void reserve() {
    if (size_ + 16 > buffer_.size()) buffer_.resize(buffer_.size() * 2);
  }

  void leave_clean(const Glyph& glyph) {
    clean_ = false;
    origin_ = {glyph.begin, sink_.count()};
  }

  void begin(State state, const Glyph& glyph) {
    state_ = state;
    start_ = glyph.begin;
    size_ = kept_ = 0;
    has_word_ = false;
    pending_ = separator;
  }

  void begin_anew(const Glyph& glyph) {
    finish();
    begin(State::word, glyph);
  }

  void put(const Glyph& glyph) {
    std::memcpy(buffer_.data() + size_, &glyph.entry.utf8, 4);
    size_ += glyph.entry.size;
    reserve();
  }

  /// Appends for good.
  void take(const Glyph& glyph) {
    put(glyph);
    kept_ = size_;
    end_ = glyph.end;
    last_ = glyph.entry.word_class;
    pending_ = separator;
    if (last_ != extend_num_let && !(glyph.entry.flags & Flag::kSilent)) has_word_ = true;
  }

  [[nodiscard]] bool pending_joins(WordClass next) const {
    switch (pending_) {
      case mid_letter: return is_letter(last_) && is_letter(next);
      case mid_num: return last_ == numeric && next == numeric;
      case mid_num_let:
      case single_quote:
        return (is_letter(last_) && is_letter(next)) || (last_ == numeric && next == numeric);
      case double_quote: return last_ == hebrew && next == hebrew;
      default: return is_open(last_);
    }
  }

  void push_word_part(const Glyph& glyph) {
    if (state_ != State::word || !pending_joins(glyph.entry.word_class)) {
      begin_anew(glyph);
    }
    take(glyph);
  }

  void push_underscore(const Glyph& glyph) {
    if (state_ != State::word || pending_ != separator || !is_open(last_)) {
      begin_anew(glyph);
    }
    take(glyph);
  }

  void push_joiner(const Glyph& glyph) {
    if (state_ != State::word || pending_ != separator || !is_word_part(last_)) {
      finish();
      clean_ = true;
      return;
    }
    const WordClass joiner = glyph.entry.word_class;
    put(glyph);
    pending_ = joiner;
    if (joiner == single_quote && last_ == hebrew) {  // WB7a: it belongs to the word either way
      kept_ = size_;
      end_ = glyph.end;
    }
  }

  void push_extend(const Glyph& glyph) {
    if (state_ == State::word) {
      const bool kept = kept_ == size_;
      put(glyph);
      if (last_ == hangul) last_ = alone;  // ICU joins syllables only where they touch
      if (!kept) return;
      kept_ = size_;
      end_ = glyph.end;
    } else if (state_ == State::run) {
      glyph.entry.flags& Flag::kCluster ? finish() : push_bigram(glyph);
    }
  }

  // A run holds at most two clusters in the buffer: [0, cluster_) and [cluster_, size_).
  void push_bigram(const Glyph& glyph) {
    if (state_ != State::run) {
      finish();
      begin(State::run, glyph);
      cluster_ = 0;
      clusters_ = 1;
      cluster_begin_ = glyph.begin;
    } else if (glyph.entry.flags & Flag::kCluster) {
      if (clusters_ > 1)
        emit_bigram();
      else
        first_begin_ = cluster_begin_;
      ++clusters_;
      cluster_ = size_;
      cluster_begin_ = glyph.begin;
    }
    put(glyph);
    end_ = glyph.end;
  }

  void emit_bigram() {
    emit(size_, first_begin_, end_);
    first_begin_ = cluster_begin_;
    std::memmove(buffer_.data(), buffer_.data() + cluster_, size_ - cluster_);
    size_ -= cluster_;
  }

  void finish_run() {
    if (clusters_ > 1)
      emit_bigram();
    else
      emit(size_, cluster_begin_, end_);
  }

  void finish_word() {
    if (has_word_) emit(kept_, start_, end_);
  }

  void emit(std::uint32_t size, std::uint32_t begin, std::uint32_t end) {
    std::memset(buffer_.data() + size, 0, 8);
    sink_.emit(buffer_.data(), size, begin, end);
  }

  /// The quick check: may this mark follow what stands in the buffer as it is?
  [[nodiscard]] bool in_order(const CharacterEntry& e) const {
    if (clean_) return true;       // separators compose with nothing
    if (size_ == 0) return false;  // it follows marks that stand on nothing: rare
    std::uint32_t at = size_ - 1;
    while (at > 0 && (buffer_[at] & 0xC0) == 0x80)
      --at;
    const std::string_view last(reinterpret_cast<const char*>(buffer_.data()) + at, size_ - at);
    const char32_t previous = decode_utf8(last, 0).code_point;
    const std::uint8_t previous_class = tables::lookup(previous).combining_class;
    if (e.flags & Flag::kMaybe) {
      unsigned char bytes[4];
      std::memcpy(bytes, &e.utf8, 4);
      const std::string_view self(reinterpret_cast<const char*>(bytes), e.size);
      return previous_class == 0 && !composes(previous, decode_utf8(self, 0).code_point);
    }
    return previous_class <= e.combining_class;
  }

  std::vector<unsigned char>& buffer_;
  Sink& sink_;
  State state_ = State::idle;
  bool has_word_ = false;
  WordClass last_ = separator;     // of the last character that is no extender
  WordClass pending_ = separator;  // a joiner on trial, or separator for none
  std::uint32_t size_ = 0;         // bytes in the buffer
  std::uint32_t kept_ = 0;         // of them not on trial
  std::uint32_t start_ = 0, end_ = 0;
  std::uint32_t cluster_ = 0, clusters_ = 0, cluster_begin_ = 0, first_begin_ = 0;
  bool clean_ = true;
  Origin origin_;  // of the last clean place
};

/// The folded bytes of a word, gathered in a register and stored eight at a time: hashing loads
/// eight at a time, and a load that spans several younger stores has to wait for all of them.
/// The places they are stored to belong to the caller, so that all of this stays in registers.
struct PlainWord {
  static constexpr std::uint32_t kMost = 32;  // longer words take the slow lane
  using Places = std::uint64_t[kMost + 2];

  std::uint64_t tail = 0;             // bytes that are not stored yet
  std::uint32_t count = 0, bits = 0;  // full places, bits of the tail

  [[nodiscard]] bool is_full() const { return count >= kMost; }

  /// Appends the lowest `size` (1 to 8) bytes of `bytes`; the others are zero.
  void append(std::uint64_t bytes, std::uint32_t size, Places& places) {
    const std::uint64_t gathered = tail | bytes << bits;
    const std::uint64_t beyond = bytes >> 1 >> (63 - bits);  // what did not fit
    const std::uint32_t sum = bits + size * 8;
    const bool is_full_place = sum >= 64;  // no branch: where words end is anyone's guess
    places[count] = gathered;
    tail = is_full_place ? beyond : gathered;
    count += is_full_place ? 1 : 0;
    bits = sum & 63;
  }

  [[nodiscard]] std::uint32_t size() const { return count * 8 + bits / 8; }
};

/// Walks the source: decodes, looks up, and feeds the segmenter.
template <class Sink>
class Scanner {
 public:
  Scanner(std::string_view text, Tokenizer::Scratch& scratch, Sink& sink)
      : text_(text), sink_(sink), finder_(scratch.finder), segmenter_(scratch.buffer, sink) {
    finder_.set_text(text);
  }

  void run() {
    const auto size = static_cast<std::uint32_t>(text_.size());
    std::uint32_t at = 0;
    while (at < size) {
      if (segmenter_.clean()) {
        at = plain_words(at);
        if (at >= size) break;
      }
      const Glyph glyph = read(at);
      at = glyph.end;
      if (glyph.entry.size == 0) continue;  // folding takes it off
      if (!push(glyph)) at = fold_carefully();
    }
    segmenter_.finish();
  }

 private:
  [[nodiscard]] std::uint32_t load(std::uint32_t at, std::uint32_t size) const {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, text_.data() + at, size);
    return bytes;
  }

  /// The table's entry of the code point at `at`, its bytes filled in.
  [[nodiscard]] Glyph read(std::uint32_t at) const {
    const auto lead = static_cast<unsigned char>(text_[at]);
    if (lead < 0x80) return {tables::kDirect[lead], at, at + 1};
    const Decoded d = decode_utf8(text_, at);
    Glyph glyph{tables::lookup(d.code_point), at, at + d.size};
    if (glyph.entry.flags & Flag::kIdentity)
      glyph.entry.utf8 = d.valid ? load(at, d.size) : 0x00BDBFEF;
    return glyph;
  }

  /// The fast lane, from a clean place: words of plain letters and digits between separators,
  /// which is nearly all text. Returns the beginning of the first word that is not so.
  std::uint32_t plain_words(std::uint32_t at) {
    const auto size = static_cast<std::uint32_t>(text_.size());
    const auto emit = [this](const WordFinder::Words& words) { sink_.emit_words(words); };
    PlainWord::Places places;
    while ((at = finder_.take(at, emit)) < size) {
      PlainWord word;
      const std::uint32_t begin = at;
      std::uint32_t end = at;
      WordClass last = separator;
      for (;;) {
        const std::uint32_t from = at;
        at = ascii_letters(at, size, word, places, last);
        at = two_byte_letters(at, size, word, places, last);
        if (word.is_full()) return begin;  // whatever appended last: one at a time does too
        if (at != from) end = at;
        if (at >= size) break;
        if (text_[at] == ' ') {
          ++at;
          break;
        }
        if (at != from && static_cast<unsigned char>(text_[at]) < 0x80 && is_letter_or_digit(at)) {
          continue;
        }
        CharacterEntry e;
        const std::uint32_t step = look_up(at, size, e);
        if (e.flags & Flag::kPlain) {
          word.append(e.utf8, e.size, places);
          last = e.word_class;
          at += step;
          end = at;
        } else if (e.size == 0) {
          at += step;  // folding takes it off
        } else {
          const Joint joint = judge(e, last, at + step, size);
          if (joint == Joint::unsure) return begin;
          at += step;
          if (joint == Joint::parts) break;
          word.append(e.utf8, e.size, places);
        }
      }
      if (last == separator) continue;
      places[word.count] = word.tail;  // zeros behind the last byte
      sink_.emit(reinterpret_cast<const unsigned char*>(places), word.size(), begin, end);
    }
    return at;
  }

  [[nodiscard]] bool is_letter_or_digit(std::uint32_t at) const {
    return (tables::kDirect[static_cast<unsigned char>(text_[at])].flags & Flag::kPlain) != 0;
  }

  /// ASCII letters and digits at the front of eight bytes.
  struct AsciiRun {
    std::uint64_t folded = 0;  ///< in lower case, first byte lowest; what follows is anything
    std::uint32_t bits = 0;    ///< eight for each, 64 at most
    std::uint64_t digits = 0;  ///< top bits of the bytes that are digits
  };

  /// All eight at once: in each byte the sums set the top bit where the character is at or over the
  /// bound; a byte whose own top bit is set is not ASCII.
  static AsciiRun ascii_run(std::uint64_t bytes) {
    constexpr std::uint64_t kOnes = 0x0101010101010101, kTop = kOnes << 7;
    const std::uint64_t low = bytes & ~kTop, lower = low | kOnes * 0x20;
    const std::uint64_t letters = (lower + kOnes * (0x80 - 'a')) & ~(lower + kOnes * (0x7F - 'z'));
    const std::uint64_t digits = (low + kOnes * (0x80 - '0')) & ~(low + kOnes * (0x7F - '9'));
    const std::uint64_t others = ~((letters | digits) & ~bytes) & kTop;
    return {low | (letters & kTop) >> 2, static_cast<std::uint32_t>(std::countr_zero(others)) & ~7U,
            digits};
  }

  [[nodiscard]] std::uint64_t load_eight(std::uint32_t at) const {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text_.data() + at, 8);
    return bytes;
  }

  /// Takes ASCII letters and digits. Returns where they end; the last seven bytes of a text are
  /// left to the caller.
  std::uint32_t ascii_letters(std::uint32_t at, std::uint32_t size, PlainWord& word,
                              PlainWord::Places& places, WordClass& last) const {
    while (at + 8 <= size && !word.is_full()) {
      const AsciiRun run = ascii_run(load_eight(at));
      if (run.bits == 0) return at;
      word.append(run.folded & ~std::uint64_t{0} >> (64 - run.bits), run.bits / 8, places);
      last = (run.digits >> (run.bits - 1) & 1) != 0 ? numeric : letter;
      at += run.bits / 8;
      if (run.bits < 64) return at;
    }
    return at;
  }

  /// Takes plain letters and digits of two bytes. Returns where they end.
  std::uint32_t two_byte_letters(std::uint32_t at, std::uint32_t size, PlainWord& word,
                                 PlainWord::Places& places, WordClass& last) const {
    const char* const source = text_.data();  // and copies of the others: all stay in registers
    PlainWord here = word;
    std::uint32_t word_class = static_cast<std::uint32_t>(last);
    while (at + 2 <= size && !here.is_full()) {
      std::uint16_t bytes = 0;
      std::memcpy(&bytes, source + at, 2);
      const std::uint32_t c = (bytes & 0x1FU) << 6 | (bytes >> 8 & 0x3FU);
      if ((bytes & 0xC0E0) != 0x80C0 || c < 0x80) break;  // not two bytes, or not UTF-8
      const CharacterEntry& e = tables::kDirect[c];
      if (!(e.flags & Flag::kPlain)) break;
      here.append(e.utf8, e.size, places);
      word_class = static_cast<std::uint32_t>(e.word_class);
      at += 2;
    }
    word = here;
    last = static_cast<WordClass>(word_class);
    return at;
  }

  /// What a character that is no plain letter or digit does to the word before it (`last` is the
  /// class of its last character, separator when there is no word), seen without the segmenter.
  enum class Joint : std::uint8_t { joins, parts, unsure };
  Joint judge(const CharacterEntry& e, WordClass last, std::uint32_t next,
              std::uint32_t size) const {
    if (e.flags & Flag::kSequence) return Joint::unsure;
    if (e.word_class == separator) return Joint::parts;
    if (!is_joiner(e.word_class) || last == hebrew) return Joint::unsure;
    if (last == separator || next >= size) return Joint::parts;
    CharacterEntry after;
    look_up(next, size, after);
    if (after.flags & Flag::kPlain) return joins(last, e.word_class, after.word_class);
    const bool stands_alone = after.word_class == separator || is_joiner(after.word_class);
    return after.size != 0 && stands_alone && !(after.flags & Flag::kSequence) ? Joint::parts
                                                                               : Joint::unsure;
  }

  static Joint joins(WordClass last, WordClass joiner, WordClass next) {
    if (next == hebrew) return Joint::unsure;
    const bool letters = last == letter && next == letter && joiner != mid_num;
    const bool digits = last == numeric && next == numeric && joiner != mid_letter;
    return joiner != double_quote && (letters || digits) ? Joint::joins : Joint::parts;
  }

  /// Looks up the code point at `at`, its bytes filled in; returns its length in the source.
  std::uint32_t look_up(std::uint32_t at, std::uint32_t size, CharacterEntry& e) const {
    const auto* const source = reinterpret_cast<const unsigned char*>(text_.data()) + at;
    const unsigned lead = source[0];
    if (lead < 0x80) {
      e = tables::kDirect[lead];
      return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0 && at + 1 < size && (source[1] & 0xC0) == 0x80) {
      e = tables::kDirect[(lead & 0x1F) << 6 | (source[1] & 0x3F)];
      return 2;
    }
    const Glyph glyph = read(at);
    e = glyph.entry;
    return glyph.end - at;
  }

  bool push(const Glyph& glyph) {
    if (!(glyph.entry.flags & Flag::kSequence)) return segmenter_.template push<true>(glyph);
    // A glyph may fold to words with a separator between ("c/o"), but one cannot come back to the
    // middle of it.
    const auto origin = segmenter_.origin(glyph.begin);
    bool decided = true;
    for (const char32_t* c = tables::kSequences + glyph.entry.utf8; decided && *c != 0; ++c) {
      decided = segmenter_.template push<true>(folded(*c, glyph.begin, glyph.end));
    }
    segmenter_.set_origin(origin);
    return decided;
  }

  /// The glyph of a code point that is folded already.
  [[nodiscard]] static Glyph folded(char32_t c, std::uint32_t begin, std::uint32_t end) {
    Glyph glyph{tables::lookup(c), begin, end};
    unsigned char bytes[4] = {};
    glyph.entry.size = static_cast<std::uint8_t>(encode_utf8(c, bytes));
    std::memcpy(&glyph.entry.utf8, bytes, 4);
    return glyph;
  }

  /// Folds from the last clean place with ICU, a normalization cluster at a time, until the next.
  /// Returns where that is.
  std::uint32_t fold_carefully() {
    std::uint32_t at = segmenter_.rewind();
    const auto size = static_cast<std::uint32_t>(text_.size());
    std::u32string cluster;
    while (at < size) {
      const std::uint32_t end = take_cluster(at, cluster);
      for (const char32_t c : fold_with_icu(cluster)) {
        segmenter_.template push<false>(folded(c, at, end));
      }
      at = end;
      if (segmenter_.clean()) break;
    }
    return at;
  }

  /// Code points up to the next NFC boundary, but at most kMostMarks without one; without those
  /// that folding takes off. Returns where it ends.
  std::uint32_t take_cluster(std::uint32_t at, std::u32string& cluster) const {
    const auto size = static_cast<std::uint32_t>(text_.size());
    cluster.clear();
    std::uint32_t marks = 0;
    while (at < size) {
      const Glyph next = read(at);
      if (next.entry.size != 0) {
        const bool is_boundary = (next.entry.flags & Flag::kBoundary) != 0;
        if (is_boundary && !cluster.empty()) break;
        if (!is_boundary && marks++ == kMostMarks) break;
        cluster += decode_utf8(text_, at).code_point;
      }
      at = next.end;
    }
    return at;
  }

  std::string_view text_;
  Sink& sink_;
  WordFinder& finder_;
  Segmenter<Sink> segmenter_;
};

// What to do with words. emit() takes one with zeros behind it, emit_words() many that anything may
// follow.

constexpr std::size_t kHashesAtOnce = 128;

/// Appends the hashes of words.
void append_hashes(const WordFinder::Words& words, std::vector<TokenHash>& out) {
  // By way of the stack: a vector looks for room for each.
  std::array<TokenHash, kHashesAtOnce> hashes;
  for (std::size_t at = 0; at < words.count; at += kHashesAtOnce) {
    const std::size_t count = std::min(kHashesAtOnce, words.count - at);
    hash_words(words.folded, words.edges + 2 * at, count, hashes.data());
    out.insert(out.end(), hashes.data(), hashes.data() + count);
  }
}

bool begins_with_digit(const unsigned char* bytes) { return bytes[0] >= '0' && bytes[0] <= '9'; }

struct HashSink {
  std::vector<TokenHash>& out;
  [[nodiscard]] std::size_t count() const { return out.size(); }
  void truncate(std::size_t n) { out.resize(n); }
  void emit(const unsigned char* bytes, std::uint32_t size, std::uint32_t, std::uint32_t) {
    out.push_back(hash_token(bytes, size));
  }
  void emit_words(const WordFinder::Words& words) { append_hashes(words, out); }
};

struct SpanSink {
  std::vector<TokenSpan>& out;
  [[nodiscard]] std::size_t count() const { return out.size(); }
  void truncate(std::size_t n) { out.resize(n); }
  void emit(const unsigned char* bytes, std::uint32_t size, std::uint32_t begin,
            std::uint32_t end) {
    out.push_back({hash_token(bytes, size), begin, end});
  }
  void emit_words(const WordFinder::Words& words) {
    const std::size_t first = out.size();
    out.resize(first + words.count);
    TokenSpan* const spans = out.data() + first;
    std::array<TokenHash, kHashesAtOnce> hashes;
    for (std::size_t at = 0; at < words.count; at += kHashesAtOnce) {
      const std::size_t count = std::min(kHashesAtOnce, words.count - at);
      hash_words(words.folded, words.edges + 2 * at, count, hashes.data());
      const std::uint32_t* const places = words.places + 2 * at;
      for (std::size_t i = 0; i < count; ++i)
        spans[at + i] = {hashes[i], words.base + places[2 * i], words.base + places[2 * i + 1]};
    }
  }
};

struct SpellSink {
  std::vector<Token>& out;
  [[nodiscard]] std::size_t count() const { return out.size(); }
  void truncate(std::size_t n) { out.resize(n); }
  void emit(const unsigned char* bytes, std::uint32_t size, std::uint32_t begin,
            std::uint32_t end) {
    out.push_back({std::string(reinterpret_cast<const char*>(bytes), size), begin, end});
  }
  void emit_words(const WordFinder::Words& words) {
    for (std::size_t i = 0; i < words.count; ++i) {
      const std::uint32_t begin = words.edges[2 * i], end = words.edges[2 * i + 1];
      emit(words.folded + begin, end - begin, words.base + words.places[2 * i],
           words.base + words.places[2 * i + 1]);
    }
  }
};

/// What another sink takes, and the numbers among it.
template <class Sink>
struct WithNumbers {
  Sink inner;
  std::vector<NumberToken>& numbers;
  [[nodiscard]] std::size_t count() const { return inner.count(); }
  void truncate(std::size_t n) {
    inner.truncate(n);
    while (!numbers.empty() && numbers.back().token >= n)
      numbers.pop_back();
  }
  void emit(const unsigned char* bytes, std::uint32_t size, std::uint32_t begin,
            std::uint32_t end) {
    if (begins_with_digit(bytes)) note_number(bytes, size, count());
    inner.emit(bytes, size, begin, end);
  }
  void emit_words(const WordFinder::Words& words) {
    const std::size_t first = count();
    inner.emit_words(words);
    for (std::size_t i = 0; i < words.count; ++i) {
      const unsigned char* const word = words.folded + words.edges[2 * i];
      if (begins_with_digit(word))
        note_number(word, words.edges[2 * i + 1] - words.edges[2 * i], first + i);
    }
  }
  void note_number(const unsigned char* bytes, std::uint32_t size, std::size_t token) {
    numbers.push_back({static_cast<std::uint32_t>(token), number_key({bytes, size})});
  }
};

template <class Sink>
void scan(std::string_view text, Tokenizer::Scratch& scratch, Sink sink) {
  assert(text.size() <= UINT32_MAX);
  sink.truncate(0);
  Scanner<Sink>(text, scratch, sink).run();
}

}  // namespace

void Tokenizer::hash(std::string_view text, std::vector<TokenHash>& out) {
  scan(text, scratch_, HashSink{out});
}

void Tokenizer::hash(std::string_view text, std::vector<TokenHash>& out,
                     std::vector<NumberToken>& numbers) {
  numbers.clear();
  scan(text, scratch_, WithNumbers<HashSink>{{out}, numbers});
}

void Tokenizer::locate(std::string_view text, std::vector<TokenSpan>& out) {
  scan(text, scratch_, SpanSink{out});
}

void Tokenizer::locate(std::string_view text, std::vector<TokenSpan>& out,
                       std::vector<NumberToken>& numbers) {
  numbers.clear();
  scan(text, scratch_, WithNumbers<SpanSink>{{out}, numbers});
}

void Tokenizer::spell(std::string_view text, std::vector<Token>& out) {
  scan(text, scratch_, SpellSink{out});
}

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> out;
  Tokenizer().spell(text, out);
  return out;
}

std::string_view unicode_version() noexcept { return tables::kUnicodeVersion; }

}  // namespace kithkin

// A word is drawn with one 64-bit number: which kind it is (common, of the topic, a fact), its rank
// by Zipf's law, and what stands behind it. Copying it is one move of 32 bytes, so a text costs
// about as much as its random numbers.
//
//   words:  the rank 812, a fact, the rank 3, the rank 97 ...      the same for all pages of a form
//   facts:  the name 2 ...                                         of each page alone
//   said in one language:  "rosend Kastibo el drem ..."
//
// Tests: tests/unit/synth/article_test.cpp.
#include "synth/article.h"

#include <algorithm>

namespace kithkin {
namespace {

constexpr std::uint32_t kTopicShare = 65536 / 5;
constexpr std::uint32_t kNumberShare = 65536 / 3;  // of facts
constexpr std::uint32_t kCommaShare = 65536 / 12;
constexpr std::uint32_t kQuoteShare = 65536 / 12;  // of sentences
constexpr std::uint32_t kLongestWord = 64;         // bytes that any word or mark may take

std::uint32_t write_digits(std::uint32_t number, char* out) {
  char reversed[10];
  std::uint32_t size = 0;
  do {
    reversed[size++] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number > 0);
  std::reverse_copy(reversed, reversed + size, out);
  return size;
}

}  // namespace

/// Names are the first half of an event's own words.
WordSlot ArticleWriter::subject_word(std::uint64_t event, std::uint32_t i) const {
  WordSlot word = lexicon_->rare_word(synth_key(event, i, 3));
  if (i < kSubjectWords / 2) capitalize(word.bytes.data(), word.size);
  return word;
}

void ArticleWriter::begin_topic(std::uint32_t topic) {
  if (topic != topic_) {
    Random random(synth_key(0, topic, 2));
    for (std::uint16_t& rank : topic_words_)
      rank =
          static_cast<std::uint16_t>(random.between(Lexicon::kFirstTopical, Lexicon::kWords - 1));
    topic_ = topic;
  }
  buffer_.resize(std::max<std::size_t>(buffer_.size(), 1 << 14));
  at_ = buffer_.data();
  end_ = at_ + buffer_.size();
}

void ArticleWriter::begin_event(std::uint64_t event) {
  if (event == event_) return;
  for (std::uint32_t i = 0; i < kSubjectWords; ++i)
    subject_words_[i] = subject_word(event, i);
  event_ = event;
}

void ArticleWriter::reserve(std::size_t size) {
  if (static_cast<std::size_t>(end_ - at_) >= size) return;
  const auto used = static_cast<std::size_t>(at_ - buffer_.data());
  buffer_.resize(2 * buffer_.size() + size);
  at_ = buffer_.data() + used;
  end_ = buffer_.data() + buffer_.size();
}

void ArticleWriter::put(const WordSlot& word, bool capital) {
  std::memcpy(at_, word.bytes.data(), WordSlot::kMost);
  if (capital) capitalize(at_, word.size);
  at_ += word.step;
}

void ArticleWriter::put(std::string_view text) {
  std::memcpy(at_, text.data(), text.size());
  at_ += text.size();
}

void ArticleWriter::put_fact(Random& facts, bool capital) {
  const std::uint64_t bits = facts.next();
  if ((bits & 0xffff) < kNumberShare) {
    const std::uint32_t digits = bits >> 16 & 3;
    constexpr std::uint32_t kLimits[] = {10, 100, 3000, 100000};
    at_ += write_digits(static_cast<std::uint32_t>((bits >> 32) % kLimits[digits]), at_);
    *at_++ = ' ';
  } else {
    put(subject_words_[bits >> 16 & (kSubjectWords - 1)], capital);
  }
}

/// Puts a mark behind the last word instead of the space there.
void ArticleWriter::end_sentence(std::string_view mark) {
  if (at_ > buffer_.data() && at_[-1] == ' ' && mark != " ") --at_;
  put(mark);
}

void ArticleWriter::write_sentence(Random& words, Random& facts, std::uint32_t fact_share) {
  const std::uint64_t shape = words.next();
  const auto length =
      static_cast<std::uint32_t>(6 + (shape & 7) + (shape >> 3 & 7) + (shape >> 6 & 3));
  const bool is_quoted = (shape >> 16 & 0xffff) < kQuoteShare && lexicon_->model().spaced;
  reserve(std::size_t{length + 4} * kLongestWord);
  if (is_quoted) *at_++ = '"';
  for (std::uint32_t i = 0; i < length; ++i) {
    const std::uint64_t bits = words.next();
    const auto kind = static_cast<std::uint32_t>(bits & 0xffff);
    if (kind < fact_share) {
      put_fact(facts, i == 0);
    } else {
      const std::uint32_t rank = kind < fact_share + kTopicShare
                                     ? topic_words_[zipf_rank(bits >> 16, kTopicOctaves)]
                                     : zipf_rank(bits >> 16, Lexicon::kOctaves);
      put((*lexicon_)[rank], i == 0);
    }
    if ((bits >> 48) < kCommaShare && i + 1 < length) end_sentence(lexicon_->model().comma);
  }
  if (is_quoted) {
    if (at_[-1] == ' ') --at_;
    *at_++ = '"';
  }
  end_sentence(lexicon_->model().stop);
}

void ArticleWriter::write_text(const TextStream& stream, std::string& out) {
  begin_topic(stream.topic);
  begin_event(stream.subject.event);
  Random words(stream.words), facts(stream.facts);
  const std::uint32_t span = stream.most_paragraphs - stream.least_paragraphs + 1;
  // The smaller of two draws: short articles are more frequent than long ones.
  const std::uint32_t first = words.below(span), second = words.below(span);
  const std::uint32_t paragraphs = stream.least_paragraphs + std::min(first, second);
  for (std::uint32_t p = 0; p < paragraphs; ++p) {
    const std::uint32_t sentences = words.between(2, 5);
    for (std::uint32_t s = 0; s < sentences; ++s)
      write_sentence(words, facts, stream.fact_share);
    while (at_[-1] == ' ')
      --at_;
    if (p + 1 < paragraphs) *at_++ = '\n';
  }
  out.append(buffer_.data(), at_);
}

void ArticleWriter::write_title(std::uint64_t key, const Subject& subject, std::string& out) {
  begin_topic(subject.topic);
  Random random(key);
  const std::uint32_t length = random.between(4, 9);
  for (std::uint32_t i = 0; i < length; ++i) {
    const std::uint64_t bits = random.next();
    const bool is_name = (bits & 7) < 2;
    if (is_name)
      put(subject_word(subject.event, bits >> 3 & (kSubjectWords - 1)), i == 0);
    else
      put((*lexicon_)[topic_words_[zipf_rank(bits >> 16, kTopicOctaves)]], i == 0);
  }
  while (at_[-1] == ' ')
    --at_;
  out.append(buffer_.data(), at_);
}

void ArticleWriter::write_phrase(std::uint64_t key, std::uint32_t words, std::string& out) {
  Random random(key);
  for (std::uint32_t i = 0; i < words; ++i) {
    WordSlot word = (*lexicon_)[zipf_rank(random.next(), Lexicon::kOctaves)];
    if (i == 0) capitalize(word.bytes.data(), word.size);
    out.append(word.bytes.data(), word.step);
  }
  while (out.ends_with(' '))
    out.pop_back();
}

void ArticleWriter::write_name(std::uint64_t key, std::string& out) {
  for (std::uint64_t i = 0; i < 2; ++i) {
    WordSlot word = lexicon_->rare_word(synth_key(key, i, 4));
    capitalize(word.bytes.data(), word.size);
    if (i > 0) out += ' ';
    out += word.view();
  }
}

}  // namespace kithkin

// The text of an invented article: a stream of ranks, said in the words of a language.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "synth/lexicon.h"

namespace kithkin {

/// What an article is about: names and rare words that only articles on this event have, and a
/// topic whose words it shares with many.
struct Subject {
  std::uint64_t event = 0;  ///< key of the names
  std::uint32_t topic = 0;  ///< in [0, kTopics)

  static constexpr std::uint32_t kTopics = 512;
};

/// Decides a text down to the byte, together with a lexicon. Two texts with one `words` and other
/// `facts` fill one form; two texts with equal streams in two languages are translations.
struct TextStream {
  std::uint64_t words = 0;       ///< key of the sentences
  std::uint64_t facts = 0;       ///< key of the numbers and of which name comes when
  Subject subject;               ///< whose names are the facts
  std::uint32_t topic = 0;       ///< of the other words
  std::uint32_t fact_share = 0;  ///< of 65536 words: how many are numbers or names
  std::uint32_t least_paragraphs = 1, most_paragraphs = 1;
};

/// Writes texts in one language. Scratch space: one thread at a time; the lexicon outlives it.
class ArticleWriter {
 public:
  explicit ArticleWriter(const Lexicon& lexicon) : lexicon_(&lexicon) {}

  /// Appends the text: paragraphs with a line break between them, UTF-8, no break at its end.
  void write_text(const TextStream& stream, std::string& out);
  /// Appends a headline of four to nine words on the subject.
  void write_title(std::uint64_t key, const Subject& subject, std::string& out);
  /// Appends `words` words that every topic has, the first capitalized.
  void write_phrase(std::uint64_t key, std::uint32_t words, std::string& out);
  /// Appends the name of a person: two rare words.
  void write_name(std::uint64_t key, std::string& out);

 private:
  static constexpr std::uint32_t kTopicOctaves = 7;  // 127 words a topic
  static constexpr std::uint32_t kSubjectWords = 8;  // a power of two

  void begin_topic(std::uint32_t topic);
  void begin_event(std::uint64_t event);
  [[nodiscard]] WordSlot subject_word(std::uint64_t event, std::uint32_t i) const;
  void write_sentence(Random& words, Random& facts, std::uint32_t fact_share);
  void put(const WordSlot& word, bool capital);
  void put(std::string_view text);
  void put_fact(Random& facts, bool capital);
  void end_sentence(std::string_view mark);
  void reserve(std::size_t size);

  const Lexicon* lexicon_;
  std::uint64_t event_ = 0;
  std::uint32_t topic_ = UINT32_MAX;
  std::array<std::uint16_t, (1U << kTopicOctaves)> topic_words_{};  // ranks
  std::array<WordSlot, kSubjectWords> subject_words_{};
  std::string buffer_;
  char* at_ = nullptr;   // where the next byte goes
  char* end_ = nullptr;  // of the buffer
};

}  // namespace kithkin

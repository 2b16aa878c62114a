// A document is made from its number alone. A copy therefore makes its original's text once more,
// which costs far less than finding it would: inventing runs at about the speed of memory that has
// been touched, and what takes time is the exact resemblance of the two.
//
//   document 7, an updated copy of 2:   text of 2  +  a donor's text  ->  its own text
//                                       header of its host, its own text, box, footer  ->  the line
//                                       own text of 2, own text of 7  ->  resemblance
//
// Resemblance is that of the articles: furniture is not counted.
// Tests: tests/unit/synth/corpus_test.cpp, tests/cli/synth_test.py.
#include "synth/corpus.h"

#include <algorithm>

#include "base/json_writer.h"
#include "match/verify.h"
#include "synth/page.h"
#include "text/shingle.h"

namespace kithkin {
namespace {

// Continues the purposes of plan.cpp.
enum TextPurpose : std::uint64_t {
  kWords = 30,
  kFacts,
  kMutation,
  kDonor,
  kDonorText,
  kTitle,
  kFormShape,
  kHostName,
  kHostLine,
  kBox,
  kByline
};

constexpr std::uint32_t kArticleFacts = 65536 / 11;
constexpr std::uint32_t kMostParagraphs = 14;
constexpr std::uint32_t kDatelineShare = 39322;  // six in ten articles
constexpr std::uint32_t kBoxTitles = 4;
constexpr std::uint32_t kBoxTries = 12;    // documents looked at to find them
constexpr std::uint64_t kBoxReach = 5000;  // so far back

std::string id_of(std::uint64_t number) { return "s" + std::to_string(number); }

TextStream article_stream(const CorpusPlan& plan, std::uint64_t number, const Subject& subject) {
  TextStream stream;
  stream.words = plan.key(number, kWords);
  stream.facts = plan.key(number, kFacts);
  stream.subject = subject;
  stream.topic = subject.topic;
  stream.fact_share = kArticleFacts;
  stream.most_paragraphs = kMostParagraphs;
  return stream;
}

/// A form has facts of its own every 10 to 40 words, and a few paragraphs.
TextStream form_stream(const CorpusPlan& plan, std::uint64_t number, const DocumentPlan& page) {
  Random shape(plan.key(page.source, kFormShape));
  TextStream stream = article_stream(plan, number, page.subject);
  stream.words = plan.key(page.source, kWords);
  stream.fact_share = 65536 / shape.between(10, 40);
  stream.most_paragraphs = 4;
  return stream;
}

}  // namespace

SynthCorpus::SynthCorpus(const SynthOptions& options, const LanguageWeights& languages,
                         std::vector<Document> texts)
    : plan_(options, languages, texts.size()),
      texts_(std::move(texts)),
      lexicons_(kithkin::languages().size()),
      furniture_(options.furniture && texts_.empty()) {
  for (const auto& [language, weight] : languages)
    lexicons_[language] = std::make_unique<Lexicon>(kithkin::languages()[language]);
}

std::string_view SynthCorpus::donor_of(std::uint64_t text, std::uint64_t key) const {
  if (texts_.size() < 2) return {};
  const std::uint64_t donor = Random(key).below64(texts_.size() - 1);
  return texts_[donor < text ? donor : donor + 1].text;
}

double ResemblanceMeter::measure(std::string_view a, std::string_view b) {
  const auto read = [&](std::string_view text, std::vector<ShingleHash>& shingles) {
    tokenizer_.hash(text, tokens_);
    make_shingles(tokens_, shingle_, shingles);
    shingles.resize(scratch_.keep_distinct(shingles));
  };
  read(a, shingles_a_);
  if (a == b) return shingles_a_.empty() ? 0 : 1;
  read(b, shingles_b_);
  set_.fill(shingles_a_);
  return kithkin::measure(shingles_a_.size(), shingles_b_.size(), set_.count_shared(shingles_b_))
      .resemblance;
}

SynthWriter::SynthWriter(const SynthCorpus& corpus) : corpus_(corpus) {
  for (std::uint32_t language = 0; language < languages().size(); ++language) {
    // An unused language has no lexicon, and no document asks for its writer.
    writers_.emplace_back();
    title_writers_.emplace_back();
    if (!corpus.has(language)) continue;
    writers_.back() = std::make_unique<ArticleWriter>(corpus.lexicon(language));
    title_writers_.back() = std::make_unique<ArticleWriter>(corpus.lexicon(language));
  }
}

/// The text of a document that is no copy.
void SynthWriter::make_own_text(std::uint64_t number, const DocumentPlan& plan, std::string& out) {
  out.clear();
  const CorpusPlan& all = corpus_.plan();
  if (number < all.texts()) {
    out = corpus_.texts()[number].text;
    return;
  }
  ArticleWriter& words = writer(plan.language);
  if (plan.role == Role::form_page) {
    words.write_text(form_stream(all, number, plan), out);
    return;
  }
  // A translation says what its source says, name for name and number for number.
  const std::uint64_t told = plan.source;
  Random dateline(all.key(told, kByline));
  if (dateline.chance(kDatelineShare)) {
    words.write_name(dateline.next(), out);
    out += " (";
    words.write_phrase(dateline.next(), 1, out);
    out += ") - ";
  }
  words.write_text(article_stream(all, told, plan.subject), out);
}

/// Sets the text of the document and, where it is one of a pair, that of the other.
void SynthWriter::make_text(std::uint64_t number, const DocumentPlan& plan) {
  const CorpusPlan& all = corpus_.plan();
  if (plan.source != number) make_own_text(plan.source, all.of(plan.source), source_text_);
  if (plan.role != Role::copy) {
    make_own_text(number, plan, text_);
    return;
  }
  if (!Mutator::needs_donor(plan.kind)) {
    donor_.clear();
  } else if (all.texts() > 0) {
    donor_ = corpus_.donor_of(plan.source, all.key(number, kDonor));
  } else {
    TextStream donor = article_stream(all, number, plan.subject);  // what is new is news
    donor.words = all.key(number, kDonorText);
    donor.least_paragraphs = 2;
    donor.most_paragraphs = 6;
    donor_.clear();
    writer(plan.language).write_text(donor, donor_);
  }
  mutator_.make(plan.kind, source_text_, donor_, all.key(number, kMutation), text_);
}

/// Copies bear the title of their original.
void SynthWriter::make_title(std::uint64_t number, const DocumentPlan& plan, std::string& out) {
  out.clear();
  const std::uint64_t told = plan.role == Role::form_page ? number : plan.source;
  title_writers_[plan.language]->write_title(corpus_.plan().key(told, kTitle), plan.subject, out);
}

/// Sets `page_`: header, article, a box with titles of earlier documents, footer.
void SynthWriter::put_furniture(std::uint64_t number, const DocumentPlan& plan,
                                const std::string& host) {
  const CorpusPlan& all = corpus_.plan();
  page_.clear();
  Random shape(all.key(std::uint64_t{plan.language} << 32 | plan.host, kHostLine));
  ArticleWriter& words = writer(plan.language);
  const bool is_bare = !corpus_.furniture() || shape.chance(16384);  // one host in four
  if (is_bare) {
    page_ = text_;
    return;
  }
  for (std::uint32_t i = shape.between(4, 8); i > 0; --i) {
    words.write_phrase(shape.next(), 1, page_);
    page_ += i > 1 ? " | " : "\n";
  }
  page_ += text_;
  page_ += '\n';
  const bool has_box = shape.chance(32768);
  words.write_phrase(shape.next(), 2, title_);  // drawn by all hosts, used where there is a box
  Random box(all.key(number, kBox));
  std::uint32_t titles = 0;
  std::string& entry = donor_;  // free by now
  for (std::uint32_t i = 0; has_box && i < kBoxTries && titles < kBoxTitles; ++i) {
    const std::uint64_t back = 1 + box.below64(std::min(kBoxReach, number + 1));
    if (back > number) continue;
    const DocumentPlan other = all.of(number - back);
    if (other.language != plan.language) continue;
    if (titles++ == 0) page_.append(title_) += ":\n";
    make_title(number - back, other, entry);
    page_.append(entry) += '\n';
  }
  for (std::uint32_t i = shape.between(1, 3); i > 0; --i) {
    words.write_phrase(shape.next(), 4 + i, page_);
    page_ += '\n';
  }
  page_ += host;
}

void SynthWriter::write_truth(std::uint64_t number, const DocumentPlan& plan, SynthBlock& block) {
  const std::string id = id_of(number);
  block.clusters += id + '\t' + id_of(plan.cluster(number)) + '\n';
  if (plan.role != Role::copy) ++block.originals;
  if (plan.story) block.stories += id + '\t' + std::to_string(*plan.story) + '\n';
  if (plan.source == number) return;
  auto label = static_cast<std::size_t>(plan.kind);
  if (plan.role == Role::form_page) label = kTemplateLabel;
  if (plan.role == Role::translation) label = kTranslationLabel;
  ++block.labels[label];
  block.pairs += id_of(plan.source) + '\t' + id + '\t';
  block.pairs += pair_label(label);
  block.pairs += '\t';
  append_json_number(block.pairs, meter_.measure(source_text_, text_));
  block.pairs += '\n';
}

/// A document of a corpus built on the user's own articles: what is known of the article stays.
void SynthWriter::write_user_document(std::uint64_t number, const DocumentPlan& plan,
                                      SynthBlock& block) {
  const Document& article = corpus_.texts()[plan.source];
  if (article.date) append_iso_date(*article.date, date_);
  const std::string id = id_of(number);
  append_page({id, article.url, article.title, text_, date_, article.lang, article.source},
              block.documents);
}

void SynthWriter::write_document(std::uint64_t number, SynthBlock& block) {
  const CorpusPlan& all = corpus_.plan();
  DocumentPlan plan = all.of(number);
  if (all.texts() > 0) plan.story.reset();
  make_text(number, plan);
  write_truth(number, plan, block);
  date_.clear();
  if (all.texts() > 0) {
    write_user_document(number, plan, block);
    return;
  }
  const std::string_view language = languages()[plan.language].code;
  const std::string host = host_name(
      all.key(std::uint64_t{plan.language} << 32 | plan.host, kHostName), language, plan.host);
  title_.clear();
  put_furniture(number, plan, host);
  make_title(number, plan, title_);
  append_iso_date(plan.date, date_);
  const std::string id = id_of(number);
  url_ = "https://" + host + '/' + date_.substr(0, 4) + '/' + date_.substr(5, 2) + '/' + id;
  append_page({id, url_, title_, page_, date_, language, host}, block.documents);
}

void SynthWriter::write(SynthBlock& block) {
  block.documents.clear(), block.pairs.clear(), block.clusters.clear(), block.stories.clear();
  block.labels = {};
  block.originals = 0;
  for (std::uint64_t number = block.first; number < block.last; ++number)
    write_document(number, block);
}

}  // namespace kithkin

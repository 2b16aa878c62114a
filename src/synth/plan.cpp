// Who is a copy of whom must be told without having seen the documents before. So a copy draws an
// earlier number; where that is a copy too, it goes on to that one's original:
//
//   7: copy, draws 5    5: copy, draws 2    2: article    =>    7 and 5 are copies of 2
//
// A document is thereby copied in proportion to the copies it has (Simon 1955), so clusters have
// the long tail of agency news: the largest of n documents grows with n to the power of the share
// of copies. Stories work alike: their number grows with the corpus, an article draws one.
// Tests: tests/unit/synth/plan_test.cpp.
#include "synth/plan.h"

#include <algorithm>
#include <charconv>

#include "synth/languages.h"

namespace kithkin {
namespace {

// What a draw is for; the values are part of the format, as they decide the bytes.
enum Purpose : std::uint64_t {
  kRole = 10,
  kSource,
  kKind,
  kStory,
  kLanguage,
  kEvent,
  kTopic,
  kDate,
  kHost,
  kStoryLanguage,
  kStoryEvent,
  kStoryDate,
  kFollows
};

constexpr std::uint32_t kTries = 8;                   // to find a source that will do
constexpr std::uint32_t kStoryShare = 32768;          // of 65536 articles
constexpr std::uint64_t kStoryDistance = 6;           // documents to a story
constexpr std::uint32_t kStoryLanguageShare = 52429;  // 4/5 of 65536: in the story's language
constexpr std::uint32_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kBeginning = 16436 * kDay;  // 2015-01-01
constexpr std::uint32_t kDays = 3650;
constexpr std::uint32_t kStoryHours = 96;  // in which the articles on an event appear
constexpr std::uint32_t kCopyHours = 72;

std::uint64_t of_2_to_32(double share) {
  return static_cast<std::uint64_t>(share * 4294967296.0 + 0.5);
}

std::string known_codes() {
  std::string out;
  for (const LanguageModel& model : languages())
    out += (out.empty() ? "" : " ") + std::string(model.code);
  return out;
}

std::optional<std::uint32_t> find_language(std::string_view code) {
  const auto all = languages();
  const auto at = std::find_if(all.begin(), all.end(),
                               [&](const LanguageModel& model) { return model.code == code; });
  if (at == all.end()) return std::nullopt;
  return static_cast<std::uint32_t>(at - all.begin());
}

}  // namespace

Result<LanguageWeights> parse_languages(std::string_view text) {
  const auto wrong = [](std::string what) {
    return Error{ErrorCode::invalid_argument, "--languages: " + std::move(what), "", 0};
  };
  LanguageWeights out;
  while (!text.empty()) {
    const std::string_view entry = text.substr(0, text.find(','));
    text.remove_prefix(std::min(entry.size() + 1, text.size()));
    const std::size_t colon = std::min(entry.find(':'), entry.size());
    const std::string_view code = entry.substr(0, colon);
    const auto language = find_language(code);
    if (!language) {
      return wrong("\"" + std::string(code) +
                   "\" is none of the languages there are: " + known_codes());
    }
    std::uint32_t weight = 1;
    if (colon < entry.size()) {
      const char* end = entry.data() + entry.size();
      const auto [at, error] = std::from_chars(entry.data() + colon + 1, end, weight);
      if (error != std::errc() || at != end || weight < 1 || weight > 1000000)
        return wrong("the weight in \"" + std::string(entry) + "\" is no number from 1 to 1000000");
    }
    for (const auto& known : out) {
      if (known.first == *language) return wrong("\"" + std::string(code) + "\" is given twice");
    }
    out.emplace_back(*language, weight);
  }
  if (out.empty()) return wrong("no language is given");
  return out;
}

CorpusPlan::CorpusPlan(const SynthOptions& options, LanguageWeights languages, std::uint64_t texts)
    : seed_(options.seed),
      languages_(std::move(languages)),
      copies_(of_2_to_32(options.duplicates)),
      form_pages_(copies_ + of_2_to_32(options.templates)),
      translations_(form_pages_ + (languages_.size() > 1 ? of_2_to_32(options.translations) : 0)),
      texts_(texts) {
  for (const auto& language : languages_)
    weights_ += language.second;
}

Role CorpusPlan::drawn_role(std::uint64_t number) const {
  if (texts_ > 0) return number < texts_ ? Role::article : Role::copy;
  if (number % kFormDistance == 0 && form_pages_ > copies_) return Role::form_page;
  const std::uint64_t draw = key(number, kRole) >> 32;
  if (draw < copies_) return Role::copy;
  if (draw < form_pages_) return Role::form_page;
  return draw < translations_ ? Role::translation : Role::article;
}

/// Its own number where none is found: then it is an article. Pages of forms are not copied, since
/// a changed one is another page.
std::uint64_t CorpusPlan::original_of(std::uint64_t copy) const {
  Random random(key(copy, kSource));
  if (texts_ > 0) return random.below64(texts_);
  for (std::uint32_t i = 0; i < kTries && copy > 0; ++i) {
    std::uint64_t source = random.below64(copy);
    if (drawn_role(source) == Role::copy) source = original_of(source);
    if (drawn_role(source) != Role::form_page) return source;
  }
  return copy;
}

/// Its own number where none is found.
std::uint64_t CorpusPlan::translated_by(std::uint64_t translation) const {
  Random random(key(translation, kSource));
  for (std::uint32_t i = 0; i < kTries && translation > 0; ++i) {
    const std::uint64_t source = random.below64(translation);
    if (drawn_role(source) == Role::article) return source;
  }
  return translation;
}

std::optional<std::uint64_t> CorpusPlan::story_of(std::uint64_t article) const {
  Random random(key(article, kStory));
  if (!random.chance(kStoryShare)) return std::nullopt;
  return random.below64(1 + article / kStoryDistance);
}

std::uint32_t CorpusPlan::draw_language(std::uint64_t key) const {
  std::uint32_t draw = Random(key).below(weights_);
  for (const auto& [language, weight] : languages_) {
    if (draw < weight) return language;
    draw -= weight;
  }
  return languages_.back().first;
}

std::uint32_t CorpusPlan::language_of(std::uint64_t article) const {
  const auto story = story_of(article);
  const bool follows = story && Random(key(article, kFollows)).chance(kStoryLanguageShare);
  return draw_language(follows ? key(*story, kStoryLanguage) : key(article, kLanguage));
}

void CorpusPlan::plan_article(std::uint64_t number, DocumentPlan& plan) const {
  plan.role = Role::article;
  plan.source = number;
  plan.story = story_of(number);
  plan.language = language_of(number);
  const std::uint64_t event = plan.story ? key(*plan.story, kStoryEvent) : key(number, kEvent);
  plan.subject = {event, Random(event ^ kTopic).below(Subject::kTopics)};
  Random own(key(number, kDate));
  Random day = plan.story ? Random(key(*plan.story, kStoryDate)) : own;
  plan.date = kBeginning + day.below(kDays) * kDay;
  own.next();
  plan.date += own.below((plan.story ? kStoryHours : 24) * kHour);
}

void CorpusPlan::plan_form_page(std::uint64_t number, DocumentPlan& plan) const {
  plan.role = Role::form_page;
  plan.source = number;
  if (number % kFormDistance != 0)
    plan.source = kFormDistance * Random(key(number, kSource)).below64(number / kFormDistance + 1);
  plan.language = draw_language(key(plan.source, kLanguage));
  plan.subject = {key(number, kEvent), Random(key(plan.source, kTopic)).below(Subject::kTopics)};
  Random date(key(number, kDate));
  plan.date = kBeginning + date.below(kDays) * kDay;
  plan.date += date.below(24 * kHour);
}

bool CorpusPlan::plan_translation(std::uint64_t number, DocumentPlan& plan) const {
  const std::uint64_t source = translated_by(number);
  if (source == number) return false;
  plan_article(source, plan);
  const std::uint32_t from = plan.language;
  Random random(key(number, kLanguage));
  for (std::uint32_t i = 0; i < kTries && plan.language == from; ++i)
    plan.language = draw_language(random.next());
  if (plan.language == from) return false;
  plan.role = Role::translation;
  plan.source = source;
  plan.date += Random(key(number, kDate)).below(kCopyHours * kHour);
  return true;
}

DocumentPlan CorpusPlan::of(std::uint64_t number) const {
  DocumentPlan plan;
  Role role = drawn_role(number);
  if (role == Role::copy) {
    const std::uint64_t original = original_of(number);
    if (original != number) {
      plan = of(original);
      plan.source = original;
      plan.kind = static_cast<CopyKind>(Random(key(number, kKind)).below(kCopyKinds));
      plan.date += Random(key(number, kDate)).below(kCopyHours * kHour);
    } else {
      role = Role::article;
    }
  }
  if (role == Role::form_page) plan_form_page(number, plan);
  if (role == Role::translation && !plan_translation(number, plan)) role = Role::article;
  if (role == Role::article) plan_article(number, plan);
  plan.role = role;
  Random host(key(number, kHost));
  const std::uint32_t first = host.below(DocumentPlan::kHosts);
  plan.host = first * host.below(DocumentPlan::kHosts) / DocumentPlan::kHosts;
  return plan;
}

}  // namespace kithkin

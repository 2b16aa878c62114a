// See related_output.h.
#include "engine/related_output.h"

#include <chrono>
#include <cmath>
#include <cstdio>

#include "base/json_writer.h"
#include "base/try.h"
#include "engine/crawl_output.h"
#include "engine/recipe.h"

namespace kithkin {
namespace {

/// Four digits: more would be noise.
double rounded(float x) { return std::nearbyint(static_cast<double>(x) * 10000) / 10000; }

/// The words that stand for the reasons of a list, by the first place in the text where each is.
void find_words(std::string_view text, const TextTerms& terms,
                std::unordered_map<TermHash, std::string>& words) {
  for (std::size_t i = 0; i < terms.tokens.size(); ++i) {
    for (const TermHash term : terms.of(i)) {
      const auto at = words.find(term);
      if (at == words.end() || !at->second.empty()) continue;
      const TokenSpan& token = terms.tokens[i];
      at->second = text.substr(token.begin, token.end - token.begin);
    }
  }
}

void add_date(JsonWriter& json, std::string_view key, std::int64_t date) {
  const std::string text = format_date(date);
  if (!text.empty()) json.key(key).string(text);
}

void add_text(JsonWriter& json, std::string_view key, std::string_view text) {
  if (!text.empty()) json.key(key).string(text);
}

void add_language(JsonWriter& json, const Language& language) {
  if (language.is_known()) json.key("lang").string(language.name());
}

}  // namespace

std::string format_date(std::int64_t seconds) {
  constexpr std::int64_t kFirst = -62135596800, kEnd = 253402300800;  // the years 1 to 9999
  if (seconds < kFirst || seconds >= kEnd) return "";  // DocumentRecord::kNoDate among them
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char out[64];
  std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return out;
}

Result<void> RelatedOutput::append_entry(const RelatedEntry& entry, std::uint32_t article,
                                         const Scratch& scratch, std::string& out) const {
  const ArticleFacts& facts = relater_.facts(entry.article);
  KITHKIN_TRY_ASSIGN(const std::string id, catalog_.id(facts.document));
  KITHKIN_TRY_ASSIGN(const Relater::Card card, relater_.card(entry.article));
  JsonWriter json(out);
  json.begin_object().key("id").string(id);
  add_text(json, "title", card.title);
  add_text(json, "url", card.url);
  add_date(json, "date", facts.date);
  const bool is_across = !relater_.are_of_one_language(article, entry.article);
  if (is_across) add_language(json, relater_.language_of_article(entry.article));
  json.key("score").number(rounded(entry.score));
  json.key("same_story").boolean(founders_[entry.article] == founders_[article]);
  if (is_across) json.key("by").string("vectors");
  json.key("reasons").begin_array();
  for (const SharedTerm& reason : entry.reasons) {
    const auto word = scratch.words.find(reason.term);
    if (reason.weight <= 0 || word == scratch.words.end() || word->second.empty()) continue;
    json.begin_object().key("term").string(word->second);
    json.key("weight").number(rounded(reason.weight)).end_object();
  }
  json.end_array().end_object();
  return {};
}

Result<void> RelatedOutput::append_line(const CrawlReader::Met& met, std::uint32_t article,
                                        Scratch& scratch, std::string& out) const {
  KITHKIN_TRY_ASSIGN(const std::string id, catalog_.id(met.document));
  const std::uint32_t founder = relater_.facts(founders_[article]).document;
  KITHKIN_TRY_ASSIGN(const std::string story, catalog_.id(founder));
  scratch.words.clear();
  for (const RelatedEntry& entry : scratch.list) {
    for (const SharedTerm& reason : entry.reasons) {
      if (reason.weight > 0) scratch.words.try_emplace(reason.term);
    }
  }
  if (!scratch.words.empty()) {
    const Language& language = relater_.language_of_article(article);
    for (const std::string_view field : {met.text, met.row.title}) {
      scratch.reader.read(field, language, scratch.terms);
      find_words(field, scratch.terms, scratch.words);
    }
  }
  JsonWriter json(out);
  json.begin_object().key("id").string(id);
  add_text(json, "title", met.row.title);
  add_text(json, "url", met.row.url);
  if (met.row.date) add_date(json, "date", *met.row.date);
  const Language& language = relater_.language_of_article(article);
  add_language(json, language);
  json.key("story").string(story).key("related").begin_array();
  for (std::size_t i = 0; i < scratch.list.size(); ++i) {
    if (i > 0) out += ", ";
    KITHKIN_TRY(append_entry(scratch.list[i], article, scratch, out));
  }
  json.end_array().end_object();
  out += '\n';
  return {};
}

Result<void> append_story(std::string& out, std::uint32_t founder,
                          std::span<const StoryMember> members, const Relater& relater,
                          const Catalog& catalog) {
  KITHKIN_TRY_ASSIGN(const std::string id, catalog.id(relater.facts(founder).document));
  KITHKIN_TRY_ASSIGN(const Relater::Card card, relater.card(founder));
  std::int64_t first = DocumentRecord::kNoDate, last = DocumentRecord::kNoDate;
  for (const StoryMember& member : members) {
    if (member.date == DocumentRecord::kNoDate) continue;
    first = std::min(first, member.date);
    last = last == DocumentRecord::kNoDate ? member.date : std::max(last, member.date);
  }
  JsonWriter json(out);
  json.begin_object().key("story").string(id);
  add_text(json, "title", card.title);
  json.key("size").integer(members.size());
  add_date(json, "first", first);
  add_date(json, "last", last);
  json.key("members").begin_array();
  for (const StoryMember& member : members) {
    KITHKIN_TRY_ASSIGN(const std::string member_id, catalog.id(member.document));
    KITHKIN_TRY_ASSIGN(const std::string cluster, catalog.id(member.voice));
    json.begin_object().key("id").string(member_id).key("cluster").string(cluster).end_object();
  }
  json.end_array().end_object();
  out += '\n';
  return {};
}

Result<void> append_event(std::string& out, const StoryEvent& event, const Relater& relater,
                          const Catalog& catalog) {
  const auto id_of = [&](std::uint32_t article) {
    return catalog.id(relater.facts(article).document);
  };
  KITHKIN_TRY_ASSIGN(const std::string story, id_of(event.story));
  KITHKIN_TRY_ASSIGN(const std::string other, id_of(event.other));
  KITHKIN_TRY_ASSIGN(const std::string at, id_of(event.article));
  JsonWriter json(out);
  json.begin_object().key("event");
  json.string(event.kind == StoryEvent::Kind::merge ? "merge" : "split");
  json.key("story").string(story).key("other").string(other).key("at").string(at);
  json.key("moved").integer(event.moved).end_object();
  out += '\n';
  return {};
}

std::string format_summary(const RelatedSummary& summary, const Recipe& recipe,
                           const DeduplicateOptions& options, std::uint64_t peak_memory) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  write_recipe(json, recipe, options);
  json.key("counts").begin_object();
  json.key("read").integer(summary.read).key("rejected").integer(summary.rejected);
  json.key("articles").integer(summary.articles).key("lists").integer(summary.lists);
  json.key("entries").integer(summary.entries).key("stories").integer(summary.stories);
  json.key("merges").integer(summary.merges).key("splits").integer(summary.splits).end_object();
  json.key("languages").begin_object();
  for (const auto& [name, articles] : summary.languages)
    json.key(name).integer(articles);
  json.end_object();
  if (summary.precision) json.key("precision").number(*summary.precision);
  if (summary.vectors) {
    const RelatedVectors& vectors = *summary.vectors;
    json.key("vectors").begin_object().key("field").string(vectors.field);
    json.key("dimensions").integer(vectors.dimensions).key("used").integer(vectors.used);
    json.key("missing").integer(vectors.missing);
    json.key("unusable").integer(vectors.unusable).end_object();
  }
  write_seconds(json, summary.seconds);
  json.key("bytes").integer(summary.bytes);
  json.key("spilled_bytes").integer(summary.spilled_bytes);
  json.key("peak_memory").integer(peak_memory);
  write_input_errors(json, summary.input_errors);
  json.end_object();
  out += '\n';
  return out;
}

}  // namespace kithkin

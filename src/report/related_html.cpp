// related.html: a head, the largest stories, the first lists.
//
// Every article is told which language it is in and which way it reads; what the page itself says
// inside it is marked as English. No text of an article comes here but through html_text.h.
// Tests: tests/unit/report/related_page_test.cpp.
#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/try.h"
#include "report/html_text.h"
#include "report/related_page.h"
#include "report/related_style.h"

namespace kithkin {
namespace {

using Anchors = std::unordered_map<std::string_view, std::size_t>;  // id to place on the page

constexpr std::string_view kHead =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n"
    "<title>Related articles</title>\n<style>";

std::string count(std::uint64_t number, const std::string& one, const std::string& many) {
  return group_digits(number) + " " + (number == 1 ? one : many);
}

/// Words of the page's own among an article's.
std::string english(const std::string& text) { return "<bdi lang=\"en\">" + text + "</bdi>"; }

/// The parts that are there, dots between them.
std::string join(std::initializer_list<std::string> parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!part.empty()) out += (out.empty() ? "" : " · ") + part;
  }
  return out;
}

std::string soft(const std::string& html) {
  return html.empty() ? "" : "<p class=\"soft\">" + html + "</p>\n";
}

std::string host(const PageArticle& article) {
  const std::string host = html_host(article.url);
  return host.empty() ? "" : "<bdi dir=\"ltr\">" + host + "</bdi>";
}

/// Never rounds up, so that "1.00" is all of it.
std::uint64_t hundredths(double score) {
  return static_cast<std::uint64_t>(std::floor(std::clamp(score, 0.0, 1.0) * 100 + 1e-9));
}

std::string score_bar(double score) {
  const std::uint64_t part = hundredths(score);
  std::string digits = std::to_string(part % 100);
  if (digits.size() < 2) digits.insert(0, 1, '0');
  return "<span class=\"score\"><span class=\"bar\" aria-hidden=\"true\"><span "
         "style=\"inline-size:" +
         std::to_string(part) + "%\"></span></span>" + std::to_string(part / 100) + "." + digits +
         "</span>";
}

std::string terms(const std::vector<std::string>& reasons) {
  std::string out;
  for (const std::string& term : reasons)
    out += (out.empty() ? "" : " · ") + html_isolate(term);
  return out;
}

std::string render_entry(const PageEntry& entry) {
  const std::string mark =
      entry.same_story ? " <span class=\"same\" lang=\"en\" dir=\"ltr\">same story</span>" : "";
  return html_entry_begin(entry.article) + score_bar(entry.score) + "<div>" +
         html_title(entry.article) + "\n" +
         soft(join({host(entry.article), html_day(entry.article.date)}) + mark) +
         soft(terms(entry.reasons)) + "</div></li>\n";
}

std::string not_shown(std::uint64_t number) {
  return soft(english("and " + group_digits(number) + " more, not shown"));
}

std::string render_list(const PageList& list, std::size_t place, const Anchors& stories) {
  const Writing writing = writing_of(list.article.lang, list.article.title);
  const auto story = stories.find(list.story);
  const std::string link =
      story == stories.end()
          ? ""
          : english("<a href=\"#story-" + std::to_string(story->second) + "\">its story</a>");
  std::string out = "<article id=\"list-" + std::to_string(place) + "\"" + writing.attributes() +
                    ">\n<h3>" + html_title(list.article) + "</h3>\n" +
                    soft(join({host(list.article), html_day(list.article.date), link})) + "<ol>\n";
  for (const PageEntry& entry : list.entries)
    out += render_entry(entry);
  out += "</ol>\n";
  if (list.total > list.entries.size()) out += not_shown(list.total - list.entries.size());
  return out + "</article>\n";
}

std::string render_member(const PageArticle& member, const Anchors& lists) {
  const auto list = lists.find(member.id);
  const std::string link =
      list == lists.end()
          ? ""
          : english("<a href=\"#list-" + std::to_string(list->second) + "\">its list</a>");
  return "<li>" + html_title(member) + "\n" +
         soft(join({host(member), html_day(member.date), link})) + "</li>\n";
}

std::string span_of(const PageStory& story) {
  const std::string first = html_day(story.first), last = html_day(story.last);
  return first == last || last.empty() ? first : first.empty() ? last : first + " – " + last;
}

std::string render_story(const PageStory& story, std::size_t place, const Anchors& lists) {
  const PageArticle head{story.id, story.title, {}, {}, {}};
  std::string lang;  // of the member that the title is of, else of the first
  for (const PageArticle& member : story.members) {
    if (lang.empty() || member.id == story.id) lang = member.lang;
  }
  const Writing writing = writing_of(lang, story.title);
  std::string out =
      "<article id=\"story-" + std::to_string(place) + "\"" + writing.attributes() + ">\n<h3>" +
      html_title(head) + "</h3>\n" +
      soft(join({english(count(story.size, "article", "articles")), span_of(story)})) + "<ul>\n";
  for (const PageArticle& member : story.members)
    out += render_member(member, lists);
  out += "</ul>\n";
  if (story.size > story.members.size()) out += not_shown(story.size - story.members.size());
  return out + "</article>\n";
}

std::string render_head(const RelatedContent& content) {
  const std::uint64_t alone = content.articles - content.lists;
  std::string out(kHead);
  out += kRelatedStyle;
  out += "</style>\n</head>\n<body>\n<header>\n<h1>Related articles</h1>\n";
  out += soft(join({count(content.articles, "article", "articles"),
                    count(content.lists, "list of related articles", "lists of related articles"),
                    count(content.stories, "story", "stories")}));
  if (alone > 0) {
    out += soft(count(alone, "article has", "articles have") + " no related ones.");
  }
  return out +
         "<nav aria-label=\"On this page\"><a href=\"#stories\">Stories</a>"
         "<a href=\"#lists\">Lists</a></nav>\n</header>\n<main>\n";
}

/// A heading, and how much of what there is stands under it.
std::string section(const std::string& id, const std::string& heading, const std::string& which,
                    std::uint64_t shown, std::uint64_t all, const std::string& file) {
  std::string told;
  if (all == 0) {
    told = "There are none.";
  } else if (shown < all) {
    told = "Shown: " + (shown == 0 ? "none" : "the " + which + " " + group_digits(shown)) + " of " +
           group_digits(all) + ". Not shown: " + group_digits(all - shown) + ". All are in " +
           file + ".";
  }
  return "<section aria-labelledby=\"" + id + "\">\n<h2 id=\"" + id + "\">" + heading + "</h2>\n" +
         soft(told);
}

}  // namespace

std::string html_title(const PageArticle& article) {
  const std::string text = html_isolate(article.title.empty() ? article.id : article.title);
  const auto link = html_link(article.url);
  return link ? "<a href=\"" + *link + "\">" + text + "</a>" : text;
}

std::string html_entry_begin(const PageArticle& entry) {
  if (entry.lang.empty()) return "<li>";
  return "<li lang=\"" + writing_of(entry.lang, entry.title).lang + "\">";
}

Result<void> write_related_html(const RelatedContent& content, const RelatedPageOptions& options,
                                PageSink& out) {
  const std::size_t lists = std::min<std::uint64_t>(content.shown_lists.size(), options.lists);
  const std::size_t stories = content.shown_stories.size();
  Anchors list_places, story_places;
  for (std::size_t i = 0; i < lists; ++i)
    list_places.emplace(content.shown_lists[i].article.id, i + 1);
  for (std::size_t i = 0; i < stories; ++i)
    story_places.emplace(content.shown_stories[i].id, i + 1);
  KITHKIN_TRY(out.write(render_head(content)));
  KITHKIN_TRY(out.write(
      section("stories", "Stories", "largest", stories, content.stories, "stories.jsonl")));
  for (std::size_t i = 0; i < stories; ++i) {
    KITHKIN_TRY(out.write(render_story(content.shown_stories[i], i + 1, list_places)));
  }
  KITHKIN_TRY(out.write("</section>\n" +
                        section("lists", "Lists", "first", lists, content.lists, "related.jsonl")));
  for (std::size_t i = 0; i < lists; ++i) {
    KITHKIN_TRY(out.write(render_list(content.shown_lists[i], i + 1, story_places)));
  }
  return out.write("</section>\n</main>\n</body>\n</html>\n");
}

}  // namespace kithkin

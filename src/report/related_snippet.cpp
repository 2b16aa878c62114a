// related_snippet.html: a page on which the template lies unseen and an example of it is seen. The
// template's names are those of related.jsonl, so that a line of it can be handed to any Mustache
// as it is. Tests: tests/unit/report/related_page_test.cpp.
#include "report/html_text.h"
#include "report/related_page.h"

namespace kithkin {
namespace {

constexpr std::string_view kSnippetHead = R"(<!DOCTYPE html>
<!--
  Related articles under an article: a template, and below it an example of it.

  To use it, copy two parts of this file, which are marked:
    1. the style, once on a page that shows related articles;
    2. the template (what stands inside its element, not the element), to where the list shall
       stand,
  and fill the template for each article. It is Mustache, and its names are those of a line of
  related.jsonl, which can be handed to it as it is with "heading", "dir" and "day" added:

    {{heading}}      what the list is called, in the language of your page: "Related articles"
    {{dir}}          rtl for Arabic, Hebrew, Persian, Urdu and others from the right; else ltr
    {{lang}}         the language of the entries (BCP 47: en, ar, zh-Hant); may be empty
    {{#related}} ... {{/related}}   what stands between is repeated for each entry:
      {{title}}      of the entry
      {{url}}        of the entry
      {{date}}       its date in ISO 8601, for machines; may be empty
      {{day}}        its date as your readers write dates; may be empty

  Leave the list out where "related" is empty: {{^related}} tells.

  Three things to mind:
    - Put text in escaped ({{title}}, not {{{title}}}), and only http and https addresses for
      {{url}}: escaping does not make a javascript: address harmless. The titles and addresses
      come from a crawl, and whoever wrote the pages chose them.
    - Mustache takes what an entry lacks from around it: an entry without "url" would be given the
      article's own. Leave out entries without "url" or "title", and give those without "date" an
      empty one.
    - Sides are logical (padding-inline-start): with "dir" set, a list from the right is mirrored.
-->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Related articles: template and example</title>

<!-- 1. The style: begin -->
<style>
.kithkin-related { border-block-start: 1px solid rgb(128 128 128 / .5); margin-block: 2rem;
  padding-block-start: .75rem; }
.kithkin-related h2 { font-size: 1.1em; margin-block: 0 .5rem; }
.kithkin-related ul { list-style: none; margin: 0; padding: 0; }
.kithkin-related li { margin-block-start: .6rem; padding-inline-start: .75rem;
  border-inline-start: 3px solid rgb(128 128 128 / .5); overflow-wrap: anywhere; }
.kithkin-related time { display: block; font-size: .85em; opacity: .75; }
.kithkin-related time:empty { display: none; }
</style>
<!-- 1. The style: end -->

<!-- Of this page only, so that the example can be looked at. -->
<style>
:root { color-scheme: light dark; }
body { max-width: 40rem; margin: 1rem auto; padding-inline: 1rem;
  font: 1rem/1.5 system-ui, sans-serif; }
</style>
</head>
<body>

<!-- 2. The template: begin -->
<template>
<nav class="kithkin-related" aria-label="{{heading}}" dir="{{dir}}">
  <h2>{{heading}}</h2>
  <ul lang="{{lang}}">
    {{#related}}
    <li><a href="{{url}}"><bdi>{{title}}</bdi></a> <time datetime="{{date}}">{{day}}</time></li>
    {{/related}}
  </ul>
</nav>
</template>
<!-- 2. The template: end -->

)";

std::string render_item(const PageArticle& article) {
  const std::string day = html_day(article.date);
  return "    " + html_entry_begin(article) + html_title(article) + (day.empty() ? "" : " " + day) +
         "</li>\n";
}

std::string render_example(const PageList& list) {
  const PageArticle& article = list.article;
  const Writing writing = writing_of(article.lang, article.title);
  std::string out = "<p>An example, under the article ";
  out += html_isolate(article.title.empty() ? article.id : article.title);
  out += ":</p>\n<!-- The example: begin -->\n<nav class=\"kithkin-related\" ";
  out += "aria-label=\"Related articles\" dir=\"" + std::string(writing.dir()) + "\">\n";
  out += "  <h2><bdi>Related articles</bdi></h2>\n  <ul lang=\"" + writing.lang + "\">\n";
  for (const PageEntry& entry : list.entries)
    out += render_item(entry.article);
  return out + "  </ul>\n</nav>\n<!-- The example: end -->\n";
}

}  // namespace

std::string related_snippet(const RelatedContent& content) {
  std::string out(kSnippetHead);
  out += content.shown_lists.empty()
             ? "<p>No article has related ones, so there is no example. The template is in the "
               "source of this page.</p>\n"
             : render_example(content.shown_lists.front());
  return out + "</body>\n</html>\n";
}

}  // namespace kithkin

// Gumbo takes time with the depth of a tag for each tag, and a page of 200,000 tags may nest them
// 200,000 deep. It also repeats formatting elements that a paragraph left open in each paragraph
// after it, as HTML wants, so that a small page can make it build millions of nodes.
//
//   <div><div><div>...          depth without end
//   <b a=1><b a=2>...<p>x<p>x   each p holds all the b again
//
// And it reads scripts and styles, which are most of many pages, a character at a time for nothing.
//
// What the parser's stack will hold is counted from above: a tag is taken to be closed only by its
// own end tag when nothing but a list item is open inside it. Pages that pass that count, as
// nearly all do, go to the parser with their scripts emptied, which halves its time. The others are
// written anew, with the tags that HTML closes in ways of its own left out and the end tags put
// where they belong. Tests: tests/unit/clean/html_tags_test.cpp.
#include <algorithm>
#include <array>
#include <vector>

#include "clean/html_tags.h"

namespace kithkin {
namespace {

constexpr std::uint32_t kMostAttributes = 256;  // the parser compares each with each
constexpr std::int64_t kMostRepeats = 2'000'000;

template <std::size_t N>
bool is_one_of(const HtmlTag& tag, const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(), [&](auto name) { return tag.is(name); });
}

constexpr std::array<std::string_view, 18> kVoid = {
    "area", "base",  "basefont", "bgsound", "br",   "col",   "embed",  "frame", "hr",
    "img",  "input", "keygen",   "link",    "meta", "param", "source", "track", "wbr"};

// Closed by the next of their kind, or there once only: they nest no deeper than what is counted.
constexpr std::array<std::string_view, 14> kUncounted = {
    "p",      "tr",      "td",       "th",   "tbody", "thead", "tfoot",
    "option", "caption", "colgroup", "html", "head",  "body",  "image"};

constexpr std::array<std::string_view, 13> kFormatting = {
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"};

constexpr std::array<std::string_view, 8> kRaw = {"script", "style",  "title",   "textarea",
                                                  "xmp",    "iframe", "noembed", "noframes"};

// HTML inside svg and math begins in these,
constexpr std::array<std::string_view, 9> kIntegration = {
    "title", "desc", "foreignobject", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"};

// and these end the svg or math around them.
constexpr std::array<std::string_view, 44> kBreakout = {
    "b",      "big",    "blockquote", "body",  "br",    "center", "code", "dd",      "div",
    "dl",     "dt",     "em",         "embed", "font",  "h1",     "h2",   "h3",      "h4",
    "h5",     "h6",     "head",       "hr",    "i",     "img",    "li",   "listing", "menu",
    "meta",   "nobr",   "ol",         "p",     "pre",   "ruby",   "s",    "small",   "span",
    "strong", "strike", "sub",        "sup",   "table", "tt",     "u",    "ul"};

bool is_foreign_tag(const HtmlTag& tag) { return tag.is("svg") || tag.is("math"); }

bool is_item(const HtmlTag& tag) { return tag.is("li") || tag.is("dd") || tag.is("dt"); }

/// Whether an item closes the one that is open.
bool closes_item(const HtmlTag& tag, std::string_view open) {
  const HtmlTag last{.name = open};
  return is_item(last) && last.is("li") == tag.is("li");
}

Error too_large(const char* what) { return {ErrorCode::limit, what}; }

/// Counts what may be open, at least as much as the parser has open.
class DepthCount {
 public:
  /// Whether the page is safe to parse.
  Result<bool> is_safe(std::string_view html) {
    HtmlTagScanner scanner(html);
    HtmlTag tag;
    for (std::size_t tags = 0; scanner.next(tag);) {
      tags += 1 + tag.attributes;
      if (tags > kMostHtmlTags) return too_large("a page of HTML of more than 1,000,000 tags");
      if (is_safe_ && tag.kind == HtmlTag::Kind::start) open(tag, scanner);
      if (is_safe_ && tag.kind == HtmlTag::Kind::end) close(tag);
      // In a CDATA section the parser sees no tags, so that an end tag seen here is none.
      if (foreign_ > 0 && html.substr(tag.begin, 3) == "<![") is_safe_ = false;
      repeats_ += formatting_;
      if (open_.size() > kMostHtmlDepth || repeats_ > kMostRepeats) is_safe_ = false;
    }
    return is_safe_;
  }

  /// What is inside the scripts and styles of a safe page, in order.
  [[nodiscard]] const std::vector<std::string_view>& scripts() const { return scripts_; }

 private:
  void open(const HtmlTag& tag, HtmlTagScanner& scanner) {
    if (tag.attributes > kMostAttributes) is_safe_ = false;
    const bool is_inside = foreign_ > 0;
    if (is_inside && integration_ == 0 && is_one_of(tag, kBreakout)) is_broken_ = true;
    if (is_inside && integration_ == 0 && !is_broken_ && tag.self_closing) return;
    if (!is_inside && (is_one_of(tag, kVoid) || is_one_of(tag, kUncounted))) return;
    if (!is_inside && no_raw_ == 0 && is_one_of(tag, kRaw)) return skip_raw(tag, scanner);
    if (is_item(tag) && !open_.empty() && closes_item(tag, open_.back())) return;
    count(tag, 1);
    open_.push_back(tag.name);
  }

  /// A script that begins a comment may end after its end tag, so that one is left to the parser.
  void skip_raw(const HtmlTag& tag, HtmlTagScanner& scanner) {
    const std::string_view raw = scanner.skip_raw_text(tag.name);
    if (raw.empty() || !(tag.is("script") || tag.is("style"))) return;
    if (raw.find("<!--") == std::string_view::npos) scripts_.push_back(raw);
  }

  void close(const HtmlTag& tag) {
    const std::size_t size = open_.size();
    if (size > 1 && is_item({.name = open_.back()}) && tag.is(open_[size - 2])) open_.pop_back();
    if (!open_.empty() && tag.is(open_.back())) {
      count(tag, -1);
      open_.pop_back();
    } else if (foreign_ > 0) {
      is_broken_ = true;
    }
  }

  void count(const HtmlTag& tag, int one) {
    if (is_one_of(tag, kFormatting) || tag.is("a")) formatting_ += one;
    if (tag.is("select") || tag.is("frameset")) no_raw_ += one;
    if (foreign_ > 0 && is_one_of(tag, kIntegration)) integration_ += one;
    if (is_foreign_tag(tag)) foreign_ += one;
  }

  std::vector<std::string_view> open_, scripts_;
  std::int64_t repeats_ = 0;
  int formatting_ = 0, no_raw_ = 0, foreign_ = 0, integration_ = 0;
  bool is_broken_ = false, is_safe_ = true;
};

/// Writes a page with balanced tags.
class Balancer {
 public:
  Balancer(std::string_view html, std::string& out) : html_(html), out_(out) {}

  void run() {
    HtmlTagScanner scanner(html_);
    HtmlTag tag;
    while (scanner.next(tag)) {
      copy_text(tag.begin);
      at_ = tag.end;
      if (tag.kind == HtmlTag::Kind::start && is_one_of(tag, kRaw)) {
        skip_raw(tag, scanner);
      } else if (tag.kind == HtmlTag::Kind::start) {
        open(tag);
      } else if (tag.kind == HtmlTag::Kind::end) {
        close(tag);
      }
    }
    copy_text(html_.size());
  }

 private:
  /// A "<" in the text must not become a tag with what comes after a tag that is left out.
  void copy_text(std::size_t end) {
    out_ += html_.substr(at_, end - at_);
    if (!out_.empty() && out_.back() == '<') out_ += ' ';
  }

  // Nothing of these is told to the parser: each has rules of its own on what may be in it or
  // what comes after it.
  static bool is_left_out(const HtmlTag& tag) {
    constexpr std::array<std::string_view, 9> kSpecial = {
        "svg", "math", "select", "option", "optgroup", "template", "frameset", "plaintext", "form"};
    return is_one_of(tag, kFormatting) || is_one_of(tag, kSpecial);
  }

  /// The title is kept; its end tag closes nothing else. The rest is no text.
  void skip_raw(const HtmlTag& tag, HtmlTagScanner& scanner) {
    scanner.skip_raw_text(tag.name);
    HtmlTag end;
    if (!scanner.next(end)) end.begin = end.end = html_.size();
    if (tag.is("title")) out_ += html_.substr(tag.begin, end.end - tag.begin);
    at_ = end.end;
  }

  void open(const HtmlTag& tag) {
    if (is_left_out(tag) || (tag.self_closing && !is_one_of(tag, kVoid))) return;
    if (is_one_of(tag, kVoid) || is_one_of(tag, kUncounted)) return write(tag);
    if (is_item(tag) && !open_.empty() && closes_item(tag, open_.back())) close_last();
    if (open_.size() == kMostHtmlDepth) return;
    open_.push_back(tag.name);
    write(tag);
  }

  void close(const HtmlTag& tag) {
    if (is_left_out(tag) || is_one_of(tag, kVoid)) return;
    if (is_one_of(tag, kUncounted)) return write(tag);
    std::size_t i = open_.size();
    while (i > 0 && !tag.is(open_[i - 1]))
      --i;
    if (i == 0) return;
    while (open_.size() >= i)
      close_last();
  }

  void close_last() {
    out_ += "</";
    out_ += open_.back();
    out_ += '>';
    open_.pop_back();
  }

  void write(const HtmlTag& tag) {
    if (tag.attributes <= kMostAttributes) {
      out_ += html_.substr(tag.begin, tag.end - tag.begin);
      return;
    }
    out_ += '<';
    out_ += tag.name;
    out_ += '>';
  }

  std::string_view html_;
  std::string& out_;
  std::size_t at_ = 0;
  std::vector<std::string_view> open_;
};

std::string_view without(std::string_view html, const std::vector<std::string_view>& parts,
                         std::string& storage) {
  if (parts.empty()) return html;
  storage.clear();
  const char* from = html.data();
  for (const std::string_view part : parts) {
    storage.append(from, part.data());
    from = part.data() + part.size();
  }
  storage.append(from, html.data() + html.size());
  return storage;
}

}  // namespace

Result<std::string_view> tame_html(std::string_view html, std::string& storage) {
  if (html.size() > kMostHtmlBytes) return too_large("a page of HTML of more than 64 MiB");
  DepthCount count;
  const auto safe = count.is_safe(html);
  if (!safe) return safe.error();
  if (*safe) return without(html, count.scripts(), storage);
  storage.clear();
  Balancer(html, storage).run();
  return std::string_view(storage);
}

}  // namespace kithkin

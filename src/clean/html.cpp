// From Gumbo's tree to a page of blocks, without recursion.
//
//   <nav>...</nav><div><h2>Flood</h2><p>It <b>rained</b>.</div>   ->   box [ heading paragraph ]
//
// What goes by structure goes here: what HTML or ARIA declare to be no content of the page, or to
// be hidden. What is left is for html_prose. Tests: tests/unit/clean/html_test.cpp.
#include "clean/html.h"

#include <array>
#include <cstdint>
#include <gumbo.h>
#include <string>
#include <vector>

#include "base/hash.h"
#include "clean/html_blocks.h"
#include "clean/html_page.h"
#include "clean/html_tags.h"
#include "text/width.h"

namespace kithkin {
namespace {

/// What a walk does at an element.
struct Treatment {
  enum class Action : std::uint8_t { open, join, drop, line_break };
  Action action = Action::join;  ///< an inline element's text is part of what stands around it
  ElementKind kind = ElementKind::box;
};

constexpr Treatment kDrop = {Treatment::Action::drop};

constexpr Treatment open_as(ElementKind kind) { return {Treatment::Action::open, kind}; }

Treatment treatment_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_METER:
    case GUMBO_TAG_PROGRESS:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_FRAMESET:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_MAP:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_RTC:
    case GUMBO_TAG_RP: return kDrop;
    case GUMBO_TAG_BR: return {Treatment::Action::line_break};
    case GUMBO_TAG_P: return open_as(ElementKind::paragraph);
    case GUMBO_TAG_H1: return open_as(ElementKind::title);
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: return open_as(ElementKind::heading);
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DIR: return open_as(ElementKind::list);
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD: return open_as(ElementKind::item);
    case GUMBO_TAG_BLOCKQUOTE: return open_as(ElementKind::quote);
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_PLAINTEXT: return open_as(ElementKind::pre);
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT: return open_as(ElementKind::table);
    case GUMBO_TAG_TR: return open_as(ElementKind::row);
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: return open_as(ElementKind::cell);
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_MARQUEE:
    case GUMBO_TAG_MULTICOL: return open_as(ElementKind::box);
    default: return {};
  }
}

/// Elements with a hyphen in their name are the page's own; they stand around boxes as a rule.
bool is_custom(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return false;
  GumboStringPiece name = element.original_tag;
  gumbo_tag_from_original_text(&name);
  return std::string_view(name.data, name.length).find('-') != std::string_view::npos;
}

/// Of what a header may be. Outside of these it is that of the page.
bool is_section(GumboTag tag) {
  return tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_MAIN;
}

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found != nullptr ? std::string_view(found->value) : std::string_view();
}

bool has(const GumboElement& element, const char* name) {
  return gumbo_get_attribute(&element.attributes, name) != nullptr;
}

bool is_html_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equals(std::string_view value, std::string_view lower) {
  if (value.size() != lower.size()) return false;
  for (std::size_t i = 0; i < value.size(); ++i)
    if (to_lower(value[i]) != lower[i]) return false;
  return true;
}

/// Whether one of the words of an attribute is one of `wanted`, which are in small letters.
template <std::size_t N>
bool has_word(std::string_view value, const std::array<std::string_view, N>& wanted) {
  for (std::size_t i = 0; i < value.size();) {
    std::size_t end = i;
    while (end < value.size() && !is_html_space(value[end]))
      ++end;
    for (const std::string_view word : wanted)
      if (equals(value.substr(i, end - i), word)) return true;
    i = end + 1;
  }
  return false;
}

/// Whether an inline style takes the element from the screen.
bool is_undisplayed(std::string_view style) {
  if (style.empty()) return false;
  std::string flat;
  for (const char c : style)
    if (!is_html_space(c)) flat += to_lower(c);
  const auto declares = [&](std::string_view what) {
    const std::size_t at = flat.find(what);
    return at != std::string::npos && (at == 0 || flat[at - 1] == ';');
  };
  return declares("display:none") || declares("visibility:hidden");
}

/// ARIA's landmarks that are not the content, and widgets.
constexpr std::array<std::string_view, 18> kAsideRoles = {
    "navigation", "banner",  "contentinfo", "complementary", "search",  "menu",
    "menubar",    "toolbar", "dialog",      "alertdialog",   "tooltip", "tablist",
    "tree",       "button",  "listbox",     "status",        "log",     "directory"};

/// The body itself is never dropped: some pages hide it until a script runs.
bool is_dropped(const GumboElement& element) {
  if (element.attributes.length == 0 || element.tag == GUMBO_TAG_BODY) return false;
  if (has(element, "hidden") || equals(attribute(element, "aria-hidden"), "true")) return true;
  return has_word(attribute(element, "role"), kAsideRoles) ||
         is_undisplayed(attribute(element, "style"));
}

ElementRole role_of(const GumboElement& element) {
  constexpr std::array<std::string_view, 1> kBody = {"articlebody"}, kMain = {"main"},
                                            kArticle = {"article"};
  if (has_word(attribute(element, "itemprop"), kBody)) return ElementRole::article_body;
  const std::string_view role = attribute(element, "role");
  if (element.tag == GUMBO_TAG_ARTICLE || has_word(role, kArticle)) return ElementRole::article;
  if (element.tag == GUMBO_TAG_MAIN || has_word(role, kMain)) return ElementRole::main;
  return ElementRole::none;
}

/// Elements that a template repeats look alike; what the class says is nobody's business here.
std::uint32_t look_of(const GumboElement& element) {
  const std::string_view names = attribute(element, "class");
  return static_cast<std::uint32_t>(hash_bytes(names.data(), names.size()) + element.tag);
}

/// What a page says its title is, as it was written.
struct Titles {
  std::string declared;  ///< for who shares the page
  std::string title;     ///< of the window
};

std::string text_inside(const GumboElement& element) {
  std::string out;
  for (unsigned i = 0; i < element.children.length; ++i) {
    const auto& node = *static_cast<const GumboNode*>(element.children.data[i]);
    if (node.type == GUMBO_NODE_TEXT) out += node.v.text.text;
  }
  return out;
}

/// Takes a document apart. Elements are left as they were entered: by what the frame says.
class Walk {
 public:
  [[nodiscard]] const Titles& titles() const { return titles_; }

  Page page_of(const GumboNode& root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next < frame.children->length) {
        enter(*static_cast<const GumboNode*>(frame.children->data[frame.next++]));
      } else {
        leave(frame);
        frames_.pop_back();
      }
    }
    return builder_.finish();
  }

 private:
  struct Frame {
    const GumboVector* children = nullptr;
    unsigned next = 0;
    bool is_element = false, is_link = false, is_section = false;
  };

  void enter(const GumboNode& node) {
    switch (node.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_CDATA:
      case GUMBO_NODE_WHITESPACE: return builder_.add_text(node.v.text.text);
      case GUMBO_NODE_ELEMENT: return enter_element(node.v.element);
      default: return;
    }
  }

  void enter_element(const GumboElement& element) {
    if (element.tag == GUMBO_TAG_META) return note_meta(element);
    if (element.tag == GUMBO_TAG_TITLE) return note(titles_.title, text_inside(element));
    Treatment treatment = treatment_of(element.tag);
    if (treatment.action == Treatment::Action::line_break) return builder_.add_line_break();
    if (treatment.action == Treatment::Action::drop || is_dropped(element)) return;
    if (is_custom(element)) treatment = open_as(ElementKind::box);
    if (element.tag == GUMBO_TAG_HEADER && sections_ == 0) return;
    Frame frame;
    frame.children = &element.children;
    frame.is_element = treatment.action == Treatment::Action::open;
    frame.is_section = is_section(element.tag);
    if (frame.is_section) ++sections_;
    frame.is_link = element.tag == GUMBO_TAG_A && has(element, "href");
    if (frame.is_element) builder_.open(treatment.kind, role_of(element), look_of(element));
    if (frame.is_link) builder_.open_link();
    frames_.push_back(frame);
  }

  void leave(const Frame& frame) {
    if (frame.is_element) builder_.close();
    if (frame.is_link) builder_.close_link();
    if (frame.is_section) --sections_;
  }

  static void note(std::string& where, std::string_view title) {
    if (where.empty()) where = clean_for_display(title);
  }

  void note_meta(const GumboElement& meta) {
    const bool is_title = equals(attribute(meta, "property"), "og:title") ||
                          equals(attribute(meta, "name"), "og:title");
    if (is_title) note(titles_.declared, attribute(meta, "content"));
  }

  PageBuilder builder_;
  Titles titles_;
  std::vector<Frame> frames_;
  int sections_ = 0;  // open
};

/// Owns what the parser made.
class ParsedHtml {
 public:
  explicit ParsedHtml(std::string_view html) {
    options_.max_errors = 0;
    output_ = gumbo_parse_with_options(&options_, html.empty() ? "" : html.data(), html.size());
  }
  ~ParsedHtml() { gumbo_destroy_output(&options_, output_); }
  ParsedHtml(const ParsedHtml&) = delete;
  ParsedHtml& operator=(const ParsedHtml&) = delete;

  [[nodiscard]] const GumboNode& root() const { return *output_->root; }

 private:
  GumboOptions options_ = kGumboDefaultOptions;
  GumboOutput* output_ = nullptr;
};

/// The heading of the page if it has one only.
std::string_view only_title(const Page& page) {
  std::string_view found;
  for (const PageBlock& block : page.blocks) {
    if (page.elements[block.element].kind != ElementKind::title) continue;
    if (!found.empty()) return {};
    found = block.text;
  }
  return found;
}

std::string title_of(const Titles& titles, const Page& page) {
  if (!titles.declared.empty()) return titles.declared;
  const std::string_view heading = only_title(page);
  return heading.empty() ? titles.title : clean_for_display(heading);
}

bool is_known_tag(std::string_view name) {
  return gumbo_tagn_enum(name.data(), static_cast<unsigned>(name.size())) != GUMBO_TAG_UNKNOWN;
}

}  // namespace

Result<HtmlArticle> article_of_html(std::string_view html) {
  std::string storage;
  const auto tame = tame_html(html, storage);
  if (!tame) return tame.error();
  Walk walk;
  const Page page = walk.page_of(ParsedHtml(*tame).root());
  HtmlArticle article;
  article.title = title_of(walk.titles(), page);
  article.text = text_of_blocks(page, find_article_blocks(page));
  return article;
}

bool looks_like_html(std::string_view text) {
  constexpr std::size_t kLookedAt = std::size_t{64} << 10;
  constexpr int kFewTags = 3;
  text = text.substr(0, kLookedAt);
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  while (!text.empty() && is_html_space(text.front()))
    text.remove_prefix(1);
  for (const std::string_view first : {"<!doctype html", "<html", "<head", "<body"})
    if (equals(text.substr(0, first.size()), first)) return true;
  HtmlTagScanner scanner(text);
  HtmlTag tag;
  int known = 0, closing = 0;
  while (scanner.next(tag) && (known < kFewTags || closing == 0)) {
    if (tag.kind == HtmlTag::Kind::other || !is_known_tag(tag.name)) continue;
    ++known;
    if (tag.kind == HtmlTag::Kind::end) ++closing;
  }
  return known >= kFewTags && closing > 0;
}

}  // namespace kithkin

// A page as a tree of elements over a list of blocks: what is left of HTML when only text and its
// places matter. Blocks are numbered as the page is read, so an element holds a range of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {

/// What an element says of the text in it.
enum class ElementKind : std::uint8_t {
  box,        ///< says nothing: div, section, body, and whatever HTML does not know
  paragraph,  ///< p
  heading,    ///< h1 to h6
  title,      ///< h1
  list,       ///< ul, ol, dl
  item,       ///< li, dt, dd
  quote,      ///< blockquote
  pre,        ///< keeps its lines
  table,      ///< table and its groups
  row,        ///< tr
  cell,       ///< td, th; those of a row stand in one line where they are no more than text
};

inline bool is_heading(ElementKind kind) {
  return kind == ElementKind::heading || kind == ElementKind::title;
}

/// What an element says it is for.
enum class ElementRole : std::uint8_t { none, article_body, article, main };

struct PageElement {
  std::uint32_t parent = 0;
  std::uint32_t end = 0;  ///< the elements inside have the numbers up to here
  std::uint32_t first_block = 0, end_block = 0;
  ElementKind kind = ElementKind::box;
  ElementRole role = ElementRole::none;
  std::uint32_t look = 0;  ///< the same for elements of one tag and class
};

/// Lines of text that nothing but inline elements and line breaks divide. Weights count letters
/// and digits, wide ones (ideographs, kana, hangul) for three.
struct PageBlock {
  std::uint32_t element = 0;
  std::uint32_t weight = 0;
  std::uint32_t linked = 0;     ///< of this, inside links
  std::uint32_t sentences = 0;  ///< how many sentences end
  bool ends = false;            ///< the last character but quotes and brackets ends a sentence
  std::string text;             ///< never empty
};

struct Page {
  std::vector<PageElement> elements;  ///< the first is the root and holds all; never empty
  std::vector<PageBlock> blocks;
};

/// Makes a page of what a walk through a document meets. open() and close() come in pairs.
class PageBuilder {
 public:
  PageBuilder();

  void open(ElementKind kind, ElementRole role, std::uint32_t look);
  void close();
  void open_link() { ++links_; }
  void close_link() { --links_; }

  /// White space is collapsed, except inside `pre` elements.
  void add_text(std::string_view utf8);
  void add_line_break();

  /// Ends what is open. The builder is used up.
  Page finish();

 private:
  void add_character(char32_t c, std::string_view bytes);
  void add_visible(char32_t c, std::string_view bytes);
  void end_sentence();
  void end_block();

  Page page_;
  PageBlock block_;         // the one that is being filled
  std::uint32_t open_ = 0;  // the innermost element
  std::uint32_t links_ = 0, pres_ = 0;
  std::string space_;  // white space that will stand if text follows
  enum class End : std::uint8_t { none, narrow, wide };
  End end_ = End::none;  // a sentence ended, and nothing but closing quotes came since
};

}  // namespace kithkin

// What a cleaner takes off a page.
#pragma once

#include <cstdint>

#include <kithkin/clean.h>

#include "clean/span.h"

namespace kithkin {

/// Bytes that are not the article's, and what shows it.
struct Removal {
  ByteSpan span;
  RemovalKind kind = RemovalKind::code;
  /// For host_repeat and byline the articles of the host that it stands on, for related_box the
  /// links in it, for embedded_article the document, for page_repeat where it stood first.
  std::uint64_t detail = 0;
};

}  // namespace kithkin

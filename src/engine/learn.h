// The learning walk: a crawl is read once for the furniture of its pages.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <kithkin/crawl.h>

#include "clean/furniture.h"
#include "corpus/input_list.h"
#include "corpus/row_parser.h"
#include "engine/job.h"

namespace kithkin {

/// How the recipe names it.
inline constexpr const char* kCleaning = "crawl/1";

/// The site a row comes from.
inline HostKey host_of(const Row& row) { return host_key(row.url, row.source); }

/// Reads all files and learns. `visit` (may be empty) hears the id of every readable row, in order:
/// its place is its document number. Rows and files that cannot be read are passed over in silence;
/// the next walk reports them.
Result<Furniture> learn_furniture(JobContext& job, const std::vector<InputFile>& files,
                                  const CrawlInput& input,
                                  const std::function<Result<void>(const std::string& id)>& visit);

}  // namespace kithkin

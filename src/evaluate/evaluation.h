// The evaluation itself, for a door that may know the crawl's ids.
#pragma once

#include <functional>
#include <string_view>

#include <kithkin/evaluate.h>

namespace kithkin {

/// Calls its argument with the id of every document of a crawl.
using ForEachId = std::function<Result<void>(const std::function<void(std::string_view)>&)>;

/// As evaluate(), or where `crawl` is given as evaluate_crawl().
Result<Evaluation> evaluate_labels(const EvaluateOptions& options, const ForEachId& crawl);

}  // namespace kithkin

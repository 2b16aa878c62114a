// kithkin evaluate --sample: what it prints.
#pragma once

#include <kithkin/evaluate.h>

#include "cli/command.h"

namespace kithkin::cli {

/// Runs it and returns the exit code.
int run_sample(const CrawlInput& input, const SampleOptions& options, bool json,
               const Context& context);

}  // namespace kithkin::cli

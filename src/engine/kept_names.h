// Names for kept files that follow the input files.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "corpus/input_list.h"

namespace kithkin {

/// For each input a name under kept/, without compression suffix: its path less what all inputs
/// have in common, "-" as stdin.jsonl. Where two would be alike the later ones get -2, -3, ...
///   crawl/a.jsonl.gz, crawl/x/b.jsonl  ->  kept/a.jsonl, kept/x/b.jsonl
std::vector<std::string> kept_names(std::span<const InputFile> files);

}  // namespace kithkin

// Which files a crawl is made of.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "base/file.h"

namespace kithkin {

struct InputFile {
  std::string name;        ///< as the user knows it: the path, or "-"
  std::string path;        ///< where its bytes are: the same, or the spilled copy
  std::uint64_t size = 0;  ///< bytes on disk
};

struct InputList {
  std::vector<InputFile> files;
  std::vector<Error> errors;  ///< arguments and directories that could not be read
};

/// Expands arguments in order: a directory gives its *.jsonl, *.ndjson and *.json files, each also
/// with .gz or .zst, at any depth, by path bytewise; "-" is standard input. What cannot be read
/// twice (standard input, pipes) is copied once into `spill_dir`. Fails with `output` when that
/// copy cannot be written, and with `cancelled` when `interrupted` says so. The directory
/// `exclude`, where an output goes, is not searched when it lies inside another one.
Result<InputList> list_inputs(const std::vector<std::string>& arguments,
                              const TemporaryDirectory& spill_dir,
                              const std::function<bool()>& interrupted = {},
                              const std::string& exclude = {});

/// Whether any argument has to be copied before it can be read twice.
bool needs_spill(const std::vector<std::string>& arguments);

}  // namespace kithkin

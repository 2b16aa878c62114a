// The yardstick: what it costs to read a JSONL file and parse `id` and `text`, and nothing else.
#pragma once

#include <cstdint>
#include <string>

namespace kithkin::bench {

struct ParsedCorpus {
  std::uint64_t documents = 0;
  std::uint64_t file_bytes = 0;
  std::uint64_t text_bytes = 0;  ///< of the unescaped texts
  std::uint64_t id_bytes = 0;
  std::string error;  ///< empty when all went well
};

/// Reads the file with read() in blocks of 1 MB, a share of it for each thread, and unescapes `id`
/// and `text` of every line with simdjson's on-demand parser.
ParsedCorpus parse_floor(const std::string& path, unsigned threads);

/// The instruction set that the unescaping was compiled for, such as "icelake".
std::string parse_floor_implementation();

}  // namespace kithkin::bench

// See json_lines.h. Tests: tests/unit/corpus/cluster_file_test.cpp and related_file_test.cpp.
#include "corpus/json_lines.h"

#include <fstream>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "base/utf8.h"

namespace kithkin {
namespace {

namespace dom = simdjson::dom;

std::string replace_bad_utf8(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size();) {
    const Decoded d = decode_utf8(line, i);
    d.valid ? out.append(line, i, d.size) : out.append("\uFFFD");
    i += d.size;
  }
  return out;
}

/// Parses in the line's own memory, which it lengthens for that.
simdjson::error_code parse(dom::parser& parser, std::string& line, dom::element& out) {
  const std::size_t size = line.size();
  line.append(simdjson::SIMDJSON_PADDING, '\0');
  const auto wrong = parser.parse(line.data(), size, false).get(out);
  line.resize(size);
  return wrong;
}

}  // namespace

Result<void> read_json_lines(const std::string& file, BadUtf8 bad, const OnJson& on_json) {
  const auto error = [&](std::string message, std::uint64_t number) {
    return Error{ErrorCode::input, std::move(message), file, number};
  };
  std::ifstream in(file, std::ios::binary);
  if (!in) return error("cannot be opened: " + system_message(), 0);
  dom::parser parser;
  dom::element value;
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto wrong = parse(parser, line, value);
    if (wrong == simdjson::UTF8_ERROR && bad == BadUtf8::replace) {
      line = replace_bad_utf8(line);
      wrong = parse(parser, line, value);
    }
    if (wrong) {
      return error(std::string("not JSON: ") + simdjson::error_message(wrong), number);
    }
    if (auto complaint = on_json(value)) return error(*std::move(complaint), number);
  }
  if (in.bad()) return error("cannot be read: " + system_message(), 0);
  return {};
}

}  // namespace kithkin

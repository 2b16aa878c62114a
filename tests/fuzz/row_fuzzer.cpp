// Whatever a line is: simdjson's other parser, which builds the whole document, agrees about what
// is JSON and what the text is; and what is taken out lies in the line and can be read on.
#include <cstdint>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/date.h"
#include "corpus/number_array.h"
#include "corpus/row_parser.h"
#include "fuzz/fuzz.h"

namespace {

using kithkin::Row;
using kithkin::RowParser;
using kithkin::fuzz::require;
namespace dom = simdjson::dom;

kithkin::FieldNames names() {
  kithkin::FieldNames out;
  out.source = "meta.host";
  out.html = "html";
  out.vector = "vector";
  return out;
}

/// The last member called so, if it is a string.
bool last_string(dom::object object, std::string_view name, std::string_view& out) {
  bool found = false;
  for (const auto member : object) {
    if (member.key == name) found = member.value.get(out) == simdjson::SUCCESS;
  }
  return found;
}

bool lies_in(std::string_view part, std::string_view line) {
  return part.empty() ||
         (part.data() >= line.data() && part.data() + part.size() <= line.data() + line.size());
}

void check_vector(std::string_view token) {
  std::vector<double> numbers;
  std::string reason;
  if (!kithkin::read_number_array(token, 8, numbers, reason)) {
    require(!reason.empty());
    return;
  }
  require(numbers.size() <= 8);
  dom::parser parser;
  dom::array array;
  const auto error = parser.parse(token.data(), token.size()).get(array);
  if (error == simdjson::NUMBER_ERROR) return;  // it takes no integers over 64 bits
  require(error == simdjson::SUCCESS);
  require(array.size() == numbers.size());
  std::size_t i = 0;
  for (const auto element : array)
    require(double(element) == numbers[i++]);
}

/// What simdjson's document parser is sure of: it knows no unpaired surrogates, and no numbers
/// beyond its types.
void compare(std::string_view line, bool taken, const Row& row, const std::string& reason) {
  static dom::parser parser;
  dom::element root;
  if (parser.allocate(line.size() + 1, RowParser::kMostDepth) != simdjson::SUCCESS) return;
  if (parser.parse(line.data(), line.size()).get(root) != simdjson::SUCCESS) return;
  dom::object object;
  if (root.get(object) != simdjson::SUCCESS) {
    require(!taken && reason == "not a JSON object");
    return;
  }
  std::string_view text;
  const bool has_text = last_string(object, "text", text);
  require(taken || reason.find("\"text\"") == 0);
  if (!has_text) require(row.text.empty());
  if (taken && has_text) require(row.text == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static RowParser parser(names());
  std::string padded(reinterpret_cast<const char*>(data), size);
  padded.erase(std::remove(padded.begin(), padded.end(), '\n'), padded.end());
  const std::string_view line(padded.data(), padded.size());
  padded.reserve(padded.size() + RowParser::kPadding);
  padded.append(RowParser::kPadding, '\0');
  const std::string_view own(padded.data(), padded.size() - RowParser::kPadding);
  Row row;
  std::string reason;
  const bool taken = parser.parse(own, row, reason);
  require(taken == reason.empty());
  if (taken) {
    require(!row.id || !row.id->empty());
    require(lies_in(row.text_token, own) && lies_in(row.vector, own));
    if (!row.vector.empty()) check_vector(row.vector);
  }
  compare(own, taken, row, reason);
  return 0;
}

// See table.h.
#include "cli/table.h"

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace kithkin::cli {
namespace {

/// Columns of a terminal that `text` takes, a code point each.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string number(double value, const char* format) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, format, value);
  return buffer;
}

}  // namespace

std::string align(const std::vector<Row>& rows, std::size_t left) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string out;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - width_of(row[i]), ' ');
      if (i > 0) out += "  ";
      out += i < left ? row[i] + padding : padding + row[i];
    }
    out.resize(out.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

std::string decimals(double value, const std::optional<Interval>& interval) {
  const std::string out = number(value, "%.4f");
  if (!interval) return out;
  return out + " (" + number(interval->low, "%.4f") + " to " + number(interval->high, "%.4f") + ")";
}

std::string range(double low, double high) {
  return number(low, "%.1f") + " to " + number(high, "%.1f");
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string count(std::uint64_t n, const std::string& one, const std::string& many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

}  // namespace kithkin::cli

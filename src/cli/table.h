// Tables and numbers for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <kithkin/evaluate.h>

namespace kithkin::cli {

using Row = std::vector<std::string>;

/// Lines of aligned columns: the first `left` to the left, the others to the right. All rows have
/// the same number of cells.
std::string align(const std::vector<Row>& rows, std::size_t left = 1);

/// "0.9123", and "0.9123 (0.8811 to 0.9340)" where there is an interval.
std::string decimals(double value, const std::optional<Interval>& interval = std::nullopt);

/// "0.3 to 0.4"
std::string range(double low, double high);

/// 1 of nothing.
double share(std::uint64_t part, std::uint64_t whole);

/// "1 pair", "2 pairs"
std::string count(std::uint64_t n, const std::string& one, const std::string& many);

}  // namespace kithkin::cli

// A line at a time; the header decides which of two readers gets the rows.
//
//   id_a <TAB> id_b <TAB> label         ids a b c, labels copy other
//   a    <TAB> b    <TAB> copy          rows {0, 1, 0, line 2}
//   b    <TAB> c    <TAB> other              {1, 2, 1, line 3}
//
// Whatever makes a row doubtful is an error with its line and not a guess: a label file is small,
// made by hand, and a row silently passed over would be a wrong score.
// Tests: tests/unit/evaluate/labels_test.cpp.
#include "evaluate/labels.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <span>
#include <utility>

#include "base/file.h"
#include "base/hash.h"
#include "base/try.h"

namespace kithkin {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 3> kPairColumns = {"id_a", "id_b", "label"};
constexpr std::array<std::string_view, 4> kMeasuredColumns = {"id_a", "id_b", "label",
                                                              "resemblance"};
constexpr std::array<std::string_view, 2> kClusterColumns = {"id", "cluster"};

/// The lines of a file that are not blank, without their ends and without a byte order mark.
class Lines {
 public:
  explicit Lines(const std::string& path) : path_(path), in_(path, std::ios::binary) {}

  /// False at the end and on failure; see failed().
  bool next(std::string_view& line) {
    while (std::getline(in_, buffer_)) {
      line = buffer_;
      if (++number_ == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(3);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find_first_not_of(" \t") != std::string_view::npos) return true;
    }
    return false;
  }

  /// Whether next() stopped, or never began, for another reason than the end of the file.
  [[nodiscard]] bool failed() const { return !in_.is_open() || in_.bad(); }
  [[nodiscard]] Error failure() const { return error("cannot be read: " + system_message()); }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] Error error(std::string message) const {
    return {ErrorCode::input, std::move(message), path_, number_};
  }

 private:
  const std::string& path_;
  std::ifstream in_;
  std::string buffer_;
  std::uint64_t number_ = 0;
};

/// Cuts the first columns off `line`; false where there are fewer.
bool split(std::string_view line, std::span<std::string_view> columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos && i + 1 < columns.size()) return false;
    columns[i] = line.substr(0, tab);
    line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
  }
  return true;
}

template <std::size_t N>
bool is_header(std::string_view line, const std::array<std::string_view, N>& names) {
  std::array<std::string_view, N> columns;
  return split(line, columns) && columns == names;
}

/// The columns of a row, all there and none empty.
template <std::size_t N>
Result<std::array<std::string_view, N>> parse_row(const Lines& lines, std::string_view line,
                                                  const std::array<std::string_view, N>& names) {
  std::array<std::string_view, N> columns;
  if (!split(line, columns)) {
    return lines.error("expected " + std::to_string(N) + " columns or more, separated by tabs");
  }
  for (std::size_t i = 0; i < N; ++i) {
    if (columns[i].empty()) {
      return lines.error("the column \"" + std::string(names[i]) + "\" is empty");
    }
  }
  return columns;
}

Result<void> check_room(const Lines& lines, std::size_t count, const std::string& what) {
  if (count < UINT32_MAX - 1) return {};
  Error error = lines.error("more than 4,294,967,294 " + what);
  error.code = ErrorCode::limit;
  return error;
}

/// The fourth column as a number; left as it is where there is none.
Result<void> read_resemblance(const Lines& lines, std::string_view line, float& out) {
  std::array<std::string_view, 4> columns;
  if (!split(line, columns) || columns[3].empty()) return {};
  const auto [end, error] =
      std::from_chars(columns[3].data(), columns[3].data() + columns[3].size(), out);
  if (error == std::errc() && end == columns[3].data() + columns[3].size() && out >= 0 && out <= 1)
    return {};
  return lines.error("the resemblance \"" + std::string(columns[3]) +
                     "\" is no number from 0 to 1");
}

Result<void> read_row(const Lines& lines, std::string_view line, bool has_resemblance,
                      PairLabels& out) {
  KITHKIN_TRY_ASSIGN(const auto columns, parse_row(lines, line, kPairColumns));
  if (columns[0] == columns[1]) {
    return lines.error("the pair is of \"" + std::string(columns[0]) + "\" with itself");
  }
  KITHKIN_TRY(check_room(lines, out.ids.size(), "ids"));
  KITHKIN_TRY(check_room(lines, out.rows.size(), "rows"));
  const std::uint32_t a = out.ids.number(columns[0]);
  const std::uint32_t b = out.ids.number(columns[1]);
  PairLabel row{a, b, out.labels.number(columns[2]), -1, lines.number()};
  if (has_resemblance) KITHKIN_TRY(read_resemblance(lines, line, row.resemblance));
  out.rows.push_back(row);
  return {};
}

Result<void> read_row(const Lines& lines, std::string_view line, bool, ClusterLabels& out) {
  KITHKIN_TRY_ASSIGN(const auto columns, parse_row(lines, line, kClusterColumns));
  KITHKIN_TRY(check_room(lines, out.ids.size(), "ids"));
  const std::uint32_t id = out.ids.number(columns[0]);
  const std::uint32_t cluster = out.clusters.number(columns[1]);
  if (id == out.cluster_of.size()) {
    out.cluster_of.push_back(cluster);
  } else if (out.cluster_of[id] != cluster) {
    return lines.error("\"" + std::string(columns[0]) + "\" is in \"" + std::string(columns[1]) +
                       "\" here and in \"" + std::string(out.clusters[out.cluster_of[id]]) +
                       "\" above");
  }
  return {};
}

template <class Kind>
Result<Labels> read_rows(Lines& lines, bool has_resemblance = false) {
  Kind out;
  for (std::string_view line; lines.next(line);) {
    KITHKIN_TRY(read_row(lines, line, has_resemblance, out));
  }
  if (lines.failed()) return lines.failure();
  if (out.ids.size() == 0) return lines.error("there are no labels under the header");
  return Labels(std::move(out));
}

}  // namespace

namespace {

std::uint32_t hash_name(std::string_view name) {
  return static_cast<std::uint32_t>(hash_bytes(name.data(), name.size()));
}

}  // namespace

/// Where the name stands, or the free slot where it belongs.
std::size_t NameTable::slot_of(std::string_view name, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t number = slots_[slot] - 1;
    if (hashes_[number] == hash && (*this)[number] == name) break;
  }
  return slot;
}

void NameTable::grow() {
  std::vector<std::uint32_t> slots(std::max<std::size_t>(2 * slots_.size(), 64));
  const std::size_t mask = slots.size() - 1;
  for (std::uint32_t number = 0; number < size(); ++number) {
    std::size_t slot = hashes_[number] & mask;
    while (slots[slot] != 0)
      slot = (slot + 1) & mask;
    slots[slot] = number + 1;
  }
  slots_ = std::move(slots);
}

std::uint32_t NameTable::number(std::string_view name) {
  if (2 * size() >= slots_.size()) grow();
  const std::uint32_t hash = hash_name(name);
  const std::size_t slot = slot_of(name, hash);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  bytes_ += name;
  ends_.push_back(bytes_.size());
  hashes_.push_back(hash);
  slots_[slot] = static_cast<std::uint32_t>(size());
  return slots_[slot] - 1;
}

std::optional<std::uint32_t> NameTable::find(std::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint32_t slot = slots_[slot_of(name, hash_name(name))];
  if (slot == 0) return std::nullopt;
  return slot - 1;
}

Result<Labels> read_labels(const std::string& path) {
  Lines lines(path);
  std::string_view header;
  if (!lines.next(header)) {
    return lines.failed() ? lines.failure() : lines.error("the file is empty");
  }
  if (is_header(header, kPairColumns))
    return read_rows<PairLabels>(lines, is_header(header, kMeasuredColumns));
  if (is_header(header, kClusterColumns)) return read_rows<ClusterLabels>(lines);
  return lines.error(
      "labels begin with the header \"id_a id_b label\" or \"id cluster\", separated by tabs");
}

}  // namespace kithkin

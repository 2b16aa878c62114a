// Reading and parsing, as fast as it goes with plain means: one buffer that stays in the cache, the
// rest of a cut line moved to its front, one parser reused for all lines.
//
// simdjson finds the structure of a line, and in version 3.0 unescapes strings, with the best code
// that the machine can run, chosen when the program starts. What walks the line is compiled here,
// for one instruction set; so that nobody can say the yardstick was held short, this file and no
// other is compiled with -march=native (see CMakeLists.txt). With simdjson 3.0.1 that made no
// difference that could be told from noise; nor did smaller blocks, parsing many lines in one go
// (iterate_many), or find_field.
#include "parse_floor.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <simdjson.h>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <vector>

namespace kithkin::bench {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;

/// The lines that begin in [begin, end) of a file. Whoever has the end of a line has all of it.
class Share {
 public:
  Share(int file, std::uint64_t begin, std::uint64_t end)
      : file_(file), at_(begin), end_(end), buffer_(2 * kBlock + simdjson::SIMDJSON_PADDING) {}

  ParsedCorpus parse() {
    ::lseek(file_, static_cast<off_t>(at_), SEEK_SET);
    bool first = at_ != 0;  // the line that is cut at the beginning belongs to the share before
    while (out_.error.empty()) {
      if (buffer_.size() < kept_ + kBlock + simdjson::SIMDJSON_PADDING)
        buffer_.resize(2 * buffer_.size());
      const ssize_t got = ::read(file_, buffer_.data() + kept_, kBlock);
      if (got < 0) out_.error = std::strerror(errno);
      if (got <= 0) break;
      std::string_view bytes(buffer_.data(), kept_ + static_cast<std::size_t>(got));
      if (first) {
        const std::size_t newline = bytes.find('\n');
        if (newline == bytes.npos) continue;
        at_ += newline + 1;
        bytes.remove_prefix(newline + 1);
        first = false;
      }
      if (!lines(bytes)) return out_;
      kept_ = bytes.size();
      std::memmove(buffer_.data(), bytes.data(), kept_);
    }
    if (kept_ > 0 && at_ < end_) line({buffer_.data(), kept_});
    return out_;
  }

 private:
  /// Takes whole lines off the front; false when the share is done.
  bool lines(std::string_view& bytes) {
    while (at_ < end_ || bytes.empty()) {
      const void* newline = bytes.empty() ? nullptr : std::memchr(bytes.data(), '\n', bytes.size());
      if (newline == nullptr) return true;
      const auto size = static_cast<std::size_t>(static_cast<const char*>(newline) - bytes.data());
      line(bytes.substr(0, size));
      if (!out_.error.empty()) return false;
      at_ += size + 1;
      bytes.remove_prefix(size + 1);
    }
    return false;
  }

  void line(std::string_view line) {
    simdjson::ondemand::document document;
    std::string_view id, text;
    auto error = parser_.iterate(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING)
                     .get(document);
    if (!error) error = document.find_field_unordered("id").get(id);
    if (!error) error = document.find_field_unordered("text").get(text);
    if (error) {
      out_.error = simdjson::error_message(error);
      return;
    }
    ++out_.documents;
    out_.file_bytes += line.size() + 1;
    out_.id_bytes += id.size();
    out_.text_bytes += text.size();
  }

  int file_;
  std::uint64_t at_, end_;  // where in the file the next line begins; where the share ends
  std::vector<char> buffer_;
  std::size_t kept_ = 0;  // bytes of a cut line at the front of the buffer
  simdjson::ondemand::parser parser_;
  ParsedCorpus out_;
};

ParsedCorpus parse_share(const std::string& path, unsigned number, unsigned shares) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    ParsedCorpus failed;
    failed.error = std::strerror(errno);
    return failed;
  }
  const auto size = static_cast<std::uint64_t>(::lseek(file, 0, SEEK_END));
  ParsedCorpus out = Share(file, size * number / shares, size * (number + 1) / shares).parse();
  ::close(file);
  return out;
}

}  // namespace

ParsedCorpus parse_floor(const std::string& path, unsigned threads) {
  std::vector<ParsedCorpus> parts(threads);
  std::vector<std::thread> others;
  for (unsigned t = 1; t < threads; ++t)
    others.emplace_back([&, t] { parts[t] = parse_share(path, t, threads); });
  parts[0] = parse_share(path, 0, threads);
  for (std::thread& other : others)
    other.join();
  ParsedCorpus sum;
  for (const ParsedCorpus& part : parts) {
    sum.documents += part.documents;
    sum.file_bytes += part.file_bytes;
    sum.text_bytes += part.text_bytes;
    sum.id_bytes += part.id_bytes;
    if (sum.error.empty()) sum.error = part.error;
  }
  return sum;
}

#define KITHKIN_SPELL(name) #name
#define KITHKIN_SPELL_VALUE(name) KITHKIN_SPELL(name)

std::string parse_floor_implementation() {
  return KITHKIN_SPELL_VALUE(SIMDJSON_BUILTIN_IMPLEMENTATION);
}

}  // namespace kithkin::bench

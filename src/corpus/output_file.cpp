// A buffer, an encoder, a file. Tests: tests/unit/corpus/output_file_test.cpp.
#include "corpus/output_file.h"

#include <algorithm>
#include <vector>
#include <zlib.h>
#include <zstd.h>

#include "base/file.h"
#include "base/try.h"

namespace kithkin {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 18;

/// Compressed bytes of what goes in; plain() passes it through.
class Encoder {
 public:
  virtual ~Encoder() = default;
  virtual Result<void> encode(std::string_view bytes, bool last, const File& to) = 0;
};

class PlainEncoder final : public Encoder {
 public:
  Result<void> encode(std::string_view bytes, bool, const File& to) override {
    return to.write(bytes);
  }
};

class GzipEncoder final : public Encoder {
 public:
  GzipEncoder() {
    usable_ = deflateInit2(&stream_, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~GzipEncoder() override {
    if (usable_) deflateEnd(&stream_);
  }
  Result<void> encode(std::string_view bytes, bool last, const File& to) override {
    if (!usable_) return Error{ErrorCode::output, "not enough memory to compress", to.path(), 0};
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    int code = Z_OK;
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      code = deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
      KITHKIN_TRY(to.write({out_.data(), out_.size() - stream_.avail_out}));
    } while (stream_.avail_out == 0 || (last && code != Z_STREAM_END));
    return {};
  }

 private:
  z_stream stream_{};
  bool usable_ = false;
  std::vector<char> out_ = std::vector<char>(kBuffer);
};

class ZstdEncoder final : public Encoder {
 public:
  ZstdEncoder() : stream_(ZSTD_createCStream()) {}
  ~ZstdEncoder() override { ZSTD_freeCStream(stream_); }
  Result<void> encode(std::string_view bytes, bool last, const File& to) override {
    if (stream_ == nullptr)
      return Error{ErrorCode::output, "not enough memory to compress", to.path(), 0};
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    for (;;) {
      ZSTD_outBuffer output{out_.data(), out_.size(), 0};
      const std::size_t left =
          ZSTD_compressStream2(stream_, &output, &input, last ? ZSTD_e_end : ZSTD_e_continue);
      if (ZSTD_isError(left)) return Error{ErrorCode::output, "cannot be compressed", to.path(), 0};
      KITHKIN_TRY(to.write({out_.data(), output.pos}));
      if (last ? left == 0 : input.pos == input.size) return {};
    }
  }

 private:
  ZSTD_CStream* stream_;
  std::vector<char> out_ = std::vector<char>(kBuffer);
};

std::unique_ptr<Encoder> make_encoder(Compression compression) {
  switch (compression) {
    case Compression::gzip: return std::make_unique<GzipEncoder>();
    case Compression::zstd: return std::make_unique<ZstdEncoder>();
    case Compression::none: break;
  }
  return std::make_unique<PlainEncoder>();
}

}  // namespace

struct OutputFile::State {
  File file;
  std::unique_ptr<Encoder> encoder;
  std::string buffer;
};

OutputFile::OutputFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;
OutputFile::~OutputFile() = default;

Result<OutputFile> OutputFile::create(const std::string& path, Compression compression) {
  auto state = std::make_unique<State>();
  KITHKIN_TRY_ASSIGN(state->file, File::create(path));
  state->encoder = make_encoder(compression);
  state->buffer.reserve(kBuffer);
  return OutputFile(std::move(state));
}

Result<void> OutputFile::write(std::string_view bytes) {
  if (state_->buffer.size() + bytes.size() > kBuffer && !state_->buffer.empty()) {
    KITHKIN_TRY(state_->encoder->encode(state_->buffer, false, state_->file));
    state_->buffer.clear();
  }
  constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // zlib counts in 32 bits
  while (bytes.size() >= kBuffer) {
    KITHKIN_TRY(state_->encoder->encode(bytes.substr(0, kMostAtOnce), false, state_->file));
    bytes.remove_prefix(std::min(bytes.size(), kMostAtOnce));
  }
  state_->buffer += bytes;
  return {};
}

Result<void> OutputFile::close() {
  KITHKIN_TRY(state_->encoder->encode(state_->buffer, true, state_->file));
  return state_->file.close();
}

std::string_view suffix(Compression compression) noexcept {
  switch (compression) {
    case Compression::gzip: return ".gz";
    case Compression::zstd: return ".zst";
    case Compression::none: break;
  }
  return "";
}

}  // namespace kithkin

#include "platform/http/compression.hpp"

#include <zlib.h>

#include <limits>
#include <new>
#include <stdexcept>

#include "base/text.hpp"

namespace jiuzhu::http {
namespace {

constexpr std::size_t kCompressedBytesMin = 1024;
// A list of 39 kB: level 4 takes 0.27 ms and leaves 8.5 kB, level 6 takes 0.42 ms and leaves 7.8 kB.
constexpr int kLevel = 4;
constexpr int kGzipWindow = 15 + 16;

class Deflater {
 public:
  Deflater() {
    if (deflateInit2(&stream_, kLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::string run(std::string_view bytes) {
    if (bytes.size() > std::numeric_limits<uInt>::max()) throw std::length_error("gzip: body above 4 GB");
    deflateReset(&stream_);
    std::string packed(deflateBound(&stream_, static_cast<uLong>(bytes.size())), '\0');
    // zlib reads through a pointer to non-const for historical reasons only.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    stream_.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("gzip: deflate did not finish");
    packed.resize(stream_.total_out);
    return packed;
  }

 private:
  z_stream stream_{};
};

bool is_above_zero(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return true;
  return parameters.substr(at + 2).find_first_of("123456789") != std::string_view::npos;
}

bool is_compressible(std::string_view content_type) {
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  return type.starts_with("text/") || type == "application/json" || type.ends_with("+json") || type.ends_with("+xml") ||
         type == "application/xml" || type == "application/javascript";
}

}  // namespace

bool accepts_encoding(const Request& request, std::string_view coding) {
  const auto header = request.header("accept-encoding");
  if (!header) return false;
  bool accepts_any = false;
  for (const std::string_view piece : split(*header, ',')) {
    const auto semicolon = piece.find(';');
    const std::string_view name = trim(piece.substr(0, semicolon));
    const bool is_taken = semicolon == std::string_view::npos || is_above_zero(piece.substr(semicolon));
    if (equal_ignoring_case(name, coding)) return is_taken;
    if (name == "*") accepts_any = is_taken;
  }
  return accepts_any;
}

std::string gzip(std::string_view bytes) {
  thread_local Deflater deflater;
  return deflater.run(bytes);
}

void compress(const Request& request, Response& response) {
  if (response.body.size() < kCompressedBytesMin || response.header("Content-Encoding")) return;
  const auto content_type = response.header("Content-Type");
  if (!content_type || !is_compressible(*content_type)) return;
  const auto cache_control = response.header("Cache-Control");
  if (cache_control && cache_control->find("no-transform") != std::string_view::npos) return;
  response.add_header("Vary", "Accept-Encoding");
  if (!accepts_encoding(request, "gzip")) return;
  response.body = gzip(response.body);
  response.set_header("Content-Encoding", "gzip");
  // The bytes are others now, so a strong validator would lie (RFC 9110 section 8.8.1).
  const auto etag = response.header("ETag");
  if (etag && etag->starts_with('"')) response.set_header("ETag", "W/" + std::string(*etag));
}

}  // namespace jiuzhu::http

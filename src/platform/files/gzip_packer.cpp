#include "platform/files/gzip_packer.hpp"

#include <zlib.h>

#include <new>

#include "base/assert.hpp"

namespace jiuzhu {

struct GzipPacker::State {
  z_stream zlib{};
};

GzipPacker::GzipPacker() : state_(std::make_unique<State>()) {
  constexpr int kGzipOnly = 15 + 16;
  constexpr int kMemoryLevel = 8;  // zlib's default
  if (deflateInit2(&state_->zlib, Z_BEST_SPEED, Z_DEFLATED, kGzipOnly, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
}

GzipPacker::~GzipPacker() { deflateEnd(&state_->zlib); }

std::string GzipPacker::pack(std::string_view bytes) { return run(bytes, false); }

std::string GzipPacker::finish() { return run({}, true); }

std::string GzipPacker::run(std::string_view bytes, bool is_last) {
  constexpr std::size_t kRoom = 64 << 10;
  JZ_ASSERT(bytes.size() < (1U << 30));
  z_stream& zlib = state_->zlib;
  // zlib takes its input as mutable, and does not change it.
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zlib.avail_in = static_cast<uInt>(bytes.size());
  std::string packed;
  do {
    const std::size_t before = packed.size();
    packed.resize(before + kRoom);
    zlib.next_out = reinterpret_cast<Bytef*>(packed.data() + before);
    zlib.avail_out = static_cast<uInt>(kRoom);
    JZ_ASSERT(deflate(&zlib, is_last ? Z_FINISH : Z_NO_FLUSH) != Z_STREAM_ERROR);
    packed.resize(packed.size() - zlib.avail_out);
  } while (zlib.avail_out == 0);
  return packed;
}

}  // namespace jiuzhu

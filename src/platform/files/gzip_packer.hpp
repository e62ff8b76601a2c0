#pragma once
// Packs a stream of bytes with gzip (RFC 1952), piece by piece. The same pieces give the same bytes: no time and no
// name is written. One thread at a time.

#include <memory>
#include <string>
#include <string_view>

namespace jiuzhu {

class GzipPacker {
 public:
  GzipPacker();
  ~GzipPacker();
  GzipPacker(const GzipPacker&) = delete;
  GzipPacker& operator=(const GzipPacker&) = delete;

  /// What is ready of the packed stream, which may be nothing yet.
  std::string pack(std::string_view bytes);
  /// The rest. Nothing may follow.
  std::string finish();

 private:
  struct State;
  std::string run(std::string_view bytes, bool is_last);
  std::unique_ptr<State> state_;
};

}  // namespace jiuzhu

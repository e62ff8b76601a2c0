#pragma once
// Whether bytes are the same as others were, or where to look for them: FNV-1a. Not meant against malice; two texts may
// have the same.

#include <cstdint>
#include <string_view>

namespace jiuzhu::sieve {

class ByteDigest {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) value_ = (value_ ^ static_cast<unsigned char>(byte)) * 0x100000001B3;
  }
  std::uint64_t value() const { return value_; }

  static std::uint64_t of(std::string_view bytes) {
    ByteDigest digest;
    digest.add(bytes);
    return digest.value();
  }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325;
};

}  // namespace jiuzhu::sieve

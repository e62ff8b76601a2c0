#pragma once
// SM3 digests (GB/T 32905-2016) and keyed digests (HMAC, GB/T 15852.2). Free functions may be called from any thread;
// one Sm3 belongs to one thread at a time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jiuzhu {

/// 32 bytes. Text form: 64 lower-case hexadecimal digits.
class Digest {
 public:
  static constexpr std::size_t kSize = 32;

  Digest() = default;  // all zero: the link before the first record of a chain
  explicit Digest(const std::array<std::uint8_t, kSize>& bytes) : bytes_(bytes) {}
  /// Accepts 64 hexadecimal digits, lower or upper case.
  static std::optional<Digest> parse(std::string_view text);

  std::span<const std::uint8_t, kSize> bytes() const { return bytes_; }
  std::string to_text() const;
  /// Takes the same time wherever the first difference is, so it may compare authentication codes.
  bool operator==(const Digest& other) const;

 private:
  std::array<std::uint8_t, kSize> bytes_{};
};

Digest sm3(std::span<const std::uint8_t> bytes);
Digest sm3(std::string_view text);

/// For contents that do not fit into memory at once.
class Sm3 {
 public:
  Sm3();
  ~Sm3();
  Sm3(Sm3&&) noexcept;
  Sm3& operator=(Sm3&&) noexcept;

  void add(std::span<const std::uint8_t> bytes);
  void add(std::string_view text);
  /// The digest of everything added; the hasher then starts again from nothing.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// `key` may have any length; 32 random bytes are enough.
Digest hmac_sm3(std::span<const std::uint8_t> key, std::string_view text);

}  // namespace jiuzhu

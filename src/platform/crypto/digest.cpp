#include "platform/crypto/digest.hpp"

#include <botan/hash.h>
#include <botan/hex.h>
#include <botan/mac.h>
#include <botan/mem_ops.h>

namespace jiuzhu {
namespace {

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<Digest> Digest::parse(std::string_view text) {
  if (text.size() != 2 * kSize) return std::nullopt;
  std::array<std::uint8_t, kSize> bytes{};
  for (std::size_t i = 0; i < kSize; ++i) {
    const int high = hex_value(text[2 * i]);
    const int low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return Digest(bytes);
}

std::string Digest::to_text() const { return Botan::hex_encode(bytes_.data(), kSize, false); }

bool Digest::operator==(const Digest& other) const {
  return Botan::constant_time_compare(bytes_.data(), other.bytes_.data(), kSize);
}

struct Sm3::State {
  std::unique_ptr<Botan::HashFunction> hash = Botan::HashFunction::create_or_throw("SM3");
};

Sm3::Sm3() : state_(std::make_unique<State>()) {}
Sm3::~Sm3() = default;
Sm3::Sm3(Sm3&&) noexcept = default;
Sm3& Sm3::operator=(Sm3&&) noexcept = default;

void Sm3::add(std::span<const std::uint8_t> bytes) { state_->hash->update(bytes.data(), bytes.size()); }
void Sm3::add(std::string_view text) { add(as_bytes(text)); }

Digest Sm3::finish() {
  std::array<std::uint8_t, Digest::kSize> bytes{};
  state_->hash->final(bytes.data());
  return Digest(bytes);
}

Digest sm3(std::span<const std::uint8_t> bytes) {
  Sm3 hasher;
  hasher.add(bytes);
  return hasher.finish();
}

Digest sm3(std::string_view text) { return sm3(as_bytes(text)); }

Digest hmac_sm3(std::span<const std::uint8_t> key, std::string_view text) {
  const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SM3)");
  mac->set_key(key.data(), key.size());
  mac->update(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  std::array<std::uint8_t, Digest::kSize> bytes{};
  mac->final(bytes.data());
  return Digest(bytes);
}

}  // namespace jiuzhu

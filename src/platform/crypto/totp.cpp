#include "platform/crypto/totp.hpp"

#include <botan/mem_ops.h>
#include <botan/otp.h>
#include <botan/symkey.h>

#include <array>
#include <cstdio>

namespace jiuzhu {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kSecretSize = 20;  // the length of a SHA-1 digest (RFC 4226, section 4, R6)
constexpr std::size_t kDigits = 6;
constexpr std::int64_t kStepMicroseconds = 30'000'000;

/// Accepts lower case; people type secrets by hand.
std::optional<Botan::secure_vector<std::uint8_t>> parse_base32(std::string_view text) {
  Botan::secure_vector<std::uint8_t> bytes;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const std::size_t value = kBase32.find(upper);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 5U | static_cast<unsigned>(value)) & 0xFFFU;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<std::uint8_t>(buffer >> bits));
    }
  }
  if (bytes.empty()) return std::nullopt;
  return bytes;
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~';
    if (is_plain) {
      encoded += c;
    } else {
      char buffer[4];
      std::snprintf(buffer, sizeof buffer, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      encoded += buffer;
    }
  }
  return encoded;
}

std::string code_at(const Botan::secure_vector<std::uint8_t>& key, std::uint64_t counter) {
  Botan::HOTP hotp(Botan::SymmetricKey(key.data(), key.size()), "SHA-1", kDigits);
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%06u", static_cast<unsigned>(hotp.generate_hotp(counter)));
  return buffer;
}

}  // namespace

std::string make_totp_secret(Random& random) {
  std::array<std::uint8_t, kSecretSize> bytes{};
  random.fill(bytes);
  std::string text;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    buffer = (buffer << 8U | byte) & 0xFFFU;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += kBase32[buffer >> bits & 31U];
    }
  }
  return text;  // 160 bits are exactly 32 characters
}

std::string totp_uri(std::string_view secret, const TotpLabel& label) {
  const std::string issuer = percent_encode(label.issuer);
  return "otpauth://totp/" + issuer + ":" + percent_encode(label.account) + "?secret=" + std::string(secret) +
         "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=30";
}

std::optional<std::string> totp_code(std::string_view secret, Instant now) {
  const auto key = parse_base32(secret);
  if (!key || now.microseconds < 0) return std::nullopt;
  return code_at(*key, static_cast<std::uint64_t>(now.microseconds / kStepMicroseconds));
}

std::optional<std::uint64_t> verify_totp(std::string_view secret, std::string_view code, Instant now) {
  const auto key = parse_base32(secret);
  if (!key || code.size() != kDigits || now.microseconds < 0) return std::nullopt;
  const std::int64_t step = now.microseconds / kStepMicroseconds;
  std::optional<std::uint64_t> matched;
  for (std::int64_t counter = step > 0 ? step - 1 : 0; counter <= step + 1; ++counter) {
    const std::string expected = code_at(*key, static_cast<std::uint64_t>(counter));
    const bool is_equal = Botan::constant_time_compare(reinterpret_cast<const std::uint8_t*>(expected.data()),
                                                       reinterpret_cast<const std::uint8_t*>(code.data()), kDigits);
    if (is_equal && !matched) matched = static_cast<std::uint64_t>(counter);
  }
  return matched;
}

}  // namespace jiuzhu

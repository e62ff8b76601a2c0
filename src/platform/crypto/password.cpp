#include "platform/crypto/password.hpp"

#include <botan/base64.h>
#include <botan/exceptn.h>
#include <botan/mem_ops.h>
#include <botan/pwdhash.h>

#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "base/text.hpp"

namespace jiuzhu {
namespace {

constexpr std::size_t kSaltSize = 16;
constexpr std::size_t kHashSize = 32;

struct StoredPassword {
  PasswordCost cost;
  std::vector<std::uint8_t> salt;
  std::vector<std::uint8_t> hash;
};

std::string base64_without_padding(const std::uint8_t* bytes, std::size_t size) {
  std::string text = Botan::base64_encode(bytes, size);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

std::optional<std::vector<std::uint8_t>> parse_base64(std::string_view text) {
  std::string padded(text);
  while (padded.size() % 4 != 0) padded += '=';
  try {
    const auto bytes = Botan::base64_decode(padded, false);
    return std::vector<std::uint8_t>(bytes.begin(), bytes.end());
  } catch (const Botan::Exception&) {
    return std::nullopt;
  }
}

/// "m=19456" with the name "m".
std::optional<std::size_t> parse_parameter(std::string_view text, char name, std::size_t max) {
  if (text.size() < 3 || text[0] != name || text[1] != '=') return std::nullopt;
  std::size_t value = 0;
  const auto [stop, problem] = std::from_chars(text.data() + 2, text.data() + text.size(), value);
  if (problem != std::errc{} || stop != text.data() + text.size() || value == 0 || value > max) return std::nullopt;
  return value;
}

std::optional<StoredPassword> parse(std::string_view text) {
  const auto parts = split(text, '$');
  if (parts.size() != 6 || !parts[0].empty() || parts[1] != "argon2id" || parts[2] != "v=19") return std::nullopt;
  const auto parameters = split(parts[3], ',');
  if (parameters.size() != 3) return std::nullopt;
  const auto memory = parse_parameter(parameters[0], 'm', 1024 * 1024);
  const auto passes = parse_parameter(parameters[1], 't', 16);
  const auto lanes = parse_parameter(parameters[2], 'p', 16);
  const auto salt = parse_base64(parts[4]);
  const auto hash = parse_base64(parts[5]);
  if (!memory || !passes || !lanes || !salt || !hash) return std::nullopt;
  if (*memory < 8 * *lanes || salt->size() < 8 || hash->size() < 16 || hash->size() > 64) return std::nullopt;
  return StoredPassword{{*memory, *passes, *lanes}, *salt, *hash};
}

std::vector<std::uint8_t> derive(std::string_view password, const PasswordCost& cost,
                                 const std::vector<std::uint8_t>& salt, std::size_t size) {
  const auto argon =
      Botan::PasswordHashFamily::create_or_throw("Argon2id")->from_params(cost.memory_kib, cost.passes, cost.lanes);
  std::vector<std::uint8_t> hash(size);
  argon->derive_key(hash.data(), hash.size(), password.data(), password.size(), salt.data(), salt.size());
  return hash;
}

}  // namespace

std::string hash_password(std::string_view password, Random& random, const PasswordCost& cost) {
  std::vector<std::uint8_t> salt(kSaltSize);
  random.fill(salt);
  const auto hash = derive(password, cost, salt, kHashSize);
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) + ",t=" + std::to_string(cost.passes) +
         ",p=" + std::to_string(cost.lanes) + "$" + base64_without_padding(salt.data(), salt.size()) + "$" +
         base64_without_padding(hash.data(), hash.size());
}

bool verify_password(std::string_view password, std::string_view stored) {
  const auto parsed = parse(stored);
  if (!parsed) return false;
  const auto hash = derive(password, parsed->cost, parsed->salt, parsed->hash.size());
  return Botan::constant_time_compare(hash.data(), parsed->hash.data(), hash.size());
}

bool needs_rehash(std::string_view stored) {
  const auto parsed = parse(stored);
  return !parsed || parsed->cost != kPasswordCost || parsed->salt.size() != kSaltSize ||
         parsed->hash.size() != kHashSize;
}

}  // namespace jiuzhu

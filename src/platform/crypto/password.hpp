#pragma once
// Passwords are kept as Argon2id (RFC 9106) in the PHC text form "$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>", which
// carries its own parameters. Any thread may call; one call takes about 50 ms and 19 MiB, so the caller runs it in a
// small pool with a limited queue: it is the lever of a denial of service at sign-in.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace jiuzhu {

/// OWASP Password Storage Cheat Sheet, Argon2id: m = 19 MiB, t = 2, p = 1.
struct PasswordCost {
  std::size_t memory_kib = 19 * 1024;
  std::size_t passes = 2;
  std::size_t lanes = 1;

  bool operator==(const PasswordCost&) const = default;
};
inline constexpr PasswordCost kPasswordCost{};

/// `password` is UTF-8 of any length; rules about its quality belong to the caller. 16 random bytes of salt.
std::string hash_password(std::string_view password, Random& random, const PasswordCost& cost = kPasswordCost);

/// False also for a stored text that is damaged or asks for more than 1 GiB, 16 passes or 16 lanes.
bool verify_password(std::string_view password, std::string_view stored);

/// True when `stored` was made with other parameters than today's: hash again at the next successful sign-in.
bool needs_rehash(std::string_view stored);

}  // namespace jiuzhu

#pragma once
// One-time codes of an authenticator app: RFC 6238 with SHA-1, 30 seconds, 6 digits, which is what every app supports.
// SHA-1 is safe here: HMAC does not need collision resistance. Any thread may call.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace jiuzhu {

/// 20 random bytes as 32 characters of base 32 (RFC 4648) without padding. Keep it sealed in the vault.
std::string make_totp_secret(Random& random);

/// What the app reads from a QR code, "otpauth://totp/…". `issuer` and `account` are UTF-8.
struct TotpLabel {
  std::string issuer;
  std::string account;
};
std::string totp_uri(std::string_view secret, const TotpLabel& label);

/// The code of the 30 seconds around `now`. Nothing when `secret` is not base 32 or `now` lies before 1970.
std::optional<std::string> totp_code(std::string_view secret, Instant now);

/// The counter (30-second steps since 1970) whose code this is, looking one step back and one ahead because clocks
/// differ (RFC 6238, section 5.2). The caller must remember it and accept only greater ones afterwards: a code that
/// was watched over a shoulder must not work a second time.
std::optional<std::uint64_t> verify_totp(std::string_view secret, std::string_view code, Instant now);

}  // namespace jiuzhu

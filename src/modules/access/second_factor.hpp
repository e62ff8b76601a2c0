#pragma once
// How the secret of a second factor is sealed.

#include <string_view>

namespace jiuzhu::access {

/// Of app_user.totp_secret, the text that the authenticator was given.
inline constexpr std::string_view kTotpContext = "user.totp_secret";

}  // namespace jiuzhu::access

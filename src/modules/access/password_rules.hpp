#pragma once

#include <string>

#include "base/result.hpp"

namespace jiuzhu::access {

/// At least 10 characters with a letter and a digit, without the login name (GB/T 22239-2019, 8.1.4.1 a: complexity).
/// Refuses with "request.invalid" and "password.too_short", "password.too_simple" or "password.contains_login" at
/// `pointer`.
Status check_new_password(const std::string& password, const std::string& login, const std::string& pointer);

}  // namespace jiuzhu::access

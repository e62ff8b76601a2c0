#include "modules/access/password_rules.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"

namespace jiuzhu::access {

Status check_new_password(const std::string& password, const std::string& login, const std::string& pointer) {
  std::vector<FieldError> problems;
  const auto has = [&](int (*test)(int)) {
    return std::any_of(password.begin(), password.end(),
                       [&](char c) { return test(static_cast<unsigned char>(c)) != 0; });
  };
  if (code_points(password) < 10) problems.push_back({pointer, "password.too_short"});
  if (!has(std::isalpha) || !has(std::isdigit)) problems.push_back({pointer, "password.too_simple"});
  if (password.find(login) != std::string::npos) problems.push_back({pointer, "password.contains_login"});
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

}  // namespace jiuzhu::access

#pragma once
// Commands that do an officer's work do it as that officer: his permissions hold, and the record names him.

#include "commands.hpp"

namespace jiuzhu {

/// The account's first post that has the permission; exits with "operator.login_unknown" or
/// "operator.permission_missing" when there is none.
Actor actor_or_exit(const Program& program, const std::string& login, Permission permission);

}  // namespace jiuzhu

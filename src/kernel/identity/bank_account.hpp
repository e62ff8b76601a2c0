#pragma once
// Where a benefit is paid to. A wrong digit sends a family's money elsewhere, so a card number must satisfy its check
// digit; the accounts of passbooks and all-in-one subsidy books (一折通, 一卡通) have none and are only checked for
// form (regulation §15). Secret by type: prints masked, leaves only through reveal(). Immutable values; any thread.

#include <compare>
#include <iosfwd>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jiuzhu {

enum class BankAccountKind {
  bank_card,  // 13 to 19 digits, Luhn check digit (ISO/IEC 7812)
  passbook,   // 8 to 32 digits, no common check digit
};

class BankAccount {
 public:
  /// Accepts blanks and hyphens between the digits, as cards print them, and full-width digits.
  /// Refuses with "bank_account.characters", ".length" (params min, max) or ".check_digit".
  static Result<BankAccount> parse(BankAccountKind kind, std::string_view text);

  BankAccountKind kind() const { return kind_; }

  /// "************0018": the last four digits, as bank slips print them.
  std::string masked() const;
  /// The full number. Only for sealing and payment files; never for logs or errors.
  const std::string& reveal() const { return digits_; }

  auto operator<=>(const BankAccount&) const = default;
  friend std::ostream& operator<<(std::ostream&, const BankAccount&) = delete;

 private:
  BankAccount(BankAccountKind kind, std::string digits) : kind_(kind), digits_(std::move(digits)) {}
  BankAccountKind kind_;
  std::string digits_;
};

/// True when the digits, check digit included, satisfy the Luhn formula. Needs digits only.
bool satisfies_luhn(std::string_view digits);

}  // namespace jiuzhu

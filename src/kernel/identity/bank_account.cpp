#include "kernel/identity/bank_account.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"

namespace jiuzhu {
namespace {

struct LengthRange {
  std::size_t min;
  std::size_t max;
};

LengthRange lengths_of(BankAccountKind kind) {
  switch (kind) {
    case BankAccountKind::bank_card: return {13, 19};
    case BankAccountKind::passbook: return {8, 32};
  }
  JZ_ASSERT(false);
  return {0, 0};
}

}  // namespace

bool satisfies_luhn(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char c = digits[digits.size() - 1 - i];
    JZ_ASSERT(c >= '0' && c <= '9');
    const int digit = (c - '0') * (i % 2 == 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

Result<BankAccount> BankAccount::parse(BankAccountKind kind, std::string_view text) {
  const std::string narrow = to_half_width(text);
  std::string digits;
  for (const char c : trim(narrow)) {
    if (c == ' ' || c == '-') continue;
    if (c < '0' || c > '9') return refuse(ErrorCode::invalid_input, "bank_account.characters");
    digits += c;
  }
  const LengthRange range = lengths_of(kind);
  if (digits.size() < range.min || digits.size() > range.max) {
    return refuse(ErrorCode::invalid_input, "bank_account.length",
                  {{"min", std::to_string(range.min)}, {"max", std::to_string(range.max)}});
  }
  if (kind == BankAccountKind::bank_card && !satisfies_luhn(digits)) {
    return refuse(ErrorCode::invalid_input, "bank_account.check_digit");
  }
  return BankAccount(kind, std::move(digits));
}

std::string BankAccount::masked() const {
  return std::string(digits_.size() - 4, '*') + digits_.substr(digits_.size() - 4);
}

}  // namespace jiuzhu

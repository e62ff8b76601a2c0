#pragma once
// A telephone number of a household, in China. Secret by type: prints masked, leaves only through reveal().
// Immutable values; any thread.

#include <compare>
#include <iosfwd>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jiuzhu {

enum class PhoneKind { mobile, landline };

class PhoneNumber {
 public:
  /// Mobile: 11 digits from 13 to 19. Landline: area code with its 0 (010, 02x, or four digits), then 7 or 8 digits
  /// that do not start with 0 or 1, then perhaps an extension of 1 to 6 digits behind a hyphen. Blanks, hyphens,
  /// brackets and the country code 86 (+86, 0086) are accepted.
  /// Refuses with "phone_number.characters" or "phone_number.form"; a landline needs its area code.
  static Result<PhoneNumber> parse(std::string_view text);

  PhoneKind kind() const { return kind_; }

  /// "138****0017" or "0353-****567": the prefix and what the family would recognise.
  std::string masked() const;
  /// "13812340017", "0353-2034567", "0353-2034567-801". Only for sealing and for calling; never for logs or errors.
  const std::string& reveal() const { return text_; }

  auto operator<=>(const PhoneNumber&) const = default;
  friend std::ostream& operator<<(std::ostream&, const PhoneNumber&) = delete;

 private:
  PhoneNumber(PhoneKind kind, std::string text) : kind_(kind), text_(std::move(text)) {}
  PhoneKind kind_;
  std::string text_;
};

}  // namespace jiuzhu

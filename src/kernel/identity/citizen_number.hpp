#pragma once
// The citizen number (公民身份号码, GB 11643): 6 digits of the region of first registration, 8 of the birth date, 3 of
// a sequence whose parity is the sex, 1 check character. It identifies a person for life, so it is secret by type: it
// has no text form and no stream operator, prints masked, and leaves the type only through reveal(). Search for
// "reveal()" to see every place that handles the full number. Immutable values; any thread.

#include <compare>
#include <iosfwd>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/result.hpp"

namespace jiuzhu {

/// The sexes that a citizen number can express; the full code list is sex_codes().
enum class Sex { male, female };

class CitizenNumber {
 public:
  /// Needs what somebody typed or a register sent, and today's date. Blanks around it, full-width characters and a
  /// lower-case x are accepted; a number of the first generation (15 digits) gets "19" and its check character.
  /// Region prefixes are not checked: abolished ones stay valid for life (regulation §15).
  /// Refuses with "citizen_number.length", ".characters", ".date_impossible", ".date_future" or ".check_digit".
  static Result<CitizenNumber> parse(std::string_view text, Date today);

  /// A number that parse() accepted before, read back from our own store. Anything else trips an assertion.
  static CitizenNumber restore(std::string_view stored);

  Date birth_date() const;
  Sex sex() const;
  /// The first six digits: where the number was first issued, which may be a region that no longer exists.
  std::string region_prefix() const { return digits_.substr(0, 6); }

  /// "140399********0017": enough to tell the members of a household apart, not enough to use.
  std::string masked() const;
  /// The full number. Only for sealing, indexing, matching and exchange with registers; never for logs or errors.
  const std::string& reveal() const { return digits_; }

  auto operator<=>(const CitizenNumber&) const = default;
  friend std::ostream& operator<<(std::ostream&, const CitizenNumber&) = delete;

 private:
  explicit CitizenNumber(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;  // 18 characters
};

/// The check character of the first 17 digits (GB 11643, ISO 7064 MOD 11-2). Needs at least 17 digits.
char citizen_number_check_character(std::string_view digits);

}  // namespace jiuzhu

#pragma once
// Citizen numbers as registers write them, made comparable. Whatever is unusual about a number is dealt with here; the
// kernels only take numbers that are exactly as GB 11643 has them, and leave the rest to parse_number. Pure.

#include <cstdint>
#include <string_view>

#include <boost/describe.hpp>

namespace jiuzhu::sieve {

/// The first 17 digits as a number: the 18th follows from them.
using NumberKey = std::uint64_t;
inline constexpr NumberKey kNoKey = ~NumberKey{0};

/// Why a row could not be used.
/// - empty, length, character, check_digit: its number
/// - missing_column: it is too short to have a column that is needed
/// - value: a date or an amount that is measured or filtered by
/// - encoding: a text that is needed is not in the file's encoding
enum class Malformed { empty, length, character, check_digit, missing_column, value, encoding };
BOOST_DESCRIBE_ENUM(Malformed, empty, length, character, check_digit, missing_column, value, encoding)
inline constexpr int kMalformedKinds = 7;

struct ParsedNumber {
  NumberKey key = kNoKey;
  Malformed problem = Malformed::empty;  // where there is no key
};

/// `text` is UTF-8. Blanks around it and full-width forms are taken off, x is X, 15 digits become 18 (GB 11643-1999,
/// the century "19" and the check character). That the birth date exists is not asked: such a number is nobody's.
ParsedNumber parse_number(std::string_view text);

}  // namespace jiuzhu::sieve

#pragma once
// Whether two names are the same person's when the number already agrees. Registers differ in blanks, in the dot of
// minority names, in full-width letters and in forms of characters. Pure.

#include <string>
#include <string_view>

namespace jiuzhu::sieve {

/// What is left of a name that can be compared: no blanks and dots, narrow capital letters, and one form of each
/// character that registers write in several (variant_characters). `name` is UTF-8.
std::string comparable_name(std::string_view name);

}  // namespace jiuzhu::sieve

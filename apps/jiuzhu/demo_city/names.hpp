#pragma once
// Invented names of persons. Pure, but for the dice.

#include <string>
#include <string_view>

#include "dice.hpp"

namespace jiuzhu::demo_city {

std::string_view any_surname(Dice& dice);
std::string_view any_given_name(Dice& dice, bool is_male);
/// Surname and given name, now and then a minority's name with its dot.
std::string any_name(Dice& dice, bool is_male);

/// A name that nobody takes for `name`: what a register has that knows the number under somebody else.
std::string another_name(Dice& dice, std::string_view name);

}  // namespace jiuzhu::demo_city

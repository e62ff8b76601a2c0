#pragma once
// What registers say about somebody, one row each, by the catalogue's titles. Who it is about is added where it is
// written. Amounts are yuan.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "deliveries.hpp"
#include "dice.hpp"

namespace jiuzhu::demo_city {

struct Entry {
  RegisterName where;
  std::vector<std::pair<std::string_view, std::string>> values;
};

Entry vehicle(Dice& dice, std::string_view type, Date registered_on, int price);
Entry flight(Dice& dice, Date day);
Entry contribution(std::string_view employer, Month month, int wage);
Entry pension(std::string_view kind, Month month, int amount);
Entry real_estate(Dice& dice, std::string_view use, Date registered_on);
Entry company(Dice& dice, std::string_view role, Date founded_on, std::string_view state);
Entry housing_fund(std::string_view employer, Month month, int amount);
Entry deposit(Dice& dice, std::string_view kind, Date day, int balance);
Entry death(Date died_on, std::optional<Date> cremated_on);
Entry public_payroll(std::string_view office);
Entry prisoner(Date since, std::optional<Date> until);
Entry other_benefit(std::string_view kind, std::string_view place, Date since, std::optional<Date> until);

std::string_view any_employer(Dice& dice);
std::string_view any_office(Dice& dice);

}  // namespace jiuzhu::demo_city

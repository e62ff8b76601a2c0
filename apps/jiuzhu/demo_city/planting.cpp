#include "planting.hpp"

#include <algorithm>

#include "names.hpp"

namespace jiuzhu::demo_city {

const Person& Planting::worker() const {
  const auto found = std::ranges::find_if(household_.persons, &Person::is_of_working_age);
  return found == household_.persons.end() ? applicant() : *found;
}

const Person& Planting::elder() const { return *std::ranges::max_element(household_.persons, {}, &Person::age); }

const Person& Planting::other_adult() const {
  const auto found = std::find_if(household_.persons.rbegin(), household_.persons.rend(),
                                  [](const Person& person) { return person.age >= 18; });
  return found == household_.persons.rend() ? applicant() : *found;
}

void Planting::enter_under_another_name(const Person& person, const Entry& entry) {
  files_.add({.number = person.subject.number, .name = another_name(dice_, person.subject.name)}, entry);
}

}  // namespace jiuzhu::demo_city

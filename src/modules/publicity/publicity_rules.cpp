#include "modules/publicity/publicity_rules.hpp"

#include "base/assert.hpp"
#include "kernel/identity/person_name.hpp"

namespace jiuzhu::publicity {
namespace {

constexpr int kFullAge = 18;  // Civil Code art. 17

std::string masked(const std::string& name) {
  const auto parsed = PersonName::parse(name);
  JZ_ASSERT(parsed.has_value());  // intake normalised it
  return parsed->masked();
}

}  // namespace

ShownFamily shown_family(const std::vector<NoticePerson>& persons, NameDisplay display, bool shows_members,
                         Date today) {
  ShownFamily family;
  for (const NoticePerson& person : persons) {
    ++family.member_count;
    const bool is_child = age_on(person.birth_date, today) < kFullAge;
    if (person.is_applicant) {
      JZ_ASSERT(family.applicant_name.empty());
      family.applicant_name = is_child                         ? "未成年人"
                              : display == NameDisplay::masked ? masked(person.name)
                                                               : person.name;
    } else if (shows_members && !is_child) {
      family.member_names.push_back(masked(person.name));
    }
  }
  JZ_ASSERT(!family.applicant_name.empty());
  return family;
}

}  // namespace jiuzhu::publicity

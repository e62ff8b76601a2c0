#include "modules/cases/completeness.hpp"

namespace jiuzhu::cases {

std::vector<FieldError> missing_authorisations(const std::vector<PersonRow>& persons) {
  std::vector<FieldError> missing;
  for (const PersonRow& person : persons) {
    if (!person.authorised_on) {
      missing.push_back({"/persons/" + person.person_key + "/authorised_on", "intake.missing_authorisation", {}});
    }
  }
  return missing;
}

std::vector<FieldError> missing_from(const Declaration& declaration, Date today) {
  std::vector<FieldError> missing;
  const auto add = [&](std::string pointer, std::string key) {
    missing.push_back({std::move(pointer), std::move(key), {}});
  };
  if (!declaration.row.is_promise_given) add("/promise_given", "intake.missing_promise");
  if (!declaration.row.is_kin_asked) add("/kin", "intake.missing_kin_declaration");
  if (!declaration.account) add("/account", "intake.missing_account");
  for (const PersonRow& person : declaration.persons) {
    const bool is_minor = age_on(person.birth_date, today) < 18;
    if (is_minor && person.authorised_on && !person.authorised_by) {
      add("/persons/" + person.person_key + "/authorised_by", "intake.missing_representative");
    }
  }
  for (FieldError& error : missing_authorisations(declaration.persons)) missing.push_back(std::move(error));
  for (const KinRow& kin : declaration.kin) {
    if (kin.outcome == "clarify") {
      add("/kin/handlers/" + std::to_string(kin.position) + "/relation_code", "intake.missing_kin_clarification");
    }
  }
  return missing;
}

}  // namespace jiuzhu::cases

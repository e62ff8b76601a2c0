#pragma once
// What acceptance needs, named all at once (S2 art. 13: one single notice).

#include "modules/cases/case_store.hpp"

namespace jiuzhu::cases {

struct Declaration {
  const CaseRow& row;
  const std::vector<PersonRow>& persons;
  const std::vector<KinRow>& kin;
  const std::optional<AccountRow>& account;
};

/// Field errors with keys "intake.missing_…"; empty when the file is complete.
std::vector<FieldError> missing_from(const Declaration& declaration, Date today);

/// Members and obligors who must sign for the check of registers and have not. Minors' letters are signed by their
/// guardians, so everybody needs one (S1 art. 58).
std::vector<FieldError> missing_authorisations(const std::vector<PersonRow>& persons);

}  // namespace jiuzhu::cases

#pragma once
// What a household declared, as rows: identifiers sealed, indexed and masked.

#include "engines/policy/procedure.hpp"
#include "kernel/use_case/use_case.hpp"
#include "modules/cases/intake.hpp"

namespace jiuzhu::cases {

/// The rows of one declaration, ready to be written.
struct DeclarationRows {
  std::vector<PersonRow> persons;
  std::vector<KinRow> kin;
  std::optional<AccountRow> account;
};

/// `intake` has no contradictions. What the procedure makes of kin stands in their rows.
DeclarationRows to_rows(const UseCase& act, const policy::Procedure& procedure, const CaseRow& row,
                        const Intake& intake);

/// Brings to the case's row what lists show of the declaration.
void describe_row(CaseRow& row, const Intake& intake, const DeclarationRows& rows);

/// "140302U2019000012"
std::string case_number_of(const std::string& county, CaseProgramme programme, int year, std::int64_t number);

}  // namespace jiuzhu::cases

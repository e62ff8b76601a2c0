#pragma once
// Filing kin of handlers (近亲属备案): whom the declaration may name, and kin who come out after acceptance.

#include <span>

#include "modules/cases/case_service.hpp"

namespace jiuzhu::cases {

/// True when the rules file the relation, or ask to clarify it first: until then it is treated as filed.
inline bool is_filed(const KinRow& kin) { return kin.outcome == "filed" || kin.outcome == "clarify"; }

/// An account binds recusal to one person and lets everybody else of that name work on. So it must be the account of
/// the person named: refuses with the field error "intake.handler_account_differs" below /kin/handlers.
Status refuse_wrong_handlers(UseCase& act, const Intake& intake);

struct LateKin {
  IntakeHandlerKin handler;
  std::string reason;  // how it came out
};

/// Kin found out after acceptance; recusal holds from this moment on, and what the rules file is visited by the county.
/// For the offices that deal with the family, and for a handler who reports himself. Needs
/// Permission::objection_record. Refuses with "kin.correct_declaration" before acceptance, "kin.case_closed",
/// "kin.known_already" and field errors as at intake.
Result<CaseRow> add_kin(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                        const CaseTarget& target, const LateKin& kin);

}  // namespace jiuzhu::cases

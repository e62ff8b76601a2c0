#pragma once
// Who has to stay out because the family named him (notice 2(2); S2 art. 14). Pure; any thread.

#include <optional>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::cases {

/// True when the declaration names this person as kin of somebody in the case: by account, or by name where the
/// declaration or the person has no account. Two accounts that differ are two people, whatever their names.
bool is_declared_kin(std::span<const KinRow> declared, const std::optional<UserId>& user, std::string_view name);

/// Refuses with "case.recusal" when the actor is declared kin of somebody in the case. The one answer to who must stay
/// out, for acts and for looks at identifiers.
Status refuse_kin(db::Transaction& tx, const Actor& actor, const std::string& county, CaseId id);

}  // namespace jiuzhu::cases

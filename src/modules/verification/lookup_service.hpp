#pragma once
// Asking the registers that the county holds about one application, for the officer of the verification agency.

#include "modules/registers/delivery_service.hpp"
#include "modules/verification/verification_service.hpp"

namespace jiuzhu::verification {

struct Lookup {
  LookupRow row;
  LookupAnswer answer;
};

/// Looks every member and obligor of the open order up and keeps the answer for the officer. Needs
/// Permission::verification_report; recorded. Refuses with "verification.no_open_order", "verification.no_registers"
/// when the county uses none, "verification.registers_busy" when others keep them for seconds, and like
/// registers::look_up().
Result<Lookup> look_up_case(const Surroundings& surroundings, const registers::RegisterWorld& hall, const Actor& actor,
                            const RegionCode& county, cases::CaseId id);

/// The latest of the open order; nothing when there is none. Needs Permission::verification_report; recorded.
Result<std::optional<Lookup>> read_lookup(const Surroundings& surroundings, const Actor& actor,
                                          const RegionCode& county, cases::CaseId id);

}  // namespace jiuzhu::verification

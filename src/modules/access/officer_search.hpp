#pragma once
// Finding the account of a handler whom a family names as its kin, so that recusal binds to the account and not to a
// name. Shows of each officer what stands on his door: name, post and office; no login.

#include "kernel/api/api.hpp"
#include "kernel/use_case/use_case.hpp"
#include "modules/access/access_store.hpp"

namespace jiuzhu::access {

inline constexpr std::size_t kOfficerNameMin = 2;  // characters typed, so that nobody pages through the county
inline constexpr int kOfficersMax = 10;

/// Officers of the actor's own county whose names start with `name`. Needs Permission::case_file, or objection_record
/// for kin who come out later. Refuses with the field error "officer.name_too_short".
Result<std::vector<OfficerRow>> search_officers(const Surroundings& surroundings, const Actor& actor,
                                                const std::string& name);

void add_officer_routes(api::Api& api, const Surroundings& surroundings,
                        std::function<std::string(const RegionCode&)> region_name);

}  // namespace jiuzhu::access

#pragma once
// Leads some of the demonstration's applications part of the way, through the same use cases as the browser, so that
// every role finds work on its list.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "kernel/access/actor.hpp"
#include "modules/cases/case_service.hpp"
#include "platform/clock/system_clock.hpp"

namespace jiuzhu {

using DemoActors = std::map<std::string, Actor>;

/// How far a case goes: each stage includes those before it.
enum class DemoStage { filed, accepted, verifying, investigating, awaiting_opinion, publicity };

/// Stops early, without an error, where the household's own circumstances end the way (an assessment that says no).
Status walk_demo_case(const Surroundings& surroundings, const cases::CaseWorld& world, const DemoActors& actors,
                      const cases::CaseRow& filed, DemoStage stage);

/// Whether the rules give this household a benefit.
bool is_demo_household_eligible(const cases::CaseWorld& world, const cases::Intake& intake, Date today);

/// Leads filed applications of eligible households to their benefit, as far as the clock is moved for it: the
/// publicity's days pass once for all of them. Then one amount is set by a person and one benefit is given up, so that
/// lists and changes of standard meet the exceptions too.
Status grant_demo_awards(const Surroundings& surroundings, SystemClock& clock, const cases::CaseWorld& world,
                         const DemoActors& actors, std::span<const cases::CaseRow> filed);

}  // namespace jiuzhu

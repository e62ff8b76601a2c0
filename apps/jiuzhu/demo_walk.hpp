#pragma once
// Leads some of the demonstration's applications part of the way, through the same use cases as the browser, so that
// every role finds work on its list.

#include <map>
#include <string>

#include "kernel/access/actor.hpp"
#include "modules/cases/case_service.hpp"

namespace jiuzhu {

using DemoActors = std::map<std::string, Actor>;

/// How far a case goes: each stage includes those before it.
enum class DemoStage { filed, accepted, verifying, investigating, awaiting_opinion, publicity };

/// Stops early, without an error, where the household's own circumstances end the way (an assessment that says no).
Status walk_demo_case(const Surroundings& surroundings, const cases::CaseWorld& world, const DemoActors& actors,
                      const cases::CaseRow& filed, DemoStage stage);

}  // namespace jiuzhu

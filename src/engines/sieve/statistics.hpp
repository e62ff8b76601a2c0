#pragma once
// The statistics of a run as JSON. Nothing in it depends on the machine or the time, so that equal runs have equal
// files.

#include <string>

#include "engines/sieve/report.hpp"

namespace jiuzhu::sieve {

std::string statistics_text(const Plan& plan, const Summary& summary, const People& people);

}  // namespace jiuzhu::sieve

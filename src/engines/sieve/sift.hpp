#pragma once
// All registers of a plan, or a share of them, against all people, in any number of threads.

#include "engines/sieve/findings.hpp"
#include "engines/sieve/people.hpp"
#include "engines/sieve/workers.hpp"

namespace jiuzhu::sieve {

/// Adds to `findings`. Refuses with what TableFile and Feed refuse with, and with "sieve.cancelled". Leaves nothing
/// behind.
Status sift_registers(const Plan& plan, const People& people, const Reading& reading, const Watching& watching,
                      Signals& signals, Findings& findings);

/// Refuses with "sieve.rows_do_not_add_up" {source, …}.
Status check_sums(const Plan& plan, const Findings& findings);

/// When everything is in `findings`: refuses with "sieve.mostly_malformed" {source, percent, most, column, kind} where
/// more numbers are malformed than the source allows.
Status check_malformed(const Plan& plan, const Findings& findings);

}  // namespace jiuzhu::sieve

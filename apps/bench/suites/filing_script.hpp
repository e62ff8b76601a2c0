#pragma once
// The statements of one filing, captured from the real program, as a script for the baselines.

#include "baseline/transaction_script.hpp"
#include "harness/bench.hpp"
#include "suites/filing_load.hpp"

namespace jiuzhu::bench {

/// Starts the program once on a PostgreSQL of its own and files one application under the eyes of the server's log; the
/// session look-up of the request is part of it.
TransactionScript capture_filing(const Settings& settings, FilingBodies& bodies);

/// The same script where the session of the captured request does not exist: looks up one that does.
TransactionScript with_session_of(TransactionScript script, const std::string& database);

}  // namespace jiuzhu::bench

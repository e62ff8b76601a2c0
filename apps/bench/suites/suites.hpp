#pragma once
// Every suite; main.cpp names them on the command line.

#include "harness/bench.hpp"

namespace jiuzhu::bench {

void run_filing_on_postgresql(Bench& bench);
void run_filing_on_sqlite(Bench& bench);
void run_county_on_sqlite(Bench& bench);
void run_county_on_postgresql(Bench& bench);
void run_assessment_columns(Bench& bench);

}  // namespace jiuzhu::bench

#pragma once
// Applications as offices file them: 4 members, an obligor, 10 declared facts. Nobody appears twice in a run.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "baseline/pgbench.hpp"
#include "harness/desk.hpp"
#include "harness/installation.hpp"
#include "harness/load.hpp"

namespace jiuzhu::bench {

/// The bodies of POST /cases. Any thread may take the next one.
class FilingBodies {
 public:
  FilingBodies();
  std::string next(const std::string& village);

 private:
  std::vector<std::string> pieces_;  // text between the places that change
  std::vector<int> places_;          // which of the changing values stands between them
  std::atomic<std::int64_t> count_ = 0;
};

/// The offices that file, each in its own county.
const std::vector<PlacePair>& filing_places();

/// One account for each county: its login and its one-time password.
using OneTimePasswords = std::vector<std::pair<std::string, std::string>>;
OneTimePasswords create_filing_users(const Installation& installation);
void activate_filing_users(std::uint16_t port, const OneTimePasswords& passwords);

/// `connections` sessions, spread over the first `county_count` counties in turn.
std::vector<std::unique_ptr<Desk>> filing_desks(std::uint16_t port, int connections, std::size_t county_count);

/// Files for about `seconds` from all desks; they were made for the same number of counties.
LoadResult run_filing_load(FilingBodies& bodies, const std::vector<std::unique_ptr<Desk>>& desks,
                           std::size_t county_count, double seconds);

}  // namespace jiuzhu::bench

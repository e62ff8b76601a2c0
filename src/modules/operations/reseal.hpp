#pragma once
// After a rotation of keys: every sealed value is opened and sealed again under the newest key, a batch a transaction,
// beside a running server. What was done stays done when it is broken off; the next run goes on with the rest.
//
// A use case may write the same row meanwhile. It seals under the newest key itself, and the exchange compares the old
// bytes, so whichever comes second leaves the newer value alone.

#include <functional>
#include <map>

#include "kernel/use_case/use_case.hpp"
#include "modules/operations/sealed_columns.hpp"

namespace jiuzhu::operations {

struct ResealReport {
  int version = 0;                               // the key everything is under now
  std::map<std::string, std::int64_t> resealed;  // by "table.column"
  std::int64_t written_meanwhile = 0;            // left to the use case that wrote them
  std::int64_t unreadable = 0;                   // no key of the file opens them; they were left as they are
};

/// One record in the audit chain of each county, in the transaction of its first change. `on_progress` hears how many
/// values are done and how many there are.
Result<ResealReport> reseal(const Surroundings& world, const SealedColumns& columns,
                            const std::function<void(std::int64_t done, std::int64_t total)>& on_progress);

}  // namespace jiuzhu::operations

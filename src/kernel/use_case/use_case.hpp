#pragma once
// One use case = one transaction: it checks permission, calls pure rules, writes state and what must be audited, and
// either all of it is there afterwards or none. What it needs from the world is passed in, so that a test can turn the
// clock and replay randomness.
//
//   return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<CaseId> {
//     JZ_TRY_VOID(require(act.actor, Permission::case_file, village));
//     ...
//     act.record({.action = "case.filed", .subject_kind = "case", .subject_id = id.to_text()});
//     return id;
//   });

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "kernel/access/actor.hpp"
#include "kernel/audit/audit.hpp"
#include "platform/crypto/vault.hpp"
#include "platform/db/database.hpp"

namespace jiuzhu {

/// What outlives every use case. Owned by the program; any thread may use it.
struct Surroundings {
  db::Database& database;
  const Clock& clock;
  Random& random;
  const Vault& vault;
};

/// What one use case works with. Its county is the tenant: a use case writes one county.
class UseCase {
 public:
  UseCase(db::Transaction& transaction, const Surroundings& world, const Actor& who, RegionCode where)
      : tx(transaction),
        surroundings(world),
        actor(who),
        county(std::move(where)),
        now(world.clock.now()),
        today(now.china_date()) {}

  db::Transaction& tx;
  const Surroundings& surroundings;
  const Actor& actor;
  const RegionCode county;
  const Instant now;
  const Date today;

  const Vault& vault() const { return surroundings.vault; }
  template <class AnyId>
  AnyId new_id() const {
    return make_id<AnyId>(surroundings.clock, surroundings.random);
  }
  /// Goes into the county's audit chain at the end of the transaction.
  void record(AuditEntry entry) { entries_.push_back(std::move(entry)); }
  const std::vector<AuditEntry>& entries() const { return entries_; }

 private:
  std::vector<AuditEntry> entries_;
};

/// Six digits: the county itself, or a city or province padded with zeros for what is done at that level.
std::string audit_chain_of(const RegionCode& region);

/// Runs `function(UseCase&) -> Result<T>` in one transaction of `county` and appends what it recorded.
template <class Function>
auto run_use_case(const Surroundings& surroundings, const Actor& actor, const RegionCode& county, Function&& function) {
  return surroundings.database.write([&](db::Transaction& tx) {
    UseCase act(tx, surroundings, actor, county);
    auto result = function(act);
    // Last, because it takes the chain's lock: others of the county wait only for this and the commit.
    if (result) append_audit(tx, act.vault(), audit_chain_of(county), actor, act.now, act.entries());
    return result;
  });
}

}  // namespace jiuzhu

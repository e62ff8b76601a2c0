#pragma once
// Brings recorded standards into the rulebook of the running program. Any thread.

#include <atomic>
#include <mutex>

#include "engines/policy/live_rulebook.hpp"
#include "platform/db/database.hpp"

namespace jiuzhu::standards {

/// The rules of policy/ with everything recorded put over them.
policy::Rulebook with_recorded(const policy::Rulebook& files, db::Transaction& tx);

class StandardFeed {
 public:
  /// `live` begins with the rules of policy/; what is recorded comes with the first refresh.
  StandardFeed(db::Database& database, policy::LiveRulebook live);

  /// Looks whether something was recorded and takes it over.
  void refresh();
  /// The same, at most once a second: several processes may serve one database. Cheap to call for every request.
  void refresh_now_and_then(Instant now);

 private:
  db::Database& database_;
  policy::LiveRulebook live_;
  std::shared_ptr<const policy::Rulebook> files_;
  std::mutex mutex_;
  std::int64_t version_ = 0;
  std::atomic<std::int64_t> looked_at_ = 0;
};

}  // namespace jiuzhu::standards

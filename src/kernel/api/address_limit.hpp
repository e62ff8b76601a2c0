#pragma once
// How often one address may ask a route that needs no login. Counts within a window that starts with the address's
// first request; a few hundred thousand addresses cost a few megabytes. Any thread.

#include <map>
#include <mutex>
#include <string>

#include "base/date.hpp"

namespace jiuzhu::api {

class AddressLimit {
 public:
  AddressLimit(int requests, int seconds) : requests_(requests), seconds_(seconds) {}

  /// Seconds until the address may ask again; 0 when this request may pass, which counts it.
  int wait_of(const std::string& address, Instant now) {
    const std::lock_guard lock(mutex_);
    if (swept_at_.plus_seconds(seconds_) <= now) {
      std::erase_if(counts_, [&](const auto& entry) { return entry.second.since.plus_seconds(seconds_) <= now; });
      swept_at_ = now;
    }
    Count& count = counts_.try_emplace(group_of(address), Count{now, 0}).first->second;
    if (count.since.plus_seconds(seconds_) <= now) count = {now, 0};
    if (++count.requests <= requests_) return 0;
    return static_cast<int>((count.since.plus_seconds(seconds_).microseconds - now.microseconds) / 1'000'000) + 1;
  }

 private:
  struct Count {
    Instant since;
    int requests = 0;
  };

  /// One household has a whole /64 of IPv6: its four groups count as one address.
  static std::string group_of(const std::string& address);

  const int requests_;
  const int seconds_;
  std::mutex mutex_;
  Instant swept_at_{};                   // guarded by mutex_
  std::map<std::string, Count> counts_;  // guarded by mutex_
};

}  // namespace jiuzhu::api

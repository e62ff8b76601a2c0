#pragma once
// What the routes of alerts and of checks have in common. Private to this folder.

#include "modules/watch/watch_http.hpp"

namespace jiuzhu::watch {

inline constexpr const char* kTag = "watch";
inline constexpr int kPage = 50;

/// What a page of either needs.
struct WatchDesk {
  std::shared_ptr<const cases::CaseRoutesContext> context;
  std::shared_ptr<const WatchWorld> world;

  std::string region_name(const RegionCode& region) const { return context->views.region_name(region); }
  /// Of the catalogue; nothing where it has no such rule any more.
  const sieve::RegisterRule* rule(const std::string& code) const;
  /// The code where there is none.
  std::string rule_title(const std::string& code, Language language) const;
};

/// "140302001001.01920000-…": the last row of a page.
std::string cursor_text(const RegionCode& region, const std::string& id);
/// What is no cursor begins at the first page.
CheckedCursor cursor_of(const std::string& text);

/// Below /watch/checks.
void add_check_routes(api::Api& api, const WatchDesk& desk, jobs::Runner& runner);
/// Below /watch/alerts.
void add_alert_routes(api::Api& api, const WatchDesk& desk);

}  // namespace jiuzhu::watch

#include "modules/watch/watch_http.hpp"

#include <algorithm>

#include "modules/watch/watch_desk.hpp"

namespace jiuzhu::watch {

const sieve::RegisterRule* WatchDesk::rule(const std::string& code) const {
  const auto& rules = world->hall->catalogue.rules;
  const auto found = std::ranges::find(rules, code, [](const sieve::RegisterRule& known) { return known.rule.code; });
  return found == rules.end() ? nullptr : &*found;
}
std::string WatchDesk::rule_title(const std::string& code, Language language) const {
  const sieve::RegisterRule* found = rule(code);
  if (!found) return code;
  return language == Language::zh ? found->title.zh : found->title.en;
}

std::string cursor_text(const RegionCode& region, const std::string& id) { return region.to_text() + "." + id; }
CheckedCursor cursor_of(const std::string& text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return {};
  return {text.substr(0, dot), text.substr(dot + 1)};
}

void add_watch_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context,
                      const std::shared_ptr<const WatchWorld>& world, jobs::Runner& runner) {
  const WatchDesk desk{context, world};
  add_check_routes(api, desk, runner);
  add_alert_routes(api, desk);
}

}  // namespace jiuzhu::watch

#include "modules/standards/standard_feed.hpp"

#include "modules/standards/standard_store.hpp"

namespace jiuzhu::standards {
namespace {

constexpr std::int64_t kPauseMicroseconds = 1'000'000;

policy::LocalName name_of(cases::CaseProgramme programme) {
  return programme == cases::CaseProgramme::urban_minimum_living ? policy::LocalName::standard_urban_month
                                                                 : policy::LocalName::standard_rural_year;
}

policy::BilingualText title_of(cases::CaseProgramme programme) {
  if (programme == cases::CaseProgramme::urban_minimum_living) {
    return {"城市低保标准（元/人·月）", "urban standard (yuan per person and month)"};
  }
  return {"农村低保标准（元/人·年）", "rural standard (yuan per person and year)"};
}

}  // namespace

policy::Rulebook with_recorded(const policy::Rulebook& files, db::Transaction& tx) {
  std::vector<std::pair<policy::LocalName, policy::LocalValue>> values;
  for (const StandardRow& row : standards_in_force(tx)) {
    // Recorded by an officer from the published document that it names.
    values.emplace_back(name_of(row.programme),
                        policy::LocalValue{.use = {.name = std::string(policy::name_of(name_of(row.programme))),
                                                   .value = row.amount.to_text(),
                                                   .region = row.county_code,
                                                   .valid_from = row.valid_from.first_day(),
                                                   .status = policy::Verification::verified,
                                                   .title = title_of(row.programme),
                                                   .reference = {row.document, row.document}},
                                           .until = std::nullopt,
                                           .content = row.amount});
  }
  return files.with_local_values(std::move(values));
}

StandardFeed::StandardFeed(db::Database& database, policy::LiveRulebook live)
    : database_(database), live_(std::move(live)), files_(live_.current()) {}

void StandardFeed::refresh() {
  const std::lock_guard lock(mutex_);
  const auto next = database_.read([&](db::Transaction& tx) -> std::shared_ptr<const policy::Rulebook> {
    const std::int64_t version = standards_version(tx);
    if (version == version_) return nullptr;
    version_ = version;
    return std::make_shared<const policy::Rulebook>(with_recorded(*files_, tx));
  });
  if (next) live_.replace(next);
}

void StandardFeed::refresh_now_and_then(Instant now) {
  std::int64_t before = looked_at_.load();
  // One thread looks; the others go on with what there is. A clock that was set back looks at once.
  if (now.microseconds >= before && now.microseconds - before < kPauseMicroseconds) return;
  if (looked_at_.compare_exchange_strong(before, now.microseconds)) refresh();
}

}  // namespace jiuzhu::standards

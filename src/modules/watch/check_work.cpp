// What the job of a check does: everybody in benefit in a region, past all registers, household by household.

#include <algorithm>

#include "modules/cases/facts_json.hpp"
#include "modules/registers/county_rules.hpp"
#include "modules/verification/verification_rules.hpp"
#include "modules/watch/check_service.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::watch {
namespace {

using verification::ReportOutcome;

/// How long is kept what a check found about a household.
constexpr std::int64_t kAnswerSeconds = std::int64_t{400} * 86'400;

ReportOutcome outcome_of(const verification::LookupAnswer& answer) {
  std::vector<verification::ReportedPerson> reported;
  for (const verification::LookedUpPerson& person : answer.persons) reported.push_back({person.person, person.result});
  return verification::outcome_of(reported);
}

std::string rules_of(const verification::LookupAnswer& answer) {
  std::vector<std::string> codes;
  for (const verification::MetRule& rule : answer.rules) codes.push_back(rule.code);
  return json::print(json::write(codes));
}

class Checking {
 public:
  Checking(const WatchWorld& world, const jobs::JobRun& run)
      : world_(world), run_(run), county_(run.job.county_code), today_(world.surroundings.clock.today()) {}

  Status operator()() {
    JZ_TRY_VOID(gather());
    std::stop_source stop;
    Status status;
    const auto answers = registers::look_up(catalogue_, world_.hall->files,
                                            {.households = people_.households,
                                             .registers = held_,
                                             .today = today_,
                                             .stop = stop.get_token(),
                                             .on_progress = [&](std::int64_t done, std::int64_t total) {
                                               if (!status) return;
                                               status = run_.advance(done, total);
                                               if (!status) stop.request_stop();
                                             }});
    JZ_TRY_VOID(status);
    if (!answers) return refuse(answers.error());
    // Before the transaction that writes: on SQLite everybody else waits for that one.
    judge(*answers);
    return write(*answers);
  }

 private:
  Status gather() {
    return world_.surroundings.database.read([&](db::Transaction& tx) -> Status {
      auto row = find_check(tx, county_, *CheckId::parse(run_.job.subject_id));
      if (!row || row->state != CheckState::running) return refuse(ErrorCode::not_found, "watch.check_not_found");
      row_ = std::move(*row);
      catalogue_ = registers::county_catalogue(tx, world_.hall->catalogue, county_);
      held_ = registers::held_registers(tx, catalogue_, county_, today_);
      people_ = watched_people(tx, world_.surroundings.vault, county_, row_.region, today_);
      return {};
    });
  }

  Status write(const registers::Answers& answers) {
    return run_use_case(world_.surroundings, run_.actor, *RegionCode::parse(county_), [&](UseCase& act) -> Status {
      std::vector<std::size_t> places;
      for (const registers::HeldRegister& held : held_) {
        if (held.answers()) places.push_back(held.place);
      }
      for (const CheckedRow& household : checked_) insert_checked(act.tx, household);
      JZ_TRY(row_.alert_count, open_alerts(act, world_.cases, catalogue_, people_.rows, answers, places));
      row_.state = CheckState::done;
      row_.finished_at = act.now;
      row_.household_count = static_cast<std::int64_t>(people_.households.size());
      row_.person_count = answers.persons;
      row_.unauthorised_count = people_.unauthorised;
      row_.registers = json::print(json::write(verification::asked_registers(catalogue_, held_)));
      clear_old_answers(act.tx, county_, act.now.plus_seconds(-kAnswerSeconds));
      if (!finish_check(act.tx, row_)) return refuse(ErrorCode::conflict, "watch.check_not_found");
      JZ_TRY_VOID(run_.finish(act.tx));
      act.record({.action = "watch.check_done",
                  .subject_kind = "recipient_check",
                  .subject_id = row_.id.to_text(),
                  .basis = "SX-2019/2-5",
                  .changes = json::Value()
                                 .set("households", row_.household_count)
                                 .set("clues", row_.clue_count)
                                 .set("exceeds", row_.exceeds_count)
                                 .set("incomplete", row_.incomplete_count)
                                 .set("alerts", row_.alert_count)});
      return {};
    });
  }

  void judge(const registers::Answers& answers) {
    world_.surroundings.database.read([&](db::Transaction& tx) {
      for (const registers::Household& household : people_.households) {
        const auto found = answers.households.find(household.id);
        judge(tx, household, found == answers.households.end() ? nullptr : &found->second);
      }
      return 0;
    });
  }

  void judge(db::Transaction& tx, const registers::Household& household, const registers::HouseholdAnswer* found) {
    const WatchedRow& watched = people_.rows.at(household.id);
    // What was declared is asked for only where there is something to set beside it.
    policy::HouseholdFacts declared;
    auto property = verification::PropertyDeclared::yes;
    std::vector<cases::PersonRow> persons;
    if (found) {
      const auto facts = cases::latest_facts(tx, county_, watched.case_id);
      JZ_ASSERT(facts.has_value());
      declared = *cases::read_facts(facts->facts);
      if (facts->reason == "taken_over") property = verification::PropertyDeclared::not_asked;
      persons = cases::persons_of(tx, county_, watched.case_id);
    }
    verification::LookupAnswer answer =
        verification::answer_of(catalogue_, held_, household, persons, found ? *found : registers::HouseholdAnswer(),
                                declared, property, today_);
    const ReportOutcome outcome = outcome_of(answer);
    count(outcome);
    // Which registers gave no answer stands once, with the check.
    std::erase_if(answer.findings, [](const verification::LookedUpFinding& finding) {
      return !finding.grade && !finding.register_code.empty();
    });
    checked_.push_back({.county_code = county_,
                        .check_id = row_.id,
                        .award_id = watched.award_id,
                        .region = watched.region,
                        .case_number = watched.case_number,
                        .holder_name = watched.holder_name,
                        .outcome = outcome,
                        .rules = rules_of(answer),
                        .answer = answer.findings.empty() ? std::string() : json::print(json::write(answer))});
  }

  void count(ReportOutcome outcome) {
    switch (outcome) {
      case ReportOutcome::clear: ++row_.clear_count; return;
      case ReportOutcome::clues: ++row_.clue_count; return;
      case ReportOutcome::exceeds: ++row_.exceeds_count; return;
      case ReportOutcome::incomplete: ++row_.incomplete_count; return;
    }
  }

  const WatchWorld& world_;
  const jobs::JobRun& run_;
  sieve::Catalogue catalogue_;  // with the county's own limits
  const std::string county_;
  const Date today_;
  CheckRow row_;
  std::vector<registers::HeldRegister> held_;
  WatchedPeople people_;
  std::vector<CheckedRow> checked_;
};

}  // namespace

void provide_check_jobs(jobs::Runner& runner, const std::shared_ptr<const WatchWorld>& world) {
  runner.provide("watch.check", [world](const jobs::JobRun& run) -> Status { return Checking(*world, run)(); });
}

}  // namespace jiuzhu::watch

#include "modules/watch/alert_service.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "modules/cases/recusal.hpp"
#include "modules/verification/lookup.hpp"

namespace jiuzhu::watch {
namespace {

std::unexpected<Error> refuse_fields(std::vector<FieldError> problems) {
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

AuditEntry alert_entry(const char* action, const AlertRow& row, json::Value changes = {}) {
  return {.action = action,
          .subject_kind = "watch_alert",
          .subject_id = row.id.to_text(),
          .basis = "SX-2019/2-5",
          .changes = std::move(changes)};
}

/// Opens and wakes alerts of one kind.
class Opening {
 public:
  Opening(UseCase& act, const sieve::Catalogue& catalogue, const std::map<std::string, WatchedRow>& households,
          const registers::Answers& answers, std::span<const std::size_t> places, Date due_on)
      : act_(act),
        catalogue_(catalogue),
        households_(households),
        answers_(answers),
        places_(places),
        due_on_(due_on),
        county_(act.county.to_text()) {}

  std::int64_t operator()() {
    std::set<sieve::AlertKind> kinds;
    for (const sieve::RegisterRule& rule : catalogue_.rules) {
      if (rule.alert) kinds.insert(*rule.alert);
    }
    for (const sieve::AlertKind kind : kinds) open(kind);
    return opened_;
  }

 private:
  void open(sieve::AlertKind kind) {
    known_.clear();
    live_.clear();
    muted_.clear();
    for (const KnownFact& fact : known_facts(act_.tx, county_, kind)) {
      known_.emplace(std::pair(fact.award_id.to_text(), fact.digest), fact.alert_id);
    }
    for (AlertRow& row : alerts_of(act_.tx, county_, kind, {AlertState::open, AlertState::checked})) {
      live_.insert_or_assign(row.award_id.to_text(), std::move(row));
    }
    for (AlertRow& row : alerts_of(act_.tx, county_, kind, {AlertState::muted})) {
      muted_.insert_or_assign(row.id.to_text(), std::move(row));
    }
    for (const auto& [award, answer] : answers_.households) {
      const auto household = households_.find(award);
      if (household == households_.end()) continue;
      auto facts = alerting_facts(catalogue_, answer, places_);
      std::erase_if(facts, [&](const AlertingFact& fact) { return catalogue_.rules[fact.rule_place].alert != kind; });
      if (!facts.empty()) take(household->second, kind, facts);
    }
  }

  void take(const WatchedRow& household, sieve::AlertKind kind, const std::vector<AlertingFact>& facts) {
    std::vector<const AlertingFact*> news;
    for (const AlertingFact& fact : facts) {
      const auto known = known_.find({household.award_id.to_text(), fact.digest});
      if (known == known_.end()) {
        news.push_back(&fact);
      } else {
        wake(known->second);
      }
    }
    if (news.empty()) return;
    const AlertRow& alert = alert_for(household, kind, *news.front());
    for (const AlertingFact* fact : news) keep(household, kind, alert, *fact);
  }

  /// Its silence is over, and the registers still say it.
  void wake(AlertId id) {
    const auto muted = muted_.find(id.to_text());
    if (muted == muted_.end() || *muted->second.muted_until >= act_.today) return;
    auto row = lock_alert(act_.tx, county_, id, muted->second.version);
    muted_.erase(muted);
    if (!row) return;  // somebody has just worked on it
    reopen(*row);
    live_.insert_or_assign(row->award_id.to_text(), std::move(*row));
  }

  void reopen(AlertRow& row) {
    row.state = AlertState::open;
    row.due_on = due_on_;
    update_alert(act_.tx, row);
    act_.record(alert_entry("watch.alert_reopened", row));
    ++opened_;
  }

  /// The household's alert of this kind that waits for somebody, or a new one.
  const AlertRow& alert_for(const WatchedRow& household, sieve::AlertKind kind, const AlertingFact& fact) {
    const std::string award = household.award_id.to_text();
    if (const auto live = live_.find(award); live != live_.end() && raise(live->second)) return live->second;
    const sieve::RegisterRule& rule = catalogue_.rules[fact.rule_place];
    AlertRow row{.county_code = county_,
                 .id = act_.new_id<AlertId>(),
                 .award_id = household.award_id,
                 .case_id = household.case_id,
                 .region = household.region,
                 .kind = kind,
                 .register_code = catalogue_.registers[rule.registers.front()].source.name,
                 .rule_code = rule.rule.code,
                 .case_number = household.case_number,
                 .holder_name = household.holder_name,
                 .opened_on = act_.today,
                 .due_on = due_on_};
    insert_alert(act_.tx, row);
    act_.record(alert_entry("watch.alert_opened", row, json::Value().set("kind", enum_text(kind))));
    ++opened_;
    return live_.insert_or_assign(award, std::move(row)).first->second;
  }

  /// Locks an alert for what is added to it, so that nobody closes it on what he has not seen; one that was looked at
  /// already has to be looked at again. False when it was closed meanwhile.
  bool raise(AlertRow& live) {
    for (;;) {
      const auto current = find_alert(act_.tx, county_, live.id);
      if (!current || current->state == AlertState::decided || current->state == AlertState::muted) return false;
      auto row = lock_alert(act_.tx, county_, live.id, current->version);
      if (!row) continue;  // somebody was faster; look again
      if (row->state == AlertState::checked) reopen(*row);
      live = std::move(*row);
      return true;
    }
  }

  void keep(const WatchedRow& household, sieve::AlertKind kind, const AlertRow& alert, const AlertingFact& alerting) {
    const registers::Fact& fact = *alerting.fact;
    const sieve::Register& record = catalogue_.registers[fact.register_place];
    const verification::FactWords words = verification::words_of(record, fact);
    insert_fact(act_.tx, {.county_code = county_,
                          .award_id = household.award_id,
                          .kind = kind,
                          .digest = alerting.digest,
                          .alert_id = alert.id,
                          .person_key = fact.person,
                          .person_name = fact.person_name,
                          .source = words.source,
                          .content = words.content,
                          .amount = words.amount,
                          .as_of = fact.as_of,
                          .name_grade = std::string(enum_text(fact.grade)),
                          .register_name = fact.register_name,
                          .first_seen_on = act_.today});
  }

  UseCase& act_;
  const sieve::Catalogue& catalogue_;
  const std::map<std::string, WatchedRow>& households_;
  const registers::Answers& answers_;
  std::span<const std::size_t> places_;
  const Date due_on_;
  const std::string county_;
  std::map<std::pair<std::string, std::string>, AlertId> known_;  // by award and digest
  std::map<std::string, AlertRow> live_;                          // by award
  std::map<std::string, AlertRow> muted_;                         // by alert
  std::int64_t opened_ = 0;
};

/// Locks an alert that waits for somebody, if the actor may act on it.
Result<AlertRow> open_alert(UseCase& act, const AlertTarget& target, Permission permission) {
  const std::string county = target.county.to_text();
  JZ_TRY_VOID(require(act.actor, permission));
  auto row = lock_alert(act.tx, county, target.id, target.version);
  if (!row) {
    const auto current = find_alert(act.tx, county, target.id);
    if (!current || !act.actor.region.contains(current->region)) {
      return refuse(ErrorCode::not_found, "watch.alert_not_found");
    }
    return refuse(ErrorCode::conflict, "watch.changed_meanwhile");
  }
  if (!act.actor.region.contains(row->region)) return refuse(ErrorCode::not_found, "watch.alert_not_found");
  JZ_TRY_VOID(cases::refuse_kin(act.tx, act.actor, county, row->case_id));
  if (row->state == AlertState::decided || row->state == AlertState::muted) {
    return refuse(ErrorCode::conflict, "watch.alert_closed");
  }
  return std::move(*row);
}

/// Whoever visited neither decides nor lets the alert fall silent.
Status refuse_visitor(const UseCase& act, const AlertRow& row) {
  if (!has_visited(row, act.actor.user)) return {};
  return refuse_by_rule("watch.same_person", {"SA-2014/5", "SA-2014/13"});
}

/// The award at the version it has now: the alert's own version has kept the officer from acting on what he did not
/// see.
Result<awards::AwardTarget> award_target(UseCase& act, const AlertRow& row) {
  const auto award = awards::find_award(act.tx, row.county_code, row.award_id);
  JZ_ASSERT(award.has_value());
  return awards::AwardTarget{act.county, award->id, award->version};
}

Status change_benefit(UseCase& act, const cases::CaseWorld& world, AlertRow& row, const AlertDecision& decision) {
  JZ_TRY(const awards::AwardTarget target, award_target(act, row));
  switch (decision.outcome) {
    case AlertOutcome::keep:
      if (trim(decision.note).empty()) return refuse_fields({{"/note", "field.empty", {}}});
      return {};
    case AlertOutcome::raise:
    case AlertOutcome::cut: {
      if (!decision.adjustment) return refuse_fields({{"/adjustment", "field.missing", {}}});
      const auto award = awards::find_award(act.tx, row.county_code, row.award_id);
      const bool is_cut = decision.adjustment->amount < award->amount;
      if (is_cut != (decision.outcome == AlertOutcome::cut)) {
        return refuse_fields({{"/adjustment/amount", "watch.wrong_direction", {}}});
      }
      JZ_TRY(const awards::AwardRow adjusted, awards::adjust_award(act, world, target, *decision.adjustment));
      row.amount_sequence = adjusted.amount_sequence;
      return {};
    }
    case AlertOutcome::stop:
      if (!decision.ending) return refuse_fields({{"/ending", "field.missing", {}}});
      JZ_TRY_VOID(awards::end_award(act, world, target, *decision.ending));
      return {};
  }
  return {};
}

}  // namespace

Result<std::int64_t> open_alerts(UseCase& act, const cases::CaseWorld& world, const sieve::Catalogue& catalogue,
                                 const std::map<std::string, WatchedRow>& households, const registers::Answers& answers,
                                 std::span<const std::size_t> places) {
  JZ_TRY(const Date due_on, world.calendar.after_working_days(act.today, catalogue.visit_working_days));
  return Opening(act, catalogue, households, answers, places, due_on)();
}

registers::DeliveryWatch watch_deliveries(const Surroundings& surroundings, const cases::CaseWorld& cases,
                                          const sieve::Catalogue& catalogue) {
  const auto people_of = [&surroundings](db::Transaction& tx, const std::string& county) {
    return watched_people(tx, surroundings.vault, county, *RegionCode::parse(county), surroundings.clock.today());
  };
  return {.people = [people_of](db::Transaction& tx,
                                const std::string& county) { return people_of(tx, county).households; },
          .take = [&cases, &catalogue](UseCase& act, const registers::DeliveryRow& delivery, std::size_t place,
                                       const registers::Answers& answers) -> Status {
            std::map<std::string, WatchedRow> households;
            for (WatchedRow& row : watched_households(act.tx, delivery.county_code, act.county)) {
              households.emplace(row.award_id.to_text(), std::move(row));
            }
            JZ_TRY_VOID(open_alerts(act, cases, catalogue, households, answers, std::span(&place, 1)));
            return {};
          }};
}

Result<AlertRow> check_alert(const WatchWorld& world, const Actor& actor, const AlertTarget& target,
                             const AlertCheck& check) {
  return run_use_case(world.surroundings, actor, target.county, [&](UseCase& act) -> Result<AlertRow> {
    JZ_TRY(AlertRow row, open_alert(act, target, Permission::alert_check));
    auto problems = problems_of_check(check.found);
    if (!problems.empty()) return refuse_fields(std::move(problems));
    row.state = AlertState::checked;
    row.checked_on = act.today;
    if (!has_visited(row, act.actor.user)) {
      row.visitors += (row.visitors.empty() ? "" : " ") + act.actor.user.to_text();
    }
    row.checked_by_name = act.actor.name;
    row.check_found = check.found;
    row.household_statement = check.household_statement;
    row.proposal = check.proposal;
    update_alert(act.tx, row);
    act.record(alert_entry("watch.alert_checked", row, json::Value().set("proposal", enum_text(check.proposal))));
    return row;
  });
}

Result<AlertRow> decide_alert(const WatchWorld& world, const Actor& actor, const AlertTarget& target,
                              const AlertDecision& decision) {
  return run_use_case(world.surroundings, actor, target.county, [&](UseCase& act) -> Result<AlertRow> {
    JZ_TRY(AlertRow row, open_alert(act, target, Permission::alert_decide));
    if (row.state != AlertState::checked) return refuse_by_rule("watch.not_checked", {"SX-2019/2-1", "SA-2014/13"});
    JZ_TRY_VOID(refuse_visitor(act, row));
    JZ_TRY_VOID(change_benefit(act, world.cases, row, decision));
    row.state = AlertState::decided;
    row.decided_on = act.today;
    row.decided_by_name = act.actor.name;
    row.decision = decision.outcome;
    row.decision_note = decision.note;
    update_alert(act.tx, row);
    act.record(alert_entry("watch.alert_decided", row, json::Value().set("decision", enum_text(decision.outcome))));
    return row;
  });
}

Result<AlertRow> mute_alert(const WatchWorld& world, const Actor& actor, const AlertTarget& target,
                            const AlertMute& mute) {
  return run_use_case(world.surroundings, actor, target.county, [&](UseCase& act) -> Result<AlertRow> {
    JZ_TRY(AlertRow row, open_alert(act, target, Permission::alert_mute));
    JZ_TRY_VOID(refuse_visitor(act, row));
    auto problems = problems_of_mute(mute.reason, mute.until, act.today);
    if (!problems.empty()) return refuse_fields(std::move(problems));
    row.state = AlertState::muted;
    row.muted_until = mute.until;
    row.muted_by_name = act.actor.name;
    row.muted_reason = mute.reason;
    update_alert(act.tx, row);
    act.record(alert_entry("watch.alert_muted", row, json::Value().set("until", mute.until.to_text())));
    return row;
  });
}

Result<AlertFile> read_alert(const WatchWorld& world, const Actor& actor, const RegionCode& county, AlertId id) {
  JZ_TRY_VOID(require(actor, Permission::alert_read));
  return run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<AlertFile> {
    auto row = find_alert(act.tx, county.to_text(), id);
    if (!row || !actor.region.contains(row->region)) return refuse(ErrorCode::not_found, "watch.alert_not_found");
    auto award = awards::find_award(act.tx, row->county_code, row->award_id);
    JZ_ASSERT(award.has_value());
    AlertFile file{.row = std::move(*row), .facts = facts_of(act.tx, county.to_text(), id), .award = std::move(*award)};
    act.record(alert_entry("watch.alert_read", file.row));
    return file;
  });
}

Result<std::vector<AlertRow>> find_alerts(const WatchWorld& world, const Actor& actor, AlertFilter filter) {
  JZ_TRY_VOID(require(actor, Permission::alert_read));
  filter.scope = scope_of(actor);
  return world.surroundings.database.read(
      [&](db::Transaction& tx) -> Result<std::vector<AlertRow>> { return list_alerts(tx, filter); });
}

Result<VisitPage> find_visits(const WatchWorld& world, const Actor& actor, const CheckedCursor& after, int limit) {
  JZ_TRY_VOID(require(actor, Permission::visit_record));
  return world.surroundings.database.read([&](db::Transaction& tx) -> Result<VisitPage> {
    VisitPage page{.tasks = list_visits(tx, scope_of(actor), after, limit)};
    if (page.tasks.size() == static_cast<std::size_t>(limit)) {
      const VisitTask& last = page.tasks.back();
      page.next = CheckedCursor{last.region.to_text(), last.award_id.to_text()};
    }
    std::erase_if(page.tasks,
                  [&](const VisitTask& task) { return !cases::refuse_kin(tx, actor, task.county_code, task.case_id); });
    return page;
  });
}

Result<std::vector<AlertCount>> total_alerts(const WatchWorld& world, const Actor& actor) {
  JZ_TRY_VOID(require(actor, Permission::alert_read));
  return world.surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<AlertCount>> {
    return count_alerts(tx, scope_of(actor), world.surroundings.clock.today());
  });
}

}  // namespace jiuzhu::watch

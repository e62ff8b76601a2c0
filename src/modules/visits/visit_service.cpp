#include "modules/visits/visit_service.hpp"

#include <algorithm>

#include "modules/cases/recusal.hpp"
#include "modules/cases/step_history.hpp"

namespace jiuzhu::visits {
namespace {

using cases::CaseRow;
using cases::CaseTarget;
using cases::CaseWorld;

/// The role under which an account may visit this household: the one of the level that answers for the visit first.
std::optional<Role> visiting_role(const std::vector<access::GrantRow>& grants, const CaseRow& row, VisitKind kind) {
  std::optional<Role> role;
  for (const access::GrantRow& grant : grants) {
    if (!allows(grant.role, Permission::visit_record) || !grant.region.contains(row.region)) continue;
    if (!role || answers_for(grant.role, kind)) role = grant.role;
  }
  return role;
}

std::vector<Candidate> candidates_of(UseCase& act, const CaseRow& row, const VisitDraft& draft) {
  const auto kin = cases::kin_of(act.tx, row.county_code, row.id);
  std::vector<Candidate> candidates;
  for (const VisitSigner& signer : draft.investigators) {
    Candidate& candidate = candidates.emplace_back();
    const auto user = access::find_user(act.tx, signer.user);
    if (!user || user->is_disabled) continue;
    candidate.is_known = true;
    candidate.name = user->name;
    candidate.is_kin = cases::is_declared_kin(kin, signer.user, user->name);
    candidate.role = visiting_role(access::grants_of(act.tx, signer.user), row, draft.kind);
  }
  return candidates;
}

std::unexpected<Error> refuse_state(const CaseRow& row) {
  return refuse(ErrorCode::conflict, "visit.not_in_this_state", {{"state", std::string(enum_text(row.state))}});
}

Status check_place_on_road(const Actor& actor, const CaseRow& row, VisitKind kind) {
  const bool is_county = actor.region.level() == RegionLevel::county;
  if (is_county != (kind == VisitKind::county)) return refuse(ErrorCode::forbidden, "visit.of_other_level");
  if (row.state != state_for(kind)) return refuse_state(row);
  return {};
}

void write_visit(UseCase& act, const VisitRow& visit, const VisitDraft& draft,
                 const std::vector<Candidate>& candidates) {
  insert_visit(act.tx, visit);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    insert_investigator(act.tx, {.county_code = visit.county_code,
                                 .visit_id = visit.id,
                                 .user_id = draft.investigators[i].user,
                                 .position = static_cast<int>(i),
                                 .name = candidates[i].name,
                                 .role = *candidates[i].role,
                                 .is_signed = draft.investigators[i].is_signed});
  }
  for (std::size_t i = 0; i < draft.findings.size(); ++i) {
    insert_visit_finding(act.tx, {.county_code = visit.county_code,
                                  .visit_id = visit.id,
                                  .position = static_cast<int>(i),
                                  .topic = draft.findings[i].topic,
                                  .content = draft.findings[i].content});
  }
  for (std::size_t i = 0; i < draft.photos.size(); ++i) {
    insert_visit_photo(act.tx, {.county_code = visit.county_code,
                                .visit_id = visit.id,
                                .position = static_cast<int>(i),
                                .attachment = draft.photos[i]});
  }
}

json::Value users_of(const VisitDraft& draft) {
  json::Value::Array users;
  for (const VisitSigner& signer : draft.investigators) users.emplace_back(signer.user.to_text());
  return json::Value(std::move(users));
}

/// The latest visit of a kind since the case last came to be investigated: an earlier one was made for a state of
/// things that was then found wanting.
std::optional<VisitRow> latest_visit(db::Transaction& tx, const CaseRow& row, VisitKind kind) {
  const auto since = cases::last_entry(cases::steps_of(tx, row.county_code, row.id), cases::State::investigating);
  std::optional<VisitRow> latest;
  for (VisitRow& visit : visits_of(tx, row.county_code, row.id)) {
    if (visit.kind == kind && visit.case_version > since) latest = std::move(visit);
  }
  return latest;
}

Status check_visit(db::Transaction& tx, const CaseRow& row, const policy::Procedure& procedure, VisitKind kind) {
  const auto visit = latest_visit(tx, row, kind);
  if (!visit) return check_complete(kind, nullptr, {}, procedure);
  const auto investigators = investigators_on(tx, row.county_code, visit->id);
  JZ_TRY_VOID(check_complete(kind, &*visit, investigators, procedure));
  // Kin may come out after the visit; who was there then should have stayed away.
  const auto kin = cases::kin_of(tx, row.county_code, row.id);
  const bool was_kin_there = std::ranges::any_of(investigators, [&](const InvestigatorRow& investigator) {
    return cases::is_declared_kin(kin, investigator.user_id, investigator.name);
  });
  if (was_kin_there) return refuse_by_rule("visit.made_by_kin", {"SX-2019/2-2", "DB-2012/14"});
  return {};
}

}  // namespace

Result<RecordedVisit> record_visit(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                   const CaseTarget& target, const VisitDraft& draft) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<RecordedVisit> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::visit_record));
    JZ_TRY_VOID(check_place_on_road(act.actor, row, draft.kind));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    const auto candidates = candidates_of(act, row, draft);
    const auto persons = cases::persons_of(act.tx, row.county_code, row.id);
    const auto papers = documents::documents_of(act.tx, row.county_code, row.id);
    const VisitSetting setting{candidates, persons, papers, procedure, row.entered_on, act.today};
    auto faults = faults_in(draft, setting);
    if (!faults.empty()) {
      return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(faults)});
    }
    JZ_TRY_VOID(check_lawful(draft, setting));
    const VisitRow visit{
        .county_code = row.county_code,
        .id = act.new_id<VisitId>(),
        .case_id = row.id,
        .case_version = row.version,
        .kind = draft.kind,
        .mode = draft.mode,
        .visited_on = draft.visited_on,
        .place = draft.place,
        .emergency = draft.mode == VisitMode::remote ? std::optional<std::string>(draft.emergency) : std::nullopt,
        .present_key = draft.present,
        .is_present_signed = draft.is_present_signed,
        .conclusion = draft.conclusion,
        .has_facts = draft.facts.has_value(),
        .recorded_by = act.actor.user,
        .recorded_by_name = act.actor.name,
        .recorded_at = act.now};
    write_visit(act, visit, draft, candidates);
    if (draft.facts) JZ_TRY_VOID(cases::revise_facts(act, row, *draft.facts, "visited"));
    act.record(
        {.action = "visit.recorded",
         .subject_kind = "case",
         .subject_id = row.id.to_text(),
         .basis = procedure.investigators_least.articles.empty() ? "" : procedure.investigators_least.articles.front(),
         .changes = json::Value()
                        .set("visit", visit.id.to_text())
                        .set("kind", enum_text(visit.kind))
                        .set("conclusion", enum_text(visit.conclusion))
                        .set("investigators", users_of(draft))});
    return RecordedVisit{row, visit.id};
  });
}

Result<CaseRow> sign_visit(const Surroundings& surroundings, const CaseWorld&, const Actor& actor,
                           const CaseTarget& target, VisitId id, const VisitSignatures& signatures) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::visit_record));
    const auto visits = visits_of(act.tx, row.county_code, row.id);
    const auto visit = std::ranges::find(visits, id, &VisitRow::id);
    if (visit == visits.end()) return refuse(ErrorCode::not_found, "visit.not_found");
    JZ_TRY_VOID(check_place_on_road(act.actor, row, visit->kind));
    std::vector<FieldError> faults;
    json::Value::Array signed_by;
    for (std::size_t i = 0; i < signatures.investigators.size(); ++i) {
      if (!sign_as_investigator(act.tx, row.county_code, id, signatures.investigators[i])) {
        faults.push_back({"/investigators/" + std::to_string(i), "visit.investigator_unknown", {}});
      }
      signed_by.emplace_back(signatures.investigators[i].to_text());
    }
    if (!faults.empty()) {
      return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(faults)});
    }
    if (signatures.is_present_signed) sign_as_present(act.tx, row.county_code, id);
    act.record({.action = "visit.signed",
                .subject_kind = "case",
                .subject_id = row.id.to_text(),
                .changes = json::Value()
                               .set("visit", id.to_text())
                               .set("investigators", json::Value(std::move(signed_by)))
                               .set("present", signatures.is_present_signed)});
    return row;
  });
}

Result<CaseRow> finish_investigation(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                     const CaseTarget& target, const std::string& note) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::investigation_finish));
    const auto visit = latest_visit(act.tx, row, VisitKind::township);
    if (visit && visit->conclusion == Conclusion::inconsistent) row.is_doubtful = true;
    JZ_TRY_VOID(cases::take_step(act, world, row, cases::Action::finish_investigation, note));
    return row;
  });
}

Result<VisitFile> read_visits(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                              const RegionCode& county, cases::CaseId id) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<VisitFile> {
    JZ_TRY(const CaseRow row, cases::find_visible_case(act, id, Permission::case_read));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    VisitFile file{.visits = {}, .persons = cases::persons_of(act.tx, row.county_code, id), .obstacle = {}};
    if (const Status complete = check_township_visit(act.tx, row, procedure); !complete) {
      file.obstacle = complete.error();
    }
    const auto since = cases::last_entry(cases::steps_of(act.tx, row.county_code, id), cases::State::investigating);
    for (VisitRow& visit : visits_of(act.tx, row.county_code, id)) {
      const bool counts = visit.case_version > since;
      file.visits.push_back({.visit = std::move(visit), .counts = counts});
    }
    const auto place_of = [&](VisitId visit) -> VisitRecord& {
      return *std::ranges::find_if(file.visits, [&](const VisitRecord& known) { return known.visit.id == visit; });
    };
    for (InvestigatorRow& investigator : all_investigators_of(act.tx, row.county_code, id)) {
      place_of(investigator.visit_id).investigators.push_back(std::move(investigator));
    }
    for (VisitFindingRow& finding : visit_findings_of(act.tx, row.county_code, id)) {
      place_of(finding.visit_id).findings.push_back(std::move(finding));
    }
    const auto papers = documents::documents_of(act.tx, row.county_code, id);
    for (const VisitPhotoRow& photo : visit_photos_of(act.tx, row.county_code, id)) {
      const auto document = std::ranges::find(papers, photo.attachment, &documents::DocumentRow::id);
      if (document != papers.end()) place_of(photo.visit_id).photos.push_back(*document);
    }
    for (VisitRecord& record : file.visits) {
      record.is_signed = check_complete(record.visit.kind, &record.visit, record.investigators, procedure).has_value();
    }
    act.record({.action = "visit.read", .subject_kind = "case", .subject_id = id.to_text()});
    return file;
  });
}

Result<std::vector<access::OfficerRow>> eligible_investigators(const Surroundings& surroundings, const Actor& actor,
                                                               const RegionCode& county, cases::CaseId id) {
  return surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<access::OfficerRow>> {
    JZ_TRY_VOID(require(actor, Permission::visit_record));
    const auto row = cases::find_case(tx, county.to_text(), id);
    if (!row || !actor.region.contains(row->region)) return refuse(ErrorCode::not_found, "case.not_found");
    const auto kin = cases::kin_of(tx, row->county_code, id);
    const RegionRange range = county.range();
    std::vector<access::OfficerRow> officers;
    for (access::OfficerRow& officer : access::officers_in(tx, {range.from, range.until})) {
      if (!allows(officer.role, Permission::visit_record) || !officer.region.contains(row->region)) continue;
      if (cases::is_declared_kin(kin, officer.user, officer.name)) continue;
      officers.push_back(std::move(officer));
    }
    return officers;
  });
}

std::set<UserId> investigators_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  std::set<UserId> users;
  for (const VisitRow& visit : visits_of(tx, county, id)) users.insert(visit.recorded_by);
  for (const InvestigatorRow& investigator : all_investigators_of(tx, county, id)) users.insert(investigator.user_id);
  return users;
}

Status check_township_visit(db::Transaction& tx, const CaseRow& row, const policy::Procedure& procedure) {
  return check_visit(tx, row, procedure, VisitKind::township);
}

Status check_county_visit(db::Transaction& tx, const CaseRow& row, const policy::Procedure& procedure) {
  return check_visit(tx, row, procedure, VisitKind::county);
}

void provide_visit_needs(CaseWorld& world) {
  world.needs.provide(cases::Need::complete_visit, [](const cases::NeedContext& context) {
    return check_township_visit(context.tx, context.row, context.procedure);
  });
}

}  // namespace jiuzhu::visits

#include "modules/visits/visit_rules.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"

namespace jiuzhu::visits {
namespace {

// How the family lives, what it earns and what it owns: a visit that looks away from one of them is none (S2 art. 19).
constexpr std::array kTopicsRequired{VisitTopic::living_conditions, VisitTopic::income, VisitTopic::property};

std::string at(const char* list, std::size_t index) { return "/" + std::string(list) + "/" + std::to_string(index); }

/// The county's own visits belong to its review of the file; the township's to the investigation.
const std::vector<std::string>& law_of(VisitKind kind, const policy::Procedure& procedure) {
  return kind == VisitKind::township ? procedure.investigators_least.articles
                                     : procedure.county_opinion_working_days.articles;
}

void add_investigator_faults(std::vector<FieldError>& faults, const VisitDraft& draft, const VisitSetting& setting) {
  std::set<UserId> seen;
  for (std::size_t i = 0; i < draft.investigators.size(); ++i) {
    const std::string pointer = at("investigators", i) + "/user";
    const Candidate& candidate = setting.candidates[i];
    if (!seen.insert(draft.investigators[i].user).second) {
      faults.push_back({pointer, "visit.investigator_twice", {}});
    } else if (!candidate.is_known) {
      faults.push_back({pointer, "visit.investigator_unknown", {}});
    } else if (!candidate.role) {
      faults.push_back({pointer, "visit.investigator_without_role", {}});
    }
  }
}

void add_content_faults(std::vector<FieldError>& faults, const VisitDraft& draft) {
  for (const VisitTopic topic : kTopicsRequired) {
    if (std::ranges::find(draft.findings, topic, &VisitFinding::topic) == draft.findings.end()) {
      faults.push_back({"/findings", "visit.topic_missing_" + std::string(enum_text(topic)), {}});
    }
  }
  for (std::size_t i = 0; i < draft.findings.size(); ++i) {
    if (trim(draft.findings[i].content).empty()) faults.push_back({at("findings", i) + "/content", "field.empty", {}});
  }
}

void add_photo_faults(std::vector<FieldError>& faults, const VisitDraft& draft, const VisitSetting& setting) {
  std::set<documents::DocumentId> seen;
  for (std::size_t i = 0; i < draft.photos.size(); ++i) {
    const auto document = std::ranges::find(setting.documents, draft.photos[i], &documents::DocumentRow::id);
    if (document == setting.documents.end()) {
      faults.push_back({at("photos", i), "visit.photo_unknown", {}});
    } else if (document->is_removed()) {
      faults.push_back({at("photos", i), "visit.photo_removed", {}});
    } else if (document->kind != documents::DocumentKind::visit_photo) {
      faults.push_back({at("photos", i), "visit.photo_not_a_photo", {}});
    } else if (!seen.insert(document->id).second) {
      faults.push_back({at("photos", i), "visit.photo_twice", {}});
    }
  }
}

}  // namespace

cases::State state_for(VisitKind kind) {
  switch (kind) {
    case VisitKind::township: return cases::State::investigating;
    case VisitKind::county: return cases::State::county_review;
  }
  return cases::State::investigating;
}

bool answers_for(Role role, VisitKind kind) {
  const RegionLevel level = title_of(role).levels.front();
  return kind == VisitKind::township ? level == RegionLevel::township : level == RegionLevel::county;
}

std::vector<FieldError> faults_in(const VisitDraft& draft, const VisitSetting& setting) {
  std::vector<FieldError> faults;
  if (draft.visited_on > setting.today) faults.push_back({"/visited_on", "visit.date_in_future", {}});
  if (trim(draft.place).empty()) faults.push_back({"/place", "field.empty", {}});
  if (draft.mode == VisitMode::remote && trim(draft.emergency).empty()) {
    faults.push_back({"/emergency", "visit.emergency_missing", {}});
  }
  const bool is_member = std::ranges::any_of(setting.persons, [&](const cases::PersonRow& person) {
    return person.role == cases::PersonRole::member && person.person_key == draft.present;
  });
  if (!is_member) faults.push_back({"/present", "visit.present_not_a_member", {}});
  if (draft.facts && draft.kind == VisitKind::county) faults.push_back({"/facts", "visit.facts_too_late", {}});
  add_investigator_faults(faults, draft, setting);
  add_content_faults(faults, draft);
  add_photo_faults(faults, draft, setting);
  return faults;
}

Status check_lawful(const VisitDraft& draft, const VisitSetting& setting) {
  const policy::Procedure& procedure = setting.procedure;
  const int least = *procedure.investigators_least;
  if (std::cmp_less(draft.investigators.size(), least)) {
    return refuse_by_rule("visit.too_few_investigators", procedure.investigators_least.articles,
                          {{"minimum", std::to_string(least)}});
  }
  std::vector<FieldError> kin;
  bool is_answered_for = false;
  for (std::size_t i = 0; i < setting.candidates.size(); ++i) {
    const Candidate& candidate = setting.candidates[i];
    if (candidate.is_kin) kin.push_back({at("investigators", i) + "/user", "visit.investigator_is_kin", {}});
    is_answered_for = is_answered_for || (candidate.role && answers_for(*candidate.role, draft.kind));
  }
  if (!kin.empty()) {
    return refuse(Error{.code = ErrorCode::refused_by_rule,
                        .key = "case.recusal",
                        .fields = std::move(kin),
                        .law = {"SX-2019/2-2", "DB-2012/14"}});
  }
  if (!is_answered_for) {
    return refuse_by_rule("visit.level_missing_" + std::string(enum_text(draft.kind)), law_of(draft.kind, procedure));
  }
  if (draft.mode == VisitMode::remote && !*procedure.remote_visit_allowed) {
    return refuse_by_rule("visit.remote_not_allowed", procedure.remote_visit_allowed.articles);
  }
  // A visit before the case came here is an earlier visit written down again.
  if (draft.visited_on < setting.since) {
    return refuse_by_rule("visit.before_its_time", law_of(draft.kind, procedure), {{"since", setting.since.to_text()}});
  }
  return {};
}

Status check_complete(VisitKind kind, const VisitRow* visit, std::span<const InvestigatorRow> investigators,
                      const policy::Procedure& procedure) {
  const auto& law = law_of(kind, procedure);
  if (!visit) return refuse_by_rule("visit.missing_" + std::string(enum_text(kind)), law);
  if (std::cmp_less(investigators.size(), *procedure.investigators_least)) {
    return refuse_by_rule("visit.too_few_investigators", law,
                          {{"minimum", std::to_string(*procedure.investigators_least)}});
  }
  const bool all_signed = std::ranges::all_of(investigators, &InvestigatorRow::is_signed);
  if (!all_signed || !visit->is_present_signed) return refuse_by_rule("visit.signature_missing", law);
  return {};
}

}  // namespace jiuzhu::visits

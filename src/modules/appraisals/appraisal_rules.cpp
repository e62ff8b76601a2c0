#include "modules/appraisals/appraisal_rules.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "kernel/identity/person_name.hpp"
#include "modules/cases/recusal.hpp"

namespace jiuzhu::appraisals {
namespace {

std::string at(std::size_t index, const char* member) {
  return "/participants/" + std::to_string(index) + "/" + member;
}

/// The article on who takes part; where the rules have none of their own, the one that allows the appraisal.
const std::vector<std::string>& law_of_attendance(const policy::Procedure& procedure) {
  const auto& own = procedure.appraisal_delegates_share.articles;
  return own.empty() ? procedure.appraisal.articles : own;
}

std::string normal_name(const std::string& name) {
  const auto parsed = PersonName::parse(name);
  return parsed ? parsed->text() : name;
}

void add_participant_faults(std::vector<FieldError>& faults, const AppraisalDraft& draft,
                            const AppraisalSetting& setting) {
  std::set<std::string> names;
  std::set<UserId> users;
  for (std::size_t i = 0; i < draft.participants.size(); ++i) {
    const Participant& participant = draft.participants[i];
    if (const auto name = PersonName::parse(participant.name); !name) {
      faults.push_back({at(i, "name"), name.error().key, name.error().params});
    } else if (!names.insert(name->text()).second) {
      faults.push_back({at(i, "name"), "appraisal.participant_twice", {}});
    }
    if (!participant.user) continue;
    if (std::ranges::find(setting.known_users, *participant.user) == setting.known_users.end()) {
      faults.push_back({at(i, "user"), "appraisal.account_unknown", {}});
    } else if (!users.insert(*participant.user).second) {
      faults.push_back({at(i, "user"), "appraisal.participant_twice", {}});
    }
  }
}

void add_vote_faults(std::vector<FieldError>& faults, const AppraisalDraft& draft) {
  const std::int64_t for_true = draft.votes_true.value_or(0);
  const std::int64_t for_untrue = draft.votes_untrue.value_or(0);
  if (for_true < 0) faults.push_back({"/votes_true", "appraisal.votes_negative", {}});
  if (for_untrue < 0) faults.push_back({"/votes_untrue", "appraisal.votes_negative", {}});
  if (std::cmp_greater(for_true + for_untrue, draft.participants.size())) {
    faults.push_back({"/votes_true", "appraisal.more_votes_than_participants", {}});
  }
}

Status check_recusal(const AppraisalDraft& draft, const AppraisalSetting& setting) {
  std::vector<FieldError> fields;
  for (std::size_t i = 0; i < draft.participants.size(); ++i) {
    const Participant& participant = draft.participants[i];
    if (cases::is_declared_kin(setting.kin, participant.user, participant.name)) {
      fields.push_back({at(i, "name"), "appraisal.participant_is_kin", {}});
    } else if (std::ranges::find(setting.persons, normal_name(participant.name), &cases::PersonRow::name) !=
               setting.persons.end()) {
      fields.push_back({at(i, "name"), "appraisal.participant_is_party", {}});
    }
  }
  if (fields.empty()) return {};
  return refuse(Error{.code = ErrorCode::refused_by_rule,
                      .key = "case.recusal",
                      .fields = std::move(fields),
                      .law = {"SX-2019/2-2", "DB-2012/14"}});
}

Status check_attendance(const AppraisalDraft& draft, const policy::Procedure& procedure) {
  const auto& law = law_of_attendance(procedure);
  const auto count = [&](Capacity capacity) {
    return std::ranges::count(draft.participants, capacity, &Participant::capacity);
  };
  if (count(Capacity::township_staff) == 0) return refuse_by_rule("appraisal.no_township_staff", law);
  const auto delegates = count(Capacity::residents_delegate);
  const policy::Rational& share = procedure.appraisal_delegates_share.value;
  const auto present = std::ssize(draft.participants);
  if (share.denominator() * delegates < share.numerator() * present) {
    return refuse_by_rule(
        "appraisal.too_few_delegates", law,
        {{"delegates", std::to_string(delegates)}, {"present", std::to_string(present)}, {"share", share.to_text()}});
  }
  return {};
}

Status check_signatures(const AppraisalDraft& draft, const policy::Procedure& procedure) {
  if (draft.result == AppraisalResult::disputed) return {};
  std::vector<FieldError> fields;
  for (std::size_t i = 0; i < draft.participants.size(); ++i) {
    if (!draft.participants[i].is_signed) fields.push_back({at(i, "is_signed"), "appraisal.not_signed", {}});
  }
  if (fields.empty()) return {};
  return refuse(Error{.code = ErrorCode::refused_by_rule,
                      .key = "appraisal.signature_missing",
                      .fields = std::move(fields),
                      .law = procedure.appraisal.articles});
}

}  // namespace

bool is_required(const policy::Procedure& procedure) { return *procedure.appraisal == policy::AppraisalRule::always; }

bool may_be_held_in(cases::State state, const policy::Procedure& procedure) {
  if (is_required(procedure)) return state == cases::State::appraising;
  return state == cases::State::investigating || state == cases::State::awaiting_opinion;
}

std::vector<FieldError> faults_in(const AppraisalDraft& draft, const AppraisalSetting& setting) {
  std::vector<FieldError> faults;
  if (draft.held_on > setting.today) faults.push_back({"/held_on", "appraisal.date_in_future", {}});
  if (trim(draft.place).empty()) faults.push_back({"/place", "field.empty", {}});
  if (draft.participants.empty()) faults.push_back({"/participants", "field.empty", {}});
  add_participant_faults(faults, draft, setting);
  add_vote_faults(faults, draft);
  return faults;
}

Status check_lawful(const AppraisalDraft& draft, const AppraisalSetting& setting) {
  JZ_TRY_VOID(check_recusal(draft, setting));
  JZ_TRY_VOID(check_attendance(draft, setting.procedure));
  JZ_TRY_VOID(check_signatures(draft, setting.procedure));
  // A session before the investigation ended judged what nobody had found yet.
  if (draft.held_on < setting.since) {
    return refuse_by_rule("appraisal.before_its_time", setting.procedure.appraisal.articles,
                          {{"since", setting.since.to_text()}});
  }
  return {};
}

Status check_valid(std::span<const SessionRow> sessions, cases::State state, const policy::Procedure& procedure) {
  const auto& law = procedure.appraisal.articles;
  if (sessions.empty()) {
    if (is_required(procedure)) return refuse_by_rule("appraisal.missing", law);
    return {};
  }
  // Holding another session until the dispute is gone is not what the law asks: the township investigates again.
  if (std::ranges::find(sessions, AppraisalResult::disputed, &SessionRow::result) != sessions.end()) {
    return refuse_by_rule("appraisal.disputed", law);
  }
  if (sessions.back().result == AppraisalResult::untrue && state != cases::State::appraising) {
    return refuse_by_rule("appraisal.untrue", law);
  }
  return {};
}

}  // namespace jiuzhu::appraisals

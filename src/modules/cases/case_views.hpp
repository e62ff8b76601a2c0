#pragma once
// Cases as the browser sees them. Other modules reuse CaseSummary after a step.

#include "kernel/api/problem.hpp"
#include "kernel/policy_json/policy_json.hpp"
#include "kernel/regions/region_json.hpp"
#include "modules/cases/case_service.hpp"

namespace jiuzhu {

struct CaseSummary {
  cases::CaseId id;
  RegionCode county_code;
  std::string case_number;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  RegionCode region_code;
  std::string region_name;
  cases::State state = cases::State::filed;
  std::int64_t version = 0;
  std::string applicant_name;
  int member_count = 0;
  Date filed_on;
  Date entered_on;
  std::optional<Date> due_on;
  std::optional<int> days_left;  // calendar days to due_on, negative when overdue
  std::optional<Date> overall_due_on;
  cases::Proposal proposal = cases::Proposal::none;
  std::optional<Money> proposed_amount;
  bool is_kin_filed = false;
};
BOOST_DESCRIBE_STRUCT(CaseSummary, (),
                      (id, county_code, case_number, programme, region_code, region_name, state, version,
                       applicant_name, member_count, filed_on, entered_on, due_on, days_left, overall_due_on, proposal,
                       proposed_amount, is_kin_filed))

struct CaseList {
  std::vector<CaseSummary> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(CaseList, (), (items, next))

struct CasePersonView {
  std::string key;
  cases::PersonRole role = cases::PersonRole::member;
  std::string name;
  Date birth_date;
  std::string citizen_number_masked;
  bool has_phone = false;
  std::optional<Date> authorised_on;
  std::optional<std::string> authorised_by;
};
BOOST_DESCRIBE_STRUCT(CasePersonView, (),
                      (key, role, name, birth_date, citizen_number_masked, has_phone, authorised_on, authorised_by))

struct CaseKinView {
  std::string person;
  std::string handler_name;
  std::string handler_post;
  std::optional<UserId> handler;
  std::string relation_code;
  std::string outcome;
  std::optional<Date> added_on;  // found out after acceptance
  std::optional<std::string> added_by_name;
  std::optional<std::string> added_reason;
};
BOOST_DESCRIBE_STRUCT(CaseKinView, (),
                      (person, handler_name, handler_post, handler, relation_code, outcome, added_on, added_by_name,
                       added_reason))

struct CaseAccountView {
  std::string kind;
  std::string number_masked;
  std::string holder;
  std::string bank;
};
BOOST_DESCRIBE_STRUCT(CaseAccountView, (), (kind, number_masked, holder, bank))

struct AssessmentView {
  policy::Outcome outcome = policy::Outcome::review;
  std::optional<Money> amount_month;
  std::optional<Month> first_month;
  std::vector<std::string> explanation;  // paragraphs in the caller's language
  policy::Decision decision;
};
BOOST_DESCRIBE_STRUCT(AssessmentView, (), (outcome, amount_month, first_month, explanation, decision))

struct CaseStepView {
  std::int64_t sequence = 0;
  cases::Action action = cases::Action::correct;
  cases::State from_state = cases::State::filed;
  cases::State to_state = cases::State::filed;
  std::string actor_name;
  Role actor_role = Role::village_cadre;
  Instant taken_at;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(CaseStepView, (),
                      (sequence, action, from_state, to_state, actor_name, actor_role, taken_at, note))

struct ObstacleView {
  std::string key;
  std::string message;
  std::vector<api::Citation> law;
  std::vector<api::FieldProblem> errors;
};
BOOST_DESCRIBE_STRUCT(ObstacleView, (), (key, message, law, errors))

struct OpenStepView {
  cases::Action action = cases::Action::correct;
  cases::State to_state = cases::State::filed;
  api::Citation law;
  std::vector<ObstacleView> obstacles;
};
BOOST_DESCRIBE_STRUCT(OpenStepView, (), (action, to_state, law, obstacles))

struct CaseView {
  CaseSummary summary;
  std::vector<CasePersonView> persons;
  bool kin_asked = false;
  std::vector<CaseKinView> kin;
  std::optional<CaseAccountView> account;
  std::optional<std::string> entrusted_to;
  bool promise_given = false;
  policy::HouseholdFacts facts;
  std::optional<AssessmentView> assessment;  // absent when it cannot be computed; then assessment_problem says why
  std::optional<ObstacleView> assessment_problem;
  std::vector<CaseStepView> steps;
  std::vector<OpenStepView> open_steps;
  std::vector<api::FieldProblem> missing;
};
BOOST_DESCRIBE_STRUCT(CaseView, (),
                      (summary, persons, kin_asked, kin, account, entrusted_to, promise_given, facts, assessment,
                       assessment_problem, steps, open_steps, missing))

struct FiledCaseView {
  CaseSummary summary;
  std::vector<api::FieldProblem> missing;
};
BOOST_DESCRIBE_STRUCT(FiledCaseView, (), (summary, missing))

/// A step that needs no form of its own.
struct StepRequest {
  std::int64_t version = 0;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(StepRequest, (), (version, note))
template <>
inline constexpr json::Meta json::meta<&StepRequest::note>{.title = "说明", .max_length = 1000, .optional = true};

namespace cases {

/// Texts that views need: region names, messages and titles of articles.
struct ViewContext {
  std::function<std::string(const RegionCode&)> region_name;
  const Messages& messages;
  api::ArticleTitles article_titles;
};

CaseSummary summary_of(const CaseRow& row, Date today, const ViewContext& context);
CaseView view_of(const CaseFile& file, Date today, Language language, const ViewContext& context);
/// A refusal as an obstacle on the page, for needs that are not met yet.
ObstacleView view_of(const Error& error, Language language, const ViewContext& context);
std::vector<api::FieldProblem> problems_of(const std::vector<FieldError>& errors, Language language,
                                           const ViewContext& context);

}  // namespace cases
}  // namespace jiuzhu

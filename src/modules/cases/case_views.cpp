#include "modules/cases/case_views.hpp"

namespace jiuzhu::cases {
namespace {

std::optional<Date> limit_or_none(Date date) { return date == kNoLimit ? std::nullopt : std::optional<Date>(date); }

api::Citation citation_of(const std::string& law, Language language, const ViewContext& context) {
  return {law, context.article_titles ? context.article_titles(law, language) : law};
}

}  // namespace

std::vector<api::FieldProblem> problems_of(const std::vector<FieldError>& errors, Language language,
                                           const ViewContext& context) {
  std::vector<api::FieldProblem> problems;
  for (const FieldError& error : errors) {
    problems.push_back({error.pointer, error.key, context.messages.text(language, error.key, error.params)});
  }
  return problems;
}

ObstacleView view_of(const Error& error, Language language, const ViewContext& context) {
  ObstacleView view{.key = error.key,
                    .message = context.messages.text(language, error.key, error.params),
                    .law = {},
                    .errors = problems_of(error.fields, language, context)};
  for (const std::string& law : error.law) view.law.push_back(citation_of(law, language, context));
  return view;
}

CaseSummary summary_of(const CaseRow& row, Date today, const ViewContext& context) {
  CaseSummary summary{.id = row.id,
                      .county_code = row.region.county(),
                      .case_number = row.case_number,
                      .programme = row.programme,
                      .region_code = row.region,
                      .region_name = context.region_name(row.region),
                      .state = row.state,
                      .version = row.version,
                      .applicant_name = row.applicant_name,
                      .member_count = row.member_count,
                      .filed_on = row.filed_on,
                      .entered_on = row.entered_on,
                      .due_on = limit_or_none(row.due_on),
                      .days_left = {},
                      .overall_due_on = limit_or_none(row.overall_due_on),
                      .proposal = row.proposal,
                      .proposed_amount = row.proposed_amount,
                      .is_kin_filed = row.is_kin_filed};
  if (summary.due_on) summary.days_left = days_between(today, *summary.due_on);
  return summary;
}

CaseView view_of(const CaseFile& file, Date today, Language language, const ViewContext& context) {
  CaseView view{.summary = summary_of(file.row, today, context),
                .kin_asked = file.row.is_kin_asked,
                .entrusted_to = file.row.entrusted_to,
                .promise_given = file.row.is_promise_given,
                .facts = file.facts,
                .missing = problems_of(file.missing, language, context)};
  for (const PersonRow& person : file.persons) {
    view.persons.push_back({person.person_key, person.role, person.name, person.birth_date,
                            person.citizen_number_masked, person.phone.has_value(), person.authorised_on,
                            person.authorised_by});
  }
  for (const KinRow& kin : file.kin) {
    view.kin.push_back({kin.person_key, kin.handler_name, kin.handler_post, kin.handler_user, kin.relation_code,
                        kin.outcome, kin.added_on, kin.added_by_name, kin.added_reason});
  }
  if (file.account) {
    view.account =
        CaseAccountView{file.account->kind, file.account->number_masked, file.account->holder_key, file.account->bank};
  }
  if (file.assessment) {
    const policy::Decision& decision = *file.assessment;
    const auto policy_language = language == Language::zh ? policy::Language::zh : policy::Language::en;
    view.assessment = AssessmentView{.outcome = decision.outcome,
                                     .amount_month = decision.amount_month,
                                     .first_month = decision.first_month,
                                     .explanation = policy::explain(decision, policy_language),
                                     .decision = decision};
  } else {
    view.assessment_problem = view_of(file.assessment.error(), language, context);
  }
  for (const StepRow& step : file.steps) {
    view.steps.push_back({step.sequence, step.action, step.from_state, step.to_state, step.actor_name, step.actor_role,
                          step.taken_at, step.note});
  }
  for (const OpenStep& step : file.open_steps) {
    OpenStepView out{
        .action = step.action, .to_state = step.to, .law = citation_of(step.law, language, context), .obstacles = {}};
    for (const Error& obstacle : step.obstacles) out.obstacles.push_back(view_of(obstacle, language, context));
    view.open_steps.push_back(std::move(out));
  }
  return view;
}

}  // namespace jiuzhu::cases

#pragma once
// The procedural rules in force on a date: time limits, publicity, sampling, review bands, kin filing, remedies. The
// workflow asks here instead of knowing the law: `rulebook.rules_on(date)->procedure.publicity_rounds`.
// Every value carries its article and how well it is verified.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engines/policy/rational.hpp"
#include "engines/policy/words.hpp"

namespace jiuzhu::policy {

/// A value with its legal reference; reads like the value itself.
template <class T>
struct Sourced {
  T value{};
  std::vector<std::string> articles;
  Verification status = Verification::design;
  std::string pack;  // the rule pack, or the region of a local value
  Date valid_from;

  operator const T&() const { return value; }
  const T& operator*() const { return value; }
};

enum class AppraisalRule : std::uint8_t { always, on_objection, at_discretion };
BOOST_DESCRIBE_ENUM(AppraisalRule, always, on_objection, at_discretion)

/// How the days of publicity are counted (regulation 6.2).
enum class PublicityCounting : std::uint8_t { exclude_posting_day, include_posting_day };
BOOST_DESCRIBE_ENUM(PublicityCounting, exclude_posting_day, include_posting_day)

enum class DayUnit : std::uint8_t { calendar_days, working_days };
BOOST_DESCRIBE_ENUM(DayUnit, calendar_days, working_days)

/// What a kin relation with a handler leads to at intake (regulation H-09).
enum class KinOutcome : std::uint8_t { none, note, filed, clarify };
BOOST_DESCRIBE_ENUM(KinOutcome, none, note, filed, clarify)

/// From acceptance to the appraisal.
struct InvestigationRules {
  // acceptance and investigation
  Sourced<bool> single_supplement_notice;  // everything missing is named once
  Sourced<bool> batch_acceptance_rural;
  Sourced<int> investigators_least;
  Sourced<bool> remote_visit_allowed;                            // by telephone or video, in a major emergency
  Sourced<std::optional<int>> investigation_start_working_days;  // from acceptance
  Sourced<std::optional<int>> investigation_working_days;        // from acceptance
  Sourced<bool> verification_required;                           // 逢进必核
  Sourced<std::optional<int>> verification_start_working_days;   // from the township's request
  Sourced<int> verification_valid_days;
  Sourced<int> verification_recheck_working_days;
  // democratic appraisal
  Sourced<AppraisalRule> appraisal;
  Sourced<std::optional<int>> appraisal_working_days;  // from the end of the investigation
  Sourced<Rational> appraisal_delegates_share;         // residents' delegates, least share of all present
};
BOOST_DESCRIBE_STRUCT(InvestigationRules, (),
                      (single_supplement_notice, batch_acceptance_rural, investigators_least, remote_visit_allowed,
                       investigation_start_working_days, investigation_working_days, verification_required,
                       verification_start_working_days, verification_valid_days, verification_recheck_working_days,
                       appraisal, appraisal_working_days, appraisal_delegates_share))

/// Publicity, decision, home visits of the county, and the benefit.
struct DecisionRules {
  // publicity and decision
  Sourced<int> publicity_rounds;  // 1: township; 2: township, then county before the decision
  Sourced<int> publicity_days;
  Sourced<PublicityCounting> publicity_counting;
  Sourced<bool> publish_after_approval;
  Sourced<int> county_opinion_working_days;                           // from receiving the file
  Sourced<std::optional<int>> decision_working_days_after_publicity;  // no objection
  Sourced<std::optional<int>> decision_working_days_after_objection;
  Sourced<bool> publicity_again_after_objection;
  Sourced<int> refusal_notice_days;  // from the decision
  Sourced<DayUnit> refusal_notice_unit;
  Sourced<std::optional<int>> overall_days_urban;
  Sourced<std::optional<int>> overall_days_rural;
  Sourced<DayUnit> overall_unit;
  Sourced<std::optional<int>> overall_extended_working_days;   // objection, living elsewhere, hard investigation
  Sourced<std::optional<int>> overall_delegated_working_days;  // where the township decides
  Sourced<bool> delegation_allowed;
  // the county's home visits
  Sourced<std::optional<Rational>> sample_ratio;
  Sourced<bool> sample_includes_priority_visits;
  Sourced<bool> visit_kin_filed;
  Sourced<bool> visit_reported;
  Sourced<bool> visit_doubtful;
  // benefit
  Sourced<bool> tiers_allowed;
  Sourced<int> first_month_after_approval;
  Sourced<int> payment_day;
  Sourced<bool> quarterly_payment_rural;
};
BOOST_DESCRIBE_STRUCT(DecisionRules, (),
                      (publicity_rounds, publicity_days, publicity_counting, publish_after_approval,
                       county_opinion_working_days, decision_working_days_after_publicity,
                       decision_working_days_after_objection, publicity_again_after_objection, refusal_notice_days,
                       refusal_notice_unit, overall_days_urban, overall_days_rural, overall_unit,
                       overall_extended_working_days, overall_delegated_working_days, delegation_allowed, sample_ratio,
                       sample_includes_priority_visits, visit_kin_filed, visit_reported, visit_doubtful, tiers_allowed,
                       first_month_after_approval, payment_day, quarterly_payment_rural))

/// Reviews, reports, kin of handlers, remedies.
struct ManagementRules {
  // dynamic management
  Sourced<int> review_months_no_change;
  Sourced<int> review_months_little_change;
  Sourced<int> review_months_unstable_urban;
  Sourced<int> review_months_unstable_rural;
  Sourced<std::optional<int>> gradual_exit_months_most;
  Sourced<std::optional<int>> death_review_months;
  Sourced<std::optional<int>> unreported_change_months;
  Sourced<int> job_refusals;
  Sourced<std::optional<int>> village_report_day;  // of the month
  // kin of handlers, by the codes of GB/T 4761
  Sourced<std::vector<std::string>> kin_core_codes;
  Sourced<std::vector<std::string>> kin_extended_codes;
  Sourced<std::vector<std::string>> kin_unclear_codes;
  Sourced<KinOutcome> kin_core_outcome;
  Sourced<KinOutcome> kin_extended_outcome;
  // remedies
  Sourced<int> reconsideration_days;
  Sourced<int> lawsuit_months;
};
BOOST_DESCRIBE_STRUCT(ManagementRules, (),
                      (review_months_no_change, review_months_little_change, review_months_unstable_urban,
                       review_months_unstable_rural, gradual_exit_months_most, death_review_months,
                       unreported_change_months, job_refusals, village_report_day, kin_core_codes, kin_extended_codes,
                       kin_unclear_codes, kin_core_outcome, kin_extended_outcome, reconsideration_days, lawsuit_months))

struct Procedure : InvestigationRules, DecisionRules, ManagementRules {
  /// The outcome for a relation code ("50") between a member and a handler. A code of two meanings asks to `clarify`.
  KinOutcome kin_outcome(std::string_view code) const;
};
BOOST_DESCRIBE_STRUCT(Procedure, (InvestigationRules, DecisionRules, ManagementRules), ())

/// One procedural value as text. Lists are separated by blanks; "none" states that the law sets no such limit.
struct ProcedureValue {
  std::string text;
  std::vector<std::string> articles;
  Verification status = Verification::design;
  std::string pack;
  Date valid_from;
};
using ProcedureValues = std::map<std::string, ProcedureValue, std::less<>>;

/// True when Procedure has a member of that name.
bool is_procedure_name(std::string_view name);
/// Refuses with "policy.procedure" and one field error per missing or malformed value (pointer = name).
Result<Procedure> make_procedure(const ProcedureValues& values);

}  // namespace jiuzhu::policy

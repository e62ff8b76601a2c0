#include "modules/cases/time_limits.hpp"

namespace jiuzhu::cases {
namespace {

Result<Date> after(const std::optional<int>& working_days, Date start, const WorkingCalendar& calendar) {
  if (!working_days) return kNoLimit;
  return calendar.after_working_days(start, *working_days);
}

}  // namespace

Date last_publicity_day(Date posted_on, const policy::Procedure& procedure) {
  const bool counts_posting_day = *procedure.publicity_counting == policy::PublicityCounting::include_posting_day;
  return posted_on.plus_days(*procedure.publicity_days - (counts_posting_day ? 1 : 0));
}

Result<Date> due_date(const CaseRow& row, const policy::Procedure& procedure, const WorkingCalendar& calendar) {
  switch (limit_of(row.state)) {
    case Limit::none:
    case Limit::acceptance:
    case Limit::verification: return kNoLimit;
    case Limit::verification_start: return after(*procedure.verification_start_working_days, row.entered_on, calendar);
    // The investigation's limit counts from acceptance, however often the case comes back (S2 art. 18).
    case Limit::investigation:
      return after(*procedure.investigation_working_days, row.accepted_on.value_or(row.entered_on), calendar);
    case Limit::appraisal: return after(*procedure.appraisal_working_days, row.entered_on, calendar);
    case Limit::publicity: return last_publicity_day(row.entered_on, procedure);
    case Limit::county_opinion:
      return calendar.after_working_days(row.entered_on, *procedure.county_opinion_working_days);
    case Limit::decision: return after(*procedure.decision_working_days_after_publicity, row.entered_on, calendar);
  }
  return kNoLimit;
}

Result<Date> overall_due_date(const CaseRow& row, const policy::Procedure& procedure, const WorkingCalendar& calendar) {
  const auto& days = row.programme == CaseProgramme::urban_minimum_living ? *procedure.overall_days_urban
                                                                          : *procedure.overall_days_rural;
  if (!days || !row.accepted_on) return kNoLimit;
  return *procedure.overall_unit == policy::DayUnit::working_days
             ? calendar.after_working_days(*row.accepted_on, *days)
             : calendar.after_calendar_days(*row.accepted_on, *days);
}

}  // namespace jiuzhu::cases

#pragma once
// Which date a state's time limit ends on (regulation 6.1, P-02). Pure.

#include "base/working_days.hpp"
#include "engines/policy/procedure.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::cases {

/// The last day of the limit that starts when `row` enters its state on `entered_on`; kNoLimit where the law sets none.
Result<Date> due_date(const CaseRow& row, const policy::Procedure& procedure, const WorkingCalendar& calendar);

/// The last day of the whole procedure, from acceptance.
Result<Date> overall_due_date(const CaseRow& row, const policy::Procedure& procedure, const WorkingCalendar& calendar);

/// The last day on which a notice posted on `posted_on` must hang (regulation 6.2).
Date last_publicity_day(Date posted_on, const policy::Procedure& procedure);

}  // namespace jiuzhu::cases

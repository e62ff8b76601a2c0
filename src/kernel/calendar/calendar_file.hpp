#pragma once
// Reads the table of public holidays and adjusted working days (policy/calendar/CN.csv, or an operator's newer one).
// Pure; any thread.

#include <string_view>

#include "base/result.hpp"
#include "base/working_days.hpp"

namespace jiuzhu {

/// Needs the whole text: lines starting with '#' and empty lines are skipped, the first other line is
/// "date,kind,name", then one day a line; kind is "holiday" or "working_day"; the order is free. The table covers the
/// years of its days, and each of them must be there as a whole: a year counts when 1 January and 1 October are
/// holidays in it, which every decree since 1949 has.
/// Refuses with "calendar_file.invalid". Its fields name every wrong line (pointer "/lines/12", param line; the first
/// hundred), with ".header", ".columns", ".date", ".kind", ".duplicate" or ".working_day_on_weekday" (a working day
/// listed that would be one anyway); or every gap (pointer "/years/2017", param year) with ".year_incomplete"; or
/// ".empty" or "text.malformed" (not UTF-8) for the file as a whole (pointer "").
Result<WorkingCalendar> parse_calendar(std::string_view text);

}  // namespace jiuzhu

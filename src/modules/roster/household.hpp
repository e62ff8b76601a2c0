#pragma once
// One household of a roster: its lines, what they say as an application would say it, and what is wrong with them.
// Pure.

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "modules/cases/intake.hpp"
#include "modules/roster/places.hpp"
#include "modules/roster/roster_columns.hpp"

namespace jiuzhu::roster {

/// Something wrong with a line. Rows are numbered as Excel shows them. Never holds what stands in the cell.
struct Finding {
  std::int64_t row = 0;
  std::optional<Column> column;  // none: the line as a whole
  std::string key;
  MessageParams params = {};
};

/// A line of the file. `cells` stand as in the file.
struct Line {
  std::int64_t row = 0;
  std::vector<std::string> cells;
};

struct Household {
  std::string label;
  std::vector<std::int64_t> rows;  // of the persons, in the order of intake.persons
  cases::Intake intake;
  std::vector<bool> is_covered;  // of the persons: whom the amount is for
  Money amount;                  // a month
  Month first_month;
  std::optional<Date> review_due_on;
};

struct ReadHousehold {
  std::string label;
  std::vector<Line> lines;
  Household household;            // complete only without findings
  std::vector<Finding> findings;  // by row
};

/// `lines` are of one household. Findings: "roster.*" and those of cases::contradictions_in().
ReadHousehold read_household(std::vector<Line> lines, const Header& header, const Places& places, Date today);

/// "2018-07", "2018-7", "2018/07", "2018.7" (not "2018.1"), "2018年7月", "201807", or a day of the month.
std::optional<Month> parse_month(std::string_view text);
/// "2019-12-31", "2019/12/31", "2019.12.31", "2019年12月31日".
std::optional<Date> parse_day(std::string_view text);

}  // namespace jiuzhu::roster

#pragma once
// Reads a roster file household by household, in memory that does not grow with it. Pure.

#include <functional>
#include <string_view>

#include "modules/roster/household.hpp"
#include "platform/files/table_reader.hpp"

namespace jiuzhu::roster {

/// A large county: 200 000 households and their members, below a row of titles. Every wrong cell is told.
inline constexpr TableLimits kRosterLimits{.file_bytes_max = 128U << 20, .rows_max = 600'001, .problems_max = 600'000};

/// As many as an application may have. A column that says the same in every line is a mistake, not a household.
inline constexpr std::size_t kHouseholdMost = 30;

struct FileFacts {
  std::int64_t persons = 0;
  std::vector<std::string> unknown_columns;
};

/// Gets each household as soon as its lines have been read, with the findings that need other households too
/// ("roster.person_twice" {row}, "roster.household_split" {row}, "roster.household_split_later" {row}). A refusal stops
/// the reading and becomes its result.
using HouseholdSink = std::function<Status(ReadHousehold household)>;

/// `bytes`: XLSX, or CSV in UTF-8 or GB18030; read twice, because a household that goes on further below must not be
/// taken over by half. Refuses like read_table_bytes(), Header::read(), and with "roster.no_households".
Result<FileFacts> read_roster(std::string_view bytes, const Places& places, Date today, const HouseholdSink& sink);

}  // namespace jiuzhu::roster

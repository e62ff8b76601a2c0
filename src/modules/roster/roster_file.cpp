#include "modules/roster/roster_file.hpp"

#include <algorithm>

#include "modules/roster/line_groups.hpp"

namespace jiuzhu::roster {
namespace {

class RosterReader {
 public:
  RosterReader(const Places& places, Date today, const Repeated& repeated, const HouseholdSink& sink)
      : places_(places), today_(today), repeated_(repeated), sink_(sink) {}

  Status run(std::string_view bytes) {
    return read_lines(bytes, header_,
                      [this](std::int64_t row, std::span<const std::string> cells, std::vector<Finding> unreadable) {
                        return take(row, cells, std::move(unreadable));
                      });
  }

  Result<FileFacts> finish() {
    if (!lines_.empty()) JZ_TRY_VOID(flush());
    if (facts_.persons == 0) return refuse(ErrorCode::invalid_input, "roster.no_households");
    facts_.unknown_columns = header_->unknown();
    return std::move(facts_);
  }

 private:
  Status take(std::int64_t row, std::span<const std::string> cells, std::vector<Finding> unreadable) {
    const auto place = groups_.take(*header_, cells, !unreadable.empty());
    if (place == LineGroups::Place::nowhere) return {};
    const bool begins = place == LineGroups::Place::begins;
    if (!begins && lines_.size() == kHouseholdMost) is_too_large_ = true;
    if (!lines_.empty() && (begins || lines_.size() == kHouseholdMost)) JZ_TRY_VOID(flush());
    if (begins) is_too_large_ = false;
    lines_.push_back({row, {cells.begin(), cells.end()}});
    std::ranges::move(unreadable, std::back_inserter(unreadable_));
    ++facts_.persons;
    return {};
  }

  Status flush() {
    ReadHousehold read = read_household(std::exchange(lines_, {}), *header_, places_, today_);
    const std::int64_t first_row = read.lines.front().row;
    for (const Line& line : read.lines) {
      if (header_->cell(Column::household, line.cells).empty()) {
        read.findings.push_back({line.row, Column::household, "field.empty"});
      }
    }
    if (is_too_large_) {
      read.findings.push_back(
          {first_row, Column::household, "roster.household_too_large", {{"most", std::to_string(kHouseholdMost)}}});
    } else if (const auto split = repeated_.households.find(read.label); split != repeated_.households.end()) {
      const auto [first, second] = split->second;
      const bool is_first = first_row == first;
      read.findings.push_back({first_row,
                               Column::household,
                               is_first ? "roster.household_split_later" : "roster.household_split",
                               {{"row", std::to_string(is_first ? second : first)}}});
    }
    for (const Line& line : read.lines) {
      const auto number = person_number(header_->cell(Column::citizen_number, line.cells), today_);
      const auto twice = number ? repeated_.persons.find(*number) : repeated_.persons.end();
      if (twice == repeated_.persons.end() || is_told(read.findings, line.row)) continue;
      const auto [first, second] = twice->second;
      read.findings.push_back({line.row,
                               Column::citizen_number,
                               "roster.person_twice",
                               {{"row", std::to_string(line.row == first ? second : first)}}});
    }
    // A cell that could not be read arrived empty: its reason says more than "must not be empty".
    for (Finding& finding : unreadable_) {
      std::erase_if(read.findings,
                    [&](const Finding& other) { return other.row == finding.row && other.column == finding.column; });
      read.findings.push_back(std::move(finding));
    }
    unreadable_.clear();
    std::ranges::stable_sort(read.findings, {}, &Finding::row);
    return sink_(std::move(read));
  }

  static bool is_told(const std::vector<Finding>& findings, std::int64_t row) {
    return std::ranges::any_of(findings, [&](const Finding& finding) {
      return finding.row == row && finding.column == Column::citizen_number;
    });
  }

  const Places& places_;
  const Date today_;
  const Repeated& repeated_;
  const HouseholdSink& sink_;
  std::optional<Header> header_;
  LineGroups groups_;
  bool is_too_large_ = false;
  std::vector<Line> lines_;
  std::vector<Finding> unreadable_;
  FileFacts facts_;
};

}  // namespace

Result<FileFacts> read_roster(std::string_view bytes, const Places& places, Date today, const HouseholdSink& sink) {
  JZ_TRY(const Repeated repeated, find_repeated(bytes, today));
  RosterReader reader(places, today, repeated, sink);
  JZ_TRY_VOID(reader.run(bytes));
  return reader.finish();
}

}  // namespace jiuzhu::roster

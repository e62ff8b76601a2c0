#include "modules/roster/roster_file.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/text.hpp"

namespace jiuzhu::roster {
namespace {

/// The first 17 digits as a number: the 18th only checks them.
std::optional<std::uint64_t> number_of(std::string_view citizen_number) {
  std::uint64_t number = 0;
  if (citizen_number.size() != 18) return std::nullopt;
  const char* end = citizen_number.data() + 17;
  const auto [stopped, error] = std::from_chars(citizen_number.data(), end, number);
  return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

class RosterReader {
 public:
  RosterReader(const Places& places, Date today, const HouseholdSink& sink)
      : places_(places), today_(today), sink_(sink) {}

  Status take(std::size_t number, std::span<const std::string> cells, std::span<const FieldError> problems) {
    if (!header_) {
      if (!problems.empty()) return refuse(ErrorCode::invalid_input, problems.front().key, problems.front().params);
      JZ_TRY(header_, Header::read(cells));
      return {};
    }
    const auto row = static_cast<std::int64_t>(number);
    const std::string label(header_->cell(Column::household, cells));
    // A line without a number is a household of its own: its finding tells so.
    if (!lines_.empty() && (label.empty() || label != label_)) JZ_TRY_VOID(flush());
    label_ = label;
    lines_.push_back({row, {cells.begin(), cells.end()}});
    for (const FieldError& problem : problems) remember(row, problem);
    ++facts_.persons;
    return {};
  }

  Result<FileFacts> finish() {
    if (!lines_.empty()) JZ_TRY_VOID(flush());
    if (facts_.persons == 0) return refuse(ErrorCode::invalid_input, "roster.no_households");
    facts_.unknown_columns = header_->unknown();
    return std::move(facts_);
  }

 private:
  /// Pointers are "/rows/5/C". What is wrong with a column that nobody reads does not matter.
  void remember(std::int64_t row, const FieldError& problem) {
    std::size_t place = 0;
    for (const char letter : split(problem.pointer, '/').back()) {
      place = place * 26 + static_cast<std::size_t>(letter - 'A') + 1;
    }
    if (const auto column = header_->column_at(place - 1))
      unreadable_.push_back({row, column, problem.key, problem.params});
  }

  Status flush() {
    ReadHousehold read = read_household(std::exchange(lines_, {}), *header_, places_, today_);
    if (read.label.empty()) {
      read.findings.push_back({read.lines.front().row, Column::household, "field.empty"});
    } else if (const auto [known, is_new] = labels_.emplace(read.label, read.lines.front().row); !is_new) {
      read.findings.push_back({read.lines.front().row,
                               Column::household,
                               "roster.household_split",
                               {{"row", std::to_string(known->second)}}});
    }
    for (const Line& line : read.lines) {
      const auto number = number_of(header_->cell(Column::citizen_number, line.cells));
      if (!number) continue;
      const auto [known, is_new] = persons_.emplace(*number, line.row);
      if (is_new || is_told(read.findings, line.row)) continue;
      read.findings.push_back(
          {line.row, Column::citizen_number, "roster.person_twice", {{"row", std::to_string(known->second)}}});
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
  const HouseholdSink& sink_;
  std::optional<Header> header_;
  std::string label_;
  std::vector<Line> lines_;
  std::vector<Finding> unreadable_;
  std::unordered_map<std::string, std::int64_t> labels_;
  std::unordered_map<std::uint64_t, std::int64_t> persons_;
  FileFacts facts_;
};

}  // namespace

Result<FileFacts> read_roster(std::string_view bytes, const Places& places, Date today, const HouseholdSink& sink) {
  RosterReader reader(places, today, sink);
  TableOptions options{.limits = kRosterLimits};
  options.on_bad_row = [&](std::size_t number, std::span<const std::string> cells,
                           std::span<const FieldError> problems) { return reader.take(number, cells, problems); };
  JZ_TRY_VOID(read_table_bytes(bytes, options, [&](std::size_t number, std::span<const std::string> cells) {
    return reader.take(number, cells, {});
  }));
  return reader.finish();
}

}  // namespace jiuzhu::roster

#include "modules/roster/line_groups.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "kernel/identity/citizen_number.hpp"
#include "modules/roster/roster_file.hpp"
#include "modules/roster/roster_words.hpp"

namespace jiuzhu::roster {
namespace {

bool says_anything(const Header& header, std::span<const std::string> cells) {
  return std::ranges::any_of(column_plans(),
                             [&](const ColumnPlan& plan) { return !header.cell(plan.column, cells).empty(); });
}

/// A person without the household's number: where cells were merged, only the first line has one. The household above
/// must then not be taken over without this person.
bool is_member(const Header& header, std::span<const std::string> cells) {
  if (relation_of(header.cell(Column::relation, cells)) == policy::Relation::self) return false;
  return std::ranges::any_of(std::array{Column::relation, Column::name, Column::citizen_number},
                             [&](Column column) { return !header.cell(column, cells).empty(); });
}

/// What is wrong with a column that nobody reads does not matter. Pointers are "/rows/5/C".
std::vector<Finding> unreadable_in(const Header& header, std::int64_t row, std::span<const FieldError> problems) {
  std::vector<Finding> findings;
  for (const FieldError& problem : problems) {
    std::size_t place = 0;
    for (const char letter : split(problem.pointer, '/').back()) {
      place = place * 26 + static_cast<std::size_t>(letter - 'A') + 1;
    }
    if (const auto column = header.column_at(place - 1)) findings.push_back({row, column, problem.key, problem.params});
  }
  return findings;
}

}  // namespace

LineGroups::Place LineGroups::take(const Header& header, std::span<const std::string> cells, bool has_unreadable) {
  // Numbers written ahead, and other helpers, stand in columns that nobody reads.
  if (!has_unreadable && !says_anything(header, cells)) return Place::nowhere;
  const std::string_view label = header.cell(Column::household, cells);
  const bool goes_on = has_begun_ && (label.empty() ? is_member(header, cells) : label == label_);
  has_begun_ = true;
  if (!goes_on) label_ = label;
  return goes_on ? Place::goes_on : Place::begins;
}

Status read_lines(std::string_view bytes, std::optional<Header>& header, const LineSink& sink) {
  const auto take = [&](std::size_t number, std::span<const std::string> cells,
                        std::span<const FieldError> problems) -> Status {
    const auto row = static_cast<std::int64_t>(number);
    if (header) return sink(row, cells, unreadable_in(*header, row, problems));
    if (!problems.empty()) return refuse(ErrorCode::invalid_input, problems.front().key, problems.front().params);
    JZ_TRY(header, Header::read(cells));
    return {};
  };
  TableOptions options{.limits = kRosterLimits};
  options.on_bad_row = take;
  JZ_TRY_VOID(read_table_bytes(
      bytes, options, [&](std::size_t number, std::span<const std::string> cells) { return take(number, cells, {}); }));
  return {};
}

std::optional<std::uint64_t> person_number(std::string_view citizen_number, Date today) {
  const auto parsed = CitizenNumber::parse(citizen_number, today);
  const std::string digits = parsed ? parsed->reveal() : std::string(citizen_number);
  std::uint64_t number = 0;
  if (digits.size() != 18) return std::nullopt;
  const char* end = digits.data() + 17;
  const auto [stopped, error] = std::from_chars(digits.data(), end, number);
  return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

Result<Repeated> find_repeated(std::string_view bytes, Date today) {
  std::unordered_map<std::string, std::int64_t> households;
  std::unordered_map<std::uint64_t, std::int64_t> persons;
  Repeated repeated;
  LineGroups groups;
  std::optional<Header> header;
  JZ_TRY_VOID(read_lines(
      bytes, header,
      [&](std::int64_t row, std::span<const std::string> cells, const std::vector<Finding>& unreadable) -> Status {
        const auto place = groups.take(*header, cells, !unreadable.empty());
        if (place == LineGroups::Place::nowhere) return {};
        if (const auto number = person_number(header->cell(Column::citizen_number, cells), today)) {
          const auto [first, is_new] = persons.emplace(*number, row);
          if (!is_new) repeated.persons.emplace(*number, TwoRows(first->second, row));
        }
        if (place != LineGroups::Place::begins || groups.label().empty()) return {};
        const auto [first, is_new] = households.emplace(groups.label(), row);
        if (!is_new) repeated.households.emplace(first->first, TwoRows(first->second, row));
        return {};
      }));
  return repeated;
}

}  // namespace jiuzhu::roster

// The part of the sifter for registers that have no numbers: every row is read, and looked for by name.

#include "base/assert.hpp"
#include "base/text.hpp"
#include "engines/sieve/names.hpp"
#include "engines/sieve/sifter.hpp"

namespace jiuzhu::sieve {

void Sifter::sift_by_name(const Window& window) {
  JZ_ASSERT(shared_.names != nullptr);
  for (std::size_t row = 0; row < window.rows; ++row) take_row_by_name(row);
}

void Sifter::take_row_by_name(std::size_t row) {
  const SourceColumns& columns = file_->columns;
  record_.split_padded(window_->row(row), file_->table.shape(), columns.fields, shared_.kernels);
  if (record_.is_blank_line()) {
    --count_->rows;
    return;
  }
  if (record_.size() < columns.fields) return add_malformed(row, Malformed::missing_column);
  const auto name = text_of(record_.field(*columns.name), file_->table.encoding(), room_);
  if (!name) return add_malformed(row, Malformed::encoding);
  registered_name_ = *name;
  const auto birth = parse_day(without_blanks(record_.field(*columns.birth_date)));
  if (comparable_name(registered_name_).empty() || !birth) return add_malformed(row, Malformed::value);
  registered_region_.clear();
  if (columns.region) {
    const auto region = text_of(record_.field(*columns.region), file_->table.encoding(), room_);
    if (!region) return add_malformed(row, Malformed::encoding);
    registered_region_ = trim(to_half_width(*region));
  }
  shared_.names->find({.name = registered_name_, .birth = *birth, .region = registered_region_}, candidates_by_name_);
  if (candidates_by_name_.empty()) {
    ++count_->not_ours;
    return;
  }
  const auto is_counted = is_valid();
  const auto passed = is_counted ? passes(columns.filters) : std::nullopt;
  if (!is_counted || !passed || !are_shown_readable()) return add_malformed(row, problem_);
  if (!*is_counted || !*passed) {
    ++count_->filtered;
    return;
  }
  ++count_->matched;
  for (const Candidate& candidate : candidates_by_name_) add_candidate(candidate, row, *birth);
}

void Sifter::add_candidate(const Candidate& candidate, std::size_t row, DayOrMonth birth) {
  spooled_.clear();
  append_big_endian(spooled_, shared_.people.entry(candidate.person).household, 4);
  append_big_endian(spooled_, candidate.person, 4);
  append_big_endian(spooled_, static_cast<std::uint64_t>(candidate.grade), 1);
  place_of(row).append_to(spooled_);
  append_text(spooled_, registered_name_);
  const std::string day = Date(std::chrono::sys_days(std::chrono::days(birth.days))).to_text();
  append_text(spooled_, std::string_view(day).substr(0, birth.is_month ? 7 : 10));
  append_text(spooled_, registered_region_);
  add_shown(spooled_);
  by_name_.add(spooled_);
}

}  // namespace jiuzhu::sieve

#include "engines/sieve/people_chunk.hpp"

#include <algorithm>

namespace jiuzhu::sieve {

Result<PeopleColumns> PeopleColumns::find(const TableFile& table, const PeopleFile& file) {
  PeopleColumns columns{.file = table.name(), .shape = table.shape(), .encoding = table.encoding()};
  JZ_TRY(columns.household, table.find_column(file.household));
  JZ_TRY(columns.person, table.find_column(file.person));
  JZ_TRY(columns.name, table.find_column(file.name));
  JZ_TRY(columns.number, table.find_column(file.number));
  columns.fields = std::max({columns.household, columns.person, columns.name, columns.number});
  if (file.role) {
    JZ_TRY(const std::size_t role, table.find_column(*file.role));
    columns.role = role;
    columns.fields = std::max(columns.fields, role);
  }
  for (const Attribute& attribute : file.attributes) {
    JZ_TRY(const std::size_t column, table.find_column(attribute.column));
    columns.attributes.push_back({.column = column, .values = &attribute.values});
    columns.fields = std::max(columns.fields, column);
  }
  ++columns.fields;
  return columns;
}

const char* TextArena::keep(std::string_view text) {
  const bool has_room = !blocks_.empty() && blocks_.back().size() - used_ >= text.size();
  if (!has_room) {
    blocks_.emplace_back(std::max(kBlock, text.size()));
    used_ = 0;
  }
  char* const place = blocks_.back().data() + used_;
  std::ranges::copy(text, place);
  used_ += text.size();
  return place;
}

PeopleChunk PeopleReader::read(std::uint32_t file, const Window& window) {
  PeopleChunk chunk{
      .file = file, .window = window.number, .window_rows = window.first_row + static_cast<std::uint32_t>(window.rows)};
  at_ = &columns_[file];
  chunk.keys.reserve(window.rows);
  keys_.resize(std::max(keys_.size(), window.rows));
  kernels_.decode_numbers({.column = at_->number, .separator = at_->shape.separator, .quote = at_->shape.quote},
                          window.bytes.data(), window.begins, window.rows, keys_.data());
  for (std::size_t i = 0; i < window.rows; ++i) read_row(chunk, window, i);
  return chunk;
}

void PeopleReader::read_row(PeopleChunk& chunk, const Window& window, std::size_t i) {
  record_.split_padded(window.row(i), at_->shape, at_->fields, kernels_);
  if (record_.is_blank_line()) return;
  const std::uint32_t row = window.first_row + static_cast<std::uint32_t>(i);
  const bool has_all = record_.size() >= at_->fields;
  const auto household =
      has_all ? text_of(record_.field(at_->household), at_->encoding, household_room_) : std::nullopt;
  if (!household || household->empty()) {
    if (!chunk.incomplete) chunk.incomplete = row;
    return;
  }
  NumberKey key = keys_[i];
  if (key == kNoKey) {
    const auto number = text_of(record_.field(at_->number), at_->encoding, room_);
    const ParsedNumber parsed = number ? parse_number(*number) : ParsedNumber{.problem = Malformed::encoding};
    key = parsed.key;
    if (key == kNoKey) chunk.malformed.emplace_back(row, parsed.problem);
  }
  chunk.keys.push_back(key);
  if (at_->role || !at_->attributes.empty()) chunk.bits.push_back(bits());
  if (texts_ == PersonTexts::kept) chunk.texts.push_back(text());
  add_to_group(chunk, *household);
}

void PeopleReader::add_to_group(PeopleChunk& chunk, std::string_view id) {
  const std::string_view last = chunk.groups.empty() ? std::string_view() : chunk.groups.back().household_id;
  if (id != last) {
    chunk.is_ascending = chunk.is_ascending && last < id;
    chunk.groups.push_back({.household_id = {arena_.keep(id), id.size()}});
  }
  ++chunk.groups.back().persons;
}

std::string_view PeopleReader::decoded(std::size_t column) {
  return text_of(record_.field(column), at_->encoding, room_).value_or("");
}

PersonText PeopleReader::text() {
  joined_ = decoded(at_->person);
  const auto id_bytes = static_cast<std::uint32_t>(joined_.size());
  joined_ += decoded(at_->name);
  const bool is_obligor = at_->role && decoded(*at_->role) == file_.obligor_value;
  return {.begin = arena_.keep(joined_),
          .id_bytes = id_bytes,
          .name_bytes = static_cast<std::uint32_t>(joined_.size() - id_bytes) & 0x7FFFFFFF,
          .is_obligor = is_obligor ? 1U : 0U};
}

/// Bit 0: somebody who owes support.
std::uint64_t PeopleReader::bits() {
  std::uint64_t bits = 0;
  if (at_->role && decoded(*at_->role) == file_.obligor_value) bits |= 1;
  for (std::size_t i = 0; i < at_->attributes.size(); ++i) {
    const auto& [column, values] = at_->attributes[i];
    if (std::ranges::find(*values, decoded(column)) != values->end()) bits |= std::uint64_t{2} << i;
  }
  return bits;
}

}  // namespace jiuzhu::sieve

#include "engines/sieve/record.hpp"

namespace jiuzhu::sieve {
namespace {

RecordState state_after(RecordState state, char byte, const RowSearch& search) {
  if (search.quote != 0) {
    if (state == RecordState::quoted) return byte == search.quote ? RecordState::closing : RecordState::quoted;
    const bool may_open = state == RecordState::field_begin || state == RecordState::closing;
    if (byte == search.quote && may_open) return RecordState::quoted;
  }
  return byte == search.separator || byte == '\n' ? RecordState::field_begin : RecordState::unquoted;
}

}  // namespace

RowsFound walk_row_ends(const RowSearch& search, std::uint32_t* ends) {
  RowsFound found{.state = search.state};
  for (std::uint32_t at = search.from; at < search.until; ++at) {
    const char byte = search.bytes[at];
    if (byte == '\n' && found.state != RecordState::quoted) ends[found.count++] = at + 1;
    found.state = state_after(found.state, byte, search);
  }
  return found;
}

void Record::split(std::string_view row, const RecordShape& shape, std::size_t fields_most) {
  if (row.ends_with('\r')) row.remove_suffix(1);
  fields_.clear();
  unescaped_.clear();
  if (unescaped_.capacity() < row.size()) unescaped_.reserve(row.size());
  is_blank_line_ = row.empty();
  std::size_t begin = 0;
  while (fields_.size() < fields_most) {
    std::size_t end = 0;
    if (shape.quote != 0 && begin < row.size() && row[begin] == shape.quote) {
      end = add_quoted_field(row, begin, shape);
    } else {
      end = row.find(shape.separator, begin);
      if (end == std::string_view::npos) end = row.size();
      fields_.push_back(row.substr(begin, end - begin));
    }
    if (end == row.size()) return;
    begin = end + 1;
  }
}

void Record::split_padded(std::string_view row, const RecordShape& shape, std::size_t fields_most,
                          const Kernels& kernels) {
  if (separators_.size() < fields_most + 8) separators_.resize(fields_most + 8);
  const std::size_t found = kernels.find_separators(
      {.row = row.data(), .size = row.size(), .most = fields_most, .separator = shape.separator, .quote = shape.quote},
      separators_.data());
  if (found == kQuoted) return split(row, shape, fields_most);
  if (row.ends_with('\r')) row.remove_suffix(1);
  is_blank_line_ = row.empty();
  fields_.clear();
  std::size_t begin = 0;
  for (std::size_t i = 0; i < found; ++i) {
    fields_.push_back(row.substr(begin, separators_[i] - begin));
    begin = separators_[i] + 1;
  }
  if (fields_.size() < fields_most) fields_.push_back(row.substr(begin));
}

std::size_t Record::add_quoted_field(std::string_view row, std::size_t begin, const RecordShape& shape) {
  const std::size_t text_begin = begin + 1;
  const std::size_t close = row.find(shape.quote, text_begin);
  const bool is_plain =
      close != std::string_view::npos && (close + 1 == row.size() || row[close + 1] == shape.separator);
  if (is_plain) {
    fields_.push_back(row.substr(text_begin, close - text_begin));
    return close + 1;
  }
  const std::size_t unescaped_begin = unescaped_.size();
  bool is_inside = true;
  bool has_just_closed = false;
  std::size_t at = text_begin;
  for (; at < row.size(); ++at) {
    const char byte = row[at];
    if (is_inside) {
      if (byte == shape.quote) {
        is_inside = false;
        has_just_closed = true;
        continue;
      }
    } else if (byte == shape.separator) {
      break;
    } else if (byte == shape.quote && has_just_closed) {
      is_inside = true;
    }
    has_just_closed = false;
    unescaped_ += byte;
  }
  fields_.push_back(std::string_view(unescaped_).substr(unescaped_begin));
  return at;
}

}  // namespace jiuzhu::sieve

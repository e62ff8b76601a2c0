#include "platform/files/row_sink.hpp"

#include <algorithm>

namespace jiuzhu {

std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters += static_cast<char>('A' + (rest - 1) % 26);
  }
  std::ranges::reverse(letters);
  return letters;
}

Status RowSink::deliver(std::size_t row, std::vector<std::string>& cells, const std::vector<CellProblem>& problems) {
  while (!cells.empty() && cells.back().empty()) cells.pop_back();
  if (cells.empty() && problems.empty()) return {};
  if (++seen_ > limits().rows_max) {
    return refuse(ErrorCode::too_large, "table.too_many_rows", {{"max", std::to_string(limits().rows_max)}});
  }
  if (cells.size() > limits().columns_max) {
    return refuse(ErrorCode::too_large, "table.too_many_columns",
                  {{"row", std::to_string(row)}, {"max", std::to_string(limits().columns_max)}});
  }
  const auto too_long =
      std::ranges::find_if(cells, [&](const std::string& cell) { return cell.size() > limits().cell_bytes_max; });
  if (too_long != cells.end()) {
    return refuse(ErrorCode::too_large, "table.cell_too_long",
                  {{"row", std::to_string(row)},
                   {"column", column_letters(static_cast<std::size_t>(too_long - cells.begin()))},
                   {"max", std::to_string(limits().cell_bytes_max)}});
  }
  if (problems.empty()) {
    ++rows_;
    return on_row_(row, cells);
  }
  std::vector<FieldError> fields;
  for (const auto& problem : problems) {
    const std::string column = column_letters(problem.column);
    fields.push_back({.pointer = "/rows/" + std::to_string(row) + "/" + column,
                      .key = problem.key,
                      .params = {{"row", std::to_string(row)}, {"column", column}}});
  }
  if (options_.on_bad_row) return options_.on_bad_row(row, cells, fields);
  problems_.insert(problems_.end(), fields.begin(), fields.end());
  if (problems_.size() >= limits().problems_max) return refuse(gathered());
  return {};
}

Status RowSink::finish() const {
  if (!problems_.empty()) return refuse(gathered());
  if (seen_ == 0) return refuse(ErrorCode::invalid_input, "table.empty");
  return {};
}

Error RowSink::gathered() const {
  return Error{.code = ErrorCode::invalid_input,
               .key = "table.cells_refused",
               .fields = problems_,
               .params = {{"count", std::to_string(problems_.size())}}};
}

}  // namespace jiuzhu

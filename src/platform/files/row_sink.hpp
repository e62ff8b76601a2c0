#pragma once
// What both formats do with a finished row: limits, skipping of blank rows, gathering of refused cells. Private to this
// folder.

#include <string>
#include <vector>

#include "platform/files/table_reader.hpp"

namespace jiuzhu {

struct CellProblem {
  std::size_t column = 0;  // from 0
  std::string key;
};

/// "A", …, "Z", "AA" for 0, …, 25, 26.
std::string column_letters(std::size_t column);

class RowSink {
 public:
  RowSink(const TableOptions& options, const TableRowCallback& on_row) : options_(options), on_row_(on_row) {}

  /// `cells` lose their empty end. Refuses on a limit, and with what the callback refuses.
  Status deliver(std::size_t row, std::vector<std::string>& cells, const std::vector<CellProblem>& problems);
  /// Refuses with the gathered problems, or "table.empty" when there was nothing.
  Status finish() const;

  std::size_t rows() const { return rows_; }
  const TableLimits& limits() const { return options_.limits; }

 private:
  Error gathered() const;

  const TableOptions& options_;
  const TableRowCallback& on_row_;
  std::size_t rows_ = 0;
  std::size_t seen_ = 0;
  std::vector<FieldError> problems_;
};

}  // namespace jiuzhu

#pragma once
// The parts of an XLSX file that a sheet refers to: which sheet there is, shared strings, styles. Private to this
// folder.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/files/xlsx_cell.hpp"
#include "platform/files/xlsx_package.hpp"

namespace jiuzhu {

/// One buffer and offsets: four bytes a string beyond its text, so that a file of a hundred million empty strings does
/// not become gigabytes.
class SharedStrings {
 public:
  void add(std::string_view text);
  std::size_t size() const { return ends_.size(); }
  std::string_view at(std::size_t index) const;

 private:
  std::string text_;
  std::vector<std::uint32_t> ends_;
};

struct XlsxWorkbook {
  std::string sheet_part;  // name of the entry in the archive
  DateSystem date_system = DateSystem::from_1900;
  SharedStrings shared_strings;
  std::vector<bool> is_date_style;  // by the cell's style index
};

/// `sheet` empty: the first visible one. Refuses with "table.not_a_workbook", "xlsx.sheet_missing" and like read_xml.
Result<XlsxWorkbook> read_workbook(const XlsxPackage& package, const std::string& sheet);

}  // namespace jiuzhu

#pragma once
// Private to this folder.

#include "platform/files/row_sink.hpp"

namespace jiuzhu {

/// Refuses like read_table for XLSX. Memory: the shared strings, and the rows of 64 KiB of the sheet.
Status read_xlsx(std::string_view bytes, const std::string& sheet, RowSink& sink);

}  // namespace jiuzhu

#pragma once
// RFC 4180, strictly: a quote may only open a field or stand doubled inside a quoted one. Written by hand instead of
// libcsv because the refusals need the line of the quote, and limits must hold while a field grows. 300 000 rows of six
// cells: libcsv alone 320 MB/s; this with detection, decoding and limits 180 MB/s (UTF-8) and 235 MB/s (GB18030).
// Private to this folder.

#include "platform/files/row_sink.hpp"

namespace jiuzhu {

/// A row's number counts records, as Excel does, blank lines included; a line counts line breaks inside quotes too.
/// Refuses like read_table for CSV.
Status read_csv(std::string_view bytes, TextEncoding encoding, char separator, RowSink& sink);

}  // namespace jiuzhu

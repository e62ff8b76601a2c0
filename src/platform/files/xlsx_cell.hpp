#pragma once
// How the stored form of an XLSX cell becomes text (ECMA-376 part 1, 18.3.1.4 and 18.8.30). Pure; private to this
// folder.

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace jiuzhu {

/// Whether a number format shows a date or a time. `code` is the workbook's own format code; it is empty for the
/// built-in ids (below 164), which include the Chinese ones 27-36 and 50-58.
bool is_date_format(unsigned id, std::string_view code);

enum class DateSystem { from_1900, from_1904 };

/// A key of the refused cell on failure: "xlsx.date_invalid" for a day that does not exist (Excel's 1900-02-29), before
/// the system's first day or after 9999; "xlsx.cell_unreadable" when it is no number.
std::expected<std::string, const char*> render_serial_date(std::string_view stored, DateSystem system);

/// 15 significant digits, which is what Excel keeps and shows: 1.1000000000000001 is 1.1. Refuses with
/// "xlsx.number_too_long" from 10^15 on: such a number has lost digits already (a citizen number typed as a number),
/// and "xlsx.cell_unreadable".
std::expected<std::string, const char*> render_number(std::string_view stored);

/// Undoes "_x000D_" (ECMA-376 part 1, 22.9.2.19). U+0000 is left as it stands.
std::string unescape_text(std::string text);

}  // namespace jiuzhu

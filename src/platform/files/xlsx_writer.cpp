#include "platform/files/xlsx_writer.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "platform/files/draft_file.hpp"
#include "platform/files/row_sink.hpp"

namespace jiuzhu {
namespace {

constexpr lxw_row_t kRowsOfExcel = 1'048'576;
constexpr std::size_t kColumnsOfExcel = 16384;
constexpr std::size_t kTextMax = 32767;
/// Lists longer than 255 characters, or with commas, must stand in cells; one way for all is simpler.
constexpr const char* kChoicesSheet = "_choices";

constexpr lxw_color_t kTitleFill = 0xDDE7F3;
constexpr lxw_color_t kWrongFill = 0xFFC7CE;
constexpr lxw_color_t kWrongText = 0x9C0006;

const char* number_format_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::text: return "@";
    case ColumnKind::number: return "0";
    case ColumnKind::money: return "0.00";
    case ColumnKind::date: return "yyyy-mm-dd";
  }
  return "@";
}

bool is_valid_sheet_name(const std::string& name) {
  return !name.empty() && is_clean_utf8(name) && code_points(name) <= 31 && name != kChoicesSheet &&
         name.find_first_of("[]:*?/\\") == std::string::npos && name.front() != '\'' && name.back() != '\'';
}

/// The number of days Excel counts, from 1900-03-01 on, where its calendar is right.
double serial_of(Date date) { return days_between(*Date::of(1899, 12, 30), date); }

void check(lxw_error problem) {
  // Limits were looked at before; what is left is the disk.
  if (problem != LXW_NO_ERROR) throw std::runtime_error(std::string("xlsx writer: ") + lxw_strerror(problem));
}

}  // namespace

struct XlsxWriter::State {
  explicit State(const std::filesystem::path& path) : draft(path) {}
  ~State() {
    // There is no other public way to let go of the library's temporary files; the draft itself is removed then.
    if (workbook != nullptr) workbook_close(workbook);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  lxw_format* format(ColumnKind kind, CellMark mark) {
    return formats[static_cast<std::size_t>(kind)][static_cast<std::size_t>(mark)];
  }

  DraftFile draft;
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* worksheet = nullptr;
  std::array<std::array<lxw_format*, 2>, 4> formats{};
  std::vector<ColumnKind> kinds;
  lxw_row_t next_row = 1;
};

namespace {

void make_formats(lxw_workbook* workbook, std::array<std::array<lxw_format*, 2>, 4>& formats) {
  for (const ColumnKind kind : {ColumnKind::text, ColumnKind::number, ColumnKind::money, ColumnKind::date}) {
    for (const CellMark mark : {CellMark::none, CellMark::wrong}) {
      lxw_format* format = workbook_add_format(workbook);
      format_set_num_format(format, number_format_of(kind));
      if (mark == CellMark::wrong) {
        format_set_bg_color(format, kWrongFill);
        format_set_font_color(format, kWrongText);
      }
      formats[static_cast<std::size_t>(kind)][static_cast<std::size_t>(mark)] = format;
    }
  }
}

/// The lists of all columns on a hidden sheet, row by row as the constant-memory mode wants it.
void write_choices(lxw_workbook* workbook, lxw_worksheet* worksheet, const std::vector<XlsxColumn>& columns) {
  std::size_t longest = 0;
  for (const XlsxColumn& column : columns) longest = std::max(longest, column.choices.size());
  if (longest == 0) return;
  lxw_worksheet* choices = workbook_add_worksheet(workbook, kChoicesSheet);
  worksheet_hide(choices);
  for (std::size_t row = 0; row < longest; ++row) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (row >= columns[i].choices.size()) continue;
      check(worksheet_write_string(choices, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(i),
                                   columns[i].choices[row].c_str(), nullptr));
    }
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].choices.empty()) continue;
    const std::string letters = column_letters(i);
    std::string formula = "='" + std::string(kChoicesSheet) + "'!$" + letters + "$1:$" + letters + "$" +
                          std::to_string(columns[i].choices.size());
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    validation.value_formula = formula.data();
    const auto column = static_cast<lxw_col_t>(i);
    check(worksheet_data_validation_range(worksheet, 1, column, kRowsOfExcel - 1, column, &validation));
  }
}

void write_titles(lxw_workbook* workbook, lxw_worksheet* worksheet, const std::vector<XlsxColumn>& columns) {
  lxw_format* format = workbook_add_format(workbook);
  format_set_bold(format);
  format_set_bg_color(format, kTitleFill);
  format_set_border(format, LXW_BORDER_THIN);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_num_format(format, "@");
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    check(worksheet_write_string(worksheet, 0, column, columns[i].title.c_str(), format));
    if (!columns[i].comment.empty()) check(worksheet_write_comment(worksheet, 0, column, columns[i].comment.c_str()));
  }
}

void set_up_page(lxw_worksheet* worksheet) {
  constexpr std::uint8_t kA4 = 9;
  worksheet_freeze_panes(worksheet, 1, 0);
  worksheet_repeat_rows(worksheet, 0, 0);
  worksheet_set_landscape(worksheet);
  worksheet_set_paper(worksheet, kA4);
  worksheet_fit_to_pages(worksheet, 1, 0);
  // No green triangles on every citizen number.
  worksheet_ignore_errors(worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
}

}  // namespace

XlsxWriter::XlsxWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
XlsxWriter::~XlsxWriter() = default;
XlsxWriter::XlsxWriter(XlsxWriter&&) noexcept = default;
XlsxWriter& XlsxWriter::operator=(XlsxWriter&&) noexcept = default;

Result<XlsxWriter> XlsxWriter::create(const std::filesystem::path& path, const XlsxSheet& sheet) {
  if (!is_valid_sheet_name(sheet.name)) return refuse(ErrorCode::invalid_input, "xlsx.sheet_name");
  if (sheet.columns.size() > kColumnsOfExcel) return refuse(ErrorCode::too_large, "xlsx.too_many_columns");
  JZ_ASSERT(!sheet.columns.empty());

  auto state = std::make_unique<State>(path);
  // Personal data must not wait in /tmp: the temporary files stand in the target's folder, without a name.
  std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  lxw_workbook_options options{.constant_memory = LXW_TRUE, .tmpdir = folder.data(), .use_zip64 = LXW_FALSE};
  state->workbook = workbook_new_opt(state->draft.path().c_str(), &options);
  if (state->workbook == nullptr) throw std::runtime_error("xlsx writer: cannot start");
  lxw_doc_properties properties{};
  properties.created = static_cast<time_t>(sheet.created_at.microseconds / 1'000'000);
  check(workbook_set_properties(state->workbook, &properties));
  state->worksheet = workbook_add_worksheet(state->workbook, sheet.name.c_str());
  if (state->worksheet == nullptr) throw std::runtime_error("xlsx writer: cannot add a sheet");
  make_formats(state->workbook, state->formats);
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const XlsxColumn& column = sheet.columns[i];
    state->kinds.push_back(column.kind);
    const auto index = static_cast<lxw_col_t>(i);
    check(
        worksheet_set_column(state->worksheet, index, index, column.width, state->format(column.kind, CellMark::none)));
  }
  set_up_page(state->worksheet);
  write_titles(state->workbook, state->worksheet, sheet.columns);
  write_choices(state->workbook, state->worksheet, sheet.columns);
  return XlsxWriter(std::move(state));
}

Status XlsxWriter::add_row(std::span<const XlsxCell> cells) {
  State& state = *state_;
  JZ_ASSERT(state.workbook != nullptr && cells.size() <= state.kinds.size());
  if (state.next_row == kRowsOfExcel) return refuse(ErrorCode::too_large, "xlsx.too_many_rows");
  for (const XlsxCell& cell : cells) {
    const auto* text = std::get_if<std::string>(&cell.value);
    if (text == nullptr) continue;
    JZ_ASSERT(is_clean_utf8(*text));
    if (code_points(*text) > kTextMax) return refuse(ErrorCode::too_large, "xlsx.text_too_long");
  }
  const lxw_row_t row = state.next_row++;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    const CellMark mark = cells[i].mark;
    const XlsxValue& value = cells[i].value;
    if (const auto* text = std::get_if<std::string>(&value)) {
      check(worksheet_write_string(state.worksheet, row, column, text->c_str(), state.format(ColumnKind::text, mark)));
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      // Above 2^53 a number in Excel is another number.
      JZ_ASSERT(*number > -(1LL << 53) && *number < (1LL << 53));
      check(worksheet_write_number(state.worksheet, row, column, static_cast<double>(*number),
                                   state.format(ColumnKind::number, mark)));
    } else if (const auto* money = std::get_if<Money>(&value)) {
      JZ_ASSERT(money->in_fen() > -1'000'000'000'000'000 && money->in_fen() < 1'000'000'000'000'000);
      check(worksheet_write_number(state.worksheet, row, column, static_cast<double>(money->in_fen()) / 100,
                                   state.format(ColumnKind::money, mark)));
    } else if (const auto* date = std::get_if<Date>(&value)) {
      if (*date < *Date::of(1900, 3, 1)) {  // Excel has no such dates, or wrong ones
        check(worksheet_write_string(state.worksheet, row, column, date->to_text().c_str(),
                                     state.format(ColumnKind::text, mark)));
      } else {
        check(worksheet_write_number(state.worksheet, row, column, serial_of(*date),
                                     state.format(ColumnKind::date, mark)));
      }
    } else {
      check(worksheet_write_blank(state.worksheet, row, column, state.format(state.kinds[i], mark)));
    }
  }
  return {};
}

void XlsxWriter::finish() {
  State& state = *state_;
  JZ_ASSERT(state.workbook != nullptr);
  check(
      worksheet_autofilter(state.worksheet, 0, 0, state.next_row - 1, static_cast<lxw_col_t>(state.kinds.size() - 1)));
  check(workbook_close(std::exchange(state.workbook, nullptr)));
  state.draft.publish();
}

}  // namespace jiuzhu

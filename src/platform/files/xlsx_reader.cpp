#include "platform/files/xlsx_reader.hpp"

#include <charconv>

#include "base/date.hpp"
#include "platform/files/xlsx_workbook.hpp"
#include "platform/files/xlsx_xml.hpp"

namespace jiuzhu {
namespace {

constexpr std::size_t kRowsOfExcel = 1'048'576;
constexpr std::size_t kColumnsOfExcel = 16384;

/// "BC12" is column 54 and row 12, from 0 and from 1.
struct CellReference {
  std::size_t column = 0;
  std::size_t row = 0;
};

std::optional<CellReference> parse_reference(std::string_view text) {
  CellReference reference;
  std::size_t i = 0;
  for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && i < 3; ++i) {
    reference.column = reference.column * 26 + static_cast<std::size_t>(text[i] - 'A') + 1;
  }
  if (i == 0 || reference.column > kColumnsOfExcel) return std::nullopt;
  --reference.column;
  const auto [end, problem] = std::from_chars(text.data() + i, text.data() + text.size(), reference.row);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return reference;
}

struct PendingRow {
  std::size_t number = 0;
  std::vector<std::string> cells;
  std::vector<CellProblem> problems;
};

/// Rows and cells must come in order, as the schema wants and every program writes them: that is what lets us read
/// without keeping the sheet.
class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(const XlsxWorkbook& workbook, RowSink& sink) : workbook_(workbook), sink_(sink) {}

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") {
      open_row(attributes);
    } else if (name == "c") {
      open_cell(attributes);
    } else if (name == "f") {
      has_formula_ = true;
    } else if (name == "rPh") {
      ++phonetic_depth_;
    }
    // A value is in <v>, inline text in <is><t> and <is><r><t>.
    is_in_text_ = is_in_cell_ && phonetic_depth_ == 0 && (name == "v" || name == "t");
  }

  void close(std::string_view name) override {
    is_in_text_ = false;
    if (name == "rPh") {
      --phonetic_depth_;
    } else if (name == "c" && is_in_cell_) {
      close_cell();
    } else if (name == "row" && row_.number != 0) {
      if (!row_.cells.empty() || !row_.problems.empty()) pending_.push_back(std::move(row_));
      row_ = {};
    }
  }

  void text(std::string_view piece) override {
    if (!is_in_text_) return;
    if (text_.size() + piece.size() > kTextMax + sink_.limits().cell_bytes_max) return refuse_too_long();
    text_ += piece;
  }

  Status after_piece() override {
    for (PendingRow& row : pending_) JZ_TRY_VOID(sink_.deliver(row.number, row.cells, row.problems));
    pending_.clear();
    return {};
  }

 private:
  /// Escapes may shrink the text, so the exact limit is RowSink's.
  static constexpr std::size_t kTextMax = 1U << 16;

  void refuse_damaged() { refusal = Error{.code = ErrorCode::invalid_input, .key = "table.damaged"}; }

  void refuse_too_long() {
    refusal = Error{.code = ErrorCode::too_large,
                    .key = "table.cell_too_long",
                    .params = {{"row", std::to_string(row_.number)},
                               {"column", column_letters(column_)},
                               {"max", std::to_string(sink_.limits().cell_bytes_max)}}};
  }

  void refuse_too_many_columns() {
    refusal =
        Error{.code = ErrorCode::too_large,
              .key = "table.too_many_columns",
              .params = {{"row", std::to_string(row_.number)}, {"max", std::to_string(sink_.limits().columns_max)}}};
  }

  void open_row(const XmlAttributes& attributes) {
    std::size_t number = last_row_ + 1;
    if (const auto r = attributes.find("r")) {
      const auto [end, problem] = std::from_chars(r->data(), r->data() + r->size(), number);
      if (problem != std::errc{} || end != r->data() + r->size()) return refuse_damaged();
    }
    if (row_.number != 0 || number <= last_row_ || number > kRowsOfExcel) return refuse_damaged();
    last_row_ = number;
    row_.number = number;
    next_column_ = 0;
  }

  void open_cell(const XmlAttributes& attributes) {
    if (row_.number == 0 || is_in_cell_) return refuse_damaged();
    column_ = next_column_;
    if (const auto r = attributes.find("r")) {
      const auto reference = parse_reference(*r);
      if (!reference || reference->row != row_.number || reference->column < next_column_) return refuse_damaged();
      column_ = reference->column;
    }
    if (column_ >= kColumnsOfExcel) return refuse_damaged();
    has_room_ = column_ < sink_.limits().columns_max;
    next_column_ = column_ + 1;
    type_ = attributes.find("t").value_or("n");
    style_ = 0;
    if (const auto s = attributes.find("s")) std::from_chars(s->data(), s->data() + s->size(), style_);
    is_in_cell_ = true;
    has_formula_ = false;
    text_.clear();
  }

  void close_cell() {
    is_in_cell_ = false;
    if (has_formula_) return add_problem("xlsx.formula");
    if (text_.empty()) return;
    if (type_ == "s") return add_shared_string();
    if (type_ == "inlineStr" || type_ == "str") return add_text(unescape_text(text_));
    if (type_ == "b") return text_ == "1" ? add_text("TRUE") : add_text("FALSE");
    if (type_ == "e") return add_problem("xlsx.cell_error");
    if (type_ == "d") return add_iso_date();
    if (type_ != "n") return add_problem("xlsx.cell_unreadable");
    const bool is_date = style_ < workbook_.is_date_style.size() && workbook_.is_date_style[style_];
    const auto rendered = is_date ? render_serial_date(text_, workbook_.date_system) : render_number(text_);
    if (rendered) {
      add_text(*rendered);
    } else {
      add_problem(rendered.error());
    }
  }

  void add_shared_string() {
    std::size_t index = 0;
    const auto [end, problem] = std::from_chars(text_.data(), text_.data() + text_.size(), index);
    if (problem != std::errc{} || end != text_.data() + text_.size() || index >= workbook_.shared_strings.size()) {
      return refuse_damaged();
    }
    // Looked at before it is copied: one long string named by a million cells must not fill the memory.
    const std::string_view text = workbook_.shared_strings.at(index);
    if (text.size() > sink_.limits().cell_bytes_max) return refuse_too_long();
    add_text(std::string(text));
  }

  /// "2019-08-01T00:00:00"; few programs write this.
  void add_iso_date() {
    const std::string_view text = text_;
    if (!Date::parse(text.substr(0, 10)) || (text.size() > 10 && text[10] != 'T')) {
      return add_problem("xlsx.date_invalid");
    }
    const bool has_time = text.size() > 10 && text.substr(11).find_first_of("123456789") != std::string_view::npos;
    add_text(has_time ? text_.substr(0, 10) + " " + text_.substr(11, 8) : text_.substr(0, 10));
  }

  void add_text(std::string text) {
    if (text.empty()) return;
    // Before the row is filled up to there: one cell in the last column would take as much memory as ten thousand.
    if (!has_room_) return refuse_too_many_columns();
    row_.cells.resize(column_ + 1);
    row_.cells[column_] = std::move(text);
  }

  void add_problem(const char* key) {
    if (!has_room_) return refuse_too_many_columns();
    row_.problems.push_back({column_, key});
  }

  const XlsxWorkbook& workbook_;
  RowSink& sink_;
  std::vector<PendingRow> pending_;
  PendingRow row_;  // number 0: between rows
  std::size_t last_row_ = 0;
  std::size_t next_column_ = 0;
  std::size_t column_ = 0;
  std::size_t style_ = 0;
  std::string type_;
  std::string text_;
  int phonetic_depth_ = 0;
  bool is_in_cell_ = false;
  bool has_room_ = true;
  bool is_in_text_ = false;
  bool has_formula_ = false;
};

}  // namespace

Status read_xlsx(std::string_view bytes, const std::string& sheet, RowSink& sink) {
  JZ_TRY(const XlsxPackage package, XlsxPackage::open(bytes, sink.limits()));
  JZ_TRY(const XlsxWorkbook workbook, read_workbook(package, sheet));
  SheetHandler handler(workbook, sink);
  return read_xml(package, workbook.sheet_part, handler);
}

}  // namespace jiuzhu

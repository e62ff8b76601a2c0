#pragma once
// A list as an XLSX file: all rows of the list behind a page, in its order and within the actor's scope, in memory that
// does not grow with them. Whoever exports needs Permission::list_export or another that the list names, beside what
// reading the list needs, and is recorded.

#include <functional>
#include <string>
#include <vector>

#include "base/enum_text.hpp"
#include "kernel/api/api.hpp"
#include "kernel/messages/messages.hpp"
#include "kernel/use_case/use_case.hpp"
#include "platform/files/xlsx_writer.hpp"

namespace jiuzhu::exports {

/// Texts of one export in the caller's language.
class Words {
 public:
  Words(const Messages& messages, Language language) : messages_(messages), language_(language) {}

  std::string text(std::string_view key) const { return messages_.text(language_, key); }
  /// "word.case_state_" and State::filed: the text of "word.case_state_filed".
  template <class Enum>
  std::string of(const std::string& prefix, Enum value) const {
    return text(prefix + std::string(enum_text(value)));
  }
  Language language() const { return language_; }
  std::string yes_or_nothing(bool holds) const { return holds ? text("word.yes") : ""; }

 private:
  const Messages& messages_;
  Language language_;
};

template <class Row>
struct Column {
  const char* title;  // message key
  double width;       // in digits; a Chinese character takes two
  ColumnKind kind;
  std::function<XlsxValue(const Row&)> value;
};

/// What every export is told.
struct Context {
  const Surroundings& surroundings;
  const Actor& actor;
  Words words;
  Permission permission = Permission::list_export;
};

/// The file being written.
class Sheet {
 public:
  /// `name` is a message key: the sheet's name, and the file's with the day behind it.
  static Result<Sheet> begin(const Context& context, const std::string& name, std::vector<XlsxColumn> columns);
  Status add(std::span<const XlsxCell> cells);
  /// Records the export of `list` ("awards") with `filter`, which holds no personal data.
  api::FileContent finish(const Context& context, const std::string& list, const std::string& filter);

  ~Sheet();
  Sheet(Sheet&&) noexcept;
  Sheet& operator=(Sheet&&) = delete;

 private:
  Sheet(std::string path, std::string file_name, XlsxWriter writer);
  std::string path_;
  std::string file_name_;
  XlsxWriter writer_;
  std::int64_t rows_ = 0;
};

/// Rows come page by page: `next_page(last)` gives those behind the row `last` (null for the first page) and none at
/// the end.
template <class Row, class NextPage>
Result<api::FileContent> export_list(const Context& context, const std::string& name, const std::string& list,
                                     const std::string& filter, const std::vector<Column<Row>>& columns,
                                     NextPage next_page) {
  JZ_TRY_VOID(require(context.actor, context.permission));
  std::vector<XlsxColumn> titles;
  for (const Column<Row>& column : columns) {
    titles.push_back({.title = context.words.text(column.title), .width = column.width, .kind = column.kind});
  }
  JZ_TRY(std::vector<Row> rows, next_page(nullptr));
  JZ_TRY(Sheet sheet, Sheet::begin(context, name, std::move(titles)));
  std::vector<XlsxCell> cells(columns.size());
  while (!rows.empty()) {
    for (const Row& row : rows) {
      for (std::size_t i = 0; i < columns.size(); ++i) cells[i].value = columns[i].value(row);
      JZ_TRY_VOID(sheet.add(cells));
    }
    const Row last = std::move(rows.back());
    JZ_TRY(rows, next_page(&last));
  }
  return sheet.finish(context, list, filter);
}

/// Rows a page; large, since nobody looks at it.
inline constexpr int kPage = 2000;

/// A value that may be absent: an empty cell.
template <class T>
XlsxValue or_empty(const std::optional<T>& value) {
  return value ? XlsxValue(*value) : XlsxValue();
}
inline XlsxValue or_empty(const std::optional<Month>& month) {
  return month ? XlsxValue(month->to_text()) : XlsxValue();
}

}  // namespace jiuzhu::exports

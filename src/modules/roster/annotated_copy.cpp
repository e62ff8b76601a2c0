#include "modules/roster/annotated_copy.hpp"

#include <algorithm>

#include "platform/files/table_reader.hpp"
#include "platform/files/xlsx_writer.hpp"

namespace jiuzhu::roster {
namespace {

class Copy {
 public:
  Copy(XlsxWriter& writer, const Tally& tally, Lines lines, const Messages& messages)
      : writer_(writer), tally_(tally), lines_(lines), messages_(messages) {}

  Status take(std::size_t number, std::span<const std::string> cells) {
    if (!header_) {
      JZ_TRY(header_, Header::read(cells));
      return {};
    }
    const auto row = static_cast<std::int64_t>(number);
    if (lines_ == Lines::bad_households && !is_bad(row)) return {};
    std::vector<XlsxCell> out(kColumnCount + 1);
    for (std::size_t i = 0; i < kColumnCount; ++i) {
      const std::string_view text = header_->cell(static_cast<Column>(i), cells);
      if (!text.empty()) out[i].value = std::string(text);
    }
    std::string remark;
    for (; finding_ < tally_.findings.size() && tally_.findings[finding_].row <= row; ++finding_) {
      const Finding& finding = tally_.findings[finding_];
      if (finding.row < row) continue;
      if (!remark.empty()) remark += "；";
      if (finding.column) {
        out[static_cast<std::size_t>(*finding.column)].mark = CellMark::wrong;
        remark += std::string(plan_of(*finding.column).title) + "：";
      }
      remark += messages_.text(Language::zh, finding.key, finding.params);
    }
    if (!remark.empty()) out.back() = {.value = std::move(remark), .mark = CellMark::wrong};
    return writer_.add_row(out);
  }

 private:
  bool is_bad(std::int64_t row) const {
    const auto next =
        std::ranges::upper_bound(tally_.bad_households, row, {}, [](const auto& rows) { return rows.first; });
    return next != tally_.bad_households.begin() && row <= std::prev(next)->second;
  }

  XlsxWriter& writer_;
  const Tally& tally_;
  const Lines lines_;
  const Messages& messages_;
  std::optional<Header> header_;
  std::size_t finding_ = 0;
};

}  // namespace

Status write_annotated_copy(const std::filesystem::path& path, std::string_view bytes, const Tally& tally, Lines lines,
                            const Messages& messages, Instant now) {
  JZ_TRY(XlsxWriter writer, XlsxWriter::create(path, sheet_of(true, now)));
  Copy copy(writer, tally, lines, messages);
  TableOptions options{.limits = kRosterLimits};
  options.on_bad_row = [&](std::size_t number, std::span<const std::string> cells, std::span<const FieldError>) {
    return copy.take(number, cells);
  };
  JZ_TRY_VOID(read_table_bytes(bytes, options, [&](std::size_t number, std::span<const std::string> cells) {
    return copy.take(number, cells);
  }));
  writer.finish();
  return {};
}

}  // namespace jiuzhu::roster

#include "modules/roster/roster_columns.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/roster/roster_words.hpp"

namespace jiuzhu::roster {
namespace {

constexpr std::string_view kIncomeComment =
    "核定的全户每月该类收入，单位元（本人行）。各类收入填全的，以后金额随标准调整自动重算。";

std::string bare_title(std::string_view title) {
  std::string bare;
  for (const char c : trim(title)) {
    if (c != ' ' && c != '*') bare += c;
  }
  return bare;
}

}  // namespace

const std::array<ColumnPlan, kColumnCount>& column_plans() {
  using enum Column;
  static const std::array<ColumnPlan, kColumnCount> plans{
      ColumnPlan{household, "户编号", true, false, ColumnKind::text, 14,
                 "必填。同一户各成员填同一编号，相邻排列；可用原系统的编号。"},
      ColumnPlan{relation, "与申请人关系", true, false, ColumnKind::text, 16,
                 "必填。每户恰有一人为“本人”，户的各项填在该行。", relation_words()},
      ColumnPlan{name, "姓名", true, false, ColumnKind::text, 12, "必填。与身份证一致。"},
      ColumnPlan{citizen_number, "公民身份号码", true, false, ColumnKind::text, 22, "必填。18位；单元格须为文本格式。"},
      ColumnPlan{covered, "是否保障对象", false, false, ColumnKind::text, 14,
                 "是：计入保障人口；否：只是家庭成员。不填为“是”。", yes_no_words()},
      ColumnPlan{phone, "联系电话", false, false, ColumnKind::text, 14, ""},
      ColumnPlan{authorised_on, "授权书签署日期", false, false, ColumnKind::date, 16,
                 "本人签署核对授权书的日期，如 2018-06-30。不填的，不从登记数据核对。"},
      ColumnPlan{disability_class, "残疾类别", false, false, ColumnKind::text, 12, "没有残疾的不填。",
                 disability_words()},
      ColumnPlan{disability_grade, "残疾等级", false, false, ColumnKind::text, 12, "一级最重。填了类别的必填。",
                 grade_words()},
      ColumnPlan{labour_capacity, "劳动能力", false, false, ColumnKind::text, 14, "不填为未查明。", capacity_words()},
      ColumnPlan{serious_illness, "重病", false, false, ColumnKind::text, 8, "经认定的重特大疾病。不填为“否”。",
                 yes_no_words()},
      ColumnPlan{programme, "救助类型", true, true, ColumnKind::text, 14, "必填（本人行）。", programme_words()},
      ColumnPlan{place, "村（社区）", true, true, ColumnKind::text, 26,
                 "必填（本人行）。12位统计用区划代码，或名称；重名的写“乡镇/村”。没有村（社区）的填乡镇（街道）。"},
      ColumnPlan{amount, "月保障金额", true, true, ColumnKind::money, 14, "必填（本人行）。全户每月，单位元。"},
      ColumnPlan{first_month, "起始月份", true, true, ColumnKind::text, 12,
                 "必填（本人行）。开始享受待遇的月份，如 2018-07。"},
      ColumnPlan{unit, "申请方式", false, true, ColumnKind::text, 12, "按户或单人。不填为“按户”。", unit_words()},
      ColumnPlan{income_wages, "工资性收入", false, true, ColumnKind::money, 14, kIncomeComment},
      ColumnPlan{income_business, "经营净收入", false, true, ColumnKind::money, 14, kIncomeComment},
      ColumnPlan{income_property, "财产净收入", false, true, ColumnKind::money, 14, kIncomeComment},
      ColumnPlan{income_transfers, "转移净收入", false, true, ColumnKind::money, 14, kIncomeComment},
      ColumnPlan{account_kind, "账户类型", true, true, ColumnKind::text, 12, "必填（本人行）。", account_words()},
      ColumnPlan{bank, "开户银行", true, true, ColumnKind::text, 24, "必填（本人行）。"},
      ColumnPlan{account, "账号", true, true, ColumnKind::text, 24, "必填（本人行）。单元格须为文本格式。"},
      ColumnPlan{account_holder, "户名", false, true, ColumnKind::text, 12, "家庭成员的姓名。不填为申请人。"},
      ColumnPlan{review_due_on, "下次复核日期", false, true, ColumnKind::date, 16, "如 2019-12-31。"},
  };
  return plans;
}

Result<Header> Header::read(std::span<const std::string> titles) {
  Header header;
  for (std::size_t place = 0; place < titles.size(); ++place) {
    const std::string title = bare_title(titles[place]);
    if (title.empty() || title == kRemarkTitle) continue;
    const auto plan = std::ranges::find(column_plans(), title, &ColumnPlan::title);
    if (plan == column_plans().end()) {
      header.unknown_.push_back(title);
      continue;
    }
    auto& known = header.places_[static_cast<std::size_t>(plan->column)];
    if (known) return refuse(ErrorCode::invalid_input, "roster.column_twice", {{"title", title}});
    known = place;
  }
  std::string missing;
  for (const ColumnPlan& plan : column_plans()) {
    if (!plan.is_needed || header.places_[static_cast<std::size_t>(plan.column)]) continue;
    missing += (missing.empty() ? "" : "、") + std::string(plan.title);
  }
  if (!missing.empty()) return refuse(ErrorCode::invalid_input, "roster.columns_missing", {{"titles", missing}});
  return header;
}

std::string_view Header::cell(Column column, std::span<const std::string> cells) const {
  const auto place = places_[static_cast<std::size_t>(column)];
  return place && *place < cells.size() ? trim(cells[*place]) : std::string_view();
}

std::optional<Column> Header::column_at(std::size_t place) const {
  const auto found = std::ranges::find(places_, std::optional(place));
  if (found == places_.end()) return std::nullopt;
  return static_cast<Column>(found - places_.begin());
}

XlsxSheet sheet_of(bool with_remarks, Instant created_at) {
  XlsxSheet sheet{.name = "存量名册", .columns = {}, .created_at = created_at};
  for (const ColumnPlan& plan : column_plans()) {
    sheet.columns.push_back({.title = std::string(plan.title) + (plan.is_needed ? "*" : ""),
                             .width = plan.width,
                             .kind = plan.kind,
                             .comment = std::string(plan.comment),
                             .choices = {plan.choices.begin(), plan.choices.end()}});
  }
  if (with_remarks) sheet.columns.push_back({.title = std::string(kRemarkTitle), .width = 60});
  return sheet;
}

}  // namespace jiuzhu::roster

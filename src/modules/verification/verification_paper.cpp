#include "modules/verification/verification_paper.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "modules/verification/declared.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::verification {
namespace {

const char* word_of(PersonResult result) {
  switch (result) {
    case PersonResult::no_anomaly: return "未发现异常";
    case PersonResult::clue_found: return "发现线索";
    case PersonResult::exceeds: return "超过规定";
    case PersonResult::source_unavailable: return "未能核对";
  }
  return "";
}

const char* word_of(ReportOutcome outcome) {
  switch (outcome) {
    case ReportOutcome::clear: return "未发现异常情况。";
    case ReportOutcome::clues: return "发现需要入户核实的线索。";
    case ReportOutcome::exceeds: return "家庭收入或者财产超过规定。";
    case ReportOutcome::incomplete: return "有数据未能取得，核对不完整，须补充核对。";
  }
  return "";
}

const char* word_of(sieve::DeclaredFigure figure) {
  switch (figure) {
    case sieve::DeclaredFigure::vehicles: return "机动车（辆）";
    case sieve::DeclaredFigure::houses: return "住房（套）";
    case sieve::DeclaredFigure::financial_assets: return "金融资产（元）";
    case sieve::DeclaredFigure::wages_month: return "工资性收入（元/月）";
    case sieve::DeclaredFigure::pensions_month: return "养老金（元/月）";
  }
  return "";
}

class Paper {
 public:
  Paper(const ReportFile& file, const policy::Wording& wording, const cases::RegionName& region_name)
      : file_(file), wording_(wording), office_(cases::county_office(file.row.region, region_name)) {
    JZ_ASSERT(file.report.has_value());
  }

  PdfDocument write(const cases::RegionName& region_name) {
    document_.title = "家庭经济状况核对报告";
    document_.blocks.push_back(PdfKeyValues{{{"申请人", file_.row.applicant_name},
                                             {"申请编号", file_.row.case_number},
                                             {"救助类型", cases::programme_name(file_.row.programme)},
                                             {"住址", cases::place_name(file_.row.region, region_name)},
                                             {"委托日期", cases::chinese_date(file_.order.ordered_on)},
                                             {"委托人", file_.order.ordered_by_name},
                                             {"报告日期", cases::chinese_date(file_.report->reported_on)},
                                             {"有效期至", cases::chinese_date(file_.report->valid_until)}},
                                            2});
    body(std::string("核对结论：") + word_of(file_.report->outcome));
    write_persons();
    write_findings();
    if (file_.answer) write_comparisons(*file_.answer);
    if (file_.answer) write_registers(*file_.answer);
    if (!file_.report->note.empty()) body("说明：" + file_.report->note);
    document_.blocks.push_back(PdfSignature{
        {office_, "核对人员：" + file_.report->officer_name, cases::chinese_date(file_.report->reported_on)}});
    document_.blocks.push_back(PdfQrCode{file_.row.case_number, "申请编号：" + file_.row.case_number});
    return std::move(document_);
  }

 private:
  void body(std::string text) { document_.blocks.push_back(PdfParagraph{std::move(text)}); }
  void heading(std::string text) { document_.blocks.push_back(PdfHeading{std::move(text)}); }

  std::string name_of(const std::string& key) const {
    const auto person = std::ranges::find(file_.persons, key, &cases::PersonRow::person_key);
    return person == file_.persons.end() ? key : person->name;
  }

  void write_persons() {
    heading("一、核对对象");
    PdfTable table{.columns = {{"姓名", 2}, {"身份", 2}, {"核对结果", 3}}};
    for (const ResultRow& result : file_.results) {
      table.rows.push_back({name_of(result.person_key),
                            result.role == cases::PersonRole::obligor ? "赡养、抚养、扶养义务人" : "家庭成员",
                            word_of(result.result)});
    }
    document_.blocks.push_back(std::move(table));
  }

  void write_findings() {
    heading("二、核对情况");
    if (file_.findings.empty()) return body("各项数据中没有需要说明的情况。");
    PdfTable table{.columns = {{"姓名", 1.4}, {"来源", 2.6}, {"情况", 4.6}, {"数据日期", 2.4}, {"规则", 2.4}}};
    for (const FindingRow& finding : file_.findings) {
      std::string content = finding.content;
      if (finding.dismissed_reason) content += "\n（不采信：" + *finding.dismissed_reason + "）";
      table.rows.push_back({name_of(finding.person_key), finding.source, std::move(content),
                            finding.as_of ? finding.as_of->to_text() : "", rules_of(finding)});
    }
    document_.blocks.push_back(std::move(table));
    for (const MetRule& rule : met_) {
      document_.blocks.push_back(PdfParagraph{rule.title + "：" + cases::cite_by_instrument(rule.law, wording_) + "。",
                                              PdfParagraphKind::address});
    }
  }

  /// Titles for the table; where they stand in law is said once, below it.
  std::string rules_of(const FindingRow& finding) {
    auto rules = json::read_text<std::vector<MetRule>>(finding.rules);
    JZ_ASSERT(rules.has_value());
    std::string text;
    for (MetRule& rule : *rules) {
      text += (text.empty() ? "" : "\n") + rule.title;
      if (std::ranges::find(met_, rule.code, &MetRule::code) == met_.end()) met_.push_back(std::move(rule));
    }
    return text;
  }

  void write_comparisons(const LookupAnswer& answer) {
    if (answer.comparisons.empty()) return;
    heading("三、申报与核对");
    PdfTable table{.columns = {{"项目", 3}, {"申报", 2, PdfAlign::right}, {"核对", 2, PdfAlign::right}, {"比较", 2}}};
    for (const DeclaredBesideFound& pair : answer.comparisons) {
      const auto text = [&](std::int64_t value) {
        return is_money(pair.figure) ? Money::fen(value).to_text() : std::to_string(value);
      };
      table.rows.push_back(
          {word_of(pair.figure), text(pair.declared), text(pair.found), pair.is_more ? "多于申报" : ""});
    }
    document_.blocks.push_back(std::move(table));
  }

  void write_registers(const LookupAnswer& answer) {
    heading("四、查询的数据");
    PdfTable table{.columns = {{"数据", 3}, {"数据日期", 2}, {"查询", 2}}};
    for (const AskedRegister& asked : answer.registers) {
      table.rows.push_back(
          {asked.title, asked.as_of ? asked.as_of->to_text() : "无", asked.answered ? "已查询" : "未能查询"});
    }
    document_.blocks.push_back(std::move(table));
  }

  const ReportFile& file_;
  const policy::Wording& wording_;
  const std::string office_;
  std::vector<MetRule> met_;  // by the findings, in their order
  PdfDocument document_;
};

}  // namespace

PdfDocument report_paper(const ReportFile& file, const policy::Wording& wording, const cases::RegionName& region_name) {
  return Paper(file, wording, region_name).write(region_name);
}

}  // namespace jiuzhu::verification

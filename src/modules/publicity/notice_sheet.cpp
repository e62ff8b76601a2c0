#include "modules/publicity/notice_sheet.hpp"

#include "base/assert.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::publicity {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += "、";
    text += part;
  }
  return text;
}

std::string title_of(const NoticeRow& notice) {
  return cases::programme_name(notice.programme) +
         (notice.round == Round::township ? "申请审核结果公示" : "拟批准对象公示");
}

std::string office_of(const NoticeRow& notice, const cases::RegionName& region_name) {
  return notice.round == Round::township ? cases::township_office(notice.region, region_name)
                                         : cases::county_office(notice.region, region_name);
}

std::string opening_of(const NoticeRow& notice, const policy::Procedure& procedure, const policy::Wording& wording) {
  // The rules name the article of each round in order; one article serves both where there is one.
  const auto& articles = procedure.publicity_days.articles;
  JZ_ASSERT(!articles.empty());
  const std::string law =
      wording.cite(notice.round == Round::township ? articles.front() : articles.back(), policy::Language::zh);
  const std::string work = notice.round == Round::township ? "经入户调查和信息核对，我单位提出了审核意见"
                                                           : "经县级民政部门审核，拟给予最低生活保障";
  return "根据" + law + "，" + work + "，现将有关情况公示如下。";
}

std::string closing_of(const NoticeRow& notice, const std::string& office) {
  return "公示时间：" + cases::chinese_date(notice.posted_on) + "至" + cases::chinese_date(notice.last_day) +
         "。\n"
         "公示期间对以上情况有异议的，可以向" +
         office +
         "反映，可以署名，也可以不署名；我们将调查核实，并为反映人保密。"
         "公示内容仅用于听取意见，请勿转载、传播。";
}

}  // namespace

std::vector<std::string> read_list(const std::string& stored) {
  auto list = json::read_text<std::vector<std::string>>(stored);
  JZ_ASSERT(list.has_value());
  return std::move(*list);
}

PdfDocument notice_sheet(const NoticeRow& notice, const std::string& case_number, const policy::Procedure& procedure,
                         const policy::Wording& wording, const cases::RegionName& region_name) {
  const std::string office = office_of(notice, region_name);
  const std::vector<std::string> members = read_list(notice.member_names);
  PdfKeyValues family;
  family.rows.emplace_back("申请人", notice.applicant_name);
  family.rows.emplace_back("村（社区）", cases::place_name(notice.region, region_name));
  family.rows.emplace_back("家庭成员数", std::to_string(notice.member_count) + "人");
  if (!members.empty()) family.rows.emplace_back("其他成年成员", joined(members));
  family.rows.emplace_back("拟保障金额", "每月" + notice.proposed_amount.to_text() + "元");
  return {.title = title_of(notice),
          .number = "申请编号 " + case_number,
          .blocks = {PdfParagraph{opening_of(notice, procedure, wording)}, std::move(family),
                     PdfParagraph{closing_of(notice, office)},
                     PdfSignature{{office, cases::chinese_date(notice.posted_on)}}}};
}

}  // namespace jiuzhu::publicity

#include "modules/decisions/decision_paper.hpp"

#include "base/assert.hpp"
#include "kernel/policy_json/policy_json.hpp"
#include "modules/cases/stated_reasons.hpp"

namespace jiuzhu::decisions {
namespace {

using policy::Language;

class Paper {
 public:
  Paper(const DecisionRow& decision, const cases::CaseRow& row, const policy::Procedure& procedure,
        const policy::Procedure& remedies, const policy::Wording& wording, const cases::RegionName& region_name)
      : decision_(decision),
        row_(row),
        procedure_(procedure),
        remedies_(remedies),
        wording_(wording),
        office_(cases::county_office(row.region, region_name)) {}

  PdfDocument write() {
    const bool is_approval = decision_.outcome == DecisionOutcome::approved;
    document_.title = is_approval ? "准予最低生活保障决定书" : "不予最低生活保障决定书";
    document_.number = decision_.notice_number;
    document_.blocks.push_back(PdfParagraph{row_.applicant_name + "：", PdfParagraphKind::address});
    if (is_approval) {
      write_approval();
    } else {
      write_refusal();
    }
    write_remedies();
    document_.blocks.push_back(PdfSignature{{office_, cases::chinese_date(decision_.decided_on)}});
    // A calculation in the applicant's favour explains no refusal: then the approver's reasons stand alone.
    if (is_approval || decision_.assessed_outcome != policy::Outcome::eligible) write_annex();
    document_.blocks.push_back(PdfQrCode{row_.case_number, "申请编号：" + row_.case_number});
    return std::move(document_);
  }

 private:
  void body(std::string text) { document_.blocks.push_back(PdfParagraph{std::move(text)}); }
  void heading(std::string text) { document_.blocks.push_back(PdfHeading{std::move(text)}); }
  std::string cite(const std::vector<std::string>& articles) const {
    return cases::cite_by_instrument(articles, wording_);
  }

  std::string application() const {
    return "你户于" + cases::chinese_date(row_.filed_on) + "提出的" + cases::programme_name(row_.programme) + "申请";
  }

  void write_approval() {
    const auto law = json::read_text<std::vector<std::string>>(decision_.law);
    JZ_ASSERT(law.has_value());
    body(application() + "，经调查、核对、审核和公示，根据" + cite(*law) + "，现决定：准予你户享受" +
         cases::programme_name(row_.programme) + "，自" + cases::chinese_month(*decision_.first_month) +
         "起按月发给保障金" + decision_.amount->to_text() + "元。");
    document_.blocks.push_back(PdfKeyValues{{{"申请人", row_.applicant_name},
                                             {"申请编号", row_.case_number},
                                             {"保障人数", std::to_string(decision_.member_count) + "人"},
                                             {"月保障金", decision_.amount->to_text() + "元"},
                                             {"起发月份", cases::chinese_month(*decision_.first_month)},
                                             {"决定日期", cases::chinese_date(decision_.decided_on)}},
                                            2});
    write_reasons("认定理由");
    body("保障金自" + cases::chinese_month(*decision_.first_month) + "起发放（" +
         cite(procedure_.first_month_after_approval.articles) +
         "），核定情况附后。家庭人口、收入、财产状况发生变化的，请及时告知乡镇人民政府（街道办事处）（" +
         cite({"SA-2014/13"}) + "）。任何单位和个人不得扣押你的存折、银行卡，不得从保障金中扣收费用。");
  }

  void write_refusal() {
    body(application() + "，经调查、审核，现决定：不予批准，理由和依据如下。");
    write_reasons("理由和依据");
    body("家庭情况发生变化、符合条件的，可以重新提出申请。遇到突发困难的，可以申请临时救助。");
  }

  void write_reasons(const std::string& title) {
    const auto reasons = cases::read_reasons(decision_.reasons);
    if (reasons.empty()) return;
    heading(title);
    int number = 0;
    for (const cases::StatedReason& reason : reasons) {
      const std::string count = reasons.size() > 1 ? std::to_string(++number) + "．" : "";
      body(count + reason.text + "（依据：" + wording_.cite(reason.article, Language::zh) + "）。");
    }
  }

  void write_annex() {
    heading("附：家庭经济状况核定情况");
    for (std::string& paragraph : explanation_of(decision_, Language::zh)) body(std::move(paragraph));
  }

  void write_remedies() {
    body("如不服本决定，可以自收到本决定书之日起" + std::to_string(*remedies_.reconsideration_days) +
         "日内依法申请行政复议（" + cite(remedies_.reconsideration_days.articles) + "），也可以自收到本决定书之日起" +
         std::to_string(*remedies_.lawsuit_months) + "个月内依法向人民法院提起行政诉讼（" +
         cite(remedies_.lawsuit_months.articles) + "）。");
  }

  const DecisionRow& decision_;
  const cases::CaseRow& row_;
  const policy::Procedure& procedure_;
  const policy::Procedure& remedies_;
  const policy::Wording& wording_;
  std::string office_;
  PdfDocument document_;
};

}  // namespace

PdfDocument decision_paper(const DecisionRow& decision, const cases::CaseRow& row, const policy::Procedure& procedure,
                           const policy::Procedure& remedies, const policy::Wording& wording,
                           const cases::RegionName& region_name) {
  return Paper(decision, row, procedure, remedies, wording, region_name).write();
}

std::vector<std::string> explanation_of(const DecisionRow& decision, policy::Language language) {
  const auto trace = json::parse(decision.trace);
  JZ_ASSERT(trace.has_value());
  const json::Value* stored = trace->find("explanation");
  JZ_ASSERT(stored != nullptr);
  auto explanation = json::read<policy::Explanation>(*stored);
  JZ_ASSERT(explanation.has_value());
  return language == policy::Language::zh ? std::move(explanation->zh) : std::move(explanation->en);
}

}  // namespace jiuzhu::decisions

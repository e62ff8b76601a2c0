#include "modules/awards/award_paper.hpp"

#include "base/assert.hpp"
#include "modules/awards/award_service.hpp"
#include "modules/cases/stated_reasons.hpp"

namespace jiuzhu::awards {
namespace {

std::string in_words(EndReason reason) {
  switch (reason) {
    case EndReason::recipient_died: return "享受对象死亡";
    case EndReason::gave_up: return "你户自愿放弃";
    case EndReason::no_longer_eligible: return "你户不再符合最低生活保障条件";
    case EndReason::moved_away: return "你户户籍已迁出本县（区）";
    case EndReason::other_programme: return "你户已转入其他社会救助";
    case EndReason::deceived: return "你户采取虚报、隐瞒等手段取得待遇";
  }
  return "";
}

class Paper {
 public:
  Paper(const AwardRow& award, Date on, const PaperContext& context) : award_(award), on_(on), context_(context) {}

  void begin(std::string title) {
    document_.title = std::move(title);
    document_.blocks.push_back(PdfParagraph{award_.holder_name + "：", PdfParagraphKind::address});
  }
  void body(std::string text) { document_.blocks.push_back(PdfParagraph{std::move(text)}); }
  void particulars(std::vector<std::pair<std::string, std::string>> rows) {
    document_.blocks.push_back(PdfKeyValues{std::move(rows), 2});
  }
  void reasons(const std::vector<cases::StatedReason>& reasons) {
    document_.blocks.push_back(PdfHeading{"理由和依据"});
    for (const cases::StatedReason& reason : reasons) {
      body(reason.text + "（依据：" + context_.wording.cite(reason.article, policy::Language::zh) + "）。");
    }
  }
  /// The article of the day: "DB-2012/32 DB-2021/32".
  std::string cite(std::string_view articles) const {
    return context_.wording.cite(context_.wording.in_force(articles, on_), policy::Language::zh);
  }
  std::string programme() const { return cases::programme_name(award_.programme); }

  PdfDocument end() {
    const policy::Procedure& remedies = context_.remedies;
    body("如不服本决定，可以自收到本决定书之日起" + std::to_string(*remedies.reconsideration_days) +
         "日内依法申请行政复议（" +
         cases::cite_by_instrument(remedies.reconsideration_days.articles, context_.wording) +
         "），也可以自收到本决定书之日起" + std::to_string(*remedies.lawsuit_months) +
         "个月内依法向人民法院提起行政诉讼（" +
         cases::cite_by_instrument(remedies.lawsuit_months.articles, context_.wording) + "）。");
    document_.blocks.push_back(
        PdfSignature{{cases::county_office(award_.region, context_.region_name), cases::chinese_date(on_)}});
    document_.blocks.push_back(PdfQrCode{award_.case_number, "申请编号：" + award_.case_number});
    return std::move(document_);
  }

 private:
  const AwardRow& award_;
  Date on_;
  const PaperContext& context_;
  PdfDocument document_;
};

}  // namespace

PdfDocument adjustment_paper(const AwardRow& award, const AmountRow& adjusted, Money before,
                             const PaperContext& context) {
  const bool is_raise = adjusted.amount > before;
  Paper paper(award, adjusted.set_on, context);
  paper.begin(is_raise ? "增发最低生活保障金决定书" : "减发最低生活保障金决定书");
  paper.body("你户享受的" + paper.programme() + "，经复核，现决定：自" + cases::chinese_month(adjusted.from_month) +
             "起，月保障金由" + before.to_text() + "元调整为" + adjusted.amount.to_text() + "元（" +
             paper.cite("SA-2014/13") + "）。");
  paper.particulars({{"享受对象", award.holder_name},
                     {"申请编号", award.case_number},
                     {"调整前", before.to_text() + "元/月"},
                     {"调整后", adjusted.amount.to_text() + "元/月"},
                     {"执行月份", cases::chinese_month(adjusted.from_month)},
                     {"决定日期", cases::chinese_date(adjusted.set_on)}});
  paper.reasons(cases::read_reasons(adjusted.reasons));
  return paper.end();
}

PdfDocument ending_paper(const AwardRow& award, const PaperContext& context) {
  JZ_ASSERT(award.ended_on && award.end_reason && award.end_note);
  const auto reason = enum_from_text<EndReason>(*award.end_reason);
  JZ_ASSERT(reason.has_value());
  Paper paper(award, *award.ended_on, context);
  paper.begin("停发最低生活保障金决定书");
  const std::string since =
      award.until_month <= award.first_month ? "不再发放" : "自" + cases::chinese_month(award.until_month) + "起停发";
  paper.body("你户享受的" + paper.programme() + "，因" + in_words(*reason) + "，现决定：" + since + "月保障金（" +
             paper.cite("SA-2014/13") + "，" + paper.cite("DB-2012/32 DB-2021/32") + "）。");
  paper.particulars({{"享受对象", award.holder_name},
                     {"申请编号", award.case_number},
                     {"停发月份", cases::chinese_month(award.until_month)},
                     {"决定日期", cases::chinese_date(*award.ended_on)}});
  paper.body("情况说明：" + *award.end_note);
  paper.body("家庭情况发生变化、符合条件的，可以重新提出申请。遇到突发困难的，可以申请临时救助。");
  return paper.end();
}

}  // namespace jiuzhu::awards

#include "platform/files/pdf_document.hpp"

#include <gmock/gmock.h>

#include "platform/files/test_workbook.hpp"

namespace jiuzhu {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Instant kNow{1'564'617'600'000'000};

/// The text a reader would copy out, by poppler: an independent program.
std::string text_of(const std::string& pdf) {
  const TemporaryFolder folder;
  write_file(folder / "a.pdf", pdf);
  const std::string command =
      "pdftotext -layout '" + (folder / "a.pdf").string() + "' '" + (folder / "a.txt").string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  return read_file(folder / "a.txt");
}

/// Dark pixels of the first page, by poppler: text that copies well may still be invisible.
std::size_t ink_of(const std::string& pdf) {
  const TemporaryFolder folder;
  write_file(folder / "a.pdf", pdf);
  const std::string command =
      "pdftoppm -r 50 -gray -singlefile '" + (folder / "a.pdf").string() + "' '" + (folder / "a").string() + "' 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  const std::string image = read_file(folder / "a.pgm");
  EXPECT_GT(image.size(), 100'000U);
  return static_cast<std::size_t>(
      std::count_if(image.begin() + 20, image.end(), [](char c) { return static_cast<unsigned char>(c) < 128; }));
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

std::string render(const PdfDocument& document) { return render_pdf(std::span(&document, 1), kNow).value(); }

PdfDocument notice() {
  return {
      .title = "最低生活保障不予批准决定书",
      .number = "郊民低〔2019〕0012号",
      .blocks = {
          PdfParagraph{"王某某：", PdfParagraphKind::address},
          PdfParagraph{"你户于2019年8月1日提出的最低生活保障申请，经入户调查、信息核对和集体研究，你户共同生活家庭成员"
                       "人均月收入为812.50元，高于本县（区）现行城市低保标准620.00元。根据《社会救助暂行办法》第九条，"
                       "决定不予批准。\n如不服本决定，可自收到本决定书之日起六十日内向上一级民政部门申请行政复议，或者"
                       "在六个月内依法向人民法院提起行政诉讼。"},
          PdfKeyValues{{{"户主", "王某某"},
                        {"身份证号", "140399********1234"},
                        {"人数", "3"},
                        {"住址", "阳泉市郊区某街道某社区长长的地址一直写到必须换行的地方为止再多写一点"}},
                       2},
          PdfSignature{{"阳泉市郊区民政局", "2019年9月20日"}},
          PdfQrCode{"https://example.invalid/n/0012", "扫码查询办理进度。联系电话：0353-0000000"}}};
}

PdfDocument publicity(std::size_t rows) {
  PdfTable table{.columns = {{"序号", 0.6, PdfAlign::center},
                             {"户主", 1.2},
                             {"人数", 0.6, PdfAlign::right},
                             {"月保障金(元)", 1.2, PdfAlign::right},
                             {"地址", 3}}};
  for (std::size_t i = 1; i <= rows; ++i) {
    table.rows.push_back({std::to_string(i), "李𠮷" + std::to_string(i), "2", "650.00",
                          i % 7 == 0 ? "阳泉市郊区某镇某村第三村民小组水塔东侧第二排房屋" : "某镇某村"});
  }
  return {.title = "最低生活保障对象公示", .number = "公示0001", .blocks = {PdfHeading{"2019年8月"}, std::move(table)}};
}

TEST(PdfDocument, NoticeCarriesItsText) {
  const std::string pdf = render(notice());
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  EXPECT_LT(pdf.size(), 200'000U);
  const std::string text = text_of(pdf);
  EXPECT_THAT(text, HasSubstr("最低生活保障不予批准决定书"));
  EXPECT_THAT(text, HasSubstr("王某某："));
  for (const auto& block : notice().blocks) {
    if (const auto* paragraph = std::get_if<PdfParagraph>(&block)) {
      EXPECT_THAT(without_blanks(text), HasSubstr(without_blanks(paragraph->text))) << "not a character is lost";
    }
  }
  EXPECT_THAT(text, HasSubstr("140399********1234"));
  EXPECT_THAT(text, HasSubstr("阳泉市郊区民政局"));
  EXPECT_EQ(occurrences(text, "郊民低〔2019〕0012号"), 2U) << "under the title and at the foot";
  EXPECT_THAT(text, HasSubstr("第 1 页，共 1 页"));
}

TEST(PdfDocument, EveryCharacterCanBeSeen) {
  // The first one is blank with cairo's own way of embedding the font, see pdf_glyphs.hpp.
  const std::size_t empty = ink_of(render({.title = " "}));
  for (const char* character : {"如", "低", "保", "申", "请", "𠮷", "𬀩", "䶮", "〔", "A", "8", "é", "·"}) {
    EXPECT_GT(ink_of(render({.title = character})), empty + (character[0] == '\xC2' ? 2U : 8U)) << character;
  }
}

TEST(PdfDocument, LongTablesRepeatTheirTitlesAndLoseNoRow) {
  const std::string text = text_of(render(publicity(150)));
  const std::size_t pages = occurrences(text, "\f");
  EXPECT_GE(pages, 4U);
  EXPECT_EQ(occurrences(text, "月保障金"), pages);
  for (int i = 1; i <= 150; ++i) EXPECT_EQ(occurrences(text, "李𠮷" + std::to_string(i) + " "), 1U) << i;
  const std::string last = "第 " + std::to_string(pages) + " 页，共 " + std::to_string(pages) + " 页";
  EXPECT_THAT(text, HasSubstr(last));
}

TEST(PdfDocument, CutsARowThatNoPageHolds) {
  std::string address;
  for (int i = 0; i < 1500; ++i) address += "村" + std::to_string(i) + "，";
  PdfDocument document{.title = "表",
                       .blocks = {PdfTable{.columns = {{"甲"}, {"乙"}}, .rows = {{"短", address}, {"末行", ""}}}}};
  const std::string text = text_of(render(document));
  EXPECT_GE(occurrences(text, "\f"), 2U);
  EXPECT_THAT(text, HasSubstr("村0，"));
  EXPECT_THAT(text, HasSubstr("1499"));
  EXPECT_THAT(text, HasSubstr("末行"));
}

TEST(PdfDocument, LongParagraphsGoOnOverPages) {
  std::string body;
  for (int i = 0; i < 2000; ++i) body += "第" + std::to_string(i) + "句话。";
  const std::string text =
      text_of(render({.title = "长文", .blocks = {PdfParagraph{body}, PdfPageBreak{}, PdfParagraph{"完"}}}));
  EXPECT_GE(occurrences(text, "\f"), 4U);
  EXPECT_THAT(text, HasSubstr("1999"));
  EXPECT_THAT(text, HasSubstr("完"));
}

TEST(PdfDocument, SignatureIsNotCut) {
  // Push the block down line by line over the end of the page: both lines are always on one page.
  for (int lines = 20; lines < 34; ++lines) {
    PdfDocument document{.title = "通知"};
    for (int i = 0; i < lines; ++i) document.blocks.emplace_back(PdfParagraph{"一行"});
    document.blocks.emplace_back(PdfSignature{{"某某民政局", "二〇一九年九月"}});
    const std::string text = text_of(render(document));
    const auto office = text.find("某某民政局");
    const auto date = text.find("二〇一九年九月");
    ASSERT_NE(office, std::string::npos);
    EXPECT_EQ(text.substr(office, date - office).find('\f'), std::string::npos) << lines;
  }
}

TEST(PdfDocument, SeveralDocumentsCountTheirOwnPages) {
  PdfDocument wide = publicity(40);
  wide.orientation = PdfOrientation::landscape;
  const std::vector<PdfDocument> documents{notice(), wide, notice()};
  const std::string text = text_of(render_pdf(documents, kNow).value());
  EXPECT_EQ(occurrences(text, "第 1 页，共 1 页"), 2U);
  const std::size_t wide_pages = occurrences(text, "\f") - 2;
  EXPECT_GE(wide_pages, 2U);
  EXPECT_EQ(occurrences(text, "第 1 页，共 " + std::to_string(wide_pages) + " 页"), 1U);
}

TEST(PdfDocument, SameInputGivesTheSameBytes) { EXPECT_EQ(render(notice()), render(notice())); }

TEST(PdfDocument, RefusesWhatItCannotDraw) {
  PdfDocument document{.title = "通知", .blocks = {PdfParagraph{"王\xEE\x80\x80"}}};  // U+E000, nobody's character
  EXPECT_EQ(render_pdf(std::span(&document, 1), kNow).error().key, "pdf.glyph_missing");
  document.blocks = {PdfQrCode{std::string(3000, 'x'), ""}};
  EXPECT_EQ(render_pdf(std::span(&document, 1), kNow).error().key, "pdf.qr_code_too_long");
  document.blocks = {PdfQrCode{std::string(2331, 'x'), ""}};
  EXPECT_TRUE(render_pdf(std::span(&document, 1), kNow));
}

// JIUZHU_PDF_SAMPLE=folder keeps the files, to be looked at: no other test can judge a layout.
TEST(PdfDocument, SamplesRender) {
  const char* wanted = std::getenv("JIUZHU_PDF_SAMPLE");
  const TemporaryFolder temporary;
  const std::filesystem::path folder = wanted == nullptr ? temporary.path() : std::filesystem::path(wanted);
  write_file(folder / "notice.pdf", render(notice()));
  write_file(folder / "publicity.pdf", render(publicity(60)));
  EXPECT_GT(std::filesystem::file_size(folder / "publicity.pdf"), 10'000U);
}

}  // namespace
}  // namespace jiuzhu

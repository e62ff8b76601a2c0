#include "platform/files/xlsx_writer.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "platform/files/test_workbook.hpp"
#include "platform/files/xlsx_package.hpp"

namespace jiuzhu {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

XlsxSheet household_sheet() {
  return {.name = "低保家庭",
          .columns = {{.title = "姓名", .width = 10},
                      {.title = "身份证号", .width = 22, .comment = "18位"},
                      {.title = "人数", .kind = ColumnKind::number},
                      {.title = "月补助(元)", .kind = ColumnKind::money},
                      {.title = "批准日期", .kind = ColumnKind::date},
                      {.title = "类别", .choices = {"A,类", "B类"}}},
          .created_at = Instant{1'564'617'600'000'000}};
}

std::string part_of(const std::string& bytes, const std::string& name) {
  std::string content;
  const auto package = XlsxPackage::open(bytes, {});
  EXPECT_TRUE(package->read(name, [&](std::string_view piece, bool) {
    content += piece;
    return Status{};
  })) << name;
  return content;
}

class XlsxWriterTest : public testing::Test {
 protected:
  std::string write(const XlsxSheet& sheet, const std::vector<std::vector<XlsxCell>>& rows) {
    auto writer = XlsxWriter::create(folder_ / "out.xlsx", sheet);
    for (const auto& row : rows) EXPECT_TRUE(writer->add_row(row));
    writer->finish();
    return read_file(folder_ / "out.xlsx");
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
  }

  TemporaryFolder folder_;
};

TEST_F(XlsxWriterTest, OurReaderReadsItBack) {
  const std::string bytes =
      write(household_sheet(), {{{"王五"}, {"140399199001011234"}, {3}, {Money::fen(65005)}, {*Date::of(2019, 8, 1)}},
                                {{"=1+1"}, {"007"}, {}, {Money::fen(-1)}, {*Date::of(1899, 5, 1)}, {"A,类"}}});
  const auto table = read_all(bytes);
  EXPECT_EQ(table.key, "");
  EXPECT_THAT(table.rows,
              ElementsAre(Pair(1, ElementsAre("姓名", "身份证号", "人数", "月补助(元)", "批准日期", "类别")),
                          Pair(2, ElementsAre("王五", "140399199001011234", "3", "650.05", "2019-08-01")),
                          Pair(3, ElementsAre("=1+1", "007", "", "-0.01", "1899-05-01", "A,类"))));
}

TEST_F(XlsxWriterTest, SheetHasFrozenTitlesFilterListsAndComments) {
  const std::string bytes = write(household_sheet(), {{{"王五"}}, {{"赵六"}}});
  const std::string sheet = part_of(bytes, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(sheet, HasSubstr("<autoFilter ref=\"A1:F3\"/>"));
  EXPECT_THAT(sheet, HasSubstr("sqref=\"F2:F1048576\""));
  EXPECT_THAT(sheet, HasSubstr("'_choices'!$F$1:$F$2"));
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
  EXPECT_THAT(part_of(bytes, "xl/comments1.xml"), HasSubstr("18位"));
  EXPECT_THAT(part_of(bytes, "xl/workbook.xml"), HasSubstr("name=\"_choices\" sheetId=\"2\" state=\"hidden\""));
  EXPECT_THAT(part_of(bytes, "xl/styles.xml"), HasSubstr("yyyy-mm-dd"));
}

TEST_F(XlsxWriterTest, MarksWrongCells) {
  const std::string plain = write(household_sheet(), {{{"王五"}, {"1"}}});
  EXPECT_THAT(part_of(plain, "xl/styles.xml"), Not(HasSubstr("FFFFC7CE")));
  const std::string marked = write(household_sheet(), {{{"王五"}, {"1", CellMark::wrong}}});
  EXPECT_THAT(part_of(marked, "xl/styles.xml"), HasSubstr("FFFFC7CE"));
  const std::string sheet = part_of(marked, "xl/worksheets/sheet1.xml");
  const auto style_of = [&](const std::string& cell) {
    const std::size_t at = sheet.find("<c r=\"" + cell + "\" s=\"");
    return sheet.substr(at + cell.size() + 11, 1);
  };
  EXPECT_EQ(style_of("A1"), style_of("B1"));
  EXPECT_NE(style_of("A2"), style_of("B2"));
}

TEST_F(XlsxWriterTest, SameInputGivesTheSameBytes) {
  EXPECT_EQ(write(household_sheet(), {{{"王五"}}}), write(household_sheet(), {{{"王五"}}}));
}

TEST_F(XlsxWriterTest, AppearsWholeOrNotAtAll) {
  write_file(folder_ / "out.xlsx", "before");
  {
    auto writer = XlsxWriter::create(folder_ / "out.xlsx", household_sheet());
    ASSERT_TRUE(writer->add_row(std::vector<XlsxCell>{{"王五"}}));
  }
  EXPECT_EQ(read_file(folder_ / "out.xlsx"), "before");
  EXPECT_EQ(files(), 1U) << "no drafts stay behind";
  write(household_sheet(), {});
  EXPECT_TRUE(read_file(folder_ / "out.xlsx").starts_with("PK"));
  EXPECT_EQ(files(), 1U);
  struct stat status{};
  ASSERT_EQ(::stat((folder_ / "out.xlsx").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_THROW(static_cast<void>(XlsxWriter::create(folder_ / "no" / "out.xlsx", household_sheet())),
               std::system_error);
}

TEST_F(XlsxWriterTest, RefusesWhatExcelCannotHold) {
  for (const char* name : {"", "a/b", "a:b", "[a]", "a?", "'a", "_choices",
                           "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二"}) {
    XlsxSheet sheet = household_sheet();
    sheet.name = name;
    const auto writer = XlsxWriter::create(folder_ / "out.xlsx", sheet);
    ASSERT_FALSE(writer) << name;
    EXPECT_EQ(writer.error().key, "xlsx.sheet_name");
  }
  auto writer = XlsxWriter::create(folder_ / "out.xlsx", household_sheet());
  const auto refused = writer->add_row(std::vector<XlsxCell>{{std::string(32768, 'x')}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "xlsx.text_too_long");
  EXPECT_TRUE(writer->add_row(std::vector<XlsxCell>{{std::string(32767, 'x')}}));
}

TEST_F(XlsxWriterTest, WritesManyRows) {
  auto writer = XlsxWriter::create(folder_ / "out.xlsx", household_sheet());
  for (int i = 0; i < 30000; ++i) {
    ASSERT_TRUE(writer->add_row(std::vector<XlsxCell>{{"王" + std::to_string(i)}, {"140399199001011234"}, {i}}));
  }
  writer->finish();
  const auto table = read_all(read_file(folder_ / "out.xlsx"));
  ASSERT_EQ(table.rows.size(), 30001U);
  EXPECT_THAT(table.rows[30000], Pair(30001, ElementsAre("王29999", "140399199001011234", "29999")));
}

}  // namespace
}  // namespace jiuzhu

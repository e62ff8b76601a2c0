#include "platform/files/csv_writer.hpp"

#include <gmock/gmock.h>

#include "platform/files/test_workbook.hpp"

namespace jiuzhu {
namespace {

std::string write(const std::vector<std::string>& cells, CsvOptions options) {
  CsvWriter writer(options);
  writer.add_row(cells);
  return writer.take();
}

constexpr CsvOptions kExact{.purpose = CsvPurpose::exact};

TEST(CsvWriter, QuotesWhereNeeded) {
  EXPECT_EQ(write({"a", "b,c", "d\"e", "f\r\ng", ""}, kExact), "a,\"b,c\",\"d\"\"e\",\"f\r\ng\",\r\n");
  EXPECT_EQ(write({"a|b", "c,d"}, {.purpose = CsvPurpose::exact, .separator = '|'}), "\"a|b\"|c,d\r\n");
  EXPECT_EQ(write({"张三"}, {}), "\xEF\xBB\xBF张三\r\n");
  EXPECT_EQ(write({"张三"}, {.encoding = TextEncoding::gb18030}), "\xD5\xC5\xC8\xFD\r\n");
}

TEST(CsvWriter, GuardsFormulasForDisplayOnly) {
  for (const char* text : {"=1+1", "+86138", "-1+2", "@SUM(A1)", "\tx", "\rx", "\nx", "-", "＝1", "－1", "-1.", "-.5",
                           "-3.20.1", "=cmd|' /C calc'!A0"}) {
    EXPECT_TRUE(looks_like_formula(text)) << text;
    EXPECT_NE(write({text}, {}).find("'"), std::string::npos) << text;
    EXPECT_TRUE(read_all(write({"x", text}, kExact)).rows.at(0).second.at(1) == text) << text;
  }
  for (const char* text : {"", "650.00", "-3.20", "-3", "张三", "a=b", "'=1"}) {
    EXPECT_FALSE(looks_like_formula(text)) << text;
  }
  EXPECT_EQ(write({"=1,2"}, {}), "\xEF\xBB\xBF\"'=1,2\"\r\n");
}

TEST(CsvWriter, OurReaderReadsItBack) {
  const std::vector<std::string> cells{"张三", "a,\"b\"\r\n", "", "𠮷", " x "};
  for (const TextEncoding encoding : {TextEncoding::utf_8, TextEncoding::gb18030}) {
    for (const CsvPurpose purpose : {CsvPurpose::display, CsvPurpose::exact}) {
      const auto table = read_all(write(cells, {.encoding = encoding, .purpose = purpose}));
      ASSERT_EQ(table.rows.size(), 1U);
      EXPECT_EQ(table.rows[0].second, cells);
    }
  }
}

TEST(CsvWriter, HandsOverPieces) {
  CsvWriter writer(kExact);
  writer.add_row(std::vector<std::string>{"a"});
  EXPECT_EQ(writer.take(), "a\r\n");
  EXPECT_EQ(writer.take(), "");
  writer.add_row(std::vector<std::string>{"b"});
  EXPECT_EQ(writer.take(), "b\r\n");
}

}  // namespace
}  // namespace jiuzhu

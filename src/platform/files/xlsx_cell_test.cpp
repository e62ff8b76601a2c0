#include "platform/files/xlsx_cell.hpp"

#include <gtest/gtest.h>

namespace jiuzhu {
namespace {

std::string number(std::string_view stored) {
  const auto rendered = render_number(stored);
  return rendered ? *rendered : rendered.error();
}
std::string date(std::string_view stored, DateSystem system = DateSystem::from_1900) {
  const auto rendered = render_serial_date(stored, system);
  return rendered ? *rendered : rendered.error();
}

TEST(XlsxCell, NumbersHaveNoExponentAndNoEmptyDecimals) {
  for (const auto& [stored, text] :
       std::initializer_list<std::pair<const char*, const char*>>{{"650", "650"},
                                                                  {"650.0", "650"},
                                                                  {"650.5", "650.5"},
                                                                  {"-3.20", "-3.2"},
                                                                  {"1.1000000000000001", "1.1"},
                                                                  {"0.30000000000000004", "0.3"},
                                                                  {"1234.5600000000001", "1234.56"},
                                                                  {"1.3E10", "13000000000"},
                                                                  {"13803530001", "13803530001"},
                                                                  {"1E-3", "0.001"},
                                                                  {"-1.25E-2", "-0.0125"},
                                                                  {"0", "0"},
                                                                  {"-0", "0"},
                                                                  {"999999999999999", "999999999999999"},
                                                                  {"140399900101123", "140399900101123"},
                                                                  {"1.5E-40", "0"}}) {
    EXPECT_EQ(number(stored), text) << stored;
  }
}

TEST(XlsxCell, RefusesNumbersThatHaveLostDigits) {
  EXPECT_EQ(number("1000000000000000"), "xlsx.number_too_long");
  EXPECT_EQ(number("1.40399199001011E+17"), "xlsx.number_too_long");
  EXPECT_EQ(number("-140399199001011234"), "xlsx.number_too_long");
  EXPECT_EQ(number("1E400"), "xlsx.cell_unreadable");
  for (const char* text : {"", "abc", "1,5", " 1", "nan", "inf", "0x10", "1e"}) {
    EXPECT_EQ(number(text), "xlsx.cell_unreadable") << text;
  }
}

TEST(XlsxCell, DatesOfBothSystems) {
  EXPECT_EQ(date("32939"), "1990-03-07");
  EXPECT_EQ(date("1"), "1900-01-01");
  EXPECT_EQ(date("59"), "1900-02-28");
  EXPECT_EQ(date("60"), "xlsx.date_invalid") << "1900-02-29";
  EXPECT_EQ(date("61"), "1900-03-01");
  EXPECT_EQ(date("43678.5"), "2019-08-01 12:00:00");
  EXPECT_EQ(date("43678.999999999"), "2019-08-02") << "a rounding remainder of midnight";
  EXPECT_EQ(date("0.25"), "06:00:00");
  EXPECT_EQ(date("2958465"), "9999-12-31");
  EXPECT_EQ(date("2958465.9999999"), "xlsx.date_invalid") << "midnight after the last day";
  EXPECT_EQ(date("2958466"), "xlsx.date_invalid");
  EXPECT_EQ(date("-1"), "xlsx.date_invalid");
  EXPECT_EQ(date("x"), "xlsx.cell_unreadable");
  EXPECT_EQ(date("0", DateSystem::from_1904), "1904-01-01");
  EXPECT_EQ(date("31477", DateSystem::from_1904), "1990-03-07");
  EXPECT_EQ(date("2958465", DateSystem::from_1904), "xlsx.date_invalid");
}

TEST(XlsxCell, KnowsDateFormats) {
  for (const char* code : {"yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy/m/d;@", "m/d/yy h:mm", "[h]:mm:ss",
                           "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "mmm-yy"}) {
    EXPECT_TRUE(is_date_format(164, code)) << code;
  }
  for (const char* code :
       {"0.00", "General", "@", "#,##0.00_);[Red](#,##0.00)", "0.00E+00", "0\"days\"", "\\y0", "\"￥\"#,##0.00",
        "[Yellow]0", "0;\"d\"", "G/通用格式", "0_d", "*y0", "\"unclosed d", "[d"}) {
    EXPECT_FALSE(is_date_format(164, code)) << code;
  }
  EXPECT_TRUE(is_date_format(14, ""));
  EXPECT_TRUE(is_date_format(31, ""));
  EXPECT_TRUE(is_date_format(58, ""));
  EXPECT_FALSE(is_date_format(0, ""));
  EXPECT_FALSE(is_date_format(49, ""));
  EXPECT_FALSE(is_date_format(4, ""));
}

TEST(XlsxCell, UnescapesControlCharacters) {
  EXPECT_EQ(unescape_text("a_x000D_\nb"), "a\r\nb");
  EXPECT_EQ(unescape_text("_x005F_x000D_"), "_x000D_");
  EXPECT_EQ(unescape_text("_x0000_"), "_x0000_");
  EXPECT_EQ(unescape_text("a_x00"), "a_x00");
  EXPECT_EQ(unescape_text("_xZZZZ_"), "_xZZZZ_");
}

}  // namespace
}  // namespace jiuzhu

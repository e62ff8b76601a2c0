#include "platform/files/csv_reader.hpp"

#include <gmock/gmock.h>

#include "platform/files/test_workbook.hpp"

namespace jiuzhu {
namespace {

using testing::ElementsAre;
using testing::Pair;
using namespace std::string_literals;

TEST(CsvReader, ReadsQuotedFieldsAndLineBreaks) {
  const auto table = read_all("姓名,备注\r\n张三,\"他说\"\"好\"\"\r\n第二行,逗号\"\r\n,\"\"\r\n李四,\r\n");
  EXPECT_EQ(table.key, "");
  EXPECT_EQ(table.summary.format, TableFormat::csv);
  EXPECT_EQ(table.summary.encoding, TextEncoding::utf_8);
  EXPECT_EQ(table.summary.rows, 3U);
  EXPECT_THAT(table.rows,
              ElementsAre(Pair(1, ElementsAre("姓名", "备注")),
                          Pair(2, ElementsAre("张三", "他说\"好\"\r\n第二行,逗号")), Pair(4, ElementsAre("李四"))));
}

TEST(CsvReader, TakesEveryKindOfLineEnd) {
  for (const char* text : {"a,b\nc,d", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a,b\nc,d\n",
                           "\xEF\xBB\xBF"
                           "a,b\r\nc,d"}) {
    EXPECT_THAT(read_all(text).rows, ElementsAre(Pair(1, ElementsAre("a", "b")), Pair(2, ElementsAre("c", "d"))))
        << text;
  }
}

TEST(CsvReader, CountsBlankLinesAsRowsAndSkipsThem) {
  EXPECT_THAT(read_all("a\n\n,,\n\r\nb\n").rows, ElementsAre(Pair(1, ElementsAre("a")), Pair(5, ElementsAre("b"))));
  EXPECT_EQ(read_all("").key, "table.empty");
  EXPECT_EQ(read_all("\n,,\n").key, "table.empty");
}

TEST(CsvReader, KeepsBlanksInsideAndEmptyCells) {
  EXPECT_THAT(read_all(" a ,,\"\", b\n").rows, ElementsAre(Pair(1, ElementsAre(" a ", "", "", " b"))));
  TableOptions options;
  options.separator = '\t';
  EXPECT_THAT(read_all("a,b\tc\n", options).rows, ElementsAre(Pair(1, ElementsAre("a,b", "c"))));
}

TEST(CsvReader, ReadsGb18030) {
  const auto table = read_all(encode_gb18030("姓名,地址\r\n𠮷田,\"阳泉市\"\r\n"));
  EXPECT_EQ(table.summary.encoding, TextEncoding::gb18030);
  EXPECT_THAT(table.rows, ElementsAre(Pair(1, ElementsAre("姓名", "地址")), Pair(2, ElementsAre("𠮷田", "阳泉市"))));
}

TEST(CsvReader, RefusesBadQuotesWithTheirLine) {
  const auto unterminated = read_all("a\n\"x\ny\",b\nc,\"d\ne\n");
  EXPECT_EQ(unterminated.key, "csv.quote_unterminated");
  EXPECT_EQ(unterminated.error.params[0].second, "4");
  const auto misplaced = read_all("a\n\"x\r\ny\"z\n");
  EXPECT_EQ(misplaced.key, "csv.quote_misplaced");
  EXPECT_EQ(misplaced.error.params[0].second, "3");
  EXPECT_EQ(read_all("a\nb\"c\"\n").key, "csv.quote_misplaced");
}

TEST(CsvReader, RefusesWhatIsNotText) {
  EXPECT_EQ(read_all("a,b\0c\n"s).key, "text.contains_nul");
  EXPECT_EQ(read_all("\xFF\xFE"
                     "a\0,\0"s)
                .key,
            "text.utf_16");
  EXPECT_EQ(read_all("姓名,身份证号\n张\xE5\xA7\n").key, "text.invalid_bytes");
  TableOptions options;
  options.encoding = TextEncoding::utf_8;
  EXPECT_EQ(read_all(encode_gb18030("姓名"), options).key, "text.invalid_bytes") << "the wrong encoding was chosen";
}

TEST(CsvReader, HoldsItsLimits) {
  TableOptions options;
  options.limits = {.file_bytes_max = 1000, .rows_max = 3, .columns_max = 3, .cell_bytes_max = 10};
  EXPECT_EQ(read_all("a\nb\nc\n", options).key, "");
  EXPECT_EQ(read_all("a\nb\nc\nd\n", options).key, "table.too_many_rows");
  EXPECT_EQ(read_all("a,b,c,,,,\n", options).key, "");
  EXPECT_EQ(read_all("a,b,c,d\n", options).key, "table.too_many_columns");
  EXPECT_EQ(read_all(std::string(20000, ','), options).key, "table.too_large");
  options.limits.file_bytes_max = 100000;
  EXPECT_EQ(read_all(std::string(20000, ','), options).key, "table.too_many_columns");
  EXPECT_EQ(read_all("0123456789\n", options).key, "");
  const auto long_cell = read_all("a\nb,0123456789x\n", options);
  EXPECT_EQ(long_cell.key, "table.cell_too_long");
  EXPECT_EQ(long_cell.error.params, (MessageParams{{"row", "2"}, {"column", "B"}, {"max", "10"}}));
  EXPECT_EQ(read_all("\"" + std::string(50000, 'x'), options).key, "table.cell_too_long")
      << "before the quote is missed";
}

TEST(CsvReader, PiecesDoNotShow) {
  // Rows of changing length across the 64 KiB pieces that are decoded at a time.
  std::string text;
  for (int i = 0; i < 20000; ++i)
    text += std::to_string(i) + ",\"王" + std::string(static_cast<std::size_t>(i % 17), 'y') + "\"\"\r\n\"\r\n";
  const auto table = read_all(text);
  ASSERT_EQ(table.rows.size(), 20000U);
  for (std::size_t i = 0; i < 20000; ++i) {
    ASSERT_EQ(table.rows[i].second[0], std::to_string(i));
    ASSERT_EQ(table.rows[i].second[1], "王" + std::string(i % 17, 'y') + "\"\r\n");
  }
}

TEST(CsvReader, StopsWithTheCallersRefusal) {
  int calls = 0;
  const auto result = read_table_bytes("a\nb\nc\n", {}, [&](std::size_t, std::span<const std::string>) -> Status {
    if (++calls == 2) return refuse(ErrorCode::conflict, "mine");
    return {};
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().key, "mine");
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace jiuzhu

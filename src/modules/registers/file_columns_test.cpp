#include "modules/registers/file_columns.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "modules/registers/test_registers.hpp"
#include "platform/files/test_workbook.hpp"

namespace jiuzhu::registers {
namespace {

class FileColumns : public testing::Test {
 protected:
  FileBegin look(std::string_view bytes, const std::optional<FileShape>& shape = {}) {
    write_file(folder_ / "file", bytes);
    auto begin = look_at_begin(folder_ / "file", shape);
    EXPECT_TRUE(begin) << begin.error().key;
    return begin.value_or(FileBegin());
  }
  std::vector<std::string> keys(const FileShape& shape, const std::vector<ColumnMatch>& matches,
                                const FileBegin& begin) {
    std::vector<std::string> found;
    for (const FieldError& problem : problems_of(vehicles_, shape, matches, begin)) {
      found.push_back(problem.pointer + " " + problem.key);
    }
    return found;
  }

  TemporaryFolder folder_;
  const sieve::Catalogue catalogue_ = load_catalogue();
  const sieve::Register& vehicles_ = *catalogue_.find("vehicles");
};

TEST_F(FileColumns, AreGuessedFromHowAFileBegins) {
  const std::string text = "身份证明号码;车主;初次登记日期;号牌号码;车辆类型\n" + test::register_number(1) +
                           ";赵明远;2024-05-06;晋C12345;小型轿车\n";
  for (const std::string& bytes : {text, encode_gb18030(text)}) {
    const FileBegin begin = look(bytes);
    EXPECT_EQ(begin.shape.separator, ";");
    EXPECT_EQ(begin.rows, 1);
    ASSERT_EQ(begin.columns.size(), 5);
    EXPECT_EQ(begin.columns[0].name, "身份证明号码");
    EXPECT_EQ(begin.columns[0].numbers, 1);
    EXPECT_EQ(begin.columns[0].samples,
              std::vector<std::string>{"1403**********" + test::register_number(1).substr(14)});
    EXPECT_EQ(begin.columns[2].dates, 1);
    EXPECT_EQ(begin.columns[4].samples, std::vector<std::string>{"小型轿车"});
  }
  EXPECT_EQ(look(encode_gb18030(text)).shape.encoding, sieve::Encoding::gb18030);
  EXPECT_EQ(look_at_begin(folder_ / "missing", {}).error().key, "registers.file_empty");
}

TEST_F(FileColumns, AreLookedAtAsFarAsTheyCanBeRead) {
  std::string rows = test::kVehicleTitles;
  for (int i = 0; i < 40; ++i) rows += test::vehicle_row(i, "赵明远", "2024-05-06", "晋C1");
  EXPECT_EQ(look(rows + "140399,张\"三,2024-05-06,晋C1,小型轿车,1\n").rows, 40);
  EXPECT_EQ(look(rows + rows + rows).rows, 100);
}

TEST_F(FileColumns, AreProposedByWhatDepartmentsCallThem) {
  const FileBegin begin = look("身份证明号码,车主,初次登记日期,车牌,车辆类型\n");
  const auto first = propose_matches(vehicles_, begin.columns, {});
  EXPECT_EQ(first, (std::vector<ColumnMatch>{
                       {"所有人证件号", "身份证明号码"}, {"登记日期", "初次登记日期"}, {"车辆类型", "车辆类型"}}));
  const std::vector<ColumnMatch> known{{"号牌", "车牌"}, {"所有人", "车主"}};
  const auto again = propose_matches(vehicles_, begin.columns, known);
  EXPECT_EQ(again.size(), 5);
}

TEST_F(FileColumns, AreRefusedWhereTheyCannotBeRight) {
  const std::string rows = test::kVehicleTitles + test::vehicle_row(1, "赵明远", "2024-05-06", "晋C12345") +
                           test::vehicle_row(2, "钱秀兰", "2024-05-07", "晋C12346");
  const FileBegin begin = look(rows);
  const auto matches = propose_matches(vehicles_, begin.columns, {});
  EXPECT_TRUE(keys(begin.shape, matches, begin).empty());
  auto swapped = matches;
  std::swap(swapped[0].in_file, swapped[1].in_file);
  EXPECT_EQ(keys(begin.shape, swapped, begin), std::vector<std::string>{"/columns/0 registers.not_numbers"});
  auto other = matches;
  other[2].in_file = "车辆类型";
  EXPECT_EQ(keys(begin.shape, other, begin),
            (std::vector<std::string>{"/columns/2 registers.not_dates", "/columns/4 registers.column_twice"}));
  other = matches;
  other[3] = {"颜色", "号牌"};
  other[4].in_file = "没有";
  EXPECT_EQ(keys({.encoding = sieve::Encoding::gb18030, .separator = "|"}, other, begin),
            (std::vector<std::string>{"/separator registers.separator_invalid", "/columns/3 registers.column_unknown",
                                      "/columns/4 registers.column_not_in_file", "/columns registers.column_missing"}));
}

TEST_F(FileColumns, OfAmountsHoldAmounts) {
  const sieve::Register& deposits = *catalogue_.find("deposits");
  const FileBegin begin =
      look("证件号码,姓名,余额日期,银行,余额\n" + test::register_number(1) + ",赵明远,2024-05-06,农信社,100.00\n");
  auto matches = propose_matches(deposits, begin.columns, {});
  EXPECT_TRUE(problems_of(deposits, begin.shape, matches, begin).empty());
  std::swap(matches[3].in_file, matches[4].in_file);
  EXPECT_EQ(problems_of(deposits, begin.shape, matches, begin).front().key, "registers.not_amounts");
}

TEST_F(FileColumns, BecomeASourceOfTheSieve) {
  const std::vector<ColumnMatch> matches{{"所有人证件号", "1"}, {"登记日期", "2"}, {"号牌", "3"}, {"车辆类型", "4"}};
  std::vector<std::size_t> shown;
  const sieve::Source source = source_of(vehicles_, {.has_header = false}, matches, {"f"}, shown);
  EXPECT_EQ(source.number.number, 1);
  EXPECT_FALSE(source.person_name);
  EXPECT_EQ(source.date->number, 2);
  EXPECT_EQ(source.filters[0].column.number, 4);
  // 价格 is not in the file: what is shown keeps its places in the catalogue's list.
  EXPECT_EQ(shown, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(source.shown.size(), 3);
}

}  // namespace
}  // namespace jiuzhu::registers

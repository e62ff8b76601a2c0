#include "modules/payments/bank_file.hpp"

#include <gmock/gmock.h>

#include "modules/payments/run_rules.hpp"

namespace jiuzhu::payments {
namespace {

constexpr const char* kRun = "140302U201909-0001";

std::vector<std::string> problems(std::string_view file) {
  const auto lines = read_return_lines(file, kRun);
  if (lines) return {};
  std::vector<std::string> keys{lines.error().key};
  for (const FieldError& field : lines.error().fields) keys.push_back(field.pointer + " " + field.key);
  return keys;
}

TEST(BankFile, HasARowForEachTransfer) {
  BankFileWriter writer;
  writer.add(
      {"140302U201909-0001-000001", "6228480000000000000", "王建国", "农村信用社,城区", Money::fen(65'050), "低保"});
  EXPECT_EQ(writer.take(),
            "流水号,账号,户名,开户机构,金额,摘要\r\n"
            "140302U201909-0001-000001,6228480000000000000,王建国,\"农村信用社,城区\",650.50,低保\r\n");
}

TEST(BankFile, ReferencesComeBackAsTheyWereSent) {
  EXPECT_EQ(transfer_reference(kRun, 345), "140302U201909-0001-000345");
  EXPECT_EQ(position_of("140302U201909-0001-000345", kRun), 345);
  EXPECT_EQ(position_of(transfer_reference(kRun, 1'234'567), kRun), 1'234'567);
  for (const char* wrong : {"", "140302U201909-0001", "140302U201909-0001-", "140302U201909-0001-345",
                            "140302U201909-0001-000000", "140302U201909-0002-000345", "140302U201909-0001-00034x",
                            "140302U201909-0001-0000345", "140302U201909-0001-99999999999999999999"}) {
    EXPECT_FALSE(position_of(wrong, kRun)) << wrong;
  }
}

TEST(BankFile, ReadsTheAnswersInAnyOrderOfColumns) {
  const auto lines = read_return_lines(
      "银行流水,结果,原因,流水号\n1,成功,,140302U201909-0001-000001\n2,失败,户名不符,140302U201909-0001-000002\n",
      kRun);
  ASSERT_TRUE(lines) << lines.error().key;
  ASSERT_EQ(lines->size(), 2U);
  EXPECT_TRUE((*lines)[0].is_paid);
  EXPECT_FALSE((*lines)[1].is_paid);
  EXPECT_EQ((*lines)[1].reason, "户名不符");
  EXPECT_EQ((*lines)[1].position, 2);
}

TEST(BankFile, NamesEveryBadRow) {
  EXPECT_THAT(problems("流水号,结果,原因,金额\n"
                       "140302U201909-0001-000001,成功,,650.00\n"
                       "140302U201909-0001-000001,成功,,\n"
                       "别的,成功,,\n"
                       "140302U201909-0001-000002,大概,,\n"
                       "140302U201909-0001-000003,失败,,\n"
                       "140302U201909-0001-000004,成功,,六百\n"),
              testing::ElementsAre("payment.return_invalid", "/rows/3/流水号 payment.return_twice",
                                   "/rows/4/流水号 payment.return_reference", "/rows/5/结果 payment.return_result",
                                   "/rows/6/原因 payment.return_reason_missing",
                                   "/rows/7/金额 payment.return_amount_unreadable"));
  EXPECT_EQ(problems("a,b\n1,2\n").front(), "payment.return_columns");
  EXPECT_EQ(problems("").front(), "table.empty");
}

}  // namespace
}  // namespace jiuzhu::payments

#pragma once
// The files that go to the bank and come back (docs/formats/bank-file.md). Pure: bytes and rows in, rows and bytes out.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/payments/payment_store.hpp"

namespace jiuzhu::payments {

/// One transfer with its account number in the clear; lives only while the file is written.
struct Transfer {
  std::string reference;
  std::string account_number;
  std::string account_holder;
  std::string bank;
  Money amount;
  std::string remark;
};

/// CSV in UTF-8 without a byte order mark, CRLF: title row, then one row a transfer.
class BankFileWriter {
 public:
  BankFileWriter();
  ~BankFileWriter();
  BankFileWriter(const BankFileWriter&) = delete;
  BankFileWriter& operator=(const BankFileWriter&) = delete;

  void add(const Transfer& transfer);
  std::string take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The bank's answer to one transfer.
struct ReturnLine {
  std::size_t row = 0;  // in the file, from 1
  std::int64_t position = 0;
  bool is_paid = false;
  std::string reason;           // of a failure
  std::optional<Money> amount;  // checked where the bank repeats it
};

/// Reads CSV (UTF-8 or GB18030) or XLSX with a title row that names, in any order, 流水号/reference, 结果/result and
/// optionally 原因/reason, 金额/amount; other columns are left alone. Refuses with "payment.return_columns" {missing},
/// with what read_table() refuses, and with "payment.return_invalid" and one field error a bad row ("/rows/5/结果"):
/// "payment.return_reference", "payment.return_result", "payment.return_reason_missing", "payment.return_twice" {row},
/// "payment.return_amount_unreadable".
Result<std::vector<ReturnLine>> read_return_lines(std::string_view bytes, const std::string& run_number);

}  // namespace jiuzhu::payments

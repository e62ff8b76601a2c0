#include "modules/payments/bank_file.hpp"

#include <array>
#include <map>

#include "base/text.hpp"
#include "modules/payments/run_rules.hpp"
#include "platform/files/csv_writer.hpp"
#include "platform/files/table_reader.hpp"

namespace jiuzhu::payments {
namespace {

/// Enough to repair a file in one go; a file with more is the wrong file.
constexpr std::size_t kProblemsMost = 200;
constexpr std::size_t kReasonBytesMost = 300;

enum class Column { reference, result, reason, amount };

struct Title {
  std::string_view text;
  Column column;
};
constexpr std::array kTitles{
    Title{"流水号", Column::reference}, Title{"reference", Column::reference}, Title{"结果", Column::result},
    Title{"result", Column::result},    Title{"原因", Column::reason},         Title{"reason", Column::reason},
    Title{"金额", Column::amount},      Title{"amount", Column::amount},
};

std::optional<bool> read_result(std::string_view text) {
  for (const std::string_view paid : {"成功", "success", "SUCCESS", "已发放", "paid"}) {
    if (text == paid) return true;
  }
  for (const std::string_view failed : {"失败", "failed", "FAILED", "退汇", "returned"}) {
    if (text == failed) return false;
  }
  return std::nullopt;
}

class ReturnReader {
 public:
  explicit ReturnReader(const std::string& run_number) : run_number_(run_number) {}

  Status take(std::size_t row, std::span<const std::string> cells) {
    if (columns_.empty()) return read_titles(cells);
    ReturnLine line{.row = row};
    const std::string reference = cell(cells, Column::reference);
    const auto position = position_of(reference, run_number_);
    if (!position) {
      add(row, "流水号", "payment.return_reference");
    } else {
      line.position = *position;
      const auto [other, is_new] = seen_.emplace(*position, row);
      if (!is_new) add(row, "流水号", "payment.return_twice", {{"row", std::to_string(other->second)}});
    }
    const auto result = read_result(cell(cells, Column::result));
    if (!result) add(row, "结果", "payment.return_result");
    line.is_paid = result.value_or(true);
    line.reason = cell(cells, Column::reason).substr(0, kReasonBytesMost);
    if (result && !*result && line.reason.empty()) add(row, "原因", "payment.return_reason_missing");
    const std::string amount = cell(cells, Column::amount);
    if (!amount.empty()) {
      line.amount = Money::parse(amount);
      if (!line.amount) add(row, "金额", "payment.return_amount_unreadable");
    }
    lines_.push_back(std::move(line));
    return {};
  }

  Result<std::vector<ReturnLine>> finish() {
    if (problems_.empty()) return std::move(lines_);
    return refuse(
        Error{.code = ErrorCode::invalid_input, .key = "payment.return_invalid", .fields = std::move(problems_)});
  }

 private:
  Status read_titles(std::span<const std::string> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (const Title& title : kTitles) {
        if (trim(cells[i]) == title.text) columns_.emplace(title.column, i);
      }
    }
    std::string missing;
    if (!columns_.contains(Column::reference)) missing += "流水号 ";
    if (!columns_.contains(Column::result)) missing += "结果 ";
    if (missing.empty()) return {};
    return refuse(ErrorCode::invalid_input, "payment.return_columns", {{"missing", std::string(trim(missing))}});
  }

  std::string cell(std::span<const std::string> cells, Column column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end() || found->second >= cells.size()) return "";
    return std::string(trim(cells[found->second]));
  }

  void add(std::size_t row, const char* column, const char* key, MessageParams params = {}) {
    if (problems_.size() < kProblemsMost) {
      problems_.push_back({"/rows/" + std::to_string(row) + "/" + column, key, std::move(params)});
    }
  }

  const std::string& run_number_;
  std::map<Column, std::size_t> columns_;
  std::map<std::int64_t, std::size_t> seen_;
  std::vector<ReturnLine> lines_;
  std::vector<FieldError> problems_;
};

}  // namespace

struct BankFileWriter::State {
  CsvWriter writer{{.purpose = CsvPurpose::exact}};
};

BankFileWriter::BankFileWriter() : state_(std::make_unique<State>()) {
  const std::array<std::string, 6> titles{"流水号", "账号", "户名", "开户机构", "金额", "摘要"};
  state_->writer.add_row(titles);
}

BankFileWriter::~BankFileWriter() = default;

void BankFileWriter::add(const Transfer& transfer) {
  const std::array<std::string, 6> cells{transfer.reference, transfer.account_number,   transfer.account_holder,
                                         transfer.bank,      transfer.amount.to_text(), transfer.remark};
  state_->writer.add_row(cells);
}

std::string BankFileWriter::take() { return state_->writer.take(); }

Result<std::vector<ReturnLine>> read_return_lines(std::string_view bytes, const std::string& run_number) {
  ReturnReader reader(run_number);
  JZ_TRY(const TableSummary summary,
         read_table_bytes(
             bytes, {}, [&](std::size_t row, std::span<const std::string> cells) { return reader.take(row, cells); }));
  static_cast<void>(summary);
  return reader.finish();
}

}  // namespace jiuzhu::payments

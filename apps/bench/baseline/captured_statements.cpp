#include "baseline/captured_statements.hpp"

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "base/text.hpp"

namespace jiuzhu::bench {
namespace {

std::string read_from(const std::filesystem::path& file, std::uintmax_t offset) {
  std::ifstream in(file);
  in.seekg(static_cast<std::streamoff>(offset));
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// "$1 = 'it''s', $2 = NULL"
std::vector<std::optional<std::string>> read_parameters(std::string_view text) {
  std::vector<std::optional<std::string>> values;
  std::size_t at = 0;
  while ((at = text.find(" = ", at)) != std::string_view::npos) {
    at += 3;
    if (text.substr(at).starts_with("NULL")) {
      values.emplace_back(std::nullopt);
      at += 4;
      continue;
    }
    std::string value;
    for (++at; at < text.size(); ++at) {
      if (text[at] == '\'' && (at + 1 == text.size() || text[at + 1] != '\'')) break;
      if (text[at] == '\'') ++at;
      value += text[at];
    }
    ++at;
    values.emplace_back(std::move(value));
  }
  return values;
}

}  // namespace

std::string logging_address(const std::string& address) { return address + " options='-c log_statement=all'"; }

std::vector<CapturedStatement> capture_statements(const Settings& settings, const std::function<void()>& act) {
  const auto before = std::filesystem::file_size(settings.postgresql_log);
  act();
  std::vector<CapturedStatement> statements;
  std::istringstream log(read_from(settings.postgresql_log, before));
  constexpr std::string_view kExecute = "LOG:  execute ";
  constexpr std::string_view kParameters = "DETAIL:  parameters: ";
  for (std::string line; std::getline(log, line);) {
    if (const auto at = line.find(kExecute); at != std::string::npos) {
      const auto colon = line.find(": ", at + kExecute.size());
      statements.push_back({line.substr(colon + 2)});
    } else if (const auto detail = line.find(kParameters); detail != std::string::npos && !statements.empty()) {
      statements.back().parameters = read_parameters(std::string_view(line).substr(detail + kParameters.size()));
    } else if (line.starts_with('\t')) {
      throw std::runtime_error("a logged statement has several lines, which nothing here expects: " + line);
    }
  }
  if (statements.empty()) throw std::runtime_error("PostgreSQL logged no statement");
  return statements;
}

std::optional<InsertShape> insert_shape(const std::string& sql) {
  constexpr std::string_view kStart = "insert into ";
  if (!sql.starts_with(kStart)) return std::nullopt;
  const auto open = sql.find('(');
  const auto close = sql.find(')', open);
  if (close == std::string::npos) return std::nullopt;
  InsertShape shape{.table = std::string(trim(sql.substr(kStart.size(), open - kStart.size()))), .columns = {}};
  const std::string list = sql.substr(open + 1, close - open - 1);
  for (const std::string_view column : split(list, ',')) shape.columns.emplace_back(trim(column));
  return shape;
}

std::string with_parameters(const std::string& sql, const std::function<std::string(std::size_t)>& replacement) {
  std::string text;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] != '$' || i + 1 == sql.size() || sql[i + 1] < '0' || sql[i + 1] > '9') {
      text += sql[i];
      continue;
    }
    std::size_t number = 0;
    while (i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9') {
      number = number * 10 + static_cast<std::size_t>(sql[++i] - '0');
    }
    text += replacement(number);
  }
  return text;
}

}  // namespace jiuzhu::bench

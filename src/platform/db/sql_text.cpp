#include "platform/db/sql_text.hpp"

#include "base/text.hpp"

namespace jiuzhu::db {
namespace {

/// End of the quoted text or comment that starts at `start`, or `start` itself when none does.
std::size_t skip_opaque(std::string_view sql, std::size_t start) {
  if (sql[start] == '\'' || sql[start] == '"') {
    const std::size_t end = sql.find(sql[start], start + 1);
    return end == std::string_view::npos ? sql.size() : end + 1;
  }
  if (sql.substr(start).starts_with("--")) {
    const std::size_t end = sql.find('\n', start);
    return end == std::string_view::npos ? sql.size() : end;
  }
  return start;
}

}  // namespace

std::string number_placeholders(std::string_view sql) {
  std::string numbered;
  int number = 0;
  for (std::size_t i = 0; i < sql.size();) {
    const std::size_t end = skip_opaque(sql, i);
    if (end > i) {
      numbered += sql.substr(i, end - i);
      i = end;
    } else if (sql[i] == '?') {
      numbered += '$' + std::to_string(++number);
      ++i;
    } else {
      numbered += sql[i++];
    }
  }
  return numbered;
}

std::vector<std::string> split_statements(std::string_view script) {
  std::vector<std::string> statements;
  std::string current;
  const auto finish = [&] {
    if (!trim(current).empty()) statements.emplace_back(trim(current));
    current.clear();
  };
  for (std::size_t i = 0; i < script.size();) {
    const std::size_t end = skip_opaque(script, i);
    if (end > i) {
      if (script[i] != '-') current += script.substr(i, end - i);
      i = end;
    } else if (script[i] == ';') {
      finish();
      ++i;
    } else {
      current += script[i++];
    }
  }
  finish();
  return statements;
}

}  // namespace jiuzhu::db

#include "platform/db/foreign_query.hpp"

#include <libpq-fe.h>

#include <array>
#include <memory>

#include "base/text.hpp"

namespace jiuzhu::db {
namespace {

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

Status check_address(const std::string& address) {
  char* reason = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(address.c_str(), &reason),
                                                                             &PQconninfoFree);
  const std::unique_ptr<char, decltype(&PQfreemem)> owned(reason, &PQfreemem);
  if (!options) {
    return refuse(ErrorCode::invalid_input, "foreign_query.address",
                  {{"reason", std::string(trim(reason ? reason : "out of memory"))}});
  }
  for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
    if (option->val && std::string_view(option->dispchar) == "*") {  // a password, of whatever kind
      return refuse(ErrorCode::invalid_input, "foreign_query.password_in_address");
    }
  }
  return {};
}

Connection connect(const std::string& address) {
  // What comes later counts; the query is UTF-8 whatever the other database is.
  const std::array<const char*, 5> keywords{"connect_timeout", "fallback_application_name", "dbname", "client_encoding",
                                            nullptr};
  const std::array<const char*, 5> values{"15", "jiuzhu", address.c_str(), "UTF8", nullptr};
  Connection connection(PQconnectdbParams(keywords.data(), values.data(), 1), &PQfinish);
  if (PQstatus(connection.get()) == CONNECTION_OK) {
    PQsetNoticeProcessor(connection.get(), [](void*, const char*) {}, nullptr);
  }
  return connection;
}

/// One statement, whatever stands in its text.
Answer send(PGconn* connection, const std::string& statement) {
  return {PQexecParams(connection, statement.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0), &PQclear};
}

std::string field_of(const PGresult* answer, int field) {
  const char* value = PQresultErrorField(answer, field);
  return value ? value : "";
}

/// Messages of class 42 name tables and columns; others may quote what stands in them.
std::unexpected<Error> failed(const PGresult* answer) {
  const std::string state = field_of(answer, PG_DIAG_SQLSTATE);
  if (state.empty()) return refuse(ErrorCode::unavailable, "foreign_query.connection_lost");
  const std::string reason = state.starts_with("42") ? field_of(answer, PG_DIAG_MESSAGE_PRIMARY) : "";
  return refuse(ErrorCode::invalid_input, "foreign_query.failed", {{"state", state}, {"reason", reason}});
}

std::string_view without_end(std::string_view query) {
  query = trim(query);
  while (query.ends_with(';')) query = trim(query.substr(0, query.size() - 1));
  return query;
}

}  // namespace

Status copy_as_csv(const std::string& address, std::string_view query,
                   const std::function<void(std::string_view)>& take) {
  JZ_TRY_VOID(check_address(address));
  const Connection connection = connect(address);
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    return refuse(ErrorCode::invalid_input, "foreign_query.cannot_connect",
                  {{"reason", std::string(trim(PQerrorMessage(connection.get())))}});
  }
  const Answer begun = send(connection.get(), "begin isolation level repeatable read read only");
  if (PQresultStatus(begun.get()) != PGRES_COMMAND_OK) return failed(begun.get());
  const Answer copying = send(connection.get(), "copy (" + std::string(without_end(query)) +
                                                    "\n) to stdout with (format csv, header, encoding 'UTF8')");
  if (PQresultStatus(copying.get()) != PGRES_COPY_OUT) return failed(copying.get());
  for (;;) {
    char* row = nullptr;
    const int length = PQgetCopyData(connection.get(), &row, 0);
    const std::unique_ptr<char, decltype(&PQfreemem)> owned(row, &PQfreemem);
    if (length < 0) break;
    take({row, static_cast<std::size_t>(length)});
  }
  const Answer ended{PQgetResult(connection.get()), &PQclear};
  if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK) return failed(ended.get());
  return {};
}

}  // namespace jiuzhu::db

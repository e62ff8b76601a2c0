#include "platform/db/database.hpp"

#include <chrono>
#include <thread>

#include "platform/db/copies.hpp"
#include "platform/db/drivers.hpp"

namespace jiuzhu::db {
namespace {

const char* name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::unique: return "unique constraint";
    case ErrorKind::foreign_key: return "foreign key";
    case ErrorKind::check: return "check constraint";
    case ErrorKind::serialization: return "serialization failure";
    case ErrorKind::busy: return "database busy";
    case ErrorKind::connection: return "connection lost";
    case ErrorKind::full: return "no space left";
    case ErrorKind::other: return "database error";
  }
  return "database error";
}

}  // namespace

DatabaseError::DatabaseError(ErrorKind kind, std::string_view statement_name, std::string_view native_code)
    : std::runtime_error(std::string(name_of(kind)) + " in statement " + std::string(statement_name) + " (code " +
                         std::string(native_code) + ")"),
      kind_(kind) {}

Result<Dialect> dialect_of(const std::string& address) {
  if (address.starts_with("sqlite:")) return Dialect::sqlite;
  if (address.starts_with("postgresql:") || address.starts_with("postgres:") ||
      address.find("dbname=") != std::string::npos) {
    return Dialect::postgresql;
  }
  return refuse(ErrorCode::invalid_input, "database.address_unknown");
}

Result<std::unique_ptr<Database>> Database::open(const std::string& address, Options options) {
  JZ_TRY(const Dialect dialect, dialect_of(address));
  return dialect == Dialect::sqlite ? open_sqlite(address.substr(7), options) : open_postgresql(address, options);
}

void Database::pause_before_retry(int attempt) {
  // Doubling pauses let the winner finish; six attempts span about 60 ms.
  std::this_thread::sleep_for(std::chrono::milliseconds(1 << attempt));
}

}  // namespace jiuzhu::db

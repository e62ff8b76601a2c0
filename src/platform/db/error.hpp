#pragma once
// Broken surroundings and constraint violations are exceptions. The text names the statement and the kind only: what
// the databases say may quote values, and values may be personal.

#include <stdexcept>
#include <string>
#include <string_view>

namespace jiuzhu::db {

enum class ErrorKind {
  unique,         // a unique constraint
  foreign_key,    // a foreign key
  check,          // a check or not-null constraint
  serialization,  // lost against another transaction; the use case is run again
  busy,           // a lock was not granted in time; whoever asked is told so, since he has waited long enough
  connection,     // the server is gone
  full,           // no space left
  other,
};

class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(ErrorKind kind, std::string_view statement_name, std::string_view native_code);

  ErrorKind kind() const { return kind_; }
  bool may_be_retried() const { return kind_ == ErrorKind::serialization; }

 private:
  ErrorKind kind_;
};

}  // namespace jiuzhu::db

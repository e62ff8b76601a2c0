#pragma once
// PostgreSQL plans by what it knows of its tables, and looks at them now and then by itself. A transaction that has
// filled some of them tells it to look now; otherwise what follows may be planned for empty ones.

#include "platform/db/database.hpp"

namespace jiuzhu::db {

/// `analyze` is "analyze (skip_locked) …": its lock stays until the transaction ends, and who does the same for another
/// county must not wait for that. Nothing on SQLite.
inline void gather_statistics(const Database& database, Transaction& tx, Statement analyze) {
  if (database.dialect() == Dialect::postgresql) tx.execute(analyze);
}

}  // namespace jiuzhu::db

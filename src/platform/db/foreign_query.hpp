#pragma once
// What a query gives in somebody else's PostgreSQL, as CSV.

#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jiuzhu::db {

/// `address` is a libpq connection string without a password: that stands in libpq's password file or comes from the
/// environment, where other users of the machine do not see it. The query runs alone, in a read-only transaction.
/// `take` gets CSV in UTF-8 with a line of column names, in pieces, and nothing but an end without a refusal says that
/// it had all of it. What `take` throws is passed on. Refuses with "foreign_query.address" (param reason),
/// "foreign_query.password_in_address", "foreign_query.cannot_connect" (param reason),
/// "foreign_query.connection_lost" and "foreign_query.failed"
/// (params state: SQLSTATE, reason: what the database says where that is about the query; where it could be about its
/// data, nothing).
Status copy_as_csv(const std::string& address, std::string_view query,
                   const std::function<void(std::string_view)>& take);

}  // namespace jiuzhu::db

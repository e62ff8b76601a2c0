#include <libpq-fe.h>

#include <deque>
#include <unordered_map>

#include "platform/db/connection_pool.hpp"
#include "platform/db/drivers.hpp"
#include "platform/db/sql_text.hpp"

namespace jiuzhu::db {
namespace {

constexpr Oid kBytea = 17;

using PgResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

ErrorKind kind_of(std::string_view state) {
  if (state == "23505") return ErrorKind::unique;
  if (state == "23503") return ErrorKind::foreign_key;
  if (state.starts_with("23")) return ErrorKind::check;
  if (state == "40001" || state == "40P01") return ErrorKind::serialization;
  if (state == "55P03") return ErrorKind::busy;
  if (state == "53100") return ErrorKind::full;
  if (state.empty() || state.starts_with("08") || state.starts_with("57P")) return ErrorKind::connection;
  return ErrorKind::other;
}

/// Parameters in libpq's form; borrows texts and bytes from the parameters.
struct Arguments {
  std::deque<std::string> numbers;  // a deque keeps the addresses of its elements
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;

  explicit Arguments(std::span<const Parameter> parameters) {
    for (const Parameter& parameter : parameters) {
      if (const auto* integer = std::get_if<std::int64_t>(&parameter)) {
        add(numbers.emplace_back(std::to_string(*integer)).c_str(), 0, 0);
      } else if (const auto* text = std::get_if<std::string>(&parameter)) {
        // The text form ends at the first NUL; base/text.hpp keeps NUL out at every door.
        JZ_ASSERT(text->find('\0') == std::string::npos);
        add(text->c_str(), 0, 0);
      } else if (const auto* bytes = std::get_if<Bytes>(&parameter)) {
        add(bytes->empty() ? "" : static_cast<const char*>(static_cast<const void*>(bytes->data())),
            static_cast<int>(bytes->size()), 1);
      } else {
        add(nullptr, 0, 0);
      }
    }
  }

  int count() const { return static_cast<int>(values.size()); }

 private:
  void add(const char* value, int length, int format) {
    values.push_back(value);
    lengths.push_back(length);
    formats.push_back(format);
  }
};

/// Works in pipeline mode throughout: enqueued statements, BEGIN and COMMIT travel with their neighbours, which is
/// worth a factor of two over one round trip each (stack.md section 3).
class PostgresqlConnection final : public Connection {
 public:
  explicit PostgresqlConnection(const std::string& connection_string)
      : connection_(PQconnectdb(connection_string.c_str()), &PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw DatabaseError(ErrorKind::connection, "connect", "");
    PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
    PQclear(PQexec(connection_.get(), "set timezone = 'UTC'"));
    PQclear(PQexec(connection_.get(), "set lock_timeout = '10s'"));
    // Compiling a statement takes a quarter of a second each time it runs, more than most of ours take.
    PQclear(PQexec(connection_.get(), "set jit = off"));
    JZ_ASSERT(PQenterPipelineMode(connection_.get()) == 1);
  }

  void begin(bool writes) override {
    enqueue(
        writes ? Statement{"begin", "begin"} : Statement{"begin", "begin isolation level repeatable read read only"},
        {});
  }

  void commit() override {
    enqueue({"commit", "commit"}, {});
    wait_for_all();
  }

  void rollback() noexcept override {
    try {
      if (is_broken_) return;
      recover();
      enqueue({"rollback", "rollback"}, {});
      wait_for_all();
    } catch (...) {
      is_broken_ = true;
    }
  }

  std::int64_t execute(Statement statement, std::span<const Parameter> parameters) override {
    send(statement, parameters);
    std::int64_t changed = 0;
    wait_for_all(nullptr, &changed);
    return changed;
  }

  void enqueue(Statement statement, std::span<const Parameter> parameters) override {
    // Unread answers fill the socket's buffers; waiting now and then keeps both sides from blocking each other.
    if (pending_.size() >= kPendingMax) wait_for_all();
    send(statement, parameters);
  }

  void enqueue_all(Statement insert, std::span<const std::vector<Parameter>> rows) override {
    const std::string& many = repeated(insert);
    for (; rows.size() >= kRowsAtOnce; rows = rows.subspan(kRowsAtOnce)) {
      std::vector<Parameter> parameters;
      for (const auto& row : rows.first(kRowsAtOnce)) parameters.insert(parameters.end(), row.begin(), row.end());
      enqueue({insert.name, many}, parameters);
    }
    for (const auto& row : rows) enqueue(insert, row);
  }

  void query(Statement statement, std::span<const Parameter> parameters, std::size_t column_count,
             const RowSink& sink) override {
    send(statement, parameters);
    std::exception_ptr failure;
    bool wants_more = true;
    std::vector<Cell> cells(column_count);
    const auto on_row = [&](const PGresult* result) {
      if (!wants_more || failure) return;
      try {
        JZ_ASSERT(static_cast<std::size_t>(PQnfields(result)) == column_count);
        for (int row = 0; row < PQntuples(result) && wants_more; ++row) {
          for (std::size_t i = 0; i < column_count; ++i) cells[i] = cell_of(result, row, static_cast<int>(i));
          wants_more = sink(cells);
        }
      } catch (...) {
        failure = std::current_exception();  // the answers still have to be read
      }
    };
    wait_for_all(on_row, nullptr);
    if (failure) std::rethrow_exception(failure);
  }

  bool is_broken() const override { return is_broken_ || PQstatus(connection_.get()) != CONNECTION_OK; }

 private:
  static constexpr std::size_t kPendingMax = 200;
  static constexpr std::size_t kRowsAtOnce = 50;

  struct Pending {
    std::string_view name;
    std::string preparation_of = {};  // the SQL, when this is the preparation of a statement
  };

  static Cell cell_of(const PGresult* result, int row, int column) {
    if (PQgetisnull(result, row, column)) return Cell::null();
    const std::string_view text(PQgetvalue(result, row, column),
                                static_cast<std::size_t>(PQgetlength(result, row, column)));
    return PQftype(result, column) == kBytea ? Cell::hex(text) : Cell::text(text);
  }

  void send(Statement statement, std::span<const Parameter> parameters) {
    const std::string& prepared = prepare(statement);
    const Arguments arguments(parameters);
    check_sent(PQsendQueryPrepared(connection_.get(), prepared.c_str(), arguments.count(), arguments.values.data(),
                                   arguments.lengths.data(), arguments.formats.data(), 0),
               statement.name);
    pending_.push_back({statement.name});
  }

  const std::string& prepare(Statement statement) {
    const auto found = prepared_.find(std::string(statement.sql));
    if (found != prepared_.end()) return found->second;
    std::string name = "s" + std::to_string(++names_given_);
    check_sent(PQsendPrepare(connection_.get(), name.c_str(), number_placeholders(statement.sql).c_str(), 0, nullptr),
               statement.name);
    pending_.push_back({statement.name, std::string(statement.sql)});
    return prepared_.emplace(statement.sql, std::move(name)).first->second;
  }

  /// "insert … values (?, ?)" with the last part as often as rows go at once.
  const std::string& repeated(Statement insert) {
    std::string& many = repeated_[insert.sql];
    if (many.empty()) {
      const std::size_t values = insert.sql.rfind("values (");
      JZ_ASSERT(values != std::string_view::npos && insert.sql.ends_with(")"));
      const std::string_view row = insert.sql.substr(values + std::string_view("values ").size());
      many = insert.sql;
      for (std::size_t i = 1; i < kRowsAtOnce; ++i) many.append(", ").append(row);
    }
    return many;
  }

  void check_sent(int sent, std::string_view statement_name) {
    if (sent == 1) return;
    is_broken_ = true;
    throw DatabaseError(ErrorKind::connection, statement_name, "");
  }

  /// Sends what is queued and reads every answer. Rows and the count of changed rows are those of the last statement.
  template <class OnRow = std::nullptr_t>
  void wait_for_all(const OnRow& on_row = nullptr, std::int64_t* changed = nullptr) {
    check_sent(PQpipelineSync(connection_.get()), "sync");
    std::optional<DatabaseError> first_error;
    while (!pending_.empty()) {
      const Pending current = pending_.front();
      pending_.pop_front();
      const bool is_last = pending_.empty();
      bool is_done = false;
      if (is_last && !std::is_null_pointer_v<OnRow>) PQsetSingleRowMode(connection_.get());
      for (;;) {
        const PgResult result(PQgetResult(connection_.get()), &PQclear);
        if (!result) break;
        switch (PQresultStatus(result.get())) {
          case PGRES_SINGLE_TUPLE:
          case PGRES_TUPLES_OK:
            if constexpr (!std::is_null_pointer_v<OnRow>) {
              if (is_last) on_row(result.get());
            }
            [[fallthrough]];
          case PGRES_COMMAND_OK:
            is_done = true;
            if (is_last && changed) *changed = std::atoll(PQcmdTuples(result.get()));
            break;
          case PGRES_PIPELINE_ABORTED: break;  // an earlier statement failed; that error is kept
          default: note_error(result.get(), current, first_error);
        }
        if (PQstatus(connection_.get()) != CONNECTION_OK) break;
      }
      // A preparation that failed or was skipped must not be believed later; its name is never used again.
      if (!is_done && !current.preparation_of.empty()) prepared_.erase(current.preparation_of);
      if (PQstatus(connection_.get()) != CONNECTION_OK) {
        is_broken_ = true;
        pending_.clear();
        throw first_error.value_or(DatabaseError(ErrorKind::connection, current.name, ""));
      }
    }
    const PgResult end(PQgetResult(connection_.get()), &PQclear);  // the answer to the sync itself
    if (!end || PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC) is_broken_ = true;
    if (first_error) throw *first_error;
  }

  static void note_error(const PGresult* result, const Pending& current, std::optional<DatabaseError>& first_error) {
    if (first_error) return;
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view code = state ? state : "";
    first_error.emplace(kind_of(code), current.name, code);
  }

  void recover() {
    if (!pending_.empty()) {
      try {
        wait_for_all();
      } catch (const DatabaseError&) {
      }
    }
  }

  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
  std::unordered_map<std::string, std::string> prepared_;
  std::unordered_map<std::string_view, std::string> repeated_;  // by the SQL of statements, which live for ever
  std::deque<Pending> pending_;
  int names_given_ = 0;
  bool is_broken_ = false;
};

class PostgresqlDatabase final : public Database {
 public:
  PostgresqlDatabase(const std::string& connection_string, int connection_count)
      : pool_(connection_count,
              [connection_string] { return std::make_unique<PostgresqlConnection>(connection_string); }) {}

  Dialect dialect() const override { return Dialect::postgresql; }

 protected:
  Lease borrow(bool) override { return {pool_.borrow()}; }

 private:
  ConnectionPool pool_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_postgresql(const std::string& connection_string, Options options) {
  auto database = std::make_unique<PostgresqlDatabase>(connection_string, options.connection_count);
  try {
    // Texts are compared by bytes on both databases, or lists would be sorted and paged differently.
    const auto collation = database->read([](Transaction& tx) {
      return tx.get<std::string>(
          {"database.probe", "select datcollate from pg_database where datname = current_database()"});
    });
    if (collation != "C" && collation != "C.UTF-8") {
      return refuse(ErrorCode::unavailable, "database.collation", {{"collation", collation}});
    }
  } catch (const DatabaseError&) {
    return refuse(ErrorCode::unavailable, "database.cannot_open", {{"reason", "PostgreSQL does not answer"}});
  }
  return database;
}

}  // namespace jiuzhu::db

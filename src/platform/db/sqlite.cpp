#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <unordered_map>

#include "platform/db/connection_pool.hpp"
#include "platform/db/drivers.hpp"
#include "platform/db/shared_flush.hpp"

namespace jiuzhu::db {
namespace {

DatabaseError translate(const SQLite::Exception& error, std::string_view statement_name) {
  const int code = error.getErrorCode();
  const int extended = error.getExtendedErrorCode();
  ErrorKind kind = ErrorKind::other;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) kind = ErrorKind::busy;
  if (code == SQLITE_FULL) kind = ErrorKind::full;
  if (code == SQLITE_CONSTRAINT) kind = ErrorKind::check;
  if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY) kind = ErrorKind::unique;
  if (extended == SQLITE_CONSTRAINT_FOREIGNKEY) kind = ErrorKind::foreign_key;
  return DatabaseError(kind, statement_name, std::to_string(extended));
}

class SqliteConnection final : public Connection {
 public:
  explicit SqliteConnection(const std::string& path, bool writes)
      : database_(
            path,
            (writes ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READWRITE) | SQLite::OPEN_NOMUTEX,
            kBusyTimeoutMs) {
    // WAL lets readers go on beside the writer. NORMAL does not wait for the disk at each commit: the database does so
    // after the next writer has got its turn.
    database_.exec("pragma journal_mode=wal");
    database_.exec("pragma synchronous=normal");
    database_.exec("pragma foreign_keys=on");
    // Pages that many acts change go to the database once for all of them; the log grows to some forty megabytes.
    database_.exec("pragma wal_autocheckpoint=10000");
    // A payment run or a roster touches hundreds of megabytes; with less, the writer's pages go to the disk and come
    // back.
    database_.exec(writes ? "pragma cache_size=-96000" : "pragma cache_size=-16000");
    database_.exec("pragma temp_store=memory");
    if (!writes) database_.exec("pragma query_only=on");
  }

  void begin(bool writes) override {
    // A deferred transaction that reads and then writes fails at once when another writer came between.
    run(writes ? Statement{"begin", "begin immediate"} : Statement{"begin", "begin deferred"});
  }
  void commit() override { run({"commit", "commit"}); }
  void rollback() noexcept override {
    if (sqlite3_get_autocommit(database_.getHandle())) return;
    try {
      run({"rollback", "rollback"});
    } catch (...) {
      is_broken_ = true;
    }
  }

  std::int64_t execute(Statement statement, std::span<const Parameter> parameters) override {
    try {
      const Lent lent(prepare(statement), parameters);
      while (lent.statement.executeStep()) {
      }
      return database_.getChanges();
    } catch (const SQLite::Exception& error) {
      throw translate(error, statement.name);
    }
  }

  void enqueue(Statement statement, std::span<const Parameter> parameters) override { execute(statement, parameters); }

  void query(Statement statement, std::span<const Parameter> parameters, std::size_t column_count,
             const RowSink& sink) override {
    try {
      const Lent lent(prepare(statement), parameters);
      JZ_ASSERT(static_cast<std::size_t>(lent.statement.getColumnCount()) == column_count);
      std::vector<Cell> cells(column_count);
      while (lent.statement.executeStep()) {
        for (std::size_t i = 0; i < column_count; ++i)
          cells[i] = cell_of(lent.statement.getColumn(static_cast<int>(i)));
        if (!sink(cells)) return;
      }
    } catch (const SQLite::Exception& error) {
      throw translate(error, statement.name);
    }
  }

  bool is_broken() const override { return is_broken_; }

 private:
  static constexpr int kBusyTimeoutMs = 10'000;

  // An unreset SELECT holds a read snapshot, which lets the write-ahead log grow without end (stack.md D1).
  struct Lent {
    SQLite::Statement& statement;
    Lent(SQLite::Statement& prepared, std::span<const Parameter> parameters) : statement(prepared) {
      JZ_ASSERT(static_cast<std::size_t>(statement.getBindParameterCount()) == parameters.size());
      int index = 1;
      for (const Parameter& parameter : parameters) bind(index++, parameter);
    }
    ~Lent() {
      statement.tryReset();
      statement.clearBindings();
    }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;

    void bind(int index, const Parameter& parameter) {
      if (const auto* integer = std::get_if<std::int64_t>(&parameter)) {
        statement.bind(index, *integer);
      } else if (const auto* text = std::get_if<std::string>(&parameter)) {
        statement.bindNoCopy(index, *text);
      } else if (const auto* bytes = std::get_if<Bytes>(&parameter)) {
        statement.bindNoCopy(index, bytes->empty() ? "" : static_cast<const void*>(bytes->data()),
                             static_cast<int>(bytes->size()));
      } else {
        statement.bind(index);
      }
    }
  };

  static Cell cell_of(const SQLite::Column& column) {
    if (column.isNull()) return Cell::null();
    if (column.isInteger()) return Cell::integer(column.getInt64());
    const bool is_text = column.isText();
    const char* start = static_cast<const char*>(is_text ? column.getText() : column.getBlob());
    const std::string_view content(start, static_cast<std::size_t>(column.getBytes()));
    return is_text ? Cell::text(content) : Cell::bytes(content);
  }

  SQLite::Statement& prepare(Statement statement) {
    const auto found = statements_.find(statement.sql);
    if (found != statements_.end()) return found->second;
    // Keyed by the statement's own copy: scripts are temporary texts.
    const std::string& kept = *texts_.emplace_back(std::make_unique<std::string>(statement.sql));
    return statements_.try_emplace(std::string_view(kept), database_, kept).first->second;
  }

  void run(Statement statement) { execute(statement, {}); }

  SQLite::Database database_;
  std::vector<std::unique_ptr<std::string>> texts_;
  std::unordered_map<std::string_view, SQLite::Statement> statements_;
  bool is_broken_ = false;
};

/// Everything that was committed to the database at `path` is in its log or, after a checkpoint, in the database
/// itself, which SQLite flushes then. The file is opened anew each time, since SQLite may have made a new one in
/// between.
void flush_log(const std::string& path) {
  const int file = ::open((path + "-wal").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return;  // the last connection was closed, with a checkpoint
  const bool is_flushed = file >= 0 && ::fdatasync(file) == 0;
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (is_flushed) return;
  throw DatabaseError(reason == ENOSPC ? ErrorKind::full : ErrorKind::other, "flush", std::to_string(reason));
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const std::string& path, Options options)
      : writer_(
            1, [path] { return std::make_unique<SqliteConnection>(path, true); }, options.patience),
        readers_(options.connection_count, [path] { return std::make_unique<SqliteConnection>(path, false); }),
        flush_([path] { flush_log(path); }) {}

  Dialect dialect() const override { return Dialect::sqlite; }

 protected:
  // SQLite has one writer at a time anyway; queueing here is fair and never answers "busy".
  Lease borrow(bool writes) override {
    if (!writes) return {readers_.borrow()};
    flush_.check();
    return {writer_.borrow()};
  }
  void make_durable() override { flush_.wait(); }

 private:
  ConnectionPool writer_;
  ConnectionPool readers_;
  SharedFlush flush_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, Options options) {
  try {
    // The log beside it must be found when the process has moved to another folder.
    auto database = std::make_unique<SqliteDatabase>(std::filesystem::absolute(path).string(), options);
    JZ_TRY_VOID(database->write([](Transaction& tx) -> Status {
      tx.find<std::int64_t>({"database.probe", "select 1"});
      return {};
    }));
    return database;
  } catch (const SQLite::Exception& error) {
    return refuse(ErrorCode::unavailable, "database.cannot_open", {{"reason", error.getErrorStr()}});
  }
}

}  // namespace jiuzhu::db

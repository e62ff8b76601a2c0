#pragma once
// The door to both databases: SQLite (one file, one writer) and PostgreSQL (many users). The same statements run on
// both.
//
//   auto cases = database.read([&](db::Transaction& tx) { return tx.select<CaseRow>(kFindCases, county); });
//   auto status = database.write([&](db::Transaction& tx) -> Status { ...; return {}; });
//
// A use case is one write(): it commits when the function returns a value and rolls back when it returns a refusal or
// throws. It may be run again after a serialization failure, so it must not touch anything but the database.

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/db/error.hpp"
#include "platform/db/value.hpp"

namespace jiuzhu::db {

/// SQL with `?` placeholders. Both parts must live as long as the program; the name appears in logs and errors.
struct Statement {
  std::string_view name;
  std::string_view sql;
};

enum class Dialect { sqlite, postgresql };

/// One connection; used by one thread at a time. Implemented by the two drivers only.
class Connection {
 public:
  using RowSink = std::function<bool(std::span<const Cell>)>;  // false stops early

  virtual ~Connection() = default;
  virtual void begin(bool writes) = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  /// Rows changed.
  virtual std::int64_t execute(Statement statement, std::span<const Parameter> parameters) = 0;
  /// Sent with the next statement that is waited for; an error surfaces there.
  virtual void enqueue(Statement statement, std::span<const Parameter> parameters) = 0;
  /// The same insert for every row.
  virtual void enqueue_all(Statement insert, std::span<const std::vector<Parameter>> rows) {
    for (const std::vector<Parameter>& row : rows) enqueue(insert, row);
  }
  virtual void query(Statement statement, std::span<const Parameter> parameters, std::size_t column_count,
                     const RowSink& sink) = 0;
  virtual bool is_broken() const = 0;
};

namespace detail {

template <class T>
concept RowStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <class T>
using RowMembers = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
constexpr std::size_t column_count() {
  if constexpr (RowStruct<T>) {
    return boost::mp11::mp_size<RowMembers<T>>::value;
  } else {
    return 1;
  }
}

template <class T>
T read_row(std::span<const Cell> cells) {
  if constexpr (RowStruct<T>) {
    T row{};
    std::size_t column = 0;
    boost::mp11::mp_for_each<RowMembers<T>>([&](auto member) {
      auto& field = row.*member.pointer;
      field = ColumnCodec<std::remove_cvref_t<decltype(field)>>::read(cells[column++]);
    });
    return row;
  } else {
    return ColumnCodec<T>::read(cells[0]);
  }
}

template <RowStruct T>
std::vector<Parameter> parameters_of(const T& row) {
  std::vector<Parameter> parameters;
  parameters.reserve(column_count<T>());
  boost::mp11::mp_for_each<RowMembers<T>>(
      [&](auto member) { parameters.push_back(to_parameter(row.*member.pointer)); });
  return parameters;
}

}  // namespace detail

/// A view of one transaction, valid during read() or write(). T is a described struct, whose members take the columns
/// in order, or a single column's type.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}

  template <class T, class... Args>
  std::vector<T> select(Statement statement, const Args&... args) {
    std::vector<T> rows;
    each<T>(statement, [&](T row) { rows.push_back(std::move(row)); }, args...);
    return rows;
  }

  /// The first row, or nothing.
  template <class T, class... Args>
  std::optional<T> find(Statement statement, const Args&... args) {
    std::optional<T> found;
    run<T>(statement, args..., [&](T row) {
      found = std::move(row);
      return false;
    });
    return found;
  }

  /// For statements that always give a row (counts, RETURNING of an insert).
  template <class T, class... Args>
  T get(Statement statement, const Args&... args) {
    auto found = find<T>(statement, args...);
    JZ_ASSERT(found.has_value());
    return std::move(*found);
  }

  /// Streams rows without keeping them.
  template <class T, class Sink, class... Args>
  void each(Statement statement, Sink&& sink, const Args&... args) {
    run<T>(statement, args..., [&](T row) {
      sink(std::move(row));
      return true;
    });
  }

  /// Rows changed.
  template <class... Args>
  std::int64_t execute(Statement statement, const Args&... args) {
    const std::array<Parameter, sizeof...(Args)> parameters{to_parameter(args)...};
    return connection_.execute(statement, parameters);
  }

  /// For writes whose count does not matter: PostgreSQL gets many in one round trip. An error surfaces at the next
  /// statement that is waited for, at the latest at the commit.
  template <class... Args>
  void enqueue(Statement statement, const Args&... args) {
    const std::array<Parameter, sizeof...(Args)> parameters{to_parameter(args)...};
    connection_.enqueue(statement, parameters);
  }

  /// enqueue() of a described struct's members in their order.
  template <detail::RowStruct T>
  void enqueue_row(Statement statement, const T& row) {
    connection_.enqueue(statement, detail::parameters_of(row));
  }

  /// enqueue_row() for many rows: PostgreSQL takes dozens of them in one statement. The statement ends with its
  /// `values (…)`.
  template <detail::RowStruct T>
  void enqueue_rows(Statement insert, std::span<const T> rows) {
    constexpr std::size_t kAtOnce = 1000;
    for (std::size_t begin = 0; begin < rows.size(); begin += kAtOnce) {
      std::vector<std::vector<Parameter>> parameters;
      for (const T& row : rows.subspan(begin, std::min(kAtOnce, rows.size() - begin))) {
        parameters.push_back(detail::parameters_of(row));
      }
      connection_.enqueue_all(insert, parameters);
    }
  }

 private:
  // The sink comes last but a pack must be deduced first; the tuple-free way is to take it as the last argument.
  template <class T, class... ArgsAndSink>
  void run(Statement statement, const ArgsAndSink&... args_and_sink) {
    run_with<T>(statement, std::forward_as_tuple(args_and_sink...),
                std::make_index_sequence<sizeof...(ArgsAndSink) - 1>());
  }
  template <class T, class Tuple, std::size_t... Index>
  void run_with(Statement statement, const Tuple& tuple, std::index_sequence<Index...>) {
    const std::array<Parameter, sizeof...(Index)> parameters{to_parameter(std::get<Index>(tuple))...};
    const auto& sink = std::get<sizeof...(Index)>(tuple);
    connection_.query(statement, parameters, detail::column_count<T>(),
                      [&](std::span<const Cell> cells) { return sink(detail::read_row<T>(cells)); });
  }

  Connection& connection_;
};

struct Options {
  int connection_count = 8;  // PostgreSQL connections, or SQLite readers
  /// How long a writer of SQLite may keep others waiting until they are told that the database is busy. A payment run
  /// of a large county is faster; a roster of a hundred thousand households is not.
  std::chrono::milliseconds patience{5000};
};

/// Any thread may call; each call borrows one connection.
class Database {
 public:
  /// `address` is "sqlite:PATH" or a PostgreSQL connection string ("postgresql://…" or
  /// "host=… dbname=…"). Refuses with "database.address_unknown" or "database.cannot_open" (param reason).
  static Result<std::unique_ptr<Database>> open(const std::string& address, Options options = {});

  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;

  /// Runs `function(Transaction&)` on one snapshot. Writing in it fails.
  template <class Function>
  auto read(Function&& function) {
    Lease lease = borrow(false);
    lease.connection->begin(false);
    try {
      Transaction transaction(*lease.connection);
      auto result = function(transaction);
      lease.connection->commit();
      return result;
    } catch (...) {
      lease.connection->rollback();
      throw;
    }
  }

  /// Runs `function(Transaction&) -> Result<T>` and commits when it gives a value.
  template <class Function>
  auto write(Function&& function) {
    for (int attempt = 1;; ++attempt) {
      Lease lease = borrow(true);
      try {
        lease.connection->begin(true);
        Transaction transaction(*lease.connection);
        auto result = function(transaction);
        if (!result) {
          lease.connection->rollback();
          return result;
        }
        lease.connection->commit();
        lease.connection.reset();
        make_durable();
        return result;
      } catch (const DatabaseError& error) {
        if (!lease.connection) throw;
        lease.connection->rollback();
        if (!error.may_be_retried() || attempt == kAttemptsMax) throw;
      } catch (...) {
        if (lease.connection) lease.connection->rollback();
        throw;
      }
      pause_before_retry(attempt);
    }
  }

 protected:
  struct Lease {
    std::unique_ptr<Connection, std::function<void(Connection*)>> connection;
  };
  virtual Lease borrow(bool writes) = 0;
  /// Returns when what was committed before survives a power cut. Called after the connection was given back.
  virtual void make_durable() {}

 private:
  static constexpr int kAttemptsMax = 6;
  static void pause_before_retry(int attempt);
};

}  // namespace jiuzhu::db

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "platform/db/migration.hpp"
#include "platform/db/sql_text.hpp"
#include "platform/db/test_database.hpp"

namespace jiuzhu::db {

enum class Shade { light, very_dark };
BOOST_DESCRIBE_ENUM(Shade, light, very_dark)

struct Thing {
  std::string name;
  std::int64_t count = 0;
  std::optional<Date> seen_on;
  Money price;
  Shade shade = Shade::light;
  Bytes secret;
  bool is_open = false;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (name, count, seen_on, price, shade, secret, is_open))

namespace {

constexpr Statement kInsert{"thing.insert",
                            "insert into thing (name, count, seen_on, price, shade, secret, is_open) "
                            "values (?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kAll{"thing.all",
                         "select name, count, seen_on, price, shade, secret, is_open from thing order by name"};
constexpr Statement kCount{"thing.count", "select count(*) from thing"};

const Migration kThing{"2026_0001_create_thing",
                       "create table thing (name text primary key, count bigint not null, seen_on text, "
                       "price bigint not null, shade text not null, secret bytea, is_open bigint not null);\n"
                       "-- a comment; with a semicolon\n"
                       "create index thing_by_count on thing (count);"};

class Databases : public OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    if (IsSkipped()) return;
    const auto report = migrate(database(), {kThing}, Instant{1});
    ASSERT_TRUE(report) << report.error().key;
    ASSERT_EQ(report->applied.size(), 1U);
  }

  std::int64_t count() {
    return database().read([](Transaction& tx) { return tx.get<std::int64_t>(kCount); });
  }

  Status insert(const std::string& name) {
    return database().write([&](Transaction& tx) -> Status {
      tx.enqueue_row(kInsert, Thing{.name = name});
      return {};
    });
  }
};

TEST_P(Databases, KeepEveryKindOfValue) {
  const Thing thing{.name = "低保 'quoted' ?",
                    .count = INT64_MIN,
                    .seen_on = Date::of(2019, 8, 1),
                    .price = Money::fen(-12345),
                    .shade = Shade::very_dark,
                    .secret = {0, 255, 92, 0},
                    .is_open = true};
  const Thing empty{.name = "zero"};
  ASSERT_TRUE(database().write([&](Transaction& tx) -> Status {
    tx.enqueue_row(kInsert, thing);
    tx.enqueue_row(kInsert, empty);
    return {};
  }));
  const auto rows = database().read([](Transaction& tx) { return tx.select<Thing>(kAll); });
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].name, thing.name);
  EXPECT_EQ(rows[1].count, thing.count);
  EXPECT_EQ(rows[1].seen_on, thing.seen_on);
  EXPECT_EQ(rows[1].price, thing.price);
  EXPECT_EQ(rows[1].shade, thing.shade);
  EXPECT_EQ(rows[1].secret, thing.secret);
  EXPECT_TRUE(rows[1].is_open);
  EXPECT_EQ(rows[0].seen_on, std::nullopt);
  EXPECT_TRUE(rows[0].secret.empty());
}

TEST_P(Databases, RollBackOnRefusalAndOnException) {
  const auto refused = database().write([](Transaction& tx) -> Status {
    tx.enqueue_row(kInsert, Thing{.name = "a"});
    return refuse(ErrorCode::conflict, "test.refused");
  });
  EXPECT_EQ(refused.error().key, "test.refused");
  EXPECT_THROW(static_cast<void>(database().write([](Transaction& tx) -> Status {
                 tx.enqueue_row(kInsert, Thing{.name = "b"});
                 throw std::runtime_error("bug");
               })),
               std::runtime_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(Databases, NameTheKindOfAViolationWithoutItsValues) {
  ASSERT_TRUE(insert("secret-name"));
  try {
    static_cast<void>(insert("secret-name"));
    FAIL() << "a second row with the same key was accepted";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::unique);
    EXPECT_EQ(std::string(error.what()).find("secret-name"), std::string::npos);
  }
  // The connection works on, with statements prepared before and after the failure.
  ASSERT_TRUE(insert("other"));
  EXPECT_EQ(count(), 2);
}

TEST_P(Databases, ABrokenStatementDoesNotPoisonTheConnection) {
  for (int round = 0; round < 3; ++round) {
    EXPECT_THROW(static_cast<void>(database().write([](Transaction& tx) -> Status {
                   tx.execute({"thing.broken", "update no_such_table set x = ?"}, 1);
                   return {};
                 })),
                 std::exception);
    ASSERT_TRUE(insert("row" + std::to_string(round)));
  }
  EXPECT_EQ(count(), 3);
}

TEST_P(Databases, ReadsCannotWrite) {
  EXPECT_THROW(database().read([](Transaction& tx) { return tx.execute({"thing.clear", "delete from thing"}); }),
               DatabaseError);
}

TEST_P(Databases, CountWhatExecuteChanged) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(insert("n" + std::to_string(i)));
  const auto changed = database().write([](Transaction& tx) -> Result<std::int64_t> {
    tx.enqueue_row(kInsert, Thing{.name = "m"});
    return tx.execute({"thing.raise", "update thing set count = count + ? where name like 'n%'"}, 7);
  });
  EXPECT_EQ(*changed, 5);
}

TEST_P(Databases, TakeManyRowsAtOnce) {
  std::vector<Thing> things;
  for (int i = 0; i < 1037; ++i) things.push_back({.name = "many " + std::to_string(i), .count = i, .secret = {0, 1}});
  const auto write = [&] {
    return database().write([&](Transaction& tx) -> Status {
      tx.enqueue_rows<Thing>(kInsert, things);
      return {};
    });
  };
  ASSERT_TRUE(write());
  const auto kept = database().read([](Transaction& tx) { return tx.select<Thing>(kAll); });
  ASSERT_EQ(kept.size(), things.size());
  const auto last = std::ranges::find(kept, things.back().name, &Thing::name);
  ASSERT_NE(last, kept.end());
  EXPECT_EQ(last->count, 1036);
  EXPECT_EQ(last->secret, things.back().secret);
  EXPECT_THROW((void)write(), DatabaseError) << "each of them is there already";
  EXPECT_EQ(count(), 1037);
}

TEST_P(Databases, StreamManyRows) {
  ASSERT_TRUE(database().write([](Transaction& tx) -> Status {
    for (int i = 0; i < 5000; ++i) tx.enqueue_row(kInsert, Thing{.name = std::to_string(i), .count = i});
    return {};
  }));
  std::int64_t sum = 0;
  database().read([&](Transaction& tx) {
    tx.each<std::int64_t>(
        {"thing.counts", "select count from thing where count >= ?"}, [&](std::int64_t value) { sum += value; }, 1000);
    return true;
  });
  EXPECT_EQ(sum, 4999 * 5000 / 2 - 999 * 1000 / 2);
}

TEST_P(Databases, ConcurrentWritersLoseNothing) {
  ASSERT_TRUE(insert("counter"));
  std::vector<std::jthread> threads;
  std::atomic<int> failures = 0;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const auto done = database().write([](Transaction& tx) -> Status {
          tx.get<std::int64_t>(
              {"thing.next", "update thing set count = count + 1 where name = 'counter' returning count"});
          return {};
        });
        if (!done) ++failures;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(failures, 0);
  const auto total = database().read([](Transaction& tx) {
    return tx.get<std::int64_t>({"thing.total", "select count from thing where name = 'counter'"});
  });
  EXPECT_EQ(total, 300);
}

TEST_P(Databases, MigrationsRunOnceAndNoticeEdits) {
  const Migration first{"2026_0001_create_thing", "create table changed (x bigint)"};
  EXPECT_EQ(migrate(database(), {first}, Instant{2}).error().key, "migration.changed");
  EXPECT_EQ(migrate(database(), {}, Instant{2})->applied.size(), 0U);
}

TEST_P(Databases, AMigrationForOneDatabaseIsNotForTheOther) {
  const std::vector<Migration> both{kThing,
                                    {"2026_0002_only.sqlite", "create table only_sqlite (x bigint)"},
                                    {"2026_0003_only.postgresql", "create table only_postgresql (x bigint)"}};
  const bool is_sqlite = database().dialect() == Dialect::sqlite;
  const std::string own = is_sqlite ? "2026_0002_only.sqlite" : "2026_0003_only.postgresql";
  EXPECT_EQ(missing_migrations(database(), both), std::vector<std::string>{own});
  const auto report = migrate(database(), both, Instant{2});
  ASSERT_TRUE(report) << report.error().key;
  EXPECT_EQ(report->applied, std::vector<std::string>{own});
  EXPECT_TRUE(missing_migrations(database(), both).empty());
}

JZ_ON_BOTH_DATABASES(Databases);

TEST(SqlText, NumbersPlaceholdersOutsideQuotes) {
  EXPECT_EQ(number_placeholders("select '?' , \"?\" from t where a = ? and b = ? -- ?\n and c = ?"),
            "select '?' , \"?\" from t where a = $1 and b = $2 -- ?\n and c = $3");
}

TEST(SqlText, SplitsStatements) {
  const auto statements = split_statements("a ';' b;\n\n-- no; thing\nc;;");
  ASSERT_EQ(statements.size(), 2U);
  EXPECT_EQ(statements[0], "a ';' b");
  EXPECT_EQ(statements[1], "c");
}

TEST(DatabaseAddress, MustNameAKnownKind) {
  EXPECT_EQ(Database::open("mysql://x").error().key, "database.address_unknown");
  EXPECT_EQ(Database::open("sqlite:/no/such/folder/x.db").error().key, "database.cannot_open");
}

}  // namespace
}  // namespace jiuzhu::db

#include "modules/operations/reseal.hpp"

#include <gmock/gmock.h>

#include "kernel/test/world.hpp"
#include "modules/operations/sealed_store.hpp"

namespace jiuzhu::operations {
namespace {

constexpr db::Statement kCreate{"test.create",
                                "create table sealed_thing (county_code text not null, id text not null, "
                                "position bigint not null, secret bytea, primary key (county_code, id, position))"};
constexpr db::Statement kInsert{"test.insert", "insert into sealed_thing values (?, ?, ?, ?)"};
constexpr db::Statement kSecrets{"test.secrets", "select secret from sealed_thing where secret is not null"};
constexpr db::Statement kOverwrite{"test.overwrite", "update sealed_thing set secret = ? where position = ?"};
constexpr db::Statement kRecords{"test.records",
                                 "select chain || ' ' || changes from audit_record where action = 'keys.resealed' "
                                 "order by chain, sequence"};

class Reseal : public test::WorldOnBothDatabases {
 protected:
  void SetUp() override {
    WorldOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    folder_ = std::filesystem::temp_directory_path() / ("jiuzhu-reseal-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directory(folder_);
    vault_ = std::make_unique<Vault>(Vault::create(folder_ / "vault.key", random_).value());
    own_world_ = std::make_unique<Surroundings>(Surroundings{database(), clock(), random_, *vault_});
    write([](db::Transaction& tx) { tx.execute(kCreate); });
  }
  void TearDown() override {
    own_world_.reset();
    vault_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
    WorldOnBothDatabases::TearDown();
  }

  template <class Function>
  void write(Function&& function) {
    ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      function(tx);
      return {};
    }));
  }
  void insert(const std::string& county, int from, int until) {
    write([&](db::Transaction& tx) {
      for (int i = from; i < until; ++i) {
        tx.enqueue(kInsert, county, "a", i, vault_->seal("secret", kContext));
      }
    });
  }
  void rotate() { ASSERT_TRUE(vault_->rotate(random_)); }
  ResealReport run() {
    return reseal(*own_world_, columns_, [](std::int64_t, std::int64_t) {}).value();
  }
  std::vector<db::Bytes> secrets() {
    return database().read([](db::Transaction& tx) { return tx.select<db::Bytes>(kSecrets); });
  }
  std::vector<std::string> records() {
    return database().read([](db::Transaction& tx) { return tx.select<std::string>(kRecords); });
  }

  static constexpr std::string_view kContext = "thing.secret";
  const SealedColumns columns_{{"sealed_thing", "secret", {"county_code", "id", "position"}, "county_code", kContext}};
  std::filesystem::path folder_;
  SeededRandom random_{7};
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<Surroundings> own_world_;
};

TEST_P(Reseal, SealsEverythingUnderTheNewestKeyAndRecordsItOnceACounty) {
  insert("140302", 0, 450);
  insert("140311", 0, 3);
  write([](db::Transaction& tx) { tx.execute(kInsert, "140302", "b", 1, std::optional<db::Bytes>()); });
  EXPECT_EQ(run().resealed.size(), 0U) << "everything is current";
  EXPECT_TRUE(records().empty());

  rotate();
  const ResealReport report = run();
  EXPECT_EQ(report.version, 2);
  EXPECT_EQ(report.resealed.at("sealed_thing.secret"), 453);
  EXPECT_EQ(report.unreadable, 0);
  const auto after = secrets();
  ASSERT_EQ(after.size(), 453U);
  for (const db::Bytes& secret : after) {
    EXPECT_TRUE(vault_->is_current(secret));
    EXPECT_EQ(vault_->open(secret, kContext).value(), "secret");
  }
  EXPECT_THAT(records(),
              testing::ElementsAre(R"(140302 {"key_version":{"after":2},"sealed_thing.secret":{"after":450}})",
                                   R"(140311 {"key_version":{"after":2},"sealed_thing.secret":{"after":3}})"));
  const auto audit = database().read([&](db::Transaction& tx) { return verify_audit(tx, *vault_, {}); });
  EXPECT_TRUE(audit.faults.empty());

  EXPECT_EQ(run().resealed.size(), 0U);
  EXPECT_EQ(records().size(), 2U);
}

TEST_P(Reseal, LeavesAloneWhatSomebodyWroteMeanwhile) {
  insert("140302", 0, 1);
  rotate();
  write([&](db::Transaction& tx) {
    const auto rows = next_others(tx, columns_[0], "140302", {2}, {}, 10);
    ASSERT_EQ(rows.size(), 1U);
    const db::Bytes newer = vault_->seal("written by a use case", kContext);
    tx.execute(kOverwrite, newer, 0);
    EXPECT_FALSE(exchange(tx, columns_[0], rows[0], vault_->seal("secret", kContext)));
    EXPECT_EQ(tx.select<db::Bytes>(kSecrets).front(), newer);
  });
}

TEST_P(Reseal, LeavesAndCountsWhatNoKeyOpens) {
  insert("140302", 0, 3);
  db::Bytes damaged = secrets().front();
  damaged.back() ^= 1;
  write([&](db::Transaction& tx) { tx.execute(kOverwrite, damaged, 1); });
  rotate();
  const ResealReport report = run();
  EXPECT_EQ(report.resealed.at("sealed_thing.secret"), 2);
  EXPECT_EQ(report.unreadable, 1);
  EXPECT_THAT(secrets(), testing::Contains(damaged));
}

TEST_P(Reseal, PagesByKeysThatAreNumbers) {
  insert("140302", 8, 12);
  database().read([&](db::Transaction& tx) {
    std::vector<std::string> after;
    std::vector<std::string> positions;
    for (;;) {
      const auto rows = next_others(tx, columns_[0], "140302", {2}, after, 1);
      if (rows.empty()) break;
      after = rows.front().key;
      positions.push_back(after.back());
    }
    EXPECT_THAT(positions, testing::ElementsAre("8", "9", "10", "11"));
    return true;
  });
}

JZ_ON_BOTH_DATABASES(Reseal);

}  // namespace
}  // namespace jiuzhu::operations

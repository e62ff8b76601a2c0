#pragma once
// For tests: the same suite runs on both databases.
//
//   class Stores : public db::OnBothDatabases {};
//   TEST_P(Stores, Works) { database().write(...); }
//   JZ_ON_BOTH_DATABASES(Stores);
//
// PostgreSQL is taken from JIUZHU_TEST_POSTGRESQL (a connection string; tools/with-postgresql sets it); each test gets
// a schema of its own. Without the variable those tests are skipped, which `make test` never does.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>

#include "platform/db/database.hpp"

namespace jiuzhu::db {

class OnBothDatabases : public testing::TestWithParam<const char*> {
 public:
  Database& database() { return *database_; }

 protected:
  void SetUp() override {
    if (std::string(GetParam()) == "sqlite") {
      folder_ = std::filesystem::temp_directory_path() / ("jiuzhu-test-" + std::to_string(std::random_device{}()));
      std::filesystem::create_directory(folder_);
      database_ = open_or_fail("sqlite:" + (folder_ / "test.db").string());
      return;
    }
    const char* server = std::getenv("JIUZHU_TEST_POSTGRESQL");
    if (!server) GTEST_SKIP() << "JIUZHU_TEST_POSTGRESQL is not set; run through tools/with-postgresql";
    server_ = server;
    schema_ = "test_" + std::to_string(std::random_device{}()) + std::to_string(std::random_device{}());
    on_server("create schema " + schema_);
    database_ = open_or_fail(server_ + " options=-csearch_path=" + schema_);
  }

  void TearDown() override {
    database_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
    if (!schema_.empty()) on_server("drop schema " + schema_ + " cascade");
  }

 private:
  static std::unique_ptr<Database> open_or_fail(const std::string& address) {
    auto opened = Database::open(address, {.connection_count = 4, .patience = std::chrono::seconds(2)});
    if (!opened) throw std::runtime_error(opened.error().key);
    return std::move(*opened);
  }

  void on_server(const std::string& sql) {
    auto done = open_or_fail(server_)->write([&](Transaction& tx) -> Status {
      tx.execute({"test.schema", sql});
      return {};
    });
    ASSERT_TRUE(done);
  }

  std::filesystem::path folder_;
  std::string server_;
  std::string schema_;
  std::unique_ptr<Database> database_;
};

}  // namespace jiuzhu::db

#define JZ_ON_BOTH_DATABASES(suite)                                                   \
  INSTANTIATE_TEST_SUITE_P(Databases, suite, testing::Values("sqlite", "postgresql"), \
                           [](const testing::TestParamInfo<const char*>& test) { return std::string(test.param); })

#include "platform/db/foreign_query.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <stdexcept>

namespace jiuzhu::db {
namespace {

std::string param_of(const Error& error, const std::string& name) {
  for (const auto& [key, value] : error.params) {
    if (key == name) return value;
  }
  return "absent";
}

class ForeignQuery : public testing::Test {
 protected:
  void SetUp() override {
    const char* server = std::getenv("JIUZHU_TEST_POSTGRESQL");
    if (!server) GTEST_SKIP() << "JIUZHU_TEST_POSTGRESQL is not set; run through tools/with-postgresql";
    address_ = server;
  }
  Status copy(const std::string& query) {
    text_.clear();
    return copy_as_csv(address_, query, [&](std::string_view piece) { text_ += piece; });
  }
  Error refusal(const std::string& query) {
    const auto done = copy(query);
    return done ? Error{} : done.error();
  }

  std::string address_;
  std::string text_;
};

TEST_F(ForeignQuery, GivesCsvWithItsColumnNames) {
  ASSERT_TRUE(copy("select '14039919900101001X' as 身份证号, '王\"建,国' as 姓名, null as 备注 -- all of them\n;\n"));
  EXPECT_EQ(text_, "身份证号,姓名,备注\n14039919900101001X,\"王\"\"建,国\",\n");
  ASSERT_TRUE(copy("select n from generate_series(1, 0) n;"));
  EXPECT_EQ(text_, "n\n");
}

TEST_F(ForeignQuery, IsReadAsUtf8WhateverTheAddressSays) {
  address_ += " client_encoding=LATIN1";
  ASSERT_TRUE(copy("select length('王建国') as n"));
  EXPECT_EQ(text_, "n\n3\n");
}

TEST_F(ForeignQuery, SaysThatItsConnectionBroke) {
  const Error error = refusal("select pg_terminate_backend(pg_backend_pid()), n from generate_series(1, 100000) n");
  EXPECT_TRUE(error.key == "foreign_query.connection_lost" || param_of(error, "state") == "57P01") << error.key;
}

TEST_F(ForeignQuery, SaysThatItDidNotComeToItsEnd) {
  const Error error = refusal("select 1 / (200000 - n) as part, '王建国' from generate_series(1, 300000) n");
  EXPECT_EQ(error.key, "foreign_query.failed");
  EXPECT_EQ(param_of(error, "state"), "22012");
  EXPECT_GT(text_.size(), 100'000U) << "it had begun";
}

TEST_F(ForeignQuery, TellsOfTheQueryAndNotOfItsData) {
  EXPECT_THAT(param_of(refusal("select surname from pg_class"), "reason"), testing::HasSubstr("surname"));
  const Error error = refusal("select cast(t as date) from (values ('14039919900101001X')) v(t)");
  EXPECT_EQ(param_of(error, "state"), "22007");
  EXPECT_EQ(param_of(error, "reason"), "");
}

TEST_F(ForeignQuery, OnlyReads) {
  EXPECT_EQ(refusal("create table mine (a int)").key, "foreign_query.failed");
  EXPECT_EQ(refusal("select set_config('transaction_read_only', 'off', true)").key, "foreign_query.failed");
  EXPECT_EQ(param_of(refusal("select 1) to stdout; drop table pg_class; select (1"), "state"), "42601");
}

TEST_F(ForeignQuery, LeavesPasswordsToThePasswordFile) {
  address_ += " password=secret";
  const Error error = refusal("select 1");
  EXPECT_EQ(error.key, "foreign_query.password_in_address");
  address_ = "postgresql://reader:secret@registers/vehicles";
  EXPECT_EQ(refusal("select 1").key, "foreign_query.password_in_address");
  address_ = "host=registers dbname=vehicles sslpassword=secret";
  EXPECT_EQ(refusal("select 1").key, "foreign_query.password_in_address");
  address_ = "host=/nowhere dbname=vehicles";
  EXPECT_EQ(refusal("select 1").key, "foreign_query.cannot_connect");
  address_ = "hots=registers";
  EXPECT_EQ(refusal("select 1").key, "foreign_query.address");
}

TEST_F(ForeignQuery, PassesOnWhatItsTakerThrows) {
  EXPECT_THROW((void)copy_as_csv(address_, "select 1", [](std::string_view) { throw std::runtime_error("full"); }),
               std::runtime_error);
}

}  // namespace
}  // namespace jiuzhu::db

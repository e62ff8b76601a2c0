// The pool as SQLite's one writer meets it.

#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "platform/db/test_database.hpp"

namespace jiuzhu::db {
namespace {

using namespace std::chrono_literals;

class OneWriter : public testing::Test {
 protected:
  std::unique_ptr<Database> open(std::chrono::milliseconds patience) {
    return std::move(*Database::open("sqlite:" + (folder_ / "test.db").string(), {.patience = patience}));
  }
  void SetUp() override { std::filesystem::create_directory(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

 private:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("jiuzhu-test-" + std::to_string(std::random_device{}()));
};

/// Writes until told to stop; there when the constructor returns.
class LongWriter {
 public:
  explicit LongWriter(Database& database)
      : thread_([this, &database] {
          (void)database.write([&](Transaction&) -> Status {
            began_.count_down();
            ends_.wait();
            return {};
          });
        }) {
    began_.wait();
  }
  ~LongWriter() { end(); }
  void end() {
    if (!ends_.try_wait()) ends_.count_down();
  }

 private:
  std::latch began_{1};
  std::latch ends_{1};
  std::jthread thread_;
};

ErrorKind refusal_of(Database& database) {
  try {
    (void)database.write([](Transaction&) -> Status { return {}; });
  } catch (const DatabaseError& error) {
    return error.kind();
  }
  return ErrorKind::other;
}

TEST_F(OneWriter, TellsWhoeverWaitsTooLongAndWhoeverComesAfterwards) {
  const auto database = open(100ms);
  LongWriter other(*database);
  EXPECT_EQ(refusal_of(*database), ErrorKind::busy);
  EXPECT_EQ(database->read([](Transaction& tx) { return tx.get<std::int64_t>({"test.one", "select 1"}); }), 1);
}

TEST_F(OneWriter, WaitsForOneThatComesBackInTime) {
  const auto database = open(10s);
  LongWriter other(*database);
  std::jthread ending([&] {
    std::this_thread::sleep_for(50ms);
    other.end();
  });
  EXPECT_TRUE(database->write([](Transaction&) -> Status { return {}; }));
}

}  // namespace
}  // namespace jiuzhu::db

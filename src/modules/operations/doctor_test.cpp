#include "modules/operations/doctor.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "kernel/audit/audit_anchors.hpp"
#include "modules/operations/test_installation.hpp"

namespace jiuzhu::operations {
namespace {

class DoctorTest : public test::InstallationTest {
 protected:
  std::vector<Finding> look() {
    const WorkingCalendar calendar({.first_year = 2019, .last_year = last_year_});
    return examine({.places = places_,
                    .migrations = migrations_,
                    .sealed = columns_,
                    .attachments = {{"attached_thing", "digest", "removed_at is null"}},
                    .clock = clock_,
                    .calendar = calendar,
                    .count_places = [this](db::Transaction&) { return places_count_; },
                    .count_administrators = [this](db::Transaction&) { return administrators_count_; }});
  }
  /// "check: key" of everything that is not fine.
  std::vector<std::string> complaints() {
    std::vector<std::string> found;
    for (const Finding& finding : look()) {
      if (finding.health != Health::fine) found.push_back(finding.check + ": " + finding.key);
    }
    return found;
  }

  std::vector<db::Migration> migrations_ = test::embedded_migrations();
  int last_year_ = 2020;
  std::int64_t places_count_ = 1;
  std::int64_t administrators_count_ = 1;
};

TEST_F(DoctorTest, FindsNothingWrongWithASoundInstallation) {
  EXPECT_THAT(complaints(), testing::IsEmpty());
  EXPECT_TRUE(is_healthy(look()));
  std::vector<std::string> checks;
  for (const Finding& finding : look()) checks.push_back(finding.check);
  EXPECT_THAT(checks,
              testing::ElementsAre("data_folder", "disk_space", "key_file", "database", "schema", "integrity",
                                   "keys_open_data", "clock", "audit", "places", "administrator", "holidays", "fonts"));
}

TEST_F(DoctorTest, MakesNothingWhereNothingIs) {
  places_ = places_at("nowhere");
  EXPECT_THAT(complaints(),
              testing::ElementsAre("data_folder: doctor.data_folder_missing", "key_file: vault.key_file_missing",
                                   "database: doctor.database_missing"));
  EXPECT_FALSE(std::filesystem::exists(places_.data_folder));
  EXPECT_FALSE(is_healthy(look()));
}

TEST_F(DoctorTest, LooksAtModesAndOwners) {
  ::chmod(places_.data_folder.c_str(), 0750);
  ::chmod(places_.key_file.c_str(), 0644);
  EXPECT_THAT(
      complaints(),
      testing::ElementsAre("data_folder: doctor.data_folder_mode", "key_file: vault.key_file_mode",
                           "keys_open_data: doctor.keys_open_data_skipped", "audit: doctor.keys_open_data_skipped"));
  ::chmod(places_.data_folder.c_str(), 0700);
  ::chmod(places_.key_file.c_str(), 0600);
  if (::geteuid() != 0) return;  // only root can give files away
  ASSERT_EQ(::chown((places_.data_folder / "jiuzhu.db").c_str(), 12345, 12345), 0);
  EXPECT_THAT(complaints(), testing::ElementsAre("data_folder: doctor.data_folder_stranger"));
  ASSERT_EQ(::chown(places_.data_folder.c_str(), 12345, 12345), 0);
  EXPECT_THAT(complaints(), testing::ElementsAre("data_folder: doctor.data_folder_owner"));
}

TEST_F(DoctorTest, TellsWhetherTheKeysBelongToTheData) {
  ASSERT_TRUE(vault_->rotate(random_));
  EXPECT_THAT(complaints(), testing::ElementsAre("keys_current: doctor.keys_current_old"));
  EXPECT_TRUE(is_healthy(look())) << "old keys still open";
  std::filesystem::remove(places_.key_file);
  ASSERT_TRUE(Vault::create(places_.key_file, random_));
  EXPECT_THAT(complaints(),
              testing::ElementsAre("keys_open_data: doctor.keys_open_data_wrong", "audit: audit.head_altered"));
}

TEST_F(DoctorTest, ComparesTheSchemaWithTheProgram) {
  migrations_.push_back({"2999_0001_add_thing", "create table thing (id text primary key);"});
  EXPECT_THAT(complaints(), testing::ElementsAre("schema: doctor.schema_old"));
  migrations_.pop_back();
  migrations_.pop_back();
  EXPECT_THAT(complaints(), testing::ElementsAre("schema: migration.unknown"));
}

TEST_F(DoctorTest, NoticesAClockBehindTheRecords) {
  clock_.advance_days(-1);
  EXPECT_THAT(complaints(), testing::ElementsAre("clock: doctor.clock_behind"));
}

TEST_F(DoctorTest, LooksAtTheEndsOfTheAuditChains) {
  const AuditAnchors anchors(places_.anchors());
  add_user("u2", "second");
  ASSERT_TRUE(anchors.append(database_->read([](db::Transaction& tx) { return audit_heads(tx); })));
  EXPECT_THAT(complaints(), testing::IsEmpty());
  write([](db::Transaction& tx) { tx.execute({"test.cut", "delete from audit_record where sequence = 2"}); });
  EXPECT_THAT(complaints(), testing::ElementsAre("audit: audit.missing"));
  write([](db::Transaction& tx) { tx.execute({"test.cut", "delete from audit_chain"}); });
  EXPECT_THAT(complaints(), testing::ElementsAre("audit: audit.cut_off"));
}

TEST_F(DoctorTest, SaysWhatStopsTheOffice) {
  places_count_ = 0;
  administrators_count_ = 0;
  last_year_ = 2019;
  EXPECT_THAT(complaints(),
              testing::ElementsAre("places: doctor.places_missing", "administrator: doctor.administrator_missing",
                                   "holidays: doctor.holidays_next_missing"));
  last_year_ = 2018;
  EXPECT_THAT(complaints(), testing::Contains("holidays: doctor.holidays_missing"));
}

TEST_F(DoctorTest, MissesAttachmentsThatRecordsName) {
  write([&](db::Transaction& tx) {
    tx.execute({"test.create", "create table attached_thing (digest text, removed_at bigint)"});
    tx.execute({"test.insert", "insert into attached_thing values (?, null)"}, attachment_.to_text());
    tx.execute({"test.insert", "insert into attached_thing values (?, 1)"}, std::string(64, 'a'));
  });
  EXPECT_THAT(complaints(), testing::IsEmpty());
  std::filesystem::remove_all(places_.attachments());
  EXPECT_THAT(complaints(), testing::ElementsAre("attachments: doctor.attachments_missing"));
  EXPECT_FALSE(std::filesystem::exists(places_.attachments()));
}

}  // namespace
}  // namespace jiuzhu::operations

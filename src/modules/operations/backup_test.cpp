#include "modules/operations/backup.hpp"

#include <map>

#include "modules/operations/restore.hpp"
#include "modules/operations/test_installation.hpp"
#include "platform/files/archive.hpp"

namespace jiuzhu::operations {
namespace {

namespace fs = std::filesystem;
constexpr db::Statement kSecrets{"test.secrets", "select totp_secret from app_user order by id"};

class BackupTest : public test::InstallationTest {
 protected:
  Result<RestoreReport> restore_to(const std::string& name, RestoreWish wish) {
    return restore(places_at(name), migrations_, clock_, wish, [](const std::string&, const MessageParams&) {});
  }
  Result<RestoreReport> restore_to(const std::string& name) {
    return restore_to(name, {.archive = folder_ / "a.zip", .keys_from = places_.key_file});
  }
  std::string refusal(const Result<RestoreReport>& result) const { return result ? "" : result.error().key; }
  std::vector<std::string> names_in(const fs::path& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }
  /// The archive with one entry changed, or left out where there is no content, as somebody with a tool would do it.
  void tamper(const std::string& name, const std::optional<std::string>& content) const {
    std::map<std::string, std::string> entries;
    {
      const auto archive = ArchiveReader::open(folder_ / "a.zip").value();
      for (const auto& entry : archive.entries()) {
        entries[entry.name] = archive.read_text(entry.name, entry.size).value();
      }
    }
    entries.erase(name);
    if (content) entries[name] = *content;
    fs::remove(folder_ / "a.zip");
    ArchiveWriter writer(folder_ / "a.zip");
    for (const auto& [entry, text] : entries) writer.add_text(entry, text);
    ASSERT_TRUE(writer.finish([](double) {}));
  }

  std::vector<db::Migration> migrations_ = test::embedded_migrations();
};

TEST_F(BackupTest, ComesBackWholeInAnotherPlace) {
  const auto report = back_up_to("a.zip");
  ASSERT_TRUE(report) << report.error().key;
  EXPECT_EQ(report->attachments, 1);
  EXPECT_TRUE(report->damaged.empty());
  EXPECT_EQ(names_in(folder_), (std::vector<std::string>{"a.zip", "data"})) << "no drafts are left";
  struct stat status{};
  ASSERT_EQ(::stat((folder_ / "a.zip").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  add_user("u2", "after the backup");

  const auto restored = restore_to("other");
  ASSERT_TRUE(restored) << restored.error().key;
  EXPECT_EQ(restored->attachments, 1);
  EXPECT_TRUE(restored->audit.faults.empty());
  EXPECT_EQ(restored->audit.records, 1);
  EXPECT_TRUE(restored->heads_match);
  const Places other = places_at("other");
  EXPECT_EQ(names_in(other.data_folder), (std::vector<std::string>{"attachments", "jiuzhu.db", "keys"}));
  ASSERT_EQ(::stat(other.key_file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_TRUE(ContentStore(other.attachments()).get(attachment_));
  const auto vault = Vault::open(other.key_file).value();
  const auto database = db::Database::open(other.database_address).value();
  const auto secrets = database->read([](db::Transaction& tx) { return tx.select<db::Bytes>(kSecrets); });
  ASSERT_EQ(secrets.size(), 1U) << "the moment of the backup";
  EXPECT_EQ(vault.open(secrets[0], kContext).value(), "first secret");
}

TEST_F(BackupTest, CarriesTheKeyFileOnlyWhenAsked) {
  ASSERT_TRUE(back_up_to("a.zip"));
  EXPECT_EQ(refusal(restore_to("other", {.archive = folder_ / "a.zip", .keys_from = {}})), "restore.key_file_needed");
  EXPECT_FALSE(fs::exists(folder_ / "other")) << "a refusal leaves nothing behind";
  ASSERT_TRUE(back_up_to("b.zip", true));
  EXPECT_TRUE(restore_to("other", {.archive = folder_ / "b.zip", .keys_from = {}}));
}

TEST_F(BackupTest, NeedsTheRightKeys) {
  ASSERT_TRUE(back_up_to("a.zip"));
  ASSERT_TRUE(Vault::create(folder_ / "stranger.key", random_));
  EXPECT_EQ(refusal(restore_to("other", {.archive = folder_ / "a.zip", .keys_from = folder_ / "stranger.key"})),
            "restore.key_does_not_open");
  fs::copy(places_.key_file, folder_ / "kept.key");
  ASSERT_TRUE(vault_->rotate(random_));
  add_user("u2", "under the new key");
  ASSERT_TRUE(back_up_to("b.zip"));
  EXPECT_EQ(refusal(restore_to("other", {.archive = folder_ / "b.zip", .keys_from = folder_ / "kept.key"})),
            "restore.key_does_not_open")
      << "a copy from before the rotation";
  EXPECT_EQ(refusal(restore_to("other")), "") << "the newer file opens the older archive";
}

TEST_F(BackupTest, RefusesAPlaceThatIsNotEmpty) {
  ASSERT_TRUE(back_up_to("a.zip"));
  const auto refused = restore_to("data", {.archive = folder_ / "a.zip", .keys_from = {}});
  ASSERT_EQ(refusal(refused), "restore.folder_not_empty");
  EXPECT_THAT(refused.error().params, testing::Contains(testing::Pair("found", testing::HasSubstr("jiuzhu.db"))));
  fs::create_directories(folder_ / "other" / "keys");
  EXPECT_EQ(refusal(restore_to("other")), "") << "a folder for the keys may be there";
}

TEST_F(BackupTest, NoticesEveryChange) {
  struct Change {
    std::string name;
    std::optional<std::string> content;
    std::string key;
  };
  const std::string photo = "attachments/" + attachment_.to_text().substr(0, 2) + "/" +
                            attachment_.to_text().substr(2, 2) + "/" + attachment_.to_text();
  const std::vector<Change> changes{
      {"database", "something else", "restore.part_altered"},
      {"database", std::nullopt, "archive.entry_missing"},
      {photo, "\xFF\xD8\xFF fake!", "restore.part_altered"},
      {photo, std::nullopt, "archive.entry_missing"},
      {"attachments/../../evil", "x", "restore.stranger"},
      {"manifest.json", "{}", "restore.no_backup"},
      {"manifest.mac", std::string(64, '0'), "restore.manifest_altered"},
      {"manifest.mac", std::nullopt, "restore.no_backup"},
  };
  for (const Change& change : changes) {
    ASSERT_TRUE(back_up_to("a.zip"));
    tamper(change.name, change.content);
    EXPECT_EQ(refusal(restore_to("other")), change.key) << change.name;
    EXPECT_FALSE(fs::exists(folder_ / "other")) << change.name;
    fs::remove(folder_ / "a.zip");
  }
}

TEST_F(BackupTest, NoticesAManifestThatWasMadeToFit) {
  ASSERT_TRUE(back_up_to("a.zip"));
  auto archive = ArchiveReader::open(folder_ / "a.zip").value();
  std::string manifest = archive.read_text("manifest.json", 1U << 20).value();
  manifest.replace(manifest.find("\"rows\": 1"), 9, "\"rows\": 2");
  tamper("manifest.json", manifest);
  EXPECT_EQ(refusal(restore_to("other")), "restore.manifest_altered");
}

TEST_F(BackupTest, BringsAnOlderSchemaUpAndRefusesANewerOne) {
  ASSERT_TRUE(back_up_to("a.zip"));
  auto fewer = migrations_;
  std::erase_if(fewer, [](const auto& each) { return each.name.ends_with(".postgresql"); });
  std::sort(fewer.begin(), fewer.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  const std::string last = fewer.back().name;
  fewer.pop_back();
  migrations_.swap(fewer);
  const auto refused = restore_to("other");
  ASSERT_EQ(refusal(refused), "restore.newer_program");
  EXPECT_THAT(refused.error().params, testing::Contains(testing::Pair("name", last)));
  migrations_.swap(fewer);
  migrations_.push_back({"2999_0001_add_thing", "create table thing (id text primary key);"});
  const auto restored = restore_to("other");
  ASSERT_TRUE(restored) << restored.error().key;
  EXPECT_THAT(restored->migrated, testing::ElementsAre("2999_0001_add_thing"));
}

TEST_F(BackupTest, RefusesAnotherKindOfDatabase) {
  ASSERT_TRUE(back_up_to("a.zip"));
  Places places = places_at("other");
  places.database_address = "host=/nowhere dbname=jiuzhu";
  const auto refused = restore(places, migrations_, clock_, {.archive = folder_ / "a.zip", .keys_from = {}},
                               [](const std::string&, const MessageParams&) {});
  EXPECT_EQ(refusal(refused), "restore.other_database");
}

TEST_F(BackupTest, RefusesTargetsThatWouldNotHelp) {
  EXPECT_EQ(back_up_to("missing/a.zip").error().key, "backup.folder_missing");
  EXPECT_EQ(back_up_to("missing/").error().key, "backup.folder_missing");
  EXPECT_EQ(back_up_to("data/a.zip").error().key, "backup.inside_data");
  EXPECT_EQ(back_up_to("data").error().key, "backup.inside_data");
  ASSERT_TRUE(back_up_to("a.zip"));
  EXPECT_EQ(back_up_to("a.zip").error().key, "backup.file_exists");
}

TEST_F(BackupTest, KeepsTheNewestInAFolder) {
  fs::create_directory(folder_ / "backups");
  std::ofstream(folder_ / "backups" / "jiuzhu-letter.zip") << "not a backup";
  for (int day = 0; day < 4; ++day) {
    ASSERT_TRUE(back_up_to("backups", false, 2));
    clock_.advance_days(1);
  }
  EXPECT_THAT(names_in(folder_ / "backups"),
              testing::ElementsAre("jiuzhu-20190804-090000.zip", "jiuzhu-20190805-090000.zip", "jiuzhu-letter.zip"));
}

TEST_F(BackupTest, NamesDamagedAttachmentsAndKeepsThem) {
  const std::string hex = attachment_.to_text();
  std::ofstream(places_.attachments() / hex.substr(0, 2) / hex.substr(2, 2) / hex, std::ios::app) << "!";
  const auto report = back_up_to("a.zip");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->damaged.size(), 1U);
  EXPECT_TRUE(restore_to("other"));
}

TEST(SizeText, IsForPeople) {
  EXPECT_EQ(size_text(0), "0.0 MiB");
  EXPECT_EQ(size_text(1), "1 KiB");
  EXPECT_EQ(size_text(12'900'000), "12.3 MiB");
}

}  // namespace
}  // namespace jiuzhu::operations

#pragma once
// For tests: an installation on SQLite in a temporary folder, with a sealed value, an attachment and an audit record.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "kernel/test/world.hpp"
#include "modules/operations/backup.hpp"
#include "platform/files/content_store.hpp"

namespace jiuzhu::operations::test {

inline std::vector<db::Migration> embedded_migrations() {
  std::vector<db::Migration> migrations;
  for (const auto& file : embedded::migrations())
    migrations.push_back({std::string(file.name), std::string(file.content)});
  return migrations;
}

class InstallationTest : public testing::Test {
 protected:
  InstallationTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jiuzhu-installation-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    places_ = places_at("data");
    std::filesystem::create_directories(places_.key_file.parent_path());
    ::chmod(places_.data_folder.c_str(), 0700);
    vault_ = std::make_unique<Vault>(Vault::create(places_.key_file, random_).value());
    database_ = db::Database::open(places_.database_address).value();
    world_ = std::make_unique<Surroundings>(Surroundings{*database_, clock_, random_, *vault_});
    fill();
  }
  ~InstallationTest() override {
    world_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  Places places_at(const std::string& name) const {
    return {.database_address = "sqlite:" + (folder_ / name / "jiuzhu.db").string(),
            .data_folder = folder_ / name,
            .key_file = folder_ / name / "keys" / "vault.key"};
  }
  Result<BackupReport> back_up_to(const std::string& name, bool with_keys = false, int keep = 0) {
    return back_up(*world_, places_, columns_,
                   {.to = folder_ / name, .with_keys = with_keys, .keep = keep, .program_version = "1.2.3"},
                   [](const std::string&, const MessageParams&) {});
  }
  template <class Function>
  void write(Function&& function) {
    ASSERT_TRUE(database_->write([&](db::Transaction& tx) -> Status {
      function(tx);
      return {};
    }));
  }
  void add_user(const std::string& id, const std::string& secret) {
    write([&](db::Transaction& tx) {
      tx.execute({"test.user",
                  "insert into app_user (id, login, name, region, password_hash, is_disabled, failed_count, "
                  "locked_until, must_change_password, totp_secret, totp_counter, created_at) "
                  "values (?, ?, 'n', '140302', 'h', 0, 0, 0, 0, ?, 0, 0)"},
                 id, id, vault_->seal(secret, kContext));
      append_audit(tx, *vault_, "140302", Actor{.name = "operator", .region = *RegionCode::parse("140302")},
                   clock_.now(), {{.action = "user.created", .subject_kind = "user", .subject_id = id}});
    });
  }

  static constexpr std::string_view kContext = "user.totp_secret";
  const SealedColumns columns_{{"app_user", "totp_secret", {"id"}, "region", kContext}};
  std::filesystem::path folder_;
  Places places_;
  jiuzhu::test::ManualClock clock_;
  SeededRandom random_{11};
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<Surroundings> world_;
  Digest attachment_;

 private:
  void fill() {
    ASSERT_TRUE(db::migrate(*database_, embedded_migrations(), clock_.now()));
    add_user("u1", "first secret");
    const ContentStore store(places_.attachments());
    const std::string photo = "\xFF\xD8\xFF photo";
    attachment_ = store.put({reinterpret_cast<const std::uint8_t*>(photo.data()), photo.size()}).value().digest;
  }
};

}  // namespace jiuzhu::operations::test

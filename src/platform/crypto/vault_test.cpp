#include "platform/crypto/vault.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <thread>

#include "base/seeded_random.hpp"

namespace jiuzhu {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kNumber = "140399199001011234";
constexpr std::string_view kContext = "person.citizen_number";

class VaultTest : public testing::Test {
 protected:
  VaultTest() {
    std::string pattern = (fs::temp_directory_path() / "jiuzhu-vault-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    key_file_ = folder_ / "vault.key";
  }
  ~VaultTest() override { fs::remove_all(folder_); }

  Vault create() { return Vault::create(key_file_, random_).value(); }
  std::string text_of_file() const {
    std::ifstream file(key_file_);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write_file(const std::string& text) const {
    std::ofstream(key_file_, std::ios::trunc) << text;
    ::chmod(key_file_.c_str(), 0600);
  }
  std::string key_of_open() const {
    const auto vault = Vault::open(key_file_);
    return vault ? "" : vault.error().key;
  }

  fs::path folder_;
  fs::path key_file_;
  SeededRandom random_{42};
};

TEST_F(VaultTest, OpensWhatItSealed) {
  const Vault vault = create();
  const auto sealed = vault.seal(kNumber, kContext);
  EXPECT_EQ(sealed.size(), 1 + 12 + kNumber.size() + 16);
  EXPECT_EQ(sealed[0], 1);
  EXPECT_EQ(vault.open(sealed, kContext).value(), kNumber);
  EXPECT_EQ(vault.open(vault.seal("", kContext), kContext).value(), "");
  EXPECT_EQ(std::string(sealed.begin(), sealed.end()).find(kNumber), std::string::npos);
  EXPECT_EQ(Vault::open(key_file_).value().open(sealed, kContext).value(), kNumber);
}

TEST_F(VaultTest, NeverSealsTheSameWayTwice) {
  const Vault vault = create();
  std::set<std::vector<std::uint8_t>> seen;
  for (int i = 0; i < 500; ++i) seen.insert(vault.seal(kNumber, kContext));
  EXPECT_EQ(seen.size(), 500U);
}

TEST_F(VaultTest, RefusesEveryChangedByte) {
  const Vault vault = create();
  const auto sealed = vault.seal(kNumber, kContext);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= 0x80;
    const auto opened = vault.open(changed, kContext);
    ASSERT_FALSE(opened) << i;
    EXPECT_EQ(opened.error().key, i == 0 ? "vault.key_version_unknown" : "vault.sealed_damaged");
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(vault.open(std::span(sealed).first(size), kContext)) << size;
  }
}

TEST_F(VaultTest, RefusesAnotherContext) {
  const Vault vault = create();
  const auto opened = vault.open(vault.seal(kNumber, kContext), "person.phone");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().key, "vault.sealed_damaged");
}

TEST_F(VaultTest, RefusesWhatAnotherVaultSealed) {
  const Vault vault = create();
  const Vault other = Vault::create(folder_ / "other.key", random_).value();
  const auto opened = other.open(vault.seal(kNumber, kContext), kContext);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().key, "vault.sealed_damaged");
  EXPECT_NE(vault.index(kNumber, kContext), other.index(kNumber, kContext));
}

TEST_F(VaultTest, IndexFindsEqualValuesOfOneContextOnly) {
  const Vault vault = create();
  EXPECT_EQ(vault.index(kNumber, kContext), vault.index(kNumber, kContext));
  EXPECT_NE(vault.index(kNumber, kContext), vault.index("140399199001011235", kContext));
  EXPECT_NE(vault.index(kNumber, kContext), vault.index(kNumber, "register.citizen_number"));
  EXPECT_NE(vault.index(kNumber, kContext), sm3(kNumber));
}

TEST_F(VaultTest, RotationKeepsOldRecordsAndIndexes) {
  Vault vault = create();
  const auto old_sealed = vault.seal(kNumber, kContext);
  const Digest old_index = vault.index(kNumber, kContext);
  EXPECT_TRUE(vault.is_current(old_sealed));
  ASSERT_TRUE(vault.rotate(random_));
  EXPECT_EQ(vault.current_version(), 2);
  EXPECT_FALSE(vault.is_current(old_sealed));
  EXPECT_FALSE(vault.is_current({}));
  EXPECT_EQ(vault.open(old_sealed, kContext).value(), kNumber);
  EXPECT_EQ(vault.index(kNumber, kContext), old_index);
  const auto sealed = vault.seal(kNumber, kContext);
  EXPECT_EQ(sealed[0], 2);
  EXPECT_TRUE(vault.is_current(sealed));

  const Vault reopened = Vault::open(key_file_).value();
  EXPECT_EQ(reopened.current_version(), 2);
  EXPECT_EQ(reopened.open(old_sealed, kContext).value(), kNumber);
  EXPECT_EQ(reopened.open(sealed, kContext).value(), kNumber);
  EXPECT_FALSE(fs::exists(folder_ / "vault.key.new"));
}

TEST_F(VaultTest, ARunningServerLearnsOfARotationElsewhere) {
  const Vault server = create();
  Vault command = Vault::open(key_file_).value();
  ASSERT_TRUE(command.rotate(random_));
  const auto sealed = command.seal(kNumber, kContext);
  EXPECT_EQ(server.current_version(), 1);
  EXPECT_EQ(server.open(sealed, kContext).value(), kNumber);
  EXPECT_EQ(server.current_version(), 2);
}

TEST_F(VaultTest, RotatesOnTopOfWhatAnotherProcessWrote) {
  Vault first = create();
  Vault second = Vault::open(key_file_).value();
  ASSERT_TRUE(first.rotate(random_));
  ASSERT_TRUE(second.rotate(random_));
  EXPECT_EQ(second.current_version(), 3);
  EXPECT_TRUE(second.open(first.seal(kNumber, kContext), kContext));
}

TEST_F(VaultTest, VersionsEndAt255) {
  Vault vault = create();
  for (int i = 1; i < 255; ++i) ASSERT_TRUE(vault.rotate(random_));
  const auto refused = vault.rotate(random_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "vault.versions_exhausted");
  EXPECT_EQ(Vault::open(key_file_).value().current_version(), 255);
}

TEST_F(VaultTest, KeepsItsFilePrivateWhateverTheUmask) {
  const mode_t before = ::umask(0);
  Vault vault = create();
  struct stat status{};
  ASSERT_EQ(::stat(key_file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_TRUE(vault.rotate(random_));
  ::umask(before);
  ASSERT_EQ(::stat(key_file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(VaultTest, RefusesAFileThatOthersMayRead) {
  create();
  for (const mode_t mode : {0640U, 0604U, 0620U, 0602U, 0610U, 0644U, 0777U}) {
    ASSERT_EQ(::chmod(key_file_.c_str(), mode), 0);
    EXPECT_EQ(key_of_open(), "vault.key_file_mode") << std::oct << mode;
  }
  ASSERT_EQ(::chmod(key_file_.c_str(), 0400), 0);
  EXPECT_EQ(key_of_open(), "");
}

TEST_F(VaultTest, RefusesAFileOfAnotherUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  create();
  ASSERT_EQ(::chown(key_file_.c_str(), 12345, 12345), 0);
  EXPECT_EQ(key_of_open(), "vault.key_file_owner");
}

TEST_F(VaultTest, RefusesMissingAndExistingFiles) {
  EXPECT_EQ(key_of_open(), "vault.key_file_missing");
  create();
  const std::string before = text_of_file();
  const auto again = Vault::create(key_file_, random_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().key, "vault.key_file_exists");
  EXPECT_EQ(text_of_file(), before);
}

TEST_F(VaultTest, RefusesADamagedFile) {
  Vault vault = create();
  ASSERT_TRUE(vault.rotate(random_));
  const std::string text = text_of_file();
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == '0' ? '1' : '0';
    write_file(changed);
    EXPECT_EQ(key_of_open(), "vault.key_file_damaged") << i;
    write_file(text.substr(0, i));
    EXPECT_EQ(key_of_open(), "vault.key_file_damaged") << i;
  }
  write_file(text);
  EXPECT_EQ(key_of_open(), "");
}

TEST_F(VaultTest, SealsUnderANewKeyAsSoonAsAnotherProcessMadeIt) {
  const Vault serving = create();
  ASSERT_EQ(serving.seal(kNumber, kContext)[0], 1);
  ASSERT_TRUE(Vault::open(key_file_).value().rotate(random_));
  EXPECT_EQ(serving.seal(kNumber, kContext)[0], 2);
  fs::remove(key_file_);
  EXPECT_EQ(serving.seal(kNumber, kContext)[0], 2) << "goes on with the keys it knows";
  create();
  const auto sealed = serving.seal(kNumber, kContext);
  EXPECT_EQ(sealed[0], 2) << "another vault's file changes nothing";
  EXPECT_EQ(serving.open(sealed, kContext).value(), kNumber);
}

TEST_F(VaultTest, ServesManyThreadsDuringARotation) {
  Vault vault = create();
  const auto sealed = vault.seal(kNumber, kContext);
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 200; ++j) {
          if (vault.open(vault.seal(kNumber, kContext), kContext) != std::string(kNumber)) ++wrong;
          if (vault.open(sealed, kContext) != std::string(kNumber)) ++wrong;
        }
      });
    }
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(vault.rotate(random_));
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace jiuzhu

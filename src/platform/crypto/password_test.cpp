#include "platform/crypto/password.hpp"

#include <botan/argon2.h>
#include <botan/hex.h>
#include <gtest/gtest.h>

#include "base/seeded_random.hpp"
#include "platform/crypto/random.hpp"

namespace jiuzhu {
namespace {

TEST(Password, LibraryMatchesRfc9106) {
  // RFC 9106, section 5.3, with its secret and associated data, which our own calls do not use.
  const std::vector<std::uint8_t> password(32, 1);
  const std::vector<std::uint8_t> salt(16, 2);
  const std::vector<std::uint8_t> secret(8, 3);
  const std::vector<std::uint8_t> associated(12, 4);
  std::vector<std::uint8_t> tag(32);
  Botan::argon2(tag.data(), tag.size(), reinterpret_cast<const char*>(password.data()), password.size(), salt.data(),
                salt.size(), secret.data(), secret.size(), associated.data(), associated.size(), 2, 4, 32, 3);
  EXPECT_EQ(Botan::hex_encode(tag, false), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

TEST(Password, VerifiesATextOfTheReferenceProgram) {
  // Test vector of the reference implementation's own suite (m = 2^16, t = 2, p = 1).
  constexpr std::string_view kStored =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  EXPECT_TRUE(verify_password("password", kStored));
  EXPECT_FALSE(verify_password("Password", kStored));
  EXPECT_TRUE(needs_rehash(kStored));
}

TEST(Password, VerifiesItsOwnTextAndNoOther) {
  SystemRandom random;
  const std::string stored = hash_password("救助站 2019!", random);
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << stored;
  EXPECT_TRUE(verify_password("救助站 2019!", stored));
  EXPECT_FALSE(verify_password("救助站 2019", stored));
  EXPECT_FALSE(verify_password("", stored));
  EXPECT_FALSE(needs_rehash(stored));
  EXPECT_NE(hash_password("救助站 2019!", random), stored);
}

TEST(Password, RefusesDamagedAndExtravagantTexts) {
  SeededRandom random(1);
  const std::string stored = hash_password("a", random, {.memory_kib = 64, .passes = 1, .lanes = 1});
  ASSERT_TRUE(verify_password("a", stored));
  EXPECT_TRUE(needs_rehash(stored));
  for (std::size_t size = 0; size + 30 < stored.size(); ++size) {
    EXPECT_FALSE(verify_password("a", std::string_view(stored).substr(0, size))) << size;
  }
  for (const char* text :
       {"", "a", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=4294967296,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1000000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=-1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=1$c29t*XNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$"}) {
    EXPECT_FALSE(verify_password("password", text)) << text;
    EXPECT_TRUE(needs_rehash(text)) << text;
  }
}

}  // namespace
}  // namespace jiuzhu

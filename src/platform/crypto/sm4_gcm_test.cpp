#include "platform/crypto/sm4_gcm.hpp"

#include <botan/block_cipher.h>
#include <botan/hex.h>
#include <gtest/gtest.h>

namespace jiuzhu {
namespace {

using Bytes = std::vector<std::uint8_t>;

// RFC 8998, appendix A.1.
const Bytes kKey = Botan::hex_decode("0123456789ABCDEFFEDCBA9876543210");
const Bytes kNonce = Botan::hex_decode("00001234567800000000ABCD");
const Bytes kAssociated = Botan::hex_decode("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
const Bytes kPlaintext = Botan::hex_decode(
    "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
    "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA");
const std::string kCiphertextAndTag =
    "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
    "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
    "83DE3541E4C2B58177E065A9BF7B62EC";

std::span<const std::uint8_t, kSm4KeySize> key_of(const Bytes& bytes) {
  return std::span<const std::uint8_t, kSm4KeySize>(bytes.data(), kSm4KeySize);
}
std::span<const std::uint8_t, kGcmNonceSize> nonce_of(const Bytes& bytes) {
  return std::span<const std::uint8_t, kGcmNonceSize>(bytes.data(), kGcmNonceSize);
}

TEST(Sm4, BlockMatchesTheExampleOfTheStandard) {
  // GB/T 32907-2016, appendix A: the library under us, checked where it is hidden.
  const auto cipher = Botan::BlockCipher::create_or_throw("SM4");
  cipher->set_key(kKey);
  Bytes block = kKey;
  cipher->encrypt(block);
  EXPECT_EQ(Botan::hex_encode(block), "681EDF34D206965E86B3E94F536E4246");
}

TEST(Sm4Gcm, MatchesRfc8998) {
  const Bytes sealed = sm4_gcm_seal(key_of(kKey), nonce_of(kNonce), kAssociated, kPlaintext);
  EXPECT_EQ(Botan::hex_encode(sealed), kCiphertextAndTag);
  EXPECT_EQ(sm4_gcm_open(key_of(kKey), nonce_of(kNonce), kAssociated, sealed), kPlaintext);
}

TEST(Sm4Gcm, RefusesEveryChangedPart) {
  const Bytes sealed = sm4_gcm_seal(key_of(kKey), nonce_of(kNonce), kAssociated, kPlaintext);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    EXPECT_FALSE(sm4_gcm_open(key_of(kKey), nonce_of(kNonce), kAssociated, changed)) << i;
  }
  Bytes other_key = kKey;
  other_key[15] ^= 1;
  Bytes other_nonce = kNonce;
  other_nonce[0] ^= 1;
  EXPECT_FALSE(sm4_gcm_open(key_of(other_key), nonce_of(kNonce), kAssociated, sealed));
  EXPECT_FALSE(sm4_gcm_open(key_of(kKey), nonce_of(other_nonce), kAssociated, sealed));
  EXPECT_FALSE(sm4_gcm_open(key_of(kKey), nonce_of(kNonce), Bytes{}, sealed));
  EXPECT_FALSE(sm4_gcm_open(key_of(kKey), nonce_of(kNonce), kAssociated, Bytes(sealed.begin(), sealed.end() - 1)));
  EXPECT_FALSE(sm4_gcm_open(key_of(kKey), nonce_of(kNonce), kAssociated, Bytes(15)));
}

}  // namespace
}  // namespace jiuzhu

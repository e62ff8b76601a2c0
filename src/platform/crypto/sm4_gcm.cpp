#include "platform/crypto/sm4_gcm.hpp"

#include <botan/aead.h>
#include <botan/exceptn.h>

namespace jiuzhu {
namespace {

std::unique_ptr<Botan::AEAD_Mode> prepare(Botan::Cipher_Dir direction, std::span<const std::uint8_t, kSm4KeySize> key,
                                          std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                          std::span<const std::uint8_t> associated) {
  auto mode = Botan::AEAD_Mode::create_or_throw("SM4/GCM", direction);
  mode->set_key(key.data(), key.size());
  mode->set_associated_data(associated.data(), associated.size());
  mode->start(nonce.data(), nonce.size());
  return mode;
}

}  // namespace

std::vector<std::uint8_t> sm4_gcm_seal(std::span<const std::uint8_t, kSm4KeySize> key,
                                       std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                       std::span<const std::uint8_t> associated,
                                       std::span<const std::uint8_t> plaintext) {
  const auto mode = prepare(Botan::ENCRYPTION, key, nonce, associated);
  Botan::secure_vector<std::uint8_t> buffer(plaintext.begin(), plaintext.end());
  mode->finish(buffer);
  return {buffer.begin(), buffer.end()};
}

std::optional<std::vector<std::uint8_t>> sm4_gcm_open(std::span<const std::uint8_t, kSm4KeySize> key,
                                                      std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                                      std::span<const std::uint8_t> associated,
                                                      std::span<const std::uint8_t> ciphertext_and_tag) {
  if (ciphertext_and_tag.size() < kGcmTagSize) return std::nullopt;
  const auto mode = prepare(Botan::DECRYPTION, key, nonce, associated);
  Botan::secure_vector<std::uint8_t> buffer(ciphertext_and_tag.begin(), ciphertext_and_tag.end());
  try {
    mode->finish(buffer);
  } catch (const Botan::Invalid_Authentication_Tag&) {
    return std::nullopt;
  }
  return std::vector<std::uint8_t>(buffer.begin(), buffer.end());
}

}  // namespace jiuzhu

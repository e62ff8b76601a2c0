#pragma once
// SM4 (GB/T 32907-2016) in Galois/counter mode (RFC 8998). Business code seals through the Vault, which owns keys and
// nonces; this is the bare algorithm. Any thread may call.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace jiuzhu {

constexpr std::size_t kSm4KeySize = 16;
constexpr std::size_t kGcmNonceSize = 12;
constexpr std::size_t kGcmTagSize = 16;

/// The ciphertext with its tag behind it. A nonce used twice under one key breaks the secrecy and authenticity of both
/// messages: draw it at random, at most 2^32 times a key (NIST SP 800-38D, section 8.3).
std::vector<std::uint8_t> sm4_gcm_seal(std::span<const std::uint8_t, kSm4KeySize> key,
                                       std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                       std::span<const std::uint8_t> associated,
                                       std::span<const std::uint8_t> plaintext);

/// Nothing when the key, the nonce, the associated bytes or any byte of the message differ.
std::optional<std::vector<std::uint8_t>> sm4_gcm_open(std::span<const std::uint8_t, kSm4KeySize> key,
                                                      std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                                      std::span<const std::uint8_t> associated,
                                                      std::span<const std::uint8_t> ciphertext_and_tag);

}  // namespace jiuzhu

#pragma once
// Identifiers are version 7 UUIDs (RFC 9562): they sort by time of creation and an offline client can make its own.
// Each kind of thing has its own type, so that a person's id cannot be passed for a case's.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace jiuzhu {

class Uuid {
 public:
  Uuid() = default;  // the nil UUID
  /// `random` supplies 74 random bits; two ids of one millisecond are ordered by it.
  static Uuid version_7(Instant now, const std::array<std::uint8_t, 10>& random);
  /// Accepts 36 characters, lower or upper case.
  static std::optional<Uuid> parse(std::string_view text);

  bool is_nil() const { return *this == Uuid(); }
  std::string to_text() const;
  auto operator<=>(const Uuid&) const = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(Uuid uuid) : uuid_(uuid) {}
  static std::optional<Id> parse(std::string_view text) {
    const auto uuid = Uuid::parse(text);
    return uuid ? std::optional<Id>(Id(*uuid)) : std::nullopt;
  }

  bool is_nil() const { return uuid_.is_nil(); }
  std::string to_text() const { return uuid_.to_text(); }
  auto operator<=>(const Id&) const = default;

 private:
  Uuid uuid_;
};

}  // namespace jiuzhu

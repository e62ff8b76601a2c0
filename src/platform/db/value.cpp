#include "platform/db/value.hpp"

#include <charconv>

namespace jiuzhu::db {
namespace {

std::uint8_t nibble(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  JZ_ASSERT(c >= 'a' && c <= 'f');
  return static_cast<std::uint8_t>(c - 'a' + 10);
}

}  // namespace

Cell Cell::integer(std::int64_t value) {
  Cell cell;
  cell.kind_ = Kind::integer;
  cell.integer_ = value;
  return cell;
}

Cell Cell::text(std::string_view value) {
  Cell cell;
  cell.kind_ = Kind::text;
  cell.text_ = value;
  return cell;
}

Cell Cell::bytes(std::string_view value) {
  Cell cell = text(value);
  cell.kind_ = Kind::bytes;
  return cell;
}

Cell Cell::hex(std::string_view value) {
  Cell cell = text(value);
  cell.kind_ = Kind::hex;
  return cell;
}

std::int64_t Cell::as_int() const {
  if (kind_ == Kind::integer) return integer_;
  JZ_ASSERT(kind_ == Kind::text);
  if (text_ == "t") return 1;  // PostgreSQL's form of a comparison's result
  if (text_ == "f") return 0;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
  JZ_ASSERT(error == std::errc() && end == text_.data() + text_.size());
  return value;
}

std::string_view Cell::as_text() const {
  JZ_ASSERT(kind_ == Kind::text);
  return text_;
}

Bytes Cell::as_bytes() const {
  if (kind_ == Kind::bytes) return Bytes(text_.begin(), text_.end());
  JZ_ASSERT(kind_ == Kind::hex && text_.starts_with("\\x"));
  Bytes bytes;
  bytes.reserve(text_.size() / 2);
  for (std::size_t i = 2; i + 1 < text_.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(nibble(text_[i]) * 16 + nibble(text_[i + 1])));
  }
  return bytes;
}

}  // namespace jiuzhu::db

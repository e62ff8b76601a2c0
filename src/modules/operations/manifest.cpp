#include "modules/operations/manifest.hpp"

#include "base/text.hpp"

namespace jiuzhu::operations {
namespace {

constexpr std::string_view kManifestContext = "backup.manifest";

std::optional<std::uint8_t> nibble(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  return std::nullopt;
}

}  // namespace

bool is_attachment_path(std::string_view relative) {
  if (relative.size() != 70 || relative[2] != '/' || relative[5] != '/') return false;
  const std::string_view name = relative.substr(6);
  return Digest::parse(name) && name.substr(0, 2) == relative.substr(0, 2) &&
         name.substr(2, 2) == relative.substr(3, 2);
}

std::string to_hex(const db::Bytes& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::optional<db::Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  db::Bytes bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = nibble(text[i]);
    const auto low = nibble(text[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(*high * 16 + *low));
  }
  return bytes;
}

std::string manifest_mac(const Vault& vault, std::string_view manifest) {
  return vault.index(manifest, kManifestContext).to_text();
}

Result<Manifest> parse_manifest(std::string_view text) {
  const auto value = json::parse(text);
  const json::Value* format = value ? value->find("format") : nullptr;
  if (!format || !format->as_text()) return refuse(ErrorCode::invalid_input, "restore.no_backup");
  if (*format->as_text() != kBackupFormat) {
    return refuse(ErrorCode::invalid_input, "restore.format_unknown", {{"format", *format->as_text()}});
  }
  auto manifest = json::read_text<Manifest>(text);
  if (!manifest) return refuse(ErrorCode::invalid_input, "restore.no_backup");
  return std::move(*manifest);
}

Status check_keys(const Vault& vault, const Manifest& manifest, std::string_view text, std::string_view mac) {
  for (const ManifestSample& sample : manifest.samples) {
    const auto sealed = from_hex(sample.sealed);
    if (!sealed || !vault.open(*sealed, sample.context)) {
      return refuse(ErrorCode::conflict, "restore.key_does_not_open", {{"context", sample.context}});
    }
  }
  if (trim(mac) != manifest_mac(vault, text)) return refuse(ErrorCode::conflict, "restore.manifest_altered");
  return {};
}

const char* name_of(db::Dialect dialect) { return dialect == db::Dialect::sqlite ? "sqlite" : "postgresql"; }

}  // namespace jiuzhu::operations

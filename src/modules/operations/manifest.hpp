#pragma once
// What a backup says about itself. It stands in the archive as manifest.json, and manifest.mac is its HMAC-SM3 under a
// key that the key file derives: whoever changes a part must change its digest here, and cannot.

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "kernel/audit/audit.hpp"
#include "platform/db/applied_migrations.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::operations {

/// Changes when an older program could not read the archive rightly.
inline constexpr std::string_view kBackupFormat = "jiuzhu-backup-1";

inline constexpr const char* kManifestEntry = "manifest.json";
inline constexpr const char* kManifestMacEntry = "manifest.mac";
inline constexpr const char* kDatabaseEntry = "database";
inline constexpr const char* kAnchorsEntry = "audit-anchors.jsonl";
inline constexpr const char* kKeysEntry = "keys/vault.key";
inline constexpr std::string_view kAttachmentsFolder = "attachments/";

struct ManifestPart {
  std::string name;  // the entry's
  std::int64_t size = 0;
  std::string sm3;
};
BOOST_DESCRIBE_STRUCT(ManifestPart, (), (name, size, sm3))

struct ManifestTable {
  std::string name;
  std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(ManifestTable, (), (name, rows))

/// A sealed value as it stands in the database: a key file that opens one of each kind opens the archive's data.
struct ManifestSample {
  std::string context;
  std::string sealed;  // hexadecimal
};
BOOST_DESCRIBE_STRUCT(ManifestSample, (), (context, sealed))

struct Manifest {
  std::string format;
  std::string program_version;
  std::string made_at;
  std::string database;  // "sqlite" or "postgresql"
  std::vector<db::AppliedMigration> migrations;
  std::vector<ManifestTable> tables;
  std::vector<AuditAnchor> audit_heads;
  std::vector<ManifestSample> samples;
  std::vector<ManifestPart> parts;
};
BOOST_DESCRIBE_STRUCT(Manifest, (),
                      (format, program_version, made_at, database, migrations, tables, audit_heads, samples, parts))

/// "ab/cd/abcd…": how the content store lays out what it keeps. Nothing else below its folder is an attachment.
bool is_attachment_path(std::string_view relative);

std::string to_hex(const db::Bytes& bytes);
/// Nothing for what is no even number of hexadecimal digits.
std::optional<db::Bytes> from_hex(std::string_view text);

std::string manifest_mac(const Vault& vault, std::string_view manifest);

/// Refuses with "restore.no_backup" for what is none, and "restore.format_unknown" {format} for one of a later program.
Result<Manifest> parse_manifest(std::string_view text);

/// Refuses with "restore.key_does_not_open" when a sample stays shut, and with "restore.manifest_altered".
Status check_keys(const Vault& vault, const Manifest& manifest, std::string_view text, std::string_view mac);

const char* name_of(db::Dialect dialect);

}  // namespace jiuzhu::operations

namespace jiuzhu::json {

template <>
inline constexpr Meta meta<&operations::Manifest::parts>{.max_length = 100'000'000};

}  // namespace jiuzhu::json

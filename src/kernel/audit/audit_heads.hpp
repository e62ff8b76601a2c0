#pragma once
// The quick look at the audit chains, for a command that must not read every record.

#include <optional>
#include <vector>

#include "kernel/audit/audit.hpp"

namespace jiuzhu {

/// Whether each chain's head is authentic, its last record is there, and no anchor knows a longer or another chain.
/// What lies between is for verify_audit.
std::vector<AuditFault> check_audit_heads(db::Transaction& tx, const Vault& vault,
                                          const std::vector<AuditAnchor>& anchors);

/// When the newest record of any chain was written; nothing before the first.
std::optional<Instant> newest_audit_record(db::Transaction& tx);

}  // namespace jiuzhu

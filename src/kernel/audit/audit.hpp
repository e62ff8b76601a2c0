#pragma once
// The append-only record of every change and every reading of a person's file (regulation O-02, O-06; S1 art. 66(5)).
// Records of one county form a chain: each carries an HMAC-SM3 over its own content and its predecessor's. The key
// lives in the key file, so whoever can write to the database cannot make a valid chain. Cutting off the newest records
// is noticed through anchors: the heads of all chains, written to a file beside the key from time to time.
//
// Never put an identifier in the clear here: changes show masked forms.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "kernel/access/actor.hpp"
#include "platform/crypto/vault.hpp"
#include "platform/db/database.hpp"
#include "platform/json/value.hpp"

namespace jiuzhu {

/// What happened, from the use case's point of view.
struct AuditEntry {
  std::string action;        // "case.accepted"
  std::string subject_kind;  // "case", "person", "user"
  std::string subject_id;
  std::string basis = {};    // article, or the reason a person gave
  json::Value changes = {};  // {"field": {"before": …, "after": …}}, or null
};

struct AuditRecord {
  std::string chain;  // six digits: a county, or a city or province padded with zeros
  std::int64_t sequence = 0;
  Instant recorded_at;
  std::string actor_id;
  std::string actor_name;
  std::string actor_role;
  std::string actor_region;
  std::string action;
  std::string subject_kind;
  std::string subject_id;
  std::string basis;
  std::string changes;
  std::string mac;
};
BOOST_DESCRIBE_STRUCT(AuditRecord, (),
                      (chain, sequence, recorded_at, actor_id, actor_name, actor_role, actor_region, action,
                       subject_kind, subject_id, basis, changes, mac))

/// Appends in the use case's own transaction. Takes the chain's lock, so call it last.
void append_audit(db::Transaction& tx, const Vault& vault, const std::string& chain, const Actor& actor, Instant now,
                  const std::vector<AuditEntry>& entries);

/// The head of one chain at some moment.
struct AuditAnchor {
  std::string chain;
  std::int64_t sequence = 0;
  std::string mac;
};
BOOST_DESCRIBE_STRUCT(AuditAnchor, (), (chain, sequence, mac))

std::vector<AuditAnchor> audit_heads(db::Transaction& tx);

/// The first thing wrong with a chain.
struct AuditFault {
  std::string chain;
  std::int64_t sequence = 0;
  std::string key;  // "audit.altered", "audit.missing", "audit.head_altered", "audit.cut_off"
};

struct AuditReport {
  std::int64_t chains = 0;
  std::int64_t records = 0;
  std::vector<AuditFault> faults;  // at most one a chain
};

/// Reads everything and recomputes it. `anchors` are those written earlier.
AuditReport verify_audit(db::Transaction& tx, const Vault& vault, const std::vector<AuditAnchor>& anchors);

/// Where a chain stands; for pages that show it.
struct AuditChainState {
  std::string chain;
  std::int64_t sequence = 0;  // of the last record, and so their number
  std::string mac;
  std::optional<Instant> recorded_at;  // none when the last record is missing
};
BOOST_DESCRIBE_STRUCT(AuditChainState, (), (chain, sequence, mac, recorded_at))

/// Chains within the scope, by their names.
std::vector<AuditChainState> audit_chain_states(db::Transaction& tx, const Scope& scope);

/// verify_audit() of one chain. Nothing when there is no such chain.
std::optional<AuditReport> verify_audit_chain(db::Transaction& tx, const Vault& vault, const std::string& chain,
                                              const std::vector<AuditAnchor>& anchors);

/// The last record of a page, after which the next page goes on.
struct AuditCursor {
  Instant recorded_at;
  std::string chain = {};
  std::int64_t sequence = 0;
};

struct AuditFilter {
  Scope scope;
  std::optional<std::string> subject_id = {};
  std::optional<std::string> actor_id = {};
  std::optional<std::string> chain = {};
  std::optional<AuditCursor> after = {};
  int limit = 50;
};

/// Newest first.
std::vector<AuditRecord> list_audit(db::Transaction& tx, const AuditFilter& filter);

}  // namespace jiuzhu

#include "kernel/audit/audit.hpp"

#include <algorithm>
#include <map>

#include "kernel/audit/audit_heads.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu {
namespace {

struct Head {
  std::int64_t sequence = 0;
  std::string mac;
  std::string head_mac;
};
BOOST_DESCRIBE_STRUCT(Head, (), (sequence, mac, head_mac))

struct ChainHead {
  std::string chain;
  std::int64_t sequence = 0;
  std::string mac;
  std::string head_mac;
};
BOOST_DESCRIBE_STRUCT(ChainHead, (), (chain, sequence, mac, head_mac))

constexpr db::Statement kStartChain{"audit.start_chain",
                                    "insert into audit_chain (chain, sequence, mac, head_mac) values (?, 0, '', '') "
                                    "on conflict (chain) do nothing"};
// The update takes the row's lock, which both databases have; `for update` is PostgreSQL's alone.
constexpr db::Statement kLockChain{
    "audit.lock_chain",
    "update audit_chain set sequence = sequence + ? where chain = ? returning sequence, mac, head_mac"};
constexpr db::Statement kMoveHead{"audit.move_head", "update audit_chain set mac = ?, head_mac = ? where chain = ?"};
constexpr db::Statement kAppend{
    "audit.append",
    "insert into audit_record (chain, sequence, recorded_at, actor_id, actor_name, actor_role, actor_region, action, "
    "subject_kind, subject_id, basis, changes, mac) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr db::Statement kHeads{"audit.heads", "select chain, sequence, mac, head_mac from audit_chain order by chain"};
constexpr db::Statement kHead{"audit.head", "select chain, sequence, mac, head_mac from audit_chain where chain = ?"};
constexpr db::Statement kStates{"audit.states",
                                "select c.chain, c.sequence, c.mac, r.recorded_at from audit_chain c "
                                "left join audit_record r on r.chain = c.chain and r.sequence = c.sequence "
                                "where c.chain >= ? and c.chain < ? order by c.chain"};
constexpr db::Statement kWholeChain{
    "audit.whole_chain",
    "select chain, sequence, recorded_at, actor_id, actor_name, actor_role, actor_region, action, subject_kind, "
    "subject_id, basis, changes, mac from audit_record where chain = ? order by sequence"};
constexpr db::Statement kMacAt{"audit.mac_at", "select mac from audit_record where chain = ? and sequence = ?"};
constexpr db::Statement kLastRecords{
    "audit.last_records",
    "select r.recorded_at from audit_chain c join audit_record r on r.chain = c.chain and r.sequence = c.sequence"};
constexpr db::Statement kStrayChains{
    "audit.stray_chains",
    "select distinct chain from audit_record where chain not in (select chain from audit_chain) order by chain"};
constexpr db::Statement kList{
    "audit.list",
    "select chain, sequence, recorded_at, actor_id, actor_name, actor_role, actor_region, action, subject_kind, "
    "subject_id, basis, changes, mac from audit_record where chain >= ? and chain < ? "
    "and (? = '' or subject_id = ?) and (? = '' or actor_id = ?) and (? = '' or chain = ?) "
    "and (recorded_at < ? or (recorded_at = ? and (chain < ? or (chain = ? and sequence < ?)))) "
    "order by recorded_at desc, chain desc, sequence desc limit ?"};

constexpr std::string_view kKeyContext = "audit.record";
constexpr std::string_view kHeadContext = "audit.head";

/// JSON as the canonical form: it separates the fields without ambiguity.
std::string record_mac(const Vault& vault, const AuditRecord& record, std::string_view previous) {
  json::Value::Array parts;
  parts.emplace_back(previous);
  parts.emplace_back(record.chain);
  parts.emplace_back(record.sequence);
  parts.emplace_back(record.recorded_at.microseconds);
  for (const std::string* text :
       {&record.actor_id, &record.actor_name, &record.actor_role, &record.actor_region, &record.action,
        &record.subject_kind, &record.subject_id, &record.basis, &record.changes}) {
    parts.emplace_back(*text);
  }
  return vault.index(json::print(json::Value(std::move(parts))), kKeyContext).to_text();
}

std::string head_mac(const Vault& vault, const std::string& chain, std::int64_t sequence, const std::string& mac) {
  return vault.index(chain + "/" + std::to_string(sequence) + "/" + mac, kHeadContext).to_text();
}

class ChainVerifier {
 public:
  ChainVerifier(const Vault& vault, const ChainHead& head, std::map<std::int64_t, std::string> anchors)
      : vault_(vault), head_(head), anchors_(std::move(anchors)) {}

  void add(const AuditRecord& record) {
    ++count_;
    if (fault_) return;
    if (record.sequence != expected_) {
      fault_ = AuditFault{head_.chain, expected_, "audit.missing"};
      return;
    }
    if (record.mac != record_mac(vault_, record, previous_)) {
      fault_ = AuditFault{head_.chain, record.sequence, "audit.altered"};
      return;
    }
    const auto anchor = anchors_.find(record.sequence);
    if (anchor != anchors_.end() && anchor->second != record.mac) {
      fault_ = AuditFault{head_.chain, record.sequence, "audit.altered"};
      return;
    }
    previous_ = record.mac;
    ++expected_;
  }

  std::optional<AuditFault> finish() const {
    if (fault_) return fault_;
    const std::int64_t last = expected_ - 1;
    if (last != head_.sequence || previous_ != head_.mac ||
        (last > 0 && head_.head_mac != head_mac(vault_, head_.chain, last, previous_))) {
      return AuditFault{head_.chain, expected_, last < head_.sequence ? "audit.missing" : "audit.head_altered"};
    }
    if (!anchors_.empty() && anchors_.rbegin()->first > last)
      return AuditFault{head_.chain, expected_, "audit.cut_off"};
    return std::nullopt;
  }

  std::int64_t count() const { return count_; }

 private:
  const Vault& vault_;
  const ChainHead& head_;
  std::map<std::int64_t, std::string> anchors_;
  std::optional<AuditFault> fault_;
  std::string previous_;
  std::int64_t expected_ = 1;
  std::int64_t count_ = 0;
};

using AnchorsOfChain = std::map<std::int64_t, std::string>;

std::map<std::string, AnchorsOfChain> by_chain(const std::vector<AuditAnchor>& anchors) {
  std::map<std::string, AnchorsOfChain> result;
  for (const AuditAnchor& anchor : anchors) result[anchor.chain][anchor.sequence] = anchor.mac;
  return result;
}

void verify_one(db::Transaction& tx, const Vault& vault, const ChainHead& head, AnchorsOfChain anchors,
                AuditReport& report) {
  ++report.chains;
  ChainVerifier verifier(vault, head, std::move(anchors));
  tx.each<AuditRecord>(kWholeChain, [&](const AuditRecord& record) { verifier.add(record); }, head.chain);
  report.records += verifier.count();
  if (const auto fault = verifier.finish()) report.faults.push_back(*fault);
}

}  // namespace

void append_audit(db::Transaction& tx, const Vault& vault, const std::string& chain, const Actor& actor, Instant now,
                  const std::vector<AuditEntry>& entries) {
  if (entries.empty()) return;
  const auto count = static_cast<std::int64_t>(entries.size());
  auto head = tx.find<Head>(kLockChain, count, chain);
  if (!head) {
    tx.execute(kStartChain, chain);
    head = tx.get<Head>(kLockChain, count, chain);
  }
  std::int64_t sequence = head->sequence - count;
  std::string previous = head->mac;
  for (const AuditEntry& entry : entries) {
    AuditRecord record{.chain = chain,
                       .sequence = ++sequence,
                       .recorded_at = now,
                       .actor_id = actor.user.to_text(),
                       .actor_name = actor.name,
                       .actor_role = std::string(json::enum_text(actor.role)),
                       .actor_region = actor.region.to_text(),
                       .action = entry.action,
                       .subject_kind = entry.subject_kind,
                       .subject_id = entry.subject_id,
                       .basis = entry.basis,
                       .changes = json::print(entry.changes),
                       .mac = {}};
    record.mac = record_mac(vault, record, previous);
    previous = record.mac;
    tx.enqueue_row(kAppend, record);
  }
  tx.enqueue(kMoveHead, previous, head_mac(vault, chain, sequence, previous), chain);
}

std::vector<AuditAnchor> audit_heads(db::Transaction& tx) {
  std::vector<AuditAnchor> anchors;
  for (const auto& head : tx.select<ChainHead>(kHeads)) anchors.push_back({head.chain, head.sequence, head.mac});
  return anchors;
}

AuditReport verify_audit(db::Transaction& tx, const Vault& vault, const std::vector<AuditAnchor>& anchors) {
  AuditReport report;
  auto anchors_by_chain = by_chain(anchors);
  for (const ChainHead& head : tx.select<ChainHead>(kHeads)) {
    verify_one(tx, vault, head, std::move(anchors_by_chain[head.chain]), report);
    anchors_by_chain.erase(head.chain);
  }
  for (const auto& [chain, left] : anchors_by_chain) report.faults.push_back({chain, 1, "audit.cut_off"});
  for (const auto& chain : tx.select<std::string>(kStrayChains))
    report.faults.push_back({chain, 1, "audit.head_altered"});
  return report;
}

std::vector<AuditFault> check_audit_heads(db::Transaction& tx, const Vault& vault,
                                          const std::vector<AuditAnchor>& anchors) {
  std::map<std::string, AuditAnchor> longest;
  for (const AuditAnchor& anchor : anchors) {
    AuditAnchor& known = longest[anchor.chain];
    if (anchor.sequence > known.sequence) known = anchor;
  }
  std::vector<AuditFault> faults;
  for (const ChainHead& head : tx.select<ChainHead>(kHeads)) {
    const auto anchor = longest.find(head.chain);
    if (anchor != longest.end() && anchor->second.sequence > head.sequence) {
      faults.push_back({head.chain, head.sequence + 1, "audit.cut_off"});
    } else if (head.sequence > 0 && head.head_mac != head_mac(vault, head.chain, head.sequence, head.mac)) {
      faults.push_back({head.chain, head.sequence, "audit.head_altered"});
    } else if (head.sequence > 0 && tx.find<std::string>(kMacAt, head.chain, head.sequence) != head.mac) {
      faults.push_back({head.chain, head.sequence, "audit.missing"});
    } else if (anchor != longest.end() &&
               tx.find<std::string>(kMacAt, head.chain, anchor->second.sequence) != anchor->second.mac) {
      faults.push_back({head.chain, anchor->second.sequence, "audit.altered"});
    }
    longest.erase(head.chain);
  }
  for (const auto& [chain, anchor] : longest) faults.push_back({chain, 1, "audit.cut_off"});
  return faults;
}

std::optional<Instant> newest_audit_record(db::Transaction& tx) {
  std::optional<Instant> newest;
  for (const Instant instant : tx.select<Instant>(kLastRecords)) newest = std::max(newest.value_or(instant), instant);
  return newest;
}

std::vector<AuditChainState> audit_chain_states(db::Transaction& tx, const Scope& scope) {
  return tx.select<AuditChainState>(kStates, scope.from, scope.until);
}

std::optional<AuditReport> verify_audit_chain(db::Transaction& tx, const Vault& vault, const std::string& chain,
                                              const std::vector<AuditAnchor>& anchors) {
  const auto head = tx.find<ChainHead>(kHead, chain);
  if (!head) return std::nullopt;
  AuditReport report;
  verify_one(tx, vault, *head, std::move(by_chain(anchors)[chain]), report);
  return report;
}

std::vector<AuditRecord> list_audit(db::Transaction& tx, const AuditFilter& filter) {
  const std::string subject = filter.subject_id.value_or("");
  const std::string actor = filter.actor_id.value_or("");
  const std::string chain = filter.chain.value_or("");
  const AuditCursor after = filter.after.value_or(AuditCursor{.recorded_at = Instant{INT64_MAX}});
  return tx.select<AuditRecord>(kList, filter.scope.from, filter.scope.until, subject, subject, actor, actor, chain,
                                chain, after.recorded_at, after.recorded_at, after.chain, after.chain, after.sequence,
                                filter.limit);
}

}  // namespace jiuzhu

#include "audit_chains_http.hpp"

#include <algorithm>
#include <mutex>

namespace jiuzhu {

struct AuditChainView {
  std::string chain;
  std::string region_name;
  std::int64_t length = 0;
  std::optional<Instant> last_recorded_at;
  std::optional<std::int64_t> anchored_to;  // the last record that an anchor outside the database remembers
};
BOOST_DESCRIBE_STRUCT(AuditChainView, (), (chain, region_name, length, last_recorded_at, anchored_to))

struct AuditChainList {
  std::vector<AuditChainView> items;
};
BOOST_DESCRIBE_STRUCT(AuditChainList, (), (items))

struct AuditVerificationView {
  std::string chain;
  std::int64_t records = 0;
  bool is_sound = false;
  std::optional<std::int64_t> fault_at;  // the first record that is wrong
  std::optional<std::string> fault;      // what is wrong, and what to do
  std::optional<std::int64_t> anchored_to;
};
BOOST_DESCRIBE_STRUCT(AuditVerificationView, (), (chain, records, is_sound, fault_at, fault, anchored_to))

namespace {

std::optional<std::int64_t> last_anchor(const std::vector<AuditAnchor>& anchors, const std::string& chain) {
  std::optional<std::int64_t> last;
  for (const AuditAnchor& anchor : anchors) {
    if (anchor.chain == chain) last = std::max(last.value_or(0), anchor.sequence);
  }
  return last;
}

class ChainProver {
 public:
  ChainProver(const Surroundings& surroundings, AuditAnchors anchors, const Messages& messages)
      : surroundings_(surroundings), anchors_(std::move(anchors)), messages_(messages) {}

  const AuditAnchors& anchors() const { return anchors_; }

  Result<AuditVerificationView> prove(const Actor& actor, const std::string& chain, Language language) {
    JZ_TRY_VOID(require(actor, Permission::audit_read));
    const Scope scope = scope_of(actor);
    const auto missing = [] { return refuse(ErrorCode::not_found, "request.no_such_resource"); };
    if (chain < scope.from || chain >= scope.until) return missing();
    // A long chain keeps a processor busy for seconds: one at a time, and whoever waits learns what the first one
    // found.
    const std::lock_guard lock(mutex_);
    JZ_TRY(const auto known, anchors_.read());
    std::optional<AuditAnchor> head;
    const auto report = surroundings_.database.read([&](db::Transaction& tx) {
      for (const AuditChainState& state : audit_chain_states(tx, {chain, chain + "~"})) {
        if (state.chain == chain) head = AuditAnchor{chain, state.sequence, state.mac};
      }
      return verify_audit_chain(tx, surroundings_.vault, chain, known);
    });
    if (!report || !head) return missing();
    AuditVerificationView view{.chain = chain,
                               .records = report->records,
                               .is_sound = report->faults.empty(),
                               .fault_at = {},
                               .fault = {},
                               .anchored_to = last_anchor(known, chain)};
    if (view.is_sound) {
      JZ_TRY_VOID(anchors_.append({*head}));
      view.anchored_to = head->sequence;
    } else {
      const AuditFault& fault = report->faults.front();
      view.fault_at = fault.sequence;
      view.fault =
          messages_.text(language, fault.key, {{"chain", fault.chain}, {"sequence", std::to_string(fault.sequence)}});
    }
    JZ_TRY_VOID(record(actor, view));
    return view;
  }

 private:
  /// That somebody looked is itself a record, after those it proved.
  Status record(const Actor& actor, const AuditVerificationView& view) {
    return surroundings_.database.write([&](db::Transaction& tx) -> Status {
      append_audit(tx, surroundings_.vault, view.chain, actor, surroundings_.clock.now(),
                   {{.action = view.is_sound ? "audit.verified" : "audit.found_faulty",
                     .subject_kind = "audit",
                     .subject_id = view.chain,
                     .changes = json::Value().set("records", view.records)}});
      return {};
    });
  }

  const Surroundings& surroundings_;
  const AuditAnchors anchors_;
  const Messages& messages_;
  std::mutex mutex_;
};

std::string name_of_chain(const std::string& chain, const std::function<std::string(const RegionCode&)>& region_name) {
  const auto region = RegionCode::parse(chain);
  return region ? region_name(*region) : chain;
}

}  // namespace

void add_audit_chain_routes(api::Api& api, const Surroundings& surroundings, AuditAnchors anchors,
                            const Messages& messages, std::function<std::string(const RegionCode&)> region_name) {
  const auto prover = std::make_shared<ChainProver>(surroundings, std::move(anchors), messages);
  api.get<api::Nothing, AuditChainList>(
      "/audit/chains", {.id = "listAuditChains", .summary = "审计链状态", .tag = "audit"},
      [&surroundings, prover, region_name](api::Call& call, api::Nothing) -> Result<AuditChainList> {
        JZ_TRY_VOID(require(call.actor(), Permission::audit_read));
        JZ_TRY(const auto known, prover->anchors().read());
        const auto states = surroundings.database.read(
            [&](db::Transaction& tx) { return audit_chain_states(tx, scope_of(call.actor())); });
        AuditChainList list;
        for (const AuditChainState& state : states) {
          list.items.push_back({state.chain, name_of_chain(state.chain, region_name), state.sequence, state.recorded_at,
                                last_anchor(known, state.chain)});
        }
        return list;
      });
  api.post<api::Nothing, AuditVerificationView>(
      "/audit/chains/{chain}/verification", {.id = "verifyAuditChain", .summary = "校验审计链（留痕）", .tag = "audit"},
      [prover](api::Call& call, api::Nothing) -> Result<AuditVerificationView> {
        return prover->prove(call.actor(), std::string(call.request.path_value("chain")), call.language);
      });
}

}  // namespace jiuzhu

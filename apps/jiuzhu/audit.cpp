#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "installation.hpp"
#include "kernel/audit/audit_anchors.hpp"

namespace jiuzhu {

void add_audit(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("audit", "the append-only record of every change and reading");
  command->require_subcommand(1);
  CLI::App* verify = command->add_subcommand("verify", "recompute every chain; names the first wrong record of each");
  verify->callback([&settings] {
    const auto program = open_existing_or_exit(settings);
    const AuditAnchors anchors(settings.data_folder + "/audit-anchors.jsonl");
    const auto known = value_or_exit(anchors.read(), program->messages());
    const AuditReport report =
        program->database().read([&](db::Transaction& tx) { return verify_audit(tx, program->vault(), known); });
    std::cout << report.chains << " chains, " << report.records << " records, " << known.size() << " anchors\n";
    for (const AuditFault& fault : report.faults) {
      std::cerr << program->messages().text(terminal_language(), fault.key,
                                            {{"chain", fault.chain}, {"sequence", std::to_string(fault.sequence)}})
                << '\n';
    }
    if (!report.faults.empty()) throw Exit{kRefused};
    // A sound chain is worth remembering: later nobody can cut it shorter unnoticed.
    done_or_exit(anchors.append(program->database().read([](db::Transaction& tx) { return audit_heads(tx); })),
                 program->messages());
  });
}

}  // namespace jiuzhu

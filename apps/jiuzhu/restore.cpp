#include "modules/operations/restore.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "installation.hpp"

namespace jiuzhu {
namespace {

void report_restore(const operations::RestoreReport& report, const Settings& settings, const Messages& messages) {
  const Language language = terminal_language();
  const auto say = [&](const std::string& key, const MessageParams& params) {
    std::cerr << messages.text(language, key, params) << '\n';
  };
  say("restore.done", {{"made_at", report.made_at.substr(0, 19) + "Z"},
                       {"rows", std::to_string(report.rows)},
                       {"attachments", std::to_string(report.attachments)},
                       {"folder", settings.data_folder}});
  for (const std::string& name : report.migrated) say("restore.migrated", {{"name", name}});
  if (::geteuid() == 0) say("restore.as_root", {{"folder", settings.data_folder}});
  for (const AuditFault& fault : report.audit.faults) {
    say(fault.key, {{"chain", fault.chain}, {"sequence", std::to_string(fault.sequence)}});
  }
  if (!report.heads_match) say("restore.heads_differ", {});
  if (!report.audit.faults.empty() || !report.heads_match) throw Exit{kRefused};
  say("restore.audit_sound",
      {{"chains", std::to_string(report.audit.chains)}, {"records", std::to_string(report.audit.records)}});
}

}  // namespace

void add_restore(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("restore", "put the archive of a backup into an empty place");
  auto wish = std::make_shared<operations::RestoreWish>();
  auto keys = std::make_shared<std::string>();
  command->add_option("archive", wish->archive, "made by jiuzhu backup")->required()->check(CLI::ExistingFile);
  command->add_option("--keys-from", *keys, "the kept copy of the key file; it is put in its place with the right mode")
      ->check(CLI::ExistingFile);
  command->callback([&settings, wish, keys] {
    if (!keys->empty()) wish->keys_from = *keys;
    const Messages messages = load_messages();
    const SystemClock clock;
    const auto report = value_or_exit(
        operations::restore(places_of(settings), all_migrations(), clock, *wish, progress_to_stderr(messages)),
        messages);
    report_restore(report, settings, messages);
  });
}

}  // namespace jiuzhu

#include <CLI/CLI.hpp>
#include <iostream>

#include "installation.hpp"
#include "stored_columns.hpp"

namespace jiuzhu {
namespace {

void report_backup(const operations::BackupReport& report, bool with_keys, const Messages& messages) {
  const Language language = terminal_language();
  const auto say = [&](const char* key, const MessageParams& params) {
    std::cerr << messages.text(language, key, params) << '\n';
  };
  for (const auto& file : report.removed) say("backup.removed", {{"file", file.string()}});
  say("backup.done", {{"file", report.file.string()},
                      {"size", operations::size_text(report.size)},
                      {"attachments", std::to_string(report.attachments)}});
  say(with_keys ? "backup.keys_inside" : "backup.keys_apart", {});
  std::cout << report.file.string() << '\n';
  if (report.damaged.empty()) return;
  say("backup.attachments_damaged",
      {{"count", std::to_string(report.damaged.size())}, {"name", report.damaged.front()}});
  throw Exit{kRefused};
}

}  // namespace

void add_backup(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("backup", "write one archive of everything, while the server runs");
  auto wish = std::make_shared<operations::BackupWish>();
  wish->program_version = JIUZHU_VERSION;
  command->add_option("--to", wish->to, "a new file, or a folder that is there (the file's name is then the time)")
      ->required();
  command->add_flag("--with-keys", wish->with_keys,
                    "put the key file in as well: whoever gets the archive can then read every citizen number");
  command->add_option("--keep", wish->keep, "in a folder: keep only so many of the newest archives; 0 keeps all")
      ->check(CLI::Range(0, 10'000))
      ->capture_default_str();
  command->callback([&settings, wish] {
    const auto program = open_existing_or_exit(settings);
    const auto report =
        value_or_exit(operations::back_up(program->surroundings(), places_of(settings), sealed_columns(), *wish,
                                          progress_to_stderr(program->messages())),
                      program->messages());
    report_backup(report, wish->with_keys, program->messages());
  });
}

}  // namespace jiuzhu

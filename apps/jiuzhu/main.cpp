#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "commands.hpp"

namespace {

using jiuzhu::Settings;

void add_settings(CLI::App& app, Settings& settings) {
  app.set_config("--config", "", "settings file (TOML)");
  app.add_option("--data", settings.data_folder, "folder for the embedded database, keys and attachments")
      ->envname("JIUZHU_DATA")
      ->capture_default_str();
  app.add_option("--database", settings.database, "sqlite:PATH or a PostgreSQL connection string")
      ->envname("JIUZHU_DATABASE");
  app.add_option("--key-file", settings.key_file, "key file that seals personal identifiers; keep a copy apart")
      ->envname("JIUZHU_KEY_FILE");
  app.add_option("--database-connections", settings.database_connections, "connections to the database")
      ->envname("JIUZHU_DATABASE_CONNECTIONS")
      ->check(CLI::Range(1, 200))
      ->capture_default_str();
  app.add_flag("--demo", settings.is_demo, "this is a demonstration: says so on every page, lets days pass")
      ->envname("JIUZHU_DEMO");
  app.add_option("--demo-shift-days", settings.demo_shift_days, "the demonstration's today, in days from the real one")
      ->envname("JIUZHU_DEMO_SHIFT_DAYS")
      ->capture_default_str();
}

}  // namespace

/// jemalloc reads this when it starts (docs/decisions/0016): what a job of a hundred thousand households took goes back
/// to the system by threads of its own, also while nobody allocates.
extern "C" const char* const malloc_conf = "background_thread:true";

int main(int argc, char** argv) {
  if (const auto code = jiuzhu::run_plain_command({argv, static_cast<std::size_t>(argc)})) return *code;
  umask(0077);  // whatever the program writes holds personal data or keys
  CLI::App app{"jiuzhu 社会救助 - social assistance for counties, townships and villages", "jiuzhu"};
  app.set_version_flag("--version", JIUZHU_VERSION);
  app.require_subcommand(1);
  app.fallthrough();  // common settings may follow the command
  app.footer("Exit codes: 0 done, 1 refused, 2 wrong usage, 3 surroundings broken. Errors go to stderr.");
  Settings settings;
  add_settings(app, settings);
  jiuzhu::add_serve(app, settings);
  jiuzhu::add_migrate(app, settings);
  jiuzhu::add_user(app, settings);
  jiuzhu::add_audit(app, settings);
  jiuzhu::add_openapi(app, settings);
  jiuzhu::add_road(app);
  app.add_subcommand("assess", "judge households by the rules of their date (JSON in, decision out)");
  app.add_subcommand("policy", "list, show and check the law as data");
  jiuzhu::add_sieve(app);
  jiuzhu::add_regions(app, settings);
  jiuzhu::add_demo(app, settings);
  jiuzhu::add_demo_city(app);
  jiuzhu::add_import(app, settings);
  jiuzhu::add_export(app, settings);
  jiuzhu::add_backup(app, settings);
  jiuzhu::add_restore(app, settings);
  jiuzhu::add_doctor(app, settings);
  jiuzhu::add_keys(app, settings);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? jiuzhu::kDone : jiuzhu::kUsage;
  } catch (const jiuzhu::Exit& exit) {
    return exit.code;
  } catch (const jiuzhu::db::DatabaseError& error) {
    if (error.kind() == jiuzhu::db::ErrorKind::busy) {
      return jiuzhu::report(jiuzhu::Error{.code = jiuzhu::ErrorCode::unavailable, .key = "database.busy_for_command"},
                            jiuzhu::load_messages(), std::cerr);
    }
    std::cerr << "jiuzhu: " << error.what() << '\n';
    return jiuzhu::kBroken;
  } catch (const std::exception& error) {
    std::cerr << "jiuzhu: " << error.what() << '\n';
    return jiuzhu::kBroken;
  }
  return jiuzhu::kDone;
}

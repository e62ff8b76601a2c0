#include "program.hpp"

#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "base/assert.hpp"
#include "kernel/calendar/calendar_file.hpp"
#include "kernel/policy_files/policy_files.hpp"
#include "platform/db/applied_migrations.hpp"
#include "platform/embedded/embedded.hpp"

namespace jiuzhu {
namespace {

Result<Vault> open_or_create_vault(const std::filesystem::path& key_file, Random& random) {
  if (std::filesystem::exists(key_file)) return Vault::open(key_file);
  std::error_code error;
  // A folder that was there already keeps its mode: it may be /etc.
  if (std::filesystem::create_directories(key_file.parent_path(), error)) {
    std::filesystem::permissions(key_file.parent_path(), std::filesystem::perms::owner_all, error);
  }
  return Vault::create(key_file, random);
}

}  // namespace

std::vector<db::Migration> all_migrations() {
  std::vector<db::Migration> migrations;
  for (const auto& file : embedded::migrations()) {
    migrations.push_back({std::string(file.name), std::string(file.content)});
  }
  return migrations;
}

Messages load_messages() {
  const auto files = embedded::locales();
  auto messages =
      Messages::parse(embedded::find(files, "zh-CN.json").value_or(""), embedded::find(files, "en.json").value_or(""));
  JZ_ASSERT(messages.has_value());
  return std::move(*messages);
}

Result<std::unique_ptr<Program>> Program::open(const Settings& settings, SchemaCheck check) {
  auto program = std::make_unique<Program>();
  program->settings_ = settings;
  program->messages_ = load_messages();
  if (settings.is_demo) program->clock_.shift_days(settings.demo_shift_days);
  std::error_code error;
  std::filesystem::create_directories(settings.data_folder, error);
  if (error) {
    return refuse(ErrorCode::unavailable, "program.no_data_folder",
                  {{"folder", settings.data_folder}, {"reason", error.message()}});
  }
  JZ_TRY(program->database_,
         db::Database::open(settings.database_address(), {.connection_count = settings.database_connections}));
  // A new key file beside an old database would seal what comes under a key that opens nothing of what is there.
  if (!std::filesystem::exists(settings.key_file_path()) && !db::applied_migrations(*program->database_).empty()) {
    return refuse(ErrorCode::unavailable, "vault.key_file_missing", {{"path", settings.key_file_path()}});
  }
  JZ_TRY(Vault vault, open_or_create_vault(settings.key_file_path(), program->random_));
  program->vault_ = std::make_unique<Vault>(std::move(vault));
  if (check == SchemaCheck::must_be_current && !db::missing_migrations(*program->database_, all_migrations()).empty()) {
    return refuse(ErrorCode::unavailable, "program.schema_is_old");
  }
  JZ_TRY(program->rulebook_, policy::load_rulebook(policy::embedded_policy_files()));
  JZ_TRY(WorkingCalendar calendar, parse_calendar(embedded::find(embedded::policy(), "calendar/CN.csv").value_or("")));
  program->calendar_ = std::make_unique<WorkingCalendar>(std::move(calendar));
  program->surroundings_ = std::make_unique<Surroundings>(
      Surroundings{*program->database_, program->clock_, program->random_, *program->vault_});
  return program;
}

Language terminal_language() {
  const char* language = std::getenv("LANG");
  return language && std::string_view(language).starts_with("en") ? Language::en : Language::zh;
}

int report(const Error& error, const Messages& messages, std::ostream& err) {
  const Language language = terminal_language();
  err << "jiuzhu: " << messages.text(language, error.key, error.params) << '\n';
  for (const FieldError& field : error.fields) {
    err << "  " << field.pointer << ": " << messages.text(language, field.key, field.params) << '\n';
  }
  return error.code == ErrorCode::unavailable ? kBroken : kRefused;
}

}  // namespace jiuzhu

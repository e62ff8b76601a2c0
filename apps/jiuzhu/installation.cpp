#include "installation.hpp"

#include <filesystem>
#include <iostream>

#include "platform/db/copies.hpp"

namespace jiuzhu {
namespace {

namespace fs = std::filesystem;

Status check_existing(const Settings& settings) {
  std::error_code error;
  JZ_TRY(const db::Dialect dialect, db::dialect_of(settings.database_address()));
  const fs::path data =
      dialect == db::Dialect::sqlite ? db::sqlite_file_of(settings.database_address()) : fs::path(settings.data_folder);
  if (!fs::exists(data, error)) {
    return refuse(ErrorCode::invalid_input, "program.no_installation", {{"place", data.string()}});
  }
  if (!fs::exists(settings.key_file_path(), error)) {
    return refuse(ErrorCode::unavailable, "vault.key_file_missing", {{"path", settings.key_file_path()}});
  }
  return {};
}

}  // namespace

operations::Places places_of(const Settings& settings) {
  return {.database_address = settings.database_address(),
          .data_folder = settings.data_folder,
          .key_file = settings.key_file_path()};
}

std::unique_ptr<Program> open_existing_or_exit(const Settings& settings) {
  if (const Status status = check_existing(settings); !status) exit_with(status.error(), load_messages());
  return open_or_exit(settings, SchemaCheck::must_be_current);
}

operations::Progress progress_to_stderr(const Messages& messages) {
  return [&messages](const std::string& key, const MessageParams& params) {
    std::cerr << messages.text(terminal_language(), key, params) << std::endl;
  };
}

}  // namespace jiuzhu

#include "harness/installation.hpp"

#include <fstream>
#include <stdexcept>

#include "harness/postgresql.hpp"
#include "platform/embedded/embedded.hpp"

namespace jiuzhu::bench {

std::string name_of(DatabaseKind kind) { return kind == DatabaseKind::sqlite ? "SQLite" : "PostgreSQL"; }

Installation::Installation(const Settings& settings, DatabaseKind kind, std::string name)
    : settings_(settings), kind_(kind), name_(std::move(name)) {
  std::filesystem::create_directories(folder());
  if (kind == DatabaseKind::postgresql) create_postgresql_database(settings, name_);
  command({"migrate"});
  const auto places = folder() / "places.csv";
  std::ofstream(places) << embedded::find(embedded::policy(), "regions/140000.csv").value_or("");
  command({"regions", "import", places});
}

std::string Installation::database() const {
  return kind_ == DatabaseKind::sqlite ? "sqlite:" + (folder() / "jiuzhu.db").string()
                                       : postgresql_address(settings_, name_);
}

std::string Installation::command(std::vector<std::string> words) const {
  words.insert(words.begin(), settings_.program);
  words.insert(words.end(), {"--data", folder(), "--database", database()});
  return output_of(words, folder() / "errors");
}

std::string Installation::create_user(const std::string& login, const std::string& role,
                                      const std::string& region) const {
  std::string password =
      command({"user", "create", "--login", login, "--name", "史俊杰", "--role", role, "--region", region});
  while (!password.empty() && password.back() == '\n') password.pop_back();
  return password;
}

RunningServer::RunningServer(const Installation& installation, const std::string& database)
    : process_(std::make_unique<ChildProcess>(
          std::vector<std::string>{installation.settings().program, "serve", "--data", installation.folder(),
                                   "--database", database.empty() ? installation.database() : database, "--port", "0"},
          installation.folder() / "errors")) {
  const std::string address = process_->read_line();  // "http://127.0.0.1:40123"
  const auto colon = address.rfind(':');
  if (!address.starts_with("http://")) {
    throw std::runtime_error("the server did not start; see " + (installation.folder() / "errors").string());
  }
  port_ = static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1)));
}

}  // namespace jiuzhu::bench

#pragma once
// What an installation can set. Defaults < file (--config) < environment (JIUZHU_…) < flags.

#include <cstdint>
#include <string>
#include <vector>

namespace jiuzhu {

struct Settings {
  std::string data_folder = "data";
  std::string database;  // empty: SQLite in the data folder
  std::string key_file;  // empty: in the data folder
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  int worker_count = 8;
  int database_connections = 8;
  std::vector<std::string> trusted_proxies = {};
  bool behind_tls = false;  // a proxy in front serves HTTPS: cookies are marked Secure
  bool is_demo = false;
  int demo_shift_days = 0;  // the demonstration's "today" relative to the real one

  std::string database_address() const { return database.empty() ? "sqlite:" + data_folder + "/jiuzhu.db" : database; }
  std::string attachments_folder() const { return data_folder + "/attachments"; }
  std::string roster_folder() const { return data_folder + "/roster"; }
  std::string registers_folder() const { return data_folder + "/registers"; }
  std::string key_file_path() const { return key_file.empty() ? data_folder + "/keys/vault.key" : key_file; }
};

}  // namespace jiuzhu

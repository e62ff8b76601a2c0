#pragma once
// The real program on a fresh database of either kind: migrated, with the places of 山西省, with the accounts that a
// suite asks for. Everything goes through the program's own commands and its HTTP API, as an installation would.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/bench.hpp"
#include "harness/child_process.hpp"

namespace jiuzhu::bench {

enum class DatabaseKind { sqlite, postgresql };

std::string name_of(DatabaseKind kind);

class Installation {
 public:
  /// `name` is unique within the run; it names the data folder and the PostgreSQL database.
  Installation(const Settings& settings, DatabaseKind kind, std::string name);

  DatabaseKind kind() const { return kind_; }
  const std::string& name() const { return name_; }
  /// As `jiuzhu --database` takes it.
  std::string database() const;
  std::filesystem::path folder() const { return settings_.folder / name_; }
  const Settings& settings() const { return settings_; }

  /// Output of `jiuzhu <words>` on this installation; throws when it fails.
  std::string command(std::vector<std::string> words) const;
  /// The one-time password.
  std::string create_user(const std::string& login, const std::string& role, const std::string& region) const;

 private:
  const Settings& settings_;
  DatabaseKind kind_;
  std::string name_;
};

/// `jiuzhu serve` with its own defaults, on a free port.
class RunningServer {
 public:
  /// `database` replaces the installation's own address, such as one that makes PostgreSQL log statements.
  explicit RunningServer(const Installation& installation, const std::string& database = {});

  std::uint16_t port() const { return port_; }
  Usage usage() const { return process_->usage(); }

 private:
  std::unique_ptr<ChildProcess> process_;
  std::uint16_t port_ = 0;
};

}  // namespace jiuzhu::bench

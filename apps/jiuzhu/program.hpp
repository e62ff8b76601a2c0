#pragma once
// Everything that lives as long as the program, put together in one place and handed down.

#include <iosfwd>
#include <memory>

#include "base/result.hpp"
#include "base/working_days.hpp"
#include "engines/policy/rulebook.hpp"
#include "kernel/messages/messages.hpp"
#include "kernel/use_case/use_case.hpp"
#include "platform/clock/system_clock.hpp"
#include "platform/crypto/random.hpp"
#include "platform/db/migration.hpp"
#include "settings.hpp"

namespace jiuzhu {

/// Exit codes of every command.
enum ExitCode { kDone = 0, kRefused = 1, kUsage = 2, kBroken = 3 };

enum class SchemaCheck { must_be_current, may_be_old };

class Program {
 public:
  /// Makes the data folder and the key file when they are missing; opens the database. Refuses with "program.…",
  /// "vault.…", "database.…" or "migration.…".
  static Result<std::unique_ptr<Program>> open(const Settings& settings, SchemaCheck check);

  const Settings& settings() const { return settings_; }
  const Surroundings& surroundings() const { return *surroundings_; }
  const Messages& messages() const { return messages_; }
  db::Database& database() const { return *database_; }
  SystemClock& clock() { return clock_; }
  Vault& vault() { return *vault_; }
  Random& random() { return random_; }
  const std::shared_ptr<const policy::Rulebook>& rulebook() const { return rulebook_; }
  const WorkingCalendar& calendar() const { return *calendar_; }

 private:
  Settings settings_;
  SystemClock clock_;
  SystemRandom random_;
  Messages messages_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<Surroundings> surroundings_;
  std::shared_ptr<const policy::Rulebook> rulebook_;
  std::unique_ptr<WorkingCalendar> calendar_;
};

std::vector<db::Migration> all_migrations();

/// The texts of this program; a program without them cannot speak at all.
Messages load_messages();

/// Chinese, unless the environment's LANG asks for English.
Language terminal_language();

/// Writes a refusal with all its fields to `err` and gives the exit code.
int report(const Error& error, const Messages& messages, std::ostream& err);

}  // namespace jiuzhu

#pragma once
// Looks an installation over and says of each thing whether it is well, and if not what to do. It changes nothing and
// makes nothing: neither a missing folder nor a missing key file.

#include <functional>

#include "base/working_days.hpp"
#include "modules/operations/backup.hpp"

namespace jiuzhu::operations {

enum class Health {
  fine,
  attention,  // works today; somebody should see to it
  wrong,
  skipped,  // does not exist here, or could not be looked at because of something above
};
BOOST_DESCRIBE_ENUM(Health, fine, attention, wrong, skipped)

struct Finding {
  std::string check;  // "key_file"; for programs that watch
  Health health = Health::fine;
  std::string key;  // of the text
  MessageParams params = {};
};

/// A column that names attachments by the digest of their contents.
struct AttachmentColumn {
  std::string_view table;
  std::string_view column;
  std::string_view condition;  // SQL that holds for rows whose attachment must be there
};

struct Patient {
  Places places;
  std::vector<db::Migration> migrations;
  SealedColumns sealed;
  std::vector<AttachmentColumn> attachments;
  const Clock& clock;
  const WorkingCalendar& calendar;
  // What other modules know; asked only of a database with the current schema.
  std::function<std::int64_t(db::Transaction&)> count_places;
  std::function<std::int64_t(db::Transaction&)> count_administrators;
};

std::vector<Finding> examine(const Patient& patient);

/// False when anything is wrong.
bool is_healthy(const std::vector<Finding>& findings);

}  // namespace jiuzhu::operations

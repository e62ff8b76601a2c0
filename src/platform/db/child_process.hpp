#pragma once
// Another program, started without a shell: its words reach it as they are. Private to this folder.

#include <string>
#include <utility>
#include <vector>

namespace jiuzhu::db {

struct ChildExit {
  bool was_found = true;
  int code = 0;             // -1 when a signal ended it
  std::string errors = {};  // the first 64 KiB of its standard error
};

/// Waits for it. `environment` is added to this program's own. Throws std::system_error when the system has no room.
ChildExit run_child(const std::vector<std::string>& words,
                    const std::vector<std::pair<std::string, std::string>>& environment);

}  // namespace jiuzhu::db

#pragma once
// The heads of all audit chains, written to a file outside the database. Whoever cuts off the newest records of a chain
// leaves it consistent in itself; only something outside remembers that it was longer.

#include <filesystem>
#include <vector>

#include "base/result.hpp"
#include "kernel/audit/audit.hpp"

namespace jiuzhu {

class AuditAnchors {
 public:
  explicit AuditAnchors(std::filesystem::path file) : file_(std::move(file)) {}

  /// Empty when there is no file yet. Refuses with "audit.anchors_damaged" (param line).
  Result<std::vector<AuditAnchor>> read() const;
  /// Adds heads that are not there yet. Refuses with "audit.anchors_not_written".
  Status append(const std::vector<AuditAnchor>& heads) const;

 private:
  std::filesystem::path file_;
};

}  // namespace jiuzhu

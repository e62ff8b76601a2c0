#include "kernel/audit/audit_anchors.hpp"

#include <algorithm>
#include <fstream>

#include "platform/json/described.hpp"

namespace jiuzhu {

Result<std::vector<AuditAnchor>> AuditAnchors::read() const {
  std::vector<AuditAnchor> anchors;
  std::ifstream file(file_);
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    auto anchor = json::read_text<AuditAnchor>(line);
    if (!anchor) return refuse(ErrorCode::unavailable, "audit.anchors_damaged", {{"line", std::to_string(number)}});
    anchors.push_back(std::move(*anchor));
  }
  return anchors;
}

Status AuditAnchors::append(const std::vector<AuditAnchor>& heads) const {
  JZ_TRY(const auto known, read());
  std::ofstream file(file_, std::ios::app);
  for (const AuditAnchor& head : heads) {
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const AuditAnchor& anchor) {
      return anchor.chain == head.chain && anchor.sequence == head.sequence;
    });
    if (!is_known && head.sequence > 0) file << json::print(json::write(head)) << '\n';
  }
  file.flush();
  if (!file) return refuse(ErrorCode::unavailable, "audit.anchors_not_written");
  return {};
}

}  // namespace jiuzhu

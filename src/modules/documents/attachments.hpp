#pragma once
// Where the contents of documents lie: <root>/<county>/ab/cd/abcd…, one ContentStore a county. The county is the
// tenant: its papers can be copied, moved or destroyed with it, and whether a file is still named is answered by one
// county's records. Any thread; several processes may share the folder.

#include <filesystem>

#include "kernel/regions/region_code.hpp"
#include "platform/files/content_store.hpp"

namespace jiuzhu::documents {

class Attachments {
 public:
  /// The parent of `root` must exist; the folder itself is made when the first county needs it.
  explicit Attachments(std::filesystem::path root) : root_(std::move(root)) {}

  ContentStore of(const RegionCode& county) const;

 private:
  std::filesystem::path root_;
};

}  // namespace jiuzhu::documents

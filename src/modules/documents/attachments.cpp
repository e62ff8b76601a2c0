#include "modules/documents/attachments.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "base/assert.hpp"
#include "modules/documents/document_rules.hpp"

namespace jiuzhu::documents {

ContentStore Attachments::of(const RegionCode& county) const {
  JZ_ASSERT(county.level() == RegionLevel::county);
  if (::mkdir(root_.c_str(), 0700) != 0 && errno != EEXIST) {
    throw std::system_error(errno, std::generic_category(), "make attachments folder");
  }
  return ContentStore(root_ / county.to_text(), kFileBytesMax);
}

}  // namespace jiuzhu::documents

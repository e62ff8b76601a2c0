#include <cstdint>

#include "kernel/policy_files/policy_files.hpp"

// The table that cmake/embed.cmake lays down: name, begin, size; closed by a null name.
extern "C" {
struct JiuzhuEmbeddedPolicyFile {
  const char* name;
  const char* begin;
  std::uint64_t size;
};
extern const JiuzhuEmbeddedPolicyFile jz_kernel_policy_files__table[];
}

namespace jiuzhu::policy {

PolicyFiles embedded_policy_files() {
  PolicyFiles files;
  for (const JiuzhuEmbeddedPolicyFile* file = jz_kernel_policy_files__table; file->name; ++file) {
    files[file->name] = std::string(file->begin, file->size);
  }
  return files;
}

}  // namespace jiuzhu::policy

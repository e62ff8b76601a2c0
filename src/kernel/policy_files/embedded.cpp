#include "platform/embedded/embedded.hpp"
#include "kernel/policy_files/policy_files.hpp"

namespace jiuzhu::policy {

PolicyFiles embedded_policy_files() {
  PolicyFiles files;
  for (const auto& file : embedded::policy()) {
    if (file.name.ends_with(".yaml")) files[std::string(file.name)] = std::string(file.content);
  }
  return files;
}

}  // namespace jiuzhu::policy

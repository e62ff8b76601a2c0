#include "platform/embedded/embedded.hpp"
#include "kernel/policy_files/policy_files.hpp"

namespace jiuzhu::policy {

PolicyFiles embedded_policy_files() {
  PolicyFiles files;
  for (const embedded::File& file : embedded::policy()) {
    // policy/ also carries tables for others, such as the calendar.
    if (file.name.ends_with(".yaml")) files.emplace(file.name, file.content);
  }
  return files;
}

}  // namespace jiuzhu::policy

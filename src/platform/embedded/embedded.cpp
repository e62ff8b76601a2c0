#include "platform/embedded/embedded.hpp"

#include <cstdint>

// Tables written by cmake/embed.cmake; each ends with a null name.
extern "C" {
struct JzEmbeddedEntry {
  const char* name;
  const char* content;
  std::uint64_t size;
};
extern const JzEmbeddedEntry jz_platform_embedded_migrations_table[];
extern const JzEmbeddedEntry jz_platform_embedded_locales_table[];
extern const JzEmbeddedEntry jz_platform_embedded_policy_table[];
extern const JzEmbeddedEntry jz_platform_embedded_web_table[];
}

namespace jiuzhu::embedded {
namespace {

std::vector<File> read(const JzEmbeddedEntry* entry) {
  std::vector<File> files;
  for (; entry->name; ++entry) files.push_back({entry->name, {entry->content, entry->size}});
  return files;
}

}  // namespace

std::vector<File> migrations() {
  std::vector<File> files = read(jz_platform_embedded_migrations_table);
  for (File& file : files) {
    file.name.remove_prefix(file.name.rfind('/') + 1);
    file.name.remove_suffix(std::string_view(".sql").size());
  }
  return files;
}

std::vector<File> locales() { return read(jz_platform_embedded_locales_table); }
std::vector<File> policy() { return read(jz_platform_embedded_policy_table); }
std::vector<File> web_page() { return read(jz_platform_embedded_web_table); }

std::optional<std::string_view> find(const std::vector<File>& files, std::string_view name) {
  for (const File& file : files) {
    if (file.name == name) return file.content;
  }
  return std::nullopt;
}

}  // namespace jiuzhu::embedded

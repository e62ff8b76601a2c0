#pragma once
// Files that are part of the program: migrations, texts, the law, and the web page. One file is the whole installation.

#include <optional>
#include <string_view>
#include <vector>

namespace jiuzhu::embedded {

struct File {
  std::string_view name;  // path below the collection's root, "index.html"
  std::string_view content;
};

/// SQL files by base name ("2026_0001_create_audit"), from all modules.
std::vector<File> migrations();
/// locales/*.json
std::vector<File> locales();
/// policy/**, with their paths ("local/140302.yaml")
std::vector<File> policy();
/// web/dist/**; empty in a program that was built without the web page.
std::vector<File> web_page();

/// The file of that name, or nothing.
std::optional<std::string_view> find(const std::vector<File>& files, std::string_view name);

}  // namespace jiuzhu::embedded

#include "kernel/policy_files/policy_files.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "kernel/policy_files/readers.hpp"

namespace jiuzhu::policy {
namespace {

enum class Kind { instruments, wording, pack, local, worked_cases, of_others, unknown };

Kind kind_of(const std::string& path) {
  if (path == "instruments.yaml") return Kind::instruments;
  if (path == "wording.yaml") return Kind::wording;
  if (path.starts_with("packs/")) return Kind::pack;
  if (path.starts_with("local/")) return Kind::local;
  if (path.starts_with("cases/")) return Kind::worked_cases;
  if (path.starts_with("registers/")) return Kind::of_others;  // kernel/sieve_files reads the catalogue
  return Kind::unknown;
}

/// A formula that a county names must exist; formulas may stand in a file read later.
void check_formulas(const Rulebook::Content& content, Problems& problems) {
  for (const LocalValue* value : content.local.all()) {
    const bool names_formula = value->use.name == name_of(LocalName::obligor_formula_urban) ||
                               value->use.name == name_of(LocalName::obligor_formula_rural);
    if (!names_formula || content.formulas.contains(value->use.value)) continue;
    problems.push_back({"local/" + value->use.name + ".yaml",
                        "policy_file.unknown_formula",
                        {{"name", value->use.value}, {"region", value->use.region}}});
  }
}

Error invalid(Problems problems) {
  return {.code = ErrorCode::invalid_input, .key = "policy_file.invalid", .fields = std::move(problems)};
}

}  // namespace

Result<PolicyFiles> read_policy_folder(const std::string& folder) {
  PolicyFiles files;
  std::error_code problem;
  const std::filesystem::path root(folder);
  for (std::filesystem::recursive_directory_iterator entry(root, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (!entry->is_regular_file() || entry->path().extension() != ".yaml") continue;
    std::ifstream stream(entry->path(), std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    if (!stream) problem = std::make_error_code(std::errc::io_error);
    files[std::filesystem::relative(entry->path(), root).generic_string()] = text.str();
  }
  if (problem) {
    return refuse(ErrorCode::unavailable, "policy_file.folder_unreadable",
                  {{"folder", folder}, {"problem", problem.message()}});
  }
  return files;
}

PolicyFiles with_local_files(PolicyFiles ours, const PolicyFiles& local) {
  for (const auto& [path, text] : local) ours[path] = text;
  return ours;
}

Result<std::shared_ptr<const Rulebook>> load_rulebook(const PolicyFiles& files) {
  Problems problems;
  Rulebook::Content content;
  for (const auto& [path, text] : files) {
    if (kind_of(path) == Kind::unknown) problems.push_back({path, "policy_file.unknown_file", {{"file", path}}});
  }
  // Articles are checked against the register, so it comes first.
  const auto read_all = [&](Kind kind, auto read) {
    for (const auto& [path, text] : files) {
      if (kind_of(path) != kind) continue;
      const YamlReader file = YamlReader::parse(path, text, problems);
      if (!file.is_null()) read(file);
    }
  };
  for (const char* needed : {"instruments.yaml", "wording.yaml"}) {
    if (!files.contains(needed)) problems.push_back({needed, "policy_file.file_missing", {{"file", needed}}});
  }
  read_all(Kind::instruments, [&](const YamlReader& file) { read_instruments(file, content.wording); });
  read_all(Kind::wording, [&](const YamlReader& file) { read_wording(file, content.wording); });
  read_all(Kind::pack, [&](const YamlReader& file) { content.packs.push_back(read_pack(file, content.wording)); });
  read_all(Kind::local, [&](const YamlReader& file) { read_local(file, content); });
  check_formulas(content, problems);
  if (!problems.empty()) return refuse(invalid(std::move(problems)));
  auto rulebook = Rulebook::build(std::move(content));
  if (!rulebook) return refuse(invalid(std::move(rulebook.error().fields)));
  return std::make_shared<const Rulebook>(std::move(*rulebook));
}

}  // namespace jiuzhu::policy

#include <glob.h>

#include <algorithm>
#include <optional>
#include <set>

#include "kernel/sieve_files/readers.hpp"

namespace jiuzhu::sieve {
namespace {

namespace fs = std::filesystem;

bool is_pattern(const std::string& text) { return text.find_first_of("*?") != std::string::npos; }

/// Only * and ? of the writer are special; brackets occur in file names, and the folder is to be taken as it is.
std::string escaped(const std::string& text, std::string_view signs) {
  std::string result;
  for (const char c : text) {
    if (signs.contains(c)) result += '\\';
    result += c;
  }
  return result;
}

/// Nothing where a folder on the way may not be read: a register would be left out without a word.
std::optional<std::vector<std::string>> expand(const fs::path& folder, const std::string& pattern) {
  const std::string path = fs::path(pattern).is_absolute()
                               ? escaped(pattern, "[]\\")
                               : escaped((folder / "").string(), "*?[]\\") + escaped(pattern, "[]\\");
  glob_t found{};
  std::vector<std::string> files;
  const int result = ::glob(path.c_str(), GLOB_NOSORT | GLOB_ERR, nullptr, &found);
  if (result == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) {
      std::error_code problem;
      const fs::path file(found.gl_pathv[i]);
      if (!fs::is_directory(file, problem)) files.push_back(file.lexically_normal().string());
    }
  }
  ::globfree(&found);
  if (result != 0 && result != GLOB_NOMATCH) return std::nullopt;
  // By bytes, not by the order of the user's language.
  std::ranges::sort(files);
  return files;
}

/// The files that one text of the list stands for.
std::vector<std::string> read_path(const YamlReader& place, const fs::path& folder) {
  const std::string text = place.scalar();
  if (text.empty()) {
    place.fail("yaml.not_text");
    return {};
  }
  if (is_pattern(text)) {
    const auto expanded = expand(folder, text);
    if (!expanded) {
      place.fail("sieve_file.folder_unreadable", {{"pattern", text}});
      return {};
    }
    const std::vector<std::string>& files = *expanded;
    if (files.empty()) place.fail("sieve_file.nothing_matches", {{"pattern", text}});
    return files;
  }
  const fs::path path = path_in(folder, text);
  std::error_code problem;
  if (!fs::exists(path, problem) || fs::is_directory(path, problem)) {
    place.fail("sieve_file.no_such_file", {{"path", path.string()}});
    return {};
  }
  return {path.string()};
}

}  // namespace

fs::path path_in(const fs::path& folder, const std::string& text) { return (folder / text).lexically_normal(); }

std::string same_file_name(const fs::path& path) {
  std::error_code problem;
  const fs::path canonical = fs::weakly_canonical(fs::absolute(path, problem), problem);
  return problem ? path.lexically_normal().string() : canonical.string();
}

std::vector<std::string> read_files(const YamlReader& entry, const fs::path& folder) {
  const YamlReader list = entry.find("files");
  if (list.is_null()) {
    entry.fail("yaml.missing", {{"name", "files"}});
    return {};
  }
  std::vector<std::string> files;
  std::set<std::string> seen;
  const std::vector<YamlReader> places = list.is_scalar() ? std::vector{list} : list.elements();
  if (list.is_list() && places.empty()) entry.fail("yaml.missing", {{"name", "files"}});
  for (const YamlReader& place : places) {
    for (std::string& path : read_path(place, folder)) {
      // Its rows would be counted twice.
      if (!seen.insert(same_file_name(path)).second) place.fail("sieve_file.input_twice", {{"path", path}});
      files.push_back(std::move(path));
    }
  }
  // One order, whatever the list's: what is written out row by row is in it.
  std::ranges::sort(files, {},
                    [](const std::string& path) { return std::pair(fs::path(path).filename().string(), path); });
  return files;
}

Outputs read_outputs(const YamlReader& entry, const Plan& plan, const fs::path& file) {
  if (entry.is_null()) return {};
  entry.allow({"households", "hits", "candidates", "malformed", "statistics"});
  std::map<std::string, std::string> taken{{same_file_name(file), file.string()}};
  const auto take_inputs = [&](const std::vector<std::string>& paths) {
    for (const std::string& path : paths) taken.emplace(same_file_name(path), path);
  };
  take_inputs(plan.people.files);
  for (const Source& source : plan.sources) take_inputs(source.files);
  const auto read = [&](std::string_view name) -> std::string {
    const auto text = entry.optional_text(name);
    if (!text) return {};
    const YamlReader place = entry.find(name);
    const fs::path path = path_in(file.parent_path(), *text);
    std::error_code problem;
    if (text->empty() || fs::is_directory(path, problem)) {
      place.fail("sieve_file.output_is_folder", {{"path", path.string()}});
    } else if (const fs::path folder = path.parent_path(); !folder.empty() && !fs::is_directory(folder, problem)) {
      place.fail("sieve_file.no_such_folder", {{"path", folder.string()}});
    } else if (const auto [other, is_new] = taken.emplace(same_file_name(path), path.string()); !is_new) {
      place.fail("sieve_file.output_taken", {{"path", other->second}});
    }
    return path.string();
  };
  if (std::ranges::any_of(plan.sources, &Source::is_by_name) && !entry.optional_text("candidates")) {
    entry.fail("sieve_file.candidates_missing");
  }
  return {.households = read("households"),
          .hits = read("hits"),
          .candidates = read("candidates"),
          .malformed = read("malformed"),
          .statistics = read("statistics")};
}

}  // namespace jiuzhu::sieve

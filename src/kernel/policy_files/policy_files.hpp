#pragma once
// Reads policy/ (YAML) into a Rulebook. The program carries the folder inside it; an operator may lay a folder of their
// own over it, in which a file of the same path replaces ours and further files add to ours.
// Every mistake in every file is reported at once: `fields` of the refusal name file, line and column in
// the pointer ("packs/DB-2012.yaml:34:7"), and in the params file, line, column, field and, where it helps, what would
// be right.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "engines/policy/rulebook.hpp"

namespace jiuzhu::policy {

/// Path below policy/ ("packs/DB-2012.yaml") to text.
using PolicyFiles = std::map<std::string, std::string>;

/// The files that were compiled into the program.
PolicyFiles embedded_policy_files();

/// The *.yaml files below a folder. Refuses with "policy_file.folder_unreadable" (param folder).
Result<PolicyFiles> read_policy_folder(const std::string& folder);

/// Ours, with the operator's laid over them.
PolicyFiles with_local_files(PolicyFiles ours, const PolicyFiles& local);

/// Refuses with "policy_file.invalid" and one field error per mistake.
Result<std::shared_ptr<const Rulebook>> load_rulebook(const PolicyFiles& files);

/// A household with the result that a person worked out by hand, from cases/*.yaml.
struct WorkedCase {
  std::string id;
  BilingualText title;
  std::string file;
  int line = 0;
  std::string facts_json;
  /// What must come out, by name; lists are separated by blanks ("m1 m2"). See policy/README.md.
  std::vector<std::pair<std::string, std::string>> expected;
};

/// Refuses with "policy_file.invalid" like load_rulebook().
Result<std::vector<WorkedCase>> load_worked_cases(const PolicyFiles& files);

}  // namespace jiuzhu::policy

#pragma once
// Private to this folder: one reader per kind of file.

#include <set>

#include "engines/policy/rulebook.hpp"
#include "kernel/policy_files/yaml_reader.hpp"

namespace jiuzhu::policy {

void read_instruments(const YamlReader& file, Wording& wording);
void read_wording(const YamlReader& file, Wording& wording);
PackSource read_pack(const YamlReader& file, const Wording& wording);
void read_local(const YamlReader& file, Rulebook::Content& content);

/// The articles of an entry; reports references to instruments that the register does not have.
std::vector<std::string> read_articles(const YamlReader& entry, const Wording& wording);

}  // namespace jiuzhu::policy

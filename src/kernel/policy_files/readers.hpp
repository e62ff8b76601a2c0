#pragma once
// Private to this folder: one reader per kind of file.

#include <set>

#include "engines/policy/rulebook.hpp"
#include "platform/yaml/yaml_reader.hpp"

namespace jiuzhu::policy {

using Problems = YamlReader::Problems;

void read_instruments(const YamlReader& file, Wording& wording);
void read_wording(const YamlReader& file, Wording& wording);
PackSource read_pack(const YamlReader& file, const Wording& wording);
void read_local(const YamlReader& file, Rulebook::Content& content);

BilingualText read_bilingual(const YamlReader& entry);
BilingualText read_bilingual(const YamlReader& entry, std::string_view name);
/// The member "status"; one of the marks of policy/instruments.yaml.
Verification read_status(const YamlReader& entry);
Expression read_expression(const YamlReader& entry, std::string_view name, ValueType wanted, Scopes scopes);

/// The articles of an entry; reports references to instruments that the register does not have.
std::vector<std::string> read_articles(const YamlReader& entry, const Wording& wording);

}  // namespace jiuzhu::policy

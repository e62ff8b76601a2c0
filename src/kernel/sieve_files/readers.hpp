#pragma once
// Private to this folder: one reader per part of a run file.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engines/sieve/plan.hpp"
#include "platform/yaml/yaml_reader.hpp"

namespace jiuzhu::sieve {

/// The names that conditions use: the built-in figures, attributes and measures share one name space.
class TakenNames {
 public:
  TakenNames();
  /// Reports a name that conditions could not write, and one that stands for something else already.
  void take(const std::string& name, const YamlReader& place);

 private:
  std::map<std::string, int, std::less<>> lines_;  // 0: built in
};

/// A name of people's choice: letters, digits and "_", a letter first. Reports another and says no.
bool check_name(const std::string& name, const YamlReader& place);

/// "files": the paths, patterns expanded; reports what is missing or named twice.
std::vector<std::string> read_files(const YamlReader& entry, const std::filesystem::path& folder);

TableShape read_shape(const YamlReader& entry);
/// A scalar that names a column in a file of this shape.
ColumnName read_column(const YamlReader& value, const TableShape& shape);
ColumnName read_needed_column(const YamlReader& columns, std::string_view name, const TableShape& shape);
std::optional<ColumnName> read_optional_column(const YamlReader& columns, std::string_view name,
                                               const TableShape& shape);
/// "where": one filter or a list of such.
std::vector<RowFilter> read_filters(const YamlReader& entry, const TableShape& shape);
/// "is" or "not": at least one value.
std::vector<std::string> read_values(const YamlReader& entry, std::string_view name);

PeopleFile read_people(const YamlReader& entry, const std::filesystem::path& folder, TakenNames& taken);
std::vector<Attribute> read_attributes(const YamlReader& people, const TableShape& shape, TakenNames& taken);
/// What is done with the rows of a source: "where", "show", "malformed_most" and "measures". It has its columns.
void read_source_contents(const YamlReader& entry, Source& source, TakenNames& taken);
Source read_source(const std::string& name, const YamlReader& entry, const std::filesystem::path& folder,
                   TakenNames& taken);
/// `plan` has its people and sources. `besides` are keys that the caller reads.
std::vector<Rule> read_rules(const YamlReader& list, const Plan& plan,
                             std::initializer_list<std::string_view> besides = {});
/// `plan` has its people and sources; `file` is the run file, which nothing may overwrite either.
Outputs read_outputs(const YamlReader& entry, const Plan& plan, const std::filesystem::path& file);

/// One spelling for all names of a file, so that two of them can be compared.
std::string same_file_name(const std::filesystem::path& path);
/// A path of the run file from where the program runs.
std::filesystem::path path_in(const std::filesystem::path& folder, const std::string& text);

}  // namespace jiuzhu::sieve

#include "kernel/sieve_files/run_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "kernel/sieve_files/readers.hpp"

namespace jiuzhu::sieve {
namespace {

/// A run file is written by hand; whatever is longer is another file.
constexpr std::size_t kBytesMost = 1 << 20;

/// A century, which is what within_months reaches back, after the first of all dates.
const Date kFirstDay = Date::of(1900, 1, 1).value();

Plan read_plan(const YamlReader& file, const std::filesystem::path& path) {
  Plan plan;
  file.allow({"title", "as_of", "people", "sources", "rules", "outputs"});
  if (!file.is_map()) return plan;
  TakenNames taken;
  plan.title = file.optional_text("title").value_or("");
  plan.as_of = file.date("as_of");
  if (plan.as_of < kFirstDay) file.find("as_of").fail("sieve_file.too_early", {{"first", kFirstDay.to_text()}});
  const std::filesystem::path folder = path.parent_path();
  if (const YamlReader people = file.find("people"); people.is_null()) {
    file.fail("yaml.missing", {{"name", "people"}});
  } else {
    plan.people = read_people(people, folder, taken);
  }
  const YamlReader sources = file.find("sources");
  if (sources.is_null() || (sources.is_map() && sources.members().empty()))
    file.fail("yaml.missing", {{"name", "sources"}});
  for (const auto& [name, entry] : sources.named_members()) {
    plan.sources.push_back(read_source(name, entry, folder, taken));
  }
  plan.rules = read_rules(file.find("rules"), plan);
  const YamlReader outputs = file.find("outputs");
  if (outputs.is_null() || (outputs.is_map() && outputs.members().empty())) {
    file.fail("yaml.missing", {{"name", "outputs"}});
  }
  plan.outputs = read_outputs(outputs, plan, path);
  return plan;
}

}  // namespace

Result<Plan> read_run_text(std::string text, const std::filesystem::path& file) {
  YamlReader::Problems problems;
  const YamlReader root = YamlReader::parse(file.string(), std::move(text), problems);
  if (root.is_null() && problems.empty()) root.fail("sieve_file.empty");
  Plan plan;
  if (!root.is_null()) plan = read_plan(root, file);
  if (problems.empty()) return plan;
  return refuse(Error{.code = ErrorCode::invalid_input,
                      .key = "sieve_file.invalid",
                      .fields = std::move(problems),
                      .params = {{"file", file.string()}}});
}

Result<Plan> read_run_file(const std::filesystem::path& file) {
  std::string text(kBytesMost + 1, '\0');
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream && !stream.eof()) {
    return refuse(ErrorCode::not_found, "sieve_file.unreadable",
                  {{"file", file.string()}, {"problem", std::strerror(errno)}});
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kBytesMost) return refuse(ErrorCode::too_large, "sieve_file.too_large", {{"file", file.string()}});
  return read_run_text(std::move(text), file);
}

}  // namespace jiuzhu::sieve

#include "modules/assessment/assess_command.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "engines/policy/assess.hpp"
#include "kernel/messages/messages.hpp"
#include "kernel/policy_files/policy_files.hpp"
#include "kernel/policy_json/policy_json.hpp"
#include "modules/assessment/assessment.hpp"
#include "modules/assessment/worked_cases.hpp"
#include "platform/embedded/embedded.hpp"

namespace jiuzhu::assessment {
namespace {

constexpr int kDone = 0;
constexpr int kRefused = 1;
constexpr int kUsage = 2;
constexpr int kBroken = 3;

constexpr std::string_view kAssessHelp = R"(jiuzhu assess [--explain] [--language zh|en] [--policy FOLDER] FILE|-
jiuzhu assess --batch [--policy FOLDER] FILE|-
jiuzhu assess --schema facts|decision

Assesses a household for 低保 under the rules of its own date. FILE is JSON
(docs/schemas/household-facts.schema.json); "-" reads standard input.
  --explain   print the reasons as prose instead of JSON
  --language  zh (default) or en, for --explain and for error messages
  --batch     one household a line in, one result a line out; a bad line gives
              an error line and exit code 1, the rest goes on
  --policy    a folder laid over the built-in policy/ (same path replaces)
  --schema    print the JSON Schema of the input or the output
)";

constexpr std::string_view kPolicyHelp = R"(jiuzhu policy list [--policy FOLDER]
jiuzhu policy show DATE [REGION] [--policy FOLDER]
jiuzhu policy check [--policy FOLDER]

  list   the rule packs with their dates, and the local parameters
  show   what is in force on DATE (2019-08-01): packs, procedural rules with
         their articles, and the local values of the county REGION
  check  load everything, run all worked cases, and report what is wrong
)";

struct Arguments {
  std::vector<std::string> words;
  std::optional<std::string> policy_folder;
  std::optional<std::string> schema;
  policy::Language language = policy::Language::zh;
  bool explain = false;
  bool batch = false;
  bool help = false;
  std::string problem;
};

Arguments parse_arguments(std::span<const std::string> args) {
  Arguments parsed;
  for (std::size_t i = 0; i < args.size() && parsed.problem.empty(); ++i) {
    const std::string& word = args[i];
    const auto value = [&]() -> std::string {
      if (i + 1 < args.size()) return args[++i];
      parsed.problem = word + " needs a value";
      return {};
    };
    if (word == "--explain") {
      parsed.explain = true;
    } else if (word == "--batch") {
      parsed.batch = true;
    } else if (word == "--help" || word == "-h") {
      parsed.help = true;
    } else if (word == "--policy") {
      parsed.policy_folder = value();
    } else if (word == "--schema") {
      parsed.schema = value();
    } else if (word == "--language") {
      const std::string language = value();
      if (language != "zh" && language != "en") parsed.problem = "--language is zh or en";
      parsed.language = language == "en" ? policy::Language::en : policy::Language::zh;
    } else if (word.size() > 1 && word.starts_with('-')) {
      parsed.problem = "unknown option " + word;
    } else {
      parsed.words.push_back(word);
    }
  }
  return parsed;
}

/// Texts of refusals, from the locale files inside the program; a key without text shows as itself.
void print_error(const Error& error, policy::Language language, std::ostream& err) {
  const auto files = embedded::locales();
  const auto messages = Messages::parse(embedded::find(files, "zh-CN.json").value_or("{}"),
                                        embedded::find(files, "en.json").value_or("{}"));
  const auto say = [&](const std::string& key, const MessageParams& params) {
    const Language chosen = language == policy::Language::zh ? Language::zh : Language::en;
    return messages ? messages->text(chosen, key, params) : key;
  };
  err << say(error.key, error.params) << '\n';
  for (const FieldError& field : error.fields) {
    err << "  " << field.pointer << ": " << say(field.key, field.params) << '\n';
  }
}

int exit_code_of(const Error& error) { return error.code == ErrorCode::unavailable ? kBroken : kRefused; }

Result<policy::PolicyFiles> files_of(const Arguments& arguments) {
  policy::PolicyFiles files = policy::embedded_policy_files();
  if (!arguments.policy_folder) return files;
  JZ_TRY(const policy::PolicyFiles local, policy::read_policy_folder(*arguments.policy_folder));
  return policy::with_local_files(std::move(files), local);
}

int usage(std::string_view help, const std::string& problem, std::ostream& err) {
  if (!problem.empty()) err << problem << "\n\n";
  err << help;
  return kUsage;
}

int explain_one(const std::string& text, const Arguments& arguments, const policy::Rulebook& rulebook,
                std::ostream& out, std::ostream& err) {
  auto facts = json::read_text<policy::HouseholdFacts>(text);
  Result<policy::Decision> decision = refuse(ErrorCode::invalid_input, "unset");
  if (facts) {
    decision = policy::assess(*facts, rulebook);
  } else {
    decision = std::unexpected(facts.error());
  }
  if (!decision) {
    print_error(decision.error(), arguments.language, err);
    return exit_code_of(decision.error());
  }
  for (const std::string& paragraph : policy::explain(*decision, arguments.language)) out << paragraph << '\n';
  return kDone;
}

int assess_stream(std::istream& in, const Arguments& arguments, const policy::Rulebook& rulebook, std::ostream& out,
                  std::ostream& err) {
  if (arguments.batch) {
    const BatchCount count = assess_lines(in, out, rulebook);
    err << count.lines << " households, " << count.refused << " refused\n";
    return count.refused == 0 ? kDone : kRefused;
  }
  std::stringstream text;
  text << in.rdbuf();
  if (arguments.explain) return explain_one(text.str(), arguments, rulebook, out, err);
  const auto decision = assess_json(text.str(), rulebook);
  if (!decision) {
    print_error(decision.error(), arguments.language, err);
    return exit_code_of(decision.error());
  }
  out << *decision;
  if (!decision->ends_with('\n')) out << '\n';
  return kDone;
}

void list_packs(const policy::Rulebook& rulebook, std::ostream& out) {
  for (const policy::PackSource& pack : rulebook.packs()) {
    out << pack.id << "  " << pack.valid.from.to_text() << " .. "
        << (pack.valid.until ? pack.valid.until->plus_days(-1).to_text() : "") << "  "
        << (pack.is_overlay ? "overlay" : "base") << "  " << pack.title.zh << '\n';
  }
  for (const policy::LocalValue* value : rulebook.local().all()) {
    out << value->use.name << "  " << value->use.region << "  " << value->use.valid_from.to_text() << "  "
        << value->use.value << "  " << policy::name_of(value->use.status) << '\n';
  }
}

void show_procedure(const policy::RulePack& pack, std::ostream& out) {
  for (const auto& [name, value] : pack.procedure_values) {
    out << name << " = " << value.text;
    for (const std::string& article : value.articles) out << "  " << article;
    out << "  (" << policy::name_of(value.status) << ", " << value.pack << ")\n";
  }
}

int show(const Arguments& arguments, const policy::Rulebook& rulebook, std::ostream& out, std::ostream& err) {
  const auto date = arguments.words.size() > 1 ? Date::parse(arguments.words[1]) : std::nullopt;
  if (!date) return usage(kPolicyHelp, "show needs a date such as 2019-08-01", err);
  const std::string region = arguments.words.size() > 2 ? arguments.words[2] : "000000";
  if (region.size() != 6) return usage(kPolicyHelp, "a region is a six-digit county code", err);
  const auto rules = rulebook.rules_on(region, *date);
  if (!rules) {
    print_error(rules.error(), arguments.language, err);
    return exit_code_of(rules.error());
  }
  for (const policy::PackUse& pack : rules->pack->packs) {
    out << pack.id << "  " << pack.valid_from.to_text() << "  " << pack.title.zh << '\n';
  }
  show_procedure(*rules->pack, out);
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<policy::LocalName>>([&](auto name) {
    const policy::LocalValue* value = rules->local.find(name.value);
    if (!value) return;
    out << value->use.name << " = " << value->use.value << "  (" << value->use.region << " "
        << value->use.valid_from.to_text() << ", " << policy::name_of(value->use.status) << ")\n";
  });
  return kDone;
}

int check(const policy::PolicyFiles& files, const policy::Rulebook& rulebook, policy::Language language,
          std::ostream& out, std::ostream& err) {
  const auto cases = policy::load_worked_cases(files);
  if (!cases) {
    print_error(cases.error(), language, err);
    return kRefused;
  }
  std::size_t wrong = 0;
  for (const policy::WorkedCase& worked : *cases) {
    const auto differences = run_worked_case(worked, rulebook);
    wrong += differences.empty() ? 0 : 1;
    for (const CaseDifference& difference : differences) {
      err << difference.place << ": " << difference.case_id << ": " << difference.name << " is \"" << difference.actual
          << "\", expected \"" << difference.expected << "\"\n";
    }
  }
  out << rulebook.packs().size() << " packs, " << rulebook.local().all().size() << " local values, " << cases->size()
      << " worked cases, " << wrong << " wrong\n";
  return wrong == 0 ? kDone : kRefused;
}

}  // namespace

int run_assess(std::span<const std::string> args, std::istream& in, std::ostream& out, std::ostream& err) {
  const Arguments arguments = parse_arguments(args);
  if (arguments.help) {
    out << kAssessHelp;
    return kDone;
  }
  if (!arguments.problem.empty()) return usage(kAssessHelp, arguments.problem, err);
  if (arguments.schema) {
    if (*arguments.schema != "facts" && *arguments.schema != "decision") {
      return usage(kAssessHelp, "--schema is facts or decision", err);
    }
    out << (*arguments.schema == "facts" ? facts_schema() : decision_schema());
    return kDone;
  }
  if (arguments.words.size() != 1) return usage(kAssessHelp, "one file is needed", err);
  const auto files = files_of(arguments);
  const auto rulebook = files ? policy::load_rulebook(*files) : std::unexpected(files.error());
  if (!rulebook) {
    print_error(rulebook.error(), arguments.language, err);
    return kBroken;
  }
  if (arguments.words[0] == "-") return assess_stream(in, arguments, **rulebook, out, err);
  std::ifstream file(arguments.words[0], std::ios::binary);
  if (!file) {
    print_error(
        {.code = ErrorCode::not_found, .key = "assess.file_unreadable", .params = {{"file", arguments.words[0]}}},
        arguments.language, err);
    return kBroken;
  }
  return assess_stream(file, arguments, **rulebook, out, err);
}

int run_policy(std::span<const std::string> args, std::ostream& out, std::ostream& err) {
  const Arguments arguments = parse_arguments(args);
  if (arguments.help) {
    out << kPolicyHelp;
    return kDone;
  }
  if (!arguments.problem.empty()) return usage(kPolicyHelp, arguments.problem, err);
  if (arguments.words.empty()) return usage(kPolicyHelp, "list, show or check", err);
  const auto files = files_of(arguments);
  const auto rulebook = files ? policy::load_rulebook(*files) : std::unexpected(files.error());
  if (!rulebook) {
    print_error(rulebook.error(), arguments.language, err);
    return arguments.words[0] == "check" ? kRefused : kBroken;
  }
  if (arguments.words[0] == "list") {
    list_packs(**rulebook, out);
    return kDone;
  }
  if (arguments.words[0] == "show") return show(arguments, **rulebook, out, err);
  if (arguments.words[0] == "check") return check(*files, **rulebook, arguments.language, out, err);
  return usage(kPolicyHelp, "unknown word " + arguments.words[0], err);
}

}  // namespace jiuzhu::assessment

#include "modules/registers/look_up.hpp"

#include <algorithm>

#include "engines/sieve/sieve.hpp"
#include "modules/registers/file_columns.hpp"
#include "platform/files/csv_writer.hpp"
#include "platform/files/memory_file.hpp"

namespace jiuzhu::registers {
namespace {

/// All that conditions of the catalogue may ask about people.
constexpr std::string_view kObligor = "obligor";

/// Household and person by their places, so that no text of theirs has to survive a table. An obligor is a household of
/// his own, "12.3": his car is not the family's, nor his house one too many for it.
std::string people_table(std::span<const Household> households) {
  CsvWriter writer({.purpose = CsvPurpose::exact});
  writer.add_row(std::vector<std::string>{"household", "person", "name", "number", "role", "disabled"});
  for (std::size_t i = 0; i < households.size(); ++i) {
    for (std::size_t k = 0; k < households[i].persons.size(); ++k) {
      const Person& person = households[i].persons[k];
      std::string household = std::to_string(i);
      if (person.is_obligor) household.append(".").append(std::to_string(k));
      writer.add_row(std::vector<std::string>{std::move(household), std::to_string(k), person.name,
                                              person.is_authorised ? person.citizen_number : std::string(),
                                              person.is_obligor ? std::string(kObligor) : std::string("member"),
                                              person.is_disabled ? std::string("yes") : std::string()});
    }
  }
  return writer.take();
}

sieve::PeopleFile people_file(const sieve::Catalogue& catalogue, const std::string& path) {
  return {.files = {path},
          .household = {.name = "household"},
          .person = {.name = "person"},
          .name = {.name = "name"},
          .number = {.name = "number"},
          .role = sieve::ColumnName{.name = "role"},
          .obligor_value = std::string(kObligor),
          .attributes = catalogue.attributes};
}

std::size_t number_of(std::string_view text) {
  std::size_t number = 0;
  for (const char digit : text) number = number * 10 + static_cast<std::size_t>(digit - '0');
  return number;
}

/// Gathers what the sieve finds.
class Gathering : public sieve::Receiver {
 public:
  Gathering(const sieve::Catalogue& catalogue, const LookUp& wish, Answers& answers)
      : catalogue_(catalogue), wish_(wish), answers_(answers), shown_(catalogue.registers.size()) {}

  std::vector<std::size_t>& shown_of(std::size_t place) { return shown_[place]; }

  void take_household(const sieve::FoundHousehold& found) override {
    const Place place = place_of(found.household);
    const Household& household = wish_.households[place.household];
    std::vector<AppliedRule> rules;
    for (const sieve::Applied& applied : found.applied) {
      const sieve::RegisterRule& rule = catalogue_.rules[applied.rule];
      if (rule.is_off || (place.obligor && rule.is_of_members)) continue;
      rules.push_back({.place = applied.rule,
                       .result = applied.result,
                       .obligor = place.obligor ? household.persons[*place.obligor].key : std::string()});
    }
    if (rules.empty()) return;
    auto& all = answers_.households[household.id].rules;
    all.insert(all.end(), rules.begin(), rules.end());
  }

  void take_row(const sieve::FoundRow& found) override {
    const Household& household = wish_.households[place_of(found.household).household];
    const DeliveryRow& delivery = wish_.registers[found.source].deliveries[found.file];
    const Person& person = household.persons[number_of(found.person)];
    Fact fact{.person = person.key,
              .person_name = person.name,
              .is_obligor = person.is_obligor,
              .register_place = found.source,
              .delivery = delivery.id,
              .as_of = delivery.as_of,
              .row = static_cast<std::int64_t>(found.row),
              .grade = found.grade,
              .register_name = std::string(found.register_name),
              .shown = std::vector<std::string>(catalogue_.registers[found.source].source.shown.size())};
    for (std::size_t i = 0; i < found.shown.size(); ++i) fact.shown[shown_[found.source][i]] = found.shown[i];
    answers_.households[household.id].facts.push_back(std::move(fact));
  }

 private:
  /// Of a household in the table of people.
  struct Place {
    std::size_t household = 0;
    std::optional<std::size_t> obligor;
  };
  static Place place_of(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return {.household = number_of(text)};
    return {.household = number_of(text.substr(0, dot)), .obligor = number_of(text.substr(dot + 1))};
  }

  const sieve::Catalogue& catalogue_;
  const LookUp& wish_;
  Answers& answers_;
  std::vector<std::vector<std::size_t>> shown_;  // by register: places in the catalogue of what its source shows
};

/// Of what the sieve refuses with: the name under which somebody gave the file, not the one under which it lies here.
Error with_given_names(Error error, const LookUp& wish) {
  for (auto& [name, value] : error.params) {
    if (name != "file") continue;
    for (const HeldRegister& held : wish.registers) {
      for (const DeliveryRow& delivery : held.deliveries) {
        if (value == delivery.id.to_text()) value = delivery.file_name;
      }
    }
  }
  return error;
}

Result<sieve::Plan> plan_of(const sieve::Catalogue& catalogue, const RegisterFiles& files, const LookUp& wish,
                            Gathering& gathering) {
  sieve::Plan plan{.as_of = wish.today};
  for (std::size_t i = 0; i < catalogue.registers.size(); ++i) {
    const HeldRegister& held = wish.registers[i];
    if (!held.is_used || held.deliveries.empty()) {
      plan.sources.push_back(catalogue.registers[i].source);  // its figures keep their places
      continue;
    }
    std::vector<std::string> paths;
    for (const DeliveryRow& delivery : held.deliveries) {
      if (!files.has(delivery.county_code, delivery.id)) {
        return refuse(ErrorCode::conflict, "registers.contents_gone", {{"file", delivery.file_name}});
      }
      paths.push_back(files.path_of(delivery.county_code, delivery.id));
    }
    const DeliveryRow& latest = held.deliveries.back();
    plan.sources.push_back(source_of(catalogue.registers[i], read_shape(latest.shape), read_matches(latest.columns),
                                     std::move(paths), gathering.shown_of(i)));
  }
  for (const sieve::RegisterRule& rule : catalogue.rules) plan.rules.push_back(rule.rule);
  return plan;
}

}  // namespace

std::vector<HeldRegister> held_registers(db::Transaction& tx, const sieve::Catalogue& catalogue,
                                         const std::string& county, Date today) {
  const auto known = registers_of(tx, county);
  const auto kept = kept_deliveries(tx, county);
  std::vector<HeldRegister> registers;
  for (std::size_t i = 0; i < catalogue.registers.size(); ++i) {
    const sieve::Register& record = catalogue.registers[i];
    HeldRegister held{.place = i};
    const auto found = std::ranges::find(known, record.source.name, &CountyRegisterRow::register_code);
    held.is_used = found != known.end() && found->is_used;
    for (const DeliveryRow& delivery : kept) {
      if (delivery.register_code != record.source.name) continue;
      if (record.extent == sieve::RegisterExtent::whole) held.deliveries.clear();
      held.deliveries.push_back(delivery);
    }
    if (!held.deliveries.empty()) {
      held.as_of = held.deliveries.back().as_of;
      held.is_fresh = held.as_of->plus_days(record.fresh_days) >= today;
    }
    registers.push_back(std::move(held));
  }
  return registers;
}

Result<Answers> look_up(const sieve::Catalogue& catalogue, const RegisterFiles& files, const LookUp& wish) {
  JZ_ASSERT(wish.registers.size() == catalogue.registers.size());
  Answers answers;
  Gathering gathering(catalogue, wish, answers);
  JZ_TRY(sieve::Plan plan, plan_of(catalogue, files, wish, gathering));
  const MemoryFile people(people_table(wish.households));
  plan.people = people_file(catalogue, people.path());
  const sieve::Options options{.temporary_folder = files.temporary_folder(),
                               .stop = wish.stop,
                               .on_progress =
                                   [&](const sieve::Progress& progress) {
                                     if (!wish.on_progress) return;
                                     wish.on_progress(static_cast<std::int64_t>(progress.bytes),
                                                      static_cast<std::int64_t>(progress.bytes_all));
                                   },
                               .receiver = &gathering};
  const auto summary = sieve::run(plan, options);
  if (!summary) return refuse(with_given_names(summary.error(), wish));
  for (const sieve::SourceSummary& source : summary->sources) answers.counts.push_back(source.counts);
  answers.persons = static_cast<std::int64_t>(summary->persons);
  return answers;
}

}  // namespace jiuzhu::registers

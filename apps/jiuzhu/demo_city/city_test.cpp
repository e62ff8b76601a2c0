#include "city.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "base/enum_text.hpp"
#include "base/text.hpp"
#include "deliveries.hpp"
#include "engines/sieve/sieve.hpp"
#include "kernel/policy_files/policy_files.hpp"
#include "kernel/sieve_files/catalogue.hpp"
#include "modules/roster/amount_limit.hpp"
#include "modules/roster/roster_file.hpp"
#include "modules/roster/roster_words.hpp"
#include "platform/embedded/embedded.hpp"
#include "platform/files/table_reader.hpp"

namespace jiuzhu::demo_city {
namespace {

namespace fs = std::filesystem;

const RegionCode kCounty = *RegionCode::parse("140302");

/// Big enough for each story to be told several times.
const CityOptions kSmall{.households = 1500, .as_of = *Date::of(2026, 6, 30), .county = kCounty, .strangers = 3000};

CityOptions small_city(std::uint64_t seed, Date as_of) {
  CityOptions options = kSmall;
  options.seed = seed;
  options.as_of = as_of;
  return options;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string policy_text(std::string_view name) {
  return std::string(embedded::find(embedded::policy(), name).value_or(""));
}

/// A city in a folder that goes with it.
class WrittenCity {
 public:
  explicit WrittenCity(CityOptions options = kSmall) : as_of(options.as_of) {
    std::string pattern = (fs::temp_directory_path() / "jiuzhu-city-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    options.folder = folder_;
    const auto written = write_city(options);
    EXPECT_TRUE(written) << written.error().key;
    if (written) summary = *written;
  }
  ~WrittenCity() { fs::remove_all(folder_); }
  WrittenCity(const WrittenCity&) = delete;
  WrittenCity& operator=(const WrittenCity&) = delete;

  fs::path path(std::string_view name) const { return folder_ / name; }
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> bytes;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file()) bytes[fs::relative(entry.path(), folder_)] = read_file(entry.path());
    }
    return bytes;
  }

  const Date as_of;
  CitySummary summary;

 private:
  fs::path folder_;
};

const WrittenCity& city() {
  static const WrittenCity kCity;
  return kCity;
}

sieve::Catalogue catalogue() {
  return *sieve::read_catalogue(policy_text("registers/registers.yaml"), "registers.yaml");
}

/// The catalogue's source as the department delivers it: with its file, and its own titles for the columns.
sieve::Source delivered(const sieve::Register& record, const Delivery& delivery, const WrittenCity& city) {
  sieve::Source source = record.source;
  source.files = {city.path("registers") / delivery.file_name()};
  source.shape = {.encoding = delivery.encoding, .separator = delivery.separator};
  const auto find = [&](const std::string& title) {
    return std::ranges::find(delivery.columns, title, &DeliveredColumn::catalogue);
  };
  const auto rename = [&](sieve::ColumnName& column) {
    const auto found = find(column.name);
    ASSERT_NE(found, delivery.columns.end()) << column.name;
    column.name = found->title;
  };
  const auto rename_filters = [&](std::vector<sieve::RowFilter>& filters) {
    for (sieve::RowFilter& filter : filters) rename(filter.column);
  };
  std::erase_if(source.shown, [&](const auto& column) { return find(column.name) == delivery.columns.end(); });
  rename(source.number);
  for (auto* column : {&source.person_name, &source.date, &source.valid_from, &source.valid_until}) {
    if (*column) rename(**column);
  }
  for (sieve::ColumnName& column : source.shown) rename(column);
  rename_filters(source.filters);
  for (sieve::Measure& measure : source.measures) {
    if (measure.column) rename(*measure.column);
    rename_filters(measure.filters);
  }
  return source;
}

sieve::Plan plan_of(const sieve::Catalogue& catalogue, const WrittenCity& city) {
  sieve::Plan plan{.title = "示例城市", .as_of = city.as_of};
  plan.people.files = {city.path("roster.csv")};
  plan.people.household.name = "户编号";
  plan.people.person.name = "公民身份号码";
  plan.people.name.name = "姓名";
  plan.people.number.name = "公民身份号码";
  plan.people.attributes = catalogue.attributes;
  const auto classes = roster::disability_words();
  plan.people.attributes.front().column.name = "残疾类别";
  plan.people.attributes.front().values.assign(classes.begin(), classes.end());
  for (std::size_t i = 0; i < catalogue.registers.size(); ++i) {
    plan.sources.push_back(delivered(catalogue.registers[i], deliveries()[i], city));
  }
  for (const sieve::RegisterRule& rule : catalogue.rules) plan.rules.push_back(rule.rule);
  return plan;
}

using Findings = std::set<std::pair<std::string, std::string>>;  // household, rule

class Found : public sieve::Receiver {
 public:
  explicit Found(const sieve::Plan& plan) : plan_(plan) {}
  void take_household(const sieve::FoundHousehold& found) override {
    for (const sieve::Applied& applied : found.applied) {
      findings.emplace(found.household, plan_.rules[applied.rule].code);
    }
  }
  void take_row(const sieve::FoundRow& found) override { persons.emplace(found.person); }

  Findings findings;
  std::set<std::string> persons;  // about whom a register says anything

 private:
  const sieve::Plan& plan_;
};

/// The rows of planted.csv, by their titles.
std::vector<std::map<std::string, std::string>> planted(const WrittenCity& city) {
  std::vector<std::map<std::string, std::string>> rows;
  std::vector<std::string> titles;
  const auto status = read_table_bytes(read_file(city.path("planted.csv")), {},
                                       [&](std::size_t, std::span<const std::string> cells) -> Status {
                                         if (titles.empty()) {
                                           titles.assign(cells.begin(), cells.end());
                                           return {};
                                         }
                                         auto& row = rows.emplace_back();
                                         for (std::size_t i = 0; i < cells.size(); ++i) row[titles[i]] = cells[i];
                                         return {};
                                       });
  EXPECT_TRUE(status) << status.error().key;
  return rows;
}

void expect_exactly_the_planted(const WrittenCity& city) {
  const sieve::Catalogue registers = catalogue();
  ASSERT_EQ(registers.registers.size(), kRegisterCount);
  const sieve::Plan plan = plan_of(registers, city);
  Found found(plan);
  const auto summary = sieve::run(plan, {.receiver = &found});
  ASSERT_TRUE(summary) << summary.error().key;
  EXPECT_EQ(summary->persons, city.summary.persons);
  EXPECT_EQ(summary->malformed_persons, 0);
  Findings expected;
  for (const auto& row : planted(city)) {
    EXPECT_TRUE(expected.emplace(row.at("户编号"), row.at("规则")).second) << row.at("户编号") << row.at("规则");
  }
  EXPECT_EQ(found.findings, expected);
  // Registers speak of people without a finding too, and above all of strangers.
  EXPECT_GT(found.persons.size(), expected.size());
  for (const sieve::SourceSummary& source : summary->sources) {
    EXPECT_EQ(source.counts.not_ours + source.counts.malformed_all(), kSmall.strangers) << source.name;
    EXPECT_GT(source.counts.matched, 0) << source.name;
    EXPECT_LT(source.counts.malformed_all() * 100, source.counts.rows) << source.name;
  }
}

TEST(DemoCity, HoldsExactlyTheFindingsThatArePlanted) { expect_exactly_the_planted(city()); }

TEST(DemoCity, HoldsThemWhateverTheDay) {
  // Ends of months, where a year or a quarter ago is no day of the same number.
  constexpr std::array kDays{"2024-02-29", "2025-01-01", "2025-05-31", "2026-03-01", "2026-12-31"};
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    SCOPED_TRACE(kDays[i]);
    expect_exactly_the_planted(WrittenCity(small_city(10 + i, *Date::parse(kDays[i]))));
  }
}

TEST(DemoCity, PlantsEveryRuleAndEveryAlertSeveralTimes) {
  std::map<std::string, int> rules;
  std::map<std::string, int> alerts;
  for (const auto& row : planted(city())) {
    ++rules[row.at("规则")];
    ++alerts[row.at("预警")];
  }
  for (const sieve::RegisterRule& rule : catalogue().rules) EXPECT_GE(rules[rule.rule.code], 3) << rule.rule.code;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<sieve::AlertKind>>(
      [&](const auto& kind) { EXPECT_GE(alerts[kind.name], 3) << kind.name; });
}

TEST(DemoCity, IsTheSameForTheSameSeedOnly) {
  const WrittenCity again;
  const WrittenCity other(small_city(2, kSmall.as_of));
  EXPECT_EQ(again.files(), city().files());
  for (const auto& [name, bytes] : other.files()) EXPECT_NE(bytes, city().files()[name]) << name;
  EXPECT_EQ(city().files().size(), kRegisterCount + 2);
}

TEST(DemoCity, WritesARosterThatIsTakenOverWithoutAFinding) {
  std::vector<roster::PlaceName> names;
  const std::string regions = policy_text("regions/140000.csv");
  for (const std::string_view line : split(regions, '\n')) {
    const auto cells = split(trim(line), ',');
    if (cells[0].starts_with("140302") && cells[0].size() > 6) {
      names.push_back({std::string(cells[0]), std::string(cells[1])});
    }
  }
  const roster::Places places(kCounty, names);
  const auto rulebook = policy::load_rulebook(policy::embedded_policy_files());
  const roster::AmountLimit limit(**rulebook, kCounty, kSmall.as_of);
  std::set<cases::CaseProgramme> programmes;
  const auto facts = roster::read_roster(read_file(city().path("roster.csv")), places, kSmall.as_of,
                                         [&](roster::ReadHousehold read) -> Status {
                                           limit.look_at(read);
                                           for (const roster::Finding& finding : read.findings)
                                             ADD_FAILURE() << finding.row << " " << finding.key;
                                           programmes.insert(read.household.intake.programme);
                                           return {};
                                         });
  ASSERT_TRUE(facts) << facts.error().key;
  EXPECT_EQ(facts->persons, static_cast<std::int64_t>(city().summary.persons));
  EXPECT_EQ(programmes.size(), 2);
}

TEST(DemoCity, HasDeliveriesUnderTitlesOfTheCatalogue) {
  const sieve::Catalogue registers = catalogue();
  for (std::size_t i = 0; i < kRegisterCount; ++i) {
    const sieve::Register& record = registers.registers[i];
    EXPECT_EQ(record.source.name, enum_text(deliveries()[i].name));
    for (const sieve::RegisterColumn& column : record.columns) {
      const auto found = std::ranges::find(deliveries()[i].columns, column.title, &DeliveredColumn::catalogue);
      if (found == deliveries()[i].columns.end()) {
        EXPECT_TRUE(column.may_be_absent) << record.source.name << " " << column.title;
        continue;
      }
      const bool is_known =
          column.title == found->title || std::ranges::find(column.also, found->title) != column.also.end();
      EXPECT_TRUE(is_known) << record.source.name << " " << found->title;
    }
  }
}

TEST(DemoCity, RefusesACountyWithoutPlaces) {
  const auto refused =
      write_city({.folder = fs::temp_directory_path(), .as_of = kSmall.as_of, .county = *RegionCode::parse("110101")});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "demo_city.no_places");
}

}  // namespace
}  // namespace jiuzhu::demo_city

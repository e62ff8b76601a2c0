#include <CLI/CLI.hpp>
#include <iostream>
#include <optional>

#include "commands.hpp"
#include "demo_city/city.hpp"
#include "demo_city/numbers.hpp"

namespace jiuzhu {
namespace {

struct Wish {
  std::string folder;
  std::uint32_t households = 5000;
  std::uint64_t seed = 1;
  std::string as_of;
  std::string county = "140302";
  std::optional<std::uint32_t> strangers;
};

/// People in benefit are few.
constexpr std::uint32_t kStrangersPerHousehold = 5;

void write(const Wish& wish) {
  const Messages messages = load_messages();
  const auto as_of = wish.as_of.empty() ? SystemClock().today() : Date::parse(wish.as_of);
  if (!as_of) exit_with(Error{.key = "field.not_date"}, messages);
  const auto summary = value_or_exit(
      demo_city::write_city({.folder = wish.folder,
                             .households = wish.households,
                             .seed = wish.seed,
                             .as_of = *as_of,
                             .county = value_or_exit(RegionCode::parse(wish.county), messages),
                             .strangers = wish.strangers.value_or(kStrangersPerHousehold * wish.households)}),
      messages);
  std::cout << messages.text(terminal_language(), "demo_city.written",
                             {{"households", std::to_string(summary.households)},
                              {"persons", std::to_string(summary.persons)},
                              {"rows", std::to_string(summary.register_rows)},
                              {"planted", std::to_string(summary.planted)},
                              {"folder", wish.folder}})
            << '\n';
}

}  // namespace

void add_demo_city(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("demo-city", "write a roster, registers and what is to be found in them, all invented");
  command->footer("docs/formats/demo-city.md describes the files.");
  auto wish = std::make_shared<Wish>();
  command->add_option("--to", wish->folder, "folder for the files; made where it is missing")->required();
  command->add_option("--households", wish->households, "how many draw a benefit")
      ->check(CLI::Range(1U, demo_city::kHouseholdsMost))
      ->capture_default_str();
  command->add_option("--seed", wish->seed, "the same seed gives the same files")->capture_default_str();
  command->add_option("--as-of", wish->as_of, "the day of the data, YYYY-MM-DD; today when absent");
  command->add_option("--county", wish->county, "whose places and standards are used")->capture_default_str();
  command->add_option("--strangers", wish->strangers, "rows of each register about others; 5 for each household")
      ->check(CLI::Range(0U, demo_city::kStrangersMost));
  command->callback([wish] { write(*wish); });
}

}  // namespace jiuzhu

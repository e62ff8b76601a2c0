#include "city.hpp"

#include <memory>

#include "harmless.hpp"
#include "household_maker.hpp"
#include "kernel/policy_files/policy_files.hpp"
#include "planted_writer.hpp"
#include "platform/embedded/embedded.hpp"
#include "roster_writer.hpp"
#include "stories.hpp"
#include "strangers.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr std::uint64_t kStoryStream = 2;
constexpr std::uint32_t kHouseholdsPerStory = 12;
constexpr std::uint32_t kHouseholdsPerMissingLetter = 200;

std::string policy_text(std::string_view name) {
  return std::string(embedded::find(embedded::policy(), name).value_or(""));
}

Result<Money> standard_of(const policy::Rulebook& rulebook, const CityOptions& options, policy::Programme programme) {
  JZ_TRY(const policy::ParameterUse use, rulebook.standard_on(options.county.to_text(), programme, options.as_of));
  const auto amount = Money::parse(use.value);
  JZ_ASSERT(amount.has_value());
  if (programme == policy::Programme::urban) return *amount;
  constexpr int kMonths = 12;
  return multiply_divide(*amount, 1, kMonths, {.unit_fen = 100, .mode = RoundingMode::down});
}

Result<Standards> standards_of(const CityOptions& options) {
  JZ_TRY(const auto rulebook, policy::load_rulebook(policy::embedded_policy_files()));
  Standards standards;
  JZ_TRY(standards.urban, standard_of(*rulebook, options, policy::Programme::urban));
  JZ_TRY(standards.rural, standard_of(*rulebook, options, policy::Programme::rural));
  return standards;
}

Status make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) return {};
  return refuse(ErrorCode::unavailable, "demo_city.no_folder",
                {{"folder", folder.string()}, {"reason", error.message()}});
}

/// Which story the next household has: each in turn, to one household of every dozen.
class Schedule {
 public:
  explicit Schedule(Dice& dice) : dice_(dice), stories_(all_stories()) {}

  const Story* next() {
    const std::uint32_t place = households_++ % kHouseholdsPerStory;
    if (place == 0) chosen_ = dice_.below(kHouseholdsPerStory);
    return place == chosen_ ? &stories_[told_++ % stories_.size()] : nullptr;
  }

 private:
  Dice& dice_;
  std::vector<Story> stories_;
  std::uint32_t households_ = 0;
  std::uint32_t chosen_ = 0;
  std::size_t told_ = 0;
};

class City {
 public:
  City(const CityOptions& options, const sieve::Catalogue& catalogue, std::vector<Place> places, Standards standards)
      : options_(options),
        maker_(options.seed, options.as_of, std::move(places), standards),
        dice_(options.seed, kStoryStream),
        schedule_(dice_),
        roster_(options.folder / "roster.csv", options.seed),
        registers_(options.folder / "registers", options.seed),
        planted_(options.folder / "planted.csv", catalogue),
        harmless_(options.seed, options.as_of, registers_),
        strangers_(options.seed, options.as_of, options.strangers, registers_) {}

  CitySummary write() {
    CitySummary summary{.households = options_.households};
    for (std::uint32_t i = 0; i < options_.households; ++i) {
      summary.persons += add_household();
      // Evenly among the people in benefit.
      const std::uint64_t rows = std::uint64_t{options_.strangers} * (i + 1) / options_.households;
      strangers_.go_on_to(static_cast<std::uint32_t>(rows));
    }
    roster_.publish();
    registers_.publish();
    planted_.publish();
    summary.register_rows = registers_.rows();
    summary.planted = planted_.count();
    return summary;
  }

 private:
  std::size_t add_household() {
    const Story* story = schedule_.next();
    Household household = maker_.next(story ? story->wish : Wish());
    // Nobody's registers may be looked into without the letter, so nothing is planted there.
    if (!story && dice_.one_in(kHouseholdsPerMissingLetter)) household.persons.back().authorised_on.reset();
    const std::int64_t first_row = roster_.add(household);
    if (!story) {
      harmless_.add_about(household);
    } else {
      Planting planting(household, options_.as_of, dice_, registers_);
      story->plant(planting);
      planted_.add(planting, first_row);
    }
    return household.persons.size();
  }

  const CityOptions& options_;
  HouseholdMaker maker_;
  Dice dice_;
  Schedule schedule_;
  RosterWriter roster_;
  RegisterFiles registers_;
  PlantedWriter planted_;
  HarmlessRows harmless_;
  Strangers strangers_;
};

}  // namespace

Result<CitySummary> write_city(const CityOptions& options) {
  JZ_TRY(std::vector<Place> places, places_of(options.county.to_text(), policy_text("regions/140000.csv")));
  JZ_TRY(const Standards standards, standards_of(options));
  JZ_TRY(const sieve::Catalogue catalogue,
         sieve::read_catalogue(policy_text("registers/registers.yaml"), "registers/registers.yaml"));
  JZ_TRY_VOID(make_folder(options.folder / "registers"));
  return City(options, catalogue, std::move(places), standards).write();
}

}  // namespace jiuzhu::demo_city

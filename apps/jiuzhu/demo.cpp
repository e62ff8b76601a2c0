#include <CLI/CLI.hpp>
#include <iostream>

#include "base/seeded_random.hpp"
#include "commands.hpp"
#include "demo_households.hpp"
#include "demo_walk.hpp"
#include "gates.hpp"
#include "modules/access/user_service.hpp"
#include "modules/cases/case_service.hpp"
#include "modules/regions/region_directory.hpp"
#include "platform/embedded/embedded.hpp"

namespace jiuzhu {
namespace {

constexpr const char* kDemoPassword = "jiuzhu-demo-1";

struct DemoAccount {
  const char* login;
  const char* name;
  Role role;
  const char* region;
};

constexpr DemoAccount kAccounts[] = {
    {"village", "苗存柱", Role::village_cadre, "140302001001"},
    {"assistant", "史俊杰", Role::civil_affairs_assistant, "140302001"},
    {"assistant2", "石玉梅", Role::civil_affairs_assistant, "140302001"},
    {"township", "荆国庆", Role::township_reviewer, "140302001"},
    {"verify", "白晓燕", Role::verification_officer, "140302"},
    {"county", "任志强", Role::county_case_officer, "140302"},
    {"county2", "葛瑞芳", Role::county_case_officer, "140302"},
    {"approver", "郭振华", Role::county_approver, "140302"},
    {"funds", "赵爱珍", Role::funds_officer, "140302"},
    {"admin", "杨浩然", Role::county_administrator, "140302"},
    {"city", "刘桂兰", Role::city_inspector, "1403"},
    {"province", "张海生", Role::province_inspector, "14"},
    {"auditor", "李改莲", Role::auditor, "1403"},
};

void make_accounts(Program& program, DemoActors& actors) {
  for (const DemoAccount& account : kAccounts) {
    const auto created = value_or_exit(
        access::create_user_as_operator(
            program.surroundings(), {account.login, account.name, {{account.role, *RegionCode::parse(account.region)}}},
            kDemoPassword),
        program.messages());
    actors[account.login] = Actor{.user = created.user.user.id,
                                  .name = created.user.user.name,
                                  .grant = created.user.grants.front().id,
                                  .role = account.role,
                                  .region = created.user.grants.front().region};
  }
}

/// The demonstration begins so many days before today, so that some households have drawn for months already.
constexpr int kDaysBefore = 130;
constexpr int kAwards = 16;

using Villages = std::vector<regions::RegionRow>;

/// Households that draw a benefit. Only where the rules of the day lead an application to it without a meeting of
/// villagers and samples of the county: under older rules the demonstration shows the road alone.
void file_awards(Program& program, const cases::CaseWorld& world, const DemoActors& actors, const Villages& villages,
                 DemoHouseholds& households) {
  const auto procedure =
      value_or_exit(world.rulebook->procedure_on(RegionCode::parse(villages.front().code)->county().to_text(),
                                                 program.clock().today()),
                    program.messages());
  if (procedure.publicity_rounds.value != 1) return;
  std::vector<cases::CaseRow> filed;
  while (filed.size() < kAwards) {
    const auto& place = villages[filed.size() % villages.size()];
    const auto intake = households.next(*RegionCode::parse(place.code), cases::CaseProgramme::urban_minimum_living);
    if (!is_demo_household_eligible(world, intake, program.clock().today())) continue;
    filed.push_back(value_or_exit(cases::file_case(program.surroundings(), world, actors.at("assistant"), intake),
                                  program.messages())
                        .row);
  }
  done_or_exit(grant_demo_awards(program.surroundings(), program.clock(), world, actors, filed), program.messages());
}

void file_cases(Program& program, const cases::CaseWorld& world, const DemoActors& actors, const Villages& villages,
                DemoHouseholds& households) {
  for (int i = 0; i < 40; ++i) {
    // The village of the demonstration's cadre, every other time: he shall find his neighbours on his list.
    const auto& place = i % 2 == 0 ? villages.front() : villages[static_cast<std::size_t>(i) % villages.size()];
    const auto intake = households.next(*RegionCode::parse(place.code), cases::CaseProgramme::urban_minimum_living);
    const auto filed = value_or_exit(cases::file_case(program.surroundings(), world, actors.at("assistant"), intake),
                                     program.messages());
    // The village cadre visits in his own village only.
    const auto stage = static_cast<DemoStage>(i % 2 == 0 ? i / 2 % 6 : i / 2 % 4);
    done_or_exit(walk_demo_case(program.surroundings(), world, actors, filed.row, stage), program.messages());
  }
}

bool has_accounts(Program& program) {
  return program.database().read([](db::Transaction& tx) {
    return tx.get<std::int64_t>({"demo.count_users", "select count(*) from app_user"}) > 0;
  });
}

void print_accounts() {
  std::cout << "demo accounts (password of all: " << kDemoPassword << ")\n";
  for (const DemoAccount& account : kAccounts) {
    std::cout << "  " << account.login << std::string(12 - std::string(account.login).size(), ' ') << account.name
              << "  " << title_of(account.role).zh << "\n";
  }
}

}  // namespace

void add_demo(CLI::App& app, Settings& settings) {
  CLI::App* command =
      app.add_subcommand("demo", "fill an empty data folder with demonstration data; keep a filled one");
  command->callback([&settings] {
    settings.is_demo = true;
    const auto program = open_or_exit(settings, SchemaCheck::may_be_old);
    value_or_exit(db::migrate(program->database(), all_migrations(), program->clock().now()), program->messages());
    if (!has_accounts(*program)) {
      SystemClock& clock = program->clock();
      const int shift = clock.shift_in_days();
      clock.shift_days(-kDaysBefore);
      std::cout << "demo: places of 山西省" << std::endl;
      value_or_exit(regions::import_regions(program->database(),
                                            embedded::find(embedded::policy(), "regions/140000.csv").value_or(""),
                                            program->clock().today()),
                    program->messages());
      std::cout << "demo: accounts, households in benefit and applications" << std::endl;
      DemoActors actors;
      make_accounts(*program, actors);
      cases::CaseWorld world{program->rulebook(), program->calendar(), {}};
      provide_all_needs(world);
      const auto villages =
          program->database().read([](db::Transaction& tx) { return regions::children_of(tx, "140302001"); });
      SeededRandom random(20190801);
      DemoHouseholds households(random, clock);
      file_awards(*program, world, actors, villages, households);
      clock.shift_days(shift - clock.shift_in_days());
      file_cases(*program, world, actors, villages, households);
    }
    print_accounts();
  });
}

}  // namespace jiuzhu

#pragma once
// For tests of the road: the law and the calendar as the program carries them, an actor of every role around the
// community 140302001001, and households to file. Numbers carry the never-assigned prefix 140399.

#include <map>
#include <set>

#include "kernel/calendar/calendar_file.hpp"
#include "kernel/identity/citizen_number.hpp"
#include "kernel/policy_files/policy_files.hpp"
#include "kernel/test/world.hpp"
#include "modules/cases/case_service.hpp"

namespace jiuzhu::test {

class CasesOnBothDatabases : public WorldOnBothDatabases {
 public:
  static constexpr const char* kCounty = "140302";
  static constexpr const char* kTownship = "140302001";
  static constexpr const char* kVillage = "140302001001";

  static RegionCode region(const char* code) { return *RegionCode::parse(code); }

  cases::CaseWorld& case_world() { return *case_world_; }
  const WorkingCalendar& calendar() { return *calendar_; }

  /// The same person at every call, with an account row that foreign keys and look-ups find.
  const Actor& actor(Role role) {
    auto found = actors_.find(role);
    if (found == actors_.end()) found = actors_.emplace(role, make_actor(role, region(home_of(role)))).first;
    return found->second;
  }

  /// Another person in a role.
  Actor make_actor(Role role, RegionCode where, const std::string& name = "") {
    const Actor made{.user = world_id<UserId>(),
                     .name = name.empty() ? "测试" + std::string(title_of(role).zh) : name,
                     .grant = world_id<GrantId>(),
                     .role = role,
                     .region = where};
    const std::string login = "user" + std::to_string(++login_count_);
    EXPECT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      tx.execute(
          {"test.user",
           "insert into app_user (id, login, name, region, password_hash, is_disabled, failed_count, locked_until, "
           "must_change_password, totp_counter, created_at) values (?, ?, ?, ?, 'x', 0, 0, 0, 0, 0, 0)"},
          made.user, login, made.name, made.region);
      tx.execute(
          {"test.grant", "insert into role_grant (id, user_id, role, region, granted_at) values (?, ?, ?, ?, 0)"},
          made.grant, made.user, made.role, made.region);
      return {};
    }));
    return made;
  }

  /// Makes a need whose module is not under test always hold.
  void answer_with_success(cases::Need need) {
    case_world().needs.provide(need, [](const cases::NeedContext&) -> Status { return {}; });
  }
  /// … all but those named.
  void answer_all_except(std::set<cases::Need> own) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<cases::Need>>([&](auto enumerator) {
      if (!own.contains(enumerator.value)) answer_with_success(enumerator.value);
    });
  }

  /// A valid number of somebody born on that date who cannot exist.
  static std::string citizen_number(const std::string& birth_date_digits, int sequence) {
    std::string digits = "140399" + birth_date_digits;
    const std::string tail = std::to_string(1000 + sequence).substr(1);
    digits += tail;
    return digits + citizen_number_check_character(digits);
  }

  /// A complete application: a couple with a child and a grown son elsewhere who owes support; little income.
  cases::Intake couple_with_child(int family = 1) {
    cases::Intake intake{.programme = cases::CaseProgramme::urban_minimum_living, .region = region(kVillage)};
    const Date signed_on = clock().today();
    const auto person = [&](const char* key, cases::PersonRole role, const char* name, const char* birth,
                            int sequence) {
      intake.persons.push_back({.key = key,
                                .role = role,
                                .name = name,
                                .citizen_number = citizen_number(birth, family * 10 + sequence),
                                .authorised_on = signed_on});
    };
    person("m1", cases::PersonRole::member, "王建国", "19600301", 1);
    person("m2", cases::PersonRole::member, "李秀英", "19621102", 2);
    person("m3", cases::PersonRole::member, "王小明", "20080615", 3);
    person("o1", cases::PersonRole::obligor, "王大勇", "19850712", 4);
    intake.persons[2].authorised_by = "王建国";
    const auto member = [&](const char* key, policy::Relation relation, const char* birth) {
      intake.facts.members.push_back(
          {.key = key,
           .relation = relation,
           .birth_date = *Date::parse(birth),
           .registration = policy::RegistrationFacts{.region = kCounty,
                                                     .registration_class = policy::RegistrationClass::non_agricultural,
                                                     .urban_conditions = true},
           .labour_capacity = policy::LabourCapacity::partial,
           .employed = false});
    };
    member("m1", policy::Relation::self, "1960-03-01");
    member("m2", policy::Relation::spouse, "1962-11-02");
    member("m3", policy::Relation::child, "2008-06-15");
    intake.facts.members[2].labour_capacity = policy::LabourCapacity::none;
    intake.facts.incomes.push_back({.kind = policy::IncomeKind::wages,
                                    .member = "m1",
                                    .amount = Money::yuan(600),
                                    .period = policy::IncomePeriod::month});
    intake.facts.obligors.push_back({.key = "o1",
                                     .supports = "m1",
                                     .relation = policy::ObligorRelation::child,
                                     .birth_date = Date::parse("1985-07-12"),
                                     .household_size = 3,
                                     .household_income_month = Money::yuan(1800),
                                     .persons_supported = 2,
                                     .property_within_rule = true});
    intake.kin = cases::IntakeKinDeclaration{};
    intake.account = cases::IntakeAccount{
        .kind = cases::AccountKind::passbook, .number = "14030012345678", .holder = "m1", .bank = "阳泉市农村信用社"};
    intake.promise_given = true;
    return intake;
  }

  cases::CaseRow file(const cases::Intake& intake) {
    const auto filed = cases::file_case(world(), case_world(), actor(Role::civil_affairs_assistant), intake);
    EXPECT_TRUE(filed) << filed.error().key;
    return filed->row;
  }

  static cases::CaseTarget target(const cases::CaseRow& row) { return {row.region.county(), row.id, row.version}; }

  cases::CaseRow reload(const cases::CaseRow& row) {
    return *database().read([&](db::Transaction& tx) { return cases::find_case(tx, row.county_code, row.id); });
  }

  /// Puts a case into a state without the road, for tests that start in the middle.
  cases::CaseRow put_into(const cases::CaseRow& row, cases::State state,
                          cases::Proposal proposal = cases::Proposal::none) {
    cases::CaseRow changed = reload(row);
    changed.state = state;
    changed.proposal = proposal;
    changed.accepted_on = changed.accepted_on.value_or(clock().today());
    changed.entered_on = clock().today();
    EXPECT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      cases::update_case(tx, changed);
      return {};
    }));
    return changed;
  }

 protected:
  void SetUp() override {
    WorldOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    auto rulebook = policy::load_rulebook(policy::embedded_policy_files());
    ASSERT_TRUE(rulebook) << rulebook.error().fields.front().pointer << " " << rulebook.error().fields.front().key;
    auto calendar = parse_calendar(*embedded::find(embedded::policy(), "calendar/CN.csv"));
    ASSERT_TRUE(calendar) << calendar.error().key;
    calendar_ = std::make_unique<WorkingCalendar>(std::move(*calendar));
    case_world_ = std::make_unique<cases::CaseWorld>(cases::CaseWorld{*rulebook, *calendar_, {}});
  }

  void TearDown() override {
    case_world_.reset();
    WorldOnBothDatabases::TearDown();
  }

 private:
  static const char* home_of(Role role) {
    switch (title_of(role).levels.front()) {
      case RegionLevel::village: return kVillage;
      case RegionLevel::township: return kTownship;
      case RegionLevel::county: return kCounty;
      case RegionLevel::city: return "1403";
      case RegionLevel::province: return "14";
    }
    return kCounty;
  }

  std::map<Role, Actor> actors_;
  int login_count_ = 0;
  std::unique_ptr<WorkingCalendar> calendar_;
  std::unique_ptr<cases::CaseWorld> case_world_;
};

}  // namespace jiuzhu::test

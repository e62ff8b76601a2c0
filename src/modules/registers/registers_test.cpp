#include <gtest/gtest.h>

#include <algorithm>

#include "kernel/test/world.hpp"
#include "modules/registers/county_rules.hpp"
#include "modules/registers/test_registers.hpp"

namespace jiuzhu::registers {
namespace {

using test::kVehicleTitles;
using test::kWageTitles;
using test::register_number;
using test::vehicle_row;
using test::wage_row;

/// A county with one couple in benefit, who owns what the files of a test say.
class Registers : public test::WorldOnBothDatabases {
 public:
  const RegisterWorld& hall() { return hall_->world(); }
  Date today() { return clock().today(); }
  RegionCode county() { return *RegionCode::parse("140302"); }

  DeliveryRow delivered(const std::string& code, const std::string& bytes, Date as_of) {
    clock().advance_seconds(1);  // identifiers sort by time, and the later file counts
    return hall_->delivered(officer_, code, bytes, as_of);
  }
  DeliveryRow reread(const DeliveryRow& row) {
    return *database().read([&](db::Transaction& tx) { return find_delivery(tx, row.county_code, row.id); });
  }
  /// Of which deliveries the audit record tells this.
  std::vector<std::string> recorded(const std::string& action) {
    return database().read([&](db::Transaction& tx) {
      return tx.select<std::string>(
          {"test.recorded", "select subject_id from audit_record where action = ? order by sequence"}, action);
    });
  }
  std::vector<HeldRegister> held() {
    return database().read(
        [&](db::Transaction& tx) { return held_registers(tx, hall().catalogue, "140302", today()); });
  }
  const HeldRegister& held_vehicles(const std::vector<HeldRegister>& all) { return all[0]; }
  HouseholdAnswer asked() {
    const auto registers = held();
    const auto answers =
        look_up(hall().catalogue, hall().files, {.households = couple_, .registers = registers, .today = today()});
    EXPECT_TRUE(answers) << answers.error().key;
    const auto found = answers->households.find("W1");
    return found == answers->households.end() ? HouseholdAnswer() : found->second;
  }
  std::vector<std::string> codes(const HouseholdAnswer& answer) {
    std::vector<std::string> list;
    for (const AppliedRule& rule : answer.rules) list.push_back(hall().catalogue.rules[rule.place].rule.code);
    return list;
  }

 protected:
  void SetUp() override {
    WorldOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    hall_ = std::make_unique<test::RegisterHall>(
        world(), DeliveryWatch{.people = [this](db::Transaction&, const std::string&) { return couple_; },
                               .take =
                                   [this](UseCase&, const DeliveryRow&, std::size_t, const Answers& answers) {
                                     watched_.push_back(answers.households.contains("W1")
                                                            ? answers.households.at("W1").facts.size()
                                                            : 0);
                                     return Status();
                                   }});
  }
  void TearDown() override {
    hall_.reset();
    WorldOnBothDatabases::TearDown();
  }

  std::vector<Household> couple_{
      {.id = "W1",
       .persons = {{.key = "m1", .name = "王建国", .citizen_number = register_number(1), .is_authorised = true},
                   {.key = "m2", .name = "李秀英", .citizen_number = register_number(2), .is_authorised = true}}}};
  std::vector<std::size_t> watched_;
  std::unique_ptr<test::RegisterHall> hall_;
  Actor officer_{.user = *UserId::parse("01920000-0000-7000-8000-000000000001"),
                 .name = "郭核对",
                 .role = Role::verification_officer,
                 .region = *RegionCode::parse("140302")};
};

TEST_P(Registers, AreReadOnceThroughAndKeptAsARecord) {
  const std::string bytes = kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C12345") +
                            vehicle_row(3, "孙丽", "2019-03-04", "晋C12346") +
                            vehicle_row(4, "孙丽", "2019-03-04", "晋C12348") + "12,赵,2019-03-04,晋C1,小型轿车,1\n" +
                            vehicle_row(2, "李秀英", "2018-03-04", "晋C12347", "轻便摩托车");
  const DeliveryRow row = delivered("vehicles", bytes, today());
  EXPECT_EQ(row.state, DeliveryState::accepted);
  EXPECT_EQ(row.row_count, 5);
  EXPECT_EQ(row.matched_count, 1);
  EXPECT_EQ(row.not_ours_count, 2);
  EXPECT_EQ(row.filtered_count, 1);
  EXPECT_EQ(row.malformed, R"({"length":1})");
  EXPECT_EQ(row.digest.size(), 64);
  EXPECT_EQ(watched_, std::vector<std::size_t>{1});
  EXPECT_TRUE(held_vehicles(held()).answers());
  const HouseholdAnswer answer = asked();
  EXPECT_EQ(codes(answer), (std::vector<std::string>{"VEHICLE", "VEHICLE-PURCHASE"}));
  ASSERT_EQ(answer.facts.size(), 1);
  EXPECT_EQ(answer.facts[0].person, "m1");
  EXPECT_EQ(answer.facts[0].row, 2);
  EXPECT_EQ(answer.facts[0].grade, sieve::NameGrade::same_name);
  EXPECT_EQ(answer.facts[0].shown, (std::vector<std::string>{"晋C12345", "小型轿车", "2019-03-04", "50000"}));
}

TEST_P(Registers, ArriveInPiecesAndGoOnWhereTheyStopped) {
  const std::string bytes = kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C12345");
  const auto begun = begin_delivery(
      hall(), officer_, {"vehicles", "C:\\机动车\\2019 年 8 月.csv", static_cast<std::int64_t>(bytes.size()), today()});
  ASSERT_TRUE(begun);
  EXPECT_EQ(begun->file_name, "2019 年 8 月.csv");
  const std::string_view all = bytes;
  ASSERT_TRUE(add_contents(hall(), officer_, county(), begun->id, 0, all.substr(0, 50)));
  const auto again = add_contents(hall(), officer_, county(), begun->id, 0, all.substr(0, 50));
  EXPECT_EQ(again.error().key, "registers.other_offset");
  EXPECT_EQ(again.error().params.front().second, "50");
  EXPECT_EQ(add_contents(hall(), officer_, county(), begun->id, 50, all).error().key, "registers.more_than_announced");
  EXPECT_EQ(look_at_delivery(hall(), officer_, county(), begun->id, {}).error().key, "registers.not_uploaded");
  const auto whole = add_contents(hall(), officer_, county(), begun->id, 50, all.substr(50));
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->state, DeliveryState::uploaded);
  EXPECT_EQ(add_contents(hall(), officer_, county(), begun->id, whole->received, "x").error().key,
            "registers.not_uploading");
}

TEST_P(Registers, AreRefusedWithTheReasonWhenTheyAreOfNoUse) {
  // The first rows are right, which is all that the preview sees.
  std::string bytes = kVehicleTitles;
  for (int i = 0; i < 100; ++i) bytes += vehicle_row(i, "甲", "2019-03-04", "晋C" + std::to_string(i));
  for (int i = 0; i < 100; ++i) bytes += "乙," + register_number(i) + ",2019-03-04,晋C,小型轿车,1\n";
  const DeliveryRow row = delivered("vehicles", bytes, today());
  EXPECT_EQ(row.state, DeliveryState::refused);
  EXPECT_EQ(row.fault_key, "sieve.mostly_malformed");
  EXPECT_TRUE(row.erased_on);
  EXPECT_FALSE(hall().files.has("140302", row.id));
  EXPECT_FALSE(held_vehicles(held()).is_used);
  EXPECT_TRUE(watched_.empty());
}

TEST_P(Registers, GoAWeekAfterALaterFileHasReplacedThem) {
  const auto car = [&](int person, const std::string& name) {
    return kVehicleTitles + vehicle_row(person, name, "2019-03-04", "晋C1");
  };
  const DeliveryRow july = delivered("vehicles", car(1, "王建国"), today());
  clock().advance_days(31);
  const DeliveryRow august = delivered("vehicles", car(2, "李秀英"), today());
  ASSERT_EQ(asked().facts.size(), 1);
  EXPECT_EQ(asked().facts[0].person, "m2");
  // An older one that comes late replaces nothing.
  const DeliveryRow late = delivered("vehicles", car(1, "王建国"), today().plus_days(-20));
  EXPECT_EQ(late.state, DeliveryState::accepted);
  EXPECT_EQ(asked().facts[0].person, "m2");
  // A file that should not have been taken gives way to the one before.
  ASSERT_TRUE(withdraw_delivery(hall(), officer_, county(), august.id));
  EXPECT_EQ(asked().facts[0].person, "m1");
  clock().advance_days(7);
  erase_outdated(hall());
  EXPECT_FALSE(reread(july).erased_on);
  clock().advance_days(1);
  erase_outdated(hall());
  EXPECT_EQ(reread(july).erased_on, today());
  EXPECT_FALSE(hall().files.has("140302", july.id));
  EXPECT_EQ(recorded("registers.erased"), std::vector<std::string>{july.id.to_text()});
  EXPECT_FALSE(reread(late).erased_on);
  EXPECT_EQ(asked().facts[0].person, "m1");
}

TEST_P(Registers, TellWhenTheSameFileComesAgain) {
  const std::string bytes = kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1");
  const DeliveryRow first = delivered("vehicles", bytes, today());
  const DeliveryRow again = delivered("vehicles", bytes, today());
  EXPECT_FALSE(read_delivery(hall(), officer_, county(), first.id)->is_repeated);
  EXPECT_TRUE(read_delivery(hall(), officer_, county(), again.id)->is_repeated);
}

TEST_P(Registers, AddUpWhereTheyComeByPeriods) {
  delivered("employment", kWageTitles + wage_row(1, "王建国", "2019-06", "某煤矿", "2000.00"), today());
  clock().advance_days(20);
  delivered("employment", kWageTitles + wage_row(1, "王建国", "2019-07", "某煤矿", "3000.00"), today());
  EXPECT_EQ(watched_, (std::vector<std::size_t>{1, 2}));
  const HouseholdAnswer answer = asked();
  EXPECT_EQ(codes(answer), std::vector<std::string>{"EMPLOYED"});
  EXPECT_EQ(answer.facts.size(), 2);
  const DeliveryRow other = hall_->uploaded(
      officer_, "employment",
      "身份证号,姓名,月份,单位名称,缴费基数\n" + wage_row(1, "王建国", "2019-07", "某煤矿", "1"), today());
  const auto preview = look_at_delivery(hall(), officer_, county(), other.id, {});
  EXPECT_EQ(accept_columns(hall(), officer_, county(), other.id, preview->begin.shape, preview->matches).error().key,
            "registers.columns_differ");
}

TEST_P(Registers, OfPeriodsAreNotCountedTwice) {
  const std::string july = kWageTitles + wage_row(1, "王建国", "2019-07", "某煤矿", "3000.00");
  delivered("employment", july, today());
  const DeliveryRow again = delivered("employment", july, today());
  EXPECT_EQ(again.state, DeliveryState::refused);
  EXPECT_EQ(again.fault_key, "registers.repeated");
  EXPECT_EQ(asked().facts.size(), 1);
}

TEST_P(Registers, AreNotWithdrawnWhileTheyAreReadNorReadWhenTheyAreGone) {
  const DeliveryRow row =
      hall_->uploaded(officer_, "vehicles", kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1"), today());
  EXPECT_EQ(cancel_check(hall(), hall_->runner(), officer_, county(), row.id).error().key, "registers.not_running");
  const auto preview = look_at_delivery(hall(), officer_, county(), row.id, {});
  ASSERT_TRUE(accept_columns(hall(), officer_, county(), row.id, preview->begin.shape, preview->matches));
  EXPECT_EQ(withdraw_delivery(hall(), officer_, county(), row.id).error().key, "registers.running");
  hall_->runner().run_waiting();
  const auto registers = held();
  hall().files.remove("140302", row.id);
  const auto answers =
      look_up(hall().catalogue, hall().files, {.households = couple_, .registers = registers, .today = today()});
  EXPECT_EQ(answers.error().key, "registers.contents_gone");
  EXPECT_EQ(answers.error().params.front().second, "vehicles.csv");
}

TEST_P(Registers, AnswerOnlyAboutThoseWhoSignedTheLetter) {
  delivered(
      "vehicles",
      kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1") + vehicle_row(2, "李秀英", "2019-03-04", "晋C2"),
      today());
  couple_[0].persons[1].is_authorised = false;
  const HouseholdAnswer answer = asked();
  ASSERT_EQ(answer.facts.size(), 1);
  EXPECT_EQ(answer.facts[0].person, "m1");
  couple_[0].persons[0].is_disabled = true;
  EXPECT_EQ(codes(asked()), std::vector<std::string>{"VEHICLE-PURCHASE"});
}

TEST_P(Registers, SayOfAnObligorWhatIsHisAndOfTheMembersWhatIsTheirs) {
  couple_[0].persons.push_back(
      {.key = "o1", .name = "王大勇", .citizen_number = register_number(9), .is_obligor = true, .is_authorised = true});
  delivered("employment", kWageTitles + wage_row(9, "王大勇", "2019-07", "某煤矿", "9000.00"), today());
  EXPECT_TRUE(codes(asked()).empty());  // whoever owes support is expected to work
  EXPECT_EQ(asked().facts.size(), 1);
  delivered("vehicles", kVehicleTitles + vehicle_row(9, "王大勇", "2015-03-04", "晋C1"), today());
  const HouseholdAnswer answer = asked();
  ASSERT_EQ(codes(answer), std::vector<std::string>{"VEHICLE"});
  EXPECT_EQ(answer.rules[0].obligor, "o1");
}

TEST_P(Registers, AreRefusedWhenTheyAreEmptyOrMuchSmallerThanBefore) {
  EXPECT_EQ(delivered("vehicles", kVehicleTitles, today()).fault_key, "registers.no_rows");
  std::string bytes = kVehicleTitles;
  for (int i = 0; i < 10; ++i) bytes += vehicle_row(i, "王建国", "2019-03-04", "晋C" + std::to_string(i));
  const DeliveryRow whole = delivered("vehicles", bytes, today());
  const std::string cut = kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1");
  EXPECT_EQ(delivered("vehicles", cut, today()).fault_key, "registers.much_smaller");
  EXPECT_EQ(asked().facts.size(), 2);
  ASSERT_TRUE(withdraw_delivery(hall(), officer_, county(), whole.id));
  EXPECT_EQ(delivered("vehicles", cut, today()).state, DeliveryState::accepted);
}

TEST_P(Registers, WakeTheWatchOnlyWithWhatAnswers) {
  delivered("vehicles", kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1"), today());
  delivered("vehicles", kVehicleTitles + vehicle_row(2, "李秀英", "2019-03-04", "晋C2"), today().plus_days(-100));
  EXPECT_EQ(watched_.size(), 1);
}

TEST_P(Registers, OfACancelledCheckGoLikeUploadsThatWereGivenUp) {
  const DeliveryRow row = hall_->uploaded(officer_, "vehicles", kVehicleTitles, today());
  const auto preview = look_at_delivery(hall(), officer_, county(), row.id, {});
  ASSERT_TRUE(accept_columns(hall(), officer_, county(), row.id, preview->begin.shape, preview->matches));
  ASSERT_TRUE(cancel_check(hall(), hall_->runner(), officer_, county(), row.id));
  EXPECT_EQ(read_delivery(hall(), officer_, county(), row.id)->row.state, DeliveryState::uploaded);
  clock().advance_days(8);
  erase_outdated(hall());
  EXPECT_EQ(reread(row).state, DeliveryState::withdrawn);
  EXPECT_FALSE(hall().files.has("140302", row.id));
}

TEST_P(Registers, AreStaleAfterTheirTimeAndGoneAfterMore) {
  const DeliveryRow row =
      delivered("vehicles", kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1"), today());
  clock().advance_days(92);
  EXPECT_TRUE(held_vehicles(held()).is_fresh);
  clock().advance_days(1);
  EXPECT_FALSE(held_vehicles(held()).is_fresh);
  EXPECT_EQ(asked().facts.size(), 1);
  clock().advance_days(31);
  erase_outdated(hall());
  EXPECT_EQ(reread(row).erased_on, today());
  EXPECT_TRUE(held_vehicles(held()).deliveries.empty());
  EXPECT_TRUE(held_vehicles(held()).is_used);
}

TEST_P(Registers, HaveNoDataAfterTheirFilesAreLost) {
  const DeliveryRow row =
      delivered("vehicles", kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1"), today());
  hall().files.remove("140302", row.id);  // a restored installation has none
  erase_outdated(hall());
  EXPECT_EQ(reread(row).erased_on, today());
  EXPECT_EQ(recorded("registers.found_missing"), std::vector<std::string>{row.id.to_text()});
  EXPECT_TRUE(held_vehicles(held()).is_used);
  EXPECT_FALSE(held_vehicles(held()).answers());
}

TEST_P(Registers, AreWithdrawnAndGivenUpUploadsGo) {
  const DeliveryRow row =
      delivered("vehicles", kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1"), today());
  const auto withdrawn = withdraw_delivery(hall(), officer_, county(), row.id);
  ASSERT_TRUE(withdrawn);
  EXPECT_FALSE(hall().files.has("140302", row.id));
  EXPECT_TRUE(asked().facts.empty());
  EXPECT_EQ(withdraw_delivery(hall(), officer_, county(), row.id).error().key, "registers.not_held");
  const DeliveryRow left = hall_->uploaded(officer_, "vehicles", kVehicleTitles, today());
  // What a kill between file and row would leave.
  const auto stray = world_id<DeliveryId>();
  hall().files.write("140302", stray, 0, "x");
  clock().advance_days(8);
  erase_outdated(hall());
  EXPECT_EQ(reread(left).state, DeliveryState::withdrawn);
  EXPECT_FALSE(hall().files.has("140302", left.id));
  EXPECT_FALSE(hall().files.has("140302", stray));
}

TEST_P(Registers, SayWhatIsWrongWithAnAnnouncement) {
  const auto refused = begin_delivery(hall(), officer_, {"vehicles", " ", 0, today().plus_days(1)});
  ASSERT_FALSE(refused);
  std::vector<std::string> keys;
  for (const FieldError& field : refused.error().fields) keys.push_back(field.key);
  EXPECT_EQ(keys, (std::vector<std::string>{"field.empty", "registers.file_empty", "registers.as_of_in_future"}));
  EXPECT_EQ(begin_delivery(hall(), officer_, {"vehicles", "a.csv", (std::int64_t{64} << 30) + 1, today()})
                .error()
                .fields[0]
                .key,
            "registers.file_too_large");
  EXPECT_EQ(begin_delivery(hall(), officer_, {"boats", "a.csv", 1, today()}).error().key, "registers.unknown");
  EXPECT_EQ(begin_delivery(hall(), officer_, {"vehicles", "a.csv", 1, today().plus_days(-200)}).error().fields[0].key,
            "registers.as_of_stale");
}

TEST_P(Registers, AreLookedAtByTheCountysOwnLimits) {
  delivered("vehicles", kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1"), today());
  Actor approver = officer_;
  approver.role = Role::county_approver;
  const auto own = [&] {
    sieve::Catalogue catalogue;
    database().read([&](db::Transaction& tx) {
      catalogue = county_catalogue(tx, hall().catalogue, "140302");
      return 0;
    });
    const auto registers = held();
    const auto answers =
        look_up(catalogue, hall().files, {.households = couple_, .registers = registers, .today = today()});
    return codes(answers->households.at("W1"));
  };
  EXPECT_EQ(own(), (std::vector<std::string>{"VEHICLE", "VEHICLE-PURCHASE"}));
  EXPECT_EQ(set_rule(hall(), officer_, "VEHICLE", true, "", 0).error().key, "access.permission_missing");
  ASSERT_TRUE(set_rule(hall(), approver, "VEHICLE", false, " vehicles >= 2 ", 0));
  EXPECT_EQ(own(), std::vector<std::string>{"VEHICLE-PURCHASE"});
  EXPECT_EQ(set_rule(hall(), approver, "VEHICLE", true, "", 0).error().key, "registers.changed_meanwhile");
  ASSERT_TRUE(set_rule(hall(), approver, "VEHICLE-PURCHASE", true, "", 0));
  EXPECT_TRUE(own().empty());
  ASSERT_TRUE(set_rule(hall(), approver, "VEHICLE", false, "", 1));
  EXPECT_EQ(own(), std::vector<std::string>{"VEHICLE"});
  EXPECT_EQ(set_rule(hall(), approver, "VEHICLE", false, "cars > 1", 2).error().fields[0].key,
            "registers.condition_wrong");
  EXPECT_EQ(set_rule(hall(), approver, "DEATH", false, "vehicles > 1", 0).error().fields[0].key,
            "registers.rule_leaves_register");
  EXPECT_EQ(set_rule(hall(), approver, "BOATS", false, "", 0).error().key, "registers.rule_unknown");
  const auto rules = read_rules(hall(), officer_);
  EXPECT_TRUE(std::ranges::find(*rules, "VEHICLE-PURCHASE", [](const RuleStatus& status) {
                return status.rule->rule.code;
              })->is_off);
}

TEST_P(Registers, AreTheirCountysAlone) {
  const DeliveryRow row =
      delivered("vehicles", kVehicleTitles + vehicle_row(1, "王建国", "2019-03-04", "晋C1"), today());
  Actor elsewhere = officer_;
  elsewhere.region = *RegionCode::parse("140303");
  EXPECT_EQ(read_delivery(hall(), elsewhere, county(), row.id).error().key, "registers.not_found");
  EXPECT_EQ(withdraw_delivery(hall(), elsewhere, county(), row.id).error().key, "registers.not_found");
  EXPECT_TRUE(find_deliveries(hall(), elsewhere, "", "", 50)->empty());
  Actor village = officer_;
  village.role = Role::village_cadre;
  EXPECT_EQ(read_registers(hall(), village).error().key, "access.permission_missing");
  Actor inspector = officer_;
  inspector.role = Role::city_inspector;
  inspector.region = *RegionCode::parse("1403");
  EXPECT_FALSE(read_registers(hall(), inspector)->front().held.is_used);
  EXPECT_TRUE(read_registers(hall(), officer_)->front().held.is_used);
  Actor reader = officer_;
  reader.role = Role::county_case_officer;
  EXPECT_TRUE(read_delivery(hall(), reader, county(), row.id));
  EXPECT_EQ(look_at_delivery(hall(), reader, county(), row.id, {}).error().key, "access.permission_missing");
  EXPECT_EQ(set_used(hall(), reader, "vehicles", true).error().key, "access.permission_missing");
  // Whoever writes reports does not choose what they rest on.
  EXPECT_EQ(set_used(hall(), officer_, "vehicles", false).error().key, "access.permission_missing");
  Actor approver = officer_;
  approver.role = Role::county_approver;
  ASSERT_TRUE(set_used(hall(), approver, "vehicles", false));
  EXPECT_TRUE(asked().facts.empty());
}

JZ_ON_BOTH_DATABASES(Registers);

}  // namespace
}  // namespace jiuzhu::registers

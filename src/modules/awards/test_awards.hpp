#pragma once
// For tests of what comes after an approval: households with an award, opened by the real approval.

#include "modules/awards/award_service.hpp"
#include "modules/cases/test_cases.hpp"
#include "modules/cases/test_refusals.hpp"

namespace jiuzhu::test {

class AwardsOnBothDatabases : public CasesOnBothDatabases {
 public:
  /// Approves a family of couple_with_child() on the clock's day.
  awards::AwardRow open_award(int family = 1) { return open_award(couple_with_child(family)); }
  awards::AwardRow open_award(const cases::Intake& intake) {
    const cases::CaseRow row = put_into(file(intake), cases::State::awaiting_decision, cases::Proposal::approve);
    const auto approved = approve(row);
    EXPECT_TRUE(approved) << approved.error().key;
    return *award_of(row);
  }
  Result<cases::CaseRow> approve(const cases::CaseRow& row) {
    const auto computed =
        database().read([&](db::Transaction& tx) { return cases::assess_case(tx, case_world(), row); });
    // What the public was shown is what the rules give.
    cases::CaseRow publicised = row;
    publicised.proposed_amount = computed->amount_month;
    EXPECT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      cases::update_case(tx, publicised);
      return {};
    }));
    return decisions::approve_case(world(), case_world(), actor(Role::county_approver), target(row), {},
                                   awards::open_on_approval());
  }

  std::optional<awards::AwardRow> award_of(const cases::CaseRow& row) {
    return database().read([&](db::Transaction& tx) { return awards::award_of_case(tx, row.county_code, row.id); });
  }
  awards::AwardRow reload(const awards::AwardRow& row) {
    return *database().read([&](db::Transaction& tx) { return awards::find_award(tx, row.county_code, row.id); });
  }
  using CasesOnBothDatabases::reload;
  using CasesOnBothDatabases::target;
  static awards::AwardTarget target(const awards::AwardRow& row) { return {row.region.county(), row.id, row.version}; }

 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    cases::provide_case_needs(case_world());
    answer_all_except({cases::Need::complete_file, cases::Need::signed_authorisation,
                       cases::Need::favourable_assessment, cases::Need::checked_account});
    case_world().needs.require_complete();
  }
};

}  // namespace jiuzhu::test

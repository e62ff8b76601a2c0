// A county lives for some months at random: families come and go, standards rise, amounts are adjusted, accounts break
// and are repaired, runs are prepared, discarded, released, answered, answered twice. Whatever happens, no month is
// paid twice, nothing is lost, and every fen that left is explained. A failure names its seed; JIUZHU_SEED walks
// another one.

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/seeded_random.hpp"
#include "modules/awards/standard_change.hpp"
#include "modules/awards/test_awards.hpp"
#include "modules/payments/payment_service.hpp"
#include "modules/payments/run_rules.hpp"

namespace jiuzhu::payments {
namespace {

using awards::AwardRow;
using cases::CaseProgramme;

constexpr CaseProgramme kUrban = CaseProgramme::urban_minimum_living;
constexpr int kSteps = 120;

struct Sums {
  std::int64_t committed = 0;
  std::int64_t lines = 0;
  std::int64_t items = 0;
  std::int64_t paid_twice = 0;
};
BOOST_DESCRIBE_STRUCT(Sums, (), (committed, lines, items, paid_twice))

class PaymentsWalk : public test::AwardsOnBothDatabases {
 protected:
  void SetUp() override {
    AwardsOnBothDatabases::SetUp();
    const char* given = std::getenv("JIUZHU_SEED");
    if (given) seed_ = std::strtoull(given, nullptr, 10);
    random_ = std::make_unique<SeededRandom>(seed_);
  }

  std::uint32_t below(std::uint32_t limit) {
    std::array<std::uint8_t, 4> bytes{};
    random_->fill(bytes);
    return (bytes[0] | bytes[1] << 8U | bytes[2] << 16U | (bytes[3] & 0x7FU) << 24U) % limit;
  }
  Month this_month() { return clock().today().month_of(); }
  AwardRow some_award() { return reload(awards_[below(static_cast<std::uint32_t>(awards_.size()))]); }

  void approve_a_family() { awards_.push_back(open_award(++families_)); }
  void adjust() {
    const AwardRow row = some_award();
    const Month from = std::max(row.payable_from, this_month().plus(-static_cast<int>(below(3))));
    static_cast<void>(awards::adjust_award(world(), case_world(), actor(Role::county_approver), target(row),
                                           {from, Money::yuan(100 + below(900)), {{"DB-2012/32", "经复核调整"}}}));
  }
  void end() {
    static_cast<void>(awards::end_award(
        world(), case_world(), actor(Role::county_case_officer), target(some_award()),
        {awards::EndReason::recipient_died, this_month().plus(-static_cast<int>(below(3))), "户主去世"}));
  }
  void repair() {
    static_cast<void>(awards::change_account(world(), actor(Role::county_case_officer), target(some_award()),
                                             {"passbook", "9998887776665" + std::to_string(below(9)), "m2", "银行"}));
  }
  void raise_standard() {
    const auto change = awards::prepare_change(world(), case_world(), actor(Role::county_case_officer), region(kCounty),
                                               kUrban, *Month::of(2020, 1));
    if (change) {
      static_cast<void>(awards::apply_change(world(), actor(Role::county_case_officer), region(kCounty), change->id));
    }
  }
  void prepare() {
    const Month of = this_month().plus(-static_cast<int>(below(2)));
    const auto run = prepare_run(world(), case_world(), actor(Role::funds_officer), region(kCounty), kUrban, of);
    if (run) runs_.push_back(run->id);
  }
  void decide() {
    if (runs_.empty()) return;
    if (below(4) == 0) {
      static_cast<void>(discard_run(world(), actor(Role::funds_officer), region(kCounty), runs_.back()));
    } else {
      static_cast<void>(approve_run(world(), actor(Role::county_approver), region(kCounty), runs_.back()));
      static_cast<void>(take_bank_file(world(), actor(Role::funds_officer), region(kCounty), runs_.back()));
    }
  }
  void answer() {
    if (runs_.empty()) return;
    const RunId id = runs_[below(static_cast<std::uint32_t>(runs_.size()))];
    const auto run = read_run(world(), actor(Role::funds_officer), region(kCounty), id, ItemFilter::all, "", 1000);
    std::string file = "流水号,结果,原因\n";
    for (const ItemRow& item : run->items) {
      const bool fails = item.state == ItemState::failed || below(4) == 0;
      file += transfer_reference(run->run.run_number, item.position) + (fails ? ",失败,销户\n" : ",成功,\n");
    }
    for (int times = 0; times < 2; ++times) {
      static_cast<void>(read_return_file(world(), actor(Role::funds_officer), region(kCounty), id, file));
    }
  }

  void step() {
    switch (below(12)) {
      case 0:
      case 1: return approve_a_family();
      case 2: return adjust();
      case 3: return below(3) == 0 ? end() : repair();
      case 4: return repair();
      case 5: return raise_standard();
      case 6:
      case 7: return prepare();
      case 8:
      case 9: return decide();
      case 10: return answer();
      default: return clock().advance_days(7 + static_cast<int>(below(25)));
    }
  }

  void check_invariants(int at) {
    const Sums sums = database().read([](db::Transaction& tx) {
      return tx.get<Sums>(
          {"test.sums",
           "select (select coalesce(cast(sum(committed) as bigint), 0) from payment_month), "
           "(select coalesce(cast(sum(amount) as bigint), 0) from payment_line where is_reversed = 0), "
           "(select coalesce(cast(sum(amount) as bigint), 0) from payment_item where state in ('planned', 'issued', "
           "'paid')), "
           // More went out for a month than it was ever worth.
           "(select count(*) from (select l.county_code, l.award_id, l.month, sum(l.amount) as paid from payment_line "
           "l "
           "where l.is_reversed = 0 group by l.county_code, l.award_id, l.month) p where p.paid > (select "
           "max(a.amount) "
           "from award_amount a where a.county_code = p.county_code and a.award_id = p.award_id "
           "and a.from_month <= p.month))"});
    });
    EXPECT_EQ(sums.committed, sums.lines) << "seed " << seed_ << ", step " << at;
    EXPECT_EQ(sums.lines, sums.items) << "seed " << seed_ << ", step " << at;
    EXPECT_EQ(sums.paid_twice, 0) << "seed " << seed_ << ", step " << at;
  }

  /// Repairs every account, pays what is left, and finds nothing open but what was overpaid.
  void settle_everything() {
    clock().advance_days(40);
    for (const AwardRow& row : awards_) {
      static_cast<void>(awards::change_account(world(), actor(Role::county_case_officer), target(reload(row)),
                                               {"passbook", "99988877766655", "m2", "银行"}));
    }
    if (!runs_.empty()) {
      static_cast<void>(discard_run(world(), actor(Role::funds_officer), region(kCounty), runs_.back()));
    }
    const auto run =
        prepare_run(world(), case_world(), actor(Role::funds_officer), region(kCounty), kUrban, this_month());
    if (run) {
      EXPECT_TRUE(approve_run(world(), actor(Role::county_approver), region(kCounty), run->id));
    }
    const auto owed = database().read([](db::Transaction& tx) {
      return tx.get<std::int64_t>(
          {"test.owed",
           "select count(*) from payment_month m join award_account c on c.county_code = m.county_code "
           "and c.award_id = m.award_id where m.entitled > m.committed and c.refused_reason is null"});
    });
    EXPECT_EQ(owed, 0) << "seed " << seed_;
    if (run) check_no_month_is_missing();
  }

  void check_no_month_is_missing() {
    for (const AwardRow& award : awards_) {
      const AwardRow row = reload(award);
      const Month until = std::min(row.until_month, this_month().plus(1));
      const auto months =
          database().read([&](db::Transaction& tx) { return months_of_award(tx, row.county_code, row.id); });
      const auto known = std::ranges::count_if(months, [&](const MonthRow& month) { return month.month < until; });
      EXPECT_EQ(known, std::max(0, until.index() - row.payable_from.index())) << "seed " << seed_;
    }
  }

  std::uint64_t seed_ = 20190801;
  std::unique_ptr<SeededRandom> random_;
  std::vector<AwardRow> awards_;
  std::vector<RunId> runs_;
  int families_ = 0;
};

TEST_P(PaymentsWalk, NoMonthIsPaidTwiceAndNothingIsLost) {
  approve_a_family();
  for (int at = 0; at < kSteps && !HasFailure(); ++at) {
    step();
    check_invariants(at);
  }
  EXPECT_GT(runs_.size(), 2U) << "seed " << seed_ << " walks past what is tested";
  settle_everything();
  check_invariants(kSteps);
}

JZ_ON_BOTH_DATABASES(PaymentsWalk);

}  // namespace
}  // namespace jiuzhu::payments

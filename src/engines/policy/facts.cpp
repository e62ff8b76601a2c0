#include "engines/policy/facts.hpp"

#include <algorithm>
#include <set>

namespace jiuzhu::policy {
namespace {

// Above this an amount is a typing error; it also keeps every product of the engine inside 64 bits.
constexpr Money kAmountMost = Money::yuan(1'000'000'000);
constexpr std::size_t kMembersMost = 50;
constexpr std::size_t kItemsMost = 500;

bool is_region_code(const std::string& code, std::size_t size_most) {
  return code.size() >= 6 && code.size() <= size_most &&
         std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

class Checker {
 public:
  explicit Checker(const HouseholdFacts& facts) : facts_(facts) {
    for (const MemberFacts& member : facts.members) member_keys_.insert(member.key);
    for (const ObligorFacts& obligor : facts.obligors) obligor_keys_.insert(obligor.key);
  }

  std::vector<FieldError> run() {
    if (!is_region_code(facts_.region, 6)) fail("/region", "facts.region");
    if (facts_.approved_on && *facts_.approved_on < facts_.date) fail("/approved_on", "facts.approved_before_date");
    check_size("/members", facts_.members.size(), kMembersMost);
    check_size("/incomes", facts_.incomes.size(), kItemsMost);
    check_size("/deductions", facts_.deductions.size(), kItemsMost);
    check_size("/property", facts_.property.size(), kItemsMost);
    check_size("/obligors", facts_.obligors.size(), kItemsMost);
    if (!errors_.empty()) return errors_;
    for (std::size_t i = 0; i < facts_.members.size(); ++i) check_member(facts_.members[i], at("/members", i));
    check_applicant();
    check_chains();
    for (std::size_t i = 0; i < facts_.incomes.size(); ++i) check_income(facts_.incomes[i], at("/incomes", i));
    for (std::size_t i = 0; i < facts_.deductions.size(); ++i) {
      const DeductionFacts& deduction = facts_.deductions[i];
      check_amount(deduction, at("/deductions", i), deduction.paid_on, "/paid_on");
    }
    for (std::size_t i = 0; i < facts_.property.size(); ++i) check_property(facts_.property[i], at("/property", i));
    for (std::size_t i = 0; i < facts_.obligors.size(); ++i) check_obligor(facts_.obligors[i], at("/obligors", i));
    return errors_;
  }

 private:
  static std::string at(const char* list, std::size_t index) { return std::string(list) + "/" + std::to_string(index); }
  void fail(std::string pointer, std::string key, MessageParams params = {}) {
    errors_.push_back(FieldError{std::move(pointer), std::move(key), std::move(params)});
  }
  void check_size(const char* pointer, std::size_t size, std::size_t most) {
    if (size > most) fail(pointer, "facts.too_many", {{"maximum", std::to_string(most)}});
  }
  void check_key(const std::string& key, const std::string& pointer, std::set<std::string>& seen) {
    if (key.empty()) {
      fail(pointer + "/key", "facts.key_empty");
    } else if (!seen.insert(key).second) {
      fail(pointer + "/key", "facts.key_twice");
    }
  }
  void check_reference(const std::optional<std::string>& key, const std::string& pointer) {
    if (key && !member_keys_.contains(*key)) fail(pointer, "facts.member_unknown");
  }

  void check_member(const MemberFacts& member, const std::string& pointer) {
    check_key(member.key, pointer, seen_members_);
    if (member.birth_date > facts_.date) fail(pointer + "/birth_date", "facts.born_after_date");
    check_reference(member.relative_to, pointer + "/relative_to");
    if (member.relation == Relation::self && member.relative_to) {
      fail(pointer + "/relative_to", "facts.applicant_is_relative_to_nobody");
    }
    if (member.common_residence_since && *member.common_residence_since > facts_.date) {
      fail(pointer + "/common_residence_since", "facts.after_date");
    }
    if (member.registration && !is_region_code(member.registration->region, 12)) {
      fail(pointer + "/registration/region", "facts.region");
    }
    if (member.disability && (member.disability->grade < 1 || member.disability->grade > 4)) {
      fail(pointer + "/disability/grade", "facts.disability_grade");
    }
    for (std::size_t i = 0; i < member.states.size(); ++i) {
      const StateFacts& state = member.states[i];
      if (state.from && state.until && *state.until <= *state.from) {
        fail(pointer + "/states/" + std::to_string(i) + "/until", "facts.period_reversed");
      }
      if (state.from && *state.from < member.birth_date) {
        fail(pointer + "/states/" + std::to_string(i) + "/from", "facts.before_birth");
      }
    }
  }

  void check_applicant() {
    const auto applicants =
        std::ranges::count_if(facts_.members, [](const MemberFacts& m) { return m.relation == Relation::self; });
    if (applicants == 0) fail("/members", "facts.applicant_missing");
    if (applicants > 1) fail("/members", "facts.applicant_twice");
  }

  /// `relative_to` must lead to the applicant.
  void check_chains() {
    for (std::size_t i = 0; i < facts_.members.size(); ++i) {
      const MemberFacts* member = &facts_.members[i];
      for (std::size_t steps = 0; member && member->relative_to; ++steps) {
        if (steps > facts_.members.size()) {
          fail(at("/members", i) + "/relative_to", "facts.relation_circle");
          break;
        }
        const auto next = std::ranges::find(facts_.members, *member->relative_to, &MemberFacts::key);
        member = next == facts_.members.end() ? nullptr : &*next;
      }
    }
  }

  template <class Item>
  void check_amount(const Item& item, const std::string& pointer, const std::optional<Date>& on, const char* on_name) {
    check_reference(item.member, pointer + "/member");
    if (item.amount.is_negative()) fail(pointer + "/amount", "facts.amount_negative");
    if (item.amount > kAmountMost) fail(pointer + "/amount", "facts.amount_too_large");
    if (item.period == IncomePeriod::once && !on) fail(pointer + on_name, "facts.day_needed");
    if (item.period != IncomePeriod::once && on) fail(pointer + on_name, "facts.day_not_expected");
    if (item.period != IncomePeriod::month && item.from) fail(pointer + "/from", "facts.month_not_expected");
    if (item.period != IncomePeriod::month && item.until) fail(pointer + "/until", "facts.month_not_expected");
    if (item.from && item.until && *item.until < *item.from) fail(pointer + "/until", "facts.period_reversed");
  }

  void check_income(const IncomeFacts& income, const std::string& pointer) {
    check_amount(income, pointer, income.received_on, "/received_on");
    if (!income.from_obligor) return;
    if (!obligor_keys_.contains(*income.from_obligor)) fail(pointer + "/from_obligor", "facts.obligor_unknown");
    if (income.kind != IncomeKind::support_received) fail(pointer + "/from_obligor", "facts.only_for_support");
  }

  void check_property(const PropertyFacts& item, const std::string& pointer) {
    check_reference(item.member, pointer + "/member");
    if (item.value && item.value->is_negative()) fail(pointer + "/value", "facts.amount_negative");
    if (item.value && *item.value > kAmountMost) fail(pointer + "/value", "facts.amount_too_large");
    if (item.area_square_metres && (*item.area_square_metres < 0 || *item.area_square_metres > 1'000'000)) {
      fail(pointer + "/area_square_metres", "facts.area");
    }
  }

  void check_obligor(const ObligorFacts& obligor, const std::string& pointer) {
    check_key(obligor.key, pointer, seen_obligors_);
    check_reference(obligor.supports, pointer + "/supports");
    if (obligor.birth_date && *obligor.birth_date > facts_.date) fail(pointer + "/birth_date", "facts.born_after_date");
    const auto check_count = [&](const std::optional<int>& count, const char* name) {
      if (count && (*count < 1 || *count > 50)) fail(pointer + name, "facts.count");
    };
    check_count(obligor.household_size, "/household_size");
    check_count(obligor.persons_supported, "/persons_supported");
    check_count(obligor.sharing, "/sharing");
    if (obligor.household_income_month && obligor.household_income_month->is_negative()) {
      fail(pointer + "/household_income_month", "facts.amount_negative");
    }
    if (obligor.household_income_month && *obligor.household_income_month > kAmountMost) {
      fail(pointer + "/household_income_month", "facts.amount_too_large");
    }
  }

  const HouseholdFacts& facts_;
  std::set<std::string> member_keys_;
  std::set<std::string> obligor_keys_;
  std::set<std::string> seen_members_;
  std::set<std::string> seen_obligors_;
  std::vector<FieldError> errors_;
};

}  // namespace

std::vector<FieldError> problems_of(const HouseholdFacts& facts) { return Checker(facts).run(); }

}  // namespace jiuzhu::policy

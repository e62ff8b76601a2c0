#include "roster_writer.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "kernel/identity/bank_account.hpp"
#include "modules/roster/roster_columns.hpp"

namespace jiuzhu::demo_city {
namespace {

using roster::Column;

constexpr std::size_t kFlushBytes = 256 << 10;
constexpr std::uint64_t kRosterStream = 1;

constexpr std::array kBanks{"阳泉市农村信用合作联社", "中国农业银行阳泉分行", "中国邮政储蓄银行阳泉市分行"};

std::string amount_text(int yuan) { return Money::yuan(yuan).to_text(); }

}  // namespace

RosterWriter::RosterWriter(const std::filesystem::path& target, std::uint64_t seed)
    : file_(target), dice_(seed, kRosterStream) {
  std::vector<std::string> titles;
  for (const auto& plan : roster::column_plans()) titles.emplace_back(plan.title);
  csv_.add_row(titles);
}

std::int64_t RosterWriter::add(const Household& household) {
  const std::int64_t first = rows_ + 1;
  for (std::size_t i = 0; i < household.persons.size(); ++i) add_person(household, i);
  flush();
  return first;
}

void RosterWriter::add_person(const Household& household, std::size_t place) {
  const Person& person = household.persons[place];
  std::vector<std::string> cells(roster::kColumnCount);
  const auto put = [&](Column column, std::string_view text) { cells[static_cast<std::size_t>(column)] = text; };
  put(Column::household, household.label);
  put(Column::relation, person.relation);
  put(Column::name, person.subject.name);
  put(Column::citizen_number, person.subject.number);
  put(Column::covered, person.is_covered ? "是" : "否");
  if (person.age >= 18 && !dice_.one_in(4)) put(Column::phone, phone());
  put(Column::disability_class, person.disability_class);
  put(Column::disability_grade, person.disability_grade);
  put(Column::labour_capacity, person.labour_capacity);
  put(Column::serious_illness, person.is_seriously_ill ? "是" : "否");
  if (person.authorised_on) put(Column::authorised_on, person.authorised_on->to_text());
  if (place == 0) {
    const bool is_card = dice_.one_in(2);
    put(Column::programme, household.is_rural ? "农村低保" : "城市低保");
    put(Column::place, household.place);
    put(Column::amount, household.amount.to_text());
    put(Column::first_month, household.first_month.to_text());
    put(Column::unit, "按户");
    put(Column::income_wages, amount_text(household.wages));
    put(Column::income_business, amount_text(household.business));
    put(Column::income_property, amount_text(household.property));
    put(Column::income_transfers, amount_text(household.transfers));
    put(Column::account_kind, is_card ? "银行卡" : "存折");
    put(Column::bank, dice_.pick(kBanks));
    put(Column::account, account(is_card));
    put(Column::account_holder, person.subject.name);
    if (household.review_due_on) put(Column::review_due_on, household.review_due_on->to_text());
  }
  csv_.add_row(cells);
  ++rows_;
}

std::string RosterWriter::phone() { return "1390353" + std::to_string(1000 + dice_.below(9000)); }

std::string RosterWriter::account(bool is_card) {
  const std::string digits = (is_card ? "622899" : "1403") + std::to_string(100'000'000'000 + ++accounts_);
  if (!is_card) return digits;
  for (char last = '0'; last <= '9'; ++last) {
    if (satisfies_luhn(digits + last)) return digits + last;
  }
  JZ_ASSERT(false);
  return digits;
}

void RosterWriter::flush() {
  bytes_ += csv_.take();
  if (bytes_.size() < kFlushBytes) return;
  file_.write(bytes_);
  bytes_.clear();
}

void RosterWriter::publish() {
  file_.write(bytes_);
  file_.settle();
  file_.publish();
}

}  // namespace jiuzhu::demo_city

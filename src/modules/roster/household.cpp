#include "modules/roster/household.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "modules/roster/roster_words.hpp"

namespace jiuzhu::roster {
namespace {

using enum Column;

/// Nothing that a file says is above this; what is plausible for a household, AmountLimit knows.
constexpr Money kAmountMost = Money::yuan(100'000);

/// As an application's form takes it.
constexpr std::size_t kBankMost = 100;

/// The numbers in a text such as "2018年7月1日"; nothing when something else stands between them.
std::vector<int> numbers_in(std::string_view text) {
  std::vector<int> numbers;
  std::string plain;
  for (const char32_t point : to_code_points(text)) {
    const bool separates = point == U'年' || point == U'月' || point == U'/' || point == U'.' || point == U'-';
    if (point >= U'0' && point <= U'9') {
      plain += static_cast<char>(point);
    } else if (separates) {
      plain += ' ';
    } else if (point != U'日' && point != U'号' && point != U' ') {
      return {};
    }
  }
  for (const std::string_view part : split(plain, ' ')) {
    if (part.empty()) continue;
    int number = 0;
    if (part.size() > 6 || std::from_chars(part.data(), part.data() + part.size(), number).ec != std::errc()) return {};
    numbers.push_back(number);
  }
  return numbers;
}

class HouseholdReader {
 public:
  HouseholdReader(std::vector<Line> lines, const Header& header, const Places& places, Date today)
      : header_(header), places_(places), today_(today) {
    read_.lines = std::move(lines);
  }

  ReadHousehold run() {
    read_.label = std::string(cell(0, Column::household));
    read_.household.label = read_.label;
    for (std::size_t i = 0; i < read_.lines.size(); ++i) read_person(i);
    applicant_ = find_applicant();
    read_households_own();
    refuse_strays();
    if (read_.findings.empty()) check_as_application();
    std::ranges::stable_sort(read_.findings, {}, &Finding::row);
    return std::move(read_);
  }

 private:
  std::string_view cell(std::size_t line, Column column) const { return header_.cell(column, read_.lines[line].cells); }
  void add(std::size_t line, std::optional<Column> column, std::string key, MessageParams params = {}) {
    read_.findings.push_back({read_.lines[line].row, column, std::move(key), std::move(params)});
  }

  /// What a cell of words means; a finding when it is none of them.
  template <class Meaning>
  std::optional<Meaning> meaning(std::size_t line, Column column, std::optional<Meaning> (*of)(std::string_view)) {
    const std::string_view word = cell(line, column);
    if (word.empty()) return std::nullopt;
    auto found = of(word);
    if (!found) {
      std::string words;
      for (const std::string_view choice : plan_of(column).choices) {
        words += (words.empty() ? "" : "、") + std::string(choice);
      }
      add(line, column, "roster.word_unknown", {{"words", words}});
    }
    return found;
  }

  void require_text(std::size_t line, Column column) {
    if (cell(line, column).empty()) add(line, column, "field.empty");
  }

  void read_person(std::size_t line) {
    for (const Column column : {relation, name, citizen_number}) require_text(line, column);
    const std::string key = "m" + std::to_string(line + 1);
    Household& household = read_.household;
    household.rows.push_back(read_.lines[line].row);
    cases::IntakePerson person{
        .key = key, .name = std::string(cell(line, name)), .citizen_number = std::string(cell(line, citizen_number))};
    if (!cell(line, phone).empty()) person.phone = std::string(cell(line, phone));
    if (const auto text = cell(line, authorised_on); !text.empty()) {
      person.authorised_on = parse_day(text);
      if (!person.authorised_on) add(line, authorised_on, "field.not_date");
    }
    household.intake.persons.push_back(std::move(person));
    household.is_covered.push_back(meaning(line, covered, yes_no_of).value_or(true));

    policy::MemberFacts member{.key = key,
                               .relation = meaning(line, relation, relation_of).value_or(policy::Relation::other)};
    member.labour_capacity = meaning(line, labour_capacity, capacity_of);
    member.serious_illness = meaning(line, serious_illness, yes_no_of).value_or(false);
    const auto kind = meaning(line, disability_class, disability_of);
    const auto grade = meaning(line, disability_grade, grade_of);
    if (kind && grade) member.disability = policy::DisabilityFacts{*kind, *grade};
    if (cell(line, disability_class).empty() != cell(line, disability_grade).empty()) {
      add(line, cell(line, disability_class).empty() ? disability_class : disability_grade, "roster.disability_half");
    }
    household.intake.facts.members.push_back(std::move(member));
  }

  std::size_t find_applicant() {
    const auto& members = read_.household.intake.facts.members;
    const auto is_self = [](const policy::MemberFacts& member) { return member.relation == policy::Relation::self; };
    const auto found = std::ranges::find_if(members, is_self);
    const auto count = std::ranges::count_if(members, is_self);
    if (count != 1) add(0, relation, count == 0 ? "roster.applicant_missing" : "roster.applicant_twice");
    return found == members.end() ? 0 : static_cast<std::size_t>(found - members.begin());
  }

  void read_households_own() {
    const std::size_t line = applicant_;
    cases::Intake& intake = read_.household.intake;
    for (const ColumnPlan& plan : column_plans()) {
      if (plan.is_households && plan.is_needed) require_text(line, plan.column);
    }
    intake.programme = meaning(line, programme, programme_of).value_or(cases::CaseProgramme::urban_minimum_living);
    intake.facts.unit = meaning(line, unit, unit_of).value_or(policy::ApplicationUnit::household);
    if (const auto text = cell(line, place); !text.empty()) {
      const auto found = places_.find(text);
      if (found) {
        intake.region = *found;
      } else {
        add(line, place, found.error().key);
      }
    }
    // Whoever draws a programme's benefit was registered for it; the roster need not say so again.
    for (policy::MemberFacts& member : intake.facts.members) {
      const bool is_urban = intake.programme == cases::CaseProgramme::urban_minimum_living;
      member.registration =
          policy::RegistrationFacts{.region = places_.county().to_text(),
                                    .registration_class = is_urban ? policy::RegistrationClass::non_agricultural
                                                                   : policy::RegistrationClass::agricultural,
                                    .urban_conditions = is_urban};
    }
    read_amounts(line);
    read_account(line);
    if (const auto text = cell(line, review_due_on); !text.empty()) {
      read_.household.review_due_on = parse_day(text);
      if (!read_.household.review_due_on) add(line, review_due_on, "field.not_date");
    }
    if (std::ranges::find(read_.household.is_covered, true) == read_.household.is_covered.end()) {
      add(line, covered, "roster.nobody_covered");
    }
  }

  void read_amounts(std::size_t line) {
    if (const auto text = cell(line, amount); !text.empty()) {
      const auto money = Money::parse(text);
      if (!money) {
        add(line, amount, "field.not_money");
      } else if (*money <= Money() || *money > kAmountMost) {
        add(line, amount, "roster.amount_range", {{"most", kAmountMost.to_text()}});
      } else {
        read_.household.amount = *money;
      }
    }
    if (const auto text = cell(line, first_month); !text.empty()) {
      const auto month = parse_month(text);
      if (!month) {
        add(line, first_month, "field.not_month");
      } else if (*month > today_.month_of().plus(1)) {
        add(line, first_month, "roster.month_in_future");
      } else {
        read_.household.first_month = *month;
      }
    }
    // The four classes of income (DB-2012/16), each as its commonest kind.
    read_income(line, income_wages, policy::IncomeKind::wages);
    read_income(line, income_business, policy::IncomeKind::business);
    read_income(line, income_property, policy::IncomeKind::rent);
    read_income(line, income_transfers, policy::IncomeKind::retirement_pension);
  }

  void read_income(std::size_t line, Column column, policy::IncomeKind kind) {
    const auto text = cell(line, column);
    if (text.empty()) return;
    const auto money = Money::parse(text);
    if (!money || money->is_negative()) {
      add(line, column, "field.not_money");
    } else if (*money > Money()) {
      read_.household.intake.facts.incomes.push_back(
          {.kind = kind, .amount = *money, .period = policy::IncomePeriod::month});
    }
  }

  void read_account(std::size_t line) {
    const auto kind = meaning(line, account_kind, account_kind_of);
    if (code_points(cell(line, bank)) > kBankMost) {
      add(line, bank, "field.too_long", {{"maximum", std::to_string(kBankMost)}});
    }
    const std::string_view holder = cell(line, account_holder);
    const auto& persons = read_.household.intake.persons;
    auto person = persons.begin() + static_cast<std::ptrdiff_t>(line);
    if (!holder.empty()) person = std::ranges::find(persons, holder, &cases::IntakePerson::name);
    if (person == persons.end()) add(line, account_holder, "roster.holder_unknown");
    if (!kind || person == persons.end()) return;
    read_.household.intake.account = cases::IntakeAccount{.kind = *kind,
                                                          .number = std::string(cell(line, account)),
                                                          .holder = person->key,
                                                          .bank = std::string(cell(line, bank))};
  }

  /// What belongs to the household stands in the applicant's line; elsewhere only the same again.
  void refuse_strays() {
    for (std::size_t line = 0; line < read_.lines.size(); ++line) {
      if (line == applicant_) continue;
      for (const ColumnPlan& plan : column_plans()) {
        if (!plan.is_households) continue;
        const std::string_view text = cell(line, plan.column);
        if (!text.empty() && text != cell(applicant_, plan.column)) add(line, plan.column, "roster.households_own");
      }
    }
  }

  /// The checks of an application's form, told as cells.
  void check_as_application() {
    for (FieldError& problem : cases::contradictions_in(read_.household.intake, today_)) {
      const auto parts = split(problem.pointer, '/');  // "", "persons", "1", "name"
      const std::string_view part = parts.size() > 1 ? parts[1] : "";
      const std::string_view last = parts.back();
      std::size_t line = applicant_;
      std::optional<Column> column;
      const bool is_persons = part == "persons" || (part == "facts" && parts.size() > 3 && parts[2] == "members");
      if (is_persons) {
        const std::string_view index = parts[part == "persons" ? 2 : 3];
        std::from_chars(index.data(), index.data() + index.size(), line);
        if (last == "name") column = name;
        if (last == "citizen_number" || last == "birth_date") column = citizen_number;
        if (last == "phone") column = phone;
        if (last == "authorised_on") column = authorised_on;
        if (last == "relation") column = relation;
        if (last == "grade") column = disability_grade;
      } else if (part == "account") {
        column = last == "holder" ? account_holder : last == "bank" ? bank : account;
      } else if (part == "region") {
        column = place;
      } else if (part == "facts" && parts.size() > 2 && parts[2] == "incomes") {
        column = income_wages;
      }
      add(std::min(line, read_.lines.size() - 1), column, std::move(problem.key), std::move(problem.params));
    }
  }

  const Header& header_;
  const Places& places_;
  const Date today_;
  std::size_t applicant_ = 0;
  ReadHousehold read_;
};

}  // namespace

std::optional<Month> parse_month(std::string_view text) {
  // Excel makes the number 2018.1 of 2018.10, so this may be October.
  if (text.size() == 6 && text.ends_with(".1")) return std::nullopt;
  const auto numbers = numbers_in(text);
  if (numbers.size() == 1 && numbers[0] > 99'999) return Month::of(numbers[0] / 100, numbers[0] % 100);
  if (numbers.size() == 2) return Month::of(numbers[0], numbers[1]);
  if (numbers.size() == 3 && Date::of(numbers[0], numbers[1], numbers[2])) return Month::of(numbers[0], numbers[1]);
  return std::nullopt;
}

std::optional<Date> parse_day(std::string_view text) {
  const auto numbers = numbers_in(text);
  return numbers.size() == 3 ? Date::of(numbers[0], numbers[1], numbers[2]) : std::nullopt;
}

ReadHousehold read_household(std::vector<Line> lines, const Header& header, const Places& places, Date today) {
  return HouseholdReader(std::move(lines), header, places, today).run();
}

}  // namespace jiuzhu::roster

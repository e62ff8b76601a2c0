#include "suites/filing_load.hpp"

#include <array>

#include "base/date.hpp"
#include "base/text.hpp"
#include "kernel/identity/citizen_number.hpp"
#include "platform/json/value.hpp"

namespace jiuzhu::bench {
namespace {

using json::Value;

struct Person {
  const char* key;
  const char* role;
  const char* name;
  int first_birth_year;  // ten years of birthdays, so that the five never meet
};

constexpr std::array kPersons{Person{"m1", "member", "王建国", 1960}, Person{"m2", "member", "李秀英", 1970},
                              Person{"m3", "member", "王小明", 2012}, Person{"m4", "member", "赵改莲", 1938},
                              Person{"o1", "obligor", "王桂兰", 1980}};

// "@a@" in the text is a place that changes: five citizen numbers, five birth dates, the village.
constexpr int kVillage = 10;

Value text_of(int place) { return std::string("@") + static_cast<char>('a' + place) + "@"; }

Value birth_place(std::size_t person) { return text_of(static_cast<int>(person) + 5); }

Value member(std::size_t person, const char* relation, const char* labour_capacity, bool is_employed) {
  return Value()
      .set("key", kPersons[person].key)
      .set("relation", relation)
      .set("birth_date", birth_place(person))
      .set("registration",
           Value().set("region", "140302").set("registration_class", "unified").set("urban_conditions", true))
      .set("lives_apart", false)
      .set("states", Value::Array{})
      .set("serious_illness", false)
      .set("labour_capacity", labour_capacity)
      .set("employed", is_employed);
}

Value income(const char* kind, const char* who, const char* amount, const char* period) {
  return Value().set("kind", kind).set("member", who).set("amount", amount).set("period", period);
}

Value asset(const char* asset_class, const char* who, const char* use, const char* value) {
  return Value().set("asset_class", asset_class).set("member", who).set("use", use).set("value", value);
}

/// 4 incomes, 2 deductions, 3 assets and an obligor: 10 facts.
Value facts() {
  return Value()
      .set("unit", "household")
      .set("members", Value::Array{member(0, "self", "partial", true), member(1, "spouse", "partial", true),
                                   member(2, "child", "none", false), member(3, "parent", "none", false)})
      .set("incomes", Value::Array{income("wages", "m1", "900.00", "month"), income("wages", "m2", "650.00", "month"),
                                   income("interest", "m1", "120.00", "year"),
                                   income("resident_basic_pension", "m4", "108.00", "month")})
      .set("deductions",
           Value::Array{income("social_insurance", "m1", "96.00", "month"), income("job_cost", "m2", "60.00", "month")})
      .set("property",
           Value::Array{asset("deposit", "m1", "ordinary", "8600.00"), asset("house", "m1", "only_home", "68000.00"),
                        asset("vehicle", "m2", "production_necessity", "2400.00")})
      .set("obligors", Value::Array{Value()
                                        .set("key", "o1")
                                        .set("supports", "m4")
                                        .set("relation", "child")
                                        .set("deceased", false)
                                        .set("household_size", 3)
                                        .set("household_income_month", "2500.00")
                                        .set("persons_supported", 1)
                                        .set("property_within_rule", true)});
}

Value persons() {
  Value::Array all;
  for (std::size_t i = 0; i < kPersons.size(); ++i) {
    Value person = Value()
                       .set("key", kPersons[i].key)
                       .set("role", kPersons[i].role)
                       .set("name", kPersons[i].name)
                       .set("citizen_number", text_of(static_cast<int>(i)))
                       .set("phone", "13903531234")
                       .set("authorised_on", "2026-01-05");
    if (i == 2) person.set("authorised_by", kPersons[0].name);
    all.push_back(std::move(person));
  }
  return all;
}

Value intake() {
  return Value()
      .set("programme", "urban_minimum_living")
      .set("region", text_of(kVillage))
      .set("persons", persons())
      .set("facts", facts())
      .set("kin", Value().set("has_handler_kin", false).set("handlers", Value::Array{}))
      .set("account", Value()
                          .set("kind", "passbook")
                          .set("number", "14030012345678")
                          .set("holder", "m1")
                          .set("bank", "阳泉市农村信用合作联社"))
      .set("promise_given", true);
}

}  // namespace

FilingBodies::FilingBodies() {
  const std::string text = json::print(intake());
  std::size_t start = 0;
  for (std::size_t at = 0; (at = text.find('@', start)) != std::string::npos; start = at + 3) {
    pieces_.push_back(text.substr(start, at - start));
    places_.push_back(text[at + 1] - 'a');
  }
  pieces_.push_back(text.substr(start));
}

std::string FilingBodies::next(const std::string& village) {
  const std::int64_t household = count_++;
  constexpr std::int64_t kPerDay = 1000;  // sequences of one birthday
  std::array<std::string, 11> values;
  for (std::size_t i = 0; i < kPersons.size(); ++i) {
    const Date birth =
        Date::of(kPersons[i].first_birth_year, 1, 1)->plus_days(static_cast<int>(household / kPerDay % 3600));
    std::string digits = "140399";
    for (const char c : birth.to_text()) {
      if (c != '-') digits += c;
    }
    digits += std::to_string(kPerDay + household % kPerDay).substr(1);
    values[i] = digits + citizen_number_check_character(digits);
    values[i + 5] = birth.to_text();
  }
  values[kVillage] = village;
  std::string body;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    body += pieces_[i];
    body += values[static_cast<std::size_t>(places_[i])];
  }
  return body + pieces_.back();
}

const std::vector<PlacePair>& filing_places() {
  static const std::vector<PlacePair> places{
      {"140302", "140302001001"}, {"140303", "140303001001"}, {"140311", "140311100001"}, {"140321", "140321100011"}};
  return places;
}

namespace {

std::string login_of(const PlacePair& place) { return "assistant-" + place.county; }

}  // namespace

OneTimePasswords create_filing_users(const Installation& installation) {
  OneTimePasswords passwords;
  for (const PlacePair& place : filing_places()) {
    passwords.emplace_back(login_of(place), installation.create_user(login_of(place), "civil_affairs_assistant",
                                                                     place.village.substr(0, 9)));
  }
  return passwords;
}

void activate_filing_users(std::uint16_t port, const OneTimePasswords& passwords) {
  for (const auto& [login, password] : passwords) change_one_time_password(port, login, password);
}

std::vector<std::unique_ptr<Desk>> filing_desks(std::uint16_t port, int connections, std::size_t county_count) {
  std::vector<std::unique_ptr<Desk>> desks;
  for (int i = 0; i < connections; ++i) {
    const PlacePair& place = filing_places()[static_cast<std::size_t>(i) % county_count];
    desks.push_back(std::make_unique<Desk>(port, login_of(place), kPassword));
  }
  return desks;
}

LoadResult run_filing_load(FilingBodies& bodies, const std::vector<std::unique_ptr<Desk>>& desks,
                           std::size_t county_count, double seconds) {
  return run_load(
      desks, seconds,
      {.method = http::Method::post, .path = "/cases", .expected_status = 201, .body = [&](std::size_t connection) {
         return bodies.next(filing_places()[connection % county_count].village);
       }});
}

}  // namespace jiuzhu::bench

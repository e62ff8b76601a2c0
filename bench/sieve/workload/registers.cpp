#include "workload/registers.hpp"

#include <array>
#include <chrono>
#include <string>
#include <utility>

namespace jiuzhu::bench::sieve {
namespace {

using Date = std::array<char, 10>;

/// All days of a period as text, to draw from.
class Days {
 public:
  Days(std::chrono::year_month_day first, std::chrono::year_month_day last) {
    using namespace std::chrono;
    for (sys_days day = first; day <= sys_days{last}; day += days{1}) {
      const year_month_day date{day};
      const std::string digits = std::to_string(static_cast<unsigned>(static_cast<int>(date.year())) * 10000 +
                                                unsigned{date.month()} * 100 + unsigned{date.day()});
      dates_.push_back(
          {digits[0], digits[1], digits[2], digits[3], '-', digits[4], digits[5], '-', digits[6], digits[7]});
    }
  }
  std::string_view any(Random& random) const {
    const Date& date = dates_[random.below(static_cast<std::uint32_t>(dates_.size()))];
    return {date.data(), date.size()};
  }
  std::string_view any_month(Random& random) const { return any(random).substr(0, 7); }

 private:
  std::vector<Date> dates_;
};

/// What the columns of a register are drawn from, and where they go.
struct Row {
  CsvFile& file;
  Random& random;
  const Texts& texts;
  const Days& recent_days;  // around the year that flights and wages are counted in
  const Days& days;
  WrittenNumber number;
  Texts::Name name;

  void write_number() const { file.field(number.view()); }
  void write_name() const {
    if (name.needs_quotes) {
      file.quoted_field(name.view());
    } else {
      file.field(name.view());
    }
  }
  /// Most amounts are modest; one in eight is up to four times the usual most.
  void write_amount(std::uint32_t from, std::uint32_t to) const {
    const std::uint64_t amount = random.between(from, to);
    file.hundredths(random.below(8) == 0 ? amount * 4 : amount);
  }
};

void write_vehicle(const Row& row) {
  char plate[16];
  std::size_t length = row.texts.plate_prefix().copy(plate, 4);
  plate[length++] = 'A';
  row.file.label({plate, length}, row.random.below(100'000), 5);
  row.write_number();
  row.write_name();
  row.file.field(row.texts.vehicle_class(row.random.below(static_cast<std::uint32_t>(row.texts.vehicle_classes()))));
  row.file.field(row.days.any(row.random));
  row.write_amount(1'500'000, 7'000'000);
}

void write_flight(const Row& row) {
  static constexpr std::array<std::string_view, 4> kAirlines = {"MU", "CA", "CZ", "HU"};
  row.write_number();
  row.write_name();
  row.file.label(kAirlines[row.random.below(4)], row.random.below(10'000), 4);
  row.file.field(row.recent_days.any(row.random));
  row.write_amount(20'000, 150'000);
}

void write_property(const Row& row) {
  row.file.label("BDC", row.random.next() % 100'000'000'000U, 11);
  row.write_number();
  row.write_name();
  row.write_amount(1'500, 9'000);
  row.write_amount(5'000'000, 60'000'000);
}

void write_deposit(const Row& row) {
  row.write_number();
  row.file.label("", row.random.next() % 1'000'000'000'000U, 12);
  row.write_amount(100, 1'200'000);
  row.file.field(row.recent_days.any(row.random));
}

void write_company(const Row& row) {
  static constexpr std::array<std::size_t, 10> kStatuses = {0, 0, 0, 0, 0, 0, 1, 1, 1, 2};
  row.file.label("91140399MA", row.random.below(100'000'000), 8);
  row.write_number();
  row.write_amount(1'000'000, 500'000'000);
  row.file.field(row.texts.company_status(kStatuses[row.random.below(10)]));
}

void write_death(const Row& row) {
  row.write_number();
  row.file.field(row.days.any(row.random));
}

void write_wage(const Row& row) {
  row.write_number();
  row.file.field(row.recent_days.any_month(row.random));
  row.write_amount(150'000, 900'000);
}

struct Form {
  Register shown;
  std::string_view header;
  void (*write)(const Row&);
};

// The shares make M about 2.4 GB: many short rows (wages, deposits), few long ones (vehicles, property).
constexpr std::array<Form, 7> kForms = {{
    {{"vehicles", 10}, "plate,owner_id,owner_name,vehicle_class,registered_on,price", write_vehicle},
    {{"flights", 18}, "passenger_id,name,flight_no,departed_on,fare", write_flight},
    {{"property", 10}, "cert_no,owner_id,owner_name,area_m2,value", write_property},
    {{"deposits", 22}, "id,bank_code,balance,as_of", write_deposit},
    {{"companies", 6}, "uscc,legal_person_id,capital,status", write_company},
    {{"deaths", 4}, "id,died_on", write_death},
    {{"social_insurance", 30}, "id,month,wage", write_wage},
}};

void write_header(CsvFile& file, std::string_view header) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(','), header.size());
    file.field(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  file.end_row();
}

std::uint64_t seed_of(const Workload& workload, std::size_t file) { return mixed(workload.seed) + file; }

/// The people a register knows something about, in random order. Never none: a tiny workload has hits too.
std::vector<std::uint32_t> people_in(std::size_t which, const Workload& workload, const CitizenNumbers& numbers) {
  Random random(mixed(seed_of(workload, which)));
  const auto of_a_million = static_cast<std::uint32_t>(workload.hit_share * 1'000'000);
  std::vector<std::uint32_t> people;
  for (std::uint32_t person = 0; person < workload.people; ++person)
    if (random.below(1'000'000) < of_a_million || person == which) people.push_back(numbers.of_person(person));
  for (std::size_t left = people.size(); left > 1; --left)
    std::swap(people[left - 1], people[random.below(static_cast<std::uint32_t>(left))]);
  return people;
}

}  // namespace

const std::vector<Register>& registers() {
  static const std::vector<Register> shown = [] {
    std::vector<Register> all;
    for (const Form& form : kForms) all.push_back(form.shown);
    return all;
  }();
  return shown;
}

WrittenPeople write_people(const Workload& workload, const CitizenNumbers& numbers, const Texts& texts) {
  static constexpr std::array<std::uint32_t, 10> kMembers = {1, 1, 2, 2, 2, 3, 3, 3, 4, 5};
  CsvFile file(workload.folder / "persons.csv", workload.quotes);
  Random random(seed_of(workload, kForms.size()));
  write_header(file, "household_id,person_id,name,id");
  WrittenPeople written;
  std::uint32_t members_left = 0;
  for (std::uint32_t person = 0; person < workload.people; ++person) {
    if (members_left == 0) {
      ++written.households;
      members_left = kMembers[random.below(10)];
    }
    --members_left;
    file.label("H", written.households, 8);
    file.label("P", person + 1, 8);
    const std::uint32_t index = numbers.of_person(person);
    const Texts::Name name = texts.name_of(index);
    if (name.needs_quotes) {
      file.quoted_field(name.view());
    } else {
      file.field(name.view());
    }
    file.field(numbers.written_well(index, random).view());
    file.end_row();
  }
  file.finish();
  written.bytes = file.bytes();
  return written;
}

Written write_register(std::size_t which, const Workload& workload, const CitizenNumbers& numbers, const Texts& texts) {
  using namespace std::chrono;
  const Form& form = kForms[which];
  CsvFile file(workload.folder / (std::string(form.shown.name) + ".csv"), workload.quotes);
  write_header(file, form.header);
  const Days recent_days(2024y / January / 1, 2025y / September / 30);
  const Days days(2008y / January / 1, 2025y / September / 30);
  const std::vector<std::uint32_t> people = people_in(which, workload, numbers);
  const auto hits_of_a_million = static_cast<std::uint32_t>(workload.hit_share * 1'000'000);
  Random random(seed_of(workload, which));
  Row row{.file = file,
          .random = random,
          .texts = texts,
          .recent_days = recent_days,
          .days = days,
          .number = {},
          .name = {}};
  Written written{.rows = workload.rows * form.shown.percent / 100};
  for (std::uint64_t i = 0; i < written.rows; ++i) {
    const bool is_hit = random.below(1'000'000) < hits_of_a_million;
    // Squared, so that some people have many rows and others one or two.
    const std::uint64_t position = (random.next() >> 32) * people.size() >> 32;
    const std::uint32_t index = is_hit ? people[position * position / people.size()] : numbers.of_stranger(random);
    row.number = numbers.written(index, random);
    row.name = texts.name_of(index);
    form.write(row);
    file.end_row();
    written.hits += is_hit && !row.number.is_malformed ? 1U : 0U;
    written.malformed += row.number.is_malformed ? 1U : 0U;
  }
  file.finish();
  written.bytes = file.bytes();
  return written;
}

}  // namespace jiuzhu::bench::sieve

#pragma once
// For tests: the sieve as slow and obvious as can be. Everything is in memory, texts are compared one by one, nothing
// is shared with the engine but conditions and the plan.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engines/sieve/figures.hpp"
#include "engines/sieve/plan.hpp"
#include "platform/files/text_encoding.hpp"

namespace jiuzhu::sieve::reference {

using Row = std::vector<std::string>;

struct Table {
  Row header;
  std::vector<Row> rows;
};

inline Table read_table(const std::string& path, const TableShape& shape) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  Table table;
  bool needs_header = shape.has_header;
  std::size_t at = 0;
  while (at < text.size()) {
    Row row;
    const std::size_t row_begin = at;
    bool is_row_over = false;
    while (!is_row_over) {
      std::string field;
      if (shape.quote != 0 && at < text.size() && text[at] == shape.quote) {
        ++at;
        while (at < text.size()) {
          if (text[at] == shape.quote && at + 1 < text.size() && text[at + 1] == shape.quote) {
            field += shape.quote;
            at += 2;
          } else if (text[at] == shape.quote) {
            ++at;
            break;
          } else {
            field += text[at++];
          }
        }
      }
      while (at < text.size() && text[at] != shape.separator && text[at] != '\n') field += text[at++];
      is_row_over = at >= text.size() || text[at] == '\n';
      if (is_row_over && field.ends_with('\r')) field.pop_back();
      row.push_back(field);
      if (at < text.size())
        ++at;
      else if (!is_row_over)
        break;
    }
    const std::string raw = text.substr(row_begin, at - row_begin);
    if (needs_header) {
      table.header = row;
      needs_header = false;
    } else if (raw != "\n" && raw != "\r\n" && raw != "\r") {
      table.rows.push_back(row);
    }
  }
  for (Row* row : [&] {
         std::vector<Row*> all{&table.header};
         for (Row& one : table.rows) all.push_back(&one);
         return all;
       }()) {
    if (shape.encoding != Encoding::gb18030) continue;
    for (std::string& field : *row) field = decode_text(field, TextEncoding::gb18030).value();
  }
  return table;
}

inline std::size_t column(const Table& table, const ColumnName& name) {
  if (name.name.empty()) return static_cast<std::size_t>(name.number - 1);
  return static_cast<std::size_t>(std::ranges::find(table.header, name.name) - table.header.begin());
}

/// The eighteen characters, or nothing.
inline std::optional<std::string> number_of(std::string text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.erase(0, 1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.pop_back();
  const auto is_digits = [](const std::string& digits) {
    return digits.find_first_not_of("0123456789") == std::string::npos;
  };
  const auto check = [](const std::string& digits) {
    int sum = 0;
    int weight = 1;  // 2^17 down to 2 modulo 11, from the right
    for (int i = 16; i >= 0; --i) {
      weight = weight * 2 % 11;
      sum += (digits[static_cast<std::size_t>(i)] - '0') * weight;
    }
    const int last = (12 - sum % 11) % 11;
    return last == 10 ? std::string("X") : std::to_string(last);
  };
  if (text.size() == 15 && is_digits(text)) {
    text.insert(6, "19");
    return text + check(text);
  }
  if (text.size() != 18 || !is_digits(text.substr(0, 17))) return std::nullopt;
  if (text.back() == 'x') text.back() = 'X';
  if (text.substr(17) != check(text.substr(0, 17))) return std::nullopt;
  return text;
}

struct Person {
  std::string household;
  std::string name;
  std::optional<std::string> number;
};

struct Counts {
  std::uint64_t rows = 0;
  std::uint64_t matched = 0;
  std::uint64_t not_ours = 0;
  std::uint64_t malformed = 0;
  std::uint64_t filtered = 0;
  bool operator==(const Counts&) const = default;
};

/// A row's share in a measure of a household.
struct Share {
  std::string date;  // ISO, sorts as dates do
  std::string text;
  Wide value = 0;
  bool is_other_name = false;
};

struct Household {
  Wide members = 0;
  Wide obligors = 0;
  std::vector<Wide> attributes;
  std::map<std::size_t, std::vector<Share>> shares;  // by measure
  bool has_other_names = false;
};

struct Result {
  std::map<std::string, std::map<std::string, RuleResult>> flagged;   // household: rule: result
  std::map<std::string, std::map<std::string, std::string>> figures;  // of flagged households
  std::vector<Counts> counts;
};

/// Hundredths or ten-thousandths of a plain decimal; the generator of the tests makes no others.
inline std::optional<Wide> value_of(const std::string& text, ValueType type) {
  if (type == ValueType::text) return 0;
  if (type == ValueType::date) {
    const auto date = Date::parse(text);
    if (!date) return std::nullopt;
    return days_between(Date(), *date);
  }
  const std::size_t point = text.find('.');
  const std::size_t decimals = type == ValueType::money ? 2 : 4;
  std::string digits = text.substr(0, point);
  std::string behind = point == std::string::npos ? "" : text.substr(point + 1);
  const bool is_negative = digits.starts_with('-');
  if (is_negative) digits.erase(0, 1);
  const auto is_digits = [](const std::string& part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
  };
  if (!is_digits(digits) || (point != std::string::npos && !is_digits(behind)) || behind.size() > decimals) {
    return std::nullopt;
  }
  behind.resize(decimals, '0');
  const Wide value = std::stoll(digits + behind);
  return is_negative ? -value : value;
}

inline bool passes(const Table& table, const Row& row, const std::vector<RowFilter>& filters) {
  return std::ranges::all_of(filters, [&](const RowFilter& filter) {
    const std::string& value = row[column(table, filter.column)];
    return (std::ranges::find(filter.values, value) != filter.values.end()) != filter.is_excluded;
  });
}

/// What the measure is over these shares, and how the engine prints it.
inline std::pair<Figure, std::string> measure(const Measure& measure, std::vector<Share> shares,
                                              bool with_other_names) {
  if (!with_other_names) std::erase_if(shares, [](const Share& share) { return share.is_other_name; });
  const auto printed = [&](Wide value, std::size_t decimals) {
    const bool is_negative = value < 0;
    std::string digits = std::to_string(static_cast<long long>(is_negative ? -value : value));
    if (digits.size() <= decimals) digits = std::string(decimals + 1 - digits.size(), '0').append(digits);
    digits.insert(digits.size() - decimals, ".");
    while (decimals == 4 && digits.ends_with('0')) digits.pop_back();
    if (digits.ends_with('.')) digits.pop_back();
    return std::string(is_negative ? "-" : "").append(digits);
  };
  const auto typed = [&](Wide value) -> std::pair<Figure, std::string> {
    if (measure.type == ValueType::money) return {Figure::of(value * 100), printed(value, 2)};
    if (measure.type == ValueType::decimal) return {Figure::of(value), printed(value, 4)};
    return {Figure::of(value * 10'000), Date().plus_days(static_cast<int>(value)).to_text()};
  };
  const auto plain = [](Wide count) -> std::pair<Figure, std::string> {
    return {Figure::of(count * 10'000), std::to_string(static_cast<long long>(count))};
  };
  const bool is_text = measure.type == ValueType::text;
  if (measure.aggregate == Aggregate::count) return plain(static_cast<Wide>(shares.size()));
  if (measure.aggregate == Aggregate::distinct) {
    std::set<std::pair<std::string, long long>> different;
    for (const Share& share : shares) different.emplace(is_text ? share.text : "", static_cast<long long>(share.value));
    return plain(static_cast<Wide>(different.size()));
  }
  Wide sum = 0;
  for (const Share& share : shares) sum += share.value;
  if (measure.aggregate == Aggregate::sum) return typed(sum);
  if (shares.empty()) return {Figure{}, ""};
  if (measure.aggregate == Aggregate::average) {
    const auto count = static_cast<Wide>(shares.size());
    return typed(sum / count - (sum % count < 0 ? 1 : 0));
  }
  const auto less = [&](const Share& one, const Share& other) {
    return is_text ? one.text < other.text : one.value < other.value;
  };
  Share found = *std::ranges::max_element(shares, less);
  if (measure.aggregate == Aggregate::min) found = *std::ranges::min_element(shares, less);
  if (measure.aggregate == Aggregate::latest) {
    found = *std::ranges::max_element(shares, [&](const Share& one, const Share& other) {
      return one.date != other.date ? one.date < other.date : less(one, other);
    });
  }
  if (is_text) return {Figure{}, found.text};
  return typed(found.value);
}

inline std::string bare(std::string name) {
  for (const std::string& left_out : {std::string(" "), std::string("·"), std::string("•")}) {
    for (std::size_t at = name.find(left_out); at != std::string::npos; at = name.find(left_out))
      name.erase(at, left_out.size());
  }
  return name;
}

class Sieve {
 public:
  explicit Sieve(const Plan& plan) : plan_(plan) {}

  Result run() {
    read_people();
    std::size_t first_measure = 0;
    for (const Source& source : plan_.sources) {
      Counts counts;
      for (const std::string& path : source.files) {
        const Table table = read_table(path, source.shape);
        for (const Row& row : table.rows) take(source, first_measure, table, row, counts);
      }
      result_.counts.push_back(counts);
      first_measure += source.measures.size();
    }
    for (auto& [id, household] : households_) judge(id, household);
    return result_;
  }

 private:
  void read_people() {
    const PeopleFile& file = plan_.people;
    for (const std::string& path : file.files) {
      const Table table = read_table(path, file.shape);
      for (const Row& row : table.rows) {
        Person person{.household = row[column(table, file.household)],
                      .name = row[column(table, file.name)],
                      .number = number_of(row[column(table, file.number)])};
        Household& household = households_[person.household];
        household.attributes.resize(file.attributes.size());
        const bool is_obligor = file.role && row[column(table, *file.role)] == file.obligor_value;
        ++(is_obligor ? household.obligors : household.members);
        for (std::size_t i = 0; i < file.attributes.size(); ++i) {
          const Attribute& attribute = file.attributes[i];
          const std::string& value = row[column(table, attribute.column)];
          household.attributes[i] += std::ranges::find(attribute.values, value) != attribute.values.end() ? 1 : 0;
        }
        people_.push_back(person);
      }
    }
  }

  void take(const Source& source, std::size_t first_measure, const Table& table, const Row& row, Counts& counts) {
    ++counts.rows;
    const std::size_t number_column = column(table, source.number);
    const auto number = row.size() > number_column ? number_of(row[number_column]) : std::nullopt;
    if (!number) {
      ++counts.malformed;
      return;
    }
    std::vector<const Person*> owners;
    for (const Person& person : people_) {
      if (person.number == number) owners.push_back(&person);
    }
    if (owners.empty()) {
      ++counts.not_ours;
      return;
    }
    // All columns of the tests' tables are used, so a row that lacks one is malformed.
    if (row.size() < table.header.size()) {
      ++counts.malformed;
      return;
    }
    const auto text = [&](const std::optional<ColumnName>& name) { return name ? row[column(table, *name)] : ""; };
    const std::string today = plan_.as_of.to_text();
    const std::string from = text(source.valid_from);
    const std::string until = text(source.valid_until);
    if ((!from.empty() && !Date::parse(from)) || (!until.empty() && !Date::parse(until))) {
      ++counts.malformed;
      return;
    }
    const bool counts_today = (from.empty() || from <= today) && (until.empty() || today < until);
    if (!counts_today || !passes(table, row, source.filters)) {
      ++counts.filtered;
      return;
    }
    const std::string date = text(source.date);
    if (!date.empty() && !Date::parse(date)) {
      ++counts.malformed;
      return;
    }
    std::map<std::size_t, Share> shares;
    for (std::size_t i = 0; i < source.measures.size(); ++i) {
      const Measure& measure = source.measures[i];
      if (measure.within_months > 0 &&
          (date.empty() || date > today || date <= plan_.as_of.plus_months(-measure.within_months).to_text())) {
        continue;
      }
      if (measure.aggregate == Aggregate::latest && date.empty()) continue;
      if (!passes(table, row, measure.filters)) continue;
      Share share{.date = date, .text = text(measure.column)};
      if (measure.column) {
        if (share.text.empty()) continue;
        const auto value = value_of(share.text, measure.type);
        if (!value) {
          ++counts.malformed;
          return;
        }
        share.value = *value;
      }
      shares.emplace(first_measure + i, share);
    }
    ++counts.matched;
    std::map<std::string, std::set<std::string>> grades;  // in each household
    for (const Person* owner : owners) {
      const std::string name = bare(text(source.person_name));
      const bool is_said = source.person_name && !name.empty() && !bare(owner->name).empty();
      grades[owner->household].insert(!is_said ? "unsaid" : name == bare(owner->name) ? "same" : "other");
    }
    for (const auto& [id, found] : grades) {
      const bool is_other = !found.contains("same") && found.contains("other");
      Household& household = households_[id];
      for (auto [measure, share] : shares) {
        share.is_other_name = is_other;
        household.shares[measure].push_back(share);
        household.has_other_names = household.has_other_names || is_other;
      }
    }
  }

  void judge(const std::string& id, Household& household) {
    std::vector<Figure> all;
    for (const Wide count : {household.members, household.obligors, household.members + household.obligors}) {
      all.push_back(Figure::of(count * 10'000));
    }
    for (const Wide count : household.attributes) all.push_back(Figure::of(count * 10'000));
    std::vector<Figure> same_name = all;
    std::map<std::string, std::string> printed;
    std::size_t place = 0;
    for (const Source& source : plan_.sources) {
      for (const Measure& one : source.measures) {
        const auto [figure, text] = measure(one, household.shares[place], true);
        all.push_back(figure);
        printed[one.name] = text;
        same_name.push_back(measure(one, household.shares[place], false).first);
        ++place;
      }
    }
    for (const Rule& rule : plan_.rules) {
      const auto applies = [&](const std::vector<Figure>& figures) {
        return rule.when.holds(figures) && !(rule.unless && rule.unless->holds(figures));
      };
      if (!applies(all) && !applies(same_name)) continue;
      const bool is_sure = applies(all) && applies(same_name);
      result_.flagged[id][rule.code] = is_sure || rule.result == RuleResult::review ? rule.result : RuleResult::clue;
      result_.figures[id] = printed;
    }
  }

  const Plan& plan_;
  std::vector<Person> people_;
  std::map<std::string, Household> households_;
  Result result_;
};

}  // namespace jiuzhu::sieve::reference

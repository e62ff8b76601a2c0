#include "engines/sieve/household_rows.hpp"

#include <array>
#include <charconv>

#include "base/enum_text.hpp"
#include "platform/files/csv_writer.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr int kOne = 10'000;

void append_number(std::string& bytes, Wide value) {
  constexpr Wide kInOnePiece = 1'000'000'000'000'000'000;
  if (value >= kInOnePiece) {
    append_number(bytes, value / kInOnePiece);
    const std::string rest =
        std::to_string(static_cast<std::uint64_t>(value % kInOnePiece) + 1'000'000'000'000'000'000);
    bytes.append(rest, 1);
    return;
  }
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::uint64_t>(value)).ptr;
  bytes.append(digits.data(), end);
}

/// Of ten-thousandths, without zeros at the end beyond `decimals_least`.
void append_decimal(std::string& bytes, Wide value, std::size_t decimals_least) {
  if (value < 0) {
    bytes += '-';
    value = -value;
  }
  append_number(bytes, value / kOne);
  auto rest = static_cast<int>(value % kOne);
  if (rest == 0 && decimals_least == 0) return;
  std::array<char, 4> decimals;
  for (std::size_t i = decimals.size(); i-- > 0; rest /= 10) decimals[i] = static_cast<char>('0' + rest % 10);
  std::size_t size = decimals.size();
  while (size > decimals_least && decimals[size - 1] == '0') --size;
  bytes += '.';
  bytes.append(decimals.data(), size);
}

}  // namespace

void append_cell(std::string& bytes, std::string_view text) {
  if (text.empty()) return;
  // No formula begins with one of these, and few cells with anything else.
  const auto first = static_cast<unsigned char>(text.front());
  const bool is_harmless = (first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z') ||
                           (first >= 'a' && first <= 'z') || (first >= 0x80 && first != 0xEF);
  const bool needs_apostrophe = !is_harmless && looks_like_formula(text);
  const bool needs_quotes = text.find_first_of("\",\r\n") != std::string_view::npos;
  if (!needs_quotes) {
    if (needs_apostrophe) bytes += '\'';
    bytes += text;
    return;
  }
  bytes += '"';
  if (needs_apostrophe) bytes += '\'';
  for (const char c : text) bytes.append(c == '"' ? 2 : 1, c);
  bytes += '"';
}

HouseholdRows::HouseholdRows(const Plan& plan, const People& people, const Tally& tally, const FoundTexts& texts)
    : plan_(plan), people_(people), tally_(tally), texts_(texts) {
  for (const Source& source : plan.sources) {
    for (const Measure& measure : source.measures) {
      measures_.push_back(&measure);
      forms_.push_back(form_of(measure));
    }
  }
}

HouseholdRows::Form HouseholdRows::form_of(const Measure& measure) {
  if (measure.aggregate == Aggregate::count || measure.aggregate == Aggregate::distinct) return Form::count;
  switch (measure.type) {
    case ValueType::money: return Form::money;
    case ValueType::decimal: return Form::decimal;
    case ValueType::date: return Form::date;
    case ValueType::text: return Form::text;
  }
  return Form::text;
}

std::string HouseholdRows::titles() const {
  std::string bytes = "household,result,rules,other_names,members,obligors";
  const auto add = [&](const std::string& name) {
    bytes += ',';
    append_cell(bytes, name);
  };
  for (const Attribute& attribute : plan_.people.attributes) add(attribute.name);
  for (const Measure* measure : measures_) add(measure->name);
  return bytes.append(kLineEnd);
}

void HouseholdRows::append_figure(std::string& bytes, const Figure& figure, Form form) const {
  if (figure.is_absent) return;
  switch (form) {
    case Form::money: append_decimal(bytes, figure.value, 2); return;
    case Form::date:
      bytes += Date(std::chrono::sys_days(std::chrono::days(static_cast<int>(figure.value / kOne)))).to_text();
      return;
    case Form::count:
    case Form::decimal:
    case Form::text: append_decimal(bytes, figure.value, 0); return;
  }
}

void HouseholdRows::append(std::string& bytes, HouseholdIndex household, const std::vector<Applied>& applied,
                           const std::vector<Figure>& figures) const {
  append_cell(bytes, people_.household_id(household));
  bytes += ',';
  bytes += enum_text(gravest(applied));
  bytes += ',';
  for (std::size_t i = 0; i < applied.size(); ++i) {
    if (i > 0) bytes += ' ';
    bytes += plan_.rules[applied[i].rule].code;
    bytes += ':';
    bytes += enum_text(applied[i].result);
  }
  bytes += tally_.has_other_names(household) ? ",yes" : ",";
  for (const BuiltInFigure figure : {BuiltInFigure::members, BuiltInFigure::obligors}) {
    bytes += ',';
    append_figure(bytes, figures[static_cast<std::size_t>(figure)], Form::count);
  }
  std::size_t place = kBuiltInFigures;
  for (std::size_t i = 0; i < plan_.people.attributes.size(); ++i) {
    bytes += ',';
    append_figure(bytes, figures[place++], Form::count);
  }
  for (std::size_t i = 0; i < measures_.size(); ++i) {
    bytes += ',';
    if (forms_[i] == Form::text) {
      const auto text = texts_.find({household, static_cast<std::uint16_t>(i)});
      if (text != texts_.end()) append_cell(bytes, text->second.all);
    } else {
      append_figure(bytes, figures[place], forms_[i]);
    }
    ++place;
  }
  bytes += kLineEnd;
}

}  // namespace jiuzhu::sieve

#include "engines/policy/procedure.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace jiuzhu::policy {
namespace {

bool parse_value(std::string_view text, bool& out) {
  out = text == "true";
  return out || text == "false";
}

bool parse_value(std::string_view text, int& out) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
  return problem == std::errc() && end == text.data() + text.size() && out >= 0 && out <= 10'000;
}

/// "0.30" or "2/3", between 0 and 1.
bool parse_value(std::string_view text, Rational& out) {
  const std::size_t slash = text.find('/');
  const auto numerator = Rational::parse(text.substr(0, slash));
  const auto denominator = slash == std::string_view::npos ? Rational(1) : Rational::parse(text.substr(slash + 1));
  if (!numerator || !denominator || denominator->is_zero()) return false;
  out = *numerator / *denominator;
  return out >= Rational(0) && out <= Rational(1);
}

bool parse_value(std::string_view text, std::vector<std::string>& out) {
  out.clear();
  for (std::string_view word : split(text, ' ')) {
    if (!word.empty()) out.emplace_back(word);
  }
  return !out.empty();
}

template <class E>
  requires std::is_enum_v<E>
bool parse_value(std::string_view text, E& out) {
  const auto found = enum_named<E>(text);
  if (found) out = *found;
  return found.has_value();
}

template <class T>
bool parse_value(std::string_view text, std::optional<T>& out) {
  out.reset();
  if (text == "none") return true;
  T value{};
  if (!parse_value(text, value)) return false;
  out = std::move(value);
  return true;
}

template <class Visitor>
void for_each_name(Visitor&& visit) {
  boost::mp11::mp_for_each<
      boost::describe::describe_members<Procedure, boost::describe::mod_public | boost::describe::mod_inherited>>(
      visit);
}

}  // namespace

bool is_procedure_name(std::string_view name) {
  bool known = false;
  for_each_name([&](auto member) { known = known || name == member.name; });
  return known;
}

Result<Procedure> make_procedure(const ProcedureValues& values) {
  Procedure procedure;
  std::vector<FieldError> problems;
  for_each_name([&](auto member) {
    auto& field = procedure.*member.pointer;
    const auto found = values.find(std::string_view(member.name));
    if (found == values.end()) {
      problems.push_back({member.name, "policy.procedure_missing"});
      return;
    }
    const ProcedureValue& source = found->second;
    if (!parse_value(source.text, field.value)) problems.push_back({member.name, "policy.procedure_malformed"});
    field.articles = source.articles;
    field.status = source.status;
    field.pack = source.pack;
    field.valid_from = source.valid_from;
  });
  if (!problems.empty()) {
    return refuse(Error{.code = ErrorCode::invalid_input, .key = "policy.procedure", .fields = std::move(problems)});
  }
  return procedure;
}

KinOutcome Procedure::kin_outcome(std::string_view code) const {
  const auto lists = [&](const std::vector<std::string>& codes) {
    return std::ranges::find(codes, code) != codes.end();
  };
  if (lists(kin_core_codes)) return kin_core_outcome;
  if (lists(kin_extended_codes)) return kin_extended_outcome;
  return lists(kin_unclear_codes) ? KinOutcome::clarify : KinOutcome::none;
}

}  // namespace jiuzhu::policy

#include <algorithm>
#include <array>
#include <string_view>

#include "engines/sieve/figures.hpp"
#include "kernel/sieve_files/readers.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kNameMost = 60;
constexpr std::array<std::string_view, 4> kWordsOfConditions{"and", "or", "not", "date"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_sign(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

bool check_name(const std::string& name, const YamlReader& place) {
  const bool is_good =
      !name.empty() && name.size() <= kNameMost && is_letter(name.front()) && std::ranges::all_of(name, is_sign);
  if (!is_good) place.fail_at_key("sieve_file.bad_name", {{"name", name}});
  return is_good;
}

TakenNames::TakenNames() {
  for (const auto& [name, figure] : figure_names(Plan())) lines_.emplace(name, 0);
}

void TakenNames::take(const std::string& name, const YamlReader& place) {
  if (!check_name(name, place)) return;
  if (std::ranges::find(kWordsOfConditions, name) != kWordsOfConditions.end()) {
    return place.fail_at_key("sieve_file.name_reserved", {{"name", name}});
  }
  const auto [taken, is_new] = lines_.emplace(name, place.line());
  if (is_new) return;
  if (taken->second == 0) return place.fail_at_key("sieve_file.name_reserved", {{"name", name}});
  place.fail_at_key("sieve_file.name_twice", {{"name", name}, {"other_line", std::to_string(taken->second)}});
}

}  // namespace jiuzhu::sieve

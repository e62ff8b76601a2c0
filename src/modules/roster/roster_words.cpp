#include "modules/roster/roster_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace jiuzhu::roster {
namespace {

using policy::DisabilityClass;
using policy::LabourCapacity;
using policy::Relation;

template <class Meaning, std::size_t Count>
struct Vocabulary {
  std::array<std::string_view, Count> words;
  std::array<Meaning, Count> meanings;

  std::optional<Meaning> meaning_of(std::string_view word) const {
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) return std::nullopt;
    return meanings[static_cast<std::size_t>(found - words.begin())];
  }
};

constexpr Vocabulary<Relation, 14> kRelations{
    {"本人", "配偶", "子女", "养子女", "继子女", "父母", "养父母", "继父母", "祖父母", "孙子女", "兄弟姐妹", "儿媳女婿",
     "公婆岳父母", "其他"},
    {Relation::self, Relation::spouse, Relation::child, Relation::adopted_child, Relation::stepchild, Relation::parent,
     Relation::adoptive_parent, Relation::stepparent, Relation::grandparent, Relation::grandchild, Relation::sibling,
     Relation::child_in_law, Relation::parent_in_law, Relation::other}};
constexpr Vocabulary<bool, 2> kYesNo{{"是", "否"}, {true, false}};
constexpr Vocabulary<DisabilityClass, 7> kDisabilities{
    {"视力", "听力", "言语", "肢体", "智力", "精神", "多重"},
    {DisabilityClass::visual, DisabilityClass::hearing, DisabilityClass::speech, DisabilityClass::limb,
     DisabilityClass::intellectual, DisabilityClass::mental, DisabilityClass::multiple}};
constexpr Vocabulary<int, 4> kGrades{{"一级", "二级", "三级", "四级"}, {1, 2, 3, 4}};
constexpr Vocabulary<LabourCapacity, 3> kCapacities{
    {"有", "部分丧失", "完全丧失"}, {LabourCapacity::full, LabourCapacity::partial, LabourCapacity::none}};
constexpr Vocabulary<cases::CaseProgramme, 2> kProgrammes{
    {"城市低保", "农村低保"}, {cases::CaseProgramme::urban_minimum_living, cases::CaseProgramme::rural_minimum_living}};
constexpr Vocabulary<policy::ApplicationUnit, 2> kUnits{
    {"按户", "单人"}, {policy::ApplicationUnit::household, policy::ApplicationUnit::single_person}};
constexpr Vocabulary<cases::AccountKind, 2> kAccounts{{"存折", "银行卡"},
                                                      {cases::AccountKind::passbook, cases::AccountKind::bank_card}};

}  // namespace

std::span<const std::string_view> relation_words() { return kRelations.words; }
std::span<const std::string_view> yes_no_words() { return kYesNo.words; }
std::span<const std::string_view> disability_words() { return kDisabilities.words; }
std::span<const std::string_view> grade_words() { return kGrades.words; }
std::span<const std::string_view> capacity_words() { return kCapacities.words; }
std::span<const std::string_view> programme_words() { return kProgrammes.words; }
std::span<const std::string_view> unit_words() { return kUnits.words; }
std::span<const std::string_view> account_words() { return kAccounts.words; }

std::optional<Relation> relation_of(std::string_view word) { return kRelations.meaning_of(word); }
std::optional<bool> yes_no_of(std::string_view word) { return kYesNo.meaning_of(word); }
std::optional<DisabilityClass> disability_of(std::string_view word) { return kDisabilities.meaning_of(word); }
std::optional<int> grade_of(std::string_view word) {
  if (const auto grade = kGrades.meaning_of(word)) return grade;
  const bool is_digit =
      !word.empty() && word[0] >= '1' && word[0] <= '4' && (word.size() == 1 || word.substr(1) == "级");
  return is_digit ? std::optional<int>(word[0] - '0') : std::nullopt;
}
std::optional<LabourCapacity> capacity_of(std::string_view word) { return kCapacities.meaning_of(word); }
std::optional<cases::CaseProgramme> programme_of(std::string_view word) {
  if (word == "城市" || word == "城镇低保") return cases::CaseProgramme::urban_minimum_living;
  if (word == "农村") return cases::CaseProgramme::rural_minimum_living;
  return kProgrammes.meaning_of(word);
}
std::optional<policy::ApplicationUnit> unit_of(std::string_view word) { return kUnits.meaning_of(word); }
std::optional<cases::AccountKind> account_kind_of(std::string_view word) { return kAccounts.meaning_of(word); }

}  // namespace jiuzhu::roster

#include "kernel/identity/kin.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

using enum Relation;

struct RelationRow {
  Relation relation;
  Relation inverse;
  KinGroup listed;
  CodeLabel label;
};

// In the order of the enumeration. Open question 9 of the regulation digest: whether 伯叔姑舅姨 covers their spouses;
// until a person answers it, they are unclear and never silently outside.
constexpr RelationRow kRelations[] = {
    {self, self, KinGroup::self, {"self", "本人", "oneself"}},
    {spouse, spouse, KinGroup::core, {"spouse", "配偶", "spouse"}},
    {child, parent, KinGroup::core, {"child", "子女", "child"}},
    {parent, child, KinGroup::core, {"parent", "父母", "parent"}},
    {sibling, sibling, KinGroup::core, {"sibling", "兄弟姐妹", "sibling"}},
    {grandchild, grandparent, KinGroup::core, {"grandchild", "孙子女、外孙子女", "grandchild"}},
    {grandparent, grandchild, KinGroup::core, {"grandparent", "祖父母、外祖父母", "grandparent"}},
    {uncle_or_aunt, nephew_or_niece, KinGroup::extended, {"uncle_or_aunt", "伯叔姑舅姨", "uncle or aunt"}},
    {nephew_or_niece, uncle_or_aunt, KinGroup::extended, {"nephew_or_niece", "侄子女、甥子女", "nephew or niece"}},
    {cousin, cousin, KinGroup::extended, {"cousin", "堂兄弟姐妹、表兄弟姐妹", "cousin"}},
    {child_spouse, spouse_parent, KinGroup::extended, {"child_spouse", "子女的配偶", "child's spouse"}},
    {spouse_parent, child_spouse, KinGroup::extended, {"spouse_parent", "配偶的父母", "spouse's parent"}},
    {child_spouse_parent,
     child_spouse_parent,
     KinGroup::extended,
     {"child_spouse_parent", "子女配偶的父母", "parent of a child's spouse"}},
    {spouse_sibling, sibling_spouse, KinGroup::extended, {"spouse_sibling", "配偶的兄弟姐妹", "spouse's sibling"}},
    {sibling_spouse, spouse_sibling, KinGroup::none, {"sibling_spouse", "兄弟姐妹的配偶", "sibling's spouse"}},
    {spouse_sibling_spouse,
     spouse_sibling_spouse,
     KinGroup::extended,
     {"spouse_sibling_spouse", "配偶的兄弟姐妹的配偶", "spouse of a spouse's sibling"}},
    {uncle_or_aunt_spouse,
     spouse_nephew_or_niece,
     KinGroup::unclear,
     {"uncle_or_aunt_spouse", "伯叔姑舅姨的配偶", "spouse of an uncle or aunt"}},
    {spouse_nephew_or_niece,
     uncle_or_aunt_spouse,
     KinGroup::none,
     {"spouse_nephew_or_niece", "配偶的侄子女、甥子女", "spouse's nephew or niece"}},
    {grandchild_spouse,
     spouse_grandparent,
     KinGroup::none,
     {"grandchild_spouse", "孙子女、外孙子女的配偶", "grandchild's spouse"}},
    {spouse_grandparent,
     grandchild_spouse,
     KinGroup::none,
     {"spouse_grandparent", "配偶的祖父母、外祖父母", "spouse's grandparent"}},
    {great_grandchild,
     great_grandparent,
     KinGroup::none,
     {"great_grandchild", "曾孙子女、外曾孙子女", "great-grandchild"}},
    {great_grandparent,
     great_grandchild,
     KinGroup::none,
     {"great_grandparent", "曾祖父母、外曾祖父母", "great-grandparent"}},
    {great_grandchild_spouse,
     spouse_great_grandparent,
     KinGroup::none,
     {"great_grandchild_spouse", "曾孙子女、外曾孙子女的配偶", "great-grandchild's spouse"}},
    {spouse_great_grandparent,
     great_grandchild_spouse,
     KinGroup::none,
     {"spouse_great_grandparent", "配偶的曾祖父母、外曾祖父母", "spouse's great-grandparent"}},
    {other_relative, other_relative, KinGroup::unclear, {"other_relative", "其他亲属", "other relative"}},
    {unrelated, unrelated, KinGroup::none, {"unrelated", "非亲属", "not related"}},
};

constexpr std::size_t kRelationCount = std::size(kRelations);

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kRelationCount; ++i) {
    if (std::to_underlying(kRelations[i].relation) != static_cast<int>(i)) return false;
    const RelationRow& inverse = kRelations[std::to_underlying(kRelations[i].inverse)];
    if (inverse.inverse != kRelations[i].relation) return false;
  }
  return kRelationCount == std::size_t{std::to_underlying(unrelated)} + 1;
}
static_assert(is_in_order(), "one row for each relation, and every inverse leads back");

const RelationRow& row_of(Relation relation) {
  const auto index = static_cast<std::size_t>(std::to_underlying(relation));
  JZ_ASSERT(index < kRelationCount);
  return kRelations[index];
}

struct CodeRange {
  std::string_view first;
  std::string_view last;
  Relation relation;
};

// GB/T 4761-2008 by groups (regulation H-07). A household head (02) is the person themselves here: the code states no
// relation to anybody else.
constexpr CodeRange kCodeRanges[] = {
    {"01", "02", self},
    {"10", "12", spouse},
    {"20", "27", child},
    {"28", "28", child_spouse},
    {"29", "37", child},
    {"38", "38", child_spouse},
    {"39", "39", child},
    {"40", "44", grandchild},
    {"45", "46", grandchild_spouse},
    {"47", "48", great_grandchild},
    {"49", "49", other_relative},
    {"50", "52", parent},
    {"53", "56", spouse_parent},
    {"57", "58", parent},  // step and adoptive parents
    {"59", "59", other_relative},
    {"60", "64", grandparent},
    {"65", "65", spouse_grandparent},
    {"66", "67", great_grandparent},
    {"68", "68", spouse_great_grandparent},
    {"69", "69", other_relative},
    {"70", "71", sibling},
    {"72", "72", sibling_spouse},
    {"73", "73", sibling},
    {"74", "74", sibling_spouse},
    {"75", "75", sibling},
    {"76", "76", sibling_spouse},
    {"77", "77", sibling},
    {"78", "78", sibling_spouse},
    {"79", "80", other_relative},
    {"81", "81", uncle_or_aunt},
    {"82", "82", uncle_or_aunt_spouse},
    {"83", "83", uncle_or_aunt},
    {"84", "84", uncle_or_aunt_spouse},
    {"85", "85", uncle_or_aunt},
    {"86", "87", uncle_or_aunt_spouse},
    {"88", "88", uncle_or_aunt},
    {"89", "89", uncle_or_aunt_spouse},
    {"90", "90", uncle_or_aunt},
    {"91", "92", cousin},
    {"93", "96", nephew_or_niece},
    {"97", "97", other_relative},
    {"99", "99", unrelated},
};

constexpr auto kLabels = [] {
  std::array<CodeLabel, kRelationCount> labels{};
  for (std::size_t i = 0; i < kRelationCount; ++i) labels[i] = kRelations[i].label;
  return labels;
}();

constexpr CodeTable kDeclaredRelationTable{"declared_relation", "", kLabels};

}  // namespace

Relation inverse_of(Relation relation) { return row_of(relation).inverse; }

KinGroup listed_kin_group(Relation relation) { return row_of(relation).listed; }

KinGroup kin_group(Relation relation) {
  // The enumerators stand in order of strictness.
  return std::min(listed_kin_group(relation), listed_kin_group(inverse_of(relation)));
}

std::optional<Relation> relation_of_kinship_code(std::string_view code) {
  if (!kinship_codes().contains(code)) return std::nullopt;
  for (const CodeRange& range : kCodeRanges) {
    if (range.first <= code && code <= range.last) return range.relation;
  }
  JZ_ASSERT(false);
  return std::nullopt;
}

KinFiling kin_filing(KinGroup group, KinListScope scope) {
  switch (group) {
    case KinGroup::self:
    case KinGroup::core: return KinFiling::file;
    case KinGroup::extended:
      switch (scope) {
        case KinListScope::core_only: return KinFiling::note;
        case KinListScope::core_and_extended: return KinFiling::file;
      }
      break;
    case KinGroup::unclear: return KinFiling::clarify;
    case KinGroup::none: return KinFiling::not_needed;
  }
  JZ_ASSERT(false);
  return KinFiling::clarify;
}

std::string_view name_of(Relation relation) { return row_of(relation).label.code; }

std::optional<Relation> parse_relation(std::string_view name) {
  for (const RelationRow& row : kRelations) {
    if (row.label.code == name) return row.relation;
  }
  return std::nullopt;
}

const CodeTable& declared_relation_codes() { return kDeclaredRelationTable; }

}  // namespace jiuzhu

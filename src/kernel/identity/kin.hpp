#pragma once
// Is somebody a close relative of an official? The kin of officials who handle assistance are filed and home-checked,
// and the official stays out of the case (regulation §9). The lists are written from the official's side; a case is
// declared from the family's side. Pure tables; any thread.
//
// core      S2 art. 14 and Civil Code art. 1045: spouse, parents, children, siblings, grandparents and grandchildren
//           of both lines.
// extended  what the notice of 2019-08-01 adds: uncles and aunts, cousins, nephews and nieces, the spouse's parents,
//           the spouse's siblings and their spouses, a child's spouse and that spouse's parents.

#include <optional>
#include <string_view>

#include "kernel/identity/codes.hpp"

namespace jiuzhu {

/// What somebody is to a person, without sex, age or line: as a family declares it. Names are as stored and sent.
enum class Relation {
  self,
  spouse,
  child,
  parent,
  sibling,
  grandchild,
  grandparent,
  uncle_or_aunt,           // 伯叔姑舅姨 by blood
  nephew_or_niece,         // a sibling's child
  cousin,                  // 堂, 表
  child_spouse,            // 女婿, 儿媳
  spouse_parent,           // 公婆, 岳父母
  child_spouse_parent,     // 亲家
  spouse_sibling,          // 大伯小叔, 大姑小姑, 内兄弟, 姨姐妹
  sibling_spouse,          // 嫂, 弟媳, 姐夫, 妹夫
  spouse_sibling_spouse,   // 妯娌, 连襟
  uncle_or_aunt_spouse,    // 伯母, 婶母, 舅母, 姨父, 姑父
  spouse_nephew_or_niece,  // the other side of uncle_or_aunt_spouse
  grandchild_spouse,
  spouse_grandparent,
  great_grandchild,
  great_grandparent,
  great_grandchild_spouse,
  spouse_great_grandparent,
  other_relative,  // a relative, but the declaration does not say which
  unrelated,
};

enum class KinGroup {
  self,  // the official's own case
  core,
  extended,
  unclear,  // the law's words do not settle it, or the declaration is too coarse: a person decides
  none,
};

/// Whether the official's list in force ends with the core group (DB-2012 alone) or goes on (the notice of 2019).
/// Which one is in force is policy data.
enum class KinListScope { core_only, core_and_extended };

/// What intake has to do about a declared relation (regulation H-09).
enum class KinFiling {
  not_needed,
  note,     // write it down; the list in force does not require filing
  file,     // file with the county: home check and recusal follow
  clarify,  // ask again or let a person decide; until then treat the official as kin
};

/// What the second person calls the first: child for parent. Symmetric relations return themselves.
Relation inverse_of(Relation relation);

/// The group of a relation read from the official's side: "the family member is my <relation>".
KinGroup listed_kin_group(Relation relation);

/// The group of a relation in whichever direction is stricter (regulation H-08). The lists are asymmetric in one pair:
/// a spouse's sibling is listed, a sibling's spouse is not, though each is the other seen from the other side.
KinGroup kin_group(Relation relation);

/// What a GB/T 4761 code says as a relation; nothing for a code that the standard does not have. Codes that only say
/// "other" become other_relative.
std::optional<Relation> relation_of_kinship_code(std::string_view code);

/// The filing duty for a group under the list in force. Officials are filed for their own cases too, so that the
/// assignment guard sees them.
KinFiling kin_filing(KinGroup group, KinListScope scope);

/// "spouse_sibling", as stored and sent.
std::string_view name_of(Relation relation);
std::optional<Relation> parse_relation(std::string_view name);
/// All relations with labels, for forms.
const CodeTable& declared_relation_codes();

}  // namespace jiuzhu

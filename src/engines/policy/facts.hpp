#pragma once
// What is known about one household on one date. Facts only, no conclusions: whether a person counts as a member, or an
// amount as income, is what the engine decides. An absent optional means "nobody has established this", which is not
// the same as "no": a rule that needs it then yields REVIEW.
//
// No names and no citizen numbers are needed; `key` ties the parts together and `label` is shown in explanations.

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/money.hpp"
#include "engines/policy/words.hpp"

namespace jiuzhu::policy {

/// Who applies: the household (DB-2012/9, DB-2021/4) or one person of it alone (DB-2012/10, DB-2021/8).
enum class ApplicationUnit : std::uint8_t { household, single_person };
BOOST_DESCRIBE_ENUM(ApplicationUnit, household, single_person)

/// The person's relation to the applicant, or to the member named by `relative_to`: "is the child of".
enum class Relation : std::uint8_t {
  self,
  spouse,
  child,
  adopted_child,
  stepchild,
  parent,
  adoptive_parent,
  stepparent,
  grandparent,
  grandchild,
  sibling,
  child_in_law,
  parent_in_law,
  other
};
BOOST_DESCRIBE_ENUM(Relation, self, spouse, child, adopted_child, stepchild, parent, adoptive_parent, stepparent,
                    grandparent, grandchild, sibling, child_in_law, parent_in_law, other)

enum class PersonState : std::uint8_t {
  religious_staff_away,           // 脱离家庭独立生活的宗教教职人员
  religious_staff_in_venue,       // 在宗教场所居住的宗教教职人员
  in_prison,                      // 在监狱内服刑
  in_reeducation_through_labour,  // 劳动教养 (abolished on 2013-12-28)
  serving_outside_prison,         // 社区矫正, 假释, 暂予监外执行
  in_compulsory_drug_treatment,   // 强制隔离戒毒
  declared_missing,               // 宣告失踪
  conscript,                      // 义务兵
  destitute_support_recipient,    // 特困人员
  deceased
};
BOOST_DESCRIBE_ENUM(PersonState, religious_staff_away, religious_staff_in_venue, in_prison,
                    in_reeducation_through_labour, serving_outside_prison, in_compulsory_drug_treatment,
                    declared_missing, conscript, destitute_support_recipient, deceased)

/// Holds from `from` (unknown when absent) up to but not including `until`.
struct StateFacts {
  PersonState state = PersonState::conscript;
  std::optional<Date> from;
  std::optional<Date> until;
};
BOOST_DESCRIBE_STRUCT(StateFacts, (), (state, from, until))

enum class StudyLevel : std::uint8_t {
  primary,
  junior_secondary,
  senior_secondary,
  vocational,
  junior_college,
  bachelor,
  master,
  doctor
};
BOOST_DESCRIBE_ENUM(StudyLevel, primary, junior_secondary, senior_secondary, vocational, junior_college, bachelor,
                    master, doctor)

struct StudyFacts {
  StudyLevel level = StudyLevel::primary;
  std::optional<bool> full_time;
};
BOOST_DESCRIBE_STRUCT(StudyFacts, (), (level, full_time))

enum class DisabilityClass : std::uint8_t { visual, hearing, speech, limb, intellectual, mental, multiple };
BOOST_DESCRIBE_ENUM(DisabilityClass, visual, hearing, speech, limb, intellectual, mental, multiple)

/// From the disability certificate; grade 1 is the heaviest (GB/T 26341).
struct DisabilityFacts {
  DisabilityClass disability_class = DisabilityClass::limb;
  int grade = 1;
};
BOOST_DESCRIBE_STRUCT(DisabilityFacts, (), (disability_class, grade))

enum class LabourCapacity : std::uint8_t { full, partial, none };
BOOST_DESCRIBE_ENUM(LabourCapacity, full, partial, none)

/// `unified` where agricultural and non-agricultural registration were merged (DB-2012/6-2).
enum class RegistrationClass : std::uint8_t { agricultural, non_agricultural, unified };
BOOST_DESCRIBE_ENUM(RegistrationClass, agricultural, non_agricultural, unified)

struct RegistrationFacts {
  std::string region;  // six-digit county code or longer
  RegistrationClass registration_class = RegistrationClass::unified;
  std::optional<bool> urban_conditions;  // in town, no contracted land, no collective share (DB-2012/6-2)
};
BOOST_DESCRIBE_STRUCT(RegistrationFacts, (), (region, registration_class, urban_conditions))

struct MemberFacts {
  std::string key;
  std::optional<std::string> label;
  Relation relation = Relation::other;
  std::optional<std::string> relative_to;  // the key of another member; the applicant when absent
  Date birth_date;
  std::optional<RegistrationFacts> registration;
  std::optional<bool> registered_separately;   // 单独立户
  std::optional<bool> no_benefit_certificate;  // that no 低保 is drawn at the place of registration (DB-2012/11)
  std::optional<bool> residence_permit;        // 居住证 at the place of application (DB-2021/5-3)
  bool lives_apart = false;                    // keeps a household of their own elsewhere
  std::optional<Date> common_residence_since;
  std::optional<bool> legal_duty;  // a statutory duty of support with the applicant; by relation when absent
  std::optional<bool> lives_independently;
  std::vector<StateFacts> states;
  std::optional<StudyFacts> study;
  std::optional<DisabilityFacts> disability;
  bool serious_illness = false;  // 重特大疾病, recognised by the local authority
  std::optional<LabourCapacity> labour_capacity;
  std::optional<bool> employed;
  std::optional<bool> cannot_find_work;  // 确实难以就业或者较长时间无法获得收入 (DB-2022/1-1)
};
BOOST_DESCRIBE_STRUCT(MemberFacts, (),
                      (key, label, relation, relative_to, birth_date, registration, registered_separately,
                       no_benefit_certificate, residence_permit, lives_apart, common_residence_since, legal_duty,
                       lives_independently, states, study, disability, serious_illness, labour_capacity, employed,
                       cannot_find_work))

enum class IncomeKind : std::uint8_t {
  wages,
  bonus,
  labour_dividend,
  allowance,
  imputed_wage,  // 劳动力系数 or notional wage
  farming,
  business,
  interest,
  dividend,
  collective_dividend,
  rent,
  land_transfer_rent,
  asset_sale,
  support_received,  // 赡养费 扶养费 抚养费 actually received
  retirement_pension,
  resident_basic_pension,  // 城乡居民基本养老保险基础养老金
  old_age_allowance,
  unemployment_benefit,
  survivors_aid,
  compensation,
  gift,
  inheritance,
  social_relief,         // 社会救济金, 社会救助款物
  preferential_pension,  // 优待抚恤金
  birth_planning_reward,
  scholarship,
  bravery_award,
  other_income
};
BOOST_DESCRIBE_ENUM(IncomeKind, wages, bonus, labour_dividend, allowance, imputed_wage, farming, business, interest,
                    dividend, collective_dividend, rent, land_transfer_rent, asset_sale, support_received,
                    retirement_pension, resident_basic_pension, old_age_allowance, unemployment_benefit, survivors_aid,
                    compensation, gift, inheritance, social_relief, preferential_pension, birth_planning_reward,
                    scholarship, bravery_award, other_income)

/// `month`: the amount comes every month (of `from`..`until` where given, both included). `year`: the amount of a year.
/// `once`: received on one day.
enum class IncomePeriod : std::uint8_t { month, year, once };
BOOST_DESCRIBE_ENUM(IncomePeriod, month, year, once)

struct IncomeFacts {
  IncomeKind kind = IncomeKind::other_income;
  std::optional<std::string> member;  // the household's as a whole when absent
  Money amount;
  IncomePeriod period = IncomePeriod::month;
  std::optional<Month> from;
  std::optional<Month> until;
  std::optional<Date> received_on;          // needed for `once`
  std::optional<std::string> from_obligor;  // support actually paid by this obligor
};
BOOST_DESCRIBE_STRUCT(IncomeFacts, (), (kind, member, amount, period, from, until, received_on, from_obligor))

enum class DeductionKind : std::uint8_t {
  income_tax,
  social_insurance,
  job_cost,
  business_cost,
  depreciation,
  production_tax,
  property_cost,
  support_paid,
  other_transfer_paid,
  illness_cost,
  disability_cost
};
BOOST_DESCRIBE_ENUM(DeductionKind, income_tax, social_insurance, job_cost, business_cost, depreciation, production_tax,
                    property_cost, support_paid, other_transfer_paid, illness_cost, disability_cost)

struct DeductionFacts {
  DeductionKind kind = DeductionKind::job_cost;
  std::optional<std::string> member;
  Money amount;
  IncomePeriod period = IncomePeriod::month;
  std::optional<Month> from;
  std::optional<Month> until;
  std::optional<Date> paid_on;  // needed for `once`
};
BOOST_DESCRIBE_STRUCT(DeductionFacts, (), (kind, member, amount, period, from, until, paid_on))

enum class AssetClass : std::uint8_t {
  cash,
  deposit,
  security,
  fund,
  commercial_insurance,
  internet_finance,
  claim,
  vehicle,
  vessel,
  house,
  commercial_premises,
  trees,
  machinery,
  other_asset
};
BOOST_DESCRIBE_ENUM(AssetClass, cash, deposit, security, fund, commercial_insurance, internet_finance, claim, vehicle,
                    vessel, house, commercial_premises, trees, machinery, other_asset)

enum class AssetUse : std::uint8_t {
  ordinary,
  disability_aid,
  production_necessity,
  living_necessity,
  only_home,
  commercial
};
BOOST_DESCRIBE_ENUM(AssetUse, ordinary, disability_aid, production_necessity, living_necessity, only_home, commercial)

struct PropertyFacts {
  AssetClass asset_class = AssetClass::other_asset;
  std::optional<std::string> member;
  AssetUse use = AssetUse::ordinary;
  std::optional<Money> value;
  std::optional<int> area_square_metres;
};
BOOST_DESCRIBE_STRUCT(PropertyFacts, (), (asset_class, member, use, value, area_square_metres))

/// The obligor's relation to the person supported: "is the child of the supported member".
enum class ObligorRelation : std::uint8_t {
  spouse,
  child,
  adopted_child,
  stepchild,
  child_adopted_away,
  parent,
  adoptive_parent,
  stepparent,
  birth_parent_of_adopted_away,
  grandchild,
  grandparent,
  elder_sibling,
  younger_sibling,
  child_in_law,
  other_relation
};
BOOST_DESCRIBE_ENUM(ObligorRelation, spouse, child, adopted_child, stepchild, child_adopted_away, parent,
                    adoptive_parent, stepparent, birth_parent_of_adopted_away, grandchild, grandparent, elder_sibling,
                    younger_sibling, child_in_law, other_relation)

/// A person outside the household who may owe support to a member.
struct ObligorFacts {
  std::string key;
  std::optional<std::string> label;
  std::string supports;  // a member's key
  ObligorRelation relation = ObligorRelation::other_relation;
  std::optional<Date> birth_date;
  bool deceased = false;
  std::optional<bool> unavailable;                // in prison, declared missing, without capacity
  std::optional<bool> able;                       // the investigator's finding; from the formula when absent
  std::optional<bool> raised;                     // step relation or siblings: one raised the other
  std::optional<bool> nearer_kin_dead_or_unable;  // from the other obligors when absent
  std::optional<int> household_size;
  std::optional<Money> household_income_month;
  std::optional<int> persons_supported;  // persons outside their household whom they support, this one included
  std::optional<int> sharing;            // how many share this duty; counted from the obligors when absent
  std::optional<bool> property_within_rule;
};
BOOST_DESCRIBE_STRUCT(ObligorFacts, (),
                      (key, label, supports, relation, birth_date, deceased, unavailable, able, raised,
                       nearer_kin_dead_or_unable, household_size, household_income_month, persons_supported, sharing,
                       property_within_rule))

/// A local parameter set by hand, for a what-if. The decision names it as overridden.
struct ParameterOverride {
  std::string name;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(ParameterOverride, (), (name, value))

struct HouseholdFacts {
  std::optional<std::string> reference;  // the caller's own, such as a case number; echoed
  std::string region;                    // six-digit county code
  Programme programme = Programme::urban;
  ApplicationUnit unit = ApplicationUnit::household;
  Date date;                            // the law and values of this date apply
  std::optional<Date> approved_on;      // `date` when absent
  std::vector<MemberFacts> members;     // the applicant is the one with relation `self`
  std::optional<bool> hardship_family;  // 困难家庭 (DB-2012/10-1-1); no national definition
  std::vector<IncomeFacts> incomes;
  std::vector<DeductionFacts> deductions;
  std::vector<PropertyFacts> property;
  std::vector<ObligorFacts> obligors;
  std::vector<ParameterOverride> overrides;
};
BOOST_DESCRIBE_STRUCT(HouseholdFacts, (),
                      (reference, region, programme, unit, date, approved_on, members, hardship_family, incomes,
                       deductions, property, obligors, overrides))

/// Every contradiction in the facts, by JSON pointer; empty when they can be assessed. The keys begin with "facts.".
std::vector<FieldError> problems_of(const HouseholdFacts& facts);

}  // namespace jiuzhu::policy

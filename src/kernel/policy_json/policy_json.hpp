#pragma once
// How facts and decisions stand in JSON: the described structs of engines/policy with Chinese titles and limits.
// Whoever reads, writes or describes one of them includes this file, always: a translation unit without it would apply
// other limits to the same type, and the linker would choose between the two.

#include <string>
#include <vector>

#include "engines/policy/decision.hpp"
#include "engines/policy/facts.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::policy {

struct Explanation {
  std::vector<std::string> zh;
  std::vector<std::string> en;
};
BOOST_DESCRIBE_STRUCT(Explanation, (), (zh, en))

/// A decision together with its prose, as it is stored and sent.
struct ExplainedDecision : Decision {
  Explanation explanation;
};
BOOST_DESCRIBE_STRUCT(ExplainedDecision, (Decision), (explanation))

}  // namespace jiuzhu::policy

namespace jiuzhu::json {

#define JZ_META(member, ...)                    \
  template <>                                   \
  inline constexpr Meta meta<&policy::member> { \
    __VA_ARGS__                                 \
  }

JZ_META(HouseholdFacts::reference, .title = "调用方编号", .max_length = 100);
JZ_META(HouseholdFacts::region, .title = "县级行政区划代码", .min_length = 6, .max_length = 6);
JZ_META(HouseholdFacts::programme, .title = "低保类别");
JZ_META(HouseholdFacts::unit, .title = "申请单位", .optional = true);
JZ_META(HouseholdFacts::date, .title = "适用规定的日期");
JZ_META(HouseholdFacts::approved_on, .title = "批准日期");
JZ_META(HouseholdFacts::members, .title = "申报人员", .min_length = 1, .max_length = 50);
JZ_META(HouseholdFacts::hardship_family, .title = "是否困难家庭");
JZ_META(HouseholdFacts::incomes, .title = "收入", .max_length = 500, .optional = true);
JZ_META(HouseholdFacts::deductions, .title = "支出与成本", .max_length = 500, .optional = true);
JZ_META(HouseholdFacts::property, .title = "财产", .max_length = 500, .optional = true);
JZ_META(HouseholdFacts::obligors, .title = "法定义务人", .max_length = 500, .optional = true);
JZ_META(HouseholdFacts::overrides, .title = "手工设定的参数", .max_length = 50, .optional = true);

JZ_META(MemberFacts::key, .title = "人员代号", .min_length = 1, .max_length = 50);
JZ_META(MemberFacts::label, .title = "称呼", .max_length = 100);
JZ_META(MemberFacts::relation, .title = "与申请人关系");
JZ_META(MemberFacts::relative_to, .title = "关系所指人员代号", .max_length = 50);
JZ_META(MemberFacts::birth_date, .title = "出生日期");
JZ_META(MemberFacts::registration, .title = "户籍");
JZ_META(MemberFacts::registered_separately, .title = "是否单独立户");
JZ_META(MemberFacts::no_benefit_certificate, .title = "有无户籍地未享受低保证明");
JZ_META(MemberFacts::residence_permit, .title = "是否持有居住证");
JZ_META(MemberFacts::lives_apart, .title = "是否另居", .optional = true);
JZ_META(MemberFacts::common_residence_since, .title = "共同居住起始日期");
JZ_META(MemberFacts::legal_duty, .title = "是否有法定赡养、扶养、抚养义务关系");
JZ_META(MemberFacts::lives_independently, .title = "能否独立生活");
JZ_META(MemberFacts::states, .title = "状态", .max_length = 50, .optional = true);
JZ_META(MemberFacts::study, .title = "在校情况");
JZ_META(MemberFacts::disability, .title = "残疾证信息");
JZ_META(MemberFacts::serious_illness, .title = "是否患重特大疾病", .optional = true);
JZ_META(MemberFacts::labour_capacity, .title = "劳动能力");
JZ_META(MemberFacts::employed, .title = "是否就业");
JZ_META(MemberFacts::cannot_find_work, .title = "是否确实难以就业");

JZ_META(RegistrationFacts::region, .title = "户籍行政区划代码", .min_length = 6, .max_length = 12);
JZ_META(RegistrationFacts::registration_class, .title = "户口类别");
JZ_META(RegistrationFacts::urban_conditions, .title = "是否符合城镇户籍条件");
JZ_META(StateFacts::state, .title = "状态");
JZ_META(StateFacts::from, .title = "起始日期");
JZ_META(StateFacts::until, .title = "终止日期（不含）");
JZ_META(StudyFacts::level, .title = "学历层次");
JZ_META(StudyFacts::full_time, .title = "是否全日制");
JZ_META(DisabilityFacts::disability_class, .title = "残疾类别");
JZ_META(DisabilityFacts::grade, .title = "残疾等级", .minimum = 1, .maximum = 4);

JZ_META(IncomeFacts::kind, .title = "收入种类");
JZ_META(IncomeFacts::member, .title = "取得人代号", .max_length = 50);
JZ_META(IncomeFacts::amount, .title = "金额（元）");
JZ_META(IncomeFacts::period, .title = "周期", .optional = true);
JZ_META(IncomeFacts::from, .title = "起始月份");
JZ_META(IncomeFacts::until, .title = "终止月份（含）");
JZ_META(IncomeFacts::received_on, .title = "取得日期");
JZ_META(IncomeFacts::from_obligor, .title = "给付义务人代号", .max_length = 50);
JZ_META(DeductionFacts::kind, .title = "支出种类");
JZ_META(DeductionFacts::member, .title = "支出人代号", .max_length = 50);
JZ_META(DeductionFacts::amount, .title = "金额（元）");
JZ_META(DeductionFacts::period, .title = "周期", .optional = true);
JZ_META(DeductionFacts::from, .title = "起始月份");
JZ_META(DeductionFacts::until, .title = "终止月份（含）");
JZ_META(DeductionFacts::paid_on, .title = "支出日期");
JZ_META(PropertyFacts::asset_class, .title = "财产类别");
JZ_META(PropertyFacts::member, .title = "所有人代号", .max_length = 50);
JZ_META(PropertyFacts::use, .title = "用途", .optional = true);
JZ_META(PropertyFacts::value, .title = "价值（元）");
JZ_META(PropertyFacts::area_square_metres, .title = "面积（平方米）", .minimum = 0, .maximum = 1'000'000);

JZ_META(ObligorFacts::key, .title = "义务人代号", .min_length = 1, .max_length = 50);
JZ_META(ObligorFacts::label, .title = "称呼", .max_length = 100);
JZ_META(ObligorFacts::supports, .title = "被赡（抚、扶）养人代号", .min_length = 1, .max_length = 50);
JZ_META(ObligorFacts::relation, .title = "与被赡（抚、扶）养人关系");
JZ_META(ObligorFacts::birth_date, .title = "出生日期");
JZ_META(ObligorFacts::deceased, .title = "是否死亡", .optional = true);
JZ_META(ObligorFacts::unavailable, .title = "是否服刑、失踪或无行为能力");
JZ_META(ObligorFacts::able, .title = "有无给付能力");
JZ_META(ObligorFacts::raised, .title = "有无抚养教育的事实");
JZ_META(ObligorFacts::nearer_kin_dead_or_unable, .title = "更近的义务人是否死亡或无力");
JZ_META(ObligorFacts::household_size, .title = "义务人家庭人数", .minimum = 1, .maximum = 50);
JZ_META(ObligorFacts::household_income_month, .title = "义务人家庭月收入（元）");
JZ_META(ObligorFacts::persons_supported, .title = "赡（抚、扶）养总人数", .minimum = 1, .maximum = 50);
JZ_META(ObligorFacts::sharing, .title = "共同承担义务的人数", .minimum = 1, .maximum = 50);
JZ_META(ObligorFacts::property_within_rule, .title = "义务人财产是否符合规定");
JZ_META(ParameterOverride::name, .title = "参数名", .min_length = 1, .max_length = 100);
JZ_META(ParameterOverride::value, .title = "参数值", .min_length = 1, .max_length = 200);

JZ_META(Decision::reference, .title = "调用方编号");
JZ_META(Decision::region, .title = "县级行政区划代码");
JZ_META(Decision::programme, .title = "低保类别");
JZ_META(Decision::unit, .title = "申请单位");
JZ_META(Decision::date, .title = "适用规定的日期");
JZ_META(Decision::outcome, .title = "结果");
JZ_META(Decision::amount_month, .title = "每月保障金额（元）");
JZ_META(Decision::first_month, .title = "起发月份");
JZ_META(Decision::hypothetical, .title = "是否使用手工参数");
JZ_META(Decision::reasons, .title = "理由");
JZ_META(Decision::open_questions, .title = "待核实事项");
JZ_META(Decision::law, .title = "依据条款");
JZ_META(Decision::members, .title = "家庭成员认定");
JZ_META(Decision::registration, .title = "户籍条件");
JZ_META(Decision::incomes, .title = "收入认定");
JZ_META(Decision::deductions, .title = "扣减认定");
JZ_META(Decision::obligors, .title = "义务人给付认定");
JZ_META(Decision::property, .title = "财产认定");
JZ_META(Decision::property_limits, .title = "财产限额");
JZ_META(Decision::figures, .title = "核算数字");
JZ_META(Decision::marginal_family, .title = "边缘家庭认定");
JZ_META(Decision::single_person, .title = "单人户认定");
JZ_META(Decision::uplifts, .title = "增发项目");
JZ_META(Decision::packs, .title = "适用的规定");
JZ_META(Decision::parameters, .title = "使用的参数");
JZ_META(Decision::trace, .title = "计算过程");
JZ_META(ExplainedDecision::explanation, .title = "文字说明");

#undef JZ_META

}  // namespace jiuzhu::json

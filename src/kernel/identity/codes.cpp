#include "kernel/identity/codes.hpp"

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

constexpr CodeLabel kSex[] = {
    {"0", "未知的性别", "unknown"},
    {"1", "男性", "male"},
    {"2", "女性", "female"},
    {"9", "未说明的性别", "not stated"},
};

constexpr CodeLabel kMarriage[] = {
    {"10", "未婚", "single"},
    {"20", "已婚", "married"},
    {"21", "初婚", "first marriage"},
    {"22", "再婚", "remarried"},
    {"23", "复婚", "remarried to the former spouse"},
    {"30", "丧偶", "widowed"},
    {"40", "离婚", "divorced"},
    {"90", "未说明的婚姻状况", "not stated"},
};

// Three independent public copies agree on this list; the standard itself was not opened.
constexpr CodeLabel kHealth[] = {
    {"1", "健康或良好", "healthy or good"},
    {"2", "一般或较弱", "fair or weak"},
    {"3", "有慢性病", "chronic disease"},
    {"6", "残疾", "disabled"},
    {"10", "健康或良好", "healthy or good"},
    {"20", "一般或较弱", "fair or weak"},
    {"30", "有慢性病", "chronic disease"},
    {"31", "心血管病", "cardiovascular disease"},
    {"32", "脑血管病", "cerebrovascular disease"},
    {"33", "慢性呼吸系统病", "chronic respiratory disease"},
    {"34", "慢性消化系统病", "chronic digestive disease"},
    {"35", "慢性肾炎", "chronic nephritis"},
    {"36", "结核病", "tuberculosis"},
    {"37", "糖尿病", "diabetes"},
    {"38", "神经或精神疾病", "neurological or mental disease"},
    {"40", "有慢性病", "chronic disease"},  // the standard continues group 3 here; kept because registers send it
    {"41", "癌症", "cancer"},
    {"49", "其他慢性病", "other chronic disease"},
    {"60", "残疾", "disabled"},
    {"61", "视力残疾", "visual disability"},
    {"62", "听力残疾", "hearing disability"},
    {"63", "言语残疾", "speech disability"},
    {"64", "肢体残疾", "limb disability"},
    {"65", "智力残疾", "intellectual disability"},
    {"66", "精神残疾", "mental disability"},
    {"67", "多重残疾", "multiple disabilities"},
    {"69", "其他残疾", "other disability"},
};

constexpr CodeLabel kLabourCapacity[] = {
    {"able", "有劳动能力", "able to work"},
    {"partly", "部分丧失劳动能力", "partly able to work"},
    {"unable", "无劳动能力", "unable to work"},
};

constexpr CodeLabel kHouseholdRegistration[] = {
    {"agricultural", "农业户口", "agricultural"},
    {"non_agricultural", "非农业户口", "non-agricultural"},
    {"unified", "居民户口", "unified resident"},
};

constexpr CodeLabel kDisabilityClass[] = {
    {"1", "视力残疾", "visual"},   {"2", "听力残疾", "hearing"},      {"3", "言语残疾", "speech"},
    {"4", "肢体残疾", "limb"},     {"5", "智力残疾", "intellectual"}, {"6", "精神残疾", "mental"},
    {"7", "多重残疾", "multiple"},
};

constexpr CodeTable kSexTable{"sex", "GB/T 2261.1-2003", kSex};
constexpr CodeTable kMarriageTable{"marriage", "GB/T 2261.2-2003", kMarriage};
constexpr CodeTable kHealthTable{"health", "GB/T 2261.3-2003", kHealth};
constexpr CodeTable kLabourCapacityTable{"labour_capacity", "", kLabourCapacity};
constexpr CodeTable kHouseholdRegistrationTable{"household_registration", "", kHouseholdRegistration};
constexpr CodeTable kDisabilityClassTable{"disability_class", "GB/T 26341-2010", kDisabilityClass};

}  // namespace

const CodeLabel* CodeTable::find(std::string_view code) const {
  for (const CodeLabel& label : labels) {
    if (label.code == code) return &label;
  }
  return nullptr;
}

const CodeTable& sex_codes() { return kSexTable; }
const CodeTable& marriage_codes() { return kMarriageTable; }
const CodeTable& health_codes() { return kHealthTable; }
const CodeTable& labour_capacity_codes() { return kLabourCapacityTable; }
const CodeTable& household_registration_codes() { return kHouseholdRegistrationTable; }
const CodeTable& disability_class_codes() { return kDisabilityClassTable; }

std::span<const CodeTable* const> code_tables() {
  static const CodeTable* const tables[] = {
      &sex_codes(),
      &marriage_codes(),
      &health_codes(),
      &ethnicity_codes(),
      &kinship_codes(),
      &labour_capacity_codes(),
      &household_registration_codes(),
      &disability_class_codes(),
  };
  return tables;
}

std::string_view code_of(Sex sex) {
  switch (sex) {
    case Sex::male: return "1";
    case Sex::female: return "2";
  }
  JZ_ASSERT(false);
  return "";
}

}  // namespace jiuzhu

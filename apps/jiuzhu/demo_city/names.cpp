#include "names.hpp"

#include <array>

namespace jiuzhu::demo_city {
namespace {

constexpr std::array kSurnames{"王", "李", "张", "刘", "赵", "郭",   "杨",   "石",   "任",  "白", "史",
                               "苗", "荆", "葛", "陈", "武", "高",   "韩",   "梁",   "贾",  "冯", "董",
                               "郝", "侯", "霍", "药", "岳", "耿",   "尹",   "孟",   "姚",  "潘", "范",
                               "窦", "康", "段", "尚", "巨", "令狐", "上官", "尉迟", "欧阳"};
constexpr std::array kMaleNames{"建国", "志强", "海生", "润生", "国庆", "保林", "存柱", "俊杰", "浩然",
                                "振华", "永红", "文亮", "二小", "晋生", "改革", "栓柱", "宇航", "明亮",
                                "子轩", "鹏",   "军",   "伟",   "勇",   "喜贵", "贵生", "根旺", "春生"};
constexpr std::array kFemaleNames{"秀英", "桂兰", "爱珍", "改莲", "玉梅", "晓燕", "雅婷", "瑞芳", "春花",
                                  "梦瑶", "巧珍", "翠莲", "林仙", "变英", "丽",   "芳",   "静",   "慧敏",
                                  "子涵", "欣怡", "凤仙", "月娥", "彩云", "银花", "艳红", "素珍", "果珍"};
constexpr std::array kMaleMinorityNames{"买买提·艾力", "巴特尔·那顺", "阿力木·吐尔逊"};
constexpr std::array kFemaleMinorityNames{"古丽娜尔·托合提", "阿依古丽·库尔班", "其其格·乌兰"};

}  // namespace

std::string_view any_surname(Dice& dice) { return dice.pick(kSurnames); }

std::string_view any_given_name(Dice& dice, bool is_male) {
  return is_male ? dice.pick(kMaleNames) : dice.pick(kFemaleNames);
}

std::string any_name(Dice& dice, bool is_male) {
  if (dice.one_in(300)) return is_male ? dice.pick(kMaleMinorityNames) : dice.pick(kFemaleMinorityNames);
  return std::string(any_surname(dice)).append(any_given_name(dice, is_male));
}

std::string another_name(Dice& dice, std::string_view name) {
  // Nobody in the city is called 乔.
  return std::string(name.starts_with("乔") ? "亢" : "乔").append(any_given_name(dice, dice.one_in(2)));
}

}  // namespace jiuzhu::demo_city

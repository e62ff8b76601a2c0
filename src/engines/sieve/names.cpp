#include "engines/sieve/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace jiuzhu::sieve {
namespace {

/// Blanks and dots that stand between or around the parts of a name. Sorted.
constexpr std::u32string_view kLeftOut =
    U"\u0009\u0020\u002E\u00A0\u00B7\u02D9\u0387\u1427\u16EB\u2002\u2003\u2009\u200B\u2022\u2024\u2027\u2219\u22C5"
    U"\u25CF"
    U"\u25E6\u2E31\u2E33\u3000\u3002\u30FB\uFE52\uFEFF\uFF0E\uFF65";

/// Traditional and variant forms of characters that are common in names, and the form of the Table of General Standard
/// Chinese Characters (通用规范汉字表, 2013, appendix 1). Only pairs that are one character in a name: 乾 or 升 are not
/// here, since they are names of their own beside 干 and 昇. Sorted by the first.
constexpr auto kVariants = std::to_array<std::pair<char32_t, char32_t>>({
    {U'亞', U'亚'}, {U'來', U'来'}, {U'倫', U'伦'}, {U'偉', U'伟'}, {U'傑', U'杰'}, {U'儀', U'仪'}, {U'億', U'亿'},
    {U'剛', U'刚'}, {U'劉', U'刘'}, {U'勝', U'胜'}, {U'勳', U'勋'}, {U'勵', U'励'}, {U'區', U'区'}, {U'吳', U'吴'},
    {U'呂', U'吕'}, {U'員', U'员'}, {U'啟', U'启'}, {U'喬', U'乔'}, {U'嚴', U'严'}, {U'國', U'国'}, {U'園', U'园'},
    {U'堅', U'坚'}, {U'壽', U'寿'}, {U'夢', U'梦'}, {U'奧', U'奥'}, {U'姍', U'姗'}, {U'婭', U'娅'}, {U'嫻', U'娴'},
    {U'孫', U'孙'}, {U'學', U'学'}, {U'實', U'实'}, {U'寧', U'宁'}, {U'寶', U'宝'}, {U'峯', U'峰'}, {U'島', U'岛'},
    {U'嵐', U'岚'}, {U'師', U'师'}, {U'廣', U'广'}, {U'張', U'张'}, {U'強', U'强'}, {U'彥', U'彦'}, {U'後', U'后'},
    {U'愛', U'爱'}, {U'慶', U'庆'}, {U'憲', U'宪'}, {U'戰', U'战'}, {U'揚', U'扬'}, {U'於', U'于'}, {U'曉', U'晓'},
    {U'會', U'会'}, {U'東', U'东'}, {U'楊', U'杨'}, {U'業', U'业'}, {U'榮', U'荣'}, {U'樂', U'乐'}, {U'樹', U'树'},
    {U'權', U'权'}, {U'歐', U'欧'}, {U'歡', U'欢'}, {U'決', U'决'}, {U'沖', U'冲'}, {U'淨', U'净'}, {U'淵', U'渊'},
    {U'湯', U'汤'}, {U'滿', U'满'}, {U'漢', U'汉'}, {U'潔', U'洁'}, {U'潤', U'润'}, {U'澤', U'泽'}, {U'濤', U'涛'},
    {U'瀟', U'潇'}, {U'為', U'为'}, {U'煒', U'炜'}, {U'煥', U'焕'}, {U'燁', U'烨'}, {U'燈', U'灯'}, {U'爾', U'尔'},
    {U'瑋', U'玮'}, {U'瑩', U'莹'}, {U'環', U'环'}, {U'瓊', U'琼'}, {U'畢', U'毕'}, {U'發', U'发'}, {U'盧', U'卢'},
    {U'眾', U'众'}, {U'禕', U'祎'}, {U'禮', U'礼'}, {U'種', U'种'}, {U'積', U'积'}, {U'穎', U'颖'}, {U'紅', U'红'},
    {U'純', U'纯'}, {U'維', U'维'}, {U'綺', U'绮'}, {U'緒', U'绪'}, {U'縣', U'县'}, {U'繼', U'继'}, {U'義', U'义'},
    {U'習', U'习'}, {U'聖', U'圣'}, {U'聞', U'闻'}, {U'聯', U'联'}, {U'聰', U'聪'}, {U'興', U'兴'}, {U'艷', U'艳'},
    {U'芻', U'刍'}, {U'莊', U'庄'}, {U'華', U'华'}, {U'萬', U'万'}, {U'葉', U'叶'}, {U'蓀', U'荪'}, {U'蔣', U'蒋'},
    {U'蔭', U'荫'}, {U'蕭', U'萧'}, {U'薩', U'萨'}, {U'蘇', U'苏'}, {U'蘭', U'兰'}, {U'衛', U'卫'}, {U'見', U'见'},
    {U'規', U'规'}, {U'許', U'许'}, {U'詠', U'咏'}, {U'詩', U'诗'}, {U'語', U'语'}, {U'誠', U'诚'}, {U'諾', U'诺'},
    {U'謝', U'谢'}, {U'譚', U'谭'}, {U'議', U'议'}, {U'讓', U'让'}, {U'豐', U'丰'}, {U'貝', U'贝'}, {U'貞', U'贞'},
    {U'貴', U'贵'}, {U'賀', U'贺'}, {U'賈', U'贾'}, {U'賓', U'宾'}, {U'賢', U'贤'}, {U'賴', U'赖'}, {U'贊', U'赞'},
    {U'趙', U'赵'}, {U'車', U'车'}, {U'軍', U'军'}, {U'軒', U'轩'}, {U'輝', U'辉'}, {U'農', U'农'}, {U'運', U'运'},
    {U'達', U'达'}, {U'遠', U'远'}, {U'遲', U'迟'}, {U'鄒', U'邹'}, {U'鄧', U'邓'}, {U'鄭', U'郑'}, {U'釗', U'钊'},
    {U'鈞', U'钧'}, {U'銀', U'银'}, {U'銳', U'锐'}, {U'鋒', U'锋'}, {U'鋼', U'钢'}, {U'錢', U'钱'}, {U'錦', U'锦'},
    {U'鍾', U'钟'}, {U'鎮', U'镇'}, {U'鐘', U'钟'}, {U'鐵', U'铁'}, {U'鑑', U'鉴'}, {U'長', U'长'}, {U'門', U'门'},
    {U'開', U'开'}, {U'閔', U'闵'}, {U'閻', U'阎'}, {U'關', U'关'}, {U'陳', U'陈'}, {U'陸', U'陆'}, {U'陽', U'阳'},
    {U'隨', U'随'}, {U'雙', U'双'}, {U'雲', U'云'}, {U'電', U'电'}, {U'靈', U'灵'}, {U'靜', U'静'}, {U'韋', U'韦'},
    {U'韓', U'韩'}, {U'項', U'项'}, {U'順', U'顺'}, {U'顏', U'颜'}, {U'顧', U'顾'}, {U'風', U'风'}, {U'飛', U'飞'},
    {U'養', U'养'}, {U'馬', U'马'}, {U'馮', U'冯'}, {U'駱', U'骆'}, {U'駿', U'骏'}, {U'髙', U'高'}, {U'魯', U'鲁'},
    {U'鮑', U'鲍'}, {U'鳳', U'凤'}, {U'鴻', U'鸿'}, {U'鵬', U'鹏'}, {U'鶴', U'鹤'}, {U'麗', U'丽'}, {U'黃', U'黄'},
    {U'齊', U'齐'}, {U'龍', U'龙'}, {U'龔', U'龚'},
});

char32_t one_form(char32_t point) {
  const auto found = std::ranges::lower_bound(kVariants, point, {}, &std::pair<char32_t, char32_t>::first);
  if (found != kVariants.end() && found->first == point) return found->second;
  return point >= U'a' && point <= U'z' ? point - U'a' + U'A' : point;
}

}  // namespace

std::string comparable_name(std::string_view name) {
  std::string comparable;
  for (const char32_t point : to_code_points(to_half_width(name))) {
    if (!std::ranges::binary_search(kLeftOut, point)) append_utf8(comparable, one_form(point));
  }
  return comparable;
}

}  // namespace jiuzhu::sieve

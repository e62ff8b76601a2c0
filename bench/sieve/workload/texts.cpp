#include "workload/texts.hpp"

#include <iconv.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "workload/random.hpp"

namespace jiuzhu::bench::sieve {
namespace {

// The more frequent ones repeated. The last given names need four bytes in GB18030, the last surname four in UTF-8.
constexpr std::string_view kSurnames =
    "王 王 王 王 李 李 李 李 张 张 张 刘 刘 陈 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 欧阳 司马 𬱖";
constexpr std::string_view kGiven =
    "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀 霞 平 刚 桂 英 华 玉 兰 建 国 文 红 志 海 云 春 梅 金 凤 小 "
    "福 生 德 淑 珍 永 康 安 宁 新 民 喆 瑄 㛃 䶮 𫖯";

class Converter {
 public:
  explicit Converter(const std::string& encoding) : handle_(::iconv_open(encoding.c_str(), "UTF-8")) {
    if (handle_ == reinterpret_cast<iconv_t>(-1)) throw std::system_error(errno, std::generic_category(), encoding);
  }
  ~Converter() { ::iconv_close(handle_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  std::string operator()(std::string_view utf8) const {
    std::string from(utf8);
    char to[64];
    char* input = from.data();
    char* output = to;
    std::size_t input_left = from.size();
    std::size_t output_left = sizeof to;
    if (::iconv(handle_, &input, &input_left, &output, &output_left) != 0)
      throw std::system_error(errno, std::generic_category(), "iconv: " + from);
    return {to, output};
  }
  std::vector<std::string> words(std::string_view spaced) const {
    std::vector<std::string> words;
    while (!spaced.empty()) {
      const std::size_t end = std::min(spaced.find(' '), spaced.size());
      words.push_back((*this)(spaced.substr(0, end)));
      spaced.remove_prefix(std::min(end + 1, spaced.size()));
    }
    return words;
  }

 private:
  iconv_t handle_;
};

void append(Texts::Name& name, std::string_view text) {
  std::memcpy(name.text + name.length, text.data(), text.size());
  name.length += static_cast<std::uint32_t>(text.size());
}

}  // namespace

Texts::Texts(const std::string& encoding) {
  const Converter converted(encoding);
  surnames_ = converted.words(kSurnames);
  given_ = converted.words(kGiven);
  vehicle_classes_ = converted.words("小型轿车 小型普通客车 轻型厢式货车 普通二轮摩托车");
  statuses_ = {converted("存续"), converted("注销"), converted("吊销")};
  plate_prefix_ = converted("晋");
  none_ = converted("无");
}

Texts::Name Texts::name_of(std::uint32_t number_index) const {
  Random random(number_index);
  const auto any_given = [&]() -> std::string_view {
    return given_[random.below(static_cast<std::uint32_t>(given_.size()))];
  };
  Name name;
  append(name, surnames_[random.below(static_cast<std::uint32_t>(surnames_.size()))]);
  const std::uint32_t choice = random.below(2000);
  name.needs_quotes = choice < 2;
  if (choice == 0) {
    append(name, ",");
    append(name, any_given());
  } else if (choice == 1) {
    append(name, "\"\"");
    append(name, any_given());
    append(name, "\"\"");
  } else {
    append(name, any_given());
    if (choice % 4 != 0) append(name, any_given());
  }
  return name;
}

}  // namespace jiuzhu::bench::sieve

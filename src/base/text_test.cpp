#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace jiuzhu {
namespace {

/// The textbook encoder, to check the reader against.
std::string encode(std::uint32_t point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xC0 | point >> 6), byte(0x80 | (point & 0x3F))};
  if (point < 0x10000) {
    return {byte(0xE0 | point >> 12), byte(0x80 | (point >> 6 & 0x3F)), byte(0x80 | (point & 0x3F))};
  }
  return {byte(0xF0 | point >> 18), byte(0x80 | (point >> 12 & 0x3F)), byte(0x80 | (point >> 6 & 0x3F)),
          byte(0x80 | (point & 0x3F))};
}

bool is_scalar(std::uint32_t point) { return point < 0x110000 && (point < 0xD800 || point > 0xDFFF); }

TEST(CleanUtf8, AcceptsEveryCodePointButZeroAndSurrogates) {
  for (std::uint32_t point = 0; point < 0x110000; ++point) {
    ASSERT_EQ(is_clean_utf8(encode(point)), point != 0 && is_scalar(point)) << std::hex << point;
  }
}

TEST(CleanUtf8, RefusesMalformedBytes) {
  EXPECT_TRUE(is_clean_utf8(""));
  EXPECT_TRUE(is_clean_utf8("张三·𬀩"));
  for (const std::string_view text :
       {std::string_view("a\0b", 3), std::string_view("\x80"), std::string_view("\xC0\xAF"),
        std::string_view("\xC1\xBF"), std::string_view("\xE0\x80\xAF"), std::string_view("\xE0\x9F\xBF"),
        std::string_view("\xF0\x8F\xBF\xBF"), std::string_view("\xED\xA0\x80"), std::string_view("\xF4\x90\x80\x80"),
        std::string_view("\xF8\x88\x80\x80\x80"), std::string_view("\xFF"), std::string_view("\xE5\xBC"),
        std::string_view("\xE5"), std::string_view("\xF0\xA0\xA0"),
        std::string_view("\xE5\xBC"
                         "a"),
        std::string_view("ok\xD5\xC5")}) {
    EXPECT_FALSE(is_clean_utf8(text));
  }
}

RC_GTEST_PROP(CleanUtf8, AnyByteStringIsCleanOnlyIfItReEncodes, (const std::string& bytes)) {
  if (!is_clean_utf8(bytes)) return;
  std::size_t length = 0;
  for (char32_t point : to_code_points(bytes)) length += encode(point).size();
  RC_ASSERT(length == bytes.size());
}

RC_GTEST_PROP(CodePoints, ReadsBackWhatWasWritten, ()) {
  const auto points = *rc::gen::container<std::u32string>(
      rc::gen::map(rc::gen::suchThat(rc::gen::inRange<std::uint32_t>(1, 0x110000), is_scalar),
                   [](std::uint32_t point) { return static_cast<char32_t>(point); }));
  std::string text;
  std::string expected;
  for (char32_t point : points) {
    append_utf8(text, point);
    expected += encode(point);
  }
  RC_ASSERT(text == expected);
  RC_ASSERT(is_clean_utf8(text));
  RC_ASSERT(code_points(text) == points.size());
  RC_ASSERT(to_code_points(text) == points);
}

TEST(Trim, RemovesBlanksOfBothWidthsAtBothEnds) {
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \t\r\n\v\f　\xEF\xBB\xBF"), "");
  EXPECT_EQ(trim("　 张 三　\n"), "张 三");
  EXPECT_EQ(trim("\xEF\xBB\xBF姓名"), "姓名");
  EXPECT_EQ(trim("、张、"), "、张、");  // U+3001 shares two bytes with U+3000
}

RC_GTEST_PROP(Trim, IsIdempotent, (const std::string& text)) { RC_ASSERT(trim(trim(text)) == trim(text)); }

TEST(HalfWidth, MapsEveryFullWidthCharacter) {
  for (std::uint32_t point = 0xFF01; point <= 0xFF5E; ++point) {
    EXPECT_EQ(to_half_width(encode(point)), encode(point - 0xFF01 + 0x21)) << std::hex << point;
  }
  EXPECT_EQ(to_half_width("１４０３９９　Ｘ"), "140399 X");
  for (const char* text : {"", "abc", "张三", "｟｠｡", "\xEF\xBC", "￥", "、"}) EXPECT_EQ(to_half_width(text), text);
}

TEST(Split, KeepsEmptyParts) {
  using Parts = std::vector<std::string_view>;
  EXPECT_EQ(split("", ','), Parts({""}));
  EXPECT_EQ(split("a", ','), Parts({"a"}));
  EXPECT_EQ(split(",a,,b,", ','), Parts({"", "a", "", "b", ""}));
}

RC_GTEST_PROP(Split, JoinsBack, ()) {
  const std::string text = *rc::gen::container<std::string>(rc::gen::element('a', 'b', ','));
  std::string joined;
  for (const std::string_view part : split(text, ',')) {
    RC_ASSERT(!part.contains(','));
    joined.append(part).append(",");
  }
  joined.pop_back();
  RC_ASSERT(joined == text);
}

}  // namespace
}  // namespace jiuzhu

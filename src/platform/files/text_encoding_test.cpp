#include "platform/files/text_encoding.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace jiuzhu {
namespace {

using namespace std::string_view_literals;

std::string utf8_of(char32_t point) {
  std::string text;
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 63))};
  } else if (point < 0x10000) {
    text += {static_cast<char>(0xE0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 63)),
             static_cast<char>(0x80 | (point & 63))};
  } else {
    text += {static_cast<char>(0xF0 | point >> 18), static_cast<char>(0x80 | (point >> 12 & 63)),
             static_cast<char>(0x80 | (point >> 6 & 63)), static_cast<char>(0x80 | (point & 63))};
  }
  return text;
}

std::string key_of(const Result<std::string>& result) { return result ? "" : result.error().key; }
std::string offset_of(const Result<std::string>& result) { return result.error().params.at(0).second; }

TEST(TextEncoding, IsDetectedFromTheBytes) {
  EXPECT_EQ(detect_encoding("name,amount\r\n"), TextEncoding::utf_8);
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBF\xE5\xA7\x93\xE5\x90\x8D"), TextEncoding::utf_8);
  EXPECT_EQ(detect_encoding("姓名,买买提·阿里"), TextEncoding::utf_8);
  EXPECT_EQ(detect_encoding("\xD0\xD5\xC3\xFB"), TextEncoding::gb18030);  // 姓名
  // The bytes of 联通 begin with C1, which UTF-8 never uses; those of 隆 and 欧 pass for UTF-8.
  EXPECT_EQ(detect_encoding("\xC1\xAA\xCD\xA8"), TextEncoding::gb18030);
  EXPECT_EQ(detect_encoding("\xC2\xA1,\xC5\xB7"), TextEncoding::gb18030);  // 隆,欧
  EXPECT_EQ(detect_encoding("姓名,身份\xE5\xA7"), TextEncoding::utf_8) << "damaged, to be refused";
  EXPECT_EQ(detect_encoding(""), TextEncoding::utf_8);
  EXPECT_EQ(detect_encoding("\xFF\xFE"
                            "a\0b\0"sv)
                .error()
                .key,
            "text.utf_16");
  EXPECT_EQ(detect_encoding("ab\0c"sv).error().key, "text.contains_nul");
}

TEST(TextEncoding, DecodesBothToUtf8) {
  EXPECT_EQ(decode_text("\xD0\xD5\xC3\xFB", TextEncoding::gb18030).value(), "姓名");
  EXPECT_EQ(decode_text("\xEF\xBB\xBF姓名", TextEncoding::utf_8).value(), "姓名");
  EXPECT_EQ(decode_text("\x84\x31\x95\x33\xD0\xD5", TextEncoding::gb18030).value(), "姓") << "U+FEFF in GB18030";
}

TEST(TextEncoding, RareCharactersOfNamesFromEitherEdition) {
  EXPECT_EQ(decode_text("\xFE\x59", TextEncoding::gb18030).value(), utf8_of(0x9FB4));
  EXPECT_EQ(decode_text("\x82\x35\x90\x37", TextEncoding::gb18030).value(), utf8_of(0x9FB4)) << "glibc alone refuses";
  EXPECT_EQ(decode_text("\xFE\x51", TextEncoding::gb18030).value(), utf8_of(0x20087));
  EXPECT_EQ(decode_text("\xA6\xD9", TextEncoding::gb18030).value(), utf8_of(0xFE10));
  EXPECT_EQ(decode_text(utf8_of(0xE81E) + "a", TextEncoding::utf_8).value(), utf8_of(0x9FB4) + "a");
  EXPECT_EQ(decode_text(utf8_of(0xE000), TextEncoding::utf_8).value(), utf8_of(0xE000)) << "not ours to guess";
  EXPECT_EQ(encode_gb18030(utf8_of(0x9FB4)), "\xFE\x59");
  EXPECT_EQ(encode_gb18030(utf8_of(0xE81E)), "\xFE\x59");
  EXPECT_EQ(decode_text(encode_gb18030("𠮷𬀩䶮"), TextEncoding::gb18030).value(), "𠮷𬀩䶮");
}

TEST(TextEncoding, EveryCharacterGoesOutAndComesBack) {
  std::string all;
  for (char32_t point = 1; point < 0x110000; ++point) {
    const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
    const bool is_replaced = point >= 0xE78D && point <= 0xE864;  // the range of the old edition's private points
    if (!is_surrogate && !is_replaced) all += utf8_of(point);
  }
  EXPECT_TRUE(decode_text(encode_gb18030(all), TextEncoding::gb18030) == all);
  for (char32_t point = 0xE78D; point <= 0xE864; ++point) {
    const auto once = decode_text(encode_gb18030(utf8_of(point)), TextEncoding::gb18030);
    ASSERT_TRUE(once) << static_cast<unsigned>(point);
    EXPECT_EQ(*once, decode_text(utf8_of(point), TextEncoding::utf_8).value()) << static_cast<unsigned>(point);
  }
}

TEST(TextEncoding, RefusesInvalidBytesAndSaysWhere) {
  for (const auto& [bytes, encoding, offset] : std::initializer_list<std::tuple<std::string_view, TextEncoding, int>>{
           {"ab\x80"
            "c",
            TextEncoding::gb18030, 2},
           {"ab\xFF\xFF", TextEncoding::gb18030, 2},
           {"\xD0\xD5\xC3", TextEncoding::gb18030, 2},
           {"\xD0\xD5\xC3\x20", TextEncoding::gb18030, 2},
           {"\xD0\xD5\x84\x31\xA4", TextEncoding::gb18030, 2},
           {"\xD0\xD5\x84\x31\xA4\x41", TextEncoding::gb18030, 2},
           {"a\xC0\x80", TextEncoding::utf_8, 1},
           {"a\xED\xA0\x80", TextEncoding::utf_8, 1},
           {"a\xE5\xA7", TextEncoding::utf_8, 1},
           {"a\xE5", TextEncoding::utf_8, 1},
           {"a\xE5\x41", TextEncoding::utf_8, 1},
           {"\xF4\x90\x80\x80", TextEncoding::utf_8, 0}}) {
    const auto result = decode_text(bytes, encoding);
    EXPECT_EQ(key_of(result), "text.invalid_bytes");
    EXPECT_EQ(offset_of(result), std::to_string(offset));
  }
  EXPECT_EQ(key_of(decode_text("a\0b"sv, TextEncoding::utf_8)), "text.contains_nul");
  EXPECT_EQ(key_of(decode_text("a\0b"sv, TextEncoding::gb18030)), "text.contains_nul");
}

TEST(TextEncoding, PiecesOfAnySizeGiveTheSameText) {
  const std::string text = "\xEF\xBB\xBF姓名,买买提·阿里,𠮷𬀩" + utf8_of(0x9FB4) + utf8_of(0xE000) + "\r\n";
  const std::string expected = text.substr(3);
  std::string gb = encode_gb18030(expected) + "\x82\x35\x90\x37";
  for (std::size_t size = 1; size < 12; ++size) {
    TextDecoder utf(TextEncoding::utf_8);
    TextDecoder gb_decoder(TextEncoding::gb18030);
    std::string from_utf;
    std::string from_gb;
    for (std::size_t at = 0; at < text.size(); at += size) from_utf += utf.decode(text.substr(at, size)).value();
    for (std::size_t at = 0; at < gb.size(); at += size) from_gb += gb_decoder.decode(gb.substr(at, size)).value();
    ASSERT_TRUE(utf.finish());
    ASSERT_TRUE(gb_decoder.finish());
    EXPECT_EQ(from_utf, expected) << size;
    EXPECT_EQ(from_gb, expected + utf8_of(0x9FB4)) << size;
  }
}

TEST(TextEncoding, RandomBytesAreDecodedOrRefusedAlikeInPieces) {
  const auto seed = static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count());
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 5000; ++round) {
    std::string bytes(random() % 12, ' ');
    for (char& c : bytes) c = static_cast<char>(random() % 3 == 0 ? 0x30 + random() % 10 : 0x80 + random() % 128);
    for (const TextEncoding encoding : {TextEncoding::utf_8, TextEncoding::gb18030}) {
      const auto whole = decode_text(bytes, encoding);
      TextDecoder decoder(encoding);
      std::string text;
      std::string refusal;
      for (std::size_t i = 0; i < bytes.size() && refusal.empty(); ++i) {
        const auto piece = decoder.decode(std::string_view(bytes).substr(i, 1));
        if (piece)
          text += *piece;
        else
          refusal = piece.error().params.at(0).second;
      }
      if (const auto end = decoder.finish(); refusal.empty() && !end) refusal = end.error().params.at(0).second;
      EXPECT_EQ(whole.has_value(), refusal.empty());
      if (whole)
        EXPECT_EQ(*whole, text);
      else
        EXPECT_EQ(offset_of(whole), refusal);
    }
  }
}

}  // namespace
}  // namespace jiuzhu

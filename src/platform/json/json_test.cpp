#include <gtest/gtest.h>

#include "platform/json/described.hpp"

namespace jiuzhu::json {

enum class Colour { red, dark_blue };
BOOST_DESCRIBE_ENUM(Colour, red, dark_blue)

struct Wheel {
  std::string name;
  std::optional<Date> made_on;
};
BOOST_DESCRIBE_STRUCT(Wheel, (), (name, made_on))
template <>
inline constexpr Meta meta<&Wheel::name>{.title = "名称", .min_length = 1, .max_length = 5};

struct Cart {
  Colour colour = Colour::red;
  Money price;
  std::vector<Wheel> wheels;
  int load = 7;
};
BOOST_DESCRIBE_STRUCT(Cart, (), (colour, price, wheels, load))
template <>
inline constexpr Meta meta<&Cart::load>{.minimum = 0, .maximum = 10, .optional = true};

namespace {

TEST(Json, RoundTripsEveryKindOfValue) {
  const std::string text =
      R"({"a":[1,-9223372036854775808,true,false,null,1.5,18446744073709551615],"b":"\"\\\n\u0001救"})";
  const auto value = parse(text);
  ASSERT_TRUE(value);
  EXPECT_EQ(print(*value), text);
  EXPECT_EQ(*parse(print_pretty(*value)), *value);
}

TEST(Json, NamesThePlaceOfAnError) {
  const auto value = parse("{\"a\":\n  tru}");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().key, "json.malformed");
  EXPECT_EQ(value.error().params[0].second, "2");
}

TEST(Json, RefusesWhatReadersDisagreeOn) {
  EXPECT_EQ(parse(R"({"a":1,"a":2})").error().key, "json.duplicate_name");
  EXPECT_EQ(parse(R"("a\u0000b")").error().key, "json.nul_character");
  EXPECT_EQ(parse(std::string(100, '[')).error().key, "json.too_deep");
  EXPECT_EQ(parse("1 2").error().key, "json.malformed");
  EXPECT_EQ(parse("").error().key, "json.malformed");
  EXPECT_EQ(parse("\"\xFF\"").error().key, "json.malformed");
  EXPECT_EQ(parse("[1").error().key, "json.malformed");
}

TEST(Described, ReadsAndWrites) {
  const auto cart =
      read_text<Cart>(R"({"colour":"dark_blue","price":"12.5","wheels":[{"name":"左","made_on":"2019-08-01"}]})");
  ASSERT_TRUE(cart);
  EXPECT_EQ(cart->price, Money::fen(1250));
  EXPECT_EQ(cart->load, 7);
  EXPECT_EQ(print(write(*cart)),
            R"({"colour":"dark_blue","price":"12.50","wheels":[{"name":"左","made_on":"2019-08-01"}],"load":7})");
}

TEST(Described, ReportsEveryProblemAtItsPointer) {
  const auto cart = read_text<Cart>(
      R"({"colour":"green","wheels":[{"name":"","made_on":"2019-02-29"},{"name":"一二三四五六","x/y":1}],"load":11})");
  ASSERT_FALSE(cart);
  const FieldErrors& errors = cart.error().fields;
  const auto has = [&](std::string pointer, std::string key) {
    for (const auto& error : errors) {
      if (error.pointer == pointer && error.key == key) return true;
    }
    return false;
  };
  EXPECT_TRUE(has("/colour", "field.not_in_list"));
  EXPECT_TRUE(has("/price", "field.missing"));
  EXPECT_TRUE(has("/wheels/0/name", "field.empty"));
  EXPECT_TRUE(has("/wheels/0/made_on", "field.not_date"));
  EXPECT_TRUE(has("/wheels/1/name", "field.too_long"));
  EXPECT_TRUE(has("/wheels/1/x~1y", "field.unknown"));
  EXPECT_TRUE(has("/load", "field.out_of_range"));
  EXPECT_EQ(errors.size(), 7U);
}

TEST(Described, YieldsSchemas) {
  Components components;
  const Value reference = Codec<Cart>::schema(components);
  EXPECT_EQ(print(reference), R"({"$ref":"#/components/schemas/Cart"})");
  EXPECT_EQ(components.size(), 3U);
  const Value* wheel = Value(components).find("Wheel");
  ASSERT_TRUE(wheel);
  EXPECT_NE(print(Value(components)).find(R"("name":{"type":"string","title":"名称","minLength":1,"maxLength":5})"),
            std::string::npos);
}

}  // namespace
}  // namespace jiuzhu::json

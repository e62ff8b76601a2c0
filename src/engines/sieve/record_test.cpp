#include "engines/sieve/record.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace jiuzhu::sieve {
namespace {

std::vector<std::string> fields_of(std::string_view row, std::size_t most = 100, RecordShape shape = {}) {
  Record record;
  record.split(row, shape, most);
  std::vector<std::string> fields;
  for (std::size_t i = 0; i < record.size(); ++i) fields.emplace_back(record.field(i));
  return fields;
}

using Fields = std::vector<std::string>;

TEST(Record, SplitsFields) {
  EXPECT_EQ(fields_of("a,b,c"), (Fields{"a", "b", "c"}));
  EXPECT_EQ(fields_of("a,,"), (Fields{"a", "", ""}));
  EXPECT_EQ(fields_of(""), (Fields{""}));
  EXPECT_EQ(fields_of("a,b\r"), (Fields{"a", "b"}));
  EXPECT_EQ(fields_of("a,b,c", 2), (Fields{"a", "b"}));
  EXPECT_EQ(fields_of("a;b", 9, {.separator = ';'}), (Fields{"a", "b"}));
}

TEST(Record, TakesQuotesOff) {
  EXPECT_EQ(fields_of(R"("a,b",c)"), (Fields{"a,b", "c"}));
  EXPECT_EQ(fields_of(R"("a ""b""",c)"), (Fields{R"(a "b")", "c"}));
  EXPECT_EQ(fields_of("\"a\nb\",c"), (Fields{"a\nb", "c"}));
  EXPECT_EQ(fields_of(R"("","")"), (Fields{"", ""}));
  EXPECT_EQ(fields_of(R"("""")"), (Fields{R"(")"}));
}

TEST(Record, LeavesQuotesThatMeanNothing) {
  EXPECT_EQ(fields_of(R"(a"b",c)"), (Fields{R"(a"b")", "c"}));
  EXPECT_EQ(fields_of(R"("a"b"c,d)"), (Fields{R"(ab"c)", "d"}));
  EXPECT_EQ(fields_of(R"("a,b",c)", 9, {.quote = 0}), (Fields{R"("a)", R"(b")", "c"}));
}

TEST(Record, KnowsABlankLine) {
  Record record;
  for (const std::string_view blank : {"", "\r"}) {
    record.split(blank, {}, 9);
    EXPECT_TRUE(record.is_blank_line());
  }
  for (const std::string_view row : {",", "a", "\"\""}) {
    record.split(row, {}, 9);
    EXPECT_FALSE(record.is_blank_line()) << row;
  }
}

}  // namespace
}  // namespace jiuzhu::sieve

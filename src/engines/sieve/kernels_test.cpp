#include "engines/sieve/kernels.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "engines/sieve/number_key.hpp"
#include "engines/sieve/record.hpp"
#include "kernel/identity/citizen_number.hpp"

namespace jiuzhu::sieve {
namespace {

const std::vector<Instructions> kWidths{Instructions::portable, Instructions::avx2, Instructions::avx512};

std::string padded(std::string text) { return text.append(kPadding, '#'); }

struct Found {
  RowsFound rows;
  std::vector<std::uint32_t> ends;
};

template <class Find>
Found found_by(Find find, const RowSearch& search) {
  Found found;
  found.ends.resize(search.until + kPadding);
  found.rows = find(search, found.ends.data());
  found.ends.resize(found.rows.is_regular ? found.rows.count : 0);
  return found;
}

/// Tables as registers write them, with all that may go wrong.
rc::Gen<std::string> table() {
  const auto piece = rc::gen::elementOf(std::vector<std::string>{
      "a", "Zz9", ",", ",", "\n", "\r\n", "\"", "\"\"", "\",\"", "\"a,b\n\"", ",\"x\"\"y\",", "140399197203150115", " ",
      std::string(70, 'k'), "\"" + std::string(66, 'q') + "\",", ";", std::string(1, '\0'), "\xD6\xD0"});
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& one : pieces) text += one;
    return text;
  });
}

RC_GTEST_PROP(KernelsProperty, FindTheRowsThatAWalkFindsOrSayThatTheyCannot, ()) {
  const std::string text = *table();
  const std::string bytes = padded(text);
  const auto from = *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(text.size()) + 1);
  const char quote = *rc::gen::element('"', '\0');
  const RowSearch search{.bytes = bytes.data(),
                         .from = from,
                         .until = static_cast<std::uint32_t>(text.size()),
                         .quote = quote,
                         .state = quote == 0 ? RecordState::unquoted
                                             : *rc::gen::element(RecordState::field_begin, RecordState::unquoted,
                                                                 RecordState::quoted, RecordState::closing)};
  const Found walked = found_by(walk_row_ends, search);
  bool is_regular_everywhere = true;
  for (const Instructions width : kWidths) {
    const Found found = found_by(kernels(width).find_row_ends, search);
    is_regular_everywhere = is_regular_everywhere && found.rows.is_regular;
    if (!found.rows.is_regular) continue;
    RC_ASSERT(found.ends == walked.ends);
    if (search.quote != 0) RC_ASSERT(found.rows.state == walked.rows.state);
  }
  RC_TAG(is_regular_everywhere ? "regular" : "irregular");
}

TEST(Kernels, TakeWellFormedTablesAsRegular) {
  std::string text = "id,name\n";
  for (int i = 0; i < 40; ++i) text += "140399197203150115,\"a \"\"b\"\",\n c\"\r\n,\"\",x\n";
  const std::string bytes = padded(text);
  for (const Instructions width : kWidths) {
    const Found found = found_by(kernels(width).find_row_ends,
                                 {.bytes = bytes.data(), .until = static_cast<std::uint32_t>(text.size())});
    EXPECT_TRUE(found.rows.is_regular);
    EXPECT_EQ(found.rows.count, 81U);
  }
}

/// A right number, or one with something changed.
rc::Gen<std::string> number() {
  return rc::gen::exec([] {
    std::string digits = std::to_string(*rc::gen::inRange<NumberKey>(10'000'000'000'000'000, 99'999'999'999'999'999));
    std::string text = digits + citizen_number_check_character(digits);
    switch (*rc::gen::inRange(0, 8)) {
      case 0: text.back() = *rc::gen::elementOf(std::string("0123456789Xx/:")); break;
      case 1: text[*rc::gen::inRange<std::size_t>(0, 18)] = *rc::gen::elementOf(std::string("0/: x,\"\n\xB0")); break;
      case 2: text += *rc::gen::elementOf(std::string("0 x\r")); break;
      case 3: text = text.substr(0, *rc::gen::inRange<std::size_t>(0, 18)); break;
      case 4: text = " " + text; break;
      default: break;
    }
    return text;
  });
}

RC_GTEST_PROP(KernelsProperty, DecodeOnlyWhatIsPlainlyANumberAndAlwaysThat, ()) {
  const auto column = *rc::gen::inRange<std::size_t>(0, 4);
  std::string text;
  std::vector<std::uint32_t> begins;
  for (int row = 0; row < 6; ++row) {
    begins.push_back(static_cast<std::uint32_t>(text.size()));
    for (std::size_t before = 0; before < column; ++before) {
      text += *rc::gen::elementOf(std::vector<std::string>{"", "ab", "\"a,b\"", "\"x\"\"\"", "5\" tv",
                                                           "140399197203150115", std::string(50, 'w')}) +
              ",";
    }
    const std::string one = *number();
    text += *rc::gen::arbitrary<bool>() ? "\"" + one + "\"" : one;
    text +=
        *rc::gen::elementOf(std::vector<std::string>{"", ",", ",rest", "\r", "x", "\"", ",6\" b,140399197408220244"}) +
        "\n";
  }
  begins.push_back(static_cast<std::uint32_t>(text.size()));
  const std::string bytes = padded(text);
  for (const Instructions width : kWidths) {
    std::vector<NumberKey> keys(6);
    kernels(width).decode_numbers({.column = column}, bytes.data(), begins.data(), keys.size(), keys.data());
    for (std::size_t row = 0; row < keys.size(); ++row) {
      Record record;
      record.split(std::string_view(text).substr(begins[row], begins[row + 1] - 1 - begins[row]), {}, column + 1);
      const std::string_view field = record.size() > column ? record.field(column) : "";
      const NumberKey key = parse_number(field).key;
      if (keys[row] != kNoKey) RC_ASSERT(keys[row] == key);
      if (keys[row] == kNoKey && field.size() == 18 && column == 0) RC_ASSERT(key == kNoKey);
    }
  }
}

RC_GTEST_PROP(KernelsProperty, SplitRowsAsRecordsAreSplit, ()) {
  std::string row = *table();
  std::erase(row, '\n');
  const std::string bytes = padded(row);
  const RecordShape shape{.separator = *rc::gen::element(',', ';'), .quote = *rc::gen::element('"', '\0')};
  const auto most = *rc::gen::inRange<std::size_t>(1, 9);
  Record expected;
  expected.split(row, shape, most);
  for (const Instructions width : kWidths) {
    Record record;
    record.split_padded(std::string_view(bytes).substr(0, row.size()), shape, most, kernels(width));
    RC_ASSERT(record.is_blank_line() == expected.is_blank_line());
    RC_ASSERT(record.size() == expected.size());
    for (std::size_t i = 0; i < record.size(); ++i) RC_ASSERT(record.field(i) == expected.field(i));
  }
}

TEST(Kernels, DecodeANumberInAnyColumnThatBeginsWithin64Bytes) {
  const std::string digits = "14039919720315011";
  const std::string row = "plate,\"a,b\"," + digits + citizen_number_check_character(digits) + ",x\n";
  const std::string bytes = padded(row);
  const std::vector<std::uint32_t> begins{0, static_cast<std::uint32_t>(row.size())};
  for (const Instructions width : kWidths) {
    NumberKey key = 0;
    kernels(width).decode_numbers({.column = 2}, bytes.data(), begins.data(), 1, &key);
    EXPECT_EQ(key, 14039919720315011U);
  }
}

}  // namespace
}  // namespace jiuzhu::sieve

// Hostile contents at random: nothing may crash, hang or be taken for a table that it is not. The seed is printed;
// JIUZHU_FUZZ_SEED repeats a run, JIUZHU_FUZZ_ROUNDS lengthens it.

#include <chrono>
#include <cstdlib>
#include <random>

#include "base/text.hpp"
#include "platform/files/test_workbook.hpp"

namespace jiuzhu {
namespace {

unsigned long from_environment(const char* name, unsigned long otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

class TableReaderFuzz : public testing::Test {
 protected:
  TableReaderFuzz() { std::printf("JIUZHU_FUZZ_SEED=%lu\n", seed_); }

  std::size_t below(std::size_t bound) { return random_() % bound; }

  /// Every cell that comes out is clean text within the limits, whatever went in.
  void read(std::string_view bytes) {
    TableOptions options;
    options.limits = {.file_bytes_max = 1U << 20,
                      .rows_max = 500,
                      .columns_max = 30,
                      .cell_bytes_max = 300,
                      .entry_bytes_max = 4U << 20};
    const auto table = read_all(bytes, options);
    ASSERT_LE(table.rows.size(), 500U);
    std::size_t last = 0;
    for (const auto& [number, cells] : table.rows) {
      ASSERT_GT(number, last);
      last = number;
      ASSERT_LE(cells.size(), 30U);
      ASSERT_FALSE(cells.empty());
      for (const auto& cell : cells) {
        ASSERT_LE(cell.size(), 300U);
        ASSERT_TRUE(is_clean_utf8(cell));
      }
    }
    ASSERT_EQ(table.key.empty(), table.summary.rows > 0);
  }

  void damage(std::string& bytes) {
    for (std::size_t count = 1 + below(6); count > 0 && !bytes.empty(); --count) {
      const std::size_t at = below(bytes.size());
      switch (below(4)) {
        case 0: bytes[at] = static_cast<char>(below(256)); break;
        case 1: bytes.erase(at, 1 + below(20)); break;
        case 2: bytes.insert(at, bytes.substr(below(bytes.size()), below(40))); break;
        default: bytes[at] = "\",\r\n<>&;=\xC2\xFE\x81\x30"[below(13)]; break;
      }
    }
  }

  const unsigned long seed_ = from_environment("JIUZHU_FUZZ_SEED", std::random_device()());
  const unsigned long rounds_ = from_environment("JIUZHU_FUZZ_ROUNDS", 2000);
  std::mt19937_64 random_{seed_};
};

TEST_F(TableReaderFuzz, RandomBytes) {
  for (unsigned long round = 0; round < rounds_; ++round) {
    std::string bytes(below(400), ' ');
    const std::size_t kinds = 1 + below(256);
    for (char& c : bytes) c = static_cast<char>(below(kinds));
    if (below(4) == 0) bytes.insert(0, "PK\x03\x04");
    read(bytes);
  }
}

TEST_F(TableReaderFuzz, DamagedCsv) {
  const std::string utf8 = "姓名,身份证号,金额\r\n张三,140399199001011234,\"1,650.00\"\r\n\"李\r\n四\",,\"\"\"\"\r\n";
  for (unsigned long round = 0; round < rounds_; ++round) {
    std::string bytes = below(2) == 0 ? utf8 : encode_gb18030(utf8);
    damage(bytes);
    read(bytes);
  }
}

TEST_F(TableReaderFuzz, DamagedArchive) {
  const std::string good =
      TestWorkbook{.sheet_data = R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row>)",
                   .shared_strings = "<si><t>name</t></si>"}
          .bytes();
  for (unsigned long round = 0; round < rounds_; ++round) {
    std::string bytes = good;
    damage(bytes);
    read(bytes);
  }
}

TEST_F(TableReaderFuzz, DamagedXmlInAGoodArchive) {
  const auto good =
      TestWorkbook{.sheet_data =
                       R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>32939</v></c></row>)"
                       R"(<row r="2"><c r="A2" t="inlineStr"><is><r><t>x</t></r><rPh><t>y</t></rPh></is></c></row>)",
                   .shared_strings = "<si><t>name_x000D_</t></si>"}
          .entries();
  for (unsigned long round = 0; round < rounds_ / 4; ++round) {
    auto entries = good;
    auto entry = entries.begin();
    std::advance(entry, below(entries.size()));
    damage(entry->second);
    read(make_archive(entries));
  }
}

}  // namespace
}  // namespace jiuzhu

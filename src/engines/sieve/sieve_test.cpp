#include "engines/sieve/sieve.hpp"

#include <gtest/gtest.h>

#include "base/enum_text.hpp"
#include "engines/sieve/test_files.hpp"
#include "platform/files/memory_file.hpp"
#include "platform/files/test_packing.hpp"
#include "platform/files/xlsx_writer.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::string_view kPeople =
    "household,person,name,id\nH1,P1,赵明远,140399197203150115\nH2,P2,钱秀兰,140399197408220244\n";

std::string run_file(const std::string& files, const std::string& more = {}) {
  return "as_of: 2025-06-30\n"
         "people: {files: people.csv, columns: {household: household, person: person, name: name, number: id}}\n"
         "sources:\n"
         "  deposits: {files: " +
         files + ", columns: {number: id}, malformed_most: 60, measures: {deposits: {sum: balance, type: money}}" +
         more +
         "}\n"
         "rules: {DEPOSIT: {when: deposits > 0, result: exceeds}}\n"
         "outputs: {households: o.csv, statistics: s.json, malformed: m.csv}\n";
}

class SieveTest : public testing::Test {
 protected:
  SieveTest() { folder_.write("people.csv", kPeople); }

  Result<Summary> run_with(const std::string& files, const std::string& more = {}, Options options = {.threads = 2}) {
    return run(folder_.plan(run_file(files, more)), options);
  }
  std::string refusal_of(const std::string& files, const std::string& more = {}) {
    const auto summary = run_with(files, more);
    EXPECT_FALSE(folder_.has("o.csv") || folder_.has("s.json") || folder_.has("m.csv")) << "something was written";
    return summary ? "" : summary.error().key;
  }
  /// Of the households' file: everything below its titles.
  std::string found() {
    const std::string bytes = folder_.read("o.csv");
    return bytes.substr(std::min(bytes.find("\r\n"), bytes.size() - 2) + 2);
  }

  TestFolder folder_;
};

constexpr std::string_view kRows = "id,balance\n140399197203150115,10.50\n140399197203150115,1\n11010519491231002X,7\n";
constexpr std::string_view kFound = "H1,exceeds,DEPOSIT:exceeds,,1,0,11.50\r\n";

TEST_F(SieveTest, FindsWhatTheExampleSays) {
  const std::filesystem::path example = std::filesystem::path(JIUZHU_SOURCE_DIR) / "examples/sieve";
  for (const auto& file : std::filesystem::directory_iterator(example)) {
    std::filesystem::copy(file.path(), folder_.path() / file.path().filename(),
                          std::filesystem::copy_options::overwrite_existing);
  }
  const auto plan = read_run_file(folder_.path() / "run.yaml");
  ASSERT_TRUE(plan);
  const auto summary = run(*plan, {.threads = 2});
  ASSERT_TRUE(summary);
  // docs/formats/sieve-run.md, "What the example finds", worked out by hand.
  EXPECT_EQ(folder_.read("flagged.csv"),
            "\uFEFFhousehold,result,rules,other_names,members,obligors,disabled,vehicles,max_price,new_vehicles,"
            "deposits,banks,"
            "wage\r\n"
            "H001,exceeds,VEHICLE:exceeds NEW-VEHICLE:clue,,2,0,0,2,128000.00,1,800.25,1,\r\n"
            "H002,exceeds,DEPOSIT:exceeds,,1,1,0,0,,0,60500.00,2,\r\n"
            "H004,clue,WAGE:clue,,2,0,0,0,,0,6400.00,1,3150.00\r\n"
            "H006,clue,VEHICLE:clue,yes,1,0,0,1,158000.00,0,0.00,0,1950.00\r\n");
  const auto counts = [&](std::size_t source) {
    const RowCounts& found = summary->sources[source].counts;
    return std::vector<std::uint64_t>{found.rows, found.matched, found.not_ours, found.malformed_all(), found.filtered};
  };
  EXPECT_EQ(counts(0), (std::vector<std::uint64_t>{10, 5, 3, 1, 1}));
  EXPECT_EQ(counts(1), (std::vector<std::uint64_t>{10, 6, 3, 1, 0}));
  EXPECT_EQ(counts(2), (std::vector<std::uint64_t>{10, 7, 3, 0, 0}));
}

TEST_F(SieveTest, ReadsTablesAsTheyAreWritten) {
  const std::string_view rows = kRows;
  std::string crlf;
  for (const char c : rows) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (const std::string& bytes :
       {std::string(rows), crlf, std::string("\xEF\xBB\xBF").append(rows), std::string(rows.substr(0, rows.size() - 1)),
        std::string(rows).append("\n\n"), std::string("\"id\",\"balance\"\n").append(rows.substr(11))}) {
    folder_.write("d.csv", bytes);
    const auto summary = run_with("d.csv");
    ASSERT_TRUE(summary) << summary.error().key;
    EXPECT_EQ(summary->sources[0].counts.rows, 3U);
    EXPECT_EQ(found(), kFound);
  }
}

TEST_F(SieveTest, ReadsFilesWithoutRows) {
  folder_.write("d.csv", "id,balance\n");
  for (const std::string_view bytes : {"id,balance\n", "id,balance", "id,balance\r\n\r\n"}) {
    folder_.write("d.csv", bytes);
    const auto summary = run_with("d.csv");
    ASSERT_TRUE(summary) << summary.error().key;
    EXPECT_EQ(summary->sources[0].counts.rows, 0U);
    EXPECT_EQ(found(), "");
  }
  folder_.write("d.csv", "");
  const auto summary = run_with("d.csv");
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().key, "sieve.file_empty");
}

TEST_F(SieveTest, ReadsPackedFilesInPiecesOfAnySize) {
  std::string rows = "id,balance\n";
  for (int i = 0; i < 30'000; ++i) rows += i % 3 == 0 ? "140399197203150115,0.01\n" : "11010519491231002X,\"7\"\n";
  const std::string half = rows.substr(0, rows.size() / 2);
  const std::string rest = rows.substr(rows.size() / 2);
  for (const std::string& bytes :
       {gzipped(rows), zstd_packed(rows), gzipped(half) + gzipped(rest), zstd_packed(half) + zstd_packed(rest)}) {
    folder_.write("d.csv", bytes);  // the name says nothing
    for (const std::uint32_t window : {17U, 4096U, 256U << 10}) {
      const auto summary = run_with("d.csv", {}, {.threads = 3, .window_bytes = window});
      ASSERT_TRUE(summary) << summary.error().key;
      EXPECT_EQ(summary->sources[0].counts.rows, 30'000U);
      EXPECT_EQ(found(), "H1,exceeds,DEPOSIT:exceeds,,1,0,100.00\r\n");
    }
  }
}

TEST_F(SieveTest, RefusesPackedFilesThatAreCutOrBroken) {
  std::string rows = "id,balance\n";
  for (int i = 0; i < 5'000; ++i) rows += "14039919720315011" + std::to_string(i % 10) + "," + std::to_string(i) + "\n";
  for (std::string bytes : {gzipped(rows), zstd_packed(rows)}) {
    folder_.write("d.csv", bytes.substr(0, bytes.size() - 5));
    EXPECT_EQ(refusal_of("d.csv"), "packed.cut_short");
    bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
    bytes[bytes.size() / 2 + 1] = static_cast<char>(~bytes[bytes.size() / 2 + 1]);
    folder_.write("d.csv", bytes);
    EXPECT_EQ(refusal_of("d.csv").substr(0, 7), "packed.");
  }
}

TEST_F(SieveTest, ReadsAWorkbook) {
  auto writer = XlsxWriter::create(
      folder_.path() / "d.xlsx",
      {.name = "存款", .columns = {{.title = "id"}, {.title = "balance", .kind = ColumnKind::money}}});
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->add_row(
      std::vector<XlsxCell>{{.value = std::string("140399197203150115")}, {.value = Money::fen(1150)}}));
  ASSERT_TRUE(writer->add_row(std::vector<XlsxCell>{{.value = std::string("无")}, {.value = std::string("1")}}));
  writer->finish();
  const auto summary = run_with("d.xlsx");
  ASSERT_TRUE(summary) << summary.error().key;
  EXPECT_EQ(found(), kFound);
  EXPECT_EQ(folder_.read("m.csv"), "\uFEFFsource,file,row,kind\r\ndeposits,d.xlsx,3,length\r\n");
}

TEST_F(SieveTest, CountsRowsWithNulsInTheirNumbersAsMalformed) {
  std::string rows(kRows);
  rows += std::string(
      "14039919720315\0"
      "115,1\n",
      21);
  folder_.write("d.csv", rows);
  const auto summary = run_with("d.csv");
  ASSERT_TRUE(summary) << summary.error().key;
  EXPECT_EQ(summary->sources[0].counts.malformed_all(), 1U);
  EXPECT_EQ(found(), kFound);
}

TEST_F(SieveTest, RefusesASourceWhoseColumnsAreSwapped) {
  folder_.write("d.csv", "balance,id\n140399197203150115,10.50\n140399197203150115,1\n11010519491231002X,7\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.mostly_malformed");
}

TEST_F(SieveTest, RefusesTheWrongEncoding) {
  folder_.write("d.csv", "id,balance,bank\n140399197203150115,1,\xD6\xD0\xB9\xFA\xD2\xF8\xD0\xD0\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.wrong_encoding");
  folder_.write("d.csv", "id,balance,bank\n140399197203150115,1,中国银行\n");
  EXPECT_EQ(refusal_of("d.csv", ", encoding: gb18030"), "sieve.wrong_encoding");
  folder_.write("d.csv", std::string("\xFF\xFEi\0d\0,\0", 8));
  EXPECT_EQ(refusal_of("d.csv"), "sieve.wrong_encoding");
}

TEST_F(SieveTest, RefusesColumnsThatAreMissingOrThereTwice) {
  folder_.write("d.csv", "id,amount\n140399197203150115,1\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.column_missing");
  folder_.write("d.csv", "id,balance,id\n140399197203150115,1,x\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.column_twice");
}

TEST_F(SieveTest, RefusesQuotesThatNeverEnd) {
  folder_.write("d.csv", std::string(kRows) + "140399197203150115,\"5\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.quote_unterminated");
  folder_.write("d.csv", std::string(kRows) + "140399197203150115,\"" + std::string(3 << 20, '1') + "\"\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.record_too_long");
}

TEST_F(SieveTest, RefusesPeopleWithoutAHousehold) {
  folder_.write("d.csv", kRows);
  folder_.write("people.csv", std::string(kPeople) + "H3,P3\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.person_incomplete");
  folder_.write("people.csv", std::string(kPeople) + ",P3,孙,140399197408220244\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.person_incomplete");
}

TEST_F(SieveTest, TellsOfPeopleWhoseNumberIsNone) {
  folder_.write("d.csv", kRows);
  folder_.write("people.csv", std::string(kPeople) + "H3,P3,孙桂英,14039919740822\n");
  const auto summary = run_with("d.csv");
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->malformed_persons, 1U);
  EXPECT_EQ(folder_.read("m.csv"), "\uFEFFsource,file,row,kind\r\npeople,people.csv,4,length\r\n");
}

TEST_F(SieveTest, WritesNothingWhenItIsCancelled) {
  folder_.write("d.csv", kRows);
  std::stop_source stop;
  stop.request_stop();
  const auto summary = run_with("d.csv", {}, {.threads = 2, .stop = stop.get_token()});
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().key, "sieve.cancelled");
  for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
    EXPECT_TRUE(file.path().extension() == ".csv" && file.path().stem().string().size() > 0) << file.path();
    EXPECT_NE(file.path().filename(), "o.csv");
  }
}

TEST_F(SieveTest, LeavesOldOutputsAloneWhenItRefuses) {
  folder_.write("d.csv", kRows);
  ASSERT_TRUE(run_with("d.csv"));
  folder_.write("d.csv", "id,amount\n");
  ASSERT_FALSE(run_with("d.csv"));
  EXPECT_EQ(found(), kFound);
}

TEST_F(SieveTest, DoesNotCareForTheOrderOfPeopleAndFiles) {
  folder_.write("a.csv", "id,balance\n140399197203150115,1\n140399197408220244,2\n");
  folder_.write("b.csv", "id,balance\n140399197408220244,3\n");
  ASSERT_TRUE(run_with("[a.csv, b.csv]"));
  const std::string first = folder_.read("o.csv");
  folder_.write("people.csv",
                "person,household,name,id\nP2,H2,钱秀兰,140399197408220244\nP1,H1,赵明远,140399197203150115\n");
  ASSERT_TRUE(run_with("[b.csv, a.csv]"));
  EXPECT_EQ(folder_.read("o.csv"), first);
  EXPECT_EQ(found(), "H1,exceeds,DEPOSIT:exceeds,,1,0,1.00\r\nH2,exceeds,DEPOSIT:exceeds,,1,0,5.00\r\n");
}

// What a review found, each with its row.

constexpr std::string_view kA = "140399197203150115";
constexpr std::string_view kB = "140399197408220244";

TEST_F(SieveTest, IsNotMisledByQuotesThatMeanNothing) {
  folder_.write("d.csv", "what,id,other,balance\n5\" tv," + std::string(kA) + ",6\" x," + std::string(kB) + "\n");
  folder_.write("people.csv", "what,household,person,name,id,other\n5\" a,H1,P1,赵," + std::string(kA) +
                                  ",6\" b\n5\" a,H2,P2,钱," + std::string(kB) + ",6\" b\n");
  const Plan plan = folder_.plan(
      "as_of: 2025-06-30\n"
      "people: {files: people.csv, columns: {household: household, person: person, name: name, number: id}}\n"
      "sources: {d: {files: d.csv, columns: {number: id}, measures: {rows: count}}}\n"
      "rules: {ANY: {when: rows > 0, result: clue}}\n"
      "outputs: {households: o.csv}\n");
  for (const Instructions width : {Instructions::portable, Instructions::avx2, Instructions::avx512}) {
    ASSERT_TRUE(run(plan, {.threads = 1, .instructions = width}));
    EXPECT_EQ(found(), "H1,clue,ANY:clue,,1,0,1\r\n");
  }
}

TEST_F(SieveTest, ReadsAQuotedHeaderBehindAByteOrderMark) {
  const std::string rows = "\xEF\xBB\xBF\"no\n(1)\",id,balance\n1," + std::string(kA) + ",1\n2,\"" + std::string(kB) +
                           "\",2\n3," + std::string(kA) + ",4\n";
  for (const std::string& bytes : {rows, gzipped(rows)}) {
    for (const std::uint32_t window : {1U, 2U, 7U, 1024U}) {
      folder_.write("d.csv", bytes);
      const auto summary = run_with("d.csv", {}, {.threads = 2, .window_bytes = window});
      ASSERT_TRUE(summary) << summary.error().key;
      EXPECT_EQ(summary->sources[0].counts.matched, 3U);
      EXPECT_EQ(found(), "H1,exceeds,DEPOSIT:exceeds,,1,0,5.00\r\nH2,exceeds,DEPOSIT:exceeds,,1,0,2.00\r\n");
    }
  }
}

TEST_F(SieveTest, RefusesAHeaderThatNeverEnds) {
  const std::string rows = "id,\"balance\n" + std::string(kA) + ",1\n";
  for (const std::string& bytes : {rows, gzipped(rows)}) {
    folder_.write("d.csv", bytes);
    const auto summary = run_with("d.csv");
    ASSERT_FALSE(summary);
    EXPECT_TRUE(summary.error().key == "sieve.quote_unterminated" || summary.error().key == "sieve.column_missing");
  }
  folder_.write("people.csv", "household,person,name,id,\"x\nH1,P1,赵," + std::string(kA) + ",\n");
  folder_.write("d.csv", kRows);
  EXPECT_EQ(refusal_of("d.csv"), "sieve.quote_unterminated");
}

TEST_F(SieveTest, RefusesASourceOfWhichNothingThatIsOursCanBeUsed) {
  std::string rows = "id,balance\n";
  for (int i = 0; i < 500; ++i) rows += "11010519491231002X,1\n";
  folder_.write("d.csv", rows + std::string(kA) + ",一百\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.mostly_unusable");
  folder_.write("d.csv",
                "id,balance\n" + std::string(kA) + ",轿车\n" + std::string(kA) + ",1\n" + std::string(kB) + ",货车\n");
  EXPECT_EQ(refusal_of("d.csv"), "sieve.mostly_unusable") << "the column of numbers is not to blame";
}

TEST_F(SieveTest, TakesABlankNameForNone) {
  for (const std::string name : {"", " ", "\u3000\u3000", "·"}) {
    folder_.write("d.csv", "id,name,balance\n" + std::string(kA) + "," + name + ",1\n");
    const Plan plan = folder_.plan(
        "as_of: 2025-06-30\n"
        "people: {files: people.csv, columns: {household: household, person: person, name: name, number: id}}\n"
        "sources: {d: {files: d.csv, columns: {number: id, name: name}, measures: {rows: count}}}\n"
        "rules: {ANY: {when: rows > 0, result: exceeds}}\n"
        "outputs: {households: o.csv}\n");
    ASSERT_TRUE(run(plan, {.threads = 1}));
    EXPECT_EQ(found(), "H1,exceeds,ANY:exceeds,,1,0,1\r\n") << name;
  }
}

TEST_F(SieveTest, LimitsRecordsWhereverTheyLie) {
  const std::string rows = std::string(kRows) + std::string(kA) + ",\"" + std::string((1 << 20) + 50'000, '1') + "\"\n";
  for (const std::string& bytes : {rows, gzipped(rows)}) {
    folder_.write("d.csv", bytes);
    EXPECT_EQ(refusal_of("d.csv"), "sieve.record_too_long");
  }
}

TEST_F(SieveTest, HasManyPackedFilesOpenOneAfterTheOther) {
  std::string list;
  for (int i = 0; i < 60; ++i) {
    const std::string name = "d" + std::to_string(i) + ".csv";
    folder_.write(name, gzipped(kRows));
    list += (i == 0 ? "" : ", ") + name;
  }
  const auto summary = run_with("[" + list + "]", {}, {.threads = 3});
  ASSERT_TRUE(summary) << summary.error().key;
  EXPECT_EQ(summary->sources[0].counts.matched, 120U);
}

TEST_F(SieveTest, TakesTheOrderOfAListForNothingInHitsEither) {
  folder_.write("people.csv", "household,person,name,id\nH1,P1,赵,140399197203150115\nH1,P9,赵,140399197203150115\n");
  folder_.write("a.csv", "id,balance\n140399197203150115,1\n");
  folder_.write("b.csv", "id,balance\n140399197203150115,2\n");
  std::vector<std::string> hits;
  for (const std::string files : {"[a.csv, b.csv]", "[b.csv, a.csv]"}) {
    std::string text = run_file(files);
    text.replace(text.find("malformed: m.csv"), 16, "hits: h.csv");
    ASSERT_TRUE(run(folder_.plan(text), {.threads = 2}));
    hits.push_back(folder_.read("h.csv"));
  }
  EXPECT_EQ(hits[0], hits[1]);
}

/// What a receiver was given, as lines.
class Lines : public Receiver {
 public:
  void take_household(const FoundHousehold& found) override {
    std::string line(found.household);
    for (const Applied& applied : found.applied) line += std::string(" ").append(enum_text(applied.result));
    for (const Figure& figure : found.figures) {
      line += std::string(" ").append(figure.is_absent ? "-" : std::to_string(static_cast<long>(figure.value)));
    }
    lines.push_back(line);
  }
  void take_row(const FoundRow& found) override {
    std::string line(found.household);
    line.append(" ").append(found.person).append(" ").append(enum_text(found.grade));
    line += std::string(" ").append(std::to_string(found.source)).append("/").append(std::to_string(found.file));
    line += std::string(":").append(std::to_string(found.row));
    for (const std::string_view shown : found.shown) line.append(" ").append(shown);
    lines.push_back(line);
  }
  std::vector<std::string> lines;
};

TEST_F(SieveTest, HandsOverWhatItFindsAsValuesForPeopleWhoAreInNoFile) {
  folder_.write("a.csv", "id,balance\n140399197408220244,0\n140399197203150115,10.50\n");
  folder_.write("b.csv", "id,balance\n140399197203150115,1\n");
  const MemoryFile people(kPeople);
  Plan plan = folder_.plan(run_file("[a.csv, b.csv]", ", show: [balance]"));
  plan.people.files = {people.path()};
  plan.outputs = {};
  Lines receiver;
  ASSERT_TRUE(run(plan, {.threads = 2, .receiver = &receiver}));
  EXPECT_EQ(receiver.lines, (std::vector<std::string>{"H1 exceeds 10000 0 10000 115000", "H1 P1 no_name 0/0:3 10.50",
                                                      "H1 P1 no_name 0/1:2 1", "H2 P2 no_name 0/0:2 0"}));
}

TEST_F(SieveTest, ReadsRegistersForNobody) {
  folder_.write("a.csv", kRows);
  const MemoryFile people("household,person,name,id\n");
  Plan plan = folder_.plan(run_file("a.csv"));
  plan.people.files = {people.path()};
  plan.sources.push_back(plan.sources.front());  // of which there is no file
  plan.sources.back().files.clear();
  plan.sources.back().measures.front().name = "more";
  plan.outputs = {};
  Lines receiver;
  const auto summary = run(plan, {.threads = 2, .receiver = &receiver});
  ASSERT_TRUE(summary) << summary.error().key;
  EXPECT_EQ(summary->sources[0].counts.not_ours, 3);
  EXPECT_EQ(summary->sources[1].counts.rows, 0);
  EXPECT_TRUE(receiver.lines.empty());
}

}  // namespace
}  // namespace jiuzhu::sieve

#include "platform/files/xlsx_reader.hpp"

#include <gmock/gmock.h>

#include "platform/files/test_workbook.hpp"

namespace jiuzhu {
namespace {

using testing::ElementsAre;
using testing::Pair;
using namespace std::string_literals;

std::string row(int number, const std::string& cells) {
  return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>";
}
std::string inline_cell(const std::string& reference, const std::string& text) {
  return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}
ReadTable read_cells(const std::string& cells) { return read_all(TestWorkbook{.sheet_data = row(1, cells)}.bytes()); }
std::string key_of_cell(const std::string& cell) {
  const auto table = read_cells(cell);
  if (table.key != "table.cells_refused") return "whole file: " + table.key;
  EXPECT_TRUE(table.rows.empty());
  return table.error.fields.at(0).key;
}

TEST(XlsxReader, ReadsSharedAndInlineStringsWithoutPronunciation) {
  const TestWorkbook workbook{
      .sheet_data =
          row(1, R"(<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>)") +
          row(2, R"(<c r="B2" t="inlineStr"><is><r><t>张</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 三</t></r>)"
                 R"(<rPh sb="0" eb="1"><t>zhang</t></rPh></is></c><c r="D2" t="str"><v>文本</v></c>)"),
      .shared_strings =
          R"(<si><t>姓名</t></si><si><r><t>王</t></r><r><t>五</t></r><rPh sb="0" eb="1"><t>wang</t></rPh>)"
          R"(<phoneticPr fontId="1"/></si><si><t xml:space="preserve"> a&lt;b_x000D_ </t></si>)"};
  const auto table = read_all(workbook.bytes());
  EXPECT_EQ(table.key, "");
  EXPECT_EQ(table.summary.format, TableFormat::xlsx);
  EXPECT_THAT(table.rows, ElementsAre(Pair(1, ElementsAre("姓名", "王五", " a<b\r ")),
                                      Pair(2, ElementsAre("", "张 三", "", "文本"))));
}

TEST(XlsxReader, ReadsNumbersDatesAndLogicalValues) {
  TestWorkbook workbook{
      .sheet_data = row(
          3,
          R"(<c r="A3"><v>650.0</v></c><c r="B3" s="1"><v>32939</v></c><c r="C3" s="2"><v>32939</v></c>)"
          R"(<c r="D3" s="3"><v>32939</v></c><c r="E3" t="b"><v>1</v></c><c r="F3" t="d"><v>2019-08-01T00:00:00</v></c>)"),
      .styles =
          R"(<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="177" formatCode="0.00"/></numFmts>)"
          R"(<cellStyleXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellStyleXfs>)"
          R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs>)"};
  EXPECT_THAT(read_all(workbook.bytes()).rows,
              ElementsAre(Pair(3, ElementsAre("650", "1990-03-07", "1990-03-07", "32939", "TRUE", "2019-08-01"))));
  workbook.workbook_properties = R"(<workbookPr date1904="1"/>)";
  EXPECT_EQ(read_all(workbook.bytes()).rows.at(0).second.at(1), "1994-03-08");
}

TEST(XlsxReader, SkipsBlankRowsAndFillsGaps) {
  const TestWorkbook workbook{.sheet_data = "<row><c t=\"inlineStr\"><is><t>a</t></is></c><c/><c><v>1</v></c></row>" +
                                            row(2, "<c r=\"A2\" s=\"1\"/>") + row(9, inline_cell("AB9", "x"))};
  const auto table = read_all(workbook.bytes());
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0], Pair(1, ElementsAre("a", "", "1")));
  EXPECT_EQ(table.rows[1].first, 9U);
  EXPECT_EQ(table.rows[1].second.size(), 28U);
  EXPECT_EQ(read_all(TestWorkbook{.sheet_data = row(2, "<c r=\"A2\" s=\"1\"/>")}.bytes()).key, "table.empty");
}

TEST(XlsxReader, ChoosesASheet) {
  TestWorkbook workbook{.sheet_data = row(1, inline_cell("A1", "first")),
                        .sheets = R"(<sheet name="字典" sheetId="1" state="hidden" r:id="rId1"/>)"
                                  R"(<sheet name="名单" sheetId="2" r:id="rId2"/>)"};
  EXPECT_EQ(read_all(workbook.bytes()).rows.at(0).second.at(0), "second") << "the first visible one";
  TableOptions options;
  options.sheet = "字典";
  EXPECT_EQ(read_all(workbook.bytes(), options).rows.at(0).second.at(0), "first");
  options.sheet = "没有";
  EXPECT_EQ(read_all(workbook.bytes(), options).key, "xlsx.sheet_missing");
}

TEST(XlsxReader, RefusesSingleCells) {
  EXPECT_EQ(key_of_cell(R"(<c r="A1"><f>1+1</f><v>2</v></c>)"), "xlsx.formula");
  EXPECT_EQ(key_of_cell(R"(<c r="A1" t="str"><f>A2</f><v>x</v></c>)"), "xlsx.formula");
  EXPECT_EQ(key_of_cell(R"(<c r="A1"><f t="shared" si="0"/></c>)"), "xlsx.formula");
  EXPECT_EQ(key_of_cell(R"(<c r="A1"><v>1.40399199001011E+17</v></c>)"), "xlsx.number_too_long");
  EXPECT_EQ(key_of_cell(R"(<c r="A1" t="e"><v>#N/A</v></c>)"), "xlsx.cell_error");
  EXPECT_EQ(key_of_cell(R"(<c r="A1" s="1"><v>60</v></c>)"), "xlsx.date_invalid");
  EXPECT_EQ(key_of_cell(R"(<c r="A1" t="d"><v>2019-02-29</v></c>)"), "xlsx.date_invalid");
  EXPECT_EQ(key_of_cell(R"(<c r="A1"><v>abc</v></c>)"), "xlsx.cell_unreadable");
  EXPECT_EQ(key_of_cell(R"(<c r="A1" t="odd"><v>1</v></c>)"), "xlsx.cell_unreadable");
}

TEST(XlsxReader, GathersRefusedCellsOrHandsThemOver) {
  const std::string bytes =
      TestWorkbook{.sheet_data = row(1, inline_cell("A1", "name")) +
                                 row(2, R"(<c r="A2"><f>1</f></c><c r="C2"><v>1E20</v></c>)") +
                                 row(3, inline_cell("A3", "good")) + row(4, R"(<c r="B4" t="e"><v>#REF!</v></c>)")}
          .bytes();
  const auto table = read_all(bytes);
  EXPECT_EQ(table.key, "table.cells_refused");
  ASSERT_EQ(table.error.fields.size(), 3U);
  EXPECT_EQ(table.error.fields[0], (FieldError{"/rows/2/A", "xlsx.formula", {{"row", "2"}, {"column", "A"}}}));
  EXPECT_EQ(table.error.fields[1].pointer, "/rows/2/C");
  EXPECT_EQ(table.error.fields[2].pointer, "/rows/4/B");
  EXPECT_EQ(table.rows.size(), 2U) << "rows with refused cells are not delivered";

  TableOptions options;
  std::vector<std::size_t> bad;
  options.on_bad_row = [&](std::size_t number, std::span<const std::string>, std::span<const FieldError> problems) {
    bad.insert(bad.end(), problems.size(), number);
    return Status{};
  };
  EXPECT_EQ(read_all(bytes, options).key, "");
  EXPECT_THAT(bad, ElementsAre(2, 2, 4));
}

TEST(XlsxReader, ForbidsDocumentTypes) {
  for (const std::string name : {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml",
                                 "_rels/.rels", "xl/_rels/workbook.xml.rels"}) {
    auto entries = TestWorkbook{.sheet_data = row(1, inline_cell("A1", "&lol;"))}.entries();
    auto& part = entries[name];
    part.insert(part.find("?>") + 2, R"(<!DOCTYPE x [<!ENTITY lol SYSTEM "file:///etc/passwd">]>)");
    EXPECT_EQ(read_all(make_archive(entries)).key, "xlsx.doctype") << name;
  }
}

TEST(XlsxReader, StopsAtAZipBomb) {
  TestWorkbook workbook{.sheet_data = row(1, inline_cell("A1", "x"))};
  auto entries = workbook.entries();
  entries["xl/sharedStrings.xml"] = "<sst>" + std::string(40U << 20, ' ') + "</sst>";
  const std::string bomb = make_archive(entries);
  EXPECT_LT(bomb.size(), 100'000U);
  EXPECT_EQ(read_all(bomb).key, "table.expands_too_much") << "by ratio";
  TableOptions options;
  options.limits.entry_ratio_max = 100'000;
  EXPECT_EQ(read_all(bomb, options).key, "");
  options.limits.entry_bytes_max = 1U << 20;
  EXPECT_EQ(read_all(bomb, options).key, "table.expands_too_much") << "by size";
  // One long shared string named by many cells.
  workbook.shared_strings = "<si><t>" + std::string(9000, 'x') + "</t></si>";
  workbook.sheet_data = row(1, R"(<c r="A1" t="s"><v>0</v></c>)");
  EXPECT_EQ(read_all(workbook.bytes()).key, "table.cell_too_long");
}

TEST(XlsxReader, BelievesNoDeclaredSizes) {
  std::string bytes = TestWorkbook{.sheet_data = row(1, inline_cell("A1", std::string(5000, 'x')))}.bytes();
  // Make every declared unpacked size 1, in the local headers and in the central directory.
  for (const auto& [signature, offset] : {std::pair{"PK\x03\x04"s, 22U}, std::pair{"PK\x01\x02"s, 24U}}) {
    for (std::size_t at = bytes.find(signature); at != std::string::npos; at = bytes.find(signature, at + 4)) {
      bytes.replace(at + offset, 4, "\1\0\0\0"s);
    }
  }
  const auto table = read_all(bytes);
  EXPECT_EQ(table.key, "");
  EXPECT_EQ(table.rows.at(0).second.at(0).size(), 5000U) << "read to the end";
}

TEST(XlsxReader, NamesInsideTheArchiveNeverReachTheFileSystem) {
  const TemporaryFolder folder;
  write_file(folder / "outside.xml", "<worksheet><sheetData><row r=\"1\"/></sheetData></worksheet>");
  for (const std::string& target :
       {"../../../../../../../.." + (folder / "outside.xml").string(), (folder / "outside.xml").string(),
        "file://" + (folder / "outside.xml").string(), "../../../etc/passwd"s, ""s}) {
    auto entries = TestWorkbook{.sheet_data = ""}.entries();
    auto& relations = entries["xl/_rels/workbook.xml.rels"];
    relations.replace(relations.find("worksheets/sheet1.xml"), 21, target);
    EXPECT_EQ(read_all(make_archive(entries)).key, "table.damaged") << target;
  }
}

TEST(XlsxReader, TellsOtherKindsOfFiles) {
  const std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  EXPECT_EQ(read_all(compound + std::string(1000, '\0')).key, "table.old_excel_format");
  EXPECT_EQ(read_all(compound + std::string(1000, '\0') + "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"s).key,
            "table.password_protected");
  EXPECT_EQ(read_all(make_archive({{"a.txt", "hello"}})).key, "table.not_a_workbook");
  auto entries = TestWorkbook{.sheet_data = ""}.entries();
  entries["_rels/.rels"].replace(entries["_rels/.rels"].find("workbook.xml"), 12, "workbook.bin");
  EXPECT_EQ(read_all(make_archive(entries)).key, "table.not_a_workbook");
}

TEST(XlsxReader, RefusesAnEncryptedArchive) {
  const TemporaryFolder folder;
  zip_t* archive = zip_open((folder / "a.zip").c_str(), ZIP_CREATE, nullptr);
  const auto entries = TestWorkbook{.sheet_data = row(1, inline_cell("A1", "x"))}.entries();
  for (const auto& [name, content] : entries) {
    const auto index =
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
    zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "secret");
  }
  ASSERT_EQ(zip_close(archive), 0);
  EXPECT_EQ(read_all(read_file(folder / "a.zip")).key, "table.password_protected");
}

TEST(XlsxReader, RefusesDamage) {
  const std::string good = TestWorkbook{.sheet_data = row(1, inline_cell("A1", "x"))}.bytes();
  ASSERT_EQ(read_all(good).key, "");
  for (std::size_t size = 4; size < good.size(); size += 7) {
    EXPECT_EQ(read_all(good.substr(0, size)).key, "table.damaged") << size;
  }
  for (const std::string& sheet_data :
       {"<row"s, row(1, inline_cell("A2", "x")), row(2, "") + row(1, ""),
        row(1, inline_cell("B1", "x") + inline_cell("A1", "x")),
        row(1, inline_cell("A1", "x") + inline_cell("A1", "y")), row(1, inline_cell("XFE1", "x")),
        row(1, inline_cell("1A", "x")), row(1048577, inline_cell("A1048577", "x")), "<row r=\"x\"/>"s,
        "<row r=\"0\"/>"s, "<c r=\"A1\"/>"s, row(1, "<row r=\"2\"/>"), row(1, "<c r=\"A1\"><c r=\"B1\"/></c>"),
        row(1, R"(<c r="A1" t="s"><v>0</v></c>)"), row(1, R"(<c r="A1" t="s"><v>-1</v></c>)"),
        row(1, "<c r=\"A1\"><v>&undefined;</v></c>"), [] {
          std::string deep;
          for (int i = 0; i < 100; ++i) deep += "<a>";
          return deep;
        }()}) {
    EXPECT_EQ(read_all(TestWorkbook{.sheet_data = sheet_data}.bytes()).key, "table.damaged") << sheet_data;
  }
}

TEST(XlsxReader, HoldsItsLimits) {
  TableOptions options;
  options.limits = {.rows_max = 2, .columns_max = 2, .cell_bytes_max = 10};
  const auto key = [&](const std::string& sheet_data) {
    return read_all(TestWorkbook{.sheet_data = sheet_data}.bytes(), options).key;
  };
  const std::string two = row(1, inline_cell("A1", "x")) + row(2, inline_cell("A2", "x"));
  EXPECT_EQ(key(two + row(3, "<c r=\"A3\"/>")), "");
  EXPECT_EQ(key(two + row(3, inline_cell("A3", "x"))), "table.too_many_rows");
  EXPECT_EQ(key(row(1, inline_cell("A1", "x") + "<c r=\"Z1\" s=\"1\"/>")), "");
  EXPECT_EQ(key(row(1, inline_cell("C1", "x"))), "table.too_many_columns");
  EXPECT_EQ(key(row(1, inline_cell("XFD1", "x"))), "table.too_many_columns");
  EXPECT_EQ(key(row(1, inline_cell("B1", "0123456789x"))), "table.cell_too_long");
  EXPECT_EQ(key(row(1, inline_cell("B1", std::string(200'000, 'x')))), "table.cell_too_long");
}

TEST(XlsxReader, ReadsFromAPathAndRefusesWhatIsNoFile) {
  const TemporaryFolder folder;
  write_file(folder / "list.csv", TestWorkbook{.sheet_data = row(1, inline_cell("A1", "x"))}.bytes());
  const auto nothing = [](std::size_t, std::span<const std::string>) { return Status{}; };
  EXPECT_EQ(read_table(folder / "list.csv", {}, nothing)->format, TableFormat::xlsx) << "by content, not by name";
  EXPECT_EQ(read_table(folder / "missing.xlsx", {}, nothing).error().key, "table.file_missing");
  EXPECT_EQ(read_table(folder.path(), {}, nothing).error().key, "table.file_missing");
  write_file(folder / "empty.csv", "");
  EXPECT_EQ(read_table(folder / "empty.csv", {}, nothing).error().key, "table.empty");
  TableOptions options;
  options.limits.file_bytes_max = 10;
  EXPECT_EQ(read_table(folder / "list.csv", options, nothing).error().key, "table.too_large");
}

TEST(XlsxReader, ExceptionsOfTheCallerPassThrough) {
  const std::string bytes = TestWorkbook{.sheet_data = row(1, inline_cell("A1", "x"))}.bytes();
  EXPECT_THROW(static_cast<void>(read_table_bytes(bytes, {},
                                                  [](std::size_t, std::span<const std::string>) -> Status {
                                                    throw std::runtime_error("database is gone");
                                                  })),
               std::runtime_error);
}

}  // namespace
}  // namespace jiuzhu

#pragma once
// For tests: archives built entry by entry, so that each can be wrong in one place.

#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "platform/files/table_reader.hpp"

namespace jiuzhu {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jiuzhu-files-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

using ArchiveEntries = std::map<std::string, std::string>;

inline std::string make_archive(const ArchiveEntries& entries) {
  const TemporaryFolder folder;
  zip_t* archive = zip_open((folder / "a.zip").c_str(), ZIP_CREATE, nullptr);
  for (const auto& [name, content] : entries) {
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  return read_file(folder / "a.zip");
}

/// A whole workbook around the XML inside <sheetData>.
struct TestWorkbook {
  std::string sheet_data;
  std::string shared_strings = {};  // <si> elements
  std::string styles = R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>)";
  std::string workbook_properties = {};
  std::string sheets = R"(<sheet name="Sheet1" sheetId="1" r:id="rId1"/>)";

  ArchiveEntries entries() const {
    const std::string head = R"(<?xml version="1.0" encoding="UTF-8"?>)";
    const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    return {{"_rels/.rels", head + R"(<Relationships><Relationship Id="rId1" Type=")" + types +
                                R"(officeDocument" Target="xl/workbook.xml"/></Relationships>)"},
            {"xl/workbook.xml",
             head + R"(<workbook xmlns:r="r">)" + workbook_properties + "<sheets>" + sheets + "</sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels",
             head + R"(<Relationships><Relationship Id="rId1" Type=")" + types +
                 R"(worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type=")" + types +
                 R"(worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Type=")" + types +
                 R"(styles" Target="styles.xml"/><Relationship Id="rId4" Type=")" + types +
                 R"(sharedStrings" Target="sharedStrings.xml"/></Relationships>)"},
            {"xl/styles.xml", head + "<styleSheet>" + styles + "</styleSheet>"},
            {"xl/sharedStrings.xml", head + "<sst>" + shared_strings + "</sst>"},
            {"xl/worksheets/sheet1.xml", head + "<worksheet><sheetData>" + sheet_data + "</sheetData></worksheet>"},
            {"xl/worksheets/sheet2.xml",
             head + R"(<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>second</t></is></c></row>)" +
                 "</sheetData></worksheet>"}};
  }
  std::string bytes() const { return make_archive(entries()); }
};

using TestRow = std::pair<std::size_t, std::vector<std::string>>;

struct ReadTable {
  std::vector<TestRow> rows;
  std::string key;  // of the refusal, empty on success
  Error error;
  TableSummary summary;
};

inline ReadTable read_all(std::string_view bytes, const TableOptions& options = {}) {
  ReadTable table;
  const auto result = read_table_bytes(bytes, options, [&](std::size_t number, std::span<const std::string> cells) {
    table.rows.emplace_back(number, std::vector<std::string>(cells.begin(), cells.end()));
    return Status{};
  });
  if (result) {
    table.summary = *result;
  } else {
    table.error = result.error();
    table.key = result.error().key;
  }
  return table;
}

}  // namespace jiuzhu

#pragma once
// For tests of printed papers: what a reader would copy out of a PDF, by poppler, and the file itself for looking at
// when JIUZHU_PDF_SAMPLE names a folder.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "kernel/regions/region_code.hpp"

namespace jiuzhu::test {

/// The places of test_cases.hpp, in the form that the program's dictionary gives.
inline std::string name_of_region(const RegionCode& region) {
  const std::map<std::string, std::string> names{{"1403", "阳泉市"},
                                                 {"140302", "城区"},
                                                 {"140302001", "城区 上站街道"},
                                                 {"140302001001", "城区 上站街道 新华社区"}};
  const auto found = names.find(region.to_text());
  return found == names.end() ? region.to_text() : found->second;
}

/// Without blanks and line breaks, which depend on the layout.
inline std::string text_of_pdf(const std::string& pdf, const std::string& sample_name) {
  std::string pattern = (std::filesystem::temp_directory_path() / "jiuzhu-paper-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  std::ofstream(folder / "a.pdf", std::ios::binary) << pdf;
  const std::string command =
      "pdftotext -layout '" + (folder / "a.pdf").string() + "' '" + (folder / "a.txt").string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::ifstream file(folder / "a.txt", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  if (const char* samples = std::getenv("JIUZHU_PDF_SAMPLE")) {
    std::ofstream(std::filesystem::path(samples) / (sample_name + ".pdf"), std::ios::binary) << pdf;
  }
  std::filesystem::remove_all(folder);
  return text;
}

}  // namespace jiuzhu::test

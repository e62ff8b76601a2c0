#pragma once
// For tests: what an exported file says.

#include <gtest/gtest.h>

#include "kernel/api/api.hpp"
#include "platform/files/table_reader.hpp"

namespace jiuzhu::test {

/// Cells by row, the titles first.
inline std::vector<std::vector<std::string>> rows_of(const api::FileContent& file) {
  std::vector<std::vector<std::string>> rows;
  const auto read = read_table_bytes(file.bytes, {}, [&](std::size_t, std::span<const std::string> cells) -> Status {
    rows.emplace_back(cells.begin(), cells.end());
    return {};
  });
  EXPECT_TRUE(read) << read.error().key;
  return rows;
}

}  // namespace jiuzhu::test

#include "engines/sieve/household_rows.hpp"

#include <gtest/gtest.h>

#include "platform/files/csv_writer.hpp"

namespace jiuzhu::sieve {
namespace {

TEST(Cells, AreWrittenAsTheWriterOfTablesWritesThem) {
  for (const std::string& text :
       {std::string(), std::string("H1"), std::string("赵明远"), std::string("=1+1"), std::string("＝1"),
        std::string("-3.20"), std::string("-a"), std::string("@x,y"), std::string("a,b"), std::string("a\"b"),
        std::string("\ta"), std::string("a\nb"), std::string("，甲"), std::string("\uFEFFx")}) {
    std::string cell;
    append_cell(cell, text);
    CsvWriter writer;
    writer.take();
    writer.add_row(std::vector<std::string>{text, "x"});
    EXPECT_EQ(cell + ",x\r\n", writer.take()) << text;
  }
}

}  // namespace
}  // namespace jiuzhu::sieve

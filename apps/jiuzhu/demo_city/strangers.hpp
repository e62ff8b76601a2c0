#pragma once
// Rows about people who draw no benefit: most of what a register holds. One thread at a time.

#include "dice.hpp"
#include "register_files.hpp"

namespace jiuzhu::demo_city {

class Strangers {
 public:
  Strangers(std::uint64_t seed, Date as_of, std::uint32_t rows_each, RegisterFiles& files);

  /// So many rows in each register by now.
  void go_on_to(std::uint32_t rows);

 private:
  Entry entry(RegisterName where);
  void add_row(RegisterName where);

  Dice dice_;
  Date as_of_;
  std::uint32_t people_;  // how many there are, some of whom stand in several rows
  RegisterFiles& files_;
  std::uint32_t rows_ = 0;
};

}  // namespace jiuzhu::demo_city

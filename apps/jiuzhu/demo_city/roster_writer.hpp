#pragma once
// The roster of the city (docs/formats/roster.md): a row a person. One thread at a time.

#include <filesystem>

#include "dice.hpp"
#include "household.hpp"
#include "platform/files/csv_writer.hpp"
#include "platform/files/draft_file.hpp"

namespace jiuzhu::demo_city {

class RosterWriter {
 public:
  RosterWriter(const std::filesystem::path& target, std::uint64_t seed);

  /// Returns the row of the applicant, as a spreadsheet shows it; the others stand below.
  std::int64_t add(const Household& household);
  void publish();

 private:
  void add_person(const Household& household, std::size_t place);
  void flush();
  std::string phone();
  std::string account(bool is_card);

  DraftFile file_;
  CsvWriter csv_;
  std::string bytes_;  // not yet in the file
  Dice dice_;
  std::int64_t rows_ = 1;
  std::uint64_t accounts_ = 0;
};

}  // namespace jiuzhu::demo_city

#pragma once
// planted.csv: every finding that was planted, for whoever compares it with what was found. One row for each rule that
// applies to a household. One thread at a time.

#include <filesystem>

#include "kernel/sieve_files/catalogue.hpp"
#include "planting.hpp"
#include "platform/files/csv_writer.hpp"
#include "platform/files/draft_file.hpp"

namespace jiuzhu::demo_city {

class PlantedWriter {
 public:
  /// The catalogue says which rules wake the watch; it outlives this.
  PlantedWriter(const std::filesystem::path& target, const sieve::Catalogue& catalogue);

  /// `first_row`: of the household in the roster.
  void add(const Planting& planting, std::int64_t first_row);
  std::uint64_t count() const { return count_; }
  void publish();

 private:
  std::string alert_of(const std::string& rule) const;

  DraftFile file_;
  CsvWriter csv_;
  const sieve::Catalogue& catalogue_;
  std::uint64_t count_ = 0;
};

}  // namespace jiuzhu::demo_city

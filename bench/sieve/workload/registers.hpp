#pragma once
// The files of the workload: the people, and the seven registers with the columns of real ones. Each is written from
// its own random numbers, so what is in it does not depend on which thread writes it or when.

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "workload/citizen_numbers.hpp"
#include "workload/csv_file.hpp"
#include "workload/texts.hpp"

namespace jiuzhu::bench::sieve {

struct Workload {
  std::filesystem::path folder;
  CsvFile::Quotes quotes = CsvFile::Quotes::where_needed;
  std::uint64_t seed = 1;
  std::uint32_t people = 0;
  std::uint64_t rows = 0;  // of all registers
  double hit_share = 0.03;
};

struct Written {
  std::uint64_t rows = 0;
  std::uint64_t hits = 0;
  std::uint64_t malformed = 0;
  std::uint64_t bytes = 0;
};

struct Register {
  std::string_view name;
  std::uint32_t percent;  // of all rows
};

/// In the order in which they are reported.
const std::vector<Register>& registers();

struct WrittenPeople {
  std::uint32_t households = 0;
  std::uint64_t bytes = 0;
};
WrittenPeople write_people(const Workload& workload, const CitizenNumbers& numbers, const Texts& texts);
Written write_register(std::size_t which, const Workload& workload, const CitizenNumbers& numbers, const Texts& texts);

}  // namespace jiuzhu::bench::sieve

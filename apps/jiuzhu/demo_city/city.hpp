#pragma once
// The data of a demonstration city (docs/formats/demo-city.md): its roster, the registers of the departments, and what
// was planted in them. The same options give the same bytes. Memory does not grow with the city, but for the citizen
// numbers that are given.

#include <cstdint>
#include <filesystem>

#include "base/date.hpp"
#include "base/result.hpp"
#include "kernel/regions/region_code.hpp"

namespace jiuzhu::demo_city {

/// More would not find numbers that differ.
inline constexpr std::uint32_t kHouseholdsMost = 1'000'000;

struct CityOptions {
  std::filesystem::path folder;  // made where it is missing; files of these names are replaced
  std::uint32_t households = 5000;
  std::uint64_t seed = 1;
  Date as_of;                        // the day on which planted.csv is right
  RegionCode county;                 // whose places and standards are used
  std::uint32_t strangers = 25'000;  // rows of each register about people who draw no benefit
};

struct CitySummary {
  std::uint64_t households = 0;
  std::uint64_t persons = 0;
  std::uint64_t register_rows = 0;
  std::uint64_t planted = 0;  // rows of planted.csv
};

/// Refuses with "demo_city.no_places" {county}, "demo_city.no_folder" {folder, reason} and, for a day or a county
/// without a standard, "policy.no_value_for_date". Throws std::system_error when something cannot be written.
Result<CitySummary> write_city(const CityOptions& options);

}  // namespace jiuzhu::demo_city

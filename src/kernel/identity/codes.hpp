#pragma once
// The code lists of personal facts, as forms, registers and exchanges use them: national standards where there is one.
// A code is stored and sent as text; the labels are for people. Constant tables; any thread.

#include <span>
#include <string_view>

#include "kernel/identity/citizen_number.hpp"

namespace jiuzhu {

struct CodeLabel {
  std::string_view code;
  std::string_view chinese;
  std::string_view english;
};

struct CodeTable {
  std::string_view name;      // "sex": the name under which the list is sent
  std::string_view standard;  // "GB/T 2261.1-2003"; empty where the list is our own design
  std::span<const CodeLabel> labels;

  /// Nothing when the list has no such code.
  const CodeLabel* find(std::string_view code) const;
  bool contains(std::string_view code) const { return find(code) != nullptr; }
};

/// GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated.
const CodeTable& sex_codes();
/// GB/T 2261.2: 10 to 90.
const CodeTable& marriage_codes();
/// GB/T 2261.3, both the one-digit list and its refinement with two digits.
const CodeTable& health_codes();
/// GB/T 3304: the 56 ethnic groups, 97 other, 98 foreign descent.
const CodeTable& ethnicity_codes();
/// GB/T 4761-2008 with two digits: the relation to the household head (what they mean as kin: kin.hpp).
const CodeTable& kinship_codes();
/// Own design: able, partly, unable. No national list was found.
const CodeTable& labour_capacity_codes();
/// Own design: agricultural, non_agricultural, unified (居民户口, where the two were merged).
const CodeTable& household_registration_codes();
/// GB/T 26341, the digits of the disability certificate.
const CodeTable& disability_class_codes();

/// Every list above, for the dictionary that forms are built from.
std::span<const CodeTable* const> code_tables();

/// The GB/T 2261.1 code of the sex in a citizen number.
std::string_view code_of(Sex sex);

}  // namespace jiuzhu

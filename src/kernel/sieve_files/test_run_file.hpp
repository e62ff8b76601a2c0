#pragma once
// A run file with its folder, for tests of this component: one in which everything occurs that may stand in one.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "kernel/sieve_files/run_file.hpp"

namespace jiuzhu::sieve {

namespace fs = std::filesystem;

inline const std::string kRun = R"(title: 阳泉市城区 2025 年 6 月定期核对
as_of: 2025-06-30
people:
  files: persons.csv
  columns: {household: household_id, person: person_id, name: name, number: id, role: role}
  obligor: 义务人
  attributes:
    disabled: {column: disability, is: [一级, 二级]}
sources:
  vehicles:
    title: 机动车登记
    files: vehicles.csv
    encoding: gb18030
    columns: {number: 所有人证件号, name: 所有人, date: 登记日期}
    where: {column: 车辆类型, not: [轻便摩托车]}
    malformed_most: 5
    show: [号牌, 价格]
    measures:
      vehicles: count
      max_price: {max: 价格, type: money}
      last_plate: {latest: 号牌, type: text}
      recent: {count: rows, within_months: 12, where: {column: 车辆类型, is: 小型轿车}}
  deposits:
    files: [deposits-*.csv]
    separator: "\t"
    quote: none
    header: false
    columns: {number: 1, date: 3, valid_from: 4, valid_until: 5}
    where:
      - {column: 6, is: [活期, 定期]}
      - {column: 7, not: ''}
    measures:
      deposits: {sum: 2, type: money}
      banks: {distinct: 6, type: text}
rules:
  VEHICLE:
    title: 机动车
    when: vehicles >= 2 or max_price > 150000
    unless: disabled >= 1 and vehicles <= 1
    law: [DB-2021/14]
    result: exceeds
  DEPOSIT:
    when: >-
      deposits > 24 * 800 * members
      and banks >= 2
    result: clue
outputs:
  households: flagged.csv
  statistics: statistics.json
)";

/// A folder with the files that the run names, and some that it does not.
inline const fs::path& folder() {
  static const fs::path kFolder = [] {
    std::string pattern = (fs::temp_directory_path() / "jiuzhu-sieve-[x]-XXXXXX").string();
    const fs::path made = ::mkdtemp(pattern.data());
    for (const char* name : {"persons.csv", "vehicles.csv", "deposits-b.csv", "deposits-a.csv", "notes.txt"}) {
      std::ofstream(made / name) << name << '\n';
    }
    fs::create_directory(made / "deposits-old.csv");
    fs::create_symlink(made / "persons.csv", made / "link.csv");
    return made;
  }();
  return kFolder;
}

inline Result<Plan> read(const std::string& text) { return read_run_text(text, folder() / "run.yaml"); }

inline std::string in_folder(const std::string& name) { return (folder() / name).string(); }

/// Each mistake as "line:column key".
inline std::vector<std::string> mistakes(const Result<Plan>& plan) {
  if (plan) return {};
  EXPECT_EQ(plan.error().key, "sieve_file.invalid");
  std::vector<std::string> list;
  for (const FieldError& field : plan.error().fields) {
    EXPECT_TRUE(field.pointer.starts_with(in_folder("run.yaml:"))) << field.pointer;
    list.push_back(field.pointer.substr(in_folder("run.yaml:").size()) + " " + field.key);
  }
  return list;
}

inline std::string edited(const std::string& from, const std::string& to) {
  std::string text = kRun;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace jiuzhu::sieve

#pragma once
// For tests: a folder with tables in it, and a plan over them.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "engines/sieve/plan.hpp"
#include "kernel/sieve_files/run_file.hpp"

namespace jiuzhu::sieve {

class TestFolder {
 public:
  TestFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jiuzhu-sieve-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool has(const std::string& name) const { return std::filesystem::exists(path_ / name); }

  /// The plan of a run file in this folder.
  Plan plan(std::string text) const {
    auto plan = read_run_text(std::move(text), path_ / "run.yaml");
    if (!plan) {
      for (const FieldError& field : plan.error().fields) ADD_FAILURE() << field.pointer << " " << field.key;
      throw std::runtime_error("the run file of a test is wrong");
    }
    return *plan;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace jiuzhu::sieve

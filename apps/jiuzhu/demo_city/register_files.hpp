#pragma once
// The registers of the city as files, each as its department delivers it (deliveries.hpp). One thread at a time.

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "dice.hpp"
#include "entries.hpp"
#include "household.hpp"
#include "platform/files/draft_file.hpp"
#include "platform/files/gzip_packer.hpp"

namespace jiuzhu::demo_city {

class RegisterFile {
 public:
  RegisterFile(const Delivery& delivery, const std::filesystem::path& folder, std::uint64_t seed);

  /// With the number as it is given, right or not.
  void add(const Subject& subject, const Entry& entry);
  /// The number as departments write it now and then: with a small x, or as it was before 1999.
  std::string number_as_written(const std::string& number);
  void settle();
  void publish() { file_.publish(); }
  std::uint64_t rows() const { return rows_; }

 private:
  void append_field(std::string_view text);
  void append_titles();
  void flush();

  const Delivery& delivery_;
  DraftFile file_;
  std::optional<GzipPacker> packer_;
  Dice dice_;
  std::string text_;  // UTF-8, not yet in the file
  std::uint64_t rows_ = 0;
};

class RegisterFiles {
 public:
  /// `folder` exists.
  RegisterFiles(const std::filesystem::path& folder, std::uint64_t seed);

  /// A row about somebody whose number is right.
  void add(const Subject& subject, const Entry& entry);
  /// A row whose number the department got wrong.
  void add_malformed(const Subject& subject, const Entry& entry);
  std::uint64_t rows() const;
  /// All of them, or on a failure of the disk most likely none.
  void publish();

 private:
  RegisterFile& file(RegisterName name) { return *files_[static_cast<std::size_t>(name)]; }

  std::array<std::unique_ptr<RegisterFile>, kRegisterCount> files_;
};

}  // namespace jiuzhu::demo_city

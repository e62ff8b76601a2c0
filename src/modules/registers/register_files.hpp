#pragma once
// Where the contents of deliveries lie: <folder>/<county>/<delivery>, as they came, readable by this program's user
// only, until they are erased. They are not sealed as a roster is: the sieve reads them at gigabytes a second
// (docs/decisions/0015). They are in no backup. Any thread.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/registers/register_store.hpp"

namespace jiuzhu::registers {

class RegisterFiles {
 public:
  /// The folder is made when something is written.
  explicit RegisterFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Writes at `offset`, however often. Failures of the disk are exceptions.
  void write(const std::string& county, DeliveryId id, std::int64_t offset, std::string_view bytes) const;
  std::filesystem::path path_of(const std::string& county, DeliveryId id) const;
  bool has(const std::string& county, DeliveryId id) const;
  void remove(const std::string& county, DeliveryId id) const;
  /// Those that lie here, whatever their county.
  std::vector<DeliveryId> all() const;
  void remove_any(DeliveryId id) const;
  /// SM3 of the whole file, piece by piece; `advance` may refuse.
  Result<std::string> digest_of(const std::string& county, DeliveryId id,
                                const std::function<Status(std::int64_t bytes)>& advance) const;
  /// For what a run of the sieve keeps for a moment.
  std::filesystem::path temporary_folder() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace jiuzhu::registers

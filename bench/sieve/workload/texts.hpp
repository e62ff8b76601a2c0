#pragma once
// The Chinese texts of the workload, in the encoding of its files. They are converted once, here; the writers copy
// bytes. Immutable after construction; threads may share it.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiuzhu::bench::sieve {

class Texts {
 public:
  /// An encoding that iconv knows. Throws when it lacks one of the characters.
  explicit Texts(const std::string& encoding);

  struct Name {
    char text[32];
    std::uint32_t length = 0;
    bool needs_quotes = false;
    std::string_view view() const { return {text, length}; }
  };
  /// Always the same for a citizen; one in a thousand has a comma or quotes in it, doubled as CSV wants it.
  Name name_of(std::uint32_t number_index) const;

  std::string_view plate_prefix() const { return plate_prefix_; }
  std::string_view none() const { return none_; }
  /// 存续, 注销, 吊销; the first is a company that exists.
  std::string_view company_status(std::size_t which) const { return statuses_[which]; }
  std::string_view vehicle_class(std::size_t which) const { return vehicle_classes_[which]; }
  std::size_t vehicle_classes() const { return vehicle_classes_.size(); }

 private:
  std::vector<std::string> surnames_;
  std::vector<std::string> given_;
  std::vector<std::string> vehicle_classes_;
  std::array<std::string, 3> statuses_;
  std::string plate_prefix_;
  std::string none_;
};

}  // namespace jiuzhu::bench::sieve

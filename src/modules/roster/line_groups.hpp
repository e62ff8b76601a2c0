#pragma once
// The lines of a roster file, and which of them make a household. Private to the module.

#include <functional>
#include <unordered_map>
#include <utility>

#include "modules/roster/household.hpp"

namespace jiuzhu::roster {

/// Line by line: those of one number, one below the other, are one household.
class LineGroups {
 public:
  enum class Place { nowhere, begins, goes_on };

  Place take(const Header& header, std::span<const std::string> cells, bool has_unreadable);
  /// The number of the household that the last line belongs to.
  const std::string& label() const { return label_; }

 private:
  std::string label_;
  bool has_begun_ = false;
};

/// `unreadable` are the findings of cells that could not be read; they are empty in `cells`.
using LineSink =
    std::function<Status(std::int64_t row, std::span<const std::string> cells, std::vector<Finding> unreadable)>;

/// Calls `sink` for each line below the titles; `header` is there then. Refuses like read_table_bytes() and
/// Header::read().
Status read_lines(std::string_view bytes, std::optional<Header>& header, const LineSink& sink);

/// The first row and the second of what stands in several places.
using TwoRows = std::pair<std::int64_t, std::int64_t>;

/// What only the whole file tells. Neither place is the right one before somebody has looked.
struct Repeated {
  std::unordered_map<std::string, TwoRows> households;  // where they begin, by their numbers
  std::unordered_map<std::uint64_t, TwoRows> persons;   // by person_number()
};
/// Refuses like read_lines().
Result<Repeated> find_repeated(std::string_view bytes, Date today);

/// The first 17 digits of a citizen number: the 18th only checks them. Old and new numbers of a person are one.
std::optional<std::uint64_t> person_number(std::string_view citizen_number, Date today);

}  // namespace jiuzhu::roster

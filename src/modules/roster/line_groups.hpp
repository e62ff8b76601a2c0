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

/// Where a household begins that stands in several places: the first row and the second, by its number.
using SplitHouseholds = std::unordered_map<std::string, std::pair<std::int64_t, std::int64_t>>;
/// Refuses like read_lines().
Result<SplitHouseholds> find_split(std::string_view bytes);

}  // namespace jiuzhu::roster

#pragma once
// What sifting the registers yields: figures of households, counts of rows, and what is written out row by row.

#include <array>
#include <cstdint>
#include <vector>

#include "engines/sieve/feed.hpp"
#include "engines/sieve/number_key.hpp"
#include "engines/sieve/spool.hpp"
#include "engines/sieve/tally.hpp"

namespace jiuzhu::sieve {

/// How a register's name for a number stands to ours.
enum class NameGrade : std::uint8_t { same_name, other_name, no_name };
BOOST_DESCRIBE_ENUM(NameGrade, same_name, other_name, no_name)

/// Of the rows of a source. `rows` is counted where they are cut out of the file, all others where they end up.
struct RowCounts {
  std::uint64_t rows = 0;
  std::uint64_t matched = 0;
  std::uint64_t not_ours = 0;
  std::uint64_t filtered = 0;
  std::array<std::uint64_t, kMalformedKinds> malformed{};
  std::uint64_t other_names = 0;  // of the matched, those that are under another name in every household

  std::uint64_t malformed_all() const {
    std::uint64_t all = 0;
    for (const std::uint64_t kind : malformed) all += kind;
    return all;
  }
  bool add_up() const { return rows == matched + not_ours + filtered + malformed_all(); }
  void add(const RowCounts& more) {
    rows += more.rows;
    matched += more.matched;
    not_ours += more.not_ours;
    filtered += more.filtered;
    for (std::size_t i = 0; i < malformed.size(); ++i) malformed[i] += more.malformed[i];
    other_names += more.other_names;
  }
};

/// Of one file: how it was cut, and how many rows each window has, header and blank lines included.
struct FileWindows {
  FeedEnds ends;
  std::uint64_t bytes = 0;
  std::uint64_t begin_digest = 0;  // of what the file begins with
  bool is_packed = false;
  std::vector<std::uint32_t> rows;  // by window - ends.first_window
};

/// Where a row stands. Sorts as rows lie in the files.
struct RowPlace {
  std::uint16_t source = 0;
  std::uint32_t file = 0;  // of the source
  std::uint32_t window = 0;
  std::uint32_t row = 0;  // of the window

  void append_to(std::string& record) const {
    append_big_endian(record, source, 2);
    append_big_endian(record, file, 4);
    append_big_endian(record, window, 4);
    append_big_endian(record, row, 4);
  }
  static RowPlace take_from(std::string_view& record) {
    RowPlace place;
    place.source = static_cast<std::uint16_t>(take_big_endian(record, 2));
    place.file = static_cast<std::uint32_t>(take_big_endian(record, 4));
    place.window = static_cast<std::uint32_t>(take_big_endian(record, 4));
    place.row = static_cast<std::uint32_t>(take_big_endian(record, 4));
    return place;
  }
};

struct Findings {
  Findings(const Plan& plan, std::size_t households, const std::filesystem::path& temporary_folder)
      : tally(plan, households),
        values(temporary_folder),
        hits(temporary_folder),
        malformed(temporary_folder),
        candidates(temporary_folder),
        counts(plan.sources.size()),
        files(plan.sources.size()) {
    for (std::size_t i = 0; i < plan.sources.size(); ++i) files[i].resize(plan.sources[i].files.size());
  }

  Tally tally;
  bool keeps_hits = false;  // somebody asks for them
  /// Of measures that are no sums: household, measure, [date], value, whether under another name.
  Spool values;
  /// household, person, place, grade, the register's name, what is shown.
  Spool hits;
  /// place, kind.
  Spool malformed;
  /// household, person, grade, place, the register's name, birth date and region, what is shown.
  Spool candidates;
  std::vector<RowCounts> counts;                // by source
  std::vector<std::vector<FileWindows>> files;  // by source and file
};

}  // namespace jiuzhu::sieve

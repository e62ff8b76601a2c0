#pragma once
// The people of one window of a file, as a thread reads them; people.hpp puts the chunks of all together.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engines/sieve/feed.hpp"
#include "engines/sieve/key_table.hpp"
#include "engines/sieve/plan.hpp"
#include "engines/sieve/table_file.hpp"

namespace jiuzhu::sieve {

/// Where things stand in one file of people.
struct PeopleColumns {
  struct Values {
    std::size_t column = 0;
    const std::vector<std::string>* values = nullptr;
  };
  std::string file;
  RecordShape shape;
  Encoding encoding = Encoding::utf_8;
  std::size_t household = 0;
  std::size_t person = 0;
  std::size_t name = 0;
  std::size_t number = 0;
  std::optional<std::size_t> role;
  std::vector<Values> attributes;
  std::size_t fields = 0;

  /// Refuses like TableFile::find_column. `file` must outlive this.
  static Result<PeopleColumns> find(const TableFile& table, const PeopleFile& file);
};

/// Texts that stay where they are, in large blocks. One thread at a time.
class TextArena {
 public:
  const char* keep(std::string_view text);

 private:
  static constexpr std::size_t kBlock = std::size_t{4} << 20;
  std::vector<LargeVector<char>> blocks_;
  std::size_t used_ = 0;  // of the last block
};

/// Whether a run will ask who somebody is: who writes out hits, or compares names.
enum class PersonTexts { kept, left_out };

/// In UTF-8, the name behind the identifier.
struct PersonText {
  const char* begin;
  std::uint32_t id_bytes;
  std::uint32_t name_bytes : 31;
  std::uint32_t is_obligor : 1;
};

/// Persons that follow each other in one household.
struct PeopleGroup {
  std::string_view household_id;
  std::uint32_t persons = 0;
  HouseholdIndex household = 0;  // once households are numbered
};

struct PeopleChunk {
  std::uint32_t file = 0;
  std::uint32_t window = 0;
  std::uint32_t window_rows = 0;
  PersonIndex first_person = 0;     // once all chunks are there
  std::vector<NumberKey> keys;      // of each person
  std::vector<PersonText> texts;    // of each person, where they are kept
  std::vector<std::uint64_t> bits;  // of each person: an obligor, attributes; empty where nothing asks for them
  std::vector<PeopleGroup> groups;
  bool is_ascending = true;                                    // the identifiers of groups
  std::vector<std::pair<std::uint32_t, Malformed>> malformed;  // by row of the window
  std::optional<std::uint32_t> incomplete;                     // the first row without all its columns
};

/// Reads windows. One thread at a time.
class PeopleReader {
 public:
  PeopleReader(const PeopleFile& file, const std::vector<PeopleColumns>& columns, const Kernels& kernels,
               PersonTexts texts, TextArena& arena)
      : file_(file), columns_(columns), kernels_(kernels), texts_(texts), arena_(arena) {}

  PeopleChunk read(std::uint32_t file, const Window& window);

 private:
  void read_row(PeopleChunk& chunk, const Window& window, std::size_t i);
  void add_to_group(PeopleChunk& chunk, std::string_view id);
  PersonText text();
  std::string_view decoded(std::size_t column);
  std::uint64_t bits();

  const PeopleFile& file_;
  const std::vector<PeopleColumns>& columns_;
  const Kernels& kernels_;
  PersonTexts texts_;
  TextArena& arena_;
  const PeopleColumns* at_ = nullptr;  // of the file at hand
  std::vector<NumberKey> keys_;        // of the window's rows, as far as the kernels see them
  Record record_;
  TextRoom room_;
  TextRoom household_room_;
  std::string joined_;
};

}  // namespace jiuzhu::sieve

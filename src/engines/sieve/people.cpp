#include "engines/sieve/people.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <mutex>
#include <numeric>
#include <unordered_map>

#include "engines/sieve/feed.hpp"
#include "engines/sieve/table_file.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kPeopleMost = std::numeric_limits<PersonIndex>::max() - 1;
constexpr std::size_t kAttributesMost = 62;

}  // namespace

/// Where things stand in one file.
struct People::Columns {
  struct Attribute {
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
  std::vector<Attribute> attributes;
  std::size_t fields = 0;
};

/// What numbering the households needs of a row.
struct People::Loaded {
  NumberKey key = kNoKey;
  std::string_view household;
  std::uint64_t attributes = 0;  // bit 0: an obligor
};

/// The rows of one window.
struct People::Chunk {
  std::uint32_t file = 0;
  std::uint32_t window = 0;
  std::uint32_t window_rows = 0;
  PersonIndex first_person = 0;
  std::string text;
  std::vector<std::uint32_t> begins;  // of each row, and the end of the last
  std::deque<std::string> decoded;    // household identifiers that are not ASCII
  std::vector<Loaded> loaded;
  std::vector<std::pair<std::uint32_t, Malformed>> malformed;  // by row of the window
  std::optional<std::uint32_t> incomplete;                     // the first row without all its columns

  std::string_view row(std::size_t i) const {
    std::string_view row = std::string_view(text).substr(begins[i], begins[i + 1] - begins[i]);
    while (row.ends_with('\n') || row.ends_with('\r')) row.remove_suffix(1);  // its end, and blank lines behind it
    return row;
  }
};

/// Reads windows, in any number of threads.
class People::Loader {
 public:
  Loader(const PeopleFile& file, const std::vector<Columns>& columns) : file_(file), columns_(columns) {}

  std::unique_ptr<Chunk> load(std::uint32_t file, const Window& window) {
    auto whole = std::make_unique<Chunk>();  // stays where it is: households' identifiers point into it
    Chunk& chunk = *whole;
    chunk.file = file;
    chunk.window = window.number;
    chunk.window_rows = window.first_row + static_cast<std::uint32_t>(window.rows);
    if (window.rows == 0) return whole;
    const std::uint32_t from = window.begins[0];
    chunk.text.assign(window.bytes.data() + from, window.begins[window.rows] - 1 - from);
    chunk.begins.reserve(window.rows + 1);
    chunk.loaded.reserve(window.rows);
    for (std::size_t i = 0; i < window.rows; ++i) load_row(chunk, window.begins[i] - from, window, i);
    chunk.begins.push_back(static_cast<std::uint32_t>(chunk.text.size()));
    return whole;
  }

 private:
  void load_row(Chunk& chunk, std::uint32_t begin, const Window& window, std::size_t i) {
    const Columns& columns = columns_[chunk.file];
    const std::string_view row = std::string_view(chunk.text).substr(begin, window.row(i).size());
    record_.split(row, columns.shape, columns.fields);
    if (record_.is_blank_line()) return;
    const std::uint32_t row_in_window = window.first_row + static_cast<std::uint32_t>(i);
    Loaded loaded;
    if (record_.size() < columns.fields || record_.field(columns.household).empty()) {
      if (!chunk.incomplete) chunk.incomplete = row_in_window;
      return;
    }
    loaded.household = household(chunk, columns, row);
    loaded.attributes = attributes(columns);
    const auto number = text_of(record_.field(columns.number), columns.encoding, room_);
    const ParsedNumber parsed = number ? parse_number(*number) : ParsedNumber{.problem = Malformed::encoding};
    loaded.key = parsed.key;
    if (parsed.key == kNoKey) chunk.malformed.emplace_back(row_in_window, parsed.problem);
    chunk.begins.push_back(begin);
    chunk.loaded.push_back(loaded);
  }

  /// A text that outlives the record: in the chunk's rows, or beside them.
  std::string_view household(Chunk& chunk, const Columns& columns, std::string_view row) {
    const std::string_view field = record_.field(columns.household);
    const auto text = text_of(field, columns.encoding, room_);
    const bool lies_in_row = text && text->data() >= row.data() && text->data() < row.data() + row.size();
    if (lies_in_row) return *text;
    return chunk.decoded.emplace_back(text.value_or(field));
  }

  std::uint64_t attributes(const Columns& columns) {
    std::uint64_t bits = 0;
    if (columns.role && text_of(record_.field(*columns.role), columns.encoding, room_) == file_.obligor_value)
      bits |= 1;
    for (std::size_t i = 0; i < columns.attributes.size(); ++i) {
      const auto& attribute = columns.attributes[i];
      const auto text = text_of(record_.field(attribute.column), columns.encoding, room_);
      if (text && std::ranges::find(*attribute.values, *text) != attribute.values->end()) bits |= std::uint64_t{2} << i;
    }
    return bits;
  }

  const PeopleFile& file_;
  const std::vector<Columns>& columns_;
  Record record_;
  std::string room_;
};

People::People() = default;
People::People(People&&) noexcept = default;
People& People::operator=(People&&) noexcept = default;
People::~People() = default;

namespace {

template <class Columns>
Result<Columns> columns_of(const TableFile& table, const PeopleFile& file) {
  Columns columns{.file = table.name(), .shape = table.shape(), .encoding = table.encoding()};
  JZ_TRY(columns.household, table.find_column(file.household));
  JZ_TRY(columns.person, table.find_column(file.person));
  JZ_TRY(columns.name, table.find_column(file.name));
  JZ_TRY(columns.number, table.find_column(file.number));
  columns.fields = std::max({columns.household, columns.person, columns.name, columns.number});
  if (file.role) {
    JZ_TRY(const std::size_t role, table.find_column(*file.role));
    columns.role = role;
    columns.fields = std::max(columns.fields, role);
  }
  for (const Attribute& attribute : file.attributes) {
    JZ_TRY(const std::size_t column, table.find_column(attribute.column));
    columns.attributes.push_back({.column = column, .values = &attribute.values});
    columns.fields = std::max(columns.fields, column);
  }
  ++columns.fields;
  return columns;
}

}  // namespace

Result<People> People::load(const PeopleFile& file, const Reading& reading, const Watching& watching,
                            Signals& signals) {
  if (file.attributes.size() > kAttributesMost) {
    return refuse(ErrorCode::too_large, "sieve.too_many_attributes", {{"most", std::to_string(kAttributesMost)}});
  }
  People people;
  people.obligor_value_ = file.obligor_value;
  people.counts_per_household_ = 2 + file.attributes.size();
  std::vector<TableFile> tables;
  Reading whole = reading;
  whole.share = {};  // every share needs everybody
  for (const std::string& path : file.files) {
    JZ_TRY(TableFile table, TableFile::open(path, file.shape, 0, whole));
    JZ_TRY(Columns columns, columns_of<Columns>(table, file));
    people.columns_.push_back(std::move(columns));
    tables.push_back(std::move(table));
  }

  std::mutex mutex;
  JZ_TRY_VOID(run_workers(watching, signals, [&](unsigned thread) -> Status {
    Loader loader(file, people.columns_);
    Window window;
    std::vector<std::unique_ptr<Chunk>> chunks;
    for (std::size_t i = 0; i < tables.size(); ++i) {
      const std::size_t table = (i + thread) % tables.size();
      for (;;) {
        JZ_TRY(const bool is_there, tables[table].feed().next(window));
        if (!is_there) break;
        chunks.push_back(loader.load(static_cast<std::uint32_t>(table), window));
        signals.bytes += window.bytes_taken;
        if (signals.is_stopped) return {};
      }
    }
    const std::scoped_lock lock(mutex);
    std::ranges::move(chunks, std::back_inserter(people.chunks_));
    return {};
  }));
  for (const TableFile& table : tables) JZ_TRY_VOID(table.feed().check_unchanged());
  std::ranges::sort(people.chunks_, {}, [](const auto& chunk) { return std::pair(chunk->file, chunk->window); });

  std::size_t size = 0;
  std::uint64_t row_of_window = 1;
  for (const auto& held : people.chunks_) {
    Chunk& chunk = *held;
    if (chunk.window == 0) row_of_window = 1;
    const std::string& name = people.columns_[chunk.file].file;
    if (chunk.incomplete) {
      return refuse(ErrorCode::invalid_input, "sieve.person_incomplete",
                    {{"file", name}, {"row", std::to_string(row_of_window + *chunk.incomplete)}});
    }
    for (const auto& [row, kind] : chunk.malformed) {
      people.malformed_.push_back({.file = name, .row = row_of_window + row, .kind = kind});
    }
    chunk.first_person = static_cast<PersonIndex>(size);
    row_of_window += chunk.window_rows;
    size += chunk.loaded.size();
    if (size > kPeopleMost)
      return refuse(ErrorCode::too_large, "sieve.too_many_people", {{"most", std::to_string(kPeopleMost)}});
  }
  std::vector<Loaded> rows;
  rows.reserve(size);
  for (const auto& chunk : people.chunks_) {
    std::ranges::copy(chunk->loaded, std::back_inserter(rows));
    std::vector<Loaded>().swap(chunk->loaded);
  }
  people.number_households(rows);
  return people;
}

void People::number_households(std::vector<Loaded>& rows) {
  keys_.resize(rows.size());
  household_of_.resize(rows.size());
  std::unordered_map<std::string_view, HouseholdIndex> numbers;
  bool is_ascending = true;  // as lists of households usually are
  for (std::size_t person = 0; person < rows.size(); ++person) {
    keys_[person] = rows[person].key;
    const std::string_view id = rows[person].household;
    if (is_ascending && !household_ids_.empty() && id < household_ids_.back()) {
      is_ascending = false;
      for (std::size_t i = 0; i < household_ids_.size(); ++i) numbers.emplace(household_ids_[i], i);
    }
    if (!household_ids_.empty() && id == household_ids_.back() && is_ascending) {
      household_of_[person] = static_cast<HouseholdIndex>(household_ids_.size() - 1);
      continue;
    }
    bool is_new = is_ascending;
    auto number = static_cast<HouseholdIndex>(household_ids_.size());
    if (!is_ascending) {
      const auto [found, was_added] = numbers.emplace(id, number);
      number = found->second;
      is_new = was_added;
    }
    if (is_new) household_ids_.push_back(id);
    household_of_[person] = number;
  }
  if (!is_ascending) {
    std::vector<HouseholdIndex> order(household_ids_.size());
    std::iota(order.begin(), order.end(), HouseholdIndex{0});
    std::ranges::sort(order, {}, [&](HouseholdIndex household) { return household_ids_[household]; });
    std::vector<HouseholdIndex> place(order.size());
    std::vector<std::string_view> sorted(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      place[order[i]] = static_cast<HouseholdIndex>(i);
      sorted[i] = household_ids_[order[i]];
    }
    household_ids_ = std::move(sorted);
    for (HouseholdIndex& household : household_of_) household = place[household];
  }
  counts_.assign(household_ids_.size() * counts_per_household_, 0);
  for (std::size_t person = 0; person < rows.size(); ++person) {
    std::uint32_t* const counts = counts_.data() + household_of_[person] * counts_per_household_;
    const std::uint64_t bits = rows[person].attributes;
    ++counts[bits & 1];
    for (std::size_t i = 2; i < counts_per_household_; ++i)
      counts[i] += static_cast<std::uint32_t>(bits >> (i - 1) & 1);
  }
}

People::Person People::person(PersonIndex person) const {
  const auto after =
      std::ranges::upper_bound(chunks_, person, {}, [](const auto& chunk) { return chunk->first_person; });
  // Of chunks without anybody, several begin with the same person: the last of them has the rows.
  const Chunk& chunk = **std::prev(after);
  const Columns& columns = columns_[chunk.file];
  thread_local Record record;
  thread_local std::string room;
  record.split(chunk.row(person - chunk.first_person), columns.shape, columns.fields);
  const auto text = [&](std::size_t column) {
    return std::string(text_of(record.field(column), columns.encoding, room).value_or(""));
  };
  return {.id = text(columns.person),
          .name = text(columns.name),
          .is_obligor = columns.role && text(*columns.role) == obligor_value_};
}

std::uint64_t People::fingerprint() const {
  std::uint64_t mixed = households() * 0x9E3779B97F4A7C15 + size();
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    mixed = (mixed ^ keys_[i] ^ household_of_[i]) * 0x9E3779B97F4A7C15;
    mixed ^= mixed >> 29;
  }
  return mixed;
}

}  // namespace jiuzhu::sieve

#include "engines/sieve/people.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <unordered_map>

#include "engines/sieve/byte_digest.hpp"
#include "engines/sieve/spool.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kPeopleMost = std::numeric_limits<PersonIndex>::max() - 1;
constexpr std::size_t kAttributesMost = 62;

}  // namespace

Result<People> People::load(const PeopleFile& file, PersonTexts texts, const Reading& reading, const Watching& watching,
                            Signals& signals) {
  if (file.attributes.size() > kAttributesMost) {
    return refuse(ErrorCode::too_large, "sieve.too_many_attributes", {{"most", std::to_string(kAttributesMost)}});
  }
  People people;
  people.counts_per_household_ = 2 + file.attributes.size();
  std::vector<TableFile> tables;
  Reading whole = reading;
  whole.share = {};  // every share needs everybody
  for (const std::string& path : file.files) {
    JZ_TRY(TableFile table, TableFile::open(path, file.shape, 0, whole));
    JZ_TRY(PeopleColumns columns, PeopleColumns::find(table, file));
    people.columns_.push_back(std::move(columns));
    tables.push_back(std::move(table));
  }

  std::mutex mutex;
  JZ_TRY_VOID(run_workers(watching, signals, [&](unsigned thread) -> Status {
    auto arena = std::make_unique<TextArena>();
    PeopleReader reader(file, people.columns_, *reading.kernels, texts, *arena);
    Window window;
    std::vector<PeopleChunk> chunks;
    for (std::size_t i = 0; i < tables.size(); ++i) {
      const std::size_t table = (i + thread) % tables.size();
      for (;;) {
        JZ_TRY(const bool is_there, tables[table].feed().next(window));
        if (!is_there) break;
        chunks.push_back(reader.read(static_cast<std::uint32_t>(table), window));
        signals.bytes += window.bytes_taken;
        if (signals.is_stopped) return {};
      }
    }
    const std::scoped_lock lock(mutex);
    people.arenas_.push_back(std::move(arena));
    std::ranges::move(chunks, std::back_inserter(people.chunks_));
    return {};
  }));
  for (const TableFile& table : tables) JZ_TRY_VOID(table.feed().check_unchanged());
  JZ_TRY_VOID(people.arrange());
  people.number_households();
  std::atomic<std::size_t> next = 0;
  JZ_TRY_VOID(run_workers({.threads = watching.threads}, signals, [&](unsigned) -> Status {
    for (std::size_t i = next++; i < people.chunks_.size(); i = next++) people.fill(people.chunks_[i]);
    return {};
  }));
  people.table_ = KeyTable(people.entries_, watching.threads);
  return people;
}

Status People::arrange() {
  std::ranges::sort(chunks_, {}, [](const PeopleChunk& chunk) { return std::pair(chunk.file, chunk.window); });
  std::size_t size = 0;
  std::uint64_t row_of_window = 1;
  for (PeopleChunk& chunk : chunks_) {
    if (chunk.window == 0) row_of_window = 1;
    const std::string& name = columns_[chunk.file].file;
    if (chunk.incomplete) {
      return refuse(ErrorCode::invalid_input, "sieve.person_incomplete",
                    {{"file", name}, {"row", std::to_string(row_of_window + *chunk.incomplete)}});
    }
    for (const auto& [row, kind] : chunk.malformed) {
      malformed_.push_back({.file = name, .row = row_of_window + row, .kind = kind});
    }
    chunk.first_person = static_cast<PersonIndex>(size);
    row_of_window += chunk.window_rows;
    size += chunk.keys.size();
    if (size > kPeopleMost) {
      return refuse(ErrorCode::too_large, "sieve.too_many_people", {{"most", std::to_string(kPeopleMost)}});
    }
  }
  std::erase_if(chunks_, [](const PeopleChunk& chunk) { return chunk.keys.empty(); });
  entries_.resize(size);
  return {};
}

void People::number_households() {
  if (!number_ascending()) number_any();
  counts_.resize(household_ids_.size() * counts_per_household_);
  // Fresh memory of this size is zero.
  if (counts_.size() * sizeof(std::uint32_t) < LargeAllocator<std::uint32_t>::kHugePage) std::ranges::fill(counts_, 0);
}

/// Lists of households are usually in order: then a household's number is how many were before it, and only the borders
/// of chunks have to be looked at. False if they are not.
bool People::number_ascending() {
  HouseholdIndex next = 0;
  std::string_view last;
  for (PeopleChunk& chunk : chunks_) {
    const std::string_view first = chunk.groups.front().household_id;
    if (!chunk.is_ascending || first < last) return false;
    if (first == last) --next;
    chunk.groups.front().household = next;
    chunk.groups.back().household = next + static_cast<HouseholdIndex>(chunk.groups.size() - 1);
    next = chunk.groups.back().household + 1;
    last = chunk.groups.back().household_id;
  }
  household_ids_.resize(next);
  for (PeopleChunk& chunk : chunks_) {
    const HouseholdIndex first = chunk.groups.front().household;
    for (std::size_t i = 0; i < chunk.groups.size(); ++i) {
      chunk.groups[i].household = first + static_cast<HouseholdIndex>(i);
      household_ids_[first + i] = chunk.groups[i].household_id;
    }
  }
  return true;
}

/// In the order of their bytes, after all have been gathered.
void People::number_any() {
  std::unordered_map<std::string_view, HouseholdIndex> numbers;
  for (const PeopleChunk& chunk : chunks_) {
    for (const PeopleGroup& group : chunk.groups) numbers.emplace(group.household_id, 0);
  }
  std::vector<std::string_view> ids;
  ids.reserve(numbers.size());
  for (const auto& [id, number] : numbers) ids.push_back(id);
  std::ranges::sort(ids);
  household_ids_.resize(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    numbers[ids[i]] = static_cast<HouseholdIndex>(i);
    household_ids_[i] = ids[i];
  }
  for (PeopleChunk& chunk : chunks_) {
    for (PeopleGroup& group : chunk.groups) group.household = numbers[group.household_id];
  }
}

/// Chunks at once: a household that lies in several is counted by each of them.
void People::fill(PeopleChunk& chunk) {
  std::size_t person = 0;
  for (const PeopleGroup& group : chunk.groups) {
    std::uint32_t* const counts = counts_.data() + group.household * counts_per_household_;
    const auto add = [&](std::size_t place, std::uint32_t count) {
      std::atomic_ref(counts[place]).fetch_add(count, std::memory_order_relaxed);
    };
    if (chunk.bits.empty()) add(0, group.persons);
    for (const std::size_t end = person + group.persons; person < end; ++person) {
      entries_[chunk.first_person + person] = {
          .key = chunk.keys[person], .household = group.household, .next = kNobody};
      if (chunk.bits.empty()) continue;
      const std::uint64_t bits = chunk.bits[person];
      add(bits & 1, 1);
      for (std::size_t i = 2; i < counts_per_household_; ++i) {
        if ((bits >> (i - 1) & 1) != 0) add(i, 1);
      }
    }
  }
  // All of it lies elsewhere now.
  std::vector<NumberKey>().swap(chunk.keys);
  std::vector<std::uint64_t>().swap(chunk.bits);
  std::vector<PeopleGroup>().swap(chunk.groups);
}

People::Person People::person(PersonIndex person) const {
  const auto after = std::ranges::upper_bound(chunks_, person, {}, &PeopleChunk::first_person);
  const PeopleChunk& chunk = *std::prev(after);
  const PersonText& text = chunk.texts[person - chunk.first_person];
  return {.id = {text.begin, text.id_bytes},
          .name = {text.begin + text.id_bytes, text.name_bytes},
          .is_obligor = text.is_obligor != 0};
}

std::uint64_t People::fingerprint() const {
  std::string numbers;
  ByteDigest digest;
  append_big_endian(numbers, households(), 8);
  for (const PersonEntry& entry : entries_) {
    append_big_endian(numbers, entry.key, 8);
    append_big_endian(numbers, entry.household, 4);
    digest.add(numbers);
    numbers.clear();
  }
  for (const PeopleChunk& chunk : chunks_) {
    for (const PersonText& text : chunk.texts) {
      append_big_endian(numbers, text.id_bytes, 4);
      append_big_endian(numbers, text.is_obligor, 1);
      digest.add(numbers);
      digest.add({text.begin, text.id_bytes + text.name_bytes});
      numbers.clear();
    }
  }
  return digest.value();
}

}  // namespace jiuzhu::sieve

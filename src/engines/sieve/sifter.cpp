#include "engines/sieve/sifter.hpp"

#include <algorithm>

#include "engines/sieve/names.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kChangesAtOnce = 4096;

std::optional<std::int64_t> value_of(std::string_view text, ValueType type) {
  switch (type) {
    case ValueType::money: return parse_fen(text);
    case ValueType::decimal: return parse_ten_thousandths(text);
    case ValueType::date: {
      const auto day = parse_day(text);
      if (!day) return std::nullopt;
      return day->days;
    }
    case ValueType::text: return 0;
  }
  return std::nullopt;
}

/// Where either says nothing, nothing can be said.
NameGrade grade_names(std::string_view registered, std::string_view ours) {
  const std::string one = comparable_name(registered);
  const std::string other = registered == ours ? one : comparable_name(ours);
  if (one.empty() || other.empty()) return NameGrade::no_name;
  return one == other ? NameGrade::same_name : NameGrade::other_name;
}

constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

}  // namespace

Sifter::Sifter(const Sifting& shared)
    : shared_(shared),
      values_(shared.findings.values),
      hits_(shared.findings.hits),
      malformed_(shared.findings.malformed),
      by_name_(shared.findings.candidates),
      counts_(shared.plan.sources.size()) {
  changes_.reserve(kChangesAtOnce);
}

void Sifter::sift(const SourceFile& file, const Window& window) {
  file_ = &file;
  window_ = &window;
  count_ = &counts_[file.source];
  count_->rows += window.rows;
  if (file.columns.birth_date) return sift_by_name(window);
  for (std::size_t first = 0; first < window.rows; first += kBatch) {
    sift_batch(first, std::min(kBatch, window.rows - first));
  }
}

void Sifter::finish() {
  shared_.findings.tally.apply(changes_);
  changes_.clear();
  values_.finish();
  hits_.finish();
  malformed_.finish();
  by_name_.finish();
  for (std::size_t i = 0; i < counts_.size(); ++i) shared_.findings.counts[i].add(counts_[i]);
}

void Sifter::sift_batch(std::size_t first, std::size_t rows) {
  const RecordShape shape = file_->table.shape();
  const NumberColumn column{.column = file_->columns.number, .separator = shape.separator, .quote = shape.quote};
  shared_.kernels.decode_numbers(column, window_->bytes.data(), window_->begins + first, rows, keys_.data());
  const std::size_t candidates =
      shared_.kernels.sift_keys(shared_.people.table().filter(), keys_.data(), rows, candidates_.data());
  count_->not_ours += rows - candidates;
  std::size_t known = 0;
  for (std::size_t i = 0; i < candidates; ++i) {
    const std::size_t row = first + candidates_[i];
    NumberKey key = keys_[candidates_[i]];
    if (key == kNoKey) {
      key = decode_slowly(row);
      if (key == kNoKey) continue;
      if (!shared_.people.table().may_hold(key)) {
        ++count_->not_ours;
        continue;
      }
    }
    candidates_[known] = candidates_[i];
    candidate_keys_[known++] = key;
  }
  shared_.people.table().find(std::span(candidate_keys_).first(known), persons_.data());
  for (std::size_t i = 0; i < known; ++i) {
    // A number that stands in the list very often makes a row long.
    if (shared_.is_stopped->load(std::memory_order_relaxed)) return;
    if (persons_[i] == kNobody) {
      ++count_->not_ours;
    } else {
      take_row(first + candidates_[i], persons_[i]);
    }
  }
}

/// A number that the kernel left alone. What is none is counted here, and gives kNoKey.
NumberKey Sifter::decode_slowly(std::size_t row) {
  const std::size_t column = file_->columns.number;
  record_.split_padded(window_->row(row), file_->table.shape(), column + 1, shared_.kernels);
  if (record_.is_blank_line()) {
    --count_->rows;  // between rows, not one of them
    return kNoKey;
  }
  if (record_.size() <= column) {
    add_malformed(row, Malformed::missing_column);
    return kNoKey;
  }
  const auto text = text_of(record_.field(column), file_->table.encoding(), room_);
  const ParsedNumber parsed = text ? parse_number(*text) : ParsedNumber{.problem = Malformed::character};
  if (parsed.key == kNoKey) add_malformed(row, parsed.problem);
  return parsed.key;
}

void Sifter::take_row(std::size_t row, PersonIndex first_person) {
  const Fate fate = read_row(window_->row(row));
  if (fate == Fate::malformed) return add_malformed(row, problem_);
  if (fate == Fate::filtered) {
    ++count_->filtered;
    return;
  }
  std::string name;
  if (file_->columns.name) {
    const auto text = text_of(record_.field(*file_->columns.name), file_->table.encoding(), room_);
    if (!text) return add_malformed(row, Malformed::encoding);
    name = *text;
  }
  find_owners(first_person, name);
  ++count_->matched;
  const bool is_other_everywhere =
      std::ranges::all_of(owners_, [](const Owner& owner) { return owner.grade == NameGrade::other_name; });
  if (is_other_everywhere) ++count_->other_names;
  for (const Owner& owner : owners_) {
    add_shares(owner);
    if (shared_.findings.keeps_hits) add_hit(owner, row, name);
  }
  if (changes_.size() >= kChangesAtOnce) {
    shared_.findings.tally.apply(changes_);
    changes_.clear();
  }
}

bool Sifter::fail(Malformed kind) {
  problem_ = kind;
  return false;
}

Sifter::Fate Sifter::read_row(std::string_view row) {
  const SourceColumns& columns = file_->columns;
  record_.split_padded(row, file_->table.shape(), columns.fields, shared_.kernels);
  shares_size_ = 0;
  if (record_.size() < columns.fields) {
    problem_ = Malformed::missing_column;
    return Fate::malformed;
  }
  const auto is_counted = is_valid();
  if (!is_counted) return Fate::malformed;
  if (!*is_counted) return Fate::filtered;
  const auto passed = passes(columns.filters);
  if (!passed) return Fate::malformed;
  if (!*passed) return Fate::filtered;
  std::optional<DayOrMonth> date;
  if (columns.date) {
    const std::string_view text = without_blanks(record_.field(*columns.date));
    date = parse_day(text);
    if (!date && !text.empty()) {
      problem_ = Malformed::value;
      return Fate::malformed;
    }
  }
  for (const MeasureColumns& measure : columns.measures) {
    if (!read_share(measure, date)) return Fate::malformed;
  }
  return are_shown_readable() ? Fate::matched : Fate::malformed;
}

bool Sifter::are_shown_readable() {
  for (const std::size_t shown : file_->columns.shown) {
    if (!text_of(record_.field(shown), file_->table.encoding(), room_)) return fail(Malformed::encoding);
  }
  return true;
}

/// Whether the row counts on the day of the run; nothing where its days are none.
std::optional<bool> Sifter::is_valid() {
  const auto today = static_cast<std::int32_t>(shared_.plan.as_of.days().time_since_epoch().count());
  const auto compare = [&](std::optional<std::size_t> column, auto counts) -> std::optional<bool> {
    if (!column) return true;
    const std::string_view text = without_blanks(record_.field(*column));
    if (text.empty()) return true;
    const auto day = parse_day(text);
    if (!day) {
      problem_ = Malformed::value;
      return std::nullopt;
    }
    return counts(day->days);
  };
  const auto from = compare(file_->columns.valid_from, [&](std::int32_t day) { return day <= today; });
  const auto until = compare(file_->columns.valid_until, [&](std::int32_t day) { return today < day; });
  if (!from || !until) return std::nullopt;
  return *from && *until;
}

std::optional<bool> Sifter::passes(const std::vector<FilterColumns>& filters) {
  for (const FilterColumns& filter : filters) {
    const std::string_view field = record_.field(filter.column);
    bool is_one = std::ranges::find(filter.in_file, field) != filter.in_file.end();
    if (!is_one) {
      // A character can be written in two ways in GB18030, so bytes that differ say nothing yet.
      const auto text = text_of(field, file_->table.encoding(), room_);
      if (!text) {
        problem_ = Malformed::encoding;
        return std::nullopt;
      }
      is_one = std::ranges::find(filter.values, *text) != filter.values.end();
    }
    if (is_one == filter.is_excluded) return false;
  }
  return true;
}

/// False where the row is malformed. A row without a value has no share.
bool Sifter::read_share(const MeasureColumns& measure, std::optional<DayOrMonth> date) {
  if (measure.window && !(date && measure.window->contains(*date))) return true;
  if (measure.aggregate == Aggregate::latest && !date) return true;
  const auto passed = passes(measure.filters);
  if (!passed) return false;
  if (!*passed) return true;
  if (shares_size_ == shares_.size()) shares_.emplace_back();
  MeasuredValue& share = shares_[shares_size_];  // its text keeps its memory
  share.measure = &measure;
  share.date = date ? date->days : 0;
  if (measure.column) {
    const std::string_view field = without_blanks(record_.field(*measure.column));
    if (field.empty()) return true;
    const auto value = value_of(field, measure.type);
    if (!value) return fail(Malformed::value);
    share.value = *value;
    if (measure.is_spooled() && !read_spooled(measure, field, share)) return fail(Malformed::encoding);
  }
  ++shares_size_;
  return true;
}

/// False where a text is not in the file's encoding.
bool Sifter::read_spooled(const MeasureColumns& measure, std::string_view field, MeasuredValue& share) {
  share.text.clear();
  if (measure.type != ValueType::text) {
    append_big_endian(share.text, static_cast<std::uint64_t>(share.value) ^ kSign, 8);
    return true;
  }
  const auto text = text_of(field, file_->table.encoding(), room_);
  if (text) share.text = *text;
  return text.has_value();
}

/// Each household once, whose list may have the person twice: under the name that agrees, if one does.
void Sifter::find_owners(PersonIndex first_person, std::string_view name) {
  owners_.clear();
  for (PersonIndex person = first_person; person != kNobody;) {
    const PersonEntry& entry = shared_.people.entry(person);
    const NameGrade grade =
        file_->columns.name ? grade_names(name, shared_.people.person(person).name) : NameGrade::no_name;
    owners_.push_back({.household = entry.household, .person = person, .grade = grade});
    person = entry.next;
  }
  if (owners_.size() == 1) return;
  std::ranges::sort(owners_, {},
                    [](const Owner& owner) { return std::tuple(owner.household, owner.grade, owner.person); });
  const auto repeated = std::ranges::unique(owners_, {}, &Owner::household);
  owners_.erase(repeated.begin(), repeated.end());
}

void Sifter::add_shares(const Owner& owner) {
  const bool is_other_name = owner.grade == NameGrade::other_name;
  for (std::size_t i = 0; i < shares_size_; ++i) {
    const MeasuredValue& share = shares_[i];
    if (!share.measure->is_spooled()) {
      changes_.push_back({.household = owner.household,
                          .measure = share.measure->measure,
                          .is_other_name = is_other_name,
                          .date = share.date,
                          .value = share.value});
      continue;
    }
    spooled_.clear();
    append_big_endian(spooled_, owner.household, 4);
    append_big_endian(spooled_, share.measure->measure, 2);
    if (share.measure->aggregate == Aggregate::latest) {
      append_big_endian(spooled_, static_cast<std::uint64_t>(std::int64_t{share.date}) ^ kSign, 8);
    }
    spooled_ += share.text;
    spooled_ += static_cast<char>(is_other_name);
    values_.add(spooled_);
  }
}

RowPlace Sifter::place_of(std::size_t row) const {
  return {.source = file_->source,
          .file = file_->file,
          .window = window_->number,
          .row = window_->first_row + static_cast<std::uint32_t>(row)};
}

void Sifter::add_hit(const Owner& owner, std::size_t row, std::string_view name) {
  spooled_.clear();
  append_big_endian(spooled_, owner.household, 4);
  append_big_endian(spooled_, owner.person, 4);
  place_of(row).append_to(spooled_);
  spooled_ += static_cast<char>(owner.grade);
  append_text(spooled_, name);
  add_shown(spooled_);
  hits_.add(spooled_);
}

void Sifter::add_shown(std::string& record) {
  for (const std::size_t shown : file_->columns.shown) {
    append_text(record, text_of(record_.field(shown), file_->table.encoding(), room_).value_or(""));
  }
}

void Sifter::add_malformed(std::size_t row, Malformed kind) {
  ++count_->malformed[static_cast<std::size_t>(kind)];
  if (shared_.plan.outputs.malformed.empty()) return;
  spooled_.clear();
  place_of(row).append_to(spooled_);
  spooled_ += static_cast<char>(kind);
  malformed_.add(spooled_);
}

}  // namespace jiuzhu::sieve

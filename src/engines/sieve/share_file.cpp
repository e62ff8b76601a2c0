#include "engines/sieve/share_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/enum_text.hpp"
#include "engines/sieve/byte_digest.hpp"
#include "engines/sieve/open_file.hpp"
#include "platform/files/draft_file.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::string_view kMagic = "jiuzhu sieve share 1\n";
constexpr std::uint32_t kEndOfRecords = 0xFFFFFFFF;
constexpr std::uint32_t kRecordBytesMost = 64 << 20;
constexpr std::size_t kWrittenAtOnce = 1 << 20;

class Writer {
 public:
  explicit Writer(const std::string& path) : draft_(path) { bytes_ = kMagic; }

  void number(std::uint64_t value, int bytes = 8) {
    append_big_endian(bytes_, value, bytes);
    if (bytes_.size() >= kWrittenAtOnce) flush();
  }
  void words(std::span<const std::uint64_t> words) {
    for (const std::uint64_t word : words) number(word);
  }
  void records(Spool& spool) {
    spool.merge([this](std::string_view record) {
      number(record.size(), 4);
      bytes_ += record;
    });
    number(kEndOfRecords, 4);
  }
  void publish() {
    flush();
    number(checksum_.value());
    draft_.write(bytes_);
    draft_.publish();
  }

 private:
  void flush() {
    checksum_.add(bytes_);
    draft_.write(bytes_);
    bytes_.clear();
  }

  DraftFile draft_;
  ByteDigest checksum_;  // finds a file that was cut or damaged on its way
  std::string bytes_;
};

/// Reads what Writer wrote. After something that is not there every number is zero and every list empty: ask is_good().
class Reader {
 public:
  explicit Reader(const std::string& path) : file_(path, std::ios::binary) {
    is_good_ = static_cast<bool>(file_) && take(kMagic.size()) == kMagic;
  }

  bool is_good() const { return is_good_; }
  std::uint64_t number(int bytes = 8) {
    std::string_view taken = take(static_cast<std::size_t>(bytes));
    return taken.empty() ? 0 : take_big_endian(taken, bytes);
  }
  std::uint32_t small() { return static_cast<std::uint32_t>(number(4)); }
  std::vector<std::uint64_t> words(std::size_t count) {
    std::vector<std::uint64_t> words(count);
    for (std::uint64_t& word : words) word = number();
    return words;
  }
  template <class Take>
  void records(Take take_record) {
    while (is_good_) {
      const std::uint32_t size = small();
      if (size == kEndOfRecords || !is_good_) return;
      if (size > kRecordBytesMost) {
        is_good_ = false;
        return;
      }
      if (const std::string_view record = take(size); is_good_) take_record(record);
    }
  }
  bool ends_well() {
    const std::uint64_t expected = checksum_.value();
    return number() == expected && is_good_ && file_.peek() == std::ifstream::traits_type::eof();
  }

 private:
  std::string_view take(std::size_t bytes) {
    piece_.resize(bytes);
    if (!is_good_ && !is_first_) return {};
    is_first_ = false;
    file_.read(piece_.data(), static_cast<std::streamsize>(bytes));
    if (static_cast<std::size_t>(file_.gcount()) != bytes) {
      is_good_ = false;
      return {};
    }
    checksum_.add(piece_);
    return piece_;
  }

  std::ifstream file_;
  bool is_first_ = true;
  bool is_good_ = false;
  ByteDigest checksum_;
  std::string piece_;
};

void write_windows(Writer& writer, const FileWindows& file) {
  writer.number(file.bytes);
  writer.number(file.begin_digest);
  writer.number(file.is_packed ? 1 : 0, 1);
  writer.number(file.ends.first_window, 4);
  writer.number(file.ends.windows, 4);
  writer.number(static_cast<std::uint64_t>(file.ends.begin), 1);
  writer.number(static_cast<std::uint64_t>(file.ends.end), 1);
  for (const std::uint32_t rows : file.rows) writer.number(rows, 4);
}

FileWindows read_windows(Reader& reader) {
  FileWindows file;
  file.bytes = reader.number();
  file.begin_digest = reader.number();
  file.is_packed = reader.number(1) != 0;
  file.ends.first_window = reader.small();
  file.ends.windows = reader.small();
  file.ends.begin = static_cast<RecordState>(reader.number(1));
  file.ends.end = static_cast<RecordState>(reader.number(1));
  for (std::uint32_t i = 0; i < file.ends.windows && reader.is_good(); ++i) file.rows.push_back(reader.small());
  return file;
}

void write_counts(Writer& writer, const RowCounts& counts) {
  for (const std::uint64_t count :
       {counts.rows, counts.matched, counts.not_ours, counts.filtered, counts.other_names}) {
    writer.number(count);
  }
  writer.words(counts.malformed);
}

RowCounts read_counts(Reader& reader) {
  RowCounts counts;
  for (std::uint64_t* const count :
       {&counts.rows, &counts.matched, &counts.not_ours, &counts.filtered, &counts.other_names}) {
    *count = reader.number();
  }
  for (std::uint64_t& count : counts.malformed) count = reader.number();
  return counts;
}

void write_tally(Writer& writer, const Tally& tally) {
  for (std::size_t i = 0; i < tally.households(); ++i) {
    const auto household = static_cast<HouseholdIndex>(i);
    if (tally.is_untouched(household)) continue;
    const auto others = tally.other_words(household);
    writer.number(household, 4);
    writer.number(others.empty() ? 0 : 1, 1);
    writer.words(tally.words(household));
    writer.words(others);
  }
  writer.number(kNobody, 4);
}

/// A text of what a plan says, whose parts cannot run into each other.
class PlanText {
 public:
  void add(std::string_view text) { append_text(text_, text); }
  void add(std::uint64_t number) { append_big_endian(text_, number, 8); }
  void add(const ColumnName& column) {
    add(column.name);
    add(static_cast<std::uint64_t>(column.number));
  }
  template <class T>
  void add(const std::optional<T>& value) {
    add(std::uint64_t{value.has_value()});
    if (value) add(*value);
  }
  template <class T>
  void add(const std::vector<T>& values) {
    add(std::uint64_t{values.size()});
    for (const T& value : values) add(value);
  }
  void add(const RowFilter& filter) {
    add(filter.column);
    add(filter.values);
    add(std::uint64_t{filter.is_excluded});
  }
  void add(const TableShape& shape) {
    add(enum_text(shape.encoding));
    add(static_cast<std::uint64_t>(static_cast<unsigned char>(shape.separator)));
    add(static_cast<std::uint64_t>(static_cast<unsigned char>(shape.quote)));
    add(std::uint64_t{shape.has_header});
  }
  void add(const Measure& measure) {
    add(measure.name);
    add(enum_text(measure.aggregate));
    add(measure.column);
    add(enum_text(measure.type));
    add(static_cast<std::uint64_t>(measure.within_months));
    add(measure.filters);
  }
  void add(const Source& source) {
    add(source.name);
    for (const std::string& file : source.files) add(std::filesystem::path(file).filename().string());
    add(source.shape);
    add(source.number);
    for (const auto* column : {&source.birth_date, &source.region, &source.person_name, &source.date,
                               &source.valid_from, &source.valid_until})
      add(*column);
    add(source.filters);
    add(source.shown);
    add(source.measures);
  }
  std::uint64_t fingerprint() const { return ByteDigest::of(text_); }

 private:
  std::string text_;
};

}  // namespace

std::uint64_t plan_fingerprint(const Plan& plan) {
  PlanText text;
  text.add(plan.as_of.to_text());
  text.add(plan.sources);
  text.add(std::uint64_t{!plan.outputs.hits.empty()});
  text.add(std::uint64_t{!plan.outputs.malformed.empty()});
  text.add(std::uint64_t{!plan.outputs.candidates.empty()});
  return text.fingerprint();
}

void write_share(const std::string& path, const ShareTerms& terms, const Plan& plan, Findings& findings) {
  Writer writer(path);
  writer.number(terms.share.index, 4);
  writer.number(terms.share.count, 4);
  writer.number(terms.window_bytes, 4);
  writer.number(terms.plan);
  writer.number(terms.people);
  for (std::size_t source = 0; source < plan.sources.size(); ++source) {
    write_counts(writer, findings.counts[source]);
    for (const FileWindows& file : findings.files[source]) write_windows(writer, file);
  }
  write_tally(writer, findings.tally);
  writer.records(findings.values);
  writer.records(findings.hits);
  writer.records(findings.malformed);
  writer.records(findings.candidates);
  writer.publish();
}

ShareJoiner::ShareJoiner(const ShareTerms& terms, const Plan& plan, std::size_t households, Findings& findings)
    : terms_(terms),
      plan_(plan),
      households_(households),
      findings_(findings),
      values_(findings.values),
      hits_(findings.hits),
      malformed_(findings.malformed),
      candidates_(findings.candidates),
      parts_(plan.sources.size()) {
  for (std::size_t i = 0; i < plan.sources.size(); ++i) parts_[i].resize(plan.sources[i].files.size());
}

Status ShareJoiner::join(const std::string& path) {
  const MessageParams file{{"file", std::filesystem::path(path).filename()}};
  const auto refuse_unreadable = [&] { return refuse(ErrorCode::invalid_input, "sieve.share_unreadable", file); };
  JZ_TRY_VOID(OpenFile::open(path));
  Reader reader(path);
  ShareTerms terms{.share = {.index = reader.small(), .count = reader.small()}};
  terms.window_bytes = reader.small();
  terms.plan = reader.number();
  terms.people = reader.number();
  if (!reader.is_good()) return refuse_unreadable();
  if (is_there_.empty()) {
    terms_.share.count = terms.share.count;
    terms_.window_bytes = terms.window_bytes;
    is_there_.resize(terms.share.count);
  }
  const bool is_of_this_run = terms.are_of_one_run(terms_) && terms.share.index < terms.share.count;
  if (!is_of_this_run) return refuse(ErrorCode::conflict, "sieve.share_of_another_run", file);
  if (is_there_[terms.share.index]) {
    return refuse(ErrorCode::conflict, "sieve.share_twice",
                  {file.front(), {"share", std::to_string(terms.share.index + 1)}});
  }
  is_there_[terms.share.index] = true;

  for (std::size_t source = 0; source < plan_.sources.size(); ++source) {
    findings_.counts[source].add(read_counts(reader));
    for (auto& parts : parts_[source]) {
      parts.push_back({.share = terms.share.index, .windows = read_windows(reader)});
    }
  }
  const std::size_t words = findings_.tally.words(0).size();
  for (std::uint32_t household = reader.small(); reader.is_good() && household != kNobody; household = reader.small()) {
    const bool has_others = reader.number(1) != 0;
    const auto own = reader.words(words);
    const auto others = reader.words(has_others ? words : 0);
    if (household >= households_ || !findings_.tally.join(household, own, others)) return refuse_unreadable();
  }
  reader.records([this](std::string_view record) { values_.add(record); });
  reader.records([this](std::string_view record) { hits_.add(record); });
  reader.records([this](std::string_view record) { malformed_.add(record); });
  reader.records([this](std::string_view record) { candidates_.add(record); });
  if (!reader.ends_well()) return refuse_unreadable();
  return {};
}

Status ShareJoiner::finish() {
  std::string missing;
  for (std::size_t i = 0; i < is_there_.size(); ++i) {
    if (!is_there_[i]) missing += (missing.empty() ? "" : ", ") + std::to_string(i + 1);
  }
  if (!missing.empty()) return refuse(ErrorCode::conflict, "sieve.shares_missing", {{"shares", missing}});
  for (std::size_t source = 0; source < parts_.size(); ++source) {
    for (std::size_t file = 0; file < parts_[source].size(); ++file) {
      JZ_TRY_VOID(join_windows(plan_.sources[source], file, parts_[source][file], findings_.files[source][file]));
    }
  }
  values_.finish();
  hits_.finish();
  malformed_.finish();
  candidates_.finish();
  return {};
}

Status ShareJoiner::join_windows(const Source& source, std::size_t file, std::vector<Part>& parts,
                                 FileWindows& joined) const {
  const std::string name = std::filesystem::path(source.files[file]).filename();
  const auto refuse_changed = [&] { return refuse(ErrorCode::conflict, "sieve.file_changed", {{"file", name}}); };
  joined.bytes = parts.front().windows.bytes;
  joined.begin_digest = parts.front().windows.begin_digest;
  joined.is_packed = parts.front().windows.is_packed;
  for (const Part& part : parts) {
    const bool is_same_file = part.windows.bytes == joined.bytes && part.windows.is_packed == joined.is_packed &&
                              part.windows.begin_digest == joined.begin_digest;
    if (!is_same_file) return refuse_changed();
  }
  std::erase_if(parts, [](const Part& part) { return part.windows.ends.windows == 0; });
  std::ranges::sort(parts, {}, [](const Part& part) { return part.windows.ends.first_window; });
  for (const Part& part : parts) {
    const FeedEnds& ends = part.windows.ends;
    if (ends.first_window != joined.ends.windows) return refuse_changed();
    if (joined.ends.windows > 0 && ends.begin != joined.ends.end) {
      return refuse(ErrorCode::conflict, "sieve.share_begins_elsewhere",
                    {{"file", name}, {"share", std::to_string(part.share + 1)}});
    }
    joined.ends.windows += ends.windows;
    joined.ends.end = ends.end;
    std::ranges::copy(part.windows.rows, std::back_inserter(joined.rows));
  }
  const std::uint64_t windows = (joined.bytes + terms_.window_bytes - 1) / terms_.window_bytes;
  const bool is_whole = joined.is_packed ? parts.size() <= 1 : joined.ends.windows == windows;
  return is_whole ? Status{} : refuse_changed();
}

}  // namespace jiuzhu::sieve

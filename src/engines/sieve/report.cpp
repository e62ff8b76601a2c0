#include "engines/sieve/report.hpp"

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <optional>

#include "base/enum_text.hpp"
#include "engines/sieve/household_rows.hpp"
#include "engines/sieve/judge.hpp"
#include "engines/sieve/name_index.hpp"
#include "engines/sieve/statistics.hpp"
#include "platform/files/draft_file.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kHouseholdsAtOnce = 1 << 14;
constexpr std::size_t kBytesAtOnce = 1 << 20;

/// A file of rows that appears when all have.
class TableDraft {
 public:
  explicit TableDraft(const std::string& path) {
    if (!path.empty()) draft_.emplace(path);
    bytes_ = "\xEF\xBB\xBF";
  }
  bool is_wanted() const { return draft_.has_value(); }
  void add_row(std::initializer_list<std::string_view> cells) {
    const char* before = "";
    for (const std::string_view cell : cells) {
      bytes_ += before;
      append_cell(bytes_, cell);
      before = ",";
    }
    write("\r\n");
  }
  /// Whole rows.
  void write(std::string_view bytes) {
    bytes_ += bytes;
    if (bytes_.size() > kBytesAtOnce) flush();
  }
  void settle() {
    if (!draft_) return;
    flush();
    draft_->settle();
  }
  void publish() {
    if (draft_) draft_->publish();
  }

 private:
  void flush() {
    draft_->write(bytes_);
    bytes_.clear();
  }

  std::optional<DraftFile> draft_;
  std::string bytes_;
};

class Report {
 public:
  Report(const Plan& plan, const People& people, Findings& findings, const Watching& watching, Receiver* receiver)
      : plan_(plan),
        people_(people),
        findings_(findings),
        watching_(watching),
        receiver_(receiver),
        households_(plan.outputs.households),
        hits_(plan.outputs.hits),
        malformed_(plan.outputs.malformed),
        candidates_(plan.outputs.candidates) {
    for (const Source& source : plan.sources) {
      for (const Measure& measure : source.measures) measures_.push_back(&measure);
      auto& names = file_names_.emplace_back();
      for (const std::string& file : source.files) names.push_back(std::filesystem::path(file).filename());
    }
  }

  Result<Summary> run() {
    begin_summary();
    reduce_values();
    JZ_TRY_VOID(write_households());
    if (receiver_) hand_over_households();
    take_hits();
    write_malformed();
    write_candidates();
    std::optional<DraftFile> statistics;
    if (!plan_.outputs.statistics.empty()) {
      statistics.emplace(plan_.outputs.statistics);
      statistics->write(statistics_text(plan_, summary_, people_));
    }
    if (watching_.stop.stop_requested()) return refuse(ErrorCode::conflict, "sieve.cancelled");
    // All are safely on the disk before the first of them appears.
    for (TableDraft* const table : {&households_, &hits_, &malformed_, &candidates_}) table->settle();
    if (statistics) statistics->settle();
    households_.publish();
    hits_.publish();
    malformed_.publish();
    candidates_.publish();
    if (statistics) statistics->publish();
    return summary_;
  }

 private:
  void begin_summary() {
    summary_.households = people_.households();
    summary_.persons = people_.size();
    summary_.malformed_persons = people_.malformed().size();
    for (std::size_t i = 0; i < plan_.sources.size(); ++i) {
      const Source& source = plan_.sources[i];
      summary_.sources.push_back({.name = source.name,
                                  .title = source.title.empty() ? source.name : source.title,
                                  .counts = findings_.counts[i]});
    }
    for (const Rule& rule : plan_.rules) summary_.rules.push_back({.code = rule.code, .title = rule.title});
  }

  /// What stands in one group of the spool: the values of a measure of one household, in order.
  struct Group {
    std::string key;  // household, measure
    std::string last_value;
    bool is_last_same_name = false;
    bool has_value = false;
    bool has_other_names = false;
    std::uint64_t different = 0;
    std::uint64_t different_same_name = 0;
    FoundText text;
  };

  void reduce_values() {
    constexpr std::size_t kKeyBytes = 6;
    Group group;
    findings_.values.merge([&](std::string_view record) {
      const std::string_view key = record.substr(0, kKeyBytes);
      if (key != group.key) {
        end_group(group);
        group = {.key = std::string(key)};
      }
      std::string_view value = record.substr(kKeyBytes, record.size() - kKeyBytes - 1);
      add_to_group(group, value, record.back() == 0);
    });
    end_group(group);
  }

  const Measure& measure_of(std::string_view key) const {
    key.remove_prefix(4);
    return *measures_[take_big_endian(key, 2)];
  }

  void add_to_group(Group& group, std::string_view value, bool is_same_name) {
    const bool is_new = !group.has_value || value != group.last_value;
    if (is_new) {
      ++group.different;
      group.last_value = value;
      group.is_last_same_name = false;
      group.has_value = true;
    }
    if (!is_same_name) group.has_other_names = true;
    if (is_same_name && !group.is_last_same_name) {
      ++group.different_same_name;
      group.is_last_same_name = true;
    }
    const Measure& measure = measure_of(group.key);
    if (measure.aggregate == Aggregate::distinct) return;
    if (measure.aggregate == Aggregate::latest) value.remove_prefix(8);
    const bool is_first_wins = measure.aggregate == Aggregate::min;
    if (!is_first_wins || group.different == 1) group.text.all = value;
    if (is_same_name && (!is_first_wins || !group.text.has_same_name)) {
      group.text.same_name = value;
      group.text.has_same_name = true;
    }
  }

  void end_group(Group& group) {
    if (!group.has_value) return;
    std::string_view key = group.key;
    const auto household = static_cast<HouseholdIndex>(take_big_endian(key, 4));
    const auto measure = static_cast<std::uint16_t>(take_big_endian(key, 2));
    if (group.has_other_names) findings_.tally.note_other_names(household);
    if (measures_[measure]->aggregate == Aggregate::distinct) {
      findings_.tally.set_distinct(household, measure, group.different_same_name, group.different);
    } else {
      texts_.emplace(std::pair(household, measure), std::move(group.text));
    }
  }

  struct Stretch {
    std::string bytes;
    std::uint64_t flagged = 0;
    std::vector<RuleSummary> rules;
  };

  /// Stretches of households in parallel; their texts one after the other.
  Status write_households() {
    const Judge judge(plan_, people_, findings_.tally);
    const HouseholdRows rows(plan_, people_, findings_.tally, texts_);
    if (households_.is_wanted()) households_.write(rows.titles());
    const std::size_t stretches = (people_.households() + kHouseholdsAtOnce - 1) / kHouseholdsAtOnce;
    std::vector<Stretch> done(stretches);
    std::atomic<std::size_t> next = 0;
    Signals signals;
    const Watching quietly{.threads = watching_.threads, .stop = watching_.stop};
    JZ_TRY_VOID(run_workers(quietly, signals, [&](unsigned) -> Status {
      for (std::size_t i = next++; i < stretches && !signals.is_stopped; i = next++)
        done[i] = judge_stretch(i, judge, rows);
      return {};
    }));
    for (const Stretch& stretch : done) {
      if (households_.is_wanted()) households_.write(stretch.bytes);
      summary_.flagged += stretch.flagged;
      for (std::size_t i = 0; i < summary_.rules.size(); ++i) {
        summary_.rules[i].exceeds += stretch.rules[i].exceeds;
        summary_.rules[i].clue += stretch.rules[i].clue;
        summary_.rules[i].review += stretch.rules[i].review;
      }
    }
    return {};
  }

  Stretch judge_stretch(std::size_t number, const Judge& judge, const HouseholdRows& rows) const {
    Stretch stretch{.rules = std::vector<RuleSummary>(plan_.rules.size())};
    Judgement judgement;
    const std::size_t end = std::min((number + 1) * kHouseholdsAtOnce, people_.households());
    for (std::size_t i = number * kHouseholdsAtOnce; i < end; ++i) {
      const auto household = static_cast<HouseholdIndex>(i);
      judge.judge(household, judgement);
      if (judgement.applied.empty()) continue;
      ++stretch.flagged;
      for (const Applied& rule : judgement.applied) count(stretch.rules[rule.rule], rule.result);
      if (households_.is_wanted()) rows.append(stretch.bytes, household, judgement.applied, judgement.figures);
    }
    return stretch;
  }

  static void count(RuleSummary& rule, RuleResult result) {
    switch (result) {
      case RuleResult::exceeds: ++rule.exceeds; return;
      case RuleResult::clue: ++rule.clue; return;
      case RuleResult::review: ++rule.review; return;
    }
  }

  /// The number of the row in its file, from 1, as a spreadsheet shows it.
  std::uint64_t row_number(const RowPlace& place) {
    const FileWindows& file = findings_.files[place.source][place.file];
    std::vector<std::uint64_t>& before = rows_before_[{place.source, place.file}];
    if (before.empty()) {
      std::uint64_t rows = 0;
      for (const std::uint32_t window : file.rows) {
        before.push_back(rows);
        rows += window;
      }
    }
    return before[place.window - file.ends.first_window] + place.row + 1;
  }

  std::string_view file_name(const RowPlace& place) const { return file_names_[place.source][place.file]; }

  void hand_over_households() {
    const Judge judge(plan_, people_, findings_.tally);
    Judgement judgement;
    for (std::size_t i = 0; i < people_.households(); ++i) {
      const auto household = static_cast<HouseholdIndex>(i);
      judge.judge(household, judgement);
      if (judgement.applied.empty() && findings_.tally.is_untouched(household)) continue;
      receiver_->take_household(
          {.household = people_.household_id(household), .applied = judgement.applied, .figures = judgement.figures});
    }
  }

  /// Spools can be read once: whoever wants the hits gets them here.
  void take_hits() {
    if (hits_.is_wanted()) {
      hits_.add_row(
          {"household", "person", "role", "name", "source", "file", "row", "grade", "register_name", "shown"});
    }
    if (!hits_.is_wanted() && !receiver_) return;
    findings_.hits.merge([&](std::string_view record) {
      const auto household = static_cast<HouseholdIndex>(take_big_endian(record, 4));
      const People::Person person = people_.person(static_cast<PersonIndex>(take_big_endian(record, 4)));
      const RowPlace place = RowPlace::take_from(record);
      const auto grade = static_cast<NameGrade>(take_big_endian(record, 1));
      const std::string_view register_name = take_text(record);
      if (receiver_) hand_over_row(household, person, place, grade, register_name, record);
      if (!hits_.is_wanted()) return;
      const std::string shown = take_shown(record, plan_.sources[place.source]);
      hits_.add_row({people_.household_id(household), person.id, person.is_obligor ? "obligor" : "member", person.name,
                     plan_.sources[place.source].name, file_name(place), std::to_string(row_number(place)),
                     enum_text(grade), register_name, shown});
    });
  }

  void hand_over_row(HouseholdIndex household, const People::Person& person, const RowPlace& place, NameGrade grade,
                     std::string_view register_name, std::string_view record) {
    shown_.clear();
    for (std::size_t i = 0; i < plan_.sources[place.source].shown.size(); ++i) shown_.push_back(take_text(record));
    receiver_->take_row({.household = people_.household_id(household),
                         .person = person.id,
                         .source = place.source,
                         .file = place.file,
                         .row = row_number(place),
                         .grade = grade,
                         .register_name = register_name,
                         .shown = shown_});
  }

  static std::string take_shown(std::string_view& record, const Source& source) {
    std::string shown;
    for (const ColumnName& column : source.shown) {
      if (!shown.empty()) shown += "; ";
      shown += column.name.empty() ? std::to_string(column.number) : column.name;
      shown += '=';
      shown += take_text(record);
    }
    return shown;
  }

  void write_candidates() {
    if (!candidates_.is_wanted()) return;
    candidates_.add_row({"household", "person", "role", "name", "grade", "source", "file", "row", "register_name",
                         "register_birth_date", "register_region", "shown"});
    findings_.candidates.merge([&](std::string_view record) {
      const auto household = static_cast<HouseholdIndex>(take_big_endian(record, 4));
      const People::Person person = people_.person(static_cast<PersonIndex>(take_big_endian(record, 4)));
      const auto grade = static_cast<CandidateGrade>(take_big_endian(record, 1));
      const RowPlace place = RowPlace::take_from(record);
      const std::string_view name = take_text(record);
      const std::string_view birth_date = take_text(record);
      const std::string_view region = take_text(record);
      const std::string shown = take_shown(record, plan_.sources[place.source]);
      candidates_.add_row({people_.household_id(household), person.id, person.is_obligor ? "obligor" : "member",
                           person.name, enum_text(grade), plan_.sources[place.source].name, file_name(place),
                           std::to_string(row_number(place)), name, birth_date, region, shown});
    });
  }

  void write_malformed() {
    if (!malformed_.is_wanted()) return;
    malformed_.add_row({"source", "file", "row", "kind"});
    for (const People::MalformedNumber& number : people_.malformed()) {
      malformed_.add_row({"people", number.file, std::to_string(number.row), enum_text(number.kind)});
    }
    findings_.malformed.merge([&](std::string_view record) {
      const RowPlace place = RowPlace::take_from(record);
      const auto kind = static_cast<Malformed>(take_big_endian(record, 1));
      malformed_.add_row(
          {plan_.sources[place.source].name, file_name(place), std::to_string(row_number(place)), enum_text(kind)});
    });
  }

  const Plan& plan_;
  const People& people_;
  Findings& findings_;
  const Watching& watching_;
  Receiver* const receiver_;
  std::vector<std::string_view> shown_;
  std::vector<const Measure*> measures_;
  std::vector<std::vector<std::string>> file_names_;  // by source
  FoundTexts texts_;
  Summary summary_;
  TableDraft households_;
  TableDraft hits_;
  TableDraft malformed_;
  TableDraft candidates_;
  std::map<std::pair<std::uint16_t, std::uint32_t>, std::vector<std::uint64_t>> rows_before_;
};

}  // namespace

Result<Summary> write_report(const Plan& plan, const People& people, Findings& findings, const Watching& watching,
                             Receiver* receiver) {
  return Report(plan, people, findings, watching, receiver).run();
}

}  // namespace jiuzhu::sieve

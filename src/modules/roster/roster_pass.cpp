#include "modules/roster/roster_pass.hpp"

#include <algorithm>
#include <bit>

#include "kernel/identity/citizen_number.hpp"
#include "modules/cases/person_directory_store.hpp"
#include "modules/roster/amount_limit.hpp"
#include "modules/roster/roster_store.hpp"

namespace jiuzhu::roster {
namespace {

using cases::DirectoryEntry;
using cases::PersonRow;

// Households looked up at once: some hundred persons a round trip.
constexpr std::size_t kBatch = 200;

bool is_computed(const cases::CaseWorld& world, const policy::HouseholdFacts& facts, Money amount) {
  const auto decision = policy::assess(facts, *world.rulebook);
  return decision && decision->outcome == policy::Outcome::eligible && decision->amount_month == amount;
}

/// What check and application share: the tally, and who stands elsewhere.
class Walk {
 public:
  explicit Walk(const Advance& advance) : advance_(advance) {}

  void count(const ReadHousehold& read) {
    ++tally.household_count;
    tally.person_count += static_cast<std::int64_t>(read.lines.size());
  }
  void refuse_household(ReadHousehold& read) {
    tally.bad_households.emplace_back(read.lines.front().row, read.lines.back().row);
    if (tally.findings.size() < kFindingsMost) {
      std::ranges::move(read.findings, std::back_inserter(tally.findings));
    } else {
      tally.findings.push_back({.row = read.lines.front().row, .column = {}, .key = "roster.problems_not_listed"});
    }
  }
  void accept(const Household& household, bool is_by_rules) {
    ++tally.good_count;
    tally.amount += household.amount;
    if (!is_by_rules) ++tally.by_person_count;
  }
  static void add_conflict(ReadHousehold& read, std::size_t person, const DirectoryEntry& entry) {
    read.findings.push_back({read.lines[person].row,
                             Column::citizen_number,
                             "case.person_elsewhere",
                             {{"case_number", entry.case_number.value_or("-")}}});
  }
  Status advance() const { return advance_(tally.person_count); }
  Tally finish(FileFacts facts) {
    tally.unknown_columns = std::move(facts.unknown_columns);
    std::ranges::stable_sort(tally.findings, {}, &Finding::row);
    std::ranges::sort(tally.bad_households);
    return std::move(tally);
  }

  Tally tally;

 private:
  const Advance& advance_;
};

/// Entries by the person's index.
std::map<std::string, DirectoryEntry> entries_by_index(db::Transaction& tx, const std::vector<std::string>& indexes) {
  std::map<std::string, DirectoryEntry> found;
  for (DirectoryEntry& entry : cases::find_entries(tx, indexes)) found.emplace(entry.citizen_index, std::move(entry));
  return found;
}

class Checker {
 public:
  Checker(db::Transaction& tx, const Surroundings& surroundings, const cases::CaseWorld& world,
          const RegionCode& county, const Advance& advance)
      : tx_(tx), surroundings_(surroundings), world_(world), county_(county), walk_(advance) {}

  Status take(ReadHousehold read) {
    walk_.count(read);
    if (!read.findings.empty()) {
      walk_.refuse_household(read);
      return {};
    }
    batch_.push_back(std::move(read));
    return batch_.size() < kBatch ? Status() : flush();
  }

  Status flush() {
    const Date today = surroundings_.clock.today();
    std::vector<std::string> indexes;
    for (const ReadHousehold& read : batch_) {
      for (const auto& person : read.household.intake.persons) indexes.push_back(index_of(person, today));
    }
    const auto entries = entries_by_index(tx_, indexes);
    auto index = indexes.begin();
    for (ReadHousehold& read : batch_) {
      for (std::size_t person = 0; person < read.lines.size(); ++person, ++index) {
        if (const auto entry = entries.find(*index); entry != entries.end()) {
          Walk::add_conflict(read, person, entry->second);
        }
      }
      if (!read.findings.empty()) {
        walk_.refuse_household(read);
        continue;
      }
      const auto facts = cases::household_facts_of(read.household.intake, county_, today, today);
      walk_.accept(read.household, is_computed(world_, facts, read.household.amount));
    }
    batch_.clear();
    return walk_.advance();
  }

  Result<Tally> finish(FileFacts facts) { return walk_.finish(std::move(facts)); }

 private:
  std::string index_of(const cases::IntakePerson& person, Date today) const {
    const auto number = CitizenNumber::parse(person.citizen_number, today);
    return surroundings_.vault.index(number->reveal(), cases::kCitizenNumberContext).to_text();
  }

  db::Transaction& tx_;
  const Surroundings& surroundings_;
  const cases::CaseWorld& world_;
  const RegionCode& county_;
  Walk walk_;
  std::vector<ReadHousehold> batch_;
};

class Writer {
 public:
  Writer(UseCase& act, const cases::CaseWorld& world, policy::Procedure procedure, const WritePlan& plan,
         const Advance& advance)
      : act_(act), world_(world), procedure_(std::move(procedure)), plan_(plan), walk_(advance) {}

  Status take(ReadHousehold read) {
    walk_.count(read);
    if (!read.findings.empty()) {
      walk_.refuse_household(read);
      return {};
    }
    cases::TakenOverCase taken = cases::take_over(act_, procedure_, read.household.intake, read.household.amount);
    batch_.push_back({std::move(read), std::move(taken)});
    return batch_.size() < kBatch ? Status() : flush();
  }

  /// Enters the members first and then looks who stands where: whoever stands in another case was there before, also
  /// when that case came a moment ago.
  Status flush() {
    std::vector<std::string> indexes;
    for (const Pending& pending : batch_) {
      cases::enter_members(act_.tx, pending.taken.declared.persons);
      for (const PersonRow& person : pending.taken.declared.persons) indexes.push_back(person.citizen_index);
    }
    const auto entries = entries_by_index(act_.tx, indexes);
    std::vector<Pending*> good;
    for (Pending& pending : batch_) {
      const auto& persons = pending.taken.declared.persons;
      for (std::size_t i = 0; i < persons.size(); ++i) {
        const auto entry = entries.find(persons[i].citizen_index);
        // Somebody's former case was closed between the two statements: once more from the beginning.
        if (entry == entries.end()) throw db::DatabaseError(db::ErrorKind::serialization, "person_directory", "");
        if (entry->second.case_id != pending.taken.row.id) Walk::add_conflict(pending.read, i, entry->second);
      }
      if (pending.read.findings.empty()) {
        good.push_back(&pending);
      } else {
        cases::withdraw_members(act_.tx, pending.taken.row.county_code, pending.taken.row.id);
        walk_.refuse_household(pending.read);
      }
    }
    write(good);
    batch_.clear();
    // Each time the tables have grown fourfold, once they are mostly this roster.
    const bool is_fourth = std::has_single_bit(++batches_) && std::countr_zero(batches_) % 2 == 0;
    if (is_fourth && walk_.tally.good_count > cases_before_.value_or(0)) {
      plan_anew(act_.surroundings.database, act_.tx);
    }
    return walk_.advance();
  }

  Result<Tally> finish(FileFacts facts) {
    JZ_TRY_VOID(record());
    // What is asked next, a payment run say, must not wait for PostgreSQL to notice by itself.
    if (walk_.tally.good_count > cases_before_.value_or(0) / 10) plan_anew(act_.surroundings.database, act_.tx);
    return walk_.finish(std::move(facts));
  }

 private:
  struct Pending {
    ReadHousehold read;
    cases::TakenOverCase taken;
  };
  struct Written {
    cases::CaseId id;
    cases::CaseProgramme programme;
    std::int64_t number;
    std::int64_t row;
  };

  void write(const std::vector<Pending*>& good) {
    if (good.empty()) return;
    const std::string county = act_.county.to_text();
    std::int64_t number =
        cases::reserve_case_numbers(act_.tx, county, act_.today.year(), static_cast<std::int64_t>(good.size()));
    if (!cases_before_) cases_before_ = number - 1;
    for (Pending* pending : good) {
      cases::TakenOverCase& taken = pending->taken;
      taken.row.case_number = cases::case_number_of(county, taken.row.programme, act_.today.year(), number++);
      const std::int64_t first_row = pending->read.lines.front().row;
      cases::write_taken_over(act_, taken, note_of(first_row));
      write_benefit(pending->read.household, taken);
      written_.push_back({taken.row.id, taken.row.programme, number - 1, first_row});
    }
  }

  /// At the end, because until the commit nobody else in the county can record anything, which every act does. What is
  /// kept until then is as little as makes the records: whole ones would take more memory than all else.
  Status record() {
    const std::string county = act_.county.to_text();
    std::vector<AuditEntry> entries;
    for (std::size_t i = 0; i < written_.size(); ++i) {
      const Written& each = written_[i];
      const std::string number = cases::case_number_of(county, each.programme, act_.today.year(), each.number);
      entries.push_back(cases::taken_over_entry(each.id, number, note_of(each.row)));
      if (entries.size() < kBatch && i + 1 < written_.size()) continue;
      append_audit(act_.tx, act_.vault(), audit_chain_of(act_.county), act_.actor, act_.now,
                   std::exchange(entries, {}));
      JZ_TRY_VOID(walk_.advance());
    }
    return {};
  }

  std::string note_of(std::int64_t row) const { return plan_.file_name + "#" + std::to_string(row); }

  void write_benefit(const Household& household, const cases::TakenOverCase& taken) {
    const bool is_by_rules = is_computed(world_, taken.facts, household.amount);
    const cases::AccountRow& account = *taken.declared.account;
    std::vector<const PersonRow*> members;
    std::string holder;
    for (std::size_t i = 0; i < taken.declared.persons.size(); ++i) {
      const PersonRow& person = taken.declared.persons[i];
      if (household.is_covered[i]) members.push_back(&person);
      if (person.person_key == account.holder_key) holder = person.name;
    }
    awards::write_award(act_, {.row = taken.row,
                               .amount = household.amount,
                               .basis = is_by_rules ? awards::AmountBasis::computed : awards::AmountBasis::by_person,
                               .kind = awards::AmountKind::taken_over,
                               .first_month = household.first_month,
                               .payable_from = std::max(household.first_month, plan_.payable_from),
                               .review_due_on = household.review_due_on,
                               .members = std::move(members),
                               .account = account,
                               .account_holder = holder});
    walk_.accept(household, is_by_rules);
  }

  UseCase& act_;
  const cases::CaseWorld& world_;
  const policy::Procedure procedure_;
  const WritePlan& plan_;
  Walk walk_;
  std::vector<Pending> batch_;
  std::vector<Written> written_;
  unsigned batches_ = 0;
  std::optional<std::int64_t> cases_before_;  // of this county in this year, which is about right
};

template <class Walker>
Result<Tally> walk(db::Transaction& tx, const cases::CaseWorld& world, const RegionCode& county, Date today,
                   std::string_view bytes, Walker& walker) {
  const Places places(county, places_of(tx, county));
  const AmountLimit limit(*world.rulebook, county, today);
  JZ_TRY(FileFacts facts, read_roster(bytes, places, today, [&](ReadHousehold read) {
           limit.look_at(read);
           return walker.take(std::move(read));
         }));
  JZ_TRY_VOID(walker.flush());
  return walker.finish(std::move(facts));
}

}  // namespace

std::int64_t Tally::bad_row_count() const {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < findings.size(); ++i) count += i == 0 || findings[i].row != findings[i - 1].row;
  return count;
}

Result<Tally> check_roster(db::Transaction& tx, const Surroundings& surroundings, const cases::CaseWorld& world,
                           const RegionCode& county, std::string_view bytes, const Advance& advance) {
  Checker checker(tx, surroundings, world, county, advance);
  return walk(tx, world, county, surroundings.clock.today(), bytes, checker);
}

Result<Tally> write_roster(UseCase& act, const cases::CaseWorld& world, std::string_view bytes, const WritePlan& plan,
                           const Advance& advance) {
  JZ_TRY(policy::Procedure procedure, world.rulebook->procedure_on(act.county.to_text(), act.today));
  Writer writer(act, world, std::move(procedure), plan, advance);
  return walk(act.tx, world, act.county, act.today, bytes, writer);
}

}  // namespace jiuzhu::roster

#include "engines/sieve/name_index.hpp"

#include <string>

#include "base/date.hpp"
#include "engines/sieve/byte_digest.hpp"
#include "engines/sieve/names.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kRegionDigits = 6;

/// That two names have the same is found out when they are compared.
NumberKey hash_of(std::string_view text) {
  const std::uint64_t digest = ByteDigest::of(text);
  return digest == kNoKey ? 0 : digest;
}

}  // namespace

std::optional<CandidateGrade> grade_of(NumberKey key, DayOrMonth birth, std::string_view region) {
  const auto born = static_cast<int>(key / 1000 % 100'000'000);  // yyyymmdd
  std::string issued_in = std::to_string(key / 100'000'000'000);
  issued_in.insert(0, kRegionDigits - std::min(kRegionDigits, issued_in.size()), '0');
  const Date date{std::chrono::sys_days(std::chrono::days(birth.days))};
  const bool is_same_year = born / 10'000 == date.year();
  const bool is_same_month = is_same_year && born / 100 % 100 == date.month();
  const bool is_same_day = is_same_month && born % 100 == date.day() && !birth.is_month;
  const bool is_same_region = region.substr(0, kRegionDigits) == issued_in;
  if (is_same_day && is_same_region) return CandidateGrade::strong;
  if (is_same_day && region.empty()) return CandidateGrade::likely;
  if (is_same_day || (is_same_month && birth.is_month) || (is_same_year && is_same_region)) {
    return CandidateGrade::possible;
  }
  return std::nullopt;
}

NameIndex::NameIndex(const People& people, unsigned threads) : people_(people), entries_(people.size()) {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto person = static_cast<PersonIndex>(i);
    const bool has_birth_date = people.entry(person).key != kNoKey;
    const std::string name = has_birth_date ? comparable_name(people.person(person).name) : "";
    entries_[i] = {
        .key = name.empty() ? kNoKey : hash_of(name), .household = people.entry(person).household, .next = kNobody};
  }
  table_ = KeyTable(entries_, threads);
}

void NameIndex::find(const RegisteredPerson& registered, std::vector<Candidate>& candidates) const {
  candidates.clear();
  const std::string name = comparable_name(registered.name);
  const NumberKey key = hash_of(name);
  if (name.empty() || !table_.may_hold(key)) return;
  PersonIndex person = kNobody;
  table_.find(std::span(&key, 1), &person);
  for (; person != kNobody; person = entries_[person].next) {
    const auto grade = grade_of(people_.entry(person).key, registered.birth, registered.region);
    if (grade && comparable_name(people_.person(person).name) == name) candidates.push_back({person, *grade});
  }
}

}  // namespace jiuzhu::sieve

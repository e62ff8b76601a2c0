#include "workload/citizen_numbers.hpp"

#include <chrono>
#include <cstring>
#include <utility>

namespace jiuzhu::bench::sieve {
namespace {

constexpr std::string_view kRegion = "140399";
constexpr std::uint32_t kOrdersPerDay = 1000;
constexpr std::uint32_t kHalfBits = 13;  // twice that holds 43.8 million
constexpr std::uint32_t kHalfMask = (1U << kHalfBits) - 1;

// GB 11643: weights of the 17 digits, and the check character by the residue of their sum.
constexpr std::uint32_t kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kCheckCharacters = "10X98765432";

std::uint32_t weighted(std::string_view digits, std::size_t from) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i)
    sum += static_cast<std::uint32_t>(digits[i] - '0') * kWeights[from + i];
  return sum;
}

WrittenNumber as_written(std::string_view text) {
  WrittenNumber number;
  std::memcpy(number.text, text.data(), text.size());
  number.length = static_cast<std::uint32_t>(text.size());
  return number;
}

void to_legacy(WrittenNumber& number) {  // without the century and the check character
  std::memmove(number.text + 6, number.text + 8, 9);
  number.length = 15;
}

}  // namespace

CitizenNumbers::CitizenNumbers(std::uint64_t seed, std::uint32_t people, std::string_view word_for_none)
    : people_(people), word_for_none_(word_for_none) {
  using namespace std::chrono;
  for (sys_days day = 1905y / January / 1; day <= sys_days{2024y / December / 31}; day += days{1}) {
    const year_month_day date{day};
    std::string digits = std::to_string(static_cast<unsigned>(static_cast<int>(date.year())) * 10000 +
                                        unsigned{date.month()} * 100 + unsigned{date.day()});
    dates_.insert(dates_.end(), digits.begin(), digits.end());
    weighted_dates_.push_back(weighted(kRegion, 0) + weighted(digits, 6));
  }
  count_ = static_cast<std::uint32_t>(weighted_dates_.size()) * kOrdersPerDay;
  for (std::uint64_t& key : round_keys_) key = seed = mixed(seed);
}

// A Feistel network over 26 bits, walked until the result is in range again: a bijection without a table.
std::uint32_t CitizenNumbers::permuted(std::uint32_t position) const {
  do {
    std::uint32_t left = position >> kHalfBits;
    std::uint32_t right = position & kHalfMask;
    for (const std::uint64_t key : round_keys_) {
      const std::uint32_t scrambled = static_cast<std::uint32_t>(((right ^ key) * 0x9E3779B97F4A7C15U) >> 40);
      left = std::exchange(right, (left ^ scrambled) & kHalfMask);
    }
    position = left << kHalfBits | right;
  } while (position >= count_);
  return position;
}

WrittenNumber CitizenNumbers::complete(std::uint32_t index) const {
  const std::uint32_t day = index / kOrdersPerDay;
  const std::uint32_t order = index % kOrdersPerDay;
  WrittenNumber number = as_written(kRegion);
  std::memcpy(number.text + 6, dates_.data() + std::size_t{day} * 8, 8);
  const std::uint32_t digits[] = {order / 100, order / 10 % 10, order % 10};
  std::uint32_t sum = weighted_dates_[day];
  for (std::size_t i = 0; i < 3; ++i) {
    number.text[14 + i] = static_cast<char>('0' + digits[i]);
    sum += digits[i] * kWeights[14 + i];
  }
  number.text[17] = kCheckCharacters[sum % 11];
  number.length = 18;
  return number;
}

WrittenNumber CitizenNumbers::written(std::uint32_t index, Random& random) const {
  return random.below(1000) < 2 ? malformed(index, random) : written_well(index, random);
}

WrittenNumber CitizenNumbers::written_well(std::uint32_t index, Random& random) const {
  WrittenNumber number = complete(index);
  const std::uint32_t choice = random.below(1000);
  if (choice < 10 && number.text[6] == '1') {  // only the twentieth century had them
    to_legacy(number);
  } else if (choice % 2 == 1 && number.text[17] == 'X') {
    number.text[17] = 'x';
  }
  if (choice >= 990) {
    const std::string before(choice % 3, ' ');
    const std::string after(choice % 2 + (choice % 3 == 0), ' ');
    number = as_written(before + std::string(number.view()) + after);
  }
  return number;
}

// What registers really hold, and what trips a cast to a number: signs, points, exponents.
WrittenNumber CitizenNumbers::malformed(std::uint32_t index, Random& random) const {
  WrittenNumber number = complete(index);
  std::string text(number.view());
  switch (random.below(14)) {
    case 0:
    case 1:
    case 2: {
      const std::size_t right = kCheckCharacters.find(text[17]);
      text[17] = kCheckCharacters[(right + 1 + random.below(10)) % 11];
      break;
    }
    case 3: text.pop_back(); break;
    case 4: text.resize(16); break;
    case 5: text.push_back('0'); break;
    case 6: text[13] = 'O'; break;
    case 7: text.clear(); break;
    case 8: text = "1.40399E+17"; break;  // how spreadsheets save it
    case 9: text.replace(10, 8, "01.5E+12"); break;
    case 10: text[8] = ' '; break;
    case 11: text[0] = random.below(2) == 0 ? '+' : '-'; break;
    case 12: text = text.substr(0, 6) + text.substr(8, 8) + 'X'; break;
    default: text = word_for_none_; break;
  }
  number = as_written(text);
  number.is_malformed = true;
  return number;
}

}  // namespace jiuzhu::bench::sieve

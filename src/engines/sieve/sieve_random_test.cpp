// The engine beside the slow reference (test_reference.hpp), over tables with everything in them that may go wrong; and
// the engine beside itself, over threads, vector widths and places where files are cut.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>

#include "base/enum_text.hpp"
#include "engines/sieve/sieve.hpp"
#include "engines/sieve/test_files.hpp"
#include "engines/sieve/test_reference.hpp"
#include "kernel/identity/citizen_number.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::string_view kRunFile = R"(
title: t
as_of: 2025-06-30
people:
  files: [people-a.csv, people-b.csv]
  columns: {household: hh, person: pp, name: name, number: id, role: role}
  attributes:
    disabled: {column: level, is: [一级, 二级]}
sources:
  vehicles:
    files: vehicles-*.csv
    encoding: gb18030
    columns: {number: owner, name: name, date: on}
    where: {column: kind, not: [摩托车]}
    malformed_most: 100
    show: [kind]
    measures:
      vehicles: count
      price_most: {max: price, type: money}
      price_least: {min: price, type: money}
      last_price: {latest: price, type: money}
      kinds: {distinct: kind, type: text}
      last_kind: {latest: kind, type: text}
      first_kind: {min: kind, type: text}
      new_cars: {count: rows, within_months: 12, where: {column: kind, is: [小型轿车]}}
      first_seen: {min: "on", type: date}
  deposits:
    files: deposits.csv
    separator: ";"
    columns: {number: id, valid_from: from, valid_until: until}
    malformed_most: 100
    measures:
      deposits: {sum: balance, type: money}
      average: {average: balance, type: decimal}
      balances: {distinct: balance, type: decimal}
rules:
  CARS: {when: vehicles >= 2 or price_most > 100, unless: disabled >= 1, result: exceeds}
  NEW: {when: new_cars >= 1 and kinds >= 1, result: clue}
  CHEAP: {when: price_least < 50 and last_price < 60, result: review}
  MONEY: {when: deposits > 30 * members and average > 5, result: exceeds}
  EVERYBODY: {when: balances >= 0 and members + obligors >= 1, result: clue}
  OLD: {when: first_seen < date(2024-01-01), result: clue}
outputs: {households: o.csv, hits: h.csv, malformed: m.csv, statistics: s.json}
)";

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {
    for (int i = 0; i < 12; ++i) {
      const std::string digits = std::string("1403991").append(std::to_string(1'000'000'000 + below(899) * 1'000'003));
      numbers_.push_back(digits + citizen_number_check_character(digits));
    }
  }

  void write(const TestFolder& folder) {
    folder.write("people-a.csv", people());
    folder.write("people-b.csv", people());
    folder.write("vehicles-1.csv", encode_gb18030(vehicles()));
    folder.write("vehicles-2.csv", encode_gb18030(vehicles()));
    folder.write("deposits.csv", deposits());
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool one_in(std::size_t times) { return below(times) == 0; }
  std::string pick(std::initializer_list<const char*> choices) { return *(choices.begin() + below(choices.size())); }

  std::string number() {
    std::string number = numbers_[below(numbers_.size())];
    switch (below(14)) {
      case 0: number.back() = number.back() == '5' ? '6' : '5'; break;
      case 1: number = std::string(1, ' ').append(number) + ' '; break;
      case 2: number = number.substr(0, below(18)); break;
      case 3: number = std::string("140399").append(number, 8, 9); break;
      case 4: number = std::string("1403991991010").append(std::to_string(10'000 + below(9'999))); break;
      case 5:
        if (number.back() == 'X') number.back() = 'x';
        break;
      case 6: number = pick({"", "无", "3.3E+17", "14039919720315011\"", "140399 19720315011X"}); break;
      default: break;
    }
    return number;
  }
  std::string name() { return pick({"赵明远", "赵 明远", "阿依·古丽", "阿依•古丽", "钱,秀", "孙\"英", "李\n四", ""}); }
  std::string amount() {
    return pick({"10", "99.5", "100.01", "0", "-3.25", "45.1", "", "", "7.125", "x1", "12345678.90"});
  }
  std::string date() {
    return pick({"2025-06-30", "2024-06-30", "2024-07-01", "2025-07-01", "2023-02-28", "", "2025-02-30"});
  }

  std::string field(const std::string& text, char separator) {
    const bool needs_quotes = text.find_first_of(std::string("\"\r\n") + separator) != std::string::npos;
    const bool is_harmless =
        !text.starts_with('"') && text.find_first_of(std::string("\r\n") + separator) == std::string::npos;
    if (!needs_quotes && !one_in(4)) return text;
    if (is_harmless && one_in(6)) return text;  // a quote inside means nothing
    std::string quoted = "\"";
    for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"" + (one_in(40) ? "tail" : "");
  }

  std::string row(const std::vector<std::string>& texts, char separator) {
    std::string row;
    const std::size_t size = one_in(25) ? below(texts.size()) + 1 : texts.size();
    for (std::size_t i = 0; i < size; ++i) row += (i > 0 ? std::string(1, separator) : "") + field(texts[i], separator);
    return row + (one_in(5) ? "\r\n" : "\n") + (one_in(20) ? "\n" : "");
  }

  std::string finished(std::string text) {
    if (one_in(4)) text.pop_back();  // no last line end
    return one_in(5) ? text + "\r\n" : text;
  }

  std::string people() {
    std::string text = one_in(3) ? "\xEF\xBB\xBF" : "";
    text += "pp,hh,name,id,role,level\n";
    for (std::size_t i = below(14); i > 0; --i) {
      const std::string household = std::string("H").append(std::to_string(below(6)));
      for (const std::string& one :
           {std::string("P").append(std::to_string(i)), household, name(), number(), pick({"", "obligor", "成员"})}) {
        text += field(one, ',') + ",";
      }
      text += pick({"一级", "三级", "", "二级"}) + "\n";
    }
    return text;
  }
  std::string vehicles() {
    std::string text = one_in(2) ? "kind,owner,name,on,price\n" : "owner,\"price\",name,kind,on\r\n";
    const bool is_first = text.starts_with("kind");
    for (std::size_t i = below(60); i > 0; --i) {
      const std::string kind = pick({"摩托车", "小型轿车", "普通客车", "", "a\"b"});
      const std::string owner = number();
      const std::string on = date();
      const std::string price = amount();
      text += is_first ? row({kind, owner, name(), on, price}, ',') : row({owner, price, name(), kind, on}, ',');
    }
    return finished(text);
  }
  std::string deposits() {
    std::string text = "id;balance;from;until\n";
    for (std::size_t i = below(60); i > 0; --i) text += row({number(), amount(), date(), date()}, ';');
    return finished(text);
  }

  std::mt19937_64 random_;
  std::vector<std::string> numbers_;
};

struct Output {
  Summary summary;
  std::vector<std::string> files;
};

const std::vector<std::string> kFiles{"o.csv", "h.csv", "m.csv", "s.json"};

Output run_in(const TestFolder& folder, const Plan& plan, const Options& options) {
  const auto summary = run(plan, options);
  if (!summary) ADD_FAILURE() << summary.error().key;
  Output output{.summary = summary.value()};
  for (const std::string& name : kFiles) {
    output.files.push_back(folder.read(name));
    std::filesystem::remove(folder.path() / name);
  }
  return output;
}

/// The households' file as the engine wrote it: by household, by column.
std::map<std::string, std::map<std::string, std::string>> households_of(const TestFolder& folder,
                                                                        const std::string& bytes) {
  folder.write("read-back.csv", bytes);
  const reference::Table table = reference::read_table(folder.path() / "read-back.csv", {});
  std::map<std::string, std::map<std::string, std::string>> households;
  for (const reference::Row& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) households[row[0]][table.header[i]] = row[i];
  }
  return households;
}

void expect_agrees(const TestFolder& folder, const Plan& plan, const Output& output) {
  const reference::Result expected = reference::Sieve(plan).run();
  for (std::size_t i = 0; i < expected.counts.size(); ++i) {
    const RowCounts& counts = output.summary.sources[i].counts;
    const reference::Counts found{.rows = counts.rows,
                                  .matched = counts.matched,
                                  .not_ours = counts.not_ours,
                                  .malformed = counts.malformed_all(),
                                  .filtered = counts.filtered};
    EXPECT_EQ(found, expected.counts[i]) << "source " << i << ": rows " << found.rows << "/" << expected.counts[i].rows
                                         << ", matched " << found.matched << "/" << expected.counts[i].matched
                                         << ", malformed " << found.malformed << "/" << expected.counts[i].malformed
                                         << ", filtered " << found.filtered << "/" << expected.counts[i].filtered;
  }
  auto households = households_of(folder, output.files[0]);
  EXPECT_EQ(households.size(), expected.flagged.size());
  for (const auto& [id, rules] : expected.flagged) {
    std::string text;
    for (const Rule& rule : plan.rules) {
      const auto found = rules.find(rule.code);
      if (found == rules.end()) continue;
      text += (text.empty() ? "" : " ") + rule.code + ":" + std::string(enum_text(found->second));
    }
    EXPECT_EQ(households[id]["rules"], text) << id;
    for (const auto& [measure, figure] : expected.figures.at(id))
      EXPECT_EQ(households[id][measure], figure) << id << " " << measure;
  }
}

/// The run in shares, each by itself, joined.
std::optional<Output> run_in_shares(const TestFolder& folder, const Plan& plan, std::uint32_t count,
                                    const Options& options) {
  std::vector<std::string> paths;
  for (std::uint32_t i = 0; i < count; ++i) {
    paths.push_back(folder.path() / std::to_string(i));
    const Status status = run_share(plan, options, {.index = i, .count = count}, paths.back());
    if (!status) ADD_FAILURE() << status.error().key;
  }
  std::ranges::reverse(paths);
  const auto summary = merge(plan, {.threads = 2}, paths);
  if (!summary) {
    EXPECT_EQ(summary.error().key, "sieve.share_begins_elsewhere");
    EXPECT_FALSE(options.scans_before_share);
    return std::nullopt;
  }
  Output output{.summary = summary.value()};
  for (const std::string& name : kFiles) {
    output.files.push_back(folder.read(name));
    std::filesystem::remove(folder.path() / name);
  }
  return output;
}

class SieveOnRandomTables : public testing::TestWithParam<unsigned> {};

TEST_P(SieveOnRandomTables, AgreesWithTheReferenceHoweverItRuns) {
  for (unsigned seed = GetParam() * 25; seed < GetParam() * 25 + 25; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const TestFolder folder;
    Generator(seed).write(folder);
    const Plan plan = folder.plan(std::string(kRunFile));
    const Output first = run_in(folder, plan, {.threads = 1});
    expect_agrees(folder, plan, first);
    for (const Options& options : {Options{.threads = 2, .instructions = Instructions::avx2, .window_bytes = 64},
                                   Options{.threads = 3, .instructions = Instructions::portable, .window_bytes = 100},
                                   Options{.threads = 8, .window_bytes = 17}}) {
      const Output other = run_in(folder, plan, options);
      for (std::size_t i = 0; i < kFiles.size(); ++i) EXPECT_EQ(other.files[i], first.files[i]) << kFiles[i];
    }
    for (const std::uint32_t count : {1U, 2U, 3U, 7U}) {
      for (const bool scans : {true, false}) {
        const auto joined =
            run_in_shares(folder, plan, count, {.threads = 2, .window_bytes = 512, .scans_before_share = scans});
        if (joined) {
          EXPECT_EQ(joined->files, first.files) << count << " shares";
        }
      }
    }
    if (seed % 25 == 0) {
      EXPECT_EQ(run_in(folder, plan, {.threads = 1, .window_bytes = 1}).files, first.files);
    }
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SieveOnRandomTables, testing::Range(0U, 8U));

}  // namespace
}  // namespace jiuzhu::sieve

// Writes the people and the registers that the sieve is measured on, and workload.json, which says what is in them.
//   sieve-workload --size XS|S|M|L [--quoted] [--encoding gb18030] [--hit-share 0.03] [--seed N] FOLDER

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "workload/registers.hpp"

namespace {

using namespace jiuzhu::bench::sieve;

constexpr std::string_view kUsage =
    "usage: sieve-workload --size XS|S|M|L [--quoted] [--encoding utf-8|gb18030] [--hit-share 0.03] [--seed N] "
    "FOLDER\n";

struct Size {
  std::uint32_t people;
  std::uint64_t rows;
};
const std::map<std::string, Size> kSizes = {{"XS", {1'000, 100'000}},
                                            {"S", {100'000, 10'000'000}},
                                            {"M", {1'000'000, 50'000'000}},
                                            {"L", {5'000'000, 200'000'000}}};

struct Order {
  Workload workload;
  std::string size;
  std::string encoding = "utf-8";
};

Order order_from(int count, char** arguments) {
  Order order;
  for (int i = 1; i < count; ++i) {
    const std::string option = arguments[i];
    const auto value = [&]() -> std::string {
      if (++i == count) throw std::invalid_argument(option + " needs a value");
      return arguments[i];
    };
    if (option == "--size") {
      order.size = value();
    } else if (option == "--quoted") {
      order.workload.quotes = CsvFile::Quotes::everywhere;
    } else if (option == "--encoding") {
      order.encoding = value();
    } else if (option == "--hit-share") {
      order.workload.hit_share = std::stod(value());
    } else if (option == "--seed") {
      order.workload.seed = std::stoull(value());
    } else if (option.starts_with("-") || !order.workload.folder.empty()) {
      throw std::invalid_argument("not an option: " + option);
    } else {
      order.workload.folder = option;
    }
  }
  const auto size = kSizes.find(order.size);
  if (size == kSizes.end()) throw std::invalid_argument("--size is XS, S, M or L");
  if (order.workload.folder.empty()) throw std::invalid_argument("FOLDER is missing");
  if (order.encoding != "utf-8" && order.encoding != "gb18030")
    throw std::invalid_argument("encodings: utf-8, gb18030");
  order.workload.people = size->second.people;
  order.workload.rows = size->second.rows;
  return order;
}

/// The longest first, so that all threads end at about the same time.
void run_all(std::vector<std::function<void()>> tasks) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::atomic_flag has_failed;
  const auto work = [&] {
    try {
      for (std::size_t task = next++; task < tasks.size(); task = next++) tasks[task]();
    } catch (const std::exception&) {
      if (!has_failed.test_and_set()) failure = std::current_exception();
      next = tasks.size();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  }
  if (failure) std::rethrow_exception(failure);
}

void write_summary(const Order& order, const WrittenPeople& people, const std::vector<Written>& written) {
  Written all{.bytes = people.bytes};
  std::ostringstream lines;
  for (std::size_t which = 0; which < written.size(); ++which) {
    const Written& one = written[which];
    lines << (which == 0 ? "" : ",\n") << R"(    {"name": ")" << registers()[which].name << R"(", "rows": )" << one.rows
          << R"(, "hits": )" << one.hits << R"(, "malformed": )" << one.malformed << R"(, "bytes": )" << one.bytes
          << "}";
    all.rows += one.rows;
    all.bytes += one.bytes;
  }
  const Workload& workload = order.workload;
  std::ofstream file(workload.folder / "workload.json");
  file << std::boolalpha << "{\n"
       << R"(  "size": ")" << order.size << R"(", "quoted": )" << (workload.quotes == CsvFile::Quotes::everywhere)
       << R"(, "encoding": ")" << order.encoding << R"(", "hit_share": )" << workload.hit_share << R"(, "seed": )"
       << workload.seed << ",\n"
       << R"(  "people": )" << workload.people << R"(, "households": )" << people.households << R"(, "rows": )"
       << all.rows << R"(, "bytes": )" << all.bytes << ",\n"
       << R"(  "registers": [)" << "\n"
       << lines.str() << "\n  ]\n}\n";
  file.close();
  if (!file) throw std::runtime_error("workload.json could not be written");
}

void write(const Order& order) {
  const Workload& workload = order.workload;
  std::filesystem::create_directories(workload.folder);
  // It says that the folder is complete, so it goes first and comes last.
  std::filesystem::remove(workload.folder / "workload.json");
  const Texts texts(order.encoding);
  const CitizenNumbers numbers(workload.seed, workload.people, texts.none());
  std::vector<std::size_t> by_rows(registers().size());
  for (std::size_t i = 0; i < by_rows.size(); ++i) by_rows[i] = i;
  std::ranges::sort(by_rows, std::greater{}, [](std::size_t which) { return registers()[which].percent; });

  std::vector<Written> written(by_rows.size());
  WrittenPeople people;
  std::vector<std::function<void()>> tasks;
  for (const std::size_t which : by_rows)
    tasks.emplace_back([&, which] { written[which] = write_register(which, workload, numbers, texts); });
  tasks.emplace_back([&] { people = write_people(workload, numbers, texts); });
  run_all(std::move(tasks));
  write_summary(order, people, written);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    write(order_from(count, arguments));
    return EXIT_SUCCESS;
  } catch (const std::invalid_argument& error) {
    std::cerr << "sieve-workload: " << error.what() << '\n' << kUsage;
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "sieve-workload: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}

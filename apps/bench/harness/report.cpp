#include "harness/report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <stdexcept>

namespace jiuzhu::bench {
namespace {

/// Four significant digits at least, no more decimals than they need.
std::string text_of(double value) {
  const double size = std::abs(value);
  const int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

std::string limit_text(const Limit& limit, const std::string& unit) {
  return std::string(limit.bound == Bound::at_most ? "<= " : ">= ") + text_of(limit.value) +
         (unit.empty() ? "" : " " + unit);
}

}  // namespace

std::string note_of(const Spread& spread) {
  return "min " + text_of(spread.min) + ", max " + text_of(spread.max) + " of " + std::to_string(spread.count) +
         " rounds";
}

json::Value number(double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return json::OtherNumber{text.data()};
}

Report::Report(std::filesystem::path raw_file, std::string run) : raw_(raw_file, std::ios::app), run_(std::move(run)) {
  if (!raw_) throw std::runtime_error("the file for raw figures cannot be written: " + raw_file.string());
}

void Report::begin_suite(const std::string& name) { suite_ = name; }

void Report::progress(const std::string& text) { std::cerr << "bench: " << suite_ << ": " << text << std::endl; }

void Report::raw(const std::string& name, json::Value fields) {
  json::Value line;
  line.set("run", run_).set("suite", suite_).set("measured", name);
  for (auto& [key, value] : *fields.as_object()) line.set(key, value);
  write_line(std::move(line));
}

void Report::add(Figure figure) {
  json::Value line;
  line.set("run", run_).set("suite", suite_).set("figure", figure.name).set("value", number(figure.value));
  if (!figure.unit.empty()) line.set("unit", figure.unit);
  if (figure.limit) {
    line.set(figure.limit->bound == Bound::at_most ? "at_most" : "at_least", number(figure.limit->value))
        .set("holds", figure.limit->holds_for(figure.value));
  }
  if (!figure.note.empty()) line.set("note", figure.note);
  write_line(std::move(line));
  rows_.push_back({suite_, std::move(figure)});
}

void Report::write_line(json::Value line) { raw_ << json::print(line) << std::endl; }

void Report::print(std::ostream& out) const {
  std::size_t name_width = 0;
  for (const Row& row : rows_) name_width = std::max(name_width, row.figure.name.size());
  std::string suite;
  for (const Row& row : rows_) {
    if (row.suite != suite) out << "\n" << (suite = row.suite) << "\n";
    const Figure& figure = row.figure;
    std::string value = text_of(figure.value) + (figure.unit.empty() ? "" : " " + figure.unit);
    const std::string limit = figure.limit ? limit_text(*figure.limit, figure.unit) : "";
    const char* verdict = !figure.limit ? "" : figure.limit->holds_for(figure.value) ? "holds" : "MISSED";
    std::array<char, 400> line{};
    std::snprintf(line.data(), line.size(), "  %-*s  %14s  %-14s %-7s %s", static_cast<int>(name_width),
                  figure.name.c_str(), value.c_str(), limit.c_str(), verdict, figure.note.c_str());
    std::string text = line.data();
    text.erase(text.find_last_not_of(' ') + 1);
    out << text << "\n";
  }
  out << std::flush;
}

bool Report::do_all_limits_hold() const {
  return std::ranges::all_of(
      rows_, [](const Row& row) { return !row.figure.limit || row.figure.limit->holds_for(row.figure.value); });
}

}  // namespace jiuzhu::bench

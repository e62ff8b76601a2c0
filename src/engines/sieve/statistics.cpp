#include "engines/sieve/statistics.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "platform/json/value.hpp"

namespace jiuzhu::sieve {
namespace {

json::Value number(std::uint64_t count) { return static_cast<std::int64_t>(count); }

template <class Count>
json::Value by_kind(Count count) {
  json::Value kinds(json::Value::Object{});
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Malformed>>([&](auto kind) {
    if (const std::uint64_t found = count(kind.value); found > 0) kinds.set(kind.name, number(found));
  });
  return kinds;
}

json::Value of_people(const Summary& summary, const People& people) {
  json::Value value;
  value.set("households", number(summary.households));
  value.set("persons", number(summary.persons));
  value.set("malformed", by_kind([&](Malformed kind) {
              std::uint64_t found = 0;
              for (const auto& one : people.malformed()) found += one.kind == kind ? 1U : 0U;
              return found;
            }));
  return value;
}

json::Value of_source(const SourceSummary& source) {
  const RowCounts& counts = source.counts;
  json::Value value;
  value.set("source", source.name);
  value.set("title", source.title);
  value.set("rows", number(counts.rows));
  value.set("matched", number(counts.matched));
  value.set("not_ours", number(counts.not_ours));
  value.set("malformed", number(counts.malformed_all()));
  value.set("filtered", number(counts.filtered));
  value.set("other_names", number(counts.other_names));
  value.set("malformed_by_kind",
            by_kind([&](Malformed kind) { return counts.malformed[static_cast<std::size_t>(kind)]; }));
  return value;
}

json::Value of_rule(const RuleSummary& rule) {
  json::Value value;
  value.set("rule", rule.code);
  value.set("title", rule.title);
  value.set("exceeds", number(rule.exceeds));
  value.set("clue", number(rule.clue));
  value.set("review", number(rule.review));
  return value;
}

template <class Items, class Of>
json::Value list(const Items& items, Of of) {
  json::Value::Array values;
  for (const auto& item : items) values.push_back(of(item));
  return values;
}

}  // namespace

std::string statistics_text(const Plan& plan, const Summary& summary, const People& people) {
  json::Value value;
  value.set("title", plan.title);
  value.set("as_of", plan.as_of.to_text());
  value.set("people", of_people(summary, people));
  value.set("flagged", number(summary.flagged));
  value.set("sources", list(summary.sources, of_source));
  value.set("rules", list(summary.rules, of_rule));
  return json::print_pretty(value) + "\n";
}

}  // namespace jiuzhu::sieve

#include "engines/sieve/figures.hpp"

#include <boost/mp11.hpp>

namespace jiuzhu::sieve {

FigureNames figure_names(const Plan& plan) {
  FigureNames names;
  int place = 0;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<BuiltInFigure>>(
      [&](auto figure) { names.emplace(figure.name, place++); });
  for (const Attribute& attribute : plan.people.attributes) names.emplace(attribute.name, place++);
  for (const Source& source : plan.sources) {
    for (const Measure& measure : source.measures) names.emplace(measure.name, place++);
  }
  return names;
}

int figure_count(const Plan& plan) {
  std::size_t count = kBuiltInFigures + plan.people.attributes.size();
  for (const Source& source : plan.sources) count += source.measures.size();
  return static_cast<int>(count);
}

}  // namespace jiuzhu::sieve

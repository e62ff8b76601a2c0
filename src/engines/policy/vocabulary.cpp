#include "engines/policy/vocabulary.hpp"

#include "base/assert.hpp"
#include "engines/policy/facts.hpp"

namespace jiuzhu::policy {
namespace {

constexpr SlotWord boolean(std::string_view name, Scope scope) {
  return {name, ValueType::boolean, SymbolGroup::none, scope};
}
constexpr SlotWord number(std::string_view name, Scope scope) {
  return {name, ValueType::number, SymbolGroup::none, scope};
}
constexpr SlotWord symbol(std::string_view name, SymbolGroup group, Scope scope) {
  return {name, ValueType::symbol, group, scope};
}

constexpr Scope kHousehold = Scope::household;
constexpr Scope kPerson = Scope::person;
constexpr Scope kObligor = Scope::obligor;
constexpr Scope kAsset = Scope::asset;

// In the order of enum Slot.
constexpr std::array<SlotWord, kSlots> kWords{
    symbol("programme", SymbolGroup::programme, kHousehold),
    number("persons", kHousehold),
    number("standard_month", kHousehold),
    boolean("severe_member", kHousehold),
    boolean("single_application", kHousehold),
    boolean("mixed_registration", kHousehold),
    boolean("marginal_family", kHousehold),
    boolean("hardship_family", kHousehold),
    boolean("household_eligible", kHousehold),
    number("long_common_residence_months", kHousehold),
    boolean("exclude_conscripts", kHousehold),
    boolean("exclude_drug_treatment", kHousehold),
    boolean("exclude_missing", kHousehold),
    boolean("exclude_serving_outside_prison", kHousehold),
    boolean("exclude_destitute_recipients", kHousehold),
    boolean("exempt_necessities", kHousehold),
    boolean("residence_permit_applications", kHousehold),
    symbol("relation", SymbolGroup::relation, kPerson),
    number("age", kPerson),
    boolean("lives_apart", kPerson),
    boolean("cannot_live_independently", kPerson),
    boolean("studying", kPerson),
    symbol("study_level", SymbolGroup::study_level, kPerson),
    boolean("full_time", kPerson),
    boolean("legal_duty", kPerson),
    number("common_residence_months", kPerson),
    number("years_religious_away", kPerson),
    number("years_religious_venue", kPerson),
    boolean("in_prison", kPerson),
    boolean("in_reeducation", kPerson),
    boolean("serving_outside_prison", kPerson),
    boolean("in_drug_treatment", kPerson),
    boolean("declared_missing", kPerson),
    boolean("conscript", kPerson),
    boolean("destitute_recipient", kPerson),
    boolean("deceased", kPerson),
    boolean("disabled", kPerson),
    symbol("disability_class", SymbolGroup::disability_class, kPerson),
    number("disability_grade", kPerson),
    boolean("severe_disability", kPerson),
    boolean("intellectual_or_mental", kPerson),
    boolean("serious_illness", kPerson),
    symbol("labour_capacity", SymbolGroup::labour_capacity, kPerson),
    boolean("employed", kPerson),
    boolean("cannot_find_work", kPerson),
    boolean("registered_separately", kPerson),
    boolean("registered_here", kPerson),
    boolean("registered_in_city", kPerson),
    symbol("registration_class", SymbolGroup::registration_class, kPerson),
    boolean("urban_conditions", kPerson),
    boolean("no_benefit_certificate", kPerson),
    boolean("residence_permit", kPerson),
    symbol("obligor_relation", SymbolGroup::obligor_relation, kObligor),
    number("obligor_age", kObligor),
    boolean("obligor_adult", kObligor),
    boolean("obligor_deceased", kObligor),
    boolean("obligor_unavailable", kObligor),
    boolean("obligor_able", kObligor),
    boolean("raised", kObligor),
    boolean("nearer_kin_dead_or_unable", kObligor),
    number("obligor_per_capita", kObligor),
    number("obligor_household_size", kObligor),
    number("persons_supported", kObligor),
    number("sharing", kObligor),
    boolean("obligor_property_within_rule", kObligor),
    symbol("asset_class", SymbolGroup::asset_class, kAsset),
    symbol("asset_use", SymbolGroup::asset_use, kAsset),
    number("asset_area", kAsset),
};

template <class E>
std::optional<int> symbol_of(std::string_view name) {
  const auto found = enum_named<E>(name);
  return found ? std::optional<int>(static_cast<int>(*found)) : std::nullopt;
}

}  // namespace

const SlotWord& word_of(Slot slot) { return kWords.at(static_cast<std::size_t>(slot)); }

std::optional<Slot> slot_named(std::string_view name) {
  for (std::size_t i = 0; i < kSlots; ++i) {
    if (kWords.at(i).name == name) return static_cast<Slot>(i);
  }
  return std::nullopt;
}

std::optional<int> symbol_named(SymbolGroup group, std::string_view name) {
  switch (group) {
    case SymbolGroup::none: return std::nullopt;
    case SymbolGroup::programme: return symbol_of<Programme>(name);
    case SymbolGroup::relation: return symbol_of<Relation>(name);
    case SymbolGroup::study_level: return symbol_of<StudyLevel>(name);
    case SymbolGroup::disability_class: return symbol_of<DisabilityClass>(name);
    case SymbolGroup::labour_capacity: return symbol_of<LabourCapacity>(name);
    case SymbolGroup::registration_class: return symbol_of<RegistrationClass>(name);
    case SymbolGroup::obligor_relation: return symbol_of<ObligorRelation>(name);
    case SymbolGroup::asset_class: return symbol_of<AssetClass>(name);
    case SymbolGroup::asset_use: return symbol_of<AssetUse>(name);
  }
  return std::nullopt;
}

std::string_view symbol_text(SymbolGroup group, int symbol) {
  switch (group) {
    case SymbolGroup::none: return "";
    case SymbolGroup::programme: return name_of(static_cast<Programme>(symbol));
    case SymbolGroup::relation: return name_of(static_cast<Relation>(symbol));
    case SymbolGroup::study_level: return name_of(static_cast<StudyLevel>(symbol));
    case SymbolGroup::disability_class: return name_of(static_cast<DisabilityClass>(symbol));
    case SymbolGroup::labour_capacity: return name_of(static_cast<LabourCapacity>(symbol));
    case SymbolGroup::registration_class: return name_of(static_cast<RegistrationClass>(symbol));
    case SymbolGroup::obligor_relation: return name_of(static_cast<ObligorRelation>(symbol));
    case SymbolGroup::asset_class: return name_of(static_cast<AssetClass>(symbol));
    case SymbolGroup::asset_use: return name_of(static_cast<AssetUse>(symbol));
  }
  return "";
}

std::string Value::to_text() const {
  if (!known) return "unknown";
  switch (type) {
    case ValueType::boolean: return truth ? "yes" : "no";
    case ValueType::number: return number.to_text();
    case ValueType::symbol: return std::string(symbol_text(group, symbol));
  }
  return "";
}

Slots::Slots() {
  for (std::size_t i = 0; i < kSlots; ++i) values_.at(i) = Value::unknown(kWords.at(i).type, kWords.at(i).group);
}

void Slots::forget(Slot slot) { set(slot, Value::unknown(word_of(slot).type, word_of(slot).group)); }

}  // namespace jiuzhu::policy

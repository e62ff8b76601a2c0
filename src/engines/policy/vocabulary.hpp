#pragma once
// The words that a condition in policy/ may use: each is a slot with a type and a scope, filled from the facts before a
// rule runs. The list is closed, so that a misspelt word in a rule file is an error at load time, with line and column.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engines/policy/rational.hpp"
#include "engines/policy/words.hpp"

namespace jiuzhu::policy {

enum class ValueType : std::uint8_t { boolean, number, symbol };

/// Which enumeration a symbol belongs to; comparing a relation with a study level does not compile.
enum class SymbolGroup : std::uint8_t {
  none,
  programme,
  relation,
  study_level,
  disability_class,
  labour_capacity,
  registration_class,
  obligor_relation,
  asset_class,
  asset_use
};

/// Money is in yuan, as in the texts of law; times are in the unit that the name says.
enum class Slot : std::uint8_t {
  // the household and its parameters
  programme,
  persons,
  standard_month,
  severe_member,
  single_application,
  mixed_registration,
  marginal_family,
  hardship_family,
  household_eligible,
  long_common_residence_months,
  exclude_conscripts,
  exclude_drug_treatment,
  exclude_missing,
  exclude_serving_outside_prison,
  exclude_destitute_recipients,
  exempt_necessities,
  residence_permit_applications,
  // a person
  relation,
  age,
  lives_apart,
  cannot_live_independently,
  studying,
  study_level,
  full_time,
  legal_duty,
  common_residence_months,
  years_religious_away,
  years_religious_venue,
  in_prison,
  in_reeducation,
  serving_outside_prison,
  in_drug_treatment,
  declared_missing,
  conscript,
  destitute_recipient,
  deceased,
  disabled,
  disability_class,
  disability_grade,
  severe_disability,
  intellectual_or_mental,
  serious_illness,
  labour_capacity,
  employed,
  cannot_find_work,
  registered_separately,
  registered_here,
  registered_in_city,
  registration_class,
  urban_conditions,
  no_benefit_certificate,
  residence_permit,
  // an obligor; the person slots then describe the supported member
  obligor_relation,
  obligor_age,
  obligor_adult,
  obligor_deceased,
  obligor_unavailable,
  obligor_able,
  raised,
  nearer_kin_dead_or_unable,
  obligor_per_capita,
  obligor_household_size,
  persons_supported,
  sharing,
  obligor_property_within_rule,
  // an asset
  asset_class,
  asset_use,
  asset_area,
  count
};
inline constexpr std::size_t kSlots = static_cast<std::size_t>(Slot::count);

enum class Scope : std::uint8_t { household = 1, person = 2, obligor = 4, asset = 8 };
using Scopes = std::uint8_t;
constexpr Scopes operator|(Scope a, Scope b) {
  return static_cast<Scopes>(static_cast<Scopes>(a) | static_cast<Scopes>(b));
}
constexpr Scopes operator|(Scopes a, Scope b) { return static_cast<Scopes>(a | static_cast<Scopes>(b)); }
inline constexpr Scopes kHouseholdScope = static_cast<Scopes>(Scope::household);
inline constexpr Scopes kPersonScopes = Scope::household | Scope::person;
inline constexpr Scopes kObligorScopes = Scope::household | Scope::person | Scope::obligor;
inline constexpr Scopes kAssetScopes = Scope::household | Scope::asset;

struct SlotWord {
  std::string_view name;
  ValueType type;
  SymbolGroup group;
  Scope scope;
};

const SlotWord& word_of(Slot slot);
std::optional<Slot> slot_named(std::string_view name);
std::optional<int> symbol_named(SymbolGroup group, std::string_view name);
std::string_view symbol_text(SymbolGroup group, int symbol);

/// What a slot holds, or an expression yields. `known` false means that nobody established it.
struct Value {
  ValueType type = ValueType::boolean;
  SymbolGroup group = SymbolGroup::none;
  bool known = false;
  bool truth = false;
  int symbol = 0;
  Rational number;

  static Value of(bool value) { return {.type = ValueType::boolean, .known = true, .truth = value}; }
  static Value of(Truth value) {
    return {.type = ValueType::boolean, .known = value != Truth::unknown, .truth = value == Truth::yes};
  }
  static Value of(std::optional<bool> value) { return of(truth_of(value)); }
  static Value of(Rational value) { return {.type = ValueType::number, .known = true, .number = value}; }
  static Value unknown(ValueType type, SymbolGroup group = SymbolGroup::none) { return {.type = type, .group = group}; }
  Truth as_truth() const { return !known ? Truth::unknown : truth_of(truth); }
  std::string to_text() const;
};

/// All slots of one evaluation; unknown until set.
class Slots {
 public:
  Slots();
  void set(Slot slot, Value value) { values_[static_cast<std::size_t>(slot)] = value; }
  void set(Slot slot, bool value) { set(slot, Value::of(value)); }
  void set(Slot slot, Truth value) { set(slot, Value::of(value)); }
  void set(Slot slot, std::optional<bool> value) { set(slot, Value::of(value)); }
  void set(Slot slot, int value) { set(slot, Value::of(Rational(value))); }
  void set(Slot slot, const Rational& value) { set(slot, Value::of(value)); }
  /// A symbol of the slot's own group, by enumerator.
  template <class E>
    requires std::is_enum_v<E>
  void set_symbol(Slot slot, E value) {
    set(slot,
        Value{
            .type = ValueType::symbol, .group = word_of(slot).group, .known = true, .symbol = static_cast<int>(value)});
  }
  void forget(Slot slot);
  const Value& operator[](Slot slot) const { return values_[static_cast<std::size_t>(slot)]; }

 private:
  std::array<Value, kSlots> values_;
};

}  // namespace jiuzhu::policy

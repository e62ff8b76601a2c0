// Who counts as a co-living family member: DB-2012/5, DB-2021/7. The lists are in the packs; here is only how they are
// read: a person counts when some inclusion holds and no exclusion does.

#include "engines/policy/workings.hpp"

namespace jiuzhu::policy {
namespace {

struct StateReading {
  Truth active = Truth::no;
  std::optional<Date> since;
};

StateReading read_state(const MemberFacts& member, PersonState state, Date on) {
  StateReading reading;
  for (const StateFacts& entry : member.states) {
    if (entry.state != state) continue;
    if ((entry.from && on < *entry.from) || (entry.until && *entry.until <= on)) continue;
    reading.active = Truth::yes;
    reading.since = entry.from;
  }
  return reading;
}

/// Completed years in the state; unknown when it holds since nobody knows when (A-08: three years exactly are
/// "within").
Value years_in(const MemberFacts& member, PersonState state, Date on) {
  const StateReading reading = read_state(member, state, on);
  if (reading.active == Truth::no) return Value::of(Rational(0));
  if (!reading.since) return Value::unknown(ValueType::number);
  return Value::of(Rational(age_on(*reading.since, on)));
}

int months_between(Date from, Date to) {
  int months = to.month_of().index() - from.month_of().index();
  if (from.plus_months(months) > to) --months;
  return months;
}

/// Kin who owe support by the mere relation (CC-2020/1059, 1067; ML-2001/20, 21). Further kin only under conditions,
/// which an investigator establishes.
Truth duty_by_relation(Relation relation) {
  switch (relation) {
    case Relation::self:
    case Relation::spouse:
    case Relation::child:
    case Relation::adopted_child:
    case Relation::parent:
    case Relation::adoptive_parent: return Truth::yes;
    case Relation::child_in_law:
    case Relation::parent_in_law: return Truth::no;
    case Relation::stepchild:
    case Relation::stepparent:
    case Relation::grandparent:
    case Relation::grandchild:
    case Relation::sibling:
    case Relation::other: return Truth::unknown;
  }
  return Truth::unknown;
}

Truth cannot_live_independently(const MemberFacts& member) {
  if (member.lives_independently) return truth_of(!*member.lives_independently);
  if (member.labour_capacity == LabourCapacity::none) return Truth::yes;
  if (member.labour_capacity == LabourCapacity::full) return Truth::no;
  return Truth::unknown;
}

void fill_registration(Slots& slots, const MemberFacts& member, const HouseholdFacts& facts) {
  if (member.registration) {
    const RegistrationFacts& registration = *member.registration;
    slots.set(Slot::registered_here, registration.region.starts_with(facts.region));
    slots.set(Slot::registered_in_city, registration.region.starts_with(facts.region.substr(0, 4)));
    slots.set_symbol(Slot::registration_class, registration.registration_class);
    slots.set(Slot::urban_conditions, registration.urban_conditions);
  }
  slots.set(Slot::registered_separately, member.registered_separately);
  slots.set(Slot::no_benefit_certificate, member.no_benefit_certificate);
  slots.set(Slot::residence_permit, member.residence_permit);
}

void fill_states(Slots& slots, const MemberFacts& member, Date on) {
  const auto active = [&](PersonState state) { return read_state(member, state, on).active; };
  slots.set(Slot::years_religious_away, years_in(member, PersonState::religious_staff_away, on));
  slots.set(Slot::years_religious_venue, years_in(member, PersonState::religious_staff_in_venue, on));
  slots.set(Slot::in_prison, active(PersonState::in_prison));
  slots.set(Slot::in_reeducation, active(PersonState::in_reeducation_through_labour));
  slots.set(Slot::serving_outside_prison, active(PersonState::serving_outside_prison));
  slots.set(Slot::in_drug_treatment, active(PersonState::in_compulsory_drug_treatment));
  slots.set(Slot::declared_missing, active(PersonState::declared_missing));
  slots.set(Slot::conscript, active(PersonState::conscript));
  slots.set(Slot::destitute_recipient, active(PersonState::destitute_support_recipient));
  slots.set(Slot::deceased, active(PersonState::deceased));
}

void fill_health(Slots& slots, const MemberFacts& member) {
  slots.set(Slot::disabled, member.disability.has_value());
  slots.set(Slot::disability_grade, member.disability ? member.disability->grade : 0);
  slots.set(Slot::severe_disability, member.disability && member.disability->grade <= 2);
  slots.set(Slot::intellectual_or_mental, false);
  if (member.disability) {
    const DisabilityClass disability = member.disability->disability_class;
    slots.set_symbol(Slot::disability_class, disability);
    if (disability == DisabilityClass::intellectual || disability == DisabilityClass::mental) {
      slots.set(Slot::intellectual_or_mental, true);
    }
    // A certificate for several disabilities does not say which they are.
    if (disability == DisabilityClass::multiple) slots.forget(Slot::intellectual_or_mental);
  }
  slots.set(Slot::serious_illness, member.serious_illness);
  if (member.labour_capacity) slots.set_symbol(Slot::labour_capacity, *member.labour_capacity);
  slots.set(Slot::employed, member.employed);
  slots.set(Slot::cannot_find_work, member.cannot_find_work);
}

Slots person_slots(const Workings& workings, const MemberFacts& member) {
  const HouseholdFacts& facts = workings.facts;
  Slots slots = workings.household;
  slots.set_symbol(Slot::relation, member.relation);
  slots.set(Slot::age, age_on(member.birth_date, facts.date));
  slots.set(Slot::lives_apart, member.lives_apart);
  slots.set(Slot::cannot_live_independently, cannot_live_independently(member));
  slots.set(Slot::studying, member.study.has_value());
  if (member.study) {
    slots.set_symbol(Slot::study_level, member.study->level);
    slots.set(Slot::full_time, member.study->full_time);
  }
  slots.set(Slot::legal_duty, member.legal_duty ? truth_of(*member.legal_duty) : duty_by_relation(member.relation));
  if (member.lives_apart) {
    slots.set(Slot::common_residence_months, 0);
  } else if (member.common_residence_since) {
    slots.set(Slot::common_residence_months, months_between(*member.common_residence_since, facts.date));
  }
  fill_states(slots, member, facts.date);
  fill_health(slots, member);
  fill_registration(slots, member, facts);
  return slots;
}

/// Members are resolved from the applicant outwards: a daughter-in-law counts as the spouse of a son who is listed.
Truth anchor_listed(const Workings& workings, const MemberFacts& member) {
  if (!member.relative_to) return Truth::yes;
  const MemberState* anchor = workings.member(*member.relative_to);
  return anchor ? anchor->listed : Truth::no;
}

struct Judgement {
  Basis basis;
  Observations observations;
};

Judgement judge(Workings& workings, MemberState& state) {
  const RulePack& pack = *workings.rules.pack;
  const bool is_applicant = state.facts->relation == Relation::self;
  if (workings.is_single() && !is_applicant) {
    state.listed = Truth::no;
    state.counted = Truth::no;
    return {workings.basis_of(pack.step(Step::other_member_of_single_application)), {}};
  }
  RuleMatch inclusion = first_match(pack.section(Section::member_inclusions), state.slots);
  const Truth anchor = anchor_listed(workings, *state.facts);
  state.listed = both(inclusion.holds, anchor);
  const RuleMatch exclusion = first_match(pack.section(Section::member_exclusions), state.slots);
  state.counted = both(state.listed, opposite(exclusion.holds));
  workings.use_of(inclusion.observations);
  workings.use_of(exclusion.observations);
  if (exclusion.holds == Truth::yes || (state.listed == Truth::yes && exclusion.holds == Truth::unknown)) {
    return {workings.basis_of(*exclusion.rule, exclusion.observations), exclusion.observations};
  }
  if (state.listed == Truth::no) {
    return {workings.basis_of(pack.step(Step::not_a_listed_member)), inclusion.observations};
  }
  return {workings.basis_of(*inclusion.rule, inclusion.observations), inclusion.observations};
}

int chain_length(const Workings& workings, const MemberFacts& member) {
  int length = 0;
  for (const MemberFacts* step = &member; step && step->relative_to; ++length) {
    const MemberState* anchor = workings.member(*step->relative_to);
    step = anchor ? anchor->facts : nullptr;
  }
  return length;
}

void fill_household_of_members(Workings& workings) {
  bool has_agricultural = false;
  bool has_other = false;
  Truth severe = Truth::no;
  for (const MemberState& state : workings.members) {
    if (state.counted == Truth::no) continue;
    const bool is_severe = state.slots[Slot::severe_disability].truth || state.facts->serious_illness;
    severe = either(severe, is_severe ? state.counted : Truth::no);
    if (!state.facts->registration) continue;
    const RegistrationClass registered = state.facts->registration->registration_class;
    has_agricultural = has_agricultural || registered == RegistrationClass::agricultural;
    has_other = has_other || registered == RegistrationClass::non_agricultural;
  }
  const auto set = [&](Slots& slots) {
    slots.set(Slot::severe_member, severe);
    slots.set(Slot::mixed_registration, has_agricultural && has_other);
    if (workings.persons_least == workings.persons_most) slots.set(Slot::persons, workings.persons_least);
  };
  set(workings.household);
  for (MemberState& state : workings.members) set(state.slots);
}

}  // namespace

void resolve_members(Workings& workings) {
  const HouseholdFacts& facts = workings.facts;
  workings.members.resize(facts.members.size());
  workings.decision.members.resize(facts.members.size());
  for (std::size_t i = 0; i < facts.members.size(); ++i) {
    workings.members[i].facts = &facts.members[i];
    workings.members[i].slots = person_slots(workings, facts.members[i]);
  }
  std::vector<std::size_t> order(facts.members.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return chain_length(workings, facts.members[i]); });
  for (const std::size_t i : order) {
    MemberState& state = workings.members[i];
    const MemberFacts& member = facts.members[i];
    Judgement judgement = judge(workings, state);
    if (state.counted == Truth::yes) ++workings.persons_least;
    if (state.counted != Truth::no) ++workings.persons_most;
    workings.trace("members", "/members/" + std::to_string(i), judgement.basis, name_of(state.counted),
                   judgement.observations);
    if (state.counted == Truth::unknown) {
      workings.open_question(judgement.basis.reason, judgement.basis.missing);
    }
    workings.decision.members[i] = {member.key, member.label, member.relation, state.counted,
                                    std::move(judgement.basis)};
  }
  fill_household_of_members(workings);
}

}  // namespace jiuzhu::policy

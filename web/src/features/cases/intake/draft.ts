// An application while it is typed: flat, with '' for what is not there yet, and its way to the body that is sent.
// People stand in the order in which they are sent (members, then obligors), so that the server's pointers find their
// fields again.
import type { Schema } from '@/shared/api';
import { plainAmount } from '@/shared/forms/amount';
import { readCitizenNumber } from './citizen-number';

type Or<Value> = Value | '';
type Known = boolean | undefined;

export interface PersonDraft {
  key: string;
  name: string;
  citizen_number: string;
  phone: string;
  authorised_on: string;
  authorised_by: string;
}

export interface StateDraft { state: Or<Schema<'PersonState'>>; from: string; until: string }

export interface MemberDraft extends PersonDraft {
  relation: Or<Schema<'Relation'>>;
  registered_here: Known;
  registration_region: string;
  registration_class: Or<Schema<'RegistrationClass'>>;
  urban_conditions: Known;
  residence_permit: Known;
  no_benefit_certificate: Known;
  registered_separately: Known;
  lives_apart: boolean;
  common_residence_since: string;
  lives_independently: Known;
  labour_capacity: Or<Schema<'LabourCapacity'>>;
  employed: Known;
  cannot_find_work: Known;
  study_level: Or<Schema<'StudyLevel'>>;
  full_time: Known;
  disability_class: Or<Schema<'DisabilityClass'>>;
  disability_grade: Or<'1' | '2' | '3' | '4'>;
  serious_illness: boolean;
  states: StateDraft[];
}

export interface ObligorDraft extends PersonDraft {
  supports: string;
  relation: Or<Schema<'ObligorRelation'>>;
  deceased: boolean;
  unavailable: Known;
  able: Known;
  raised: Known;
  household_size: string;
  household_income_month: string;
  persons_supported: string;
  property_within_rule: Known;
}

export interface IncomeDraft {
  kind: Or<Schema<'IncomeKind'>>;
  member: string;
  amount: string;
  period: Schema<'IncomePeriod'>;
  from: string;
  until: string;
  received_on: string;
  from_obligor: string;
}
export interface DeductionDraft {
  kind: Or<Schema<'DeductionKind'>>;
  member: string;
  amount: string;
  period: Schema<'IncomePeriod'>;
  paid_on: string;
}
export interface PropertyDraft {
  asset_class: Or<Schema<'AssetClass'>>;
  member: string;
  use: Schema<'AssetUse'>;
  value: string;
  area: string;
}
export interface HandlerDraft { person: string; handler_name: string; handler_post: string; handler: string; relation_code: string }

export interface MoneyDraft {
  incomes: IncomeDraft[];
  deductions: DeductionDraft[];
  property: PropertyDraft[];
}

export interface Draft extends MoneyDraft {
  programme: Or<Schema<'CaseProgramme'>>;
  region: string;
  unit: Schema<'ApplicationUnit'>;
  hardship_family: Known;
  entrusted_to: string;
  members: MemberDraft[];
  obligors: ObligorDraft[];
  has_handler_kin: Known;
  handlers: HandlerDraft[];
  account: { kind: Or<Schema<'AccountKind'>>; number: string; holder: string; bank: string };
  promise_given: boolean;
}

const person = (key: string): PersonDraft => ({ key, name: '', citizen_number: '', phone: '', authorised_on: '', authorised_by: '' });

/** The first key of its kind that is free: m1, m2 … */
function freeKey(start: 'm' | 'o', taken: readonly { key: string }[]): string {
  let number = taken.length + 1;
  while (taken.some((each) => each.key === `${start}${number}`)) number++;
  return `${start}${number}`;
}

export function newMember(taken: readonly MemberDraft[]): MemberDraft {
  return {
    ...person(freeKey('m', taken)), relation: taken.length === 0 ? 'self' : '', registered_here: undefined, registration_region: '',
    registration_class: '', urban_conditions: undefined, residence_permit: undefined, no_benefit_certificate: undefined,
    registered_separately: undefined, lives_apart: false, common_residence_since: '', lives_independently: undefined, labour_capacity: '',
    employed: undefined, cannot_find_work: undefined, study_level: '', full_time: undefined, disability_class: '', disability_grade: '',
    serious_illness: false, states: [],
  };
}

export function newObligor(taken: readonly ObligorDraft[]): ObligorDraft {
  return {
    ...person(freeKey('o', taken)), supports: '', relation: '', deceased: false, unavailable: undefined, able: undefined, raised: undefined,
    household_size: '', household_income_month: '', persons_supported: '', property_within_rule: undefined,
  };
}

export const newIncome = (): IncomeDraft => ({ kind: '', member: '', amount: '', period: 'month', from: '', until: '', received_on: '', from_obligor: '' });
export const newDeduction = (): DeductionDraft => ({ kind: '', member: '', amount: '', period: 'month', paid_on: '' });
export const newProperty = (): PropertyDraft => ({ asset_class: '', member: '', use: 'ordinary', value: '', area: '' });
export const newHandler = (): HandlerDraft => ({ person: '', handler_name: '', handler_post: '', handler: '', relation_code: '' });

export function newDraft(): Draft {
  return {
    programme: '', region: '', unit: 'household', hardship_family: undefined, entrusted_to: '', members: [newMember([])], obligors: [],
    incomes: [], deductions: [], property: [], has_handler_kin: undefined, handlers: [],
    account: { kind: '', number: '', holder: '', bank: '' }, promise_given: false,
  };
}

/** Whether somebody has begun to type. */
export const isBegun = (draft: Draft): boolean => JSON.stringify({ ...draft, region: '' }) !== JSON.stringify({ ...newDraft(), region: '' });

/** Leaves out what is '' or unknown, so that absent stays absent. */
function filled<Body extends object>(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== '' && value !== undefined)) as Body;
}

const count = (text: string): number | undefined => (/^\d+$/.test(text.trim()) ? Number(text.trim()) : undefined);

function sentPerson(draft: PersonDraft, role: Schema<'PersonRole'>): Schema<'IntakePerson'> {
  return filled({
    key: draft.key, role, name: draft.name.trim(), citizen_number: draft.citizen_number.trim(), phone: draft.phone.trim(),
    authorised_on: draft.authorised_on, authorised_by: draft.authorised_by.trim(),
  });
}

function sentMember(draft: MemberDraft, region: string, today: string): Schema<'MemberFacts'> {
  const home = draft.registered_here ? region.slice(0, 6) : draft.registration_region.trim();
  return filled({
    key: draft.key,
    relation: draft.relation || 'other',
    // The server takes it from the number; the document wants one.
    birth_date: readCitizenNumber(draft.citizen_number, today).birthDate ?? today,
    registration: home ? filled({ region: home, registration_class: draft.registration_class || 'unified', urban_conditions: draft.urban_conditions }) : undefined,
    registered_separately: draft.registered_separately,
    no_benefit_certificate: draft.no_benefit_certificate,
    residence_permit: draft.residence_permit,
    lives_apart: draft.lives_apart,
    common_residence_since: draft.common_residence_since,
    lives_independently: draft.lives_independently,
    states: draft.states.filter((each) => each.state !== '').map((each) => filled({ ...each, state: each.state as Schema<'PersonState'> })),
    study: draft.study_level ? filled({ level: draft.study_level, full_time: draft.full_time }) : undefined,
    disability: draft.disability_class ? { disability_class: draft.disability_class, grade: Number(draft.disability_grade || '1') } : undefined,
    serious_illness: draft.serious_illness,
    labour_capacity: draft.labour_capacity || undefined,
    employed: draft.employed,
    cannot_find_work: draft.cannot_find_work,
  });
}

function sentObligor(draft: ObligorDraft): Schema<'ObligorFacts'> {
  return filled({
    key: draft.key, supports: draft.supports, relation: draft.relation || 'other_relation', deceased: draft.deceased,
    unavailable: draft.unavailable, able: draft.able, raised: draft.raised, household_size: count(draft.household_size),
    household_income_month: plainAmount(draft.household_income_month), persons_supported: count(draft.persons_supported),
    property_within_rule: draft.property_within_rule,
  });
}

export function sentMoney(draft: MoneyDraft) {
  const monthly = (item: { period: string }) => item.period === 'month';
  const once = (item: { period: string }) => item.period === 'once';
  return {
    incomes: draft.incomes.map((each) => filled({
      kind: each.kind || 'other_income', member: each.member, amount: plainAmount(each.amount), period: each.period,
      from: monthly(each) ? each.from : '', until: monthly(each) ? each.until : '', received_on: once(each) ? each.received_on : '',
      from_obligor: each.kind === 'support_received' ? each.from_obligor : '',
    })),
    deductions: draft.deductions.map((each) => filled({
      kind: each.kind || 'job_cost', member: each.member, amount: plainAmount(each.amount), period: each.period, paid_on: once(each) ? each.paid_on : '',
    })),
    property: draft.property.map((each) => filled({
      asset_class: each.asset_class || 'other_asset', member: each.member, use: each.use, value: plainAmount(each.value), area_square_metres: count(each.area),
    })),
  };
}

export function moneyOf(facts: Pick<Schema<'HouseholdFacts'>, 'incomes' | 'deductions' | 'property'>): MoneyDraft {
  const text = (value: number | string | undefined) => (value === undefined ? '' : String(value));
  return {
    incomes: (facts.incomes ?? []).map((each) => ({
      kind: each.kind, member: each.member ?? '', amount: each.amount, period: each.period ?? 'month', from: each.from ?? '', until: each.until ?? '',
      received_on: each.received_on ?? '', from_obligor: each.from_obligor ?? '',
    })),
    deductions: (facts.deductions ?? []).map((each) => ({ kind: each.kind, member: each.member ?? '', amount: each.amount, period: each.period ?? 'month', paid_on: each.paid_on ?? '' })),
    property: (facts.property ?? []).map((each) => ({ asset_class: each.asset_class, member: each.member ?? '', use: each.use ?? 'ordinary', value: text(each.value), area: text(each.area_square_metres) })),
  };
}

/** The body of POST /cases. Call it when `faultsIn` finds nothing. */
export function toIntake(draft: Draft, today: string): Schema<'Intake'> {
  return filled({
    programme: draft.programme || 'urban_minimum_living',
    region: draft.region,
    persons: [...draft.members.map((each) => sentPerson(each, 'member')), ...draft.obligors.map((each) => sentPerson(each, 'obligor'))],
    facts: filled({
      unit: draft.unit,
      members: draft.members.map((each) => sentMember(each, draft.region, today)),
      hardship_family: draft.hardship_family,
      ...sentMoney(draft),
      obligors: draft.obligors.map(sentObligor),
    }),
    kin: draft.has_handler_kin === undefined ? undefined : {
      has_handler_kin: draft.has_handler_kin,
      handlers: draft.has_handler_kin ? draft.handlers.map((each) => ({ ...filled(each), handler_post: each.handler_post })) : [],
    },
    account: draft.account.number.trim() && draft.account.kind
      ? { kind: draft.account.kind, number: draft.account.number.replace(/\s/g, ''), holder: draft.account.holder, bank: draft.account.bank.trim() }
      : undefined,
    entrusted_to: draft.entrusted_to.trim(),
    promise_given: draft.promise_given,
  });
}

/** The draft of a case that is to be corrected. Numbers, telephones and the account are not in what one reads of a case:
 *  they are revealed or typed again. */
export function draftOf(view: Schema<'CaseView'>): Draft {
  const { facts } = view;
  const text = (value: number | string | undefined) => (value === undefined ? '' : String(value));
  const people = (key: string): PersonDraft => {
    const found = view.persons.find((each) => each.key === key);
    return { ...person(key), name: found?.name ?? '', authorised_on: found?.authorised_on ?? '', authorised_by: found?.authorised_by ?? '' };
  };
  return {
    programme: view.summary.programme,
    region: view.summary.region_code,
    unit: facts.unit ?? 'household',
    hardship_family: facts.hardship_family,
    entrusted_to: view.entrusted_to ?? '',
    members: facts.members.map((each) => ({
      ...newMember([]), ...people(each.key), relation: each.relation,
      registered_here: each.registration ? each.registration.region === view.summary.county_code : undefined,
      registration_region: each.registration && each.registration.region !== view.summary.county_code ? each.registration.region : '',
      registration_class: each.registration?.registration_class ?? '', urban_conditions: each.registration?.urban_conditions,
      residence_permit: each.residence_permit, no_benefit_certificate: each.no_benefit_certificate, registered_separately: each.registered_separately,
      lives_apart: each.lives_apart ?? false, common_residence_since: each.common_residence_since ?? '', lives_independently: each.lives_independently,
      labour_capacity: each.labour_capacity ?? '', employed: each.employed, cannot_find_work: each.cannot_find_work,
      study_level: each.study?.level ?? '', full_time: each.study?.full_time, disability_class: each.disability?.disability_class ?? '',
      disability_grade: text(each.disability?.grade) as MemberDraft['disability_grade'], serious_illness: each.serious_illness ?? false,
      states: (each.states ?? []).map((state) => ({ state: state.state, from: state.from ?? '', until: state.until ?? '' })),
    })),
    obligors: (facts.obligors ?? []).map((each) => ({
      ...newObligor([]), ...people(each.key), supports: each.supports, relation: each.relation, deceased: each.deceased ?? false,
      unavailable: each.unavailable, able: each.able, raised: each.raised, household_size: text(each.household_size),
      household_income_month: text(each.household_income_month), persons_supported: text(each.persons_supported),
      property_within_rule: each.property_within_rule,
    })),
    ...moneyOf(facts),
    has_handler_kin: view.kin_asked ? view.kin.length > 0 : undefined,
    handlers: view.kin.map((each) => ({ person: each.person, handler_name: each.handler_name, handler_post: each.handler_post, handler: each.handler ?? '', relation_code: each.relation_code })),
    account: {
      kind: view.account?.kind === 'bank_card' || view.account?.kind === 'passbook' ? view.account.kind : '', number: '',
      holder: view.account?.holder ?? '', bank: view.account?.bank ?? '',
    },
    promise_given: view.promise_given,
  };
}

// What can be seen to be wrong before anything is sent, by step of the form; and what will be missing for acceptance.
import type { FieldProblem } from '@/shared/api';
import { check } from '@/shared/forms/useForm';
import { ageOn, readCitizenNumber } from './citizen-number';
import { plainAmount } from '@/shared/forms/amount';
import { type Draft, type MoneyDraft, type PersonDraft } from './draft';

export const steps = ['household', 'persons', 'means', 'declarations', 'summary'] as const;
export type Step = (typeof steps)[number];

type Say = (key: string, values?: Record<string, unknown>) => string;

/** The step whose fields hold a value of the body. */
export function stepOf(pointer: string): Step {
  if (/^\/(persons|facts\/members)/.test(pointer)) return 'persons';
  if (/^\/facts\/(incomes|deductions|property|obligors)/.test(pointer)) return 'means';
  if (/^\/(kin|account|promise_given)/.test(pointer)) return 'declarations';
  return 'household';
}

/** Like stepOf, but obligors, who are sent among the persons, are typed with the means. */
export function stepInDraft(pointer: string, draft: Draft): Step {
  const index = /^\/persons\/(\d+)/.exec(pointer)?.[1];
  return index !== undefined && Number(index) >= draft.members.length ? 'means' : stepOf(pointer);
}

const isAmount = (text: string) => /^\d{1,9}(\.\d{1,2})?$/.test(plainAmount(text));

function personFaults(person: PersonDraft, at: string, today: string, t: Say): FieldProblem[] {
  const read = readCitizenNumber(person.citizen_number, today);
  return [
    ...check(`${at}/name`, person.name.trim() !== '', t('cases.checks.name')),
    ...check(`${at}/citizen_number`, !read.fault, t(`cases.number_faults.${read.fault ?? 'length'}`)),
    ...check(`${at}/authorised_on`, person.authorised_on <= today, t('cases.checks.future')),
  ];
}

/** Of income, deductions and property below /facts. */
export function moneyFaults(draft: MoneyDraft, t: Say): FieldProblem[] {
  const choose = t('cases.checks.choose');
  const amount = t('cases.checks.amount');
  return [
    ...draft.incomes.flatMap((each, at) => [
      ...check(`/facts/incomes/${at}/kind`, each.kind !== '', choose),
      ...check(`/facts/incomes/${at}/amount`, isAmount(each.amount), amount),
      ...check(`/facts/incomes/${at}/received_on`, each.period !== 'once' || each.received_on !== '', t('cases.checks.day')),
    ]),
    ...draft.deductions.flatMap((each, at) => [
      ...check(`/facts/deductions/${at}/kind`, each.kind !== '', choose),
      ...check(`/facts/deductions/${at}/amount`, isAmount(each.amount), amount),
      ...check(`/facts/deductions/${at}/paid_on`, each.period !== 'once' || each.paid_on !== '', t('cases.checks.day')),
    ]),
    ...draft.property.flatMap((each, at) => [
      ...check(`/facts/property/${at}/asset_class`, each.asset_class !== '', choose),
      ...check(`/facts/property/${at}/value`, each.value === '' || isAmount(each.value), amount),
    ]),
  ];
}

export function faultsIn(step: Step, draft: Draft, today: string, t: Say): FieldProblem[] {
  const choose = t('cases.checks.choose');
  if (step === 'household') {
    return [...check('/programme', draft.programme !== '', choose), ...check('/region', draft.region !== '', t('cases.checks.region'))];
  }
  if (step === 'persons') {
    const numbers = draft.members.map((each) => readCitizenNumber(each.citizen_number, today).number);
    return [
      ...check('/facts/members', draft.members.filter((each) => each.relation === 'self').length === 1, t('cases.checks.one_applicant')),
      ...draft.members.flatMap((each, at) => [
        ...personFaults(each, `/persons/${at}`, today, t),
        ...check(`/persons/${at}/citizen_number`, !numbers[at] || numbers.indexOf(numbers[at]) === at, t('cases.checks.number_twice')),
        ...check(`/facts/members/${at}/relation`, each.relation !== '', choose),
        ...check(`/facts/members/${at}/disability/grade`, each.disability_class === '' || each.disability_grade !== '', choose),
        ...check(`/facts/members/${at}/registration/region`, each.registered_here !== false || /^\d{6}$/.test(each.registration_region.trim()), t('cases.checks.county_code')),
      ]),
    ];
  }
  if (step === 'means') {
    return [
      ...moneyFaults(draft, t),
      ...draft.obligors.flatMap((each, at) => [
        ...personFaults(each, `/persons/${draft.members.length + at}`, today, t),
        ...check(`/facts/obligors/${at}/supports`, each.supports !== '', choose),
        ...check(`/facts/obligors/${at}/relation`, each.relation !== '', choose),
        ...check(`/facts/obligors/${at}/household_income_month`, each.household_income_month === '' || isAmount(each.household_income_month), t('cases.checks.amount')),
      ]),
    ];
  }
  if (step === 'declarations') {
    const account = draft.account;
    const begun = account.number.trim() !== '';
    return [
      ...check('/kin/has_handler_kin', draft.has_handler_kin !== undefined, t('cases.checks.kin')),
      ...check('/kin/handlers', !draft.has_handler_kin || draft.handlers.length > 0, t('cases.checks.handlers')),
      ...(draft.has_handler_kin ? draft.handlers : []).flatMap((each, at) => [
        ...check(`/kin/handlers/${at}/person`, each.person !== '', choose),
        ...check(`/kin/handlers/${at}/handler_name`, each.handler_name.trim() !== '', t('cases.checks.name')),
        ...check(`/kin/handlers/${at}/relation_code`, each.relation_code !== '', choose),
      ]),
      ...check('/account/kind', !begun || account.kind !== '', choose),
      ...check('/account/holder', !begun || account.holder !== '', choose),
      ...check('/account/bank', !begun || account.bank.trim() !== '', t('cases.checks.bank')),
    ];
  }
  return [];
}

/** What the office will have to ask for before it can accept. The server has the last word. */
export function missingFrom(draft: Draft, today: string, t: Say): string[] {
  const nameOf = (each: PersonDraft) => each.name.trim() || t('cases.intake.nameless');
  return [
    ...(draft.promise_given ? [] : [t('cases.intake.missing_promise')]),
    ...(draft.account.number.trim() ? [] : [t('cases.intake.missing_account')]),
    ...[...draft.members, ...draft.obligors].flatMap((each) => {
      if (!each.authorised_on) return [t('cases.intake.missing_authorisation', { name: nameOf(each) })];
      const birth = readCitizenNumber(each.citizen_number, today).birthDate;
      const isMinor = birth !== undefined && ageOn(birth, today) < 18;
      return isMinor && !each.authorised_by.trim() ? [t('cases.intake.missing_representative', { name: nameOf(each) })] : [];
    }),
  ];
}

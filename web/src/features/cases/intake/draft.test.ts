// What is typed becomes the body that the server reads, and the server's pointers find their sheet again.
import { describe, expect, it } from 'vitest';
import { i18n } from '@/app/i18n';
import { plainAmount } from '@/shared/forms/amount';
import { faultsIn, missingFrom, stepInDraft } from './checks';
import { checkCharacter } from './citizen-number';
import { isBegun, newDraft, newIncome, newMember, newObligor, newProperty, toIntake, type Draft } from './draft';

const today = '2019-08-01';
const t = i18n.global.t as (key: string) => string;
const number = (digits: string) => digits + checkCharacter(digits);

function typed(): Draft {
  const draft = newDraft();
  draft.programme = 'urban_minimum_living';
  draft.region = '140302001001';
  Object.assign(draft.members[0]!, { name: ' 石秋月 ', citizen_number: number('14039919850412002'), registered_here: true, authorised_on: today });
  draft.members.push({ ...newMember(draft.members), name: '石小松', citizen_number: number('14039920140903001'), relation: 'child', authorised_on: today });
  draft.obligors.push({ ...newObligor([]), name: '石长林', citizen_number: number('14039919500101001'), supports: 'm1', relation: 'parent', household_income_month: '３，０００' });
  draft.incomes.push({ ...newIncome(), kind: 'wages', member: 'm1', amount: '1,200.5' });
  draft.property.push({ ...newProperty(), asset_class: 'house', use: 'only_home', area: '60' });
  draft.has_handler_kin = false;
  return draft;
}

describe('an application', () => {
  it('is sent without what nobody has established', () => {
    const intake = toIntake(typed(), today);
    expect(intake.persons.map((each) => [each.key, each.role, each.name])).toEqual([['m1', 'member', '石秋月'], ['m2', 'member', '石小松'], ['o1', 'obligor', '石长林']]);
    const [first, second] = intake.facts.members;
    expect(first).toMatchObject({ key: 'm1', relation: 'self', birth_date: '1985-04-12', registration: { region: '140302', registration_class: 'unified' } });
    expect(second).not.toHaveProperty('registration');
    expect(second).not.toHaveProperty('employed');
    expect(second).not.toHaveProperty('study');
    expect(intake.facts.incomes).toEqual([{ kind: 'wages', member: 'm1', amount: '1200.5', period: 'month' }]);
    expect(intake.facts.property).toEqual([{ asset_class: 'house', use: 'only_home', area_square_metres: 60 }]);
    expect(intake.facts.obligors?.[0]).toMatchObject({ supports: 'm1', relation: 'parent', household_income_month: '3000' });
    expect(intake.kin).toEqual({ has_handler_kin: false, handlers: [] });
    expect(intake).not.toHaveProperty('account');
    expect(intake).not.toHaveProperty('entrusted_to');
  });

  it('keeps silence about kin apart from a no', () => {
    expect(toIntake({ ...typed(), has_handler_kin: undefined }, today)).not.toHaveProperty('kin');
  });

  it('gives everybody a key of their own, also after somebody was removed', () => {
    const draft = typed();
    draft.members.splice(0, 1); // m2 stays
    expect(newMember(draft.members).key).not.toBe('m2');
  });

  it('sends amounts as people type them', () => {
    expect(['1,200', '１２００．５', ' ¥300 ', '80元'].map(plainAmount)).toEqual(['1200', '1200.5', '300', '80']);
  });

  it('is begun when something but the place is there', () => {
    expect(isBegun({ ...newDraft(), region: '140302001001' })).toBe(false);
    expect(isBegun(typed())).toBe(true);
  });
});

describe('a handler who is kin', () => {
  it('is sent with the account that was chosen, and without one when none was', () => {
    const draft = typed();
    const handler = { person: 'm1', handler_name: '史俊杰', handler_post: '', relation_code: '73' };
    draft.has_handler_kin = true;
    draft.handlers = [{ ...handler, handler: '' }, { ...handler, handler: '00000000-0000-7000-8000-000000000001' }];
    expect(toIntake(draft, today).kin?.handlers).toEqual([handler, { ...handler, handler: '00000000-0000-7000-8000-000000000001' }]);
  });
});

describe('checks', () => {
  const pointers = (step: Parameters<typeof faultsIn>[0], draft: Draft) => faultsIn(step, draft, today, t).map((each) => each.pointer);

  it('find nothing in a good application', () => {
    const draft = typed();
    for (const step of ['household', 'persons', 'means', 'declarations'] as const) expect(pointers(step, draft), step).toEqual([]);
  });

  it('name every value that cannot be sent', () => {
    const draft = typed();
    draft.programme = '';
    draft.members[1]!.citizen_number = draft.members[0]!.citizen_number;
    draft.members[1]!.relation = 'self';
    draft.obligors[0]!.citizen_number = '1';
    draft.incomes[0]!.period = 'once';
    draft.has_handler_kin = undefined;
    expect(pointers('household', draft)).toEqual(['/programme']);
    expect(pointers('persons', draft)).toEqual(['/facts/members', '/persons/1/citizen_number']);
    expect(pointers('means', draft)).toEqual(['/facts/incomes/0/received_on', '/persons/2/citizen_number']);
    expect(pointers('declarations', draft)).toEqual(['/kin/has_handler_kin']);
  });

  it('say what will be missing, minors with their representative', () => {
    const missing = missingFrom(typed(), today, i18n.global.t as never);
    expect(missing).toHaveLength(4); // promise, account, the minor's representative, the obligor's authorisation
    expect(missing.join()).toContain('石小松');
    expect(missing.join()).toContain('石长林');
  });

  it.each([
    ['/persons/1/name', 'persons'], ['/persons/2/name', 'means'], ['/facts/members/0/relation', 'persons'], ['/facts/incomes/0/amount', 'means'],
    ['/facts/obligors/0/supports', 'means'], ['/kin/handlers', 'declarations'], ['/account/number', 'declarations'], ['/region', 'household'],
  ])('%s stands on the sheet %s', (pointer, step) => expect(stepInDraft(pointer, typed())).toBe(step));
});

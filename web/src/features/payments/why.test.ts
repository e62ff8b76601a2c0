import { expect, it } from 'vitest';
import { i18n } from '@/app/i18n';
import { nextStep } from './next-step';
import { whyOf } from './why';

const line = { amount: '500.00', month_amount: '500.00', previous_amount: '500.00', arrears: '0.00', repeated: '0.00', change_kind: 'opened' as const };
const keys = (item: Parameters<typeof whyOf>[0]) => whyOf(item).map((each) => each.key);

it('tells an unchanged month from every kind of change', () => {
  expect(keys(line)).toEqual(['same']);
  const { previous_amount: _, ...first } = line;
  expect(keys(first)).toEqual(['fresh']);
  expect(keys({ ...first, change_kind: 'taken_over' })).toEqual(['taken_over']);
  expect(keys({ ...line, previous_amount: '450.00', change_kind: 'standard_change' })).toEqual(['raised.standard_change']);
  expect(keys({ ...line, previous_amount: '550.00', change_kind: 'adjusted' })).toEqual(['reduced.adjusted']);
  expect(keys({ ...line, previous_amount: '450.00' })).toEqual(['raised.other']);
});

it('names the differences in yuan', () => {
  expect(whyOf({ ...line, month_amount: '520.50', amount: '520.50', previous_amount: '500.00', change_kind: 'adjusted' })[0]!.amounts)
    .toEqual({ before: '500.00', now: '520.50', difference: '20.50' });
});

it('separates arrears and what is paid again from the month itself', () => {
  expect(keys({ ...line, amount: '1100.00', arrears: '600.00' })).toEqual(['same', 'arrears']);
  expect(keys({ ...line, amount: '500.00', repeated: '500.00' })).toEqual(['repeated']);
  // Raised after the month was paid: only the rest is paid now.
  expect(keys({ ...line, amount: '50.00', arrears: '50.00', previous_amount: '450.00', change_kind: 'standard_change' }))
    .toEqual(['raised.standard_change', 'month_taken', 'arrears']);
  expect(keys({ ...line, amount: '300.00', month_amount: '0.00', arrears: '300.00' })).toEqual(['no_more', 'arrears']);
});

it('has words for every reason', () => {
  const named = ['same', 'fresh', 'taken_over', 'no_more', 'month_taken', 'arrears', 'repeated',
    ...['raised', 'reduced'].flatMap((way) => ['standard_change', 'adjusted', 'other'].map((cause) => `${way}.${cause}`))];
  expect(named.filter((key) => !i18n.global.te(`payments.why.${key}`))).toEqual([]);
});

it('says whose turn it is', () => {
  expect(nextStep(undefined)).toMatchObject({ step: 'prepare', role: 'funds_officer' });
  expect(nextStep({ state: 'prepared', failed_count: 0 })).toMatchObject({ step: 'approve', role: 'county_approver' });
  expect(nextStep({ state: 'settled', failed_count: 1 })).toMatchObject({ step: 'repair', role: 'county_case_officer' });
  expect(nextStep({ state: 'settled', failed_count: 0 })).toEqual({ step: 'none' });
});

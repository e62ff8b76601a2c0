import { expect, it } from 'vitest';
import { countsToShow } from './counts';

const filed = { state: 'filed', count: 4, overdue: 1 } as const;
const review = { state: 'county_review', count: 9, overdue: 0 } as const;
const none = { state: 'accepted', count: 0, overdue: 0 } as const;

it('shows the states of the role where something waits, and no other', () => {
  expect(countsToShow({ own_states: ['accepted', 'filed'], counts: [filed, review, none] })).toEqual([filed]);
});

it('shows a reader everything that there is, as the road goes', () => {
  expect(countsToShow({ own_states: [], counts: [review, none, filed] })).toEqual([filed, review]);
});

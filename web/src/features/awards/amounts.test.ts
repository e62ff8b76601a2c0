import { describe, expect, it } from 'vitest';
import type { Schema } from '@/shared/api';
import { amountStory } from './amounts';

const amount = (sequence: number, from_month: string, is_superseded = false): Schema<'AwardAmountView'> =>
  ({ sequence, from_month, amount: '100.00', kind: 'adjusted', reasons: [], set_by_name: '郭振华', set_on: '2026-11-01', is_superseded });

describe('the story of an amount', () => {
  it('tells what counts now, what counted, what is to come and what was replaced', () => {
    const story = amountStory([amount(1, '2026-01'), amount(2, '2026-06', true), amount(3, '2026-04'), amount(4, '2027-01')], '2026-11', undefined);
    expect(story.map((each) => [each.sequence, each.state, each.until])).toEqual([
      [4, 'to_come', undefined], [3, 'counts', '2026-12'], [2, 'replaced', undefined], [1, 'counted', '2026-03'],
    ]);
  });

  it('ends with the benefit', () => {
    expect(amountStory([amount(1, '2026-01')], '2026-11', '2026-08')[0]).toMatchObject({ state: 'counted', until: '2026-08' });
  });
});

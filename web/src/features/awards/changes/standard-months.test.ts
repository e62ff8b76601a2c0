import { describe, expect, it } from 'vitest';
import type { Schema } from '@/shared/api';
import { standardSteps } from './standard-months';

const value = (valid_from: string, amount: string, programme: Schema<'CaseProgramme'> = 'urban_minimum_living'): Schema<'StandardView'> =>
  ({ programme, amount, valid_from, reference: '', status: 'verified' });

describe('months in which the standard changes', () => {
  const values = [value('2026-12-01', '780.00'), value('2026-01-01', '740.00'), value('2019-01-01', '560.00'), value('2026-02-01', '740.00'), value('2026-03-01', '6900.00', 'rural_minimum_living')];

  it('are those with another value than before, newest first', () => {
    expect(standardSteps(values, 'urban_minimum_living', '2026-11-26')).toEqual([
      { month: '2026-12', before: '740.00', after: '780.00' }, { month: '2026-01', before: '560.00', after: '740.00' },
    ]);
  });

  it('leave out the first value, what is long past and what is more than a year ahead', () => {
    expect(standardSteps(values, 'rural_minimum_living', '2026-11-26')).toEqual([]);
    expect(standardSteps(values, 'urban_minimum_living', '2025-06-01').map((each) => each.month)).toEqual(['2026-01']);
  });
});

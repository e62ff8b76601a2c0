import { describe, expect, it } from 'vitest';
import type { Schema } from '@/shared/api';
import { datedValues, valueIn } from './in-force';

const value = (valid_from: string, amount: string): Schema<'StandardView'> =>
  ({ programme: 'urban_minimum_living', amount, valid_from, reference: '', status: 'demonstration' });
const values = [value('2026-01-01', '740.00'), value('2024-01-01', '700.00'), value('2027-01-01', '780.00')];

describe('the standard of a day', () => {
  it('is the latest that has begun', () => {
    expect(datedValues(values, 'urban_minimum_living', '2026-11-26').map((each) => each.state)).toEqual(['to_come', 'holds', 'past']);
    expect(valueIn(values, 'urban_minimum_living', '2025-03')?.amount).toBe('700.00');
    expect(valueIn(values, 'urban_minimum_living', '2020-01')).toBeUndefined();
    expect(datedValues(values, 'rural_minimum_living', '2026-11-26')).toEqual([]);
  });
});

import type { Schema } from '@/shared/api';
import { formatMoney, fromMinor, toMinor } from '@/shared/format';

export type Change = Schema<'StandardChangeView'>;
export type Line = Schema<'StandardChangeLineView'>;
type Outcome = Schema<'ChangeOutcome'>;

/** Those that a person decides, household by household. */
export const openOutcomes = ['lower', 'not_eligible', 'review', 'set_by_person'] as const satisfies readonly Outcome[];
export const raisedOutcomes = ['raised', 'raised_by_difference'] as const satisfies readonly Outcome[];
export const outcomes = [...raisedOutcomes, ...openOutcomes] as const satisfies readonly Outcome[];
export const isRaised = (line: Line): boolean => (raisedOutcomes as readonly string[]).includes(line.outcome);

/** after - before with its sign: "+¥120.00". */
export function difference(before: string, after: string): string {
  const [one, other] = [toMinor(before), toMinor(after)];
  if (one === undefined || other === undefined) return '—';
  const change = other - one;
  return `${change > 0n ? '+' : ''}${formatMoney(fromMinor(change))}`;
}

/** Somebody has adjusted or ended the benefit since it was worked out. */
export const isDealtWith = (line: Line): boolean => line.state_now === 'ended' || toMinor(line.amount_now) !== toMinor(line.amount_before);

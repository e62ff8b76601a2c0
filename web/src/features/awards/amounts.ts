// The story of an amount, row by row: which row counts in which months.
import type { Schema } from '@/shared/api';
import { plusMonths } from '@/shared/format';

type Amount = Schema<'AwardAmountView'>;
export type AmountState = 'counts' | 'counted' | 'to_come' | 'replaced';

export interface AmountLine extends Amount {
  state: AmountState;
  /** The last month in which it counts; absent: until something changes. */
  until?: string | undefined;
}

/** Newest first. `month` is today's; `last` the month after which nothing is paid any more. */
export function amountStory(amounts: readonly Amount[], month: string, last: string | undefined): AmountLine[] {
  const standing = amounts.filter((each) => !each.is_superseded).sort((one, other) => one.from_month.localeCompare(other.from_month));
  const line = (each: Amount): AmountLine => {
    if (each.is_superseded) return { ...each, state: 'replaced' };
    const next = standing[standing.indexOf(each) + 1];
    const until = next ? plusMonths(next.from_month, -1) : last;
    const state = each.from_month > month ? 'to_come' : until !== undefined && until < month ? 'counted' : 'counts';
    return { ...each, state, until };
  };
  return [...amounts].sort((one, other) => other.sequence - one.sequence).map(line);
}

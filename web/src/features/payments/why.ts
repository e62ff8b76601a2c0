// Why a household gets what it gets this month, and why that differs from the month before.
import { fromMinor, toMinor } from '@/shared/format';
import type { Item } from './words';

export interface Why {
  /** Below payments.why. */
  key: string;
  /** Amounts in yuan, to be formatted. */
  amounts: Record<string, string>;
}

type Facts = Pick<Item, 'amount' | 'month_amount' | 'previous_amount' | 'arrears' | 'repeated' | 'change_kind'>;

export function whyOf(item: Facts): Why[] {
  const now = toMinor(item.month_amount) ?? 0n;
  const before = toMinor(item.previous_amount);
  const arrears = toMinor(item.arrears) ?? 0n;
  const repeated = toMinor(item.repeated) ?? 0n;
  /** What is paid for the run's own month: all of it or nothing, for the rest of a month counts as arrears. */
  const own = (toMinor(item.amount) ?? 0n) - arrears - repeated;
  const lines: Why[] = [];
  const say = (key: string, amounts: Record<string, bigint> = {}): void => {
    lines.push({ key, amounts: Object.fromEntries(Object.entries(amounts).map(([name, minor]) => [name, fromMinor(minor)])) });
  };

  if (now === 0n) {
    say('no_more');
  } else if (before === undefined) {
    if (own > 0n) say(item.change_kind === 'taken_over' ? 'taken_over' : 'fresh', { now });
  } else if (now !== before) {
    const cause = item.change_kind === 'standard_change' || item.change_kind === 'adjusted' ? item.change_kind : 'other';
    if (now > before) say(`raised.${cause}`, { before, now, difference: now - before });
    else say(`reduced.${cause}`, { before, now, difference: before - now });
  } else if (own > 0n) {
    say('same', { now });
  }
  if (now > 0n && own === 0n && repeated === 0n) say('month_taken');
  if (arrears > 0n) say('arrears', { arrears });
  if (repeated > 0n) say('repeated', { repeated });
  return lines;
}

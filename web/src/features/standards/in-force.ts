// Which of a programme's values holds today.
import type { Schema } from '@/shared/api';

type Value = Schema<'StandardView'>;
export type ValueState = 'holds' | 'to_come' | 'past';
export interface DatedValue extends Value {
  state: ValueState;
}

/** Newest first. Of several values the latest that has begun holds. */
export function datedValues(values: readonly Value[], programme: Value['programme'], today: string): DatedValue[] {
  const own = values.filter((each) => each.programme === programme).sort((one, other) => other.valid_from.localeCompare(one.valid_from));
  const holding = own.find((each) => each.valid_from <= today && (!each.until || each.until > today));
  return own.map((each) => ({ ...each, state: each === holding ? 'holds' : each.valid_from > today ? 'to_come' : 'past' }));
}

/** What held in a month. */
export function valueIn(values: readonly Value[], programme: Value['programme'], month: string): Value | undefined {
  return datedValues(values, programme, `${month}-01`).find((each) => each.state === 'holds');
}

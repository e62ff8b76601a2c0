// The months in which a programme's standard changes, from the values that hold in a county.
import type { Schema } from '@/shared/api';
import { monthOf, plusMonths } from '@/shared/format';

type Value = Schema<'StandardView'>;
export interface StandardStep {
  month: string;
  before: string;
  after: string;
}

const monthsBack = 36;
const monthsAhead = 12;

/** Newest first. The server works a change out for at most a year ahead; what lies years back was worked out long ago. */
export function standardSteps(values: readonly Value[], programme: Value['programme'], today: string): StandardStep[] {
  const own = values.filter((each) => each.programme === programme).sort((one, other) => one.valid_from.localeCompare(other.valid_from));
  const steps: StandardStep[] = [];
  own.forEach((value, at) => {
    const before = own[at - 1];
    const month = monthOf(value.valid_from);
    const isNear = month >= plusMonths(monthOf(today), -monthsBack) && month <= plusMonths(monthOf(today), monthsAhead);
    if (before && before.amount !== value.amount && isNear) steps.unshift({ month, before: before.amount, after: value.amount });
  });
  return steps;
}

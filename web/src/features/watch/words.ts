// The watch's words of the server's document, in the order in which pages list them.
import { ProblemError, type Schema } from '@/shared/api';

export type Alert = Schema<'WatchAlertSummary'>;
export type AlertFile = Schema<'WatchAlertView'>;
export type AlertState = Schema<'AlertState'>;
export type Outcome = Schema<'AlertOutcome'>;
export type Check = Schema<'RecipientCheckView'>;
export type CheckedHousehold = Schema<'CheckedHouseholdSummary'>;
type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'plain';

export const alertStates = ['open', 'checked', 'decided', 'muted'] as const satisfies readonly AlertState[];
export const alertKinds = [
  'death', 'vehicle_purchase', 'air_travel', 'employed', 'business_registered', 'public_payroll', 'imprisoned', 'duplicate_benefit',
] as const satisfies readonly Schema<'AlertKind'>[];
export const outcomes = ['keep', 'raise', 'cut', 'stop'] as const satisfies readonly Outcome[];
/** Those that somebody has to look at stand first. */
export const reportOutcomes = ['exceeds', 'clues', 'incomplete', 'clear'] as const satisfies readonly Schema<'ReportOutcome'>[];

export const alertTones: Record<AlertState, Tone> = { open: 'warn', checked: 'calm', decided: 'good', muted: 'plain' };
export const outcomeTones: Record<Outcome, Tone> = { keep: 'good', raise: 'calm', cut: 'warn', stop: 'bad' };
export const checkTones: Record<Schema<'CheckState'>, Tone> = { running: 'calm', done: 'good', refused: 'bad' };
export const reportTones: Record<Schema<'ReportOutcome'>, Tone> = { exceeds: 'bad', clues: 'warn', incomplete: 'plain', clear: 'good' };
export const resultTones: Record<Schema<'PersonResult'>, Tone> = { exceeds: 'bad', clue_found: 'warn', source_unavailable: 'plain', no_anomaly: 'good' };

/** What the acting role has to do: the county decides, everybody else waits for or makes the visit. */
export const ownState = (may: (permission: Schema<'Permission'>) => boolean): AlertState => (may('alert_decide') ? 'checked' : 'open');

/** "2026-11-27" and 30 days. */
export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** A benefit's fields stand one level deeper in a decision; the form names them like the benefit's own page. */
export function atOwnFields(thrown: unknown): unknown {
  if (!(thrown instanceof ProblemError)) return thrown;
  const errors = thrown.problem.errors.map((error) => ({ ...error, pointer: error.pointer.replace(/^\/(adjustment|ending)(?=\/)/, '') }));
  return new ProblemError({ ...thrown.problem, errors });
}

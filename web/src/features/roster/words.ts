import type { Schema } from '@/shared/api';

export type Import = Schema<'RosterImportView'>;
export type State = Schema<'ImportState'>;
type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'plain';

export const toneOf: Record<State, Tone> = { checking: 'calm', unreadable: 'bad', checked: 'warn', applying: 'calm', applied: 'good', discarded: 'plain' };

/** The page shows what was so before somebody else acted, or before the work ended. */
export const isStale = (key: string): boolean => ['roster.changed_meanwhile', 'roster.not_checked', 'roster.not_running', 'roster.running'].includes(key);

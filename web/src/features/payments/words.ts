// The enumerations of the server's document that the pages list in full. A word that the document lost fails to compile.
import type { Schema } from '@/shared/api';

export type Run = Schema<'PaymentRunView'>;
export type Item = Schema<'PaymentItemView'>;

export const itemFilters = ['all', 'fresh', 'raised', 'reduced', 'arrears', 'repeated', 'failed'] as const satisfies readonly Schema<'ItemFilter'>[];

type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'plain';

export const toneOfRun: Record<Schema<'RunState'>, Tone> = { prepared: 'warn', discarded: 'plain', approved: 'calm', issued: 'calm', settled: 'good' };
export const toneOfItem: Record<Schema<'ItemState'>, Tone> = { planned: 'plain', discarded: 'plain', issued: 'calm', paid: 'good', failed: 'bad' };

/** The page of a benefit. As an address, because this feature builds on no route of another. */
export const pathOfAward = (county: string, award: string): string => `/awards/${county}/${award}`;

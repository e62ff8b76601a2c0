// Enumerations of the server's document that several features list in full. A word that the document lost fails to compile.
import type { Schema } from './api';

/** In the order of the road. */
export const states = [
  'filed', 'accepted', 'verifying', 'verification_failed', 'investigating', 'appraising', 'awaiting_opinion', 'township_publicity',
  'county_review', 'county_publicity', 'awaiting_decision', 'approved', 'refused', 'withdrawn', 'terminated', 'ended',
] as const satisfies readonly Schema<'State'>[];

export const closedStates: readonly Schema<'State'>[] = ['approved', 'refused', 'withdrawn', 'terminated', 'ended'];

export const programmes = ['urban_minimum_living', 'rural_minimum_living'] as const satisfies readonly Schema<'CaseProgramme'>[];

export const accountKinds = ['passbook', 'bank_card'] as const satisfies readonly Schema<'AccountKind'>[];

/** Why a benefit ends. */
export const endReasons = [
  'recipient_died', 'gave_up', 'moved_away', 'other_programme', 'no_longer_eligible', 'deceived',
] as const satisfies readonly Schema<'EndReason'>[];

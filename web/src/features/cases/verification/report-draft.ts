// What the verification officer is writing. With a look-up the registers propose the results; a finding of theirs is
// believed unless the officer says why not.
import type { Schema } from '@/shared/api';

type PersonResult = Schema<'PersonResult'>;
export type Lookup = Schema<'LookupView'>;
type Found = Lookup['findings'][number];

export interface FindingDraft { source: string; content: string; amount: string; as_of: string }
export interface Row { person: string; result: PersonResult | ''; findings: FindingDraft[] }
/** Reasons by the number of the finding that is not believed. */
export type Dismissals = Record<number, string>;

export const foundOf = (lookup: Lookup | undefined, person: string): Found[] => lookup?.findings.filter((each) => each.person === person) ?? [];

/** Something that was found in a register; else it says why nothing could be asked, and there is nothing to doubt. */
export const isDoubtful = (found: Found): boolean => found.finding.name_grade !== undefined;

export const proposedFor = (lookup: Lookup | undefined, person: string): PersonResult | undefined =>
  lookup?.persons.find((each) => each.person === person)?.result;

/** Rows as a look-up proposes them; what was added by hand stays. */
export const withProposals = (rows: readonly Row[], lookup: Lookup): Row[] =>
  rows.map((row) => ({ ...row, result: proposedFor(lookup, row.person) ?? row.result }));

/** A later look-up numbers anew: reasons follow the same finding. */
export function carriedOver(dismissals: Dismissals, before: Lookup | undefined, now: Lookup): Dismissals {
  const name = (found: Found) => JSON.stringify([found.person, found.finding.register_code, found.finding.content]);
  const reasons = new Map(before?.findings.filter((each) => dismissals[each.number] !== undefined).map((each) => [name(each), dismissals[each.number]!]));
  return Object.fromEntries(now.findings.flatMap((each) => {
    const reason = reasons.get(name(each));
    return reason === undefined ? [] : [[each.number, reason]];
  }));
}

/** In the order in which they are sent. */
export const dismissedNumbers = (dismissals: Dismissals): number[] => Object.keys(dismissals).map(Number).sort((a, b) => a - b);

// Which column of the file is which of the register: from the server's proposal to what is sent, with the server's
// messages at the fields of this page.
import type { FieldProblem } from '@/shared/api';
import type { Preview, Register } from './words';

type Matches = Preview['columns'];

/** For each column of the register the file's column, '' where none is chosen. */
export const choicesFrom = (register: Register, matches: Matches): string[] =>
  register.columns.map((column) => matches.find((each) => each.column === column.title)?.in_file ?? '');

/** What is sent, and at which column of the register each of it stands. */
export function sentMatches(register: Register, chosen: readonly string[]): { matches: Matches; places: number[] } {
  const places = register.columns.map((_, at) => at).filter((at) => chosen[at]);
  return { matches: places.map((at) => ({ column: register.columns[at]!.title, in_file: chosen[at]! })), places };
}

/** Messages about what was sent, at the columns of the register. Missing ones are told on this side, each at its field. */
export function placed(errors: readonly FieldProblem[], places: readonly number[]): FieldProblem[] {
  return errors.filter((error) => error.key !== 'registers.column_missing').map((error) => {
    const at = /^\/columns\/(\d+)$/.exec(error.pointer)?.[1];
    return at === undefined || places[Number(at)] === undefined ? error : { ...error, pointer: `/columns/${places[Number(at)]}` };
  });
}
